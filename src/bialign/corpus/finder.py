"""Runs of segments found by their text, however they are cut."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bialign.bitext import Span
from bialign.store.beads import SIDES, Side

if TYPE_CHECKING:
    from bialign.store import Store


class Finder:
    """Find runs of segments by their text, wherever they are cut: joined by spaces they must be the same."""

    def __init__(self, store: Store, bitext: int) -> None:
        self._sides = []
        self.places: list[list[float]] = []
        for side in SIDES:
            segments = list(store.reader.all(store.beads.document(bitext, side)))
            self._sides.append(Joined([segment.text for segment in segments]))
            self.places.append([segment.place for segment in segments])

    def run(self, side: Side, wanted: Sequence[str], near: float) -> Span | None:
        """Give the run of segments nearest to a place that reads as wanted; None where there is none."""
        number = SIDES.index(side)
        return self._sides[number].find(wanted, bisect.bisect_left(self.places[number], near))

    def bead(self, source: Sequence[str], target: Sequence[str], near: tuple[float, float]) -> tuple[Span, Span] | None:
        """Give the spans of a bead; an empty side has an empty span at no certain place."""
        spans = [
            self.run(side, wanted, place) if wanted else Span(0, 0)
            for side, wanted, place in zip(SIDES, (source, target), near, strict=True)
        ]
        return None if spans[0] is None or spans[1] is None else (spans[0], spans[1])


class Joined:
    """Hold the segments of a text as one string, in which runs of them are found."""

    def __init__(self, texts: Sequence[str]) -> None:
        plain = [" ".join(text.split()) for text in texts]
        self._starts: list[int] = []
        self._stops: list[int] = []
        at = 0
        for text in plain:
            self._starts.append(at)
            self._stops.append(at + len(text))
            at += len(text) + 1
        self._text = " ".join(plain)

    def find(self, wanted: Sequence[str], near: int) -> Span | None:
        """Give the run of segments, nearest to number `near`, that reads as wanted."""
        sought = " ".join(" ".join(text.split()) for text in wanted)
        best: Span | None = None
        at = self._text.find(sought) if sought else -1
        while at >= 0:
            first, last = bisect.bisect_left(self._starts, at), bisect.bisect_left(self._stops, at + len(sought))
            whole = first < len(self._starts) and self._starts[first] == at
            if whole and last < len(self._stops) and self._stops[last] == at + len(sought) and first <= last:
                span = Span(first, last + 1)
                if best is None or abs(span.start - near) < abs(best.start - near):
                    best = span
            at = self._text.find(sought, at + 1)
        return best
