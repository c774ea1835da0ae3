"""The paragraphs of all pages in reading order, joined over columns and pages.

What stands between the two halves of a paragraph that runs over a page - notes, running heads, page numbers - is put
before it.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from bialign.bitext import ParagraphKind
from bialign.readers.pdf.columns import Block, find_blocks, with_tables
from bialign.readers.pdf.contents import contents_of, strip_leader
from bialign.readers.pdf.furniture import Furniture
from bialign.readers.pdf.gutters import clipped, equal_columns, within
from bialign.readers.pdf.items import begins_with_dash, drop_marks, is_item
from bialign.readers.pdf.lines import Line, Word
from bialign.readers.pdf.notes import below_rule, follows, note_mark, split_notes
from bialign.readers.pdf.paragraphs import SENTENCE_END, Habits, find_habits, goes_on
from bialign.readers.pdf.rules import Rule
from bialign.readers.pdf.strips import Strip
from bialign.readers.pdf.tables import Row, is_head_again, pairs_broken, set_edges
from bialign.readers.pdf.terms import split_term

_CAPTION = re.compile(
    r"(?:fig(?:ure|ura)?|table|tabla|cuadro|gráfico|ilustración|illustration|plate|lámina)\.?\s+[\dIVX]+[.:)—–-]", re.I
)
_HEADING_LENGTH = 200
_LARGE = 1.12
_COLUMN_LINES = 8
_NARROW = 4
"""Lines that begin and end at the same places further in than the column's edges, at least, for edges of their own."""
_CODE_GAP = 2.9
"""Font sizes from a line of code to the next, at most: there may be an empty one between them."""


@dataclass(slots=True)
class Piece:
    """Hold a paragraph: its lines, or its text where it is a running head or a page number."""

    page: int
    kind: ParagraphKind
    lines: list[Line] = field(default_factory=list)
    text: str = ""
    note: str = ""


def text_boxes(words: Sequence[Word], page: int, habits: Habits) -> list[Piece]:
    """Give the paragraphs of text that runs another way than its page's, such as upwards in the margin."""
    pieces: list[Piece] = []
    for number, block in enumerate(find_blocks(words, habits.body)):
        for line in [*block.lines, *(line for row in block.rows for cell in row for line in cell)]:
            line.page, line.column, line.left, line.right = page, -1 - number, block.x0, block.x1
            last = pieces[-1].lines if pieces else []
            if last and goes_on(last, line, habits, same_column=last[-1].column == line.column):
                last.append(line)
            else:
                pieces.append(Piece(page, "text-box", [line]))
    return pieces


def layout(pages: Sequence[Furniture], rules: Sequence[Sequence[Rule]], body: float) -> list[list[Block]]:
    """Cut pages into blocks; each line learns its page, its column's edges and its column's number."""
    words = [with_tables(page.words, ruled) for page, ruled in zip(pages, rules, strict=True)]
    words = clipped(words, body)
    found = [_blocks(page, body) for page in words]
    equal = equal_columns(words, [_is_tabled(blocks) for blocks in found], body)
    if equal:
        words = [within(page, equal, body) for page in words]
        found = [_blocks(page, body, equal=equal) for page in words]
    gutters = _gutters(found)
    for number, blocks in enumerate(found):
        across = any(block.x0 + body < place < block.x1 - body for block in blocks for place in gutters)
        if across and any(block.rows or len(block.lines) >= _COLUMN_LINES for block in blocks):
            found[number] = _blocks(words[number], body, gutters, equal=equal)
    widths: Counter[tuple[int, int]] = Counter()
    for blocks in found:
        for block in blocks:
            widths[round(block.x0), round(block.x1)] += len(block.lines)
    number = 0
    for page, blocks in enumerate(found):
        for block in blocks:
            left, right = _edges(block, widths)
            number += 1
            for line in [*block.lines, *(line for row in block.rows for cell in row for line in cell)]:
                line.page, line.column, line.left, line.right = page, number, left, right
            set_edges(block)
    _narrow([line for blocks in found for block in blocks for line in block.lines])
    return found


def _narrow(lines: Sequence[Line]) -> None:
    """Give lines that begin further in, as in a box or a quotation, the edge at which most of these end."""
    ends: dict[int, Counter[int]] = defaultdict(Counter)
    for line in lines:
        ends[round(line.x0)][round(line.x1)] += 1
    edges: dict[int, float] = {}
    for left, found in ends.items():
        right, times = max(found.items(), key=lambda item: (item[1] + found[item[0] - 1] + found[item[0] + 1], item[0]))
        near = times + found[right - 1] + found[right + 1]
        beyond = sum(count for end, count in found.items() if end > right + 1)
        if near >= max(_NARROW, 0.3 * found.total()) and beyond * 3 < near:
            edges[left] = right
    for line in lines:
        edge = edges.get(round(line.x0), line.right)
        if line.left + 0.5 * line.size < line.x0 and line.x1 - 1 <= edge < line.right - 0.5 * line.size:
            line.right = edge


