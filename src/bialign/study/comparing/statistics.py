"""Two samples of numbers compared: how far they lie apart, how sure that is, and how often chance would do as much."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bialign.errors import MissingExtra

RESAMPLES = 9999
"""Random permutations of a test, where there are too many for all, and resamples of a bootstrap."""
CONFIDENCE = 0.95

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Difference:
    """Hold how two samples differ: means and sizes, the difference with its interval, sizes of effect, p.

    `low` and `high` are None where the sample does not tell: all its values are equal, or it has too few.
    """

    n: tuple[int, int]
    means: tuple[float, float]
    difference: float
    low: float | None
    high: float | None
    cliffs_delta: float
    hedges_g: float | None
    p: float


def cliffs_delta(one: Sequence[float] | Numbers, other: Sequence[float] | Numbers) -> float:
    """Give P(x > y) - P(x < y) for x of one sample and y of the other, from -1 to 1 (Cliff 1993).

    >>> cliffs_delta([1, 2, 3], [2, 2, 0]) # of nine pairs 5 are greater, 2 less
    0.3333333333333333
    """
    a, b = np.asarray(one, np.float64), np.sort(np.asarray(other, np.float64))
    greater = np.searchsorted(b, a, side="left").sum()
    less = (len(b) - np.searchsorted(b, a, side="right")).sum()
    return float((int(greater) - int(less)) / (len(a) * len(b)))


def hedges_g(one: Sequence[float] | Numbers, other: Sequence[float] | Numbers) -> float | None:
    """Give the difference of means in pooled standard deviations, corrected for small samples (Hedges 1981).

    The correction is 1 - 3 / (4 (n + m) - 9). None where neither sample varies, or there are too few values.

    >>> round(hedges_g([2, 4, 6], [1, 3, 5]), 6) # d = 1 / 2, times 1 - 3 / 15
    0.4
    """
    a, b = np.asarray(one, np.float64), np.asarray(other, np.float64)
    free = len(a) + len(b) - 2
    if min(len(a), len(b)) < 2:
        return None
    pooled = np.sqrt(((len(a) - 1) * a.var(ddof=1) + (len(b) - 1) * b.var(ddof=1)) / free)
    if pooled == 0:
        return None
    return float((a.mean() - b.mean()) / pooled * (1 - 3 / (4 * (len(a) + len(b)) - 9)))


def holm(ps: Sequence[float]) -> list[float]:
    """Correct p values for their number by the step-down method of Holm (1979), in the order given.

    >>> holm([0.01, 0.04, 0.03]) # 3 × 0.01, 2 × 0.03, and the last no less
    [0.03, 0.06, 0.06]
    """
    order = sorted(range(len(ps)), key=lambda number: ps[number])
    found, highest = [0.0] * len(ps), 0.0
    for rank, number in enumerate(order):
        highest = max(highest, min(1.0, (len(ps) - rank) * ps[number]))
        found[number] = highest
    return found


def difference(one: Sequence[float], other: Sequence[float], *, seed: int = 0) -> Difference:
    """Compare the means of two samples of independent values: that of the first less that of the second.

    The test permutes the values (Pitman 1937), two-sided, all ways where there are no more than 9,999. The interval,
    at 95 %, is the bias-corrected and accelerated bootstrap (Efron 1987). Raises MissingExtra without scipy, ValueError
    for an empty sample.
    """
    a, b = np.asarray(one, np.float64), np.asarray(other, np.float64)
    if not len(a) or not len(b):
        raise ValueError("a sample without values cannot be compared")
    low, high = _interval(a, b, seed)
    return Difference(
        (len(a), len(b)),
        (float(a.mean()), float(b.mean())),
        float(a.mean() - b.mean()),
        low,
        high,
        cliffs_delta(a, b),
        hedges_g(a, b),
        _permuted(a, b, seed),
    )


def _difference_of_means(a: Any, b: Any, axis: int = -1) -> Any:
    return np.mean(a, axis=axis) - np.mean(b, axis=axis)


def _permuted(a: Numbers, b: Numbers, seed: int) -> float:
    stats = _scipy()
    if np.ptp(np.concatenate([a, b])) == 0:
        return 1.0
    found = stats.permutation_test(
        (a, b), _difference_of_means, vectorized=True, n_resamples=RESAMPLES, batch=2048, **_seeded(seed)
    )
    return float(min(1.0, found.pvalue))


def _interval(a: Numbers, b: Numbers, seed: int) -> tuple[float | None, float | None]:
    stats = _scipy()
    if min(len(a), len(b)) < 3 or np.ptp(a) == 0 or np.ptp(b) == 0:
        return None, None
    with warnings.catch_warnings():
        # a degenerate sample has no interval, which the result says
        warnings.simplefilter("ignore")
        found = stats.bootstrap(
            (a, b), _difference_of_means, vectorized=True, n_resamples=RESAMPLES, batch=2048,
            confidence_level=CONFIDENCE, method="BCa", **_seeded(seed),
        ).confidence_interval  # fmt: skip
    low, high = float(found.low), float(found.high)
    return (low, high) if np.isfinite([low, high]).all() else (None, None)


def _scipy() -> Any:
    try:
        from scipy import stats
    except ImportError:
        raise MissingExtra("comparing groups", "study") from None
    return stats


def _seeded(seed: int) -> dict[str, Any]:
    """Give the argument that seeds scipy, which has been renamed."""
    import inspect

    name = "rng" if "rng" in inspect.signature(_scipy().bootstrap).parameters else "random_state"
    return {name: np.random.default_rng(seed)}
