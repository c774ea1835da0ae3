"""Filtering of bitexts: pairs that are unfit are told by rules, in order, each counted; a recipe says which.

rules      every rule with its parameters; `texts`, `pairs`, `seen`, `near` and `similarity` are what they ask
recipe     the list of rules, as YAML, and the one by default
running    files, shards and corpora through a filter, in bounded memory, and what is told of it
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

from bialign.filtering.pairs import Judged, Pair
from bialign.filtering.rules import RULES, Judge, Rule

__all__ = ["RULES", "Filter", "Judged", "Rule"]

Broken = tuple[int, ...]
"""The numbers of the rules, in order, that leave a pair out; () for one that is fit."""
_BATCH = 5_000
SAMPLE = 50_000
"""Pairs of which is learned what is usual."""


class Filter:
    """Judge pairs in two languages by rules; what is usual is learned of the first pairs that it gets.

    Hashes of pairs are all that is remembered: 8 bytes a pair for each rule on duplicates, 56 for near ones.
    """

    def __init__(self, rules: Sequence[Rule], langs: tuple[str, str]) -> None:
        self.rules, self._langs = tuple(rules), langs
        self._judges: list[Judge] = []

    def learn(self, sample: Sequence[Judged]) -> None:
        """Begin, and learn of a sample of the pairs what is usual of them."""
        held = [Pair(judged) for judged in sample]
        self._judges = [rule.start(self._langs, held) for rule in self.rules]

    def judge(self, pairs: Sequence[Judged]) -> list[Broken]:
        """Tell of each pair which rules leave it out; pairs must come in their order, in calls of any size.

        Unless `learn` was called before, what is usual is learned of the first call.
        """
        if not self._judges:
            self.learn(pairs)
        held = [Pair(judged) for judged in pairs]
        broken: list[list[int]] = [[] for _ in held]
        passed = [True] * len(held)
        for number, judge in enumerate(self._judges):
            for n, breaks in enumerate(judge(held, passed)):
                if breaks:
                    broken[n].append(number)
                    passed[n] = False
        return [tuple(each) for each in broken]

    def __call__(self, pairs: Iterable[Judged]) -> Iterator[tuple[Judged, Broken]]:
        """Give pairs one by one, each with the rules that leave it out.

        >>> from bialign.filtering.rules import Duplicate, Empty
        >>> pairs = [Judged("Yes.", "Sí."), Judged("yes.", "SÍ."), Judged("", "No.")]
        >>> [broken for _, broken in Filter([Empty(), Duplicate()], ("en", "es"))(pairs)]
        [(), (1,), (0,)]
        """
        rest = iter(pairs)
        size = SAMPLE
        while batch := list(itertools.islice(rest, size)):
            yield from zip(batch, self.judge(batch), strict=True)
            size = _BATCH
