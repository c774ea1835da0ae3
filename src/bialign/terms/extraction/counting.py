"""Runs of words counted over one side of a text, their number folded together, and how they stand in each other."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from bialign.frequency import frequency
from bialign.terms.extraction.patterns import Pattern, is_acronym, joined, spans

_MOST = 2_000_000
"""Different runs that are held; beyond, those met only once go, as in lossy counting (Manku & Motwani 2002)."""
_POSSESSIVE = re.compile(r"(?i)(?<=\w)['’]s$|(?<=s)['’]$")
_BLANK = re.compile(r"\s")  # inside EE. UU.
_LETTERS = re.compile(r"[^\W\d_]")


def plain_words(words: Sequence[str], lang: str) -> list[str]:
    """Give a sentence's words as they are counted: in small letters, but for acronyms; English without its *'s*.

    A sentence in capitals has no acronyms.

    >>> plain_words("Peru's SIN arrested them".split(), "en"), plain_words("SIN WITHOUT SHAME".split(), "en")
    (['peru', 'SIN', 'arrested', 'them'], ['sin', 'without', 'shame'])
    """
    words = [_BLANK.sub("", word) for word in words]
    if lang == "en":
        words = [_POSSESSIVE.sub("", word) or word for word in words]
    shouted = sum(word.isupper() and len(word) > 1 for word in words) * 2 > len(words)
    return [word if is_acronym(word) and not shouted else word.lower() for word in words]


class Counts:
    """Count one side: its `words`, and all its runs of words that look like terms, joined by spaces (`runs`)."""

    def __init__(self, pattern: Pattern) -> None:
        self.pattern = pattern
        self.words: Counter[str] = Counter()
        self.runs: Counter[str] = Counter()
        self.total = 0

    def add(self, words: Sequence[str]) -> None:
        """Count a sentence, given as its words as they are written."""
        plain = plain_words(words, self.pattern.lang)
        self.words.update(plain)
        self.total += len(plain)
        self.runs.update(joined(plain[i:j], self.pattern) for i, j in spans(words, self.pattern))
        if len(self.runs) > _MOST:
            self.runs = Counter({run: count for run, count in self.runs.items() if count > 1})

    def folded(self, fold: Callable[[str], str]) -> Counter[str]:
        """Count the runs anew, each word by what it folds to."""
        found: Counter[str] = Counter()
        for run, count in self.runs.items():
            found[" ".join(map(fold, run.split(" ")))] += count
        return found


class Folding:
    """Fold plurals: a word stands for its singular where the texts or a dictionary have that.

    >>> from bialign.terms.extraction.patterns import ENGLISH
    >>> counts = Counts(ENGLISH)
    >>> counts.add("Two coronaviruses and one coronavirus".split())
    >>> fold = Folding(counts)
    >>> fold("coronaviruses"), fold("diabetes"), fold("squads")
    ('coronavirus', 'diabetes', 'squad')
    """

    def __init__(self, counts: Counts) -> None:
        self.pattern, self.lang = counts.pattern, counts.pattern.lang
        self._words = counts.words
        self._closed = counts.pattern.closed
        self._known: dict[str, str] = {}

    def __call__(self, word: str) -> str:
        """Give what a word folds to."""
        found = self._known.get(word)
        if found is None:
            found = self._known[word] = self._singular(word)
        return found

    def key(self, plain: Sequence[str]) -> str:
        """Give the key of a run of words, as `plain_words` gives them."""
        return joined([*map(self, plain)], self.pattern)

    def _singular(self, word: str) -> str:
        from bialign.termbase.forms import is_word, lemma, singulars

        if is_acronym(word):
            return word[:-1] if word[-1] == "s" and word[:-1] in self._words else word
        if word in self._closed or not _LETTERS.match(word) or len(word) < 4:
            return word
        head, hyphen, last = word.rpartition("-")
        forms = [*singulars(last, self.lang)]
        base = lemma(last, self.lang) if last.endswith("s") else last
        if base + "s" == last:
            forms.append(base)
        known = [form for form in forms if is_word(form, self.lang) or self._words.get(head + hyphen + form, 0)]
        if not known:
            return word
        # of "lev" and "leve" the one that is used
        return (
            head
            + hyphen
            + max(known, key=lambda form: (self._words.get(head + hyphen + form, 0), frequency(form, self.lang)))
        )


def c_values(runs: Mapping[str, int], least: int, closed: frozenset[str]) -> dict[str, float]:
    """Give the C-value (Frantzi, Ananiadou & Mima 2000) of each run that stands at least `least` times.

    What stands mostly inside longer runs is worth less. The length is that of the run's words that are not `closed`,
    and one more, so that single words are worth something too (Barrón-Cedeño and others 2009).

    >>> found = c_values({"death squad": 4, "death": 5, "squad": 4}, 2, frozenset())
    >>> {run: round(value, 1) for run, value in found.items()}
    {'death squad': 6.3, 'death': 1.0, 'squad': 0.0}
    """
    inside: dict[str, list[int]] = {}
    for run, count in runs.items():
        words = run.split(" ")
        if count < least or len(words) == 1:
            continue
        for start in range(len(words)):
            for stop in range(start + 1, len(words) + 1):
                part = " ".join(words[start:stop])
                if stop - start < len(words) and part in runs:
                    inside.setdefault(part, []).append(count)
    found = {}
    for run, count in runs.items():
        if count >= least:
            longer = inside.get(run, ())
            length = sum(word not in closed for word in run.split(" "))
            found[run] = math.log2(length + 1) * (count - (sum(longer) / len(longer) if longer else 0))
    return found
