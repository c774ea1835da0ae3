"""Passages unpacked, to read many segments here and there; what was read is kept while the file does not change."""

from __future__ import annotations

import bisect
import math
import zlib
from collections import OrderedDict
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from bialign.store.database import Database

_KEPT = 4_096
"""Passages that are kept unpacked, about 20 MB."""
_decoder = msgspec.json.Decoder(tuple[list[str], list[str] | None, list[int], list[float] | None])


class Stretch(NamedTuple):
    """Hold a passage unpacked: texts, gaps after them and paragraph numbers; see passages.py."""

    id: int
    document: int
    first: float
    stop: float  # where the next one begins
    texts: list[str]
    gaps: list[str] | None
    paragraphs: list[int]
    places: list[float] | None

    def number(self, place: float) -> int:
        """Give the number of the first segment at a place or after it, counted in this passage."""
        if self.places is None:
            return max(0, math.ceil(place - self.first))
        return bisect.bisect_left(self.places, place)

    def place(self, index: int) -> float:
        """Give the place of a segment by its number in this passage."""
        return self.first + index if self.places is None else self.places[index]

    def gap(self, index: int) -> str:
        """Give what stands after a segment."""
        return " " if self.gaps is None else self.gaps[index]


class Stretches:
    """Read passages of a corpus; `forget` must be called when it has changed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.forget()

    def forget(self) -> None:
        """Forget what was read."""
        self._stretches: OrderedDict[int, Stretch] = OrderedDict()
        self._recent: dict[int, Stretch] = {}
        self._firsts: dict[int, tuple[list[float], list[int]]] = {}

    def stretch(self, document: int, place: float) -> Stretch | None:
        """Give the passage that holds a place."""
        recent = self._recent.get(document)
        if recent is not None and recent.first <= place < recent.stop:
            return recent
        firsts = self._places(document)[0]
        return self._numbered(document, bisect.bisect_right(firsts, place) - 1)

    def next(self, stretch: Stretch) -> Stretch | None:
        """Give the passage after one."""
        firsts = self._places(stretch.document)[0]
        return self._numbered(stretch.document, bisect.bisect_right(firsts, stretch.first))

    def previous(self, stretch: Stretch) -> Stretch | None:
        """Give the passage before one."""
        return self._numbered(
            stretch.document, bisect.bisect_left(self._places(stretch.document)[0], stretch.first) - 1
        )

    def _places(self, document: int) -> tuple[list[float], list[int]]:
        """Give the first places and the ids of all passages of a document: 16 bytes for thirty sentences."""
        found = self._firsts.get(document)
        if found is None:
            sql = "SELECT first, id FROM passage WHERE document = ? ORDER BY first"
            rows = self._database.rows(sql, document)
            found = self._firsts[document] = [row[0] for row in rows], [row[1] for row in rows]
        return found

    def _numbered(self, document: int, number: int) -> Stretch | None:
        firsts, ids = self._places(document)
        if not 0 <= number < len(ids):
            return None
        kept = self._stretches.get(ids[number])
        if kept is None:
            # as often as twice a hit: the wrapping of errors, which `reading` has done, would cost as much
            row = self._database.connection.execute("SELECT data FROM passage WHERE id = ?", (ids[number],)).fetchone()
            stop = firsts[number + 1] if number + 1 < len(firsts) else math.inf
            kept = _stretch(document, ids[number], firsts[number], stop, row[0])
            if len(self._stretches) >= _KEPT:
                self._stretches.popitem(last=False)
            self._stretches[ids[number]] = kept
        self._recent[document] = kept
        return kept

    def stretches(self, document: int) -> Iterator[Stretch]:
        """Give all passages of a document in order, without keeping them."""
        sql = "SELECT id, first, data FROM passage WHERE document = ? ORDER BY first"
        for id, first, data in self._database.each(sql, document):
            yield _stretch(document, id, first, math.inf, data)

    def run(self, document: int, place: float, count: int) -> tuple[list[str], list[float]]:
        """Give the texts and places of `count` segments from a place on."""
        stretch = self.stretch(document, place) if count else None
        if stretch is None:
            return [], []
        at = stretch.number(place)
        if at + count <= len(stretch.texts):
            # nearly always: a bead within one passage
            return stretch.texts[at : at + count], [stretch.place(n) for n in range(at, at + count)]
        texts: list[str] = []
        places: list[float] = []
        while stretch is not None and len(texts) < count:
            stop = min(len(stretch.texts), at + count - len(texts))
            texts += stretch.texts[at:stop]
            places += [stretch.place(number) for number in range(at, stop)]
            stretch, at = self.next(stretch), 0
        return texts, places


def _stretch(document: int, id: int, first: float, stop: float, data: bytes) -> Stretch:
    return Stretch(id, document, first, stop, *_decoder.decode(zlib.decompress(data)))
