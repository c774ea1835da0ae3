"""Cut cleanliness: do the words around a cut find their best partners on their own side of it?

A border between two beads at place (i, j) cuts both texts. If it is right, the words of source segment i - 1 have their
counterparts in target segment j - 1 and those of i in j; where a clause moved over the border, some words find better
partners across it. Cosines of segments cannot see this; word vectors can.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bialign.aligner.band import Floats, Ints
from bialign.encode import Words
from bialign.encode.compute import in_threads

CUT_FEATURES = (
    "leak",  # weighted mean over the words of (best cosine across the cut - best on the own side)
    "leak above",  # the same, only what exceeds a margin
    "leak near",  # the same, only of the 8 tokens next to the cut
    "leak worst",  # the largest mean of positive leaks among the four segments
    "leak run",  # length of the runs of leaking tokens that touch the cut, in tens
    "cut",  # 1 where the others are known
)
_MARGIN, _NEAR, _LONGEST_RUN = 0.05, 8, 10
_CHUNK = 8192  # tokens worked on at once
_SEGMENTS = 128  # segments compared in one go
_LONGEST_SEGMENT = 400  # tokens; longer segments are no sentences, and cost their square


@dataclass(frozen=True, slots=True)
class WordSide:
    """Hold one text's tokens for comparison: vectors, weights by rarity, and where each segment starts.

    The vectors are kept as the encoder gave them, at 2 bytes a number, with the `mean` and the `scales` that `unit`
    makes centred unit vectors with: they are most of what a long text needs of memory.
    """

    vectors: NDArray[np.float16]
    mean: Floats
    scales: Floats
    weights: Floats
    starts: Ints
    lengths: Ints

    @classmethod
    def of(cls, words: Words) -> WordSide:
        """Measure how to make centred unit vectors, and weigh each token by the log of its rarity in the text."""
        vectors, size = words.vectors, len(words.vectors)
        chunks = range(0, size, _CHUNK)
        sums = in_threads(lambda start: vectors[start : start + _CHUNK].sum(axis=0, dtype=np.float32), chunks)
        total = np.sum(sums, axis=0, dtype=np.float64) if sums else np.zeros(vectors.shape[1])
        mean = np.asarray(total / max(size, 1), np.float32)
        scales = np.empty(size, np.float32)

        def measure(start: int) -> None:
            part = vectors[start : start + _CHUNK] - mean
            scales[start : start + _CHUNK] = 1 / (np.sqrt(np.einsum("ij,ij->i", part, part)) + np.float32(1e-9))

        in_threads(measure, chunks)
        _, token, count = np.unique(words.ids, return_inverse=True, return_counts=True)
        weights = np.maximum(np.log(1 + len(words.ids) / np.maximum(count, 1)) - 3, 0.05).astype(np.float32)
        return cls(
            vectors, mean, scales, weights[token], np.concatenate([[0], np.cumsum(words.lengths)]), words.lengths
        )

    def unit(self, start: int, stop: int) -> Floats:
        """Give the unit vectors of the tokens start .. stop - 1."""
        part = self.vectors[start:stop] - self.mean
        part *= self.scales[start:stop, None]
        return np.asarray(part)


class _Best(NamedTuple):
    """Hold for pairs of segments each token's best cosine with the other segment's tokens.

    Source segment i is compared with the target segments first[i] .. first[i] + size[i] - 1. The best of its token t
    in segment j is at ``rows[row_at[i] + t * size[i] + j - first[i]]``; that of target token u (counted over the text)
    is at ``columns[column_at[i] + u - starts[first[i]]]``.
    """

    first: Ints
    size: Ints
    row_at: Ints
    rows: Floats
    column_at: Ints
    columns: Floats


def cut_features(source: WordSide, target: WordSide, i: Ints, j: Ints) -> Floats:
    """Compute (len(CUT_FEATURES), len(i)) features of the cuts at places (i, j); zeros at the ends of the texts."""
    out = np.zeros((len(CUT_FEATURES), len(i)), np.float32)
    near = (source.lengths, i, len(source.lengths)), (target.lengths, j, len(target.lengths))
    inside = np.ones(len(i), bool)
    for lengths, place, size in near:
        inside &= (place > 0) & (place < size)
        small = np.append(lengths <= _LONGEST_SEGMENT, True)
        inside &= small[place - 1] & small[np.minimum(place, size)]
    at = np.flatnonzero(inside)
    if not len(at):
        return out
    i, j = i[at], j[at]
    best = _best_partners(source, target, i, j)
    sides = (_source_leaks(source, best, i, j), _target_leaks(target, best, i, j))
    out[:, at] = sum(_summary(*side, len(at)) for side in sides)
    out[3, at] = np.maximum(*(_worst(*side, len(at)) for side in sides))
    out[5, at] = 1
    return out


def _best_partners(source: WordSide, target: WordSide, i: Ints, j: Ints) -> _Best:
    size = len(source.lengths)
    low, high = np.full(size, len(target.lengths)), np.full(size, -1)
    for row in (i - 1, i):
        np.minimum.at(low, row, j - 1)
        np.maximum.at(high, row, j)
    wanted = np.flatnonzero(high >= 0)
    count = np.maximum(high - low + 1, 0)
    widths = np.zeros(size, np.int64)
    widths[wanted] = target.starts[high[wanted] + 1] - target.starts[low[wanted]]
    row_at = np.concatenate([[0], np.cumsum(count * source.lengths)])
    column_at = np.concatenate([[0], np.cumsum(widths)])
    rows, columns = np.full(row_at[-1], -1, np.float32), np.full(column_at[-1], -1, np.float32)

    def work(begin: int) -> None:
        group = wanted[begin : begin + _SEGMENTS]
        source_at, target_at = source.starts[group[0]], target.starts[low[group].min()]
        words = source.unit(source_at, source.starts[group[-1] + 1])
        partners = target.unit(target_at, target.starts[high[group].max() + 1])
        for n in group.tolist():
            a, b = low[n], high[n] + 1
            edges = target.starts[a : b + 1]
            left = words[source.starts[n] - source_at : source.starts[n + 1] - source_at]
            right = partners[edges[0] - target_at : edges[-1] - target_at]
            if not (len(left) and len(right)):
                continue
            product = left @ right.T
            filled = np.flatnonzero(edges[1:] > edges[:-1])
            table = rows[row_at[n] : row_at[n + 1]].reshape(len(left), b - a)
            table[:, filled] = np.maximum.reduceat(product, edges[filled] - edges[0], axis=1)
            product.max(axis=0, out=columns[column_at[n] : column_at[n + 1]])

    in_threads(work, range(0, len(wanted), _SEGMENTS))
    return _Best(low, count, row_at, rows, column_at, columns)


def _tokens(side: WordSide, place: Ints) -> tuple[Ints, Ints, Ints]:
    """List the tokens of the two segments at each cut: number of the cut, token, and its distance right of the cut."""
    lengths = side.lengths[place - 1] + side.lengths[place]
    cut = np.repeat(np.arange(len(place)), lengths)
    step = np.arange(len(cut)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    token = side.starts[place - 1][cut] + step
    return cut, token, token - side.starts[place][cut]


def _source_leaks(side: WordSide, best: _Best, i: Ints, j: Ints) -> tuple[Ints, Ints, Floats, Floats]:
    cut, token, distance = _tokens(side, i)
    right = distance >= 0
    segment = i[cut] - 1 + right
    row = best.row_at[segment] + (token - side.starts[segment]) * best.size[segment] - best.first[segment]
    before, after = best.rows[row + j[cut] - 1], best.rows[row + j[cut]]
    return cut, distance, np.where(right, before - after, after - before), side.weights[token]


def _target_leaks(side: WordSide, best: _Best, i: Ints, j: Ints) -> tuple[Ints, Ints, Floats, Floats]:
    cut, token, distance = _tokens(side, j)
    right = distance >= 0

    def score(segment: Ints) -> Floats:
        return np.asarray(best.columns[best.column_at[segment] + token - side.starts[best.first[segment]]])

    before, after = score(i[cut] - 1), score(i[cut])
    return cut, distance, np.where(right, before - after, after - before), side.weights[token]


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
