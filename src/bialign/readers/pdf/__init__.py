"""PDF files with a text layer: characters to words, lines, columns and paragraphs, by where they stand on the page."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from bialign.bitext import Document
from bialign.errors import ReadError
from bialign.languages import guess_language
from bialign.readers.draft import Draft, Mark
from bialign.readers.pdf.accents import with_accents
from bialign.readers.pdf.flow import Piece, flow
from bialign.readers.pdf.furniture import find_furniture
from bialign.readers.pdf.glyphs import Glyph, Page, body_size, mono_fonts, read_page
from bialign.readers.pdf.items import BULLET
from bialign.readers.pdf.lines import find_words
from bialign.readers.pdf.metadata import read_authors, read_title
from bialign.readers.pdf.notes import plain, without_last, without_raised
from bialign.readers.pdf.open import LOCK, opened
from bialign.readers.pdf.outline import find_headings, read_outline
from bialign.readers.pdf.text import Row, code_of, parts_of, words_of
from bialign.readers.source import Source

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

__all__ = ["document"]

_NOTE = re.compile(r"\A\s*(?:\d{1,3}|[*†‡§¶]{1,4}|[a-z](?=\s))[.)]?\s*")
_FEW = 20
"""A page of fewer characters than this, and with a picture, is taken for a scanned one."""


def document(source: Source) -> Document:
    """Read a PDF's text layer; raises ReadError where it is encrypted, damaged or scanned."""
    with LOCK, opened(source) as file:
        pages = [read_page(file, number) for number in range(len(file))]
        title, authors = read_title(file, source.file), read_authors(file)
        outline = read_outline(file)
    _check_text(source, pages)
    pages = [page._replace(layers=[with_accents(layer) for layer in page.layers]) for page in pages]
    body = body_size(pages)
    mono = mono_fonts(pages)
    turned = [[find_words(layer, mono) for layer in page.layers[1:]] for page in pages]
    pieces = flow(
        find_furniture([find_words(_main(page), mono) for page in pages]), turned, [page.rules for page in pages], body
    )
    draft = Draft(title)
    draft.authors = authors
    texts = [(piece.page, " ".join(line.text for line in piece.lines)) for piece in pieces]
    for place in find_headings(outline, texts):
        pieces[place].kind = "heading"
    _Writer(draft, [page.label for page in pages], pieces).write()
    return draft.document(source, "PDF")


def _main(page: Page) -> list[Glyph]:
    return page.layers[0] if page.layers else []


def _check_text(source: Source, pages: Sequence[Page]) -> None:
    sizes = [sum(map(len, page.layers)) for page in pages]
    scanned = sum(size < _FEW and page.has_image for size, page in zip(sizes, pages, strict=True))
    if scanned * 2 > len(pages) or not any(sizes):
        raise ReadError(
            source.file,
            "{count} of {pages} pages hold pictures of text only: run OCR (text recognition) on the file first",
            count=scanned or len(pages),
            pages=len(pages),
        )


def _marks_of_notes(pieces: Sequence[Piece]) -> tuple[dict[int, set[str]], dict[int, set[str]]]:
    """Give the marks of notes that stand in the text of each page: those of its own notes, and of notes at the end.

    The second value holds those of notes, of the page or the next one, whose marks the document raises nowhere. A note
    at the end is the only one with its mark, on a later page than the only raised mark that is like it.
    """
    notes: defaultdict[str, list[int]] = defaultdict(list)
    raised: defaultdict[str, list[int]] = defaultdict(list)
    for piece in pieces:
        if piece.note:
            notes[piece.note].append(piece.page)
        for line in piece.lines[1 if piece.note else 0 :]:
            for place in line.marks:
                raised[line.words[place].text.strip("()[].,")].append(line.page)
    found: defaultdict[int, set[str]] = defaultdict(set)
    level: defaultdict[int, set[str]] = defaultdict(set)
    for mark, pages in notes.items():
        for page in pages:
            found[page].add(mark)
            if not raised.get(mark):
                # a note may have found no room on its page
                level[page].add(mark)
                level[page - 1].add(mark)
        if len(pages) == len(raised[mark]) == 1 and raised[mark][0] < pages[0]:
            found[raised[mark][0]].add(mark)
    return found, level


class _Writer:
    """Put paragraphs into a draft, with an anchor wherever the page in force is another."""

    def __init__(self, draft: Draft, labels: Sequence[str], pieces: Sequence[Piece]) -> None:
        self._draft, self._labels, self._pieces = draft, labels, pieces
        lines = [line for piece in pieces for line in piece.lines]
        self._lang = guess_language(" ".join(line.text for line in lines[:400]))
        self._words: Collection[str] = words_of(lines)
        self._page = -1
        self._marks, self._level = _marks_of_notes(pieces)

    def write(self) -> None:
        for place, piece in enumerate(self._pieces):
            page = piece.page
            if not piece.lines:
                # heads stand before a paragraph of the page before that runs over
                page = min([page, *(other.page for other in self._pieces[place : place + 12] if other.lines)])
            if page != self._page:
                self._draft.begin("page", self._labels[page])
            self._page = piece.lines[-1].page if piece.lines else page
            if piece.note:
                self._draft.begin("note", piece.note)
            self._draft.add(self._parts(piece), piece.kind)

    def _parts(self, piece: Piece) -> list[str | Mark]:
        if not piece.lines:
            return [piece.text]
        # the marks of notes are no text, where the page has such notes
        lines = [Row.of(line, line.without(self._marks[line.page])) for line in piece.lines]
        if piece.note:
            lines[0] = lines[0]._replace(text=_NOTE.sub("", plain(lines[0].text)))
        level = self._level if not piece.note else {}
        lines = [
            line._replace(text=without_raised(line.text, self._marks[line.page], level.get(line.page, ())))
            for line in lines
        ]
        if lines and level.get(lines[-1].page):
            texts = without_last([line.text for line in lines], level[lines[-1].page])
            lines = [line._replace(text=text) for line, text in zip(lines, texts, strict=True)]
        lines = [line for line in lines if line.text]
        if piece.kind == "code":
            return code_of(lines, self._labels)
        parts = parts_of(lines, self._labels, self._words, self._lang) if lines else []
        if piece.kind == "list-item" and parts and isinstance(parts[0], str) and BULLET.match(parts[0]):
            parts[0] = re.sub(r"^\S\s*", "", parts[0])
        return parts
