"""From probabilities to links: what both directions agree on, what is left over, and the articles of Spanish."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bialign.languages import ENGLISH, SPANISH, word_set

Floats = NDArray[np.float32]
Links = set[tuple[int, int]]
Sentence = Sequence[str]

ARTICLES = word_set("el la los las lo un una unos unas")
_AGREED, _LEFT_OVER = 0.5, 0.5


class Posteriors(NamedTuple):
    """Hold for a sentence pair the probabilities (source words, target words) of its links, seen from each side.

    Each row of `forward` sums to 1 at most: with which target word the source word stands, if with any. Each column of
    `backward` does: with which source word the target word stands.
    """

    forward: Floats
    backward: Floats

    def mirrored(self) -> Posteriors:
        """Give the same with the sides exchanged."""
        return Posteriors(self.backward.T, self.forward.T)

    def agreement(self) -> Floats:
        """Give the geometric mean of both views: high only where each word wants the other."""
        return np.asarray(np.sqrt(self.forward * self.backward))


def links_of(found: Posteriors) -> NDArray[np.bool_]:
    """Decide which words are linked: those that both sides agree on, then words left over on both sides that fit.

    The second step is "final-and" of Koehn, Och & Marcu (2003), by probability.
    """
    agreement = found.agreement()
    linked = agreement > _AGREED
    if not linked.size:
        return linked
    free = ~linked.any(axis=1, keepdims=True) & ~linked.any(axis=0, keepdims=True)
    either = np.where(free, np.maximum(found.forward, found.backward), 0)
    best = (either == either.max(axis=1, keepdims=True)) | (either == either.max(axis=0, keepdims=True))
    return np.asarray(linked | (best & (either > _LEFT_OVER)))


def join_articles(linked: NDArray[np.bool_], words: Sequence[str], axis: int) -> None:
    """Give each Spanish article without a link those of the word that follows: "children" is *los niños*.

    `words` are the sentence along `axis` of `linked`, which is changed.
    """
    table = linked.T if axis == 0 else linked
    alone = np.flatnonzero(~table[:, :-1].any(axis=0)).tolist()
    for place in reversed(alone):
        if words[place].lower() in ARTICLES:
            table[:, place] = table[:, place + 1]


def spanish_side(pairs: Sequence[tuple[Sentence, Sentence]]) -> int:
    """Tell which side of the pairs is Spanish, 0 or 1, by their function words; 1 where there is nothing to tell."""
    only_spanish = SPANISH.function_words - ENGLISH.function_words
    only_english = ENGLISH.function_words - SPANISH.function_words
    score = [0, 0]
    for pair in pairs[:1000]:
        for side in (0, 1):
            lowered = [word.lower() for word in pair[side]]
            score[side] += sum(word in only_spanish for word in lowered) - sum(word in only_english for word in lowered)
    return 0 if score[0] > score[1] else 1
