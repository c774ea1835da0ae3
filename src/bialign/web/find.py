"""Words found in the text of one bitext, without regard to case and accents."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bialign.corpus import Corpus
from bialign.store import listing
from bialign.store.beads import SIDES
from bialign.store.folding import fold

_BATCH = 256
"""Segments that are looked through at once; only where these hold the words is each one looked at."""


class Hits(NamedTuple):
    """Hold the ids of the beads that were found, in order; `more` tells that there are others."""

    ids: list[int]
    more: bool


def find(corpus: Corpus, bitext: int, query: str, limit: int = 5_000) -> Hits:
    """Find the beads that hold a passage on either side, over the borders of their segments too."""
    sought = _plain(query)
    if not sought:
        return Hits([], False)
    store = corpus.store
    with store.database.snapshot():
        beads = listing.outline(store.database, bitext)
        rows: set[int] = set()
        for side, shift in zip(SIDES, (12, 2), strict=True):
            sizes = [(kind >> shift) & (0x3FF if shift == 2 else -1) for _, _, kind, _ in beads]
            texts = (segment.text for segment in store.reader.all(store.beads.document(bitext, side)))
            rows.update(_rows(texts, list(itertools.accumulate(sizes)), sought))
    found = [beads[row][0] for row in sorted(rows)]
    return Hits(found[:limit], len(found) > limit)


def _rows(texts: Iterator[str], stops: Sequence[int], sought: str) -> Iterator[int]:
    """Give the numbers of the beads whose segments, joined by spaces, hold the words; `stops` are the beads' ends."""
    held: list[str] = []
    start = 0
    while batch := list(itertools.islice(texts, _BATCH)):
        held += batch
        if sought in _plain(" ".join(held)):
            yield from _exactly(held, start, stops, sought)
        # what runs over the border of two batches stands in the last bead of the first
        first = bisect.bisect_right(stops, start + len(held) - 1)
        keep = start + len(held) - (stops[first - 1] if first else 0)
        start += len(held) - keep
        held = held[len(held) - keep :] if keep else []


def _exactly(held: Sequence[str], start: int, stops: Sequence[int], sought: str) -> Iterator[int]:
    row = bisect.bisect_right(stops, start)
    at = 0
    while at < len(held) and row < len(stops):
        stop = stops[row] - start
        if stop > at and sought in _plain(" ".join(held[at:stop])):
            yield row
        at, row = max(at, stop), row + 1


def _plain(text: str) -> str:
    return " ".join(fold(text).split())
