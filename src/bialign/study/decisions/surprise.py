"""Beads that are longer or shorter than their text's own ratio lets one expect.

The log of the ratio of letters is set against the log of the mean length (so that it does not matter which side is
called the source) with a robust line, Theil-Sen (Sen 1968). What is left over is divided by the spread that texts of
such length have: the median absolute deviation, scaled to a standard deviation, and larger for short beads, whose
lengths vary with every word, as in Gale & Church (1993).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import exp, log, sqrt
from statistics import median
from typing import NamedTuple

SURPRISING = 3.5
"""Robust z from which a bead counts as out of its text's ratio (Iglewicz & Hoaglin 1993)."""
FEWEST_BEADS = 30
"""Beads that a text must have for its ratio to be known."""
SHORTEST, STEADY = 40, 120
"""Letters of the mean of both sides below which a bead is not looked at, and above which spread no longer falls."""
_MOST = 400
_NORMAL = 1.4826  # from a median absolute deviation to a standard deviation


class Surprise(NamedTuple):
    """Hold how many times as long as expected a bead's target is, and how surprising that is (robust z)."""

    number: int
    ratio: float
    z: float


def surprises(lengths: Sequence[tuple[int, int, int]]) -> Iterator[Surprise]:
    """Give the beads that are surprising, of (number, letters of the source, letters of the target)."""
    rows = [(number, log(sqrt(a * b)), log(b / a)) for number, a, b in lengths if a and b and sqrt(a * b) >= SHORTEST]
    if len(rows) < FEWEST_BEADS:
        return
    slope, level = theil_sen([(x, y) for _, x, y in rows])
    scaled = [(number, y - level - slope * x, sqrt(min(exp(x), STEADY) / STEADY)) for number, x, y in rows]
    spread = _NORMAL * median(abs(rest) * scale for _, rest, scale in scaled)
    if not spread:
        return
    for number, rest, scale in scaled:
        z = rest * scale / spread
        if abs(z) >= SURPRISING:
            yield Surprise(number, exp(rest), z)


def theil_sen(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Give slope and level of the line through points by medians; of many points, some at even distances are taken.

    >>> theil_sen([(0, 1), (1, 3), (2, 5), (3, 90)])[0]
    15.833333333333334
    """
    step = max(1, len(points) // _MOST)
    chosen = sorted(points)[::step]
    slopes = [
        (d - b) / (c - a) for n, (a, b) in enumerate(chosen) for c, d in chosen[n + 1 :] if c - a > 1e-9
    ]  # fmt: skip
    slope = median(slopes) if slopes else 0.0
    return slope, median(y - slope * x for x, y in points)
