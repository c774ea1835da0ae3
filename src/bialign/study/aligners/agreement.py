"""How far alignments agree, each with each: strict and lax F1, and F1 of the segments left without a partner."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from bialign.evaluate import Evaluation, Score, evaluate
from bialign.study.aligners.methods import GOLD, Alignment

_NOTHING = Score(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Hold how far two alignments agree; `first` is taken as the gold, so precision and recall are `second`'s."""

    first: Alignment
    second: Alignment
    evaluation: Evaluation

    @property
    def nulls(self) -> Score:
        """Give the score of segments without a partner, of both sides."""
        types = self.evaluation.types
        return types.get("1-0", _NOTHING) + types.get("0-1", _NOTHING)


def agreements(alignments: Sequence[Alignment]) -> list[Agreement]:
    """Compare each two alignments of the same texts; gold, where it is among them, comes first of its pairs."""
    ordered = sorted(alignments, key=lambda alignment: alignment.name != GOLD)
    pairs = itertools.combinations(ordered, 2)
    return [Agreement(first, second, evaluate(first.beads, second.beads)) for first, second in pairs]
