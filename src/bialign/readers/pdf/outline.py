"""The outline of a PDF, its bookmarks: they name the headings of the text, whatever these look like."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pypdfium2 as pdfium

_MOST = 20_000
_NUMBERED = re.compile(r"(?:chapter|part|appendix|section|capítulo|parte|apéndice|sección)?[a-z]?\d{0,9}[ivxlc]{0,7}")


class Entry(NamedTuple):
    """Hold a bookmark: the page it leads to, counted from 0, and its title."""

    page: int
    title: str


def read_outline(document: pdfium.PdfDocument) -> list[Entry]:
    """Give the bookmarks of a document that lead to its own pages, in order."""
    found = []
    for bookmark in itertools.islice(document.get_toc(), _MOST):
        target = bookmark.get_dest()
        page = target.get_index() if target else None
        if page is not None and 0 <= page < len(document):
            found.append(Entry(page, " ".join(bookmark.get_title().split())))
    return found


def find_headings(outline: Sequence[Entry], texts: Sequence[tuple[int, str]]) -> set[int]:
    """Give the places of those paragraphs, each given as its page and text, that bookmarks name.

    A heading may have a number that its bookmark has not.

    >>> find_headings([Entry(3, "The Ferry")], [(3, "The Ferry sank."), (3, "1.2 The  Ferry"), (4, "The Ferry")])
    {1}
    """
    pages: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    for place, (page, text) in enumerate(texts):
        pages[page].append((place, _letters(text)))
    found: set[int] = set()
    for entry in outline:
        title = _letters(entry.title)
        for place, letters in pages[entry.page] if title else ():
            before = letters[: len(letters) - len(title)]
            if place not in found and letters.endswith(title) and _NUMBERED.fullmatch(before):
                found.add(place)
                break
    return found


def _letters(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())
