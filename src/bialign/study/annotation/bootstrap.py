"""How far agreement could be otherwise: the beads are drawn anew, with repetition, and each figure worked out again.

Percentile intervals (Efron and Tibshirani 1993, "An Introduction to the Bootstrap", chapter 13). What takes nltk a
second for one sample is done here for all samples at once; tests see to it that both give the same.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

Codes = Sequence[Sequence[Hashable]]
Ends = tuple[float, float]

_AT_ONCE = 4_000_000
"""Numbers that are drawn at once; if that is all, they are kept."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Work out intervals of figures of so many units; each is None where there is no saying.

    All figures are of the same samples, so that they can be compared.
    """

    units: int
    resamples: int
    seed: int
    level: float = 0.95
    _kept: list[Array] = field(default_factory=list, compare=False, repr=False)

    def observed(self, codes: Codes) -> Ends | None:
        """Give the interval of observed agreement."""
        import numpy as np

        agreed = np.mean([_same(one, other) for one, other in itertools.combinations(codes, 2)], axis=0)
        return self._ends(lambda drawn: drawn @ agreed / self.units)

    def kappa(self, codes: Codes) -> Ends | None:
        """Give the interval of the mean kappa of all pairs."""
        import numpy as np

        values = _values(codes)
        held = [_one_hot(one, values) for one in codes]
        agreed = {pair: _same(*pair_of(codes, pair)) for pair in itertools.combinations(range(len(codes)), 2)}

        def figure(drawn: Array) -> Array:
            shares = [drawn @ one / self.units for one in held]
            found = []
            for (a, b), same in agreed.items():
                expected = (shares[a] * shares[b]).sum(axis=1)
                with np.errstate(invalid="ignore", divide="ignore"):
                    found.append((drawn @ same / self.units - expected) / (1 - expected))
            kappas: Array = np.mean(found, axis=0)
            return kappas

        return self._ends(figure)

    def alpha(self, codes: Codes, distance: Callable[[Hashable, Hashable], float]) -> Ends | None:
        """Give the interval of alpha, of codes of which none is missing."""
        import numpy as np

        values = _values(codes)
        distances = np.array([[distance(one, other) for other in values] for one in values])
        counts = np.sum([_one_hot(one, values) for one in codes], axis=0)
        apart = np.mean(
            [
                [distance(one, other) for one, other in zip(*pair, strict=True)]
                for pair in itertools.combinations(codes, 2)
            ],
            axis=0,
        )
        many = self.units * len(codes)

        def figure(drawn: Array) -> Array:
            totals = drawn @ counts
            with np.errstate(invalid="ignore", divide="ignore"):
                expected = ((totals @ distances) * totals).sum(axis=1) / (many * (many - 1))
                alphas: Array = 1 - (drawn @ apart / self.units) / expected
            return alphas

        return self._ends(figure)

    def f1(self, counts: Sequence[tuple[int, int]]) -> Ends | None:
        """Give the interval of F1, of counts by unit: twice what is shared, and all."""
        import numpy as np

        shared, all = (np.array([pair[n] for pair in counts], dtype=float) for n in (0, 1))

        def figure(drawn: Array) -> Array:
            with np.errstate(invalid="ignore", divide="ignore"):
                found: Array = (drawn @ shared) / (drawn @ all)
            return found

        return self._ends(figure)

    def _ends(self, figure: Callable[[Array], Array]) -> Ends | None:
        import numpy as np

        if self.units < 2 or not self.resamples:
            return None
        found = np.concatenate([figure(drawn) for drawn in self._draws()])
        found = found[np.isfinite(found)]
        # of samples in which nothing varies there is no figure
        if len(found) < self.resamples / 2:
            return None
        low, high = np.quantile(found, [(1 - self.level) / 2, (1 + self.level) / 2])
        return float(low), float(high)

    def _draws(self) -> Iterator[Array]:
        """Give how often each unit is drawn: an array of samples by units, a part of the samples at a time."""
        import numpy as np

        if self._kept:
            yield from self._kept
            return
        random = np.random.default_rng(self.seed)
        step = max(1, _AT_ONCE // self.units)
        for start in range(0, self.resamples, step):
            many = min(step, self.resamples - start)
            drawn = random.multinomial(self.units, [1 / self.units] * self.units, size=many).astype(float)
            if many == self.resamples:
                self._kept.append(drawn)
            yield drawn


def f1(counts: Sequence[tuple[int, int]]) -> float | None:
    """Give F1 of counts by unit: twice what is shared, and all; None where there is nothing.

    >>> f1([(4, 8), (0, 2)])
    0.4
    """
    all = sum(pair[1] for pair in counts)
    return sum(pair[0] for pair in counts) / all if all else None


def pair_of(codes: Codes, pair: tuple[int, int]) -> tuple[Sequence[Hashable], Sequence[Hashable]]:
    """Give what two annotators, by their numbers, said."""
    return codes[pair[0]], codes[pair[1]]


def _values(codes: Codes) -> list[Hashable]:
    return list(dict.fromkeys(value for one in codes for value in one))


def _one_hot(held: Sequence[Hashable], values: Sequence[Hashable]) -> Array:
    import numpy as np

    numbers = {value: number for number, value in enumerate(values)}
    found: Array = np.zeros((len(held), len(values)))
    found[range(len(held)), [numbers[value] for value in held]] = 1
    return found


def _same(one: Sequence[Hashable], other: Sequence[Hashable]) -> Array:
    import numpy as np

    found: Array = np.array([a == b for a, b in zip(one, other, strict=True)], dtype=float)
    return found
