"""The band: which pairs of cut places the aligner looks at, found coarse to fine so that the cost grows linearly.

A cut place (i, j) says that the first i source and the first j target segments translate each other as a whole. A path
of beads runs from (0, 0) to (N, M). Neighbouring segments are first pooled until each side has at most `_POOLED` rows;
a dynamic program over that small matrix gives a coarse path, a second one over single segments near it a finer path,
and the band is what lies within some cells of that.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bialign.encode.compute import in_order

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

_POOLED = 1500
_BLOCK = 256  # rows multiplied in one product
_TIE = 0.01  # gain of a pair that is no nearer than chance: where all are alike, the path keeps to the diagonal


@dataclass(frozen=True, slots=True)
class Band:
    """Hold for each i of 0 .. N the places j of lo[i] .. hi[i], both included; lo and hi never fall.

    Values per place are kept in one array of `cells` numbers, row after row; row i starts at ``offsets[i]``.
    """

    lo: Ints
    hi: Ints
    offsets: Ints

    @classmethod
    def of(cls, lo: Ints, hi: Ints) -> Band:
        """Make a band from its borders, widened where need be so that they never fall and rows overlap."""
        lo = np.minimum.accumulate(lo[::-1])[::-1]
        hi = np.maximum.accumulate(hi)
        hi[:-1] = np.maximum(hi[:-1], lo[1:])
        return cls(lo, hi, np.concatenate([[0], np.cumsum(hi - lo + 1)]))

    @property
    def cells(self) -> int:
        """Give the number of places."""
        return int(self.offsets[-1])

    def index(self, i: Ints, j: Ints) -> Ints:
        """Give the position of places in arrays of `cells` numbers; -1 outside the band."""
        row = np.clip(i, 0, len(self.lo) - 1)
        inside = (i == row) & (j >= self.lo[row]) & (j <= self.hi[row])
        return np.where(inside, self.offsets[row] + j - self.lo[row], -1)

    def places(self, first: int = 0, last: int | None = None) -> tuple[Ints, Ints]:
        """Give i and j of every place, in order; or of those at positions first .. last - 1."""
        last = self.cells if last is None else last
        rows = np.searchsorted(self.offsets, (first, max(first, last - 1)), side="right") - 1
        edges = np.clip(self.offsets[rows[0] : rows[1] + 2], first, last)
        i = np.repeat(np.arange(rows[0], rows[0] + len(edges) - 1), np.diff(edges))
        return i, np.arange(first, last) - self.offsets[i] + self.lo[i]

    def widened(self, margin: int) -> Band:
        """Give a band that reaches `margin` places further in each direction."""
        return around(self.lo, self.hi, margin)


def around(lo: Ints, hi: Ints, margin: int) -> Band:
    """Make the band of all places within `margin` rows and columns of the stretch lo[i] .. hi[i] of each row."""
    size, most = len(lo), int(hi[-1])
    rows = np.arange(size)
    above, below = np.maximum(rows - margin, 0), np.minimum(rows + margin, size - 1)
    return Band.of(np.maximum(lo[above] - margin, 0), np.minimum(hi[below] + margin, most))


def find_band(source: Floats, target: Floats, margin: int) -> Band:
    """Find the band of places within `margin` of the likeliest monotone path of 1-1 beads and skips.

    `source` (N, d) and `target` (M, d) are unit vectors of single segments, N and M at least 1.
    """
    pool_source, pool_target = -(-len(source) // _POOLED), -(-len(target) // _POOLED)
    pooled_source, pooled_target = _pool(source, pool_source), _pool(target, pool_target)
    whole = Band.of(
        np.zeros(len(pooled_source) + 1, np.int64), np.full(len(pooled_source) + 1, len(pooled_target), np.int64)
    )
    lo, hi = _path(pooled_source, pooled_target, whole)
    if pool_source == pool_target == 1:
        return around(lo, hi, margin)
    reach = 3
    rough = around(lo, hi, reach)
    rows = np.minimum(-(-np.arange(len(source) + 1) // pool_source), len(pooled_source))
    before = np.maximum(rows - 1, 0)
    lo = np.minimum(rough.lo[before] * pool_target, len(target))
    hi = np.minimum(rough.hi[rows] * pool_target, len(target))
    return around(*_path(source, target, Band.of(lo, hi)), margin)


def _pool(vectors: Floats, count: int) -> Floats:
    if count == 1:
        return vectors
    starts = np.arange(0, len(vectors), count)
    sums = np.add.reduceat(vectors, starts, axis=0)
    sums -= np.diff(starts, append=len(vectors)).astype(np.float32)[:, None] * vectors.mean(axis=0)
    norms = np.linalg.norm(sums, axis=1, keepdims=True)
    return np.asarray(sums / np.maximum(norms, 1e-9), np.float32)


def _path(source: Floats, target: Floats, band: Band) -> tuple[Ints, Ints]:
    """Give each row's first and last place on the best path, where a 1-1 bead gains its margin and a skip nothing.

    The gain of a pair is 1 - 2 (1 - cos) / (mean distance of the one + mean distance of the other): 0 for a pair that
    is no nearer than chance, 1 for equal sentences.
    """
    far_source, far_target = _mean_distance(source, target), _mean_distance(target, source)
    best: list[Floats] = [np.zeros(band.hi[0] - band.lo[0] + 1, np.float32)]

    def gains(start: int) -> Floats:
        stop = min(len(source), start + _BLOCK)
        columns = slice(band.lo[start], band.hi[stop])
        gain = source[start:stop] @ target[columns].T
        gain -= 1
        gain *= 2
        gain /= far_source[start:stop, None] + far_target[None, columns] + np.float32(1e-6)
        gain += np.float32(1 + _TIE)
        return np.asarray(gain)

    starts = range(0, len(source), _BLOCK)
    for start, gain in zip(starts, in_order(gains, starts), strict=True):
        for i, row in enumerate(gain, start):
            best.append(_step(best[-1], row, band, i, int(band.lo[start])))
    return _trace(best, band)


def _step(above: Floats, gain: Floats, band: Band, i: int, first: int) -> Floats:
    """Give the best sums of row i + 1 from those of row i; ``gain[j - first]`` is that of the 1-1 bead at (i, j)."""
    lo, hi, old_lo, old_hi = int(band.lo[i + 1]), int(band.hi[i + 1]), int(band.lo[i]), int(band.hi[i])
    row = np.full(hi - lo + 1, -1e9, np.float32)
    shared = min(old_hi, hi)
    if shared >= lo:
        row[: shared - lo + 1] = above[lo - old_lo : shared - old_lo + 1]
    begin, end = max(lo - 1, old_lo), min(hi - 1, old_hi)  # j of the place a 1-1 bead starts from
    if end >= begin:
        part = row[begin + 1 - lo : end + 2 - lo]
        np.maximum(part, above[begin - old_lo : end + 1 - old_lo] + gain[begin - first : end + 1 - first], out=part)
    return np.maximum.accumulate(row)


def _trace(best: list[Floats], band: Band) -> tuple[Ints, Ints]:
    i, j = len(best) - 1, int(band.hi[-1])
    lo, hi = np.full(len(best), j), np.zeros(len(best), np.int64)
    while True:
        lo[i], hi[i] = min(lo[i], j), max(hi[i], j)
        if i == 0:
            lo[0] = 0
            return lo, hi
        value, row_lo = best[i][j - band.lo[i]], int(band.lo[i])
        if j > row_lo and best[i][j - 1 - row_lo] == value:
            j -= 1
            continue
        above_lo, above_hi = int(band.lo[i - 1]), int(band.hi[i - 1])
        if j <= above_hi and j >= above_lo and best[i - 1][j - above_lo] == value:
            i -= 1
        else:
            i, j = i - 1, j - 1


def _mean_distance(vectors: Floats, others: Floats) -> Floats:
    """Give 1 - the mean similarity to the other side, by the mean of at most 2,000 of its vectors."""
    step = -(-len(others) // 2000)
    return np.asarray(1 - vectors @ others[::step].mean(axis=0), np.float32)
