"""Which sentences may translate each other: those near in meaning, measured against how near all are (the margin).

The ratio margin of Artetxe & Schwenk (2019): the cosine of two sentences divided by the mean of their cosines with
their nearest neighbours. A sentence that is near to everything must be nearer still to its translation.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bialign.mining.neighbours import Floats, Index, Ints, Neighbours, Progress, Vectors, neighbours

LOOKED_AT = 8
"""Neighbours of each sentence among which its translation is looked for."""
_COMPARED = 4  # neighbours that the margin is measured against
_KEPT = 4  # candidates of each sentence that are looked at closely


@dataclass(frozen=True, slots=True)
class Candidates:
    """Hold pairs of a source and a target sentence, each once, with their cosine and ratio margin."""

    source: Ints
    target: Ints
    cosine: Floats
    ratio: Floats

    def __len__(self) -> int:
        return len(self.source)

    def of(self, which: NDArray[np.bool_]) -> Candidates:
        """Give some of the pairs."""
        return Candidates(self.source[which], self.target[which], self.cosine[which], self.ratio[which])


def find_candidates(
    source: Vectors, target: Vectors, *, index: Index = "auto", progress: Progress | None = None
) -> Candidates:
    """Find for each sentence of either side the few of the other side that may be its translation."""
    forward, backward = neighbours(source, target, LOOKED_AT, index=index, progress=progress)
    pairs = _united(forward, backward, len(target))
    near = _mean(forward), _mean(backward)
    ratio = pairs.cosine / np.maximum((near[0][pairs.source] + near[1][pairs.target]) / 2, np.float32(1e-3))
    pairs = Candidates(pairs.source, pairs.target, pairs.cosine, ratio.astype(np.float32))
    ranks = (rank(item, pairs.ratio) for item in (pairs.source, pairs.target))
    return pairs.of(np.minimum(*ranks) < _KEPT)


def _united(forward: Neighbours, backward: Neighbours, width: int) -> Candidates:
    """Put together what was found from both sides; what both found is there once."""
    source = np.repeat(np.arange(len(forward.place)), forward.place.shape[1])
    target = np.repeat(np.arange(len(backward.place)), backward.place.shape[1])
    rows, columns = np.concatenate([source, backward.place.ravel()]), np.concatenate([forward.place.ravel(), target])
    cosine = np.concatenate([forward.cosine.ravel(), backward.cosine.ravel()])
    real = (rows >= 0) & (columns >= 0)
    keys, first = np.unique(rows[real] * max(width, 1) + columns[real], return_index=True)
    rows, columns = keys // max(width, 1), keys % max(width, 1)
    return Candidates(rows, columns, cosine[real][first], np.zeros(len(keys), np.float32))


def _mean(found: Neighbours) -> Floats:
    near, real = found.cosine[:, :_COMPARED], found.place[:, :_COMPARED] >= 0
    return np.asarray(near.sum(axis=1) / np.maximum(real.sum(axis=1), 1), np.float32)


def rank(item: Ints, value: Floats) -> Ints:
    """Tell for each pair how many of its item's pairs have a higher value.

    >>> rank(np.array([5, 5, 2]), np.array([0.1, 0.4, 0.2], np.float32)).tolist()
    [1, 0, 0]
    """
    order, starts, sizes = _grouped(item, value)
    out = np.empty(len(item), np.int64)
    out[order] = np.arange(len(item)) - np.repeat(starts, sizes)
    return out


def lead(item: Ints, value: Floats, alone: float) -> Floats:
    """Tell for each pair how far its value is above the best other one of its item; against `alone`, where it is alone.

    >>> lead(np.array([5, 5, 2]), np.array([0.5, 2.0, 1.0], np.float32), 0.25).tolist()
    [-1.5, 1.5, 0.75]
    """
    if not len(item):
        return np.zeros(0, np.float32)
    order, starts, sizes = _grouped(item, value)
    ordered = value[order]
    best = ordered[starts]
    second = np.where(sizes > 1, ordered[np.minimum(starts + 1, len(order) - 1)], np.float32(alone))
    against = np.repeat(best, sizes)
    against[starts] = second
    out = np.empty(len(item), np.float32)
    out[order] = ordered - against
    return out


def _grouped(item: Ints, value: Floats) -> tuple[Ints, Ints, Ints]:
    """Sort pairs by item, the highest value first; give the order, where each item's pairs start, how many they are."""
    order = np.lexsort((-value, item))
    starts = np.flatnonzero(np.diff(item[order], prepend=-1))
    return order, starts, np.diff(np.append(starts, len(item)))


def one_to_one(pairs: Candidates, score: NDArray[np.floating], least: float) -> Ints:
    """Choose pairs with a score of `least` or more, the best first, each sentence once; give their places."""
    taken: tuple[set[int], set[int]] = (set(), set())
    found = []
    for place in np.argsort(-score, kind="stable").tolist():
        if score[place] < least:
            break
        i, j = int(pairs.source[place]), int(pairs.target[place])
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            found.append(place)
    return np.array(found, np.int64)
