"""The text of a document in passages: stretches of segments, packed together so that a corpus stays small.

A packed passage is compressed JSON: the text of each segment; the gap after each (None: a space); the number of each
one's paragraph; their places (None: they count on by one from the first).
"""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from bialign.store.database import Database

_SEGMENTS = 32
_CHARACTERS = 2_000
"""Where a passage ends: small, so that one sentence is found quickly; large, so that packing is worth it."""
_LEVEL = 6

_Packed = tuple[list[str], list[str] | None, list[int], list[float] | None]


class Stored(NamedTuple):
    """Hold a segment as it is stored: its place, its text, what stands between it and the next, its paragraph."""

    place: float
    text: str
    gap: str
    paragraph: int


class Passage(NamedTuple):
    """Hold one row of the passage table."""

    id: int
    first: float
    segments: tuple[Stored, ...]


def pack(segments: Sequence[Stored]) -> bytes:
    """Pack segments into the bytes of a passage.

    >>> unpack(pack([Stored(3, "A.", " ", 0), Stored(3.5, "B.", "", 1)]), 3)
    (Stored(place=3.0, text='A.', gap=' ', paragraph=0), Stored(place=3.5, text='B.', gap='', paragraph=1))
    """
    places = [segment.place for segment in segments]
    counted = all(place == places[0] + n for n, place in enumerate(places))
    gaps = [segment.gap for segment in segments]
    packed: _Packed = (
        [segment.text for segment in segments],
        gaps if any(gap != " " for gap in gaps) else None,
        [segment.paragraph for segment in segments],
        None if counted else places,
    )
    return zlib.compress(msgspec.json.encode(packed), _LEVEL)


_decoder = msgspec.json.Decoder(_Packed)


def unpack(data: bytes, first: float) -> tuple[Stored, ...]:
    """Give the segments of a packed passage whose first segment has the place `first`."""
    texts, gaps, paragraphs, places = _decoder.decode(zlib.decompress(data))
    numbers: Iterable[float] = itertools.count(first) if places is None else places
    return tuple(map(Stored._make, zip(numbers, texts, gaps or itertools.repeat(" "), paragraphs, strict=False)))


def passages_of(segments: Iterable[Stored]) -> Iterator[tuple[float, bytes]]:
    """Cut the segments of a document, in order, into packed passages; give each with its first place."""
    held: list[Stored] = []
    size = 0
    for segment in segments:
        held.append(segment)
        size += len(segment.text)
        if len(held) >= _SEGMENTS or size >= _CHARACTERS:
            yield held[0].place, pack(held)
            held, size = [], 0
    if held:
        yield held[0].place, pack(held)


class Reader:
    """Look up segments of a corpus by document and place."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self, document: int) -> Iterator[Stored]:
        """Give all segments of a document in order."""
        for first, data in self._database.each(
            "SELECT first, data FROM passage WHERE document = ? ORDER BY first", document
        ):
            yield from unpack(data, first)

    def passage(self, document: int, place: float) -> Passage | None:
        """Give the passage that holds a place; None where the document holds no segment so far ahead."""
        row = self._database.row(
            "SELECT id, first, data FROM passage WHERE document = ? AND first <= ? ORDER BY first DESC LIMIT 1",
            document,
            place,
        )
        return None if row is None else Passage(row[0], row[1], unpack(row[2], row[1]))

    def after(self, document: int, first: float) -> Passage | None:
        """Give the passage after the one that begins at a place."""
        row = self._database.row(
            "SELECT id, first, data FROM passage WHERE document = ? AND first > ? ORDER BY first LIMIT 1",
            document,
            first,
        )
        return None if row is None else Passage(row[0], row[1], unpack(row[2], row[1]))

    def run(self, document: int, place: float, count: int) -> tuple[Stored, ...]:
        """Give `count` segments from a place on; fewer where the document ends."""
        if not count:
            return ()
        passage = self.passage(document, place)
        found: list[Stored] = []
        while passage is not None:
            found += [segment for segment in passage.segments if segment.place >= place]
            if len(found) >= count:
                break
            passage = self.after(document, passage.first)
        return tuple(found[:count])
