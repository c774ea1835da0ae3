"""Cosines of all short beads in the band, and what a segment's cosine must be compared with to mean anything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from bialign.aligner.band import Band, Floats, Ints
from bialign.encode import SpanVectors
from bialign.encode.compute import in_threads

LONGEST = 4  # beads of up to so many segments a side have their cosines ready for every place of the band
OUTSIDE = -2.0  # "cosine" of a bead that would reach past the end of a text
_BLOCK, _STEP = 512, 64
_SAMPLE = 400


@dataclass(frozen=True, slots=True)
class Side:
    """Hold what is known of one text's spans whatever they are paired with.

    `mean` (LONGEST, N): mean cosine with the other text's segments; `rival` (LONGEST, N): mean of the second to fourth
    best cosine with segments in the band.
    """

    mean: Floats
    rival: Floats


@dataclass(frozen=True, slots=True)
class Similarities:
    """Hold `cosines` (LONGEST, LONGEST, cells): entry [k - 1, l - 1, c] is that of the k-l bead starting at place c."""

    band: Band
    cosines: Floats
    source: Side
    target: Side


def similarities(source: SpanVectors, target: SpanVectors, band: Band) -> Similarities:
    """Compute the cosines of all k-l beads, k and l up to LONGEST, that start in the band."""
    n, m = len(source), len(target)
    cosines = np.empty((LONGEST, LONGEST, band.cells), np.float32)
    cosines[:, :, band.offsets[n] :] = OUTSIDE
    source_mean, target_mean = np.zeros((LONGEST, n), np.float32), np.zeros((LONGEST, m), np.float32)
    typical_source, typical_target = _typical(source), _typical(target)

    def work(start: int) -> None:
        stop = min(n, start + _BLOCK)
        cosines[:, :, band.offsets[start] : band.offsets[stop]] = OUTSIDE
        first, last = int(band.lo[start]), min(int(band.hi[stop - 1]) + 1, m)
        rows, columns = np.arange(start, stop), np.arange(first, last)
        left = np.stack([source.vectors(k, rows) for k in range(1, LONGEST + 1)])
        source_mean[:, start:stop] = left @ typical_target
        if not len(columns):
            return
        right = np.stack([target.vectors(k, columns) for k in range(1, LONGEST + 1)])
        target_mean[:, first:last] = right @ typical_source
        for begin in range(start, stop, _STEP):
            end = min(stop, begin + _STEP)
            _fill(cosines, band, left[:, begin - start : end - start], right, (begin, first))

    in_threads(work, range(0, n, _BLOCK))
    for k in range(1, LONGEST):
        _blank(cosines, band, k, n, m)
    tasks = partial(_source_rivals, cosines[:, 0], band, m), partial(_target_rivals, cosines[0], band, m)
    source_rival, target_rival = in_threads(lambda task: task(), tasks)
    return Similarities(band, cosines, Side(source_mean, source_rival), Side(target_mean, target_rival))


def _typical(spans: SpanVectors) -> Floats:
    step = -(-len(spans) // _SAMPLE)
    return np.asarray(spans.vectors(1, np.arange(0, len(spans), step)).mean(axis=0), np.float32)


def _fill(cosines: Floats, band: Band, left: Floats, right: Floats, corner: tuple[int, int]) -> None:
    """Write the cosines for the rows and columns from `corner` on, taken from one product over those they need."""
    begin, first = corner
    count, dimension = left.shape[1:]
    low, high = int(band.lo[begin]), min(int(band.hi[begin + count - 1]) + 1, first + right.shape[1])
    if high <= low:
        return
    near = right[:, low - first : high - first]
    product = left.reshape(-1, dimension) @ near.reshape(-1, dimension).T
    product = product.reshape(LONGEST, count, LONGEST, high - low)
    lengths = np.minimum(band.hi[begin : begin + count] + 1, high) - band.lo[begin : begin + count]
    row = np.repeat(np.arange(count), lengths)
    offset = np.arange(len(row)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    column = band.lo[begin + row] + offset
    cosines[:, :, band.offsets[begin + row] + offset] = product[:, row, :, column - low].transpose(1, 2, 0)


def _blank(cosines: Floats, band: Band, k: int, n: int, m: int) -> None:
    """Mark beads that reach past an end (their vectors are zeros, so their cosines came out as 0)."""
    i, j = band.places()
    cosines[k, :, i + k >= n] = OUTSIDE
    cosines[:, k, j + k >= m] = OUTSIDE


def _source_rivals(cosines: Floats, band: Band, m: int) -> Floats:
    """Give each source span's mean of its second to fourth best cosine with single segments in its row of the band."""
    n = len(band.lo) - 1
    lengths = np.minimum(band.hi[:n] + 1, m) - band.lo[:n]
    first = band.offsets[:n]
    return _second_to_fourth(cosines, lengths, lambda segment, step: first[segment] + step)


def _target_rivals(cosines: Floats, band: Band, m: int) -> Floats:
    """Give the same for target spans, in their columns of the band."""
    n = len(band.lo) - 1
    columns = np.arange(m)
    first = np.searchsorted(band.hi[:n], columns)
    lengths = np.searchsorted(band.lo[:n], columns, side="right") - first
    return _second_to_fourth(
        cosines, lengths, lambda segment, step: np.maximum(band.index(first[segment] + step, segment), 0)
    )


def _second_to_fourth(cosines: Floats, lengths: Ints, place: Callable[[Ints, Ints], Ints]) -> Floats:
    """Sort out the best cosines of each segment; ``place(segment, step)`` finds the step-th of its `lengths` ones."""
    out = np.zeros((LONGEST, len(lengths)), np.float32)
    order = np.argsort(lengths, kind="stable")
    ordered = lengths[order]
    start = 0
    while start < len(order):
        # segments with about equally many go together, so that little of the table is padding
        width = max(8, int(ordered[start] * 1.5))
        stop = min(int(np.searchsorted(ordered, width, side="right")), start + max(1, 1_000_000 // width))
        group = order[start:stop]
        steps = np.arange(max(4, int(ordered[stop - 1])))
        missing = steps[None, :] >= lengths[group, None]
        index = place(group[:, None], np.where(missing, 0, steps[None, :]))
        for k in range(LONGEST):
            values = np.where(missing, OUTSIDE, cosines[k][index])
            best = np.sort(np.partition(values, -4, axis=1)[:, -4:], axis=1)[:, :3]
            real = best > OUTSIDE
            out[k, group] = np.where(real, best, 0).sum(axis=1) / np.maximum(real.sum(axis=1), 1)
        start = stop
    return out
