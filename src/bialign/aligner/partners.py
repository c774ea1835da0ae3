"""Which words correspond: each token's best cosine with the tokens of segments that may translate its own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bialign.aligner.band import Floats, Ints
from bialign.aligner.lattice import LONGEST_SPAN, MATCH, Lattice
from bialign.aligner.ranges import members
from bialign.bitext import Span
from bialign.encode import Words
from bialign.encode.compute import in_threads

_LONGEST_SEGMENT = 400  # tokens; longer segments are no sentences, and comparing them costs their square
_BLOCK = 128  # segments compared in one go
_CHUNK = 8192  # tokens measured at once


@dataclass(frozen=True, slots=True)
class WordSide:
    """Hold one text's tokens for comparison: vectors, weights by rarity, and where each segment starts.

    Tokens are whole words here: pieces of rare ones would find partners by chance, see `bialign.encode.joined`.
    The vectors are kept as the encoder gave them, at 2 bytes a number, with the `mean` and the `scales` that `unit`
    makes centred unit vectors with: they are most of what a long text needs of memory. Segments too long to be
    sentences are not `compared`, and have no tokens here.
    """

    vectors: NDArray[np.float16]
    mean: Floats
    scales: Floats
    weights: Floats
    starts: Ints
    lengths: Ints
    segments: Ints  # the segment of each token
    compared: NDArray[np.bool_]

    @classmethod
    def of(cls, words: Words) -> WordSide:
        """Measure how to make centred unit vectors, and weigh each token by the log of its rarity in the text."""
        compared = words.lengths <= _LONGEST_SEGMENT
        vectors, size = words.vectors, len(words.vectors)
        chunks = range(0, size, _CHUNK)
        sums = in_threads(lambda start: vectors[start : start + _CHUNK].sum(axis=0, dtype=np.float32), chunks)
        total = np.sum(sums, axis=0, dtype=np.float64) if sums else np.zeros(vectors.shape[1])
        mean = np.asarray(total / max(size, 1), np.float32)
        count = np.bincount(words.ids)
        weights = np.maximum(np.log(1 + len(words.ids) / np.maximum(count, 1)) - 3, 0.05).astype(np.float32)[words.ids]
        if not compared.all():
            kept = np.repeat(compared, words.lengths)
            vectors, weights = vectors[kept], weights[kept]
        scales = np.empty(len(vectors), np.float32)

        def measure(start: int) -> None:
            part = vectors[start : start + _CHUNK] - mean
            scales[start : start + _CHUNK] = 1 / (np.sqrt(np.einsum("ij,ij->i", part, part)) + np.float32(1e-9))

        in_threads(measure, range(0, len(vectors), _CHUNK))
        lengths = np.where(compared, words.lengths, 0)
        segments = np.repeat(np.arange(len(lengths)), lengths)
        starts = np.concatenate([[0], np.cumsum(lengths)])
        return cls(vectors, mean, scales, weights, starts, lengths, segments, compared)

    def unit(self, start: int, stop: int) -> Floats:
        """Give the unit vectors of the tokens start .. stop - 1."""
        part = self.vectors[start:stop] - self.mean
        part *= self.scales[start:stop, None]
        return np.asarray(part)

    def part(self, span: Span) -> WordSide:
        """Give the words of some of the segments."""
        rows, a, b = slice(*span), int(self.starts[span.start]), int(self.starts[span.stop])
        starts = self.starts[span.start : span.stop + 1] - a
        segments = self.segments[a:b] - span.start
        tokens = self.vectors[a:b], self.mean, self.scales[a:b], self.weights[a:b]
        return WordSide(*tokens, starts, self.lengths[rows], segments, self.compared[rows])

    def tokens(self, begin: Ints, end: Ints) -> tuple[Ints, Ints]:
        """List the tokens of the segments begin[n] .. end[n] - 1 for each n: which n, and which token."""
        return members(self.starts, begin, end)


@dataclass(frozen=True, slots=True)
class Partners:
    """Hold for pairs of segments each token's best cosine with the other segment's tokens.

    Source segment i is compared with the target segments first[i] .. first[i] + size[i] - 1.
    """

    source: WordSide
    target: WordSide
    first: Ints
    size: Ints
    _row_at: Ints
    _rows: Floats
    _column_at: Ints
    _columns: Floats

    @classmethod
    def of(cls, source: WordSide, target: WordSide, lattice: Lattice) -> Partners:
        """Compare the words of the segments that stand together in a bead of the lattice or beside one of its cuts."""
        low, high = _reach(lattice, len(source.lengths), len(target.lengths))
        wanted = np.flatnonzero(high >= 0)
        size = np.maximum(high - low + 1, 0)
        low = np.where(size > 0, low, 0)
        widths = np.zeros(len(size), np.int64)
        widths[wanted] = target.starts[high[wanted] + 1] - target.starts[low[wanted]]
        row_at = np.concatenate([[0], np.cumsum(size * source.lengths)])
        column_at = np.concatenate([[0], np.cumsum(widths)])
        rows, columns = np.full(row_at[-1], -1, np.float32), np.full(column_at[-1], -1, np.float32)

        def work(begin: int) -> None:
            group = wanted[begin : begin + _BLOCK]
            source_at, target_at = source.starts[group[0]], target.starts[low[group].min()]
            words = source.unit(source_at, source.starts[group[-1] + 1])
            others = target.unit(target_at, target.starts[high[group].max() + 1])
            for n in group.tolist():
                edges = target.starts[low[n] : high[n] + 2]
                left = words[source.starts[n] - source_at : source.starts[n + 1] - source_at]
                right = others[edges[0] - target_at : edges[-1] - target_at]
                if not (len(left) and len(right)):
                    continue
                product = left @ right.T
                filled = np.flatnonzero(edges[1:] > edges[:-1])
                table = rows[row_at[n] : row_at[n + 1]].reshape(len(left), size[n])
                table[:, filled] = np.maximum.reduceat(product, edges[filled] - edges[0], axis=1)
                product.max(axis=0, out=columns[column_at[n] : column_at[n + 1]])

        in_threads(work, range(0, len(wanted), _BLOCK))
        return cls(source, target, low, size, row_at, rows, column_at, columns)

    def of_source(self, token: Ints, segment: Ints, other: Ints) -> Floats:
        """Give the best cosine of source tokens, which stand in `segment`, with the words of target segments."""
        row = self._row_at[segment] + (token - self.source.starts[segment]) * self.size[segment]
        return np.asarray(self._rows[row + other - self.first[segment]])

    def of_target(self, token: Ints, other: Ints) -> Floats:
        """Give the best cosine of target tokens with the words of source segments."""
        return np.asarray(self._columns[self._column_at[other] + token - self.target.starts[self.first[other]]])


def _reach(lattice: Lattice, source_size: int, target_size: int) -> tuple[Ints, Ints]:
    """Give the first and the last target segment that each source segment is compared with; last -1 for none."""
    low, high = np.full(source_size, target_size), np.full(source_size, -1)

    def include(row: Ints, first: Ints, last: Ints) -> None:
        np.minimum.at(low, row, first)
        np.maximum.at(high, row, last)

    i, j = lattice.i, lattice.j
    inside = (i > 0) & (i < source_size) & (j > 0) & (j < target_size)
    for row in (i[inside] - 1, i[inside]):
        include(row, j[inside] - 1, j[inside])
    match = (lattice.kind == MATCH) & (np.maximum(lattice.source_size, lattice.target_size) <= LONGEST_SPAN)
    start, size, last = lattice.start[match], lattice.source_size[match], j[lattice.end[match]] - 1
    for step in range(int(size.max(initial=0))):
        taken = size > step
        include(i[start[taken]] + step, j[start[taken]], last[taken])
    return low, high
