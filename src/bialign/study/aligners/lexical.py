"""An aligner by words alone, as the field had it before vectors: sentence lengths first, then a learned dictionary.

In the manner of Moore (2002, "Fast and Accurate Sentence Alignment of Bilingual Corpora") and hunalign (Varga et al.
2005): a first pass by length, IBM Model 1 (Brown et al. 1993) trained on the pairs it found, then passes by length and
words together. No dictionary is given to it and nothing but the two texts is known, so short texts are hard for it.
nltk's IBM Model 1 is pure Python and takes minutes where this takes a second, so it is not used here.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bialign.bitext import Bead, Span
from bialign.errors import AlignmentError
from bialign.words import split_words

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MOST_CELLS = 30_000_000
UNKNOWN = 0.5  # a path says nothing of how sure its beads are
_REASON = "by length and words"
_PRIOR = {
    (1, 1): 0.89,
    (1, 0): 0.005,
    (0, 1): 0.005,
    (2, 1): 0.044,
    (1, 2): 0.044,
    (2, 2): 0.01,
    (3, 1): 0.004,
    (1, 3): 0.004,
}
"""How often each type is: Gale & Church (1993), and a little for 3-1 and 1-3."""
_VARIANCE = 6.8  # of the length difference for each letter: Gale & Church (1993)
_ROUNDS = 5
_PASSES = 2
_RAREST = 1e-9


def align_lexically(source: Sequence[str], target: Sequence[str]) -> list[Bead]:
    """Align two texts, given as their segments; AlignmentError where they are too long for that.

    Takes time and memory for every pair of segments. All probabilities are 0.5.
    """
    if len(source) * len(target) > MOST_CELLS:
        template = "{count} segments are too many for the lexical aligner"
        raise AlignmentError(template, count=len(source) + len(target))
    lengths = [np.array([max(1, len(text)) for text in side], float) for side in (source, target)]
    words = [[[word.lower() for word in split_words(text)] for text in side] for side in (source, target)]
    numbers = [_numbered(side) for side in words]
    path = _path(lengths[0], lengths[1], None)
    for _ in range(_PASSES):
        model = _Model.trained(numbers[0], numbers[1], path)
        path = _path(lengths[0], lengths[1], model)
    return [Bead(Span(*rows), Span(*columns), UNKNOWN, reason=_REASON) for rows, columns in path]


Path = list[tuple[tuple[int, int], tuple[int, int]]]


def _numbered(sentences: Sequence[Sequence[str]]) -> list[Ints]:
    known: dict[str, int] = {}
    return [np.array([known.setdefault(word, len(known)) for word in words], np.int64) for words in sentences]


class _Model:
    """IBM Model 1 from source to target words, and how likely the target's words are by themselves.

    Words of the source are numbered from 1; 0 is the empty word, which any target word may come from.
    """

    def __init__(self, source: Sequence[Ints], target: Sequence[Ints], keys: Ints, values: Floats) -> None:
        self.source, self.words = source, np.concatenate([*target, np.zeros(0, np.int64)])
        self.starts = np.concatenate([[0], np.cumsum([len(words) for words in target])]).astype(np.int64)
        self.types = int(self.words.max(initial=0)) + 1
        counts = np.bincount(self.words, minlength=self.types).astype(float)
        self.alone = np.log(counts[self.words] / max(counts.sum(), 1))
        self.keys, self.values = keys, values
        self._rows = np.searchsorted(keys, np.arange(int(keys.max(initial=0)) // self.types + 2) * self.types)

    @classmethod
    def trained(cls, source: Sequence[Ints], target: Sequence[Ints], path: Path) -> _Model:
        """Train on the beads of a path that have both sides, by expectation and maximisation over sparse counts."""
        types = max((int(words.max(initial=0)) for words in target), default=0) + 1
        pairs, tokens = [], 0
        links: list[Ints] = []
        for (i, k), (j, m) in path:
            left = np.concatenate([[0], *(words + 1 for words in source[i:k])]).astype(np.int64)
            right = np.concatenate([*target[j:m], np.zeros(0, np.int64)])
            if i == k or not len(right):
                continue
            pairs.append((left[None, :] * types + right[:, None]).ravel())
            links.append(np.repeat(np.arange(tokens, tokens + len(right)), len(left)))
            tokens += len(right)
        if not pairs:
            return cls(source, target, np.zeros(0, np.int64), np.zeros(0))
        keys, place = np.unique(np.concatenate(pairs), return_inverse=True)
        token, rows = np.concatenate(links), keys // types
        values: Floats = np.ones(len(keys))
        for _ in range(_ROUNDS):
            shares = values[place]
            shares /= np.bincount(token, shares, minlength=tokens)[token]
            values = np.asarray(np.bincount(place, shares, minlength=len(keys)), float)
            values /= np.bincount(rows, values)[rows]
        return cls(source, target, keys, values)

    def chances(self, row: int) -> Floats:
        """Give for each word of the whole target how likely it is to come of any word of a source segment, summed."""
        found = np.zeros(self.types)
        for word in (self.source[row] + 1).tolist():
            if word + 1 < len(self._rows):
                held = slice(self._rows[word], self._rows[word + 1])
                found[self.keys[held] % self.types] += self.values[held]
        return np.asarray(found[self.words])

    def empty(self) -> Floats:
        """Give the same for the empty word."""
        found = np.zeros(self.types)
        if len(self._rows) > 1:
            found[self.keys[: self._rows[1]] % self.types] = self.values[: self._rows[1]]
        return np.asarray(found[self.words])


def _path(source: Floats, target: Floats, model: _Model | None) -> Path:
    """Find the best path over all pairs of places, a row of them at a time."""
    n, m = len(source), len(target)
    ratio = target.sum() / max(source.sum(), 1)
    ends = [np.concatenate([[0], np.cumsum(side)]) for side in (source * ratio, target)]
    best, came = np.full((4, m + 1), -np.inf), np.zeros((n + 1, m + 1), np.int8)
    types = [pair for pair in _PRIOR if pair[0]]
    skip = np.log(_PRIOR[0, 1])
    columns = np.arange(m + 1)
    chances: list[Floats] = []
    nothing = model.empty() if model else np.zeros(0)
    for i in range(n + 1):
        row = np.full(m + 1, -np.inf)
        if not i:
            row[0] = 0.0
        elif model:
            chances = [model.chances(i - 1), *chances[:2]]
        for number, (k, taken) in enumerate(types, 1):
            if k > i or taken > m:
                continue
            score = best[(i - k) % 4, : m + 1 - taken] + np.log(_PRIOR[k, taken])
            if taken:
                score = score + _length_score(ends[0][i] - ends[0][i - k], ends[1][taken:] - ends[1][: m + 1 - taken])
                if model:
                    size = sum(len(model.source[i - 1 - back]) for back in range(k)) + 1
                    score = score + _word_score(model, np.sum(chances[:k], axis=0) + nothing, size, taken)
            better = score > row[taken:]
            row[taken:][better] = score[better]
            came[i, taken:][better] = number
        # runs of target segments without a partner, from the best place before each
        alone = row - skip * columns
        reached = np.maximum.accumulate(alone)
        came[i][reached > alone] = len(types) + 1
        best[i % 4] = reached + skip * columns
    return _back(came, [*types, (0, 1)])


def _length_score(source: float, target: Floats) -> Floats:
    """Score how well lengths fit: the logarithm of a normal density, by Gale & Church."""
    mean = (source + target) / 2
    return -((target - source) ** 2) / (2 * _VARIANCE * mean) - 0.5 * np.log(mean)


def _word_score(model: _Model, chances: Floats, size: int, segments: int) -> Floats:
    """Score how much likelier the words of each run of target segments are by the source than by themselves."""
    gain = np.log(np.maximum(chances / size, _RAREST)) - model.alone
    sums = np.concatenate([[0.0], np.cumsum(gain)])[model.starts]
    return np.asarray(sums[segments:] - sums[:-segments])


def _back(came: NDArray[np.int8], types: Sequence[tuple[int, int]]) -> Path:
    i, j = came.shape[0] - 1, came.shape[1] - 1
    found: Path = []
    while i or j:
        k, m = types[came[i, j] - 1]
        found.append(((i - k, i), (j - m, j)))
        i, j = i - k, j - m
    return found[::-1]
