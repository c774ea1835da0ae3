"""Pairs measured and scored: how likely it is that two runs of words are one term.

The score is the product of what has to be true of a term (Kageura & Umino 1996 call the first two unithood and
termhood): the C-value, geometric mean of both sides, less where one longer run holds most of the places, and more where
its words keep together; how much more common its most telling word is here than in general, which beyond 150 times says
no more; on how many of the texts it is spread; how surely both sides render each other; and whether the words around
are those around nouns, which is told in Spanish. Nothing was fitted to a glossary.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bialign.terms.extraction.model import Measures
from bialign.terms.extraction.patterns import is_acronym

if TYPE_CHECKING:
    from bialign.terms.extraction.finding import Found
    from bialign.terms.extraction.pairing import Side

_ENOUGH = 5.0
"""Natural logarithm of how many times more common a word is, from which on more of it says nothing."""
_REPEATED = 0.7
"""Power of the C-value that counts: what stands twice as often is no term twice as surely."""
_SPREAD = 4.0
"""How much more a term counts which all texts have alike than one of a single text."""
_LEFT = 0.1
"""What counts for a run that never stands but in one longer run."""
_NAMED = 0.5
"""What is left of the score of something that is only said of somebody: "Fujimori regime"."""
_CHANCE = 6.63
"""Log-likelihood below which two things stand together by chance (1 %)."""
_TYPICAL = 8.0
"""Score that becomes one half."""
_FINITE = re.compile(r"(?:[aei]r|ír)$")
_NO_VERB = re.compile(r"(?:[ai]d[oa]s?|[ai]nd?o|iendo|[aei]r|ír)$")


@dataclass(frozen=True, slots=True)
class Pair:
    """Hold a source and a target key, how often they were linked from both sides, and what is measured of them."""

    source: str
    target: str
    forward: int
    backward: int
    measures: Measures
    score: float

    @property
    def count(self) -> int:
        """Give how often they were linked, as seen from the side that has more of it."""
        return max(self.forward, self.backward)


def pairs_of(found: Found) -> list[Pair]:
    """Measure all pairs that were linked from both sides, and more often than by chance."""
    links = found.links
    inside = [_longest(side) for side in links.sides]
    verbs = _Verbs(links.sides[found.langs.index("es")])
    pairs = []
    for keys, forward in links.forward.items():
        backward = links.backward.get(keys, 0)
        joins = any(_joins(side, key) for side, key in zip(links.sides, keys, strict=True))
        if backward and not joins and not verbs.among(keys[found.langs.index("es")]):
            association = _association(found, keys)
            if association >= _CHANCE:
                pairs.append(_measured(found, keys, (forward, backward), association, inside))
    return pairs


def _measured(
    found: Found,
    keys: tuple[str, str],
    linked: tuple[int, int],
    association: float,
    inside: Sequence[Mapping[str, int]],
) -> Pair:
    standing = [side.standing[key] for side, key in zip(found.links.sides, keys, strict=True)]
    counts = [max(1, each.count) for each in standing]
    confidence = math.sqrt(linked[0] / counts[0] * linked[1] / counts[1])
    c_value = math.sqrt(math.prod(max(0.0, found.c_values[n][key]) for n, key in enumerate(keys)))
    free = math.sqrt(math.prod(1 - min(1, inside[n].get(key, 0) / counts[n]) + _LEFT for n, key in enumerate(keys)))
    telling = math.prod(min(found.excess(n, key), _ENOUGH) / _ENOUGH for n, key in enumerate(keys))
    keyness = math.sqrt(math.prod(found.keyness(n, key) for n, key in enumerate(keys)))
    spanish = standing[found.langs.index("es")]
    nominal = (spanish.nouns + 0.5) / (spanish.told + 1)
    cohesion = math.sqrt(math.prod(found.cohesion(n, key) for n, key in enumerate(keys)))
    consensus = sum(found.consensus(n, key) for n, key in enumerate(keys)) / 2
    raw = c_value**_REPEATED * free * telling * math.sqrt(confidence * nominal)
    raw *= (1 + cohesion) * (1 + _SPREAD * consensus)
    if any(found.is_named(n, key) for n, key in enumerate(keys)):
        raw *= _NAMED
    measures = Measures(c_value, keyness, confidence, association, nominal, cohesion, consensus)
    return Pair(*keys, *linked, measures, raw / (raw + _TYPICAL))


def _association(found: Found, keys: tuple[str, str]) -> float:
    """Give the log-likelihood (Dunning 1993, by nltk) of both standing in one line; 0 where it is not more likely."""
    from nltk.metrics import BigramAssocMeasures

    first, second = (side.standing[key].lines for side, key in zip(found.links.sides, keys, strict=True))
    both = len(set(first).intersection(second))
    size = max(found.links.lines, 1)
    if both * size <= len(first) * len(second) and both < size:
        return 0.0
    return max(0.0, float(BigramAssocMeasures.likelihood_ratio(both, (len(first), len(second)), size)))


def _longest(side: Side) -> dict[str, int]:
    """Give for each run how often the longer run stands that holds it most often."""
    most: dict[str, int] = {}
    for key, standing in side.standing.items():
        words = key.split(" ")
        for start in range(len(words)):
            for stop in range(start + 1, len(words) + 1):
                part = " ".join(words[start:stop])
                if stop - start < len(words) and part in side.standing:
                    most[part] = max(most.get(part, 0), standing.count)
    return most


def _joins(side: Side, key: str) -> bool:
    """Tell whether a run only names two things that stand far more often without each other: "SARS and MERS"."""
    words = key.split(" ")
    for place in range(1, len(words) - 1):
        if words[place] in side.pattern.joining:
            parts = [side.standing.get(" ".join(part)) for part in (words[:place], words[place + 1 :])]
            if all(part is not None and part.count >= 2 * side.standing[key].count for part in parts):
                return True
    return False


class _Verbs:
    """Tell finite verbs of Spanish: a dictionary knows them as such, and no determiner stands before them."""

    def __init__(self, side: Side) -> None:
        self._side = side
        self._known: dict[str, bool] = {}

    def among(self, key: str) -> bool:
        """Tell whether a run holds a finite verb."""
        return any(map(self._is_verb, key.split(" ")))

    def _is_verb(self, word: str) -> bool:
        if word not in self._known:
            self._known[word] = self._looks(word)
        return self._known[word]

    def _looks(self, word: str) -> bool:
        from bialign.termbase.forms import lemma

        if word in self._side.pattern.closed or is_acronym(word) or _NO_VERB.search(word):
            return False
        base = lemma(word, "es")
        standing = self._side.standing.get(word)
        noun = standing is not None and standing.nouns * 4 > standing.told
        return base != word and bool(_FINITE.search(base)) and not noun
