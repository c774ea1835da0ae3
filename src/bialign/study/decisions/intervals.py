"""Intervals for shares."""

from __future__ import annotations

from math import sqrt

Z = 1.959963984540054
"""Of the normal distribution, for an interval that holds the true share 95 times of 100."""


def wilson(hits: float, trials: float, z: float = Z) -> tuple[float, float]:
    """Give the score interval of a share (Wilson 1927), which stays within 0 and 1 and is good for few trials too.

    `hits` may be an expected count, as sums of probabilities are. Without trials all shares are possible.

    >>> [round(bound, 3) for bound in wilson(5, 50)]
    [0.043, 0.214]
    >>> wilson(0, 0)
    (0.0, 1.0)
    """
    if trials <= 0:
        return 0.0, 1.0
    share = min(1.0, max(0.0, hits / trials))
    middle = share + z * z / (2 * trials)
    around = z * sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    scale = 1 + z * z / trials
    return max(0.0, (middle - around) / scale), min(1.0, (middle + around) / scale)
