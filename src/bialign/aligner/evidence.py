"""All that is known of two texts before anything is scored: vectors, lengths, words, cosines in the band."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bialign.aligner.band import Band, Floats, Ints, find_band
from bialign.aligner.constraints import Rules
from bialign.aligner.marks import SharedMarks, numbers
from bialign.aligner.partners import WordSide
from bialign.aligner.similarity import LONGEST, OUTSIDE, Side, Similarities, similarities
from bialign.bitext import Span
from bialign.encode import SpanVectors, Words

_TILE = 64


@dataclass(frozen=True, slots=True)
class TextSide:
    """Hold one text: its span vectors, its words, and running totals of characters (N + 1 of them, from 0)."""

    spans: SpanVectors
    words: WordSide
    lengths: Floats
    borders: NDArray[np.bool_]  # (N + 1): whether a paragraph begins at this place; none where paragraphs are unknown
    marks: Sequence[Sequence[str]]  # what each segment holds that should recur in its translation

    @classmethod
    def of(
        cls,
        sentences: Sequence[str],
        spans: SpanVectors,
        paragraphs: Sequence[int] | None = None,
        terms: Sequence[Sequence[str]] | None = None,
    ) -> TextSide:
        """Collect what the aligner needs of a text that was encoded.

        `paragraphs` number each sentence's paragraph, `terms` name the concepts each sentence holds.
        """
        marks = [numbers(sentence) for sentence in sentences]
        if terms is not None:
            marks = [(*found, *(f"term {term}" for term in held)) for found, held in zip(marks, terms, strict=True)]
        lengths = np.cumsum([0.0] + [len(sentence) + 1.0 for sentence in sentences])
        borders = np.zeros(len(sentences) + 1, bool)
        if paragraphs is not None:
            borders[1:-1] = np.diff(np.asarray(paragraphs)) != 0
        return cls(spans, WordSide.of(spans.words()), lengths, borders, marks)

    def __len__(self) -> int:
        return len(self.spans)

    def part(self, span: Span) -> TextSide:
        """Give what is known of some of the segments."""
        rows = slice(span.start, span.stop + 1)
        spans, words = _SpansPart(self.spans, span, self.spans.longest), self.words.part(span)
        return TextSide(spans, words, self.lengths[rows], self.borders[rows], self.marks[slice(*span)])


@dataclass(frozen=True, slots=True)
class Evidence:
    """Hold two texts and the cosines of the beads in a band between them."""

    source: TextSide
    target: TextSide
    similarities: Similarities
    source_partner: Floats  # how near each segment's best partner in the band is: 1 equal, 0 no nearer than chance
    target_partner: Floats
    marks: tuple[SharedMarks, SharedMarks]
    ratio: float  # characters of the target to one of the source

    @classmethod
    def of(cls, source: TextSide, target: TextSide, band: Band) -> Evidence:
        """Compute the cosines in the band and what follows from them."""
        found = similarities(source.spans, target.spans, band)
        marks = SharedMarks.of_both(source.marks, target.marks)
        ratio = float(target.lengths[-1] / source.lengths[-1])
        return cls(source, target, found, *_partners(found), marks, ratio)

    def part(self, rows: Span, columns: Span, band: Band) -> Evidence:
        """Give the evidence on a stretch of each text, compared with each other though they stand far apart.

        `band` counts from the stretches' starts. What is typical of a segment stays what it is in the whole texts.
        """
        source, target = self.source.part(rows), self.target.part(columns)
        found = similarities(source.spans, target.spans, band)
        sides = (self.similarities.source, rows), (self.similarities.target, columns)
        typical = [Side(side.mean[:, slice(*span)], side.rival[:, slice(*span)]) for side, span in sides]
        marks = self.marks[0].part(rows), self.marks[1].part(columns)
        partners = self.source_partner[slice(*rows)], self.target_partner[slice(*columns)]
        return Evidence(
            source, target, replace(found, source=typical[0], target=typical[1]), *partners, marks, self.ratio
        )

    @property
    def band(self) -> Band:
        """Give the band the cosines were computed in."""
        return self.similarities.band

    def cosine(self, k: int, m: int, i: Ints, j: Ints) -> Floats:
        """Give the cosines of the k-m beads at places (i, j); OUTSIDE past an end or off the band."""
        if k <= LONGEST and m <= LONGEST:
            place = self.band.index(i, j)
            return np.where(place >= 0, self.similarities.cosines[k - 1, m - 1, place], np.float32(OUTSIDE))
        out = np.full(len(i), OUTSIDE, np.float32)
        fits = np.flatnonzero((i + k <= len(self.source)) & (j + m <= len(self.target)))
        fits = fits[np.lexsort((j[fits] // _TILE, i[fits] // _TILE))]
        for begin in range(0, len(fits), 4096):
            part = fits[begin : begin + 4096]
            # pairs from one tile of the band share their spans: many times, where texts differ much in length
            (rows, row), (columns, column) = (np.unique(place[part], return_inverse=True) for place in (i, j))
            left, right = self.source.spans.vectors(k, rows), self.target.spans.vectors(m, columns)
            out[part] = np.einsum("ij,ij->i", left[row], right[column])
        return out


@dataclass(frozen=True, slots=True)
class _SpansPart:
    """Give the span vectors of some of a text's sentences; none reaches past the last of them."""

    whole: SpanVectors
    span: Span
    longest: int

    def __len__(self) -> int:
        return len(self.span)

    def vectors(self, length: int, starts: Ints) -> Floats:
        found = self.whole.vectors(length, starts + self.span.start)
        return np.where((starts + length > len(self.span))[:, None], np.float32(0), found)

    def words(self) -> Words:
        words = self.whole.words()
        tokens = slice(int(words.lengths[: self.span.start].sum()), int(words.lengths[: self.span.stop].sum()))
        return Words(words.ids[tokens], words.lengths[slice(*self.span)], words.vectors[tokens])


def single_band(source: TextSide, target: TextSide, margin: int, rules: Rules | None = None) -> Band:
    """Find the band of two texts from the vectors of their single segments; it leads through the confirmed beads."""
    left, right = (side.spans.vectors(1, np.arange(len(side))) for side in (source, target))
    if rules is None or not rules.confirmed:
        return find_band(left, right, margin)
    low, high = rules.corridor()
    lo, hi = high.copy(), low.copy()
    for rows, columns in rules.stretches:
        place = slice(rows.start, rows.stop + 1)
        first, last = np.full(len(rows) + 1, columns.start), np.full(len(rows) + 1, columns.stop)
        if rows and columns:
            part = find_band(left[rows.start : rows.stop], right[columns.start : columns.stop], margin)
            first, last = part.lo + columns.start, part.hi + columns.start
        lo[place], hi[place] = np.minimum(lo[place], first), np.maximum(hi[place], last)
    for bead in rules.confirmed:  # the way through it, as `Rules.inside` has it
        lo[bead.source.start + 1 : bead.source.stop + 1] = bead.target.start
    return Band.of(lo, hi)


def _partners(found: Similarities) -> tuple[Floats, Floats]:
    i, j = found.band.places()
    n, m = found.source.mean.shape[1], found.target.mean.shape[1]
    inside = np.flatnonzero((i < n) & (j < m))
    i, j = i[inside], j[inside]
    far = 2 - found.source.mean[0, i] - found.target.mean[0, j]
    near = 1 - 2 * (1 - found.cosines[0, 0, inside]) / (far + np.float32(1e-6))
    source, target = np.full(n, -1.0, np.float32), np.full(m, -1.0, np.float32)
    np.maximum.at(source, i, near)
    np.maximum.at(target, j, near)
    return source, target
