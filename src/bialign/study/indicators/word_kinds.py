"""What words are by themselves: of a closed class, frequent in general, of so many syllables; and connectives."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bialign.frequency import frequencies
from bialign.languages.closed_classes import CLOSED_CLASSES, WordClass
from bialign.languages.connectives import SENSES, by_first_word, connective_at
from bialign.study.indicators.lexis import Counted, is_word

CLASSES: tuple[WordClass, ...] = ("determiner", "pronoun", "preposition", "conjunction", "auxiliary", "particle")
CORE = 2000
"""Words of the longest core vocabulary."""

_ENGLISH_CONTRACTION = re.compile(r"[a-z]+(?:n't|'(?:m|re|ve|ll|d))$|(?:he|she|it|that|there|who|what|here|let)'s$")


def class_of(forms: Sequence[str], lang: str) -> NDArray[np.int64]:
    """Give for each token the number of its closed class in `CLASSES`, -1 for lexical words and signs."""
    closed = CLOSED_CLASSES.get(lang)
    if closed is None:
        return np.full(len(forms), -1, np.int64)
    found = (closed.class_of(form) for form in forms)
    return np.array([-1 if name is None else CLASSES.index(name) for name in found], np.int64)


def is_lexical(forms: Sequence[str], lang: str) -> NDArray[np.bool_]:
    """Tell which tokens are words of no closed class."""
    return np.asarray(is_word(forms, lang) & (class_of(forms, lang) < 0))


def is_contracted(forms: Sequence[str], lang: str) -> NDArray[np.bool_]:
    """Tell which English words are contracted ("don't", "she's"); a possessive 's is none. No Spanish word is.

    >>> is_contracted(["don't", "they'll", "peru's", "it's", "do"], "en").tolist()
    [True, True, False, True, False]
    """
    return np.array([lang == "en" and bool(_ENGLISH_CONTRACTION.match(form)) for form in forms], np.bool_)


def core_rank(forms: Sequence[str], lang: str) -> NDArray[np.int64]:
    """Give for each token its rank, from 0, in the reference list of the language; CORE for those not in it."""
    ranks = _reference(lang)
    return np.array([ranks.get(form, CORE) for form in forms], np.int64)


@functools.cache
def _reference(lang: str) -> dict[str, int]:
    """Give the ranks of the most frequent words of the language."""
    if lang not in CLOSED_CLASSES:
        return {}
    listed = sorted((-count, word) for word, count in frequencies(lang).items() if word[:1].isalpha())
    return {word: rank for rank, (_, word) in enumerate(listed[:CORE])}


def syllables_of(forms: Sequence[str], lang: str) -> NDArray[np.int64]:
    """Count the syllables of each token, 0 for those that are no words."""
    count = spanish_syllables if lang == "es" else english_syllables
    return np.array([count(form) if form[:1].isalpha() else 0 for form in forms], np.int64)


_SPANISH_STRONG = re.compile(r"[aeoáéóíú]")
_SPANISH_GROUP = re.compile(r"[aeiouáéíóúü]+")
_SILENT_U = re.compile(r"qu(?=[eiéí])|gu(?=[eiéí])")


def spanish_syllables(word: str) -> int:
    """Count the syllables of a Spanish word in small letters: strong vowels part, weak ones join.

    >>> [spanish_syllables(word) for word in ("guerra", "río", "ciudad", "pingüino", "leer", "averiguáis", "ley", "y")]
    [2, 2, 2, 3, 2, 4, 1, 1]
    """
    bare = _SILENT_U.sub(lambda found: found[0][0], word)
    bare = re.sub(r"y(?![aeiouáéíóú])", "i", bare).replace("h", "")
    # two weak vowels or weak and strong are one; each strong one, or weak one with an accent, is of its own
    return max(1, sum(max(1, len(_SPANISH_STRONG.findall(group))) for group in _SPANISH_GROUP.findall(bare)))


_ENGLISH_GROUP = re.compile(r"[aeiouy]+")
_SILENT_END = re.compile(r"(?<![aeiouy])(?:es|ed|e)$")
_SPOKEN_END = re.compile(r"(?:[^aeiouyl]le|[sxz]es|[cs]hes|[cg]es|[td]ed|[^aeiouy]les)$")
_PARTED = re.compile(
    r"i[ao](?!n$|ns$|us|u)|[aeiou]ing$|eo(?!u)|ua(?!r)|io(?=[^nu])|(?<=[^cgqst])ious?|ism$|crea(?=t)|[^aeiou]ier$"
)


def english_syllables(word: str) -> int:
    """Estimate the syllables of an English word in small letters: groups of vowels, less silent ends.

    >>> [english_syllables(word) for word in ("table", "walked", "wanted", "houses", "times", "the", "being", "nation")]
    [2, 1, 2, 2, 1, 1, 2, 2]
    """
    count = len(_ENGLISH_GROUP.findall(word))
    if _SILENT_END.search(word) and not _SPOKEN_END.search(word):
        count -= 1
    return max(1, count + len(_PARTED.findall(word)))


def _opens_connective(forms: Sequence[str], lang: str) -> NDArray[np.bool_]:
    table = by_first_word(lang)
    return np.array([form in table for form in forms], np.bool_)


def _opens_clauses_only(forms: Sequence[str], lang: str) -> NDArray[np.bool_]:
    table = by_first_word(lang)
    return np.array([all(one.opening for one in table.get(form, ())) for form in forms], np.bool_)


def _is_alphanumeric(forms: Sequence[str], lang: str) -> NDArray[np.bool_]:
    return np.array([any(map(str.isalnum, form)) for form in forms], np.bool_)


def _may_stand_alone(forms: Sequence[str], lang: str) -> NDArray[np.bool_]:
    table = by_first_word(lang)
    return np.array([any(len(one.words) == 1 for one in table.get(form, ())) for form in forms], np.bool_)


def _candidates(text: Counted) -> NDArray[np.int64]:
    """Give the places where a connective may begin: not "and" between words, nor "in" where "fact" does not follow.

    All is done with arrays, as those are the most frequent words of all.
    """
    tokens, feature = text.tokens, text.lexis.feature
    behind_word = np.zeros(len(tokens), np.bool_)
    behind_word[1:] = feature(_is_alphanumeric)[tokens[:-1]]
    behind_word[text.bounds[:-1][text.bounds[:-1] < len(tokens)]] = False
    idle = behind_word & feature(_opens_clauses_only)[tokens]
    places = np.flatnonzero(feature(_opens_connective)[tokens] & ~idle)
    pairs = np.array([first * len(text.lexis.forms) + other for first, other in _first_pairs(text)], np.int64)
    after = np.append(tokens, -1)[places + 1]
    begun = np.isin(tokens[places].astype(np.int64) * len(text.lexis.forms) + after, pairs)
    return np.asarray(places[begun | feature(_may_stand_alone)[tokens[places]]])


def _first_pairs(text: Counted) -> list[tuple[int, int]]:
    """Give the first two words of each connective of several, as numbers, where both are words of the lexis."""
    words = _connective_words(text.lexis.lang)
    known = {word: text.lexis.numbers[word] for word in words if word in text.lexis.numbers}
    listed = [one.words[:2] for ones in by_first_word(text.lexis.lang).values() for one in ones if len(one.words) > 1]
    return [(known[one], known[other]) for one, other in listed if one in known and other in known]


@functools.cache
def _connective_words(lang: str) -> frozenset[str]:
    return frozenset(word for ones in by_first_word(lang).values() for one in ones for word in one.words)


def connectives(text: Counted) -> NDArray[np.int64]:
    """Count the connectives of each segment: an array (segments, senses) in the order of `SENSES`."""
    found = np.zeros((len(text), len(SENSES)), np.int64)
    forms, table = text.lexis.forms, by_first_word(text.lexis.lang)
    places = _candidates(text)
    segments = np.searchsorted(text.bounds, places, side="right") - 1
    free = 0
    for place, segment in zip(places.tolist(), segments.tolist(), strict=True):
        start, end = int(text.bounds[segment]), int(text.bounds[segment + 1])
        if place < free:
            continue
        before = max(start, place - 1)
        small = [forms[number] for number in text.tokens[before : min(end, place + 8)].tolist()]
        hit = connective_at(small, place - before, table[small[place - before]])
        if hit is not None:
            found[segment, SENSES.index(hit.sense)] += 1
            free = place + len(hit.words)
    return found
