"""A pair that is judged, and how the lengths of its two sides usually go together."""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bialign.bitext import Status
from bialign.filtering.texts import folded, words_of

_EVEN = 10
"""Characters added to both lengths before they are compared, so that short sentences may differ by a word."""
_ENOUGH = 300
"""Pairs by which lengths can be learned."""
_BINS = 8


class Judged(NamedTuple):
    """Hold the two texts of a pair, each on one line, and what is known of it."""

    source: str
    target: str
    probability: float = 1.0
    status: Status = "unreviewed"


class Pair:
    """Hold a pair while it is judged, with what several rules ask for."""

    def __init__(self, judged: Judged) -> None:
        self.source, self.target, self.probability, self.status = judged

    @functools.cached_property
    def folded(self) -> tuple[str, str]:
        """Give both texts as they are compared."""
        return folded(self.source), folded(self.target)

    @functools.cached_property
    def words(self) -> tuple[list[str], list[str]]:
        """Give the words of both texts, without case."""
        return words_of(self.source), words_of(self.target)

    @property
    def texts(self) -> tuple[str, str]:
        """Give both texts."""
        return self.source, self.target


@dataclass(frozen=True, slots=True)
class Lengths:
    """Hold what is usual of the lengths of two languages: the middle of their log ratio, its spread by length.

    `sizes` are natural logarithms of the longer side's length in characters, in order; `spreads` standard deviations
    there.
    """

    middle: float = 0.0
    sizes: tuple[float, ...] = (math.log(20), math.log(400))
    spreads: tuple[float, ...] = (0.30, 0.20)

    def deviation(self, source: int, target: int) -> float:
        """Tell by how many standard deviations the lengths of a pair are unequal.

        >>> round(Lengths().deviation(100, 100)), Lengths().deviation(100, 900) > 8
        (0, True)
        """
        size, ratio = _size_and_ratio(source, target)
        return abs(ratio - self.middle) / _between(size, self.sizes, self.spreads)


def learned(pairs: Sequence[Pair]) -> Lengths:
    """Learn lengths of the pairs themselves, by medians, so that a third may be wrong; of few nothing is learned.

    The ratio is wider for short texts (Gale & Church 1993): spreads are told for eight sizes.
    """
    found = sorted(_size_and_ratio(len(pair.source), len(pair.target)) for pair in pairs if pair.source and pair.target)
    if len(found) < _ENOUGH:
        return Lengths()
    middle = _median([ratio for _, ratio in found])
    sizes: list[float] = []
    spreads: list[float] = []
    for number in range(_BINS):
        held = found[number * len(found) // _BINS : (number + 1) * len(found) // _BINS]
        size = _median([size for size, _ in held])
        if not sizes or size > sizes[-1]:
            sizes.append(size)
            # a normal distribution's standard deviation by its median absolute deviation
            spreads.append(max(0.1, 1.4826 * _median([abs(ratio - middle) for _, ratio in held])))
    return Lengths(middle, tuple(sizes), tuple(spreads))


def _size_and_ratio(source: int, target: int) -> tuple[float, float]:
    source, target = source + _EVEN, target + _EVEN
    # by the longer side: where one is cut off, pairs stay among those that they would belong to
    return math.log(max(source, target)), math.log(target / source)


def _median(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]


def _between(x: float, at: Sequence[float], values: Sequence[float]) -> float:
    """Give the value at x, between the nearest ones."""
    for (x0, y0), (x1, y1) in zip(zip(at, values, strict=True), zip(at[1:], values[1:], strict=True), strict=False):
        if x <= x1:
            return y0 if x <= x0 else y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return values[-1]
