"""Which words of two texts translate each other around a cut, spelt out for people.

The features of a cut (module cuts) are sums over tokens; here the same vectors are looked at again for a single cut,
word by word, so that one can see which words find their partners across it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bialign.aligner.band import Floats
from bialign.aligner.evidence import Evidence
from bialign.aligner.partners import WordSide
from bialign.encode.joined import joined_words

_MARKS = re.compile(r"^[\W_]+|[\W_]+$")
_ALIKE = 0.55  # cosine of two words from which they are likely to translate each other
_LEAK = 0.25  # cosine above that of the best partner on the own side, from which a word counts as crossing
_RARE = 2.35  # weight (log of rarity) of words worth naming


@dataclass(frozen=True, slots=True)
class Word:
    """Hold a word next to a cut: its segment, its place among that segment's words, and its weight by rarity."""

    text: str
    segment: int
    place: int
    weight: float


@dataclass(frozen=True, slots=True)
class Link:
    """Hold two words that are each other's best partners around a cut.

    `crosses`: whether they stand on different sides of the cut; `leak`: how much nearer they are to each other than to
    anything on their own sides, as a difference of cosines (the smaller of the two).
    """

    source: Word
    target: Word
    similarity: float
    crosses: bool
    leak: float


Pieces = Sequence[Sequence[str]]
"""The tokens of each segment of a text as they are spelt, "▁" for a space before: see `bialign.encode.use.pieces`."""


def word_links(evidence: Evidence, source: Pieces, target: Pieces, i: int, j: int) -> list[Link]:
    """Link the words of source segments i - 1 and i with those of target segments j - 1 and j.

    Nothing is found at the ends of the texts, nor where the words of `evidence` are not those of the tokeniser that
    gave the pieces.
    """
    if not (0 < i < len(source) and 0 < j < len(target)):
        return []
    left = _words(evidence.source.words, source, i)
    right = _words(evidence.target.words, target, j)
    if not (left and right):
        return []
    (rows, row_vectors), (columns, column_vectors) = left, right
    cosine = row_vectors @ column_vectors.T
    same_side = np.array([word.segment == i for word in rows])[:, None] == [word.segment == j for word in columns]
    own = np.where(same_side, cosine, -1)
    links = []
    for a, b in enumerate(cosine.argmax(axis=1).tolist()):
        value = float(cosine[a, b])
        if int(cosine[:, b].argmax()) == a and value >= _ALIKE:
            leak = value - float(max(own[a].max(), own[:, b].max()))
            links.append(Link(rows[a], columns[b], value, not same_side[a, b], leak))
    return links


def crossing_words(evidence: Evidence, source: Pieces, target: Pieces, i: int, j: int) -> list[Link]:
    """Give the links that cross the cut at (i, j) and tell of something, the strongest first."""
    found = [
        link
        for link in word_links(evidence, source, target, i, j)
        if link.crosses and link.leak >= _LEAK and min(link.source.weight, link.target.weight) >= _RARE
    ]
    return sorted(found, key=lambda link: -link.leak * min(link.source.weight, link.target.weight))


def _words(side: WordSide, text: Pieces, place: int) -> tuple[list[Word], Floats] | None:
    """Give the words of the two segments at a cut and their unit vectors (words, dimension)."""
    words: list[Word] = []
    vectors: list[Floats] = []
    for segment in (place - 1, place):
        spelt, first = text[segment], int(side.starts[segment])
        found = joined_words(spelt)
        if len(found) != side.lengths[segment]:
            return None
        for number, tokens in enumerate(found):
            word = _MARKS.sub("", "".join(spelt[token] for token in tokens))
            if word:
                row = first + number
                words.append(Word(word, segment, number, float(side.weights[row])))
                vectors.append(side.unit(row, row + 1)[0])
    return (words, np.stack(vectors)) if words else None
