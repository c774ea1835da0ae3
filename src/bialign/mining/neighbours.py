"""The nearest of one set of vectors to each of another, both ways: exact in blocks, or by an index for very many.

The exact way needs no memory but for a block and the best so far: a product of blocks is looked through for what beats
the worst that is kept, and hardly anything does once the first blocks are through.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bialign.encode.compute import in_threads, product
from bialign.errors import MissingExtra

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Vectors = NDArray[np.float16] | NDArray[np.float32]
Index = Literal["auto", "exact", "faiss"]
Progress = Callable[[float], None]

LARGE = 200_000
"""Vectors on the longer side from which an index is used, where there is one."""
_ROWS, _COLUMNS = 512, 4096
_PER_CELL = 64  # vectors of one cell of the index, about
_PROBED = 24  # cells that are looked into
_TRAINING = 100_000


class Neighbours(NamedTuple):
    """Hold for each item its nearest of the other side, best first: `place` (items, k), -1 for none, and `cosine`."""

    place: Ints
    cosine: Floats


def neighbours(
    source: Vectors, target: Vectors, count: int, *, index: Index = "auto", progress: Progress | None = None
) -> tuple[Neighbours, Neighbours]:
    """Find the `count` nearest targets of each source, and the nearest sources of each target; rows are unit vectors.

    "auto" takes faiss's index (IVF, 8 bits a number) where a side has more than 200,000 vectors and the extra
    ``mining`` is installed, else the exact way; "faiss" raises MissingExtra without it.
    """
    count = min(count, len(source), len(target))
    if count == 0:
        return _none(len(source)), _none(len(target))
    if index == "faiss" or (index == "auto" and max(len(source), len(target)) > LARGE and has_index()):
        return _indexed(source, target, count, progress)
    return _exact(source, target, count, progress)


def has_index() -> bool:
    """Tell whether the extra ``mining`` is installed."""
    from importlib.util import find_spec

    return find_spec("faiss") is not None


def _none(size: int) -> Neighbours:
    return Neighbours(np.full((size, 0), -1, np.int64), np.zeros((size, 0), np.float32))


class _Best:
    """Keep the best of each item, as they are found."""

    def __init__(self, size: int, count: int) -> None:
        self.index = np.full((size, count), -1, np.int64)
        self.value = np.full((size, count), -np.inf, np.float32)

    def offer(self, item: Ints, other: Ints, value: Floats) -> None:
        """Take what is better than what is kept; an item may come several times, a pair only once."""
        if not len(item):
            return
        count = self.index.shape[1]
        order = np.lexsort((other, -value, item))
        item, other, value = item[order], other[order], value[order]
        starts = np.flatnonzero(np.diff(item, prepend=-1))
        rank = np.arange(len(item)) - np.repeat(starts, np.diff(np.append(starts, len(item))))
        kept = rank < count
        touched = item[starts]
        row = np.cumsum(rank == 0)[kept] - 1
        new_index = np.full((len(touched), count), -1, np.int64)
        new_value = np.full((len(touched), count), -np.inf, np.float32)
        new_index[row, rank[kept]], new_value[row, rank[kept]] = other[kept], value[kept]
        both_index = np.hstack([self.index[touched], new_index])
        both_value = np.hstack([self.value[touched], new_value])
        best = np.argsort(-both_value, axis=1, kind="stable")[:, :count]
        self.index[touched] = np.take_along_axis(both_index, best, axis=1)
        self.value[touched] = np.take_along_axis(both_value, best, axis=1)

    def found(self) -> Neighbours:
        return Neighbours(self.index, np.where(self.index >= 0, self.value, 0).astype(np.float32))


def _exact(source: Vectors, target: Vectors, count: int, progress: Progress | None) -> tuple[Neighbours, Neighbours]:
    rows, columns = _Best(len(source), count), _Best(len(target), count)
    lock = threading.Lock()
    done = [0]

    def work(start: int) -> None:
        left = np.asarray(source[start : start + _ROWS], np.float32)
        for first in range(0, len(target), _COLUMNS):
            right = np.asarray(target[first : first + _COLUMNS], np.float32)
            cosines = product(left, right.T)
            i, j = _better(cosines, rows.value[start : start + _ROWS, -1][:, None], count, axis=1)
            rows.offer(i + start, j + first, cosines[i, j])
            # what others write meanwhile makes the limit higher: an old one lets too much through, never too little
            i, j = _better(cosines, columns.value[first : first + _COLUMNS, -1][None, :], count, axis=0)
            with lock:
                columns.offer(j + first, i + start, cosines[i, j])
        with lock:
            done[0] += len(left)
            if progress:
                progress(done[0] / len(source))

    in_threads(work, range(0, len(source), _ROWS))
    return rows.found(), columns.found()


def _better(cosines: Floats, limit: Floats, count: int, axis: int) -> tuple[Ints, Ints]:
    """Find the places above the limits; where there is none yet, the `count` best along the axis."""
    size = cosines.shape[axis]
    if np.isneginf(limit).any() and size > 2 * count:
        worst = np.partition(cosines, size - count, axis=axis).take([size - count], axis=axis)
        i, j = np.nonzero(cosines >= np.maximum(worst, limit))
        return i, j
    i, j = np.nonzero(cosines > limit)
    return i, j


def _indexed(source: Vectors, target: Vectors, count: int, progress: Progress | None) -> tuple[Neighbours, Neighbours]:
    try:
        import faiss
    except ImportError:
        raise MissingExtra("an index of sentences", "mining") from None
    found = []
    for number, (items, others) in enumerate(((source, target), (target, source))):
        index = _trained(faiss, others)
        value, place = np.empty((len(items), count), np.float32), np.empty((len(items), count), np.int64)
        for start in range(0, len(items), _COLUMNS):
            part = slice(start, start + _COLUMNS)
            value[part], place[part] = index.search(np.asarray(items[part], np.float32), count)
            if progress:
                progress((number + min(1.0, (start + _COLUMNS) / len(items))) / 2)
        found.append(Neighbours(place, np.where(place >= 0, value, 0).astype(np.float32)))
    return found[0], found[1]


def _trained(faiss: Any, vectors: Vectors) -> Any:
    """Make faiss's index of vectors: cells around centres (IVF), 8 bits a number (Jégou and others 2011)."""
    cells = max(1, len(vectors) // _PER_CELL)
    # more centres than this cost more to find than they save
    cells = min(cells, int(8 * len(vectors) ** 0.5))
    index = faiss.index_factory(vectors.shape[1], f"IVF{cells},SQ8", faiss.METRIC_INNER_PRODUCT)
    step = max(1, len(vectors) // max(_TRAINING, 40 * cells))
    index.train(np.asarray(vectors[::step], np.float32))
    for start in range(0, len(vectors), _COLUMNS):
        index.add(np.asarray(vectors[start : start + _COLUMNS], np.float32))
    index.nprobe = min(cells, _PROBED)
    return index
