"""Where a hit stands in its document: the words around it, and its place as people cite it."""

from __future__ import annotations

from dataclasses import dataclass

from bialign.bitext import AnchorKind
from bialign.citation import CITED, COUNTED_FROM, LAYOUT, LOCAL, say_place
from bialign.concordance.hits import Piece
from bialign.store.lookup import DocumentEntry, Lookup

_SPACES = 16
"""Letters that are looked at beyond twice what is asked for: runs of spaces become one."""


@dataclass(frozen=True, slots=True)
class Context:
    """Say how much of the text around a hit is given: so many letters, or so many words."""

    size: int = 60
    words: bool = False

    def before(self, lookup: Lookup, document: int, piece: Piece) -> str:
        """Give what stands before a piece of a segment, back over the borders of segments."""
        stretch = lookup.stretch(document, piece.place)
        if stretch is None or not self.size:
            return ""
        at = stretch.number(piece.place)
        text = stretch.texts[at][: piece.start]
        while not self._enough(text):
            at -= 1
            if at < 0:
                stretch = lookup.previous(stretch)
                if stretch is None:
                    break
                at = len(stretch.texts) - 1
            text = f"{stretch.texts[at]}{stretch.gap(at)}{text}"
        return self._last(text)

    def after(self, lookup: Lookup, document: int, piece: Piece) -> str:
        """Give what stands after a piece of a segment, on over the borders of segments."""
        stretch = lookup.stretch(document, piece.place)
        if stretch is None or not self.size:
            return ""
        at = stretch.number(piece.place)
        text = stretch.texts[at][piece.stop :]
        while not self._enough(text):
            gap = stretch.gap(at)
            at += 1
            if at >= len(stretch.texts):
                stretch = lookup.next(stretch)
                if stretch is None:
                    break
                at = 0
            text = f"{text}{gap}{stretch.texts[at]}"
        return self._first(text)

    def _enough(self, text: str) -> bool:
        return len(text.split()) > self.size if self.words else len(text) >= self.size

    def _last(self, text: str) -> str:
        words = text.split() if self.words else text[-2 * self.size - _SPACES :].split()
        cut = " ".join(words[-self.size :]) if self.words else " ".join(words)[-self.size :]
        return f"{cut} " if text[-1:].isspace() else cut

    def _first(self, text: str) -> str:
        words = text.split() if self.words else text[: 2 * self.size + _SPACES].split()
        cut = " ".join(words[: self.size]) if self.words else " ".join(words)[: self.size]
        return f" {cut}" if text[:1].isspace() else cut


@dataclass(slots=True)
class Citing:
    """Say where a letter of a segment stands, in English or Spanish, as `bialign.citation` says it."""

    lookup: Lookup
    lang: str = "en"

    def cite(self, document: DocumentEntry, place: float, shift: int = 0) -> str:
        """Give the place as people cite it; "" where nothing is known."""
        if not document.anchors and not document.paragraphs:
            return ""
        paragraph = self.lookup.paragraph
        held = paragraph(document.id, place, 0 if shift >= 0 else shift) if document.paragraphs else None
        labels: dict[AnchorKind, str] = {}
        since: dict[AnchorKind, tuple[float, int]] = {}
        for kind in CITED:
            found = self.lookup.anchor(document.id, kind, place, shift) if kind in document.anchors else None
            if found is None:
                continue
            if kind in LOCAL and held is not None and paragraph(document.id, *found[:2]) != held:
                continue
            labels[kind], since[kind] = found[2], found[:2]
        number = None
        if held is not None:
            counted_from = next((since[kind] for kind in COUNTED_FROM if kind in since), None)
            first = paragraph(document.id, *counted_from) if counted_from else 0
            number = self.lookup.paragraphs_of(document.id, first or 0, held, LAYOUT)
        return say_place(labels, number, self.lang)


def pieces_of(texts: list[str], places: list[float], start: int, stop: int) -> tuple[Piece, ...]:
    """Tell a span of segments joined by spaces by segment; a space between two is nothing at the end of the first.

    >>> pieces_of(["Uno.", "Dos tres."], [7, 8], 0, 8)
    (Piece(place=7, start=0, stop=4), Piece(place=8, start=0, stop=3))
    >>> pieces_of(["Uno.", "Dos tres."], [7, 8], 4, 5)
    (Piece(place=7, start=4, stop=4),)
    """
    found = []
    for text, place in zip(texts, places, strict=True):
        if start < len(text) and stop > 0:
            found.append(Piece(place, max(0, start), min(stop, len(text))))
        elif start == len(text) and stop == start + 1:
            return (Piece(place, start, start),)
        start, stop = start - len(text) - 1, stop - len(text) - 1
    return tuple(found)
