"""Two ways to tell what stands for a hit in the translation: links between words, and counts of the corpus alone."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bialign.concordance.renderings import Rendered
from bialign.store.beads import SIDES, Side
from bialign.store.folding import folding
from bialign.store.index import WORD
from bialign.store.lookup import Lookup

if TYPE_CHECKING:
    from bialign.words import WordAligner

_NOTHING = Rendered(0, 0, 0.0)
_ROUNDS = 5
_NULL = 0.02
"""The weight of "no word at all" beside those of the words of a sentence."""
_LEAST = 0.2
_FREQUENT = 0.02
_SIGNIFICANT = 6.63
"""Log-likelihood below which a word goes with the hits by chance (1 %)."""


class LinkRenderer:
    """Render by word links, as `bialign.words` draws them."""

    def __init__(self, aligner: WordAligner | None = None) -> None:
        """Take an aligner that has learned of the corpus, or else one that has not."""
        from bialign.words import WordAligner

        self._aligner = aligner or WordAligner(context=False)

    def render(
        self, pairs: Sequence[tuple[str, str]], langs: tuple[str, str], hits: Sequence[tuple[int, int, int]]
    ) -> list[Rendered]:
        """Give what renders each hit; see `Renderer`."""
        from bialign.bitext import Span
        from bialign.words import renderings, tokenise

        tokens = [tuple(tokenise(text, lang) for text, lang in zip(pair, langs, strict=True)) for pair in pairs]
        spans = []
        for number, start, stop in hits:
            inside = [n for n, token in enumerate(tokens[number][0]) if token.start < stop and token.stop > start]
            spans.append((number, Span(inside[0], inside[-1] + 1) if inside else Span(0, 0)))
        words = [([t.text for t in source], [t.text for t in target]) for source, target in tokens]
        found = []
        for (number, _, _), rendering in zip(hits, renderings(self._aligner, words, spans), strict=True):
            run = tokens[number][1][rendering.start : rendering.stop]
            found.append(Rendered(run[0].start, run[-1].stop, rendering.score) if run else _NOTHING)
        return found


class CountRenderer:
    """Render by counts: the word that stands in the translations of hits more often than elsewhere in the corpus.

    Words compete: what explains many hits is believed more in each, and a hit has one rendering (as in Brown et al.'s
    first model, 1993, for one word). Which words go with the hits at all is told by log-likelihood (Dunning 1993).
    Renderings of several words are seen as one of them.
    """

    def __init__(self, lookup: Lookup, side: Side) -> None:
        """Take the corpus, and the side where the hits are."""
        self._beads = lookup.vocabulary(SIDES[1 - SIDES.index(side)]).beads
        self._size = lookup.size()

    def render(
        self, pairs: Sequence[tuple[str, str]], langs: tuple[str, str], hits: Sequence[tuple[int, int, int]]
    ) -> list[Rendered]:
        """Give what renders each hit; see `Renderer`."""
        alike = folding()
        wanted = sorted({number for number, _, _ in hits})
        words = {n: [(m[0], *m.span()) for m in WORD.finditer(alike(pairs[n][1]))] for n in wanted}
        held = {n: {word for word, _, _ in words[n]} for n in wanted}
        weights = self._weights(list(held.values()))
        found = []
        for number, start, stop in hits:
            total = _NULL + sum(weights.get(word, 0.0) for word in held[number])
            best = max(held[number], key=lambda word: (weights.get(word, 0.0), word), default="")
            score = weights.get(best, 0.0) / total
            if score < _LEAST:
                found.append(_NOTHING)
                continue
            # of several occurrences, the one at the same part of the sentence
            where = (start + stop) / 2 / max(1, len(pairs[number][0])) * len(pairs[number][1])
            _, first, last = min((w for w in words[number] if w[0] == best), key=lambda w: abs(w[1] - where))
            found.append(Rendered(first, last, score))
        return found

    def _weights(self, sentences: Sequence[set[str]]) -> dict[str, float]:
        """Give the words that go with the hits, each with the share of hits that it renders."""
        together = Counter(word for sentence in sentences for word in sentence)
        hits, size = len(sentences), max(self._size, len(sentences))
        weights = {}
        # words as frequent as "de" go with everything, unless the hits are so frequent themselves
        most = max(_FREQUENT, 5 * hits / size)
        for word, count in together.items():
            elsewhere = max(self._beads.get(word, count), count)
            if elsewhere / size <= most and log_likelihood(count, hits, elsewhere, size) >= _SIGNIFICANT:
                weights[word] = count / hits - elsewhere / size
        for _ in range(_ROUNDS):
            shares: dict[str, float] = defaultdict(float)
            for sentence in sentences:
                known = [word for word in sentence if word in weights]
                total = _NULL + sum(weights[word] for word in known)
                for word in known:
                    shares[word] += weights[word] / total
            weights = {word: share / hits for word, share in shares.items()}
        return weights


def log_likelihood(together: int, first: int, second: int, size: int) -> float:
    """Give Dunning's log-likelihood of two things standing together more often than chance; 0 where it is not more.

    `first` and `second` count each in `size` sentences, `together` both.

    >>> round(log_likelihood(10, 20, 15, 1000), 1), log_likelihood(1, 100, 20, 1000)
    (65.3, 0.0)
    """
    if together * size <= first * second:
        return 0.0
    table = (together, first - together, second - together, size - first - second + together)
    rows, columns = (first, size - first), (second, size - second)
    total = 0.0
    for number, seen in enumerate(table):
        if seen > 0:
            total += seen * math.log(seen * size / (rows[number // 2] * columns[number % 2]))
    return 2 * total