def _gutters(pages: Sequence[Sequence[Block]]) -> list[float]:
    """Give the places between columns of text that are the same on several pages."""
    counts: Counter[int] = Counter()
    for blocks in pages:
        full = [block for block in blocks if len(block.lines) >= _COLUMN_LINES]
        counts.update(
            {round((left.x1 + right.x0) / 2) for left, right in itertools.pairwise(full) if left.x1 < right.x0}
        )
    near = {place: sum(counts[place + shift] for shift in (-1, 0, 1)) for place in counts}
    return [place for place, times in near.items() if times >= max(2, 0.2 * len(pages))]


def _is_tabled(blocks: Sequence[Block]) -> bool:
    """Tell whether most of a page is in tables without rules."""
    inside = sum(len(cell) for block in blocks for row in block.rows for cell in row)
    return inside > sum(len(block.lines) for block in blocks)


def _blocks(
    words: Sequence[Word], body: float, gutters: Sequence[float] = (), *, equal: Sequence[Strip] = ()
) -> list[Block]:
    contents = contents_of(words) if all(word.table is None for word in words) else None
    if contents is not None:
        return [Block(contents, [], contents[0].x0, max(line.x1 for line in contents))]
    blocks = find_blocks(words, body, gutters, equal=equal)
    for block in blocks:
        for line in block.lines:
            strip_leader(line)
    return blocks


def _edges(block: Block, widths: Counter[tuple[int, int]]) -> tuple[float, float]:
    """Give a block of few lines the edges of the column it stands in, as other blocks show it."""
    own = block.x1 - block.x0
    around = [(x1 - x0, x0, x1) for (x0, x1), lines in widths.items() if x0 <= block.x0 + 2 and x1 >= block.x1 - 2]
    # the rest of a list fills a column but for its indent
    same = [item for item in around if item[0] < 1.5 * own and item[2] <= block.x1 + 2]
    same = [item for item in same if widths[item[1:]] * 2 > len(block.lines)]
    holding = [item for item in around if widths[item[1:]] > 2 * len(block.lines)]
    if len(same) > 1:
        most = max(widths[item[1:]] for item in same)
        _, x0, x1 = max(item for item in same if widths[item[1:]] * 4 >= most)
    elif holding:
        most = max(widths[x0, x1] for _, x0, x1 in holding)
        _, x0, x1 = min(item for item in holding if widths[item[1:]] * 4 >= most)
    else:
        return block.x0, block.x1
    # one that is nearly as wide is a column of its own
    return (block.x0, block.x1) if own > 0.97 * (x1 - x0) else (min(x0, block.x0), max(x1, block.x1))


