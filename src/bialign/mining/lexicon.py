"""Words that translate each other in these very texts, learned from the pairs that are sure already.

Vectors of sentences know what a sentence is about, and forget which words it has. So what pairs of the first round say
of words (IBM Model 1, Brown and others 1993, over the encoder's word pieces, both ways) tells the rest apart. A pair is
never judged by what it has taught: sentences with an even number are judged by pairs of the odd ones, and vice versa.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bialign.encode.compute import in_threads
from bialign.mining.neighbours import Floats, Ints

Doubles = NDArray[np.float64]

_ROUNDS = 4
_LEAST = 0.01  # probability from which a translation is remembered
_UNSEEN = 1.0  # added to a word's count, so that what was seen once is not believed
_CHANCE = 0.2  # how likely a word comes from nowhere
_CELLS = 1_000_000  # pairs of pieces looked at together
_MOST_PAIRS = 40_000  # learned from
_LONGEST = 200  # pieces; the work grows with the square


@dataclass(frozen=True, slots=True)
class Pieces:
    """Hold sentences as their pieces: vocabulary `ids`, where each sentence `starts`, how many it has (`lengths`)."""

    ids: Ints
    starts: Ints
    lengths: Ints

    @classmethod
    def of(cls, sentences: list[str]) -> Pieces:
        """Cut sentences into pieces, long ones as far as they are looked at."""
        from bialign.encode.use import tokenised

        ids, lengths = tokenised(sentences)
        starts = np.concatenate([[0], np.cumsum(lengths)])[:-1].astype(np.int64)
        return cls(ids, starts, np.minimum(lengths, _LONGEST))

    def shares(self, size: int) -> Doubles:
        """Tell what share of all pieces each of the vocabulary is."""
        counts = np.bincount(self.ids, minlength=size) + 0.5
        return np.asarray(counts / counts.sum(), np.float64)


class _Table(NamedTuple):
    """Hold the probabilities of translations: `keys` (ascending) are source id * vocabulary + target id."""

    keys: Ints
    values: Doubles


class _Cells(NamedTuple):
    """Hold all pairs of pieces of pairs of sentences: `key` as in a table, `slot` numbers the target pieces."""

    key: Ints
    slot: Ints


def lexical_evidence(source: Pieces, target: Pieces, pairs: tuple[Ints, Ints], sure: tuple[Ints, Ints]) -> Floats:
    """Tell how well the words of pairs fit each other, by what the `sure` pairs teach: (pairs, 2), one for each way.

    It is the mean over the pieces of one side of log(P(piece | other side) / P(piece)); 0 where nothing is learned.
    """
    size = int(max(source.ids.max(initial=0), target.ids.max(initial=0))) + 1
    found = np.zeros((len(pairs[0]), 2), np.float32)
    for half in (0, 1):
        taught = np.flatnonzero(sure[0] % 2 != half)
        taught = taught[:: -(-len(taught) * 2 // _MOST_PAIRS) or 1]
        judged = np.flatnonzero(pairs[0] % 2 == half)
        if not len(taught) or not len(judged):
            continue
        for way, (left, right) in enumerate(((source, target), (target, source))):
            teaching = [sure[way][taught], sure[1 - way][taught]]
            table = _learn(left, right, teaching[0], teaching[1], size)
            i, j = pairs[way][judged], pairs[1 - way][judged]
            found[judged, way] = _fits(table, (left, right), i, j, size)
    return found


def _cells(left: Pieces, right: Pieces, i: Ints, j: Ints, size: int) -> _Cells:
    rows, columns = left.lengths[i], right.lengths[j]
    counts = rows * columns
    pair = np.repeat(np.arange(len(i)), counts)
    within = np.arange(len(pair)) - np.repeat(np.cumsum(counts) - counts, counts)
    row, column = np.divmod(within, np.maximum(columns[pair], 1))
    key = left.ids[left.starts[i][pair] + row] * size + right.ids[right.starts[j][pair] + column]
    return _Cells(key, (np.cumsum(columns) - columns)[pair] + column)


def _learn(left: Pieces, right: Pieces, i: Ints, j: Ints, size: int) -> _Table:
    cells = _cells(left, right, i, j, size)
    keys, place = np.unique(cells.key, return_inverse=True)
    first = keys // size
    values = np.ones(len(keys))
    for _ in range(_ROUNDS):
        share = values[place]
        share /= np.bincount(cells.slot, share)[cells.slot]
        counts = np.bincount(place, share, minlength=len(keys))
        values = counts / (np.bincount(first, counts, minlength=size)[first] + _UNSEEN)
    kept = values > _LEAST
    return _Table(keys[kept], values[kept])


def _fits(table: _Table, sides: tuple[Pieces, Pieces], i: Ints, j: Ints, size: int) -> Floats:
    """Tell for each pair how well the right side's pieces follow from the left side's."""
    left, right = sides
    shares = right.shares(size)
    out = np.zeros(len(i), np.float32)
    # blocks of as many pairs as have so many cells together
    total = np.cumsum(left.lengths[i] * right.lengths[j])
    edges = np.unique(np.searchsorted(total, np.arange(0, total[-1] + _CELLS, _CELLS), side="right"))
    blocks = [slice(a, b) for a, b in zip([0, *edges.tolist()], [*edges.tolist(), len(i)], strict=True) if b > a]

    def work(block: slice) -> None:
        cells = _cells(left, right, i[block], j[block], size)
        value = np.full(len(cells.key), 0.0)
        if len(table.keys):
            at = np.minimum(np.searchsorted(table.keys, cells.key), len(table.keys) - 1)
            value = np.where(table.keys[at] == cells.key, table.values[at], 0)
        lengths = right.lengths[j[block]]
        pair = np.repeat(np.arange(len(lengths)), lengths)
        best = np.zeros(len(pair))
        np.maximum.at(best, cells.slot, value)
        within = np.arange(len(pair)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        share = shares[right.ids[right.starts[j[block]][pair] + within]]
        gain = np.log(_CHANCE + (1 - _CHANCE) * best / share)
        out[block] = np.bincount(pair, gain, minlength=len(lengths)) / np.maximum(lengths, 1)

    in_threads(work, blocks)
    return out
