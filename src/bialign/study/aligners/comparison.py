"""A comparison of alignments of one text, whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bialign.bitext import Bitext
from bialign.study.aligners.agreement import Agreement, agreements
from bialign.study.aligners.differences import Difference, differences
from bialign.study.aligners.methods import Alignment


@dataclass(frozen=True, slots=True)
class Comparison:
    """Hold the segments of a bitext, alignments of them, how far each two agree, and where not all do."""

    bitext: Bitext
    alignments: tuple[Alignment, ...]
    agreements: tuple[Agreement, ...]
    differences: tuple[Difference, ...]

    @classmethod
    def of(cls, bitext: Bitext, alignments: Sequence[Alignment]) -> Comparison:
        """Compare alignments; those must tile the bitext's segments, as `align_by` gives them."""
        return cls(bitext, tuple(alignments), tuple(agreements(alignments)), tuple(differences(alignments)))

    def types(self) -> list[tuple[str, list[int]]]:
        """Count the beads of each type, the most frequent first, in each alignment."""
        counts = [Counter(bead.type for bead in alignment.beads) for alignment in self.alignments]
        kinds = [kind for kind, _ in sum(counts, Counter[str]()).most_common()]
        return [(kind, [count[kind] for count in counts]) for kind in kinds]
