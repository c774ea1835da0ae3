"""How common words are in general, and by how much a text has more of them.

A word that general language is not known to have counts as met once in a thousand million words.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping

from bialign.frequency import SIZE, frequency
from bialign.terms.extraction.patterns import is_acronym

_UNSEEN = 1.0


class General:
    """Compare the words of a text with general language, forms of one word together.

    >>> general = General("en", Counter({"squad": 2, "squads": 1, "the": 7}), lambda word: word.removesuffix("s"))
    >>> general.excess("squad") > 5, general.excess("the") < 3, general.keyness("squad") > 20
    (True, True, True)
    """

    def __init__(self, lang: str, words: Mapping[str, int], fold: Callable[[str], str]) -> None:
        """Take the language ("en" or "es"), how often each word stands in the text, and what words are one."""
        self._here: Counter[str] = Counter()
        self._there: defaultdict[str, float] = defaultdict(float)
        for word, count in words.items():
            self._here[fold(word)] += count
            # WHO is no "who", whatever it is in general
            self._there[fold(word)] += 0 if is_acronym(word) else frequency(word, lang)
        self._total = max(1, sum(words.values()))

    def count(self, word: str) -> int:
        """Give how often a word stands in the text, in all of its forms."""
        return self._here[word]

    def excess(self, word: str) -> float:
        """Give the natural logarithm of how many times more common a word is here than in general; at least 0."""
        share = self._here[word] / self._total
        return max(0.0, math.log(share * SIZE / max(self._there.get(word, 0), _UNSEEN))) if share else 0.0

    def keyness(self, word: str) -> float:
        """Give Dunning's log-likelihood (1993), by nltk, of a word against general language.

        0 where the word is no more common here.
        """
        from nltk.metrics import BigramAssocMeasures

        if not self.excess(word):
            return 0.0
        here = self._here[word]
        table = here, (here + self._there.get(word, 0), self._total), self._total + SIZE
        return max(0.0, float(BigramAssocMeasures.likelihood_ratio(*table)))
