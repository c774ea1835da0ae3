"""The places where alignments part: stretches between borders that all have, each aligner's beads in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bialign.bitext import Bead, Span
from bialign.study.aligners.methods import Alignment


@dataclass(frozen=True, slots=True)
class Difference:
    """Hold a stretch of both texts that alignments part otherwise; `beads` of each, in the order of the alignments."""

    source: Span
    target: Span
    beads: tuple[tuple[Bead, ...], ...]

    def alike(self) -> list[list[int]]:
        """Group the alignments, by their numbers, that say the same here."""
        groups: dict[frozenset[object], list[int]] = {}
        for number, beads in enumerate(self.beads):
            groups.setdefault(_held(beads), []).append(number)
        return list(groups.values())


def differences(alignments: Sequence[Alignment]) -> Iterator[Difference]:
    """Give the stretches, in the order of the text, in which not all alignments say the same.

    Where on the other side a segment without a partner stands makes no difference.

    >>> one = Alignment("a", (Bead(Span(0, 1), Span(0, 1)), Bead(Span(1, 2), Span(1, 2))))
    >>> two = Alignment("b", (Bead(Span(0, 1), Span(0, 2)), Bead(Span(1, 2), Span(2, 2))))
    >>> [(tuple(found.source), tuple(found.target)) for found in differences([one, two])]
    [((0, 2), (0, 2))]
    """
    borders = [{(bead.source.stop, bead.target.stop) for bead in alignment.beads} for alignment in alignments]
    shared = sorted(set.intersection(*borders)) if borders else []
    at = [0] * len(alignments)
    before = (0, 0)
    for border in shared:
        inside = []
        for number, alignment in enumerate(alignments):
            start = stop = at[number]
            while stop < len(alignment.beads) and _end(alignment.beads[stop]) <= border:
                stop += 1
            inside.append(alignment.beads[start:stop])
            at[number] = stop
        if len({_held(beads) for beads in inside}) > 1:
            yield Difference(Span(before[0], border[0]), Span(before[1], border[1]), tuple(inside))
        before = border


def _end(bead: Bead) -> tuple[int, int]:
    return bead.source.stop, bead.target.stop


def _held(beads: Sequence[Bead]) -> frozenset[object]:
    """Name what beads hold; null beads segment by segment, wherever their empty side stands."""
    found: set[object] = {(bead.source, bead.target) for bead in beads if not bead.is_null}
    found |= {("source", i) for bead in beads if not bead.target for i in bead.source.indices}
    return frozenset(found | {("target", j) for bead in beads if not bead.source for j in bead.target.indices})
