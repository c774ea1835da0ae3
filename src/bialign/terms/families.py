"""Words of one family: "contagio" and "contagiosas" say the same, if not in the same form.

By the stems of Porter's Snowball, which are rough; so what is told by them is let pass, never found fault with.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from bialign.languages import LANGUAGES
from bialign.termbase import primary
from bialign.termbase.words import words_of

if TYPE_CHECKING:
    from nltk.stem.snowball import SnowballStemmer

_SNOWBALL = {"en": "english", "es": "spanish"}
_SHORTEST = 5
"""Letters that two different stems of a family share at least."""


class Word(NamedTuple):
    """Hold a word without case and accents, and where it stands."""

    plain: str
    start: int
    stop: int


def content_words(text: str, lang: str) -> list[Word]:
    """Give the words of a text that carry its meaning: no articles, prepositions and the like, no signs.

    >>> [word.plain for word in content_words("la pandemia de COVID-19", "es")]
    ['pandemia', 'covid', '19']
    """
    language = LANGUAGES.get(primary(lang))
    light = language.function_words if language else frozenset[str]()
    words = words_of(text)
    rows = zip(words.plain, words.folded, words.starts, words.stops, strict=True)
    return [Word(plain, start, stop) for plain, folded, start, stop in rows if plain.isalnum() and folded not in light]


@functools.lru_cache(1 << 16)
def related(one: str, other: str, lang: str) -> bool:
    """Tell whether two words, without case and accents, are forms of one word or of one family.

    >>> [related("contagio", other, "es") for other in ("contagiosas", "contaminacion")]
    [True, False]
    >>> related("transmision", "transmitir", "es"), related("caso", "casa", "es"), related("19", "190", "es")
    (True, False, False)
    """
    from rapidfuzz.distance import Prefix

    if one == other:
        return True
    if not (one.isalpha() and other.isalpha()):
        return False
    first, second = sorted((_stem(one, primary(lang)), _stem(other, primary(lang))), key=len)
    if first == second:
        # caso and casa: short stems say little
        return len(first) > 3 or one.rstrip("s") == other.rstrip("s")
    shared = Prefix.similarity(first, second)
    return (shared == len(first) and shared >= _SHORTEST - 1) or (shared >= _SHORTEST and shared >= len(first) - 1)


def holds(text: Sequence[Word], term: Sequence[Word], lang: str) -> list[Word]:
    """Find all words of a term in a text, in any form, order and distance; give those found, [] where one is missing.

    >>> text = content_words("la primera y la segunda ola", "es")
    >>> [word.plain for word in holds(text, content_words("primera ola", "es"), "es")]
    ['primera', 'ola']
    """
    found = []
    for word in term:
        match = next((other for other in text if related(word.plain, other.plain, lang)), None)
        if match is None:
            return []
        found.append(match)
    return found


@functools.cache
def _stemmer(lang: str) -> SnowballStemmer | None:
    from nltk.stem.snowball import SnowballStemmer

    return SnowballStemmer(_SNOWBALL[lang]) if lang in _SNOWBALL else None


@functools.lru_cache(1 << 16)
def _stem(word: str, lang: str) -> str:
    stemmer = _stemmer(lang)
    stem = str(stemmer.stem(word)) if stemmer else word
    # prueba and probar, cierre and cerrar
    return stem.replace("ue", "o").replace("ie", "e") if lang == "es" else stem
