"""Links between the words of sentence pairs: vectors, word order, and what the corpus itself says of its words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bialign.encode.compute import one_blas_thread
from bialign.words.decide import Links, Posteriors, join_articles, links_of, spanish_side
from bialign.words.hmm import Order, posteriors
from bialign.words.lexicon import Lexicon
from bialign.words.vectors import WordVectors

Floats = NDArray[np.float32]
Sentence = Sequence[str]
Pair = tuple[Sentence, Sentence]

LONGEST = 1000
"""Words of the longest sentence that is looked at; the work grows with the square, and what is longer is none."""

_BATCH, _CELLS = 1024, 4_000_000  # sentence pairs worked on together, and pairs of their words: 16 MB a number each
_COMPARED = 128  # sentence pairs whose vectors are held together: 5 KB a word
_SAME = 0.9  # cosine that equal names and numbers have at least, whatever the encoder makes of them
_UNLIKE = 0.2  # taken off the cosine of a word and a sign
_SHORTEST_NAME = 4  # letters of a word that means the same where it stands on both sides


@dataclass(frozen=True, slots=True)
class Settings:
    """Hold how much each kind of evidence counts; the defaults were chosen on sets that differ in their conventions.

    vectors: how sharply likelihood falls with the cosine; 0 leaves the vectors out. neutral: the cosine at which a
    partner is as likely as none. lexicon: the power of the ratio P(word | partner) / P(word); 0 leaves it out. doubt:
    how often a word must have been linked before the ratio is believed by half. order: see `Order`.
    """

    vectors: float = 16.0
    neutral: float = 0.1
    lexicon: float = 0.5
    doubt: float = 6.0
    order: Order = field(default_factory=Order)


class WordAligner:
    """Link words of sentence pairs; what it has learned of a corpus makes it better there."""

    def __init__(
        self, lexicon: Lexicon | None = None, *, context: bool = True, settings: Settings | None = None,
        vectors: WordVectors | None = None,
    ) -> None:  # fmt: skip
        """Take a lexicon, by default an empty one; without `context` words are compared by themselves.

        That is about five times as fast and links a little worse: see docs/benchmarks.md. `vectors` of another aligner
        are remembered once for both: up to 84 MB less.
        """
        self.lexicon = Lexicon() if lexicon is None else lexicon
        self.settings = Settings() if settings is None else settings
        self._context, self._vectors = context, WordVectors() if vectors is None else vectors

    @classmethod
    def learn(cls, pairs: Sequence[Pair], *, context: bool = True, settings: Settings | None = None) -> WordAligner:
        """Make an aligner that has learned a lexicon from sentence pairs, given as lists of words."""
        aligner = cls(context=context, settings=settings)
        aligner.add(pairs)
        return aligner

    def add(self, pairs: Sequence[Pair]) -> None:
        """Learn from more pairs, which should be new ones: what is added twice counts twice."""
        for batch in self._batches(pairs):
            self._count(batch, self._without_lexicon(self._cosines(batch)))

    def posteriors(self, pairs: Sequence[Pair]) -> Iterator[Posteriors]:
        """Yield the probabilities of each pair's links; one with a sentence of more than `LONGEST` words has none."""
        for batch in self._batches(pairs):
            yield from self._posteriors(batch, self._cosines(batch))

    def links(self, pairs: Sequence[Pair], *, articles: bool = True) -> list[set[tuple[int, int]]]:
        """Link the words of sentence pairs: indices (source, target); see `align_words`."""
        return self._decided(pairs, self.posteriors(pairs), articles)

    def learn_and_link(
        self, pairs: Sequence[Pair], *, articles: bool = True, progress: Callable[[float], None] | None = None
    ) -> list[set[tuple[int, int]]]:
        """Learn from sentence pairs and link their words, each by what the other pairs say.

        The cosines are kept in between: 1 KB for a pair of 20 words each. `progress` is called with the share done.
        """
        kept, done = [], 0
        for batch in self._batches(pairs):
            cosines = self._cosines(batch)
            self._count(batch, self._without_lexicon(cosines))
            kept.append([cosine.astype(np.float16) for cosine in cosines])
            done += len(batch)
            if progress:
                progress(done / len(pairs))

        def found() -> Iterator[Posteriors]:
            for batch, halves in zip(self._batches(pairs), kept, strict=True):
                cosines = [half.astype(np.float32) for half in halves]
                yield from self._posteriors(batch, cosines, own=self._without_lexicon(cosines))

        return self._decided(pairs, found(), articles)

    def _decided(self, pairs: Sequence[Pair], found: Iterator[Posteriors], articles: bool) -> list[Links]:
        spanish = spanish_side(pairs)
        links = []
        for pair, each in zip(pairs, found, strict=True):
            linked = links_of(each)
            if articles and linked.size:
                join_articles(linked, pair[spanish], spanish)
            rows, columns = np.nonzero(linked)
            links.append(set(zip(rows.tolist(), columns.tolist(), strict=True)))
        return links

    def _batches(self, pairs: Sequence[Pair]) -> Iterator[Sequence[Pair]]:
        batch: list[Pair] = []
        cells = 0
        for pair in pairs:
            if any(isinstance(sentence, str) for sentence in pair):
                raise TypeError("a sentence is a list of words here, not a string: see bialign.words.split_words")
            size = len(pair[0]) * len(pair[1])
            if batch and (len(batch) == _BATCH or cells + size > _CELLS):
                yield batch
                batch, cells = [], 0
            looked_at = max(map(len, pair)) <= LONGEST
            batch.append(pair if looked_at else ((), ()))
            cells += size if looked_at else 0
        if batch:
            yield batch

    # ---------- evidence ----------
    def _cosines(self, pairs: Sequence[Pair]) -> list[Floats]:
        """Compare all words of each pair (source words, target words)."""
        found = [np.zeros((len(source), len(target)), np.float32) for source, target in pairs]
        if not self.settings.vectors:
            return found
        filled = [number for number, each in enumerate(found) if each.size]
        vectors = self._vectors.in_context if self._context else self._vectors.by_themselves
        for start in range(0, len(filled), _COMPARED):
            numbers = filled[start : start + _COMPARED]
            left, right = (vectors([pairs[number][side] for number in numbers]) for side in (0, 1))
            with one_blas_thread():
                for number, a, b in zip(numbers, left, right, strict=True):
                    np.matmul(a, b.T, out=found[number])
                    _adjust(found[number], *pairs[number])
        return found

    def _ratios(self, pairs: Sequence[Pair], own: Sequence[Posteriors] | None) -> list[tuple[Floats, Floats]]:
        """Give P(target | source) / P(target) and P(source | target) / P(source) for all words of each pair.

        `own` are the counts that the pairs themselves have put into the lexicon, which say nothing about them.
        """
        lexicon, doubt = self.lexicon, np.float32(self.settings.doubt)
        sides = []
        for side, pick in ((lexicon.source, 0), (lexicon.target, 1)):
            numbers = [side.words.of(pair[pick]) for pair in pairs]
            seen, linked = np.append(side.seen, 1), np.append(side.linked, 0)  # where -1 points to
            sides.append((numbers, linked, seen / max(seen[:-1].sum(), 1)))
        (left, left_linked, left_share), (right, right_linked, right_share) = sides
        shapes = [(len(a), len(b)) for a, b in zip(left, right, strict=True)]
        cells = [np.broadcast_to(a[:, None], shape).ravel() for a, shape in zip(left, shapes, strict=True)]
        others = [np.broadcast_to(b[None, :], shape).ravel() for b, shape in zip(right, shapes, strict=True)]
        i, j = np.concatenate(cells), np.concatenate(others)
        both = lexicon.counts(i, j)
        a, b = left_linked[i], right_linked[j]
        if own is not None:
            mine = np.concatenate([each.agreement().ravel() for each in own])
            both, a, b = np.maximum(both - mine, 0), np.maximum(a - mine, 0), np.maximum(b - mine, 0)
        unknown = (i < 0) | (j < 0)
        forward = np.where(unknown, 1, (both / right_share[j] + doubt) / (a + doubt)).astype(np.float32)
        backward = np.where(unknown, 1, (both / left_share[i] + doubt) / (b + doubt)).astype(np.float32)
        ends = np.cumsum([n * m for n, m in shapes])[:-1]
        parts = zip(np.split(forward, ends), np.split(backward, ends), shapes, strict=True)
        return [(f.reshape(shape), b.reshape(shape)) for f, b, shape in parts]

    def _posteriors(
        self, pairs: Sequence[Pair], cosines: Sequence[Floats], own: Sequence[Posteriors] | None = None
    ) -> list[Posteriors]:
        power = np.float32(self.settings.lexicon)
        if not (power and self.lexicon.pairs and pairs):
            return self._without_lexicon(cosines)
        fits = [self._fit(cosine) for cosine in cosines]
        ratios = self._ratios(pairs, own)
        return self._both_ways(
            [fit * forward**power for fit, (forward, _) in zip(fits, ratios, strict=True)],
            [fit * backward**power for fit, (_, backward) in zip(fits, ratios, strict=True)],
        )

    def _without_lexicon(self, cosines: Sequence[Floats]) -> list[Posteriors]:
        fits = [self._fit(cosine) for cosine in cosines]
        return self._both_ways(fits, fits)

    def _fit(self, cosine: Floats) -> Floats:
        return np.asarray(np.exp(np.float32(self.settings.vectors) * (cosine - np.float32(self.settings.neutral))))

    def _both_ways(self, forward: Sequence[Floats], backward: Sequence[Floats]) -> list[Posteriors]:
        """Give the posteriors by how well target words fit source words, and source words target words."""
        order = self.settings.order
        with one_blas_thread():
            left = posteriors(backward, order)
            right = posteriors([fit.T for fit in forward], order)
        return [Posteriors(a, b.T) for a, b in zip(left, right, strict=True)]

    def _count(self, pairs: Sequence[Pair], found: Sequence[Posteriors]) -> None:
        for (source, target), each in zip(pairs, found, strict=True):
            self.lexicon.add(source, target, each.agreement())


def _adjust(cosines: Floats, source: Sentence, target: Sentence) -> None:
    """Correct the cosines of a pair for what can be seen: equal names and numbers, and signs beside words.

    An English "a" and a Spanish one are not the same word, though they are spelt the same.
    """
    left, right = ([word.lower() for word in sentence] for sentence in (source, target))
    for word in set(left).intersection(right):
        if len(word) >= _SHORTEST_NAME or word.isdigit():
            same = np.ix_(
                [i for i, other in enumerate(left) if other == word], [j for j, o in enumerate(right) if o == word]
            )
            cosines[same] = np.maximum(cosines[same], np.float32(_SAME))
    words = [np.array([any(map(str.isalnum, word)) for word in sentence]) for sentence in (left, right)]
    cosines[words[0][:, None] != words[1][None, :]] -= np.float32(_UNLIKE)
