"""What a person has decided, kept exactly: confirmed beads, forbidden cuts, segments without a counterpart.

Constraints take edges out of the lattice, so the rest is decided by the same inference: the posteriors are those of
the alignments that keep to the constraints.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bialign.aligner.band import Ints
from bialign.bitext import Bead, Span
from bialign.errors import AlignmentError

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Constraints:
    """Say what an alignment must keep to.

    `confirmed`: beads that are right; confirmed null beads say that their segments are untranslated. `forbidden`: cut
    places (i, j) where no bead may begin or end; None stands for any place of that text, so that (5, None) keeps source
    segments 4 and 5 in one bead. `untranslated_source`, `untranslated_target`: segments without a counterpart.
    """

    confirmed: Sequence[Bead] = ()
    forbidden: Sequence[tuple[int | None, int | None]] = ()
    untranslated_source: Iterable[int] = ()
    untranslated_target: Iterable[int] = ()

    def moved(self, rows: Sequence[int], columns: Sequence[int]) -> Constraints:
        """Give the constraints for a choice of the segments: rows[n], columns[n] are those that have index n now."""

        def place(border: int | None, chosen: Sequence[int]) -> int | None:
            return None if border is None else int(np.searchsorted(chosen, border))

        def span(given: Span, chosen: Sequence[int]) -> Span:
            return Span(*(int(np.searchsorted(chosen, border)) for border in given))

        def known(segments: Iterable[int], chosen: Sequence[int]) -> list[int]:
            at = {segment: n for n, segment in enumerate(chosen)}
            return [at[segment] for segment in segments if segment in at]

        beads = [(span(bead.source, rows), span(bead.target, columns)) for bead in self.confirmed]
        return Constraints(
            [Bead(*spans) for spans in beads if any(spans)],
            [(place(i, rows), place(j, columns)) for i, j in self.forbidden],
            known(self.untranslated_source, rows),
            known(self.untranslated_target, columns),
        )


@dataclass(frozen=True)
class Rules:
    """Hold the constraints on two texts of `source_size` and `target_size` segments in a form that answers quickly."""

    source_size: int
    target_size: int
    confirmed: tuple[Bead, ...]
    untranslated: tuple[Flags, Flags]
    forbidden: frozenset[tuple[int | None, int | None]]

    @classmethod
    def of(cls, constraints: Constraints, source_size: int, target_size: int) -> Rules:
        """Check the constraints; AlignmentError where they contradict each other or the texts' sizes."""
        beads = [bead for bead in constraints.confirmed if not bead.is_null]
        nulls = [bead for bead in constraints.confirmed if bead.is_null]
        beads.sort(key=lambda bead: bead.source.start)
        source, target = np.zeros(source_size, bool), np.zeros(target_size, bool)
        alone = (
            [*constraints.untranslated_source, *(i for bead in nulls for i in bead.source.indices)],
            [*constraints.untranslated_target, *(j for bead in nulls for j in bead.target.indices)],
        )
        for flags, segments in zip((source, target), alone, strict=True):
            for segment in segments:
                if not 0 <= segment < len(flags):
                    raise AlignmentError("there is no segment {number} to constrain", number=segment + 1)
                flags[segment] = True
        for bead in beads:
            if bead.source.stop > source_size or bead.target.stop > target_size:
                raise AlignmentError("the confirmed bead {bead} reaches past the end of the text", bead=_name(bead))
            if source[bead.source.start : bead.source.stop].any() or target[bead.target.start : bead.target.stop].any():
                raise AlignmentError("the confirmed bead {bead} holds a segment marked untranslated", bead=_name(bead))
        for first, second in pairwise(beads):
            if second.source.start < first.source.stop or second.target.start < first.target.stop:
                raise AlignmentError(
                    "the confirmed beads {first} and {second} cross or overlap",
                    first=_name(first),
                    second=_name(second),
                )
        return cls(source_size, target_size, tuple(beads), (source, target), frozenset(constraints.forbidden))

    def __bool__(self) -> bool:
        return bool(self.confirmed or self.forbidden or self.untranslated[0].any() or self.untranslated[1].any())

    @cached_property
    def _counts(self) -> tuple[tuple[Ints, Ints], tuple[Ints, Ints]]:
        """Count, for both texts, the segments of confirmed beads and the untranslated ones before each place."""
        taken = np.zeros(self.source_size, bool), np.zeros(self.target_size, bool)
        for bead in self.confirmed:
            taken[0][bead.source.start : bead.source.stop] = True
            taken[1][bead.target.start : bead.target.stop] = True

        def before(flags: Flags) -> Ints:
            return np.concatenate([[0], np.cumsum(flags)])

        return (before(taken[0]), before(taken[1])), (before(self.untranslated[0]), before(self.untranslated[1]))

    @cached_property
    def _no_cuts(self) -> tuple[Flags, Flags, Ints]:
        rows, columns = np.zeros(self.source_size + 1, bool), np.zeros(self.target_size + 1, bool)
        places = []
        for i, j in self.forbidden:
            if i is not None and j is not None:
                places.append(i * (self.target_size + 1) + j)
            elif i is not None:
                rows[i] = True
            elif j is not None:
                columns[j] = True
        return rows, columns, np.array(sorted(places), np.int64)

    def allow_places(self, i: Ints, j: Ints) -> Flags:
        """Tell where beads may begin and end."""
        rows, columns, places = self._no_cuts
        return np.asarray(~(rows[i] | columns[j] | np.isin(i * (self.target_size + 1) + j, places)))

    def allow(self, i: Ints, j: Ints, end_i: Ints, end_j: Ints) -> Flags:
        """Tell which beads from (i, j) to (end_i, end_j) may be used; confirmed beads are not among them."""
        taken, untranslated = self._counts
        fine = (taken[0][end_i] == taken[0][i]) & (taken[1][end_j] == taken[1][j])
        null = (end_i == i) | (end_j == j)
        fine &= null | ((untranslated[0][end_i] == untranslated[0][i]) & (untranslated[1][end_j] == untranslated[1][j]))
        return np.asarray(fine & self.allow_places(i, j) & self.allow_places(end_i, end_j))

    def inside(self, i: Ints, j: Ints, end_i: Ints, end_j: Ints) -> Flags:
        """Tell which single null beads are steps of the one way through a confirmed bead: down its side, then along."""
        corner = np.array([(bead.source.stop, bead.target.start) for bead in self.confirmed]).reshape(-1, 2)
        owners = np.full(self.source_size + 1, -1), np.full(self.target_size + 1, -1)
        for n, bead in enumerate(self.confirmed):
            owners[0][bead.source.start : bead.source.stop] = n
            owners[1][bead.target.start : bead.target.stop] = n
        down, along = owners[0][i], owners[1][j]
        steps = np.zeros(len(i), bool)
        if self.confirmed:
            steps = (end_j == j) & (down >= 0) & (j == corner[down, 1])
            steps |= (end_i == i) & (along >= 0) & (i == corner[along, 0])
        return steps

    @property
    def stretches(self) -> list[tuple[Span, Span]]:
        """List what lies before, between and after the confirmed beads."""
        ends = [(0, 0), *((bead.source.stop, bead.target.stop) for bead in self.confirmed)]
        starts = [(bead.source.start, bead.target.start) for bead in self.confirmed]
        starts.append((self.source_size, self.target_size))
        return [(Span(i, stop), Span(j, last)) for (i, j), (stop, last) in zip(ends, starts, strict=True)]

    def corridor(self) -> tuple[Ints, Ints]:
        """Give for each i of 0 .. N the first and last j that the confirmed beads leave open."""
        low, high = np.full(self.source_size + 1, self.target_size), np.zeros(self.source_size + 1, np.int64)
        for source, target in self.stretches:
            rows = slice(source.start, source.stop + 1)
            low[rows] = np.minimum(low[rows], target.start)
            high[rows] = np.maximum(high[rows], target.stop)
        for bead in self.confirmed:
            rows = slice(bead.source.start + 1, bead.source.stop)
            low[rows] = high[rows] = bead.target.start
            low[bead.source.stop] = min(low[bead.source.stop], bead.target.start)
        return low, high


def _name(bead: Bead) -> str:
    """Name a bead for people: its segments, counted from 1."""
    sides = (
        f"{side.start + 1}-{side.stop}" if len(side) > 1 else f"{side.start + 1}" for side in (bead.source, bead.target)
    )
    return ":".join(sides)
