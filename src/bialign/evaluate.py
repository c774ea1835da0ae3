"""Beads against gold: strict and lax precision, recall and F1 as the Vecalign scorer defines them.

Null beads are left out of both measures. Strict wants a bead exactly as the gold has it. Lax counts a bead right when
it shares at least one source AND one target segment with a single bead of the other side (Thompson & Koehn 2019,
"Vecalign: Improved Sentence Alignment in Linear Time and Space").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from bialign.bitext import Bead, Span


@dataclass(frozen=True, slots=True)
class Score:
    """Hold counts of one comparison: `found` of `system` beads are right, `matched` of `gold` beads are found."""

    found: int
    system: int
    matched: int
    gold: int

    @property
    def precision(self) -> float:
        """Give the share of the system's beads that are right (1.0 when there are none on either side)."""
        return self.found / self.system if self.system else float(not self.gold)

    @property
    def recall(self) -> float:
        """Give the share of the gold beads that were found (1.0 when there are none on either side)."""
        return self.matched / self.gold if self.gold else float(not self.system)

    @property
    def f1(self) -> float:
        """Give the harmonic mean of precision and recall."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.found + other.found, self.system + other.system, self.matched + other.matched, self.gold + other.gold
        )


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Hold strict and lax scores, and strict scores by alignment type; nulls are judged segment by segment, apart."""

    strict: Score
    lax: Score
    types: dict[str, Score] = field(default_factory=dict)

    @classmethod
    def none(cls) -> Evaluation:
        """Give the evaluation of nothing, to which others can be added."""
        return cls(Score(0, 0, 0, 0), Score(0, 0, 0, 0))

    def __add__(self, other: Evaluation) -> Evaluation:
        """Pool two evaluations: the counts are added, so long documents weigh more (micro-average)."""
        types = dict(self.types)
        for name, score in other.types.items():
            types[name] = types[name] + score if name in types else score
        return Evaluation(self.strict + other.strict, self.lax + other.lax, types)


def evaluate(gold: Iterable[Bead], system: Iterable[Bead]) -> Evaluation:
    """Compare a system's beads with gold beads of the same two documents.

    In `types`, null beads are taken apart into single segments under "1-0" and "0-1", so that a run of three omitted
    sentences counts the same whether it was written as one 3-0 bead or as three 1-0 beads.

    >>> gold = [Bead(Span(0, 1), Span(0, 2)), Bead(Span(1, 2), Span(2, 3))]
    >>> system = [Bead(Span(0, 1), Span(0, 1)), Bead(Span(1, 2), Span(1, 3))]
    >>> result = evaluate(gold, system)
    >>> result.strict.f1, result.lax.f1
    (0.0, 1.0)
    """
    gold_all, system_all = list(gold), list(system)
    gold_keys = {(b.source, b.target) for b in gold_all if not b.is_null}
    system_keys = {(b.source, b.target) for b in system_all if not b.is_null}
    right = len(gold_keys & system_keys)
    strict = Score(right, len(system_keys), right, len(gold_keys))
    lax = Score(_touching(system_keys, gold_keys), len(system_keys), _touching(gold_keys, system_keys), len(gold_keys))
    return Evaluation(strict, lax, _by_type(gold_all, system_all))


def _touching(beads: set[tuple[Span, Span]], others: set[tuple[Span, Span]]) -> int:
    """Count the beads that share a source and a target segment with one of the others."""
    holders: dict[int, list[Span]] = {}
    for source, target in others:
        for i in source.indices:
            holders.setdefault(i, []).append(target)
    return sum(
        any(
            target.start < other.stop and other.start < target.stop
            for i in source.indices
            for other in holders.get(i, ())
        )
        for source, target in beads
    )


def _by_type(gold: list[Bead], system: list[Bead]) -> dict[str, Score]:
    wanted, got = set(map(_key, _singles(gold))), set(map(_key, _singles(system)))
    gold_count = Counter(key[0] for key in wanted)
    system_count = Counter(key[0] for key in got)
    right = Counter(key[0] for key in wanted & got)
    names = sorted(gold_count | system_count, key=lambda name: (-gold_count[name], name))
    return {name: Score(right[name], system_count[name], right[name], gold_count[name]) for name in names}


def _key(bead: Bead) -> tuple[str, int, int, int, int]:
    # where a null bead stands on its empty side does not matter
    source, target = bead.source, bead.target
    return (
        bead.type,
        source.start if source else -1,
        source.stop if source else -1,
        target.start if target else -1,
        target.stop if target else -1,
    )


def _singles(beads: list[Bead]) -> Iterable[Bead]:
    """Take null beads apart into beads of one segment."""
    for bead in beads:
        if not bead.is_null:
            yield bead
            continue
        for i in bead.source.indices:
            yield Bead(Span(i, i + 1), bead.target, bead.probability)
        for j in bead.target.indices:
            yield Bead(bead.source, Span(j, j + 1), bead.probability)
