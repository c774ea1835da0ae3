"""Cut cleanliness: do the words around a cut find their best partners on their own side of it?

A border between two beads at place (i, j) cuts both texts. If it is right, the words of source segment i - 1 have their
counterparts in target segment j - 1 and those of i in j; where a clause moved over the border, some words find better
partners across it. Cosines of segments cannot see this; word vectors can.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bialign.aligner.band import Floats, Ints
from bialign.aligner.partners import Partners

CUT_FEATURES = (
    "leak",  # weighted mean over the words of (best cosine across the cut - best on the own side)
    "leak above",  # the same, only what exceeds a margin
    "leak near",  # the same, only of the 8 tokens next to the cut
    "leak worst",  # the largest mean of positive leaks among the four segments
    "leak run",  # length of the runs of leaking tokens that touch the cut, in tens
    "cut",  # 1 where the others are known
)
_MARGIN, _NEAR, _LONGEST_RUN = 0.05, 8, 10


def cut_features(partners: Partners, i: Ints, j: Ints) -> Floats:
    """Compute (len(CUT_FEATURES), len(i)) features of the cuts at places (i, j); zeros at the ends of the texts."""
    out = np.zeros((len(CUT_FEATURES), len(i)), np.float32)
    inside = np.ones(len(i), bool)
    for side, place in ((partners.source, i), (partners.target, j)):
        compared = np.append(side.compared, True)
        inside &= (place > 0) & (place < len(side.lengths)) & compared[place - 1] & compared[place]
    at = np.flatnonzero(inside)
    if not len(at):
        return out
    i, j = i[at], j[at]
    sides = (_source_leaks(partners, i, j), _target_leaks(partners, i, j))
    out[:, at] = sum(_summary(*side, len(at)) for side in sides)
    out[3, at] = np.maximum(*(_worst(*side, len(at)) for side in sides))
    out[5, at] = 1
    return out


def _source_leaks(partners: Partners, i: Ints, j: Ints) -> tuple[Ints, Ints, Floats, Floats]:
    """List the tokens of the two source segments at each cut: which cut, distance right of it, leak, weight."""
    side = partners.source
    cut, token = side.tokens(i - 1, i + 1)
    distance = token - side.starts[i][cut]
    segment = side.segments[token]
    before, after = (partners.of_source(token, segment, j[cut] - step) for step in (1, 0))
    return cut, distance, np.where(distance >= 0, before - after, after - before), side.weights[token]


def _target_leaks(partners: Partners, i: Ints, j: Ints) -> tuple[Ints, Ints, Floats, Floats]:
    side = partners.target
    cut, token = side.tokens(j - 1, j + 1)
    distance = token - side.starts[j][cut]
    before, after = (partners.of_target(token, i[cut] - step) for step in (1, 0))
    return cut, distance, np.where(distance >= 0, before - after, after - before), side.weights[token]


def _summary(cut: Ints, distance: Ints, leak: Floats, weight: Floats, size: int) -> NDArray[np.float64]:
    """Sum up the leaks of one side for each of `size` cuts, in the order of CUT_FEATURES."""

    def mean(values: Floats, where: NDArray[np.bool_] | slice = slice(None)) -> NDArray[np.float64]:
        return _mean(cut[where], values[where], weight[where], size)

    above = np.maximum(leak - np.float32(_MARGIN), 0)
    close = (distance >= -_NEAR) & (distance < _NEAR)
    kept = leak <= 0  # tokens that do not leak end a run
    runs = np.zeros((2, size), np.int64)
    for right in (0, 1):
        half = (distance >= 0) == right
        steps = np.where(distance >= 0, distance, -1 - distance)
        runs[right] = np.bincount(cut[half], minlength=size)
        np.minimum.at(runs[right], cut[half & kept], steps[half & kept])
    run = np.minimum(runs.max(axis=0), _LONGEST_RUN) / _LONGEST_RUN
    nothing = np.zeros(size)
    return np.stack([mean(leak), mean(above), mean(above, close), nothing, run, nothing])


def _worst(cut: Ints, distance: Ints, leak: Floats, weight: Floats, size: int) -> NDArray[np.float64]:
    """Give the larger of the two segments' mean positive leaks."""
    positive = np.maximum(leak, 0)
    halves = (distance < 0, distance >= 0)
    return np.maximum(*(_mean(cut[half], positive[half], weight[half], size) for half in halves))


def _mean(cut: Ints, values: Floats, weight: Floats, size: int) -> NDArray[np.float64]:
    total = np.bincount(cut, values * weight, minlength=size)
    return total / np.maximum(np.bincount(cut, weight, minlength=size), 1e-9)
