"""How is this rendered there? For words of one side of sentence pairs, the words of the other that stand for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

import numpy as np

from bialign.bitext import Span
from bialign.languages import ENGLISH, SPANISH
from bialign.words.decide import Floats, Posteriors
from bialign.words.linking import Pair, WordAligner

_FUNCTION_WORDS = ENGLISH.function_words | SPANISH.function_words
_GAP = 0.1  # what a word that goes with nothing costs inside a rendering
_FOREIGN = 0.6  # share of the cost of a function word that goes with others: "Organización Mundial *de la* Salud"
_OWN = 0.5  # of the hit's words, for a function word at an end of the rendering to be a part of it
_LEAST = 0.1  # score below which words count as not rendered


class Rendering(NamedTuple):
    """Hold what renders some words: the words `start` .. `stop` - 1 of the other side, and how sure that is, 0 to 1.

    An empty span stands for words that were not rendered, or not in words of their own.
    """

    start: int
    stop: int
    score: float

    def __bool__(self) -> bool:
        return self.stop > self.start


def renderings(
    aligner: WordAligner,
    pairs: Sequence[Pair],
    hits: Sequence[tuple[int, Span]],
    side: Literal["source", "target"] = "source",
) -> list[Rendering]:
    """Tell for each hit, (number of a pair, span of its source words), what renders it in the pair's target sentence.

    With `side` "target" the hits are spans of target words, and the renderings those of source words.

    The rendering is the run of target words that belong to the hit's words and, as far as possible, to no others;
    articles and prepositions at its ends are left off where the hit has no word for them. `score` is the geometric
    mean of the share of the hit that stands with the rendering and the share of the rendering that stands with the
    hit. Only pairs with hits are looked at. An aligner made with ``context=False`` takes a second for 1,000 hits, and
    less once it has met their words.

    Raises IndexError where a hit lies outside its sentence.

    >>> pairs = [(["The", "army", "left", "."], ["El", "ejército", "se", "fue", "."])]
    >>> [(found.start, found.stop) for found in renderings(WordAligner(), pairs, [(0, Span(1, 2))])]
    [(1, 2)]
    """
    near = ("source", "target").index(side)
    for pair, span in hits:
        if not (0 <= pair < len(pairs) and 0 <= span.start <= span.stop <= len(pairs[pair][near])):
            raise IndexError(f"hit {span.start}-{span.stop} lies outside sentence {pair}")
    wanted = sorted({pair for pair, _ in hits})
    links = aligner.posteriors([pairs[pair] for pair in wanted])
    found = {pair: each.mirrored() if near else each for pair, each in zip(wanted, links, strict=True)}
    return [_rendering(found[pair], span, pairs[pair][1 - near]) for pair, span in hits]


def _rendering(found: Posteriors, span: Span, target: Sequence[str]) -> Rendering:
    rows = slice(span.start, span.stop)
    if not (len(span) and found.forward.size):
        return Rendering(0, 0, 0.0)
    agreement = found.agreement()
    inside = agreement[rows].sum(axis=0)
    outside = agreement.sum(axis=0) - inside
    light = np.array([word.lower() in _FUNCTION_WORDS for word in target])
    start, stop = _best_run(inside - np.where(light, np.float32(_FOREIGN), 1) * outside - np.float32(_GAP))
    loose = light & (inside < _OWN)
    while start < stop - 1 and loose[start]:
        start += 1
    while start < stop - 1 and loose[stop - 1]:
        stop -= 1
    columns = slice(start, stop)
    share = float(found.forward[rows, columns].sum(axis=1).mean())
    purity = float(found.backward[rows, columns].sum(axis=0).mean())
    score = min(1.0, float(np.sqrt(max(share * purity, 0))))
    return Rendering(start, stop, score) if score >= _LEAST else Rendering(0, 0, 0.0)


def _best_run(gains: Floats) -> tuple[int, int]:
    """Give the start and stop of the run with the largest sum; the strongest word where none is positive.

    >>> _best_run(np.array([-1, 2, -0.5, 1, -3], np.float32))
    (1, 4)
    """
    sums = np.concatenate([[0], np.cumsum(gains, dtype=np.float64)])
    lowest = np.minimum.accumulate(sums[:-1])
    stop = int(np.argmax(sums[1:] - lowest)) + 1
    start = int(np.argmin(sums[:stop]))
    return start, stop


def rendered_words(target: Sequence[str], found: Iterable[Rendering]) -> list[str]:
    """Write renderings as text, in small letters, to be counted: "coup d'état"."""
    return [" ".join(target[each.start : each.stop]).lower() for each in found]
