"""What the texts of word processors share: pages, headings to cite by, notes gathered at the end, text boxes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bialign.bitext import ParagraphKind
from bialign.readers.draft import Draft, Mark

if TYPE_CHECKING:
    from lxml import etree

_KINDS: tuple[tuple[str, ParagraphKind], ...] = (
    (r"(sub)?(title|titel|titre|titolo)|t[ií]tulo|subt[ií]tulo|puesto", "title"),
    (r"(heading|t[ií]tulo|encabezado|[uü]berschrift|titre|titolo) ?\d", "heading"),
    (r"((image|table|figure) ?)?caption|ep[ií]grafe|descripci[oó]n|leyenda|figure|illustration|table", "caption"),
    (r"(intense )?quote|quotations?|block ?quote|block ?text|cita( destacada| intensa)?", "quotation"),
    (r"source ?code|(html )?preformatted( text)?|html con formato previo|code", "code"),
    (r"verse|poem|poetry|verso|poes[ií]a|poema", "verse"),
)
_PATTERNS = [(re.compile(pattern, re.IGNORECASE), kind) for pattern, kind in _KINDS]


def kind_by_name(name: str) -> ParagraphKind:
    """Tell what kind of paragraph a style of this name makes; "text" where the name tells nothing.

    >>> kind_by_name("Heading 2"), kind_by_name("Subtítulo"), kind_by_name("Cita"), kind_by_name("Body Text")
    ('heading', 'title', 'quotation', 'text')
    """
    return next((kind for pattern, kind in _PATTERNS if pattern.fullmatch(name.strip())), "text")


@dataclass(frozen=True, slots=True)
class Note:
    """Hold a note that the text refers to, and what was in force where it does."""

    kind: ParagraphKind
    label: str
    body: etree._Element
    page: int
    heading: str


class Story:
    """Fill a draft with the paragraphs of a document, in the order in which they are read.

    `paged` says whether the file tells where its pages begin; without it breaks mark nothing.
    """

    def __init__(self, draft: Draft, *, paged: bool) -> None:
        self._draft, self.paged = draft, paged
        self._inside: list[ParagraphKind] = []
        self._page = self._last_page = 1
        self._heading = self._note = ""
        self._empty_page = True
        self._notes: list[Note] = []
        if paged:
            draft.begin("page", "1")

    def wrote(self) -> None:
        """Say that the page holds something now, be it text or a picture."""
        self._empty_page = False

    def turn_page(self) -> list[Mark]:
        """Give the mark of the page that begins here; none where one has just begun, as breaks may be noted twice."""
        if not self.paged or self._note or self._empty_page:
            return []
        self._empty_page = True
        self._page += 1
        if self._page <= self._last_page:
            return []
        self._last_page = self._page
        return [Mark("page", str(self._page))]

    def break_page(self) -> None:
        """Begin a page between paragraphs."""
        for mark in self.turn_page():
            self._draft.begin(*mark)

    @contextmanager
    def inside(self, kind: ParagraphKind) -> Iterator[None]:
        """Make everything that is added a paragraph of one kind: that of a cell, a box, a note."""
        self._inside.append(kind)
        yield
        self._inside.pop()

    @contextmanager
    def row(self) -> Iterator[Callable[[], None]]:
        """Read a table's row; what is given is called before each cell, as all cells begin on the row's page."""
        first = self._page

        def next_cell() -> None:
            if self._page != first:
                self._page, self._empty_page = first, False

        yield next_cell
        self._page = self._last_page

    def add(self, parts: Sequence[str | Mark], kind: ParagraphKind) -> None:
        """Add a paragraph."""
        if self._inside:
            # all of a note belongs to the note, its tables too
            kind = self._inside[0 if self._note else -1]
        text = " ".join("".join(part for part in parts if not isinstance(part, Mark)).split())
        if text and kind == "heading":
            self._heading = text
        if text and self._note:
            self._draft.begin("note", self._note)
        self._draft.add(parts, kind)

    def refer(self, kind: ParagraphKind, label: str, body: etree._Element) -> None:
        """Keep a note that the text refers to until the text has ended."""
        self._notes.append(Note(kind, label, body, self._page, self._heading))

    def finish(self, write: Callable[[Note], None]) -> None:
        """Write the notes, in the order of their references and cited by the page and heading of these."""
        page, heading = self._page, self._heading
        # a note may hold a reference to another
        for note in self._notes:
            if self.paged and note.page != page:
                self._draft.begin("page", str(note.page))
            if note.heading != heading:
                self._draft.begin("heading", note.heading)
            page, heading, self._note = note.page, note.heading, note.label or "*"
            with self.inside(note.kind):
                write(note)
