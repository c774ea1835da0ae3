"""Words of one family: "contagio" and "contagiosas" say the same, if not in the same form.

By the stems of Porter's Snowball, which are rough; so what is told by them is let pass, never found fault with.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.distance import OSA, Prefix

from bialign.languages import LANGUAGES
from bialign.termbase import primary
from bialign.termbase.forms import lemma
from bialign.termbase.words import words_of

if TYPE_CHECKING:
    from nltk.stem.snowball import SnowballStemmer

_SNOWBALL = {"en": "english", "es": "spanish"}
_PRONOUNS = re.compile("(?:(?<=[aei]r)|(?<=ndo))(?:[mts]e|nos|os)?(?:l[aeo]s?)?$|(?<=...[ae])[st]e$")
_LONG = 8
"""Letters of words that are likely the same where they differ by one."""
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
def related(one: str, other: str, lang: str, *, loose: bool = False) -> bool:
    """Tell whether two words, without case and accents, are forms of one word or of one family.

    With `loose`, for words that others around them bear out, stems of three letters are enough.

    >>> [related("contagio", other, "es") for other in ("contagiosas", "contaminacion")]
    [True, False]
    >>> [related("transmision", other, "es") for other in ("transmitir", "trasmitida")]
    [True, True]
    >>> related("lavese", "lavarse", "es"), related("caso", "casa", "es"), related("19", "190", "es")
    (True, False, False)
    """
    if one == other or one.rstrip("s") == other.rstrip("s"):
        return True
    if not (one.isalpha() and other.isalpha()):
        return False
    first, second = sorted((_stem(one, primary(lang)), _stem(other, primary(lang))), key=len)
    if first == second:
        # caso and casa: short stems say little, but for a verb and its noun (tos, toser)
        return len(first) > 3 or (len(first) == 3 and (loose or _is_verb(one, lang) or _is_verb(other, lang)))
    shared = Prefix.similarity(first, second)
    if (shared == len(first) and shared >= _SHORTEST - 1) or (shared >= _SHORTEST and shared >= len(first) - 1):
        return True
    # a slip of the pen, or two spellings
    return len(first) >= _LONG - 1 and OSA.distance(first, second, score_cutoff=1) <= 1


def _is_verb(word: str, lang: str) -> bool:
    if primary(lang) != "es":
        return False
    return lemma(word, "es").endswith(("ar", "er", "ir")) or _PRONOUNS.sub("", word).endswith(("ar", "er", "ir"))


def holds(text: Sequence[Word], term: Sequence[Word], lang: str) -> list[Word]:
    """Find all words of a term in a text, in any form, order and distance; give those found, [] where one is missing.

    One word may hold several of them: "estadounidense" does "Estados Unidos".

    >>> text = content_words("la primera y la segunda ola", "es")
    >>> [word.plain for word in holds(text, content_words("primera ola", "es"), "es")]
    ['primera', 'ola']
    >>> care = content_words("health care", "en")
    >>> [word.plain for word in holds(content_words("a healthcare system", "en"), care, "en")]
    ['healthcare']
    >>> country = content_words("Estados Unidos", "es")
    >>> [word.plain for word in holds(content_words("la banca estadounidense", "es"), country, "es")]
    ['estadounidense']
    """
    for wanted in _writings(text, term):
        found = _each(text, wanted, lang)
        if found:
            return found
    return _fused(text, term, lang)


def _each(text: Sequence[Word], term: Sequence[Word], lang: str) -> list[Word]:
    """Find each word of a term; [] where one is missing."""
    found = []
    joined = _joined(text)
    for word in term:
        match = next((other for other in text if related(word.plain, other.plain, lang, loose=len(term) > 1)), None)
        # healthcare, health care
        match = match or next((other for other in joined if other.plain == word.plain), None)
        if match is None:
            return []
        found.append(match)
    return found


def _joined(words: Sequence[Word]) -> list[Word]:
    """Give each word written together with the next one."""
    pairs = itertools.pairwise(words)
    return [Word(a.plain + b.plain, a.start, b.stop) for a, b in pairs if b.start - a.stop <= 1]


def _writings(text: Sequence[Word], term: Sequence[Word]) -> Iterator[Sequence[Word]]:
    """Give a term as it is, and with two of its words written together where the text has them so."""
    yield term
    united = {word.plain.rstrip("s") for word in text}
    for at, joined in enumerate(_joined(term)):
        if joined.plain.rstrip("s") in united:
            yield [*term[:at], joined, *term[at + 2 :]]


def _fused(text: Sequence[Word], term: Sequence[Word], lang: str) -> list[Word]:
    """Find one word that begins with the first word of a term and holds the stems of the others, one after another."""
    stems = [_stem(word.plain, primary(lang)) for word in term]
    if len(stems) < 2 or min(map(len, stems)) < 3:
        return []
    for word in text:
        at = 0
        for number, stem in enumerate(stems):
            place = word.plain.find(stem, at)
            if place < 0 or (number == 0 and place):
                break
            at = place + len(stem)
        else:
            return [word]
    return []


@functools.cache
def _stemmer(lang: str) -> SnowballStemmer | None:
    from nltk.stem.snowball import SnowballStemmer

    return SnowballStemmer(_SNOWBALL[lang]) if lang in _SNOWBALL else None


@functools.lru_cache(1 << 16)
def _stem(word: str, lang: str) -> str:
    stemmer = _stemmer(lang)
    if stemmer is None:
        return word
    if lang == "es":
        # pronouns behind a verb, which may be two: lávese, dárselo (and the end of "clase", to no harm)
        word = _PRONOUNS.sub("", word)
    stem = str(stemmer.stem(word))
    if lang == "en":
        # oedema and edema, colour and color
        for before, after in (("oe", "e"), ("ae", "e"), ("our", "or")):
            stem = stem.replace(before, after)
    if lang != "es":
        return stem
    # prueba and probar, cierre and cerrar; toque and tocar; transmitir and trasmitir
    for before, after in (("ue", "o"), ("ie", "e"), ("trans", "tras"), ("qu", "c"), ("ns", "s")):
        stem = stem.replace(before, after)
    return stem
