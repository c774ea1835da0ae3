"""Paragraphs with their kinds, over all pages: what runs over a page is one, what the layout puts between stands first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bialign.bitext import ParagraphKind
from bialign.readers.pdf.columns import Block
from bialign.readers.pdf.flow import BULLET, NUMBER, Layout, continues, find_paragraphs
from bialign.readers.pdf.lines import Line
from bialign.readers.pdf.notes import Note, part_notes, without_mark

_CAPTION = re.compile(r"(?:fig(?:ure|ura|\.)?|table|tabla|cuadro|gráfico|chart|map|mapa)\s+\d+(?:[.-]\d+)*\s*[.:—–-]", re.I)
_HEADING = 150
_STOP = re.compile(r"[.;,]$")
_FLOATS = frozenset({"caption", "table-cell"})


@dataclass(slots=True)
class Piece:
    """Hold one paragraph: its lines, or its text where the lines are not needed."""

    kind: ParagraphKind
    lines: list[Line] = field(default_factory=list)
    text: str = ""
    page: int = 0
    note: str = ""


class Pieces:
    """Collect the paragraphs of all pages, in reading order."""

    def __init__(self, layout: Layout) -> None:
        self.items: list[Piece] = []
        self.notes: dict[int, set[str]] = {}
        """The marks of the notes at the foot of each page."""
        self._layout = layout
        self._last: Piece | None = None
        self._note: Piece | None = None

    def add_page(self, number: int, furniture: Iterable[tuple[str, ParagraphKind]], blocks: Sequence[Block]) -> None:
        """Add what stands on a page."""
        extras = [Piece(kind, text=text, page=number) for text, kind in furniture]
        texts, notes = self._text_and_notes(blocks)
        flow = [piece for block, lines in texts for piece in self._block(number, block, lines)]
        self.notes[number] = {mark for mark, _ in notes}
        flow = self._joined(flow)
        first = next((piece for piece in flow if piece.kind not in _FLOATS), None)
        last = self._last
        if last and first and (piece_goes_on(last, first, self._layout)):
            # what is of the layout only never stands inside a paragraph
            at = self.items.index(last)
            self.items[at:at] = extras
            last.lines += first.lines
            flow.remove(first)
            if not any(piece.kind not in _FLOATS for piece in flow):
                flow_last = last
            else:
                flow_last = next(piece for piece in reversed(flow) if piece.kind not in _FLOATS)
            self.items += flow
        else:
            self.items += extras + flow
            flow_last = next((piece for piece in reversed(flow) if piece.kind not in _FLOATS), None) or last
        self._last = flow_last
        self._add_notes(number, notes)

    def _text_and_notes(self, blocks: Sequence[Block]) -> tuple[list[tuple[Block, list[Line]]], list[Note]]:
        texts: list[tuple[Block, list[Line]]] = []
        notes: list[Note] = []
        foot = min((line.y for block in blocks for line in block.lines), default=0.0)
        open_note = self._note is not None and not _ended(self._note)
        for block in blocks:
            lines, found = block.lines, []
            # a column's foot is where no other part of the page stands below
            below = any(_is_below(other, block) for other in blocks if other is not block)
            if lines and (not below or lines[-1].y <= foot + 1):
                lines, found = part_notes(lines, self._layout, open_note)
            notes += found
            texts.append((block, lines))
        return texts, notes

    def _block(self, number: int, block: Block, lines: Sequence[Line]) -> Iterable[Piece]:
        for row in block.rows:
            for cell in row:
                yield Piece("table-cell", cell, page=number)
        for paragraph in find_paragraphs(lines, self._layout):
            kind, cleaned = self._kind(paragraph)
            yield Piece(kind, cleaned, page=number)

    def _joined(self, flow: Sequence[Piece]) -> list[Piece]:
        """Join what runs from one column into the next."""
        joined: list[Piece] = []
        for piece in flow:
            last = joined[-1] if joined else None
            if last and piece.lines[0].column != last.lines[-1].column and piece_goes_on(last, piece, self._layout):
                last.lines += piece.lines
            else:
                joined.append(piece)
        return joined

    def _kind(self, lines: list[Line]) -> tuple[ParagraphKind, list[Line]]:
        text = " ".join(line.text for line in lines)
        first = lines[0]
        if len(first.words) > 1 and BULLET.fullmatch(first.words[0].text):
            bare = Line(first.words[1:], first.page, first.left, first.right, first.column,
                        [n - 1 for n in first.marks if n])  # fmt: skip
            return "list-item", [bare, *lines[1:]]
        if _CAPTION.match(text) and len(text) < 400:
            return "caption", lines
        big = first.size > 1.1 * self._layout.body
        if (big or all(line.bold for line in lines)) and len(text) < _HEADING and not _STOP.search(text):
            return "heading", lines
        if len(first.words) > 1 and NUMBER.fullmatch(first.words[0].text) and first.words[0].text[-1] in ".)":
            return "list-item", lines
        return "text", lines

    def _add_notes(self, number: int, notes: Sequence[Note]) -> None:
        """Put a page's notes before the paragraph that may run over it, or else at its end."""
        pieces: list[Piece] = []
        for mark, lines in notes:
            if not mark and self._note is not None:
                self._note.lines += lines
                continue
            first = without_mark(lines[0], mark) if mark else lines[0]
            self._note = Piece("footnote", [first, *lines[1:]], page=number, note=mark)
            pieces.append(self._note)
        self.items += pieces

    def settle(self) -> list[Piece]:
        """Give all paragraphs; the notes and heads of a page stand before the paragraph that runs on over it."""
        return self.items


def piece_goes_on(last: Piece, piece: Piece, layout: Layout) -> bool:
    """Tell whether a piece of a column or page goes on with the last one of that before."""
    if last.kind not in {"text", "list-item"} or piece.kind != "text" or not last.lines:
        return False
    return continues(last.lines, piece.lines[0], layout)


def _ended(note: Piece) -> bool:
    return bool(re.search(r"[.!?…][»”’\"')\]]*$", note.lines[-1].text))


def _is_below(other: Block, block: Block) -> bool:
    lines = [line for row in other.rows for cell in row for line in cell] or other.lines
    if not lines or not block.lines:
        return False
    return lines[0].y < block.lines[-1].y and other.x0 < block.x1 and other.x1 > block.x0