class Flow:
    """Collect the paragraphs of a document, page by page."""

    def __init__(self, habits: Habits) -> None:
        self.pieces: list[Piece] = []
        self._habits = habits
        self._open: Piece | None = None
        self._waiting: list[Piece] = []
        self._note: Piece | None = None
        self._table: tuple[list[Row], int, list[Piece], float] | None = None
        """The last table: its rows, how many pieces there were at its end, its last row as pieces, where it begins."""

    def add_page(
        self,
        number: int,
        furniture: Furniture,
        blocks: Sequence[Block],
        rules: Sequence[Rule],
        turned: Sequence[Sequence[Word]],
    ) -> None:
        """Add a page: its heads, its blocks in reading order, its notes, what is turned, its feet."""
        self._waiting += [Piece(number, kind, text=text) for text, kind in furniture.heads]
        notes: list[Piece] = []
        # a note goes on at the foot of the next page only, and only where its sentence does
        carried, self._note = self._note, None
        last = carried
        if carried and SENTENCE_END.search(carried.lines[-1].text):
            carried = None
        for block in blocks:
            if block.rows:
                self._add_table(number, block)
                continue
            start = below_rule(block.lines, rules, open_note=last is not None)
            if start < len(block.lines):
                lines, small = block.lines[:start], block.lines[start:]
                carried = carried or last
            else:
                lines, small = split_notes(block, blocks, self._habits.body, carried is not None)
            for line in lines:
                self._add(line)
            for line in small:
                mark = note_mark(line)
                going = notes[-1] if notes else carried
                if going is None or (mark and (not notes or follows(mark, notes[-1].note))):
                    notes.append(Piece(number, "footnote", [line], note=mark))
                else:
                    going.lines.append(line)
        if notes:
            self._note = notes[-1]
        elif carried and carried.lines[-1].page == number:
            self._note = carried
        self._waiting += notes + [piece for words in turned for piece in text_boxes(words, number, self._habits)]
        self._waiting += [Piece(number, kind, text=text) for text, kind in furniture.feet]

    def _add_table(self, page: int, block: Block) -> None:
        last, rows = self._table, [[cell for cell in row if cell] for row in block.rows]
        # nothing but notes and heads may stand between a table and its rest
        if last is not None and self._open is None and last[1] == len(self.pieces):
            above, _, pieces, x0 = last
            if is_head_again(above, block):
                self._waiting += [Piece(page, "running-head", text=cell[0].text) for cell in rows[0]]
                rows = rows[1:]
            while rows and (broken := pairs_broken([piece.lines for piece in pieces], rows[0], block.x0 - x0)):
                for piece in pieces:
                    piece.lines += next((rest for cell, rest in broken if cell is piece.lines), [])
                rows = rows[1:]
        else:
            above = []
        self._close()
        found = [[Piece(page, "table-cell", list(cell)) for cell in row] for row in rows]
        self.pieces += [piece for row in found for piece in row]
        last_row = found[-1] if found else last[2] if last else []
        self._table = [*above, *rows], len(self.pieces), last_row, block.x0

    def _add(self, line: Line) -> None:
        last = self._open
        code = line.mono and line.size < _LARGE * self._habits.body
        if last is not None and last.kind == "code" and code:
            if last.lines[-1].column != line.column or last.lines[-1].y - line.y < _CODE_GAP * line.size:
                self._settle()
                last.lines.append(line)
                return
        elif last is not None and (last.kind != "code" or len(last.lines) == 1):
            same = last.lines[-1].column == line.column
            if goes_on(last.lines, line, self._habits, same_column=same):
                self._settle()
                last.lines.append(line)
                # a line of one long address, which the text goes on from
                last.kind = "text"
                return
        self._close()
        self._open = Piece(line.page, "code" if code else "text", [line])

    def _settle(self) -> None:
        self.pieces += self._waiting
        self._waiting = []

    def _close(self) -> None:
        if self._open is not None:
            self.pieces += _finished(self._open, self._habits)
            self._open = None
        self._settle()

    def end(self) -> list[Piece]:
        """Give all paragraphs in order."""
        self._close()
        return self.pieces


def _finished(piece: Piece, habits: Habits) -> list[Piece]:
    """Give a paragraph its kind, and its term or heading a paragraph of its own."""
    if piece.kind == "code":
        return [piece]
    piece.kind = _kind(piece.lines, habits)
    parts = split_term(piece.lines) if piece.kind == "text" else None
    if parts is None:
        return [piece]
    head, piece.lines = parts
    return [Piece(piece.page, "text", [head]), piece]


def _kind(lines: Sequence[Line], habits: Habits) -> ParagraphKind:
    text = " ".join(line.text for line in lines)
    if _CAPTION.match(text) and len(text) < 4 * _HEADING_LENGTH:
        return "caption"
    if any(letter.isalpha() for letter in text) and len(text) < _HEADING_LENGTH:
        large = lines[0].size > _LARGE * habits.body
        bold = all(line.bold for line in lines) and len(lines) < 3 and not text.endswith((".", ","))
        if large or bold:
            return "heading"
    return "list-item" if is_item(lines[0]) and not lines[-1].closed else "text"


def _may_be_item(piece: Piece) -> bool:
    return piece.kind == "list-item" or (piece.kind == "text" and begins_with_dash(piece.lines[0]))


def flow(
    pages: Sequence[Furniture],
    turned: Sequence[Sequence[Sequence[Word]]],
    rules: Sequence[Sequence[Rule]],
    body: float,
) -> list[Piece]:
    """Give the paragraphs of all pages, in reading order; by page, `turned` holds the words that run another way."""
    blocks = layout(pages, rules, body)
    habits = find_habits((block.lines for page in blocks for block in page if block.lines), body)
    found = Flow(habits)
    for number, page in enumerate(pages):
        found.add_page(number, page, blocks[number], rules[number], turned[number])
    pieces = found.end()
    marked = drop_marks([piece.lines if _may_be_item(piece) else None for piece in pieces], indented=habits.indented)
    for place in marked:
        pieces[place].kind = "list-item"
    return pieces
