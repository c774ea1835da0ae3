"""Words and their lemmas, from the dictionaries of simplemma: all forms of a lemma, and the lemma of a form.

simplemma gives each form one lemma. What that leaves out is added by rule: of a Spanish verb its participle, which the
dictionary takes for an adjective, and pronouns at the end of infinitive and gerund ("detenerlo", "deteniéndose"); of a
noun its plural ("soles", which the dictionary gives to "soler").
"""

from __future__ import annotations

import functools
import itertools
import unicodedata

from bialign.languages import LANGUAGES
from bialign.store.folding import fold
from bialign.store.index import WORD

_PARTICIPLES = {
    "hacer": "hecho", "facer": "fecho", "decir": "dicho", "escribir": "escrito", "scribir": "scrito", "poner": "puesto",
    "ver": "visto", "romper": "roto", "abrir": "abierto", "cubrir": "cubierto", "morir": "muerto", "volver": "vuelto",
    "solver": "suelto", "imprimir": "impreso",
}  # fmt: skip
_REGULAR = {"ar": "ado", "er": "ido", "ir": "ido"}
_PRONOUNS = ("me", "te", "se", "lo", "la", "le", "nos", "os", "los", "las", "les")
_AFTER = ("lo", "la", "le", "los", "las", "les", "me", "nos")
_ACCENTS = {"a": "á", "e": "é", "i": "í", "o": "ó", "u": "ú"}
_SHARED = {"ir": "ser"}
"""Verbs that share forms (fue, fuera ...), by the one the dictionary leaves them out of."""


def lemma(word: str, lang: str) -> str:
    """Give the lemma of a word in English or Spanish; the word in small letters where none is known.

    >>> lemma("Detuvieron", "es"), lemma("coups", "en"), lemma("kuuluu", "fi")
    ('detener', 'coup', 'kuuluu')
    """
    small = word.lower()
    return _lemma(small, lang[:2].lower()) if lang[:2].lower() in LANGUAGES else small


@functools.lru_cache(maxsize=50_000)
def _lemma(word: str, lang: str) -> str:
    import simplemma

    return str(simplemma.lemmatize(word, lang=lang)).lower()


@functools.lru_cache(maxsize=2_000)
def forms(word: str, lang: str) -> tuple[str, ...]:
    """Give all forms of a lemma in small letters, itself first; of a form that is no lemma, those of its lemma.

    One accent may be left out where no other lemma is meant: "pais" is "país".
    """
    small, lang = unicodedata.normalize("NFC", word).lower(), lang[:2].lower()
    if lang not in LANGUAGES:
        return (small,)
    base = small if _listed(small, lang) else _lemma(small, lang)
    if base == small and lang == "es":
        accented = (_accented(small, at) for at, letter in enumerate(small) if letter in _ACCENTS)
        base = next((word for word in (small, *accented) if _listed(word, lang)), small)
    listed = _listed(base, lang)
    found = [small, base, *listed, *(_spanish(base, listed) if lang == "es" else ())]
    return tuple(dict.fromkeys(form for form in found if WORD.fullmatch(form)))


def _listed(word: str, lang: str) -> list[str]:
    """Give what the dictionary has under a lemma."""
    table, starts = _inverse(lang)
    start = starts.get(word)
    return [] if start is None else table[start : table.index("\n", start)].split(" ")


@functools.cache
def _inverse(lang: str) -> tuple[str, dict[str, int]]:
    """Give the dictionary turned round: the forms of each lemma on a line, and where that begins.

    One string takes a tenth of the memory that half a million would.
    """
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    found: dict[str, list[str]] = {}
    for form, base in DefaultDictionaryFactory().get_dictionary(lang).items():
        if form != base and " " not in form:
            found.setdefault(base.lower(), []).append(form.lower())
    lines = [" ".join(listed) for listed in found.values()]
    starts = itertools.accumulate((len(line) + 1 for line in lines), initial=0)
    return "\n".join([*lines, ""]), dict(zip(found, starts, strict=False))


def _spanish(base: str, listed: list[str]) -> list[str]:
    """Give what is missing under a Spanish word."""
    found = [form for form in _listed(_SHARED.get(base, ""), "es") if form.startswith("fu")]
    ending = fold(base)[-2:]
    if ending not in _REGULAR or len(base) < 2 or len(listed) < 20:  # a verb has many forms: "lugar" is none
        return [*found, _plural(base)]
    irregular = next((base[: -len(verb)] + form for verb, form in _PARTICIPLES.items() if base.endswith(verb)), "")
    participle = irregular or base[:-2] + _REGULAR[ending]
    found += [participle[:-1] + vowel for vowel in ("o", "a", "os", "as")]
    gerunds = [form for form in listed if form.endswith(("ando", "iendo", "yendo"))]
    for tail in (*_PRONOUNS, *map("".join, itertools.product(("me", "te", "se", "nos", "os"), _AFTER))):
        found += [fold(base) + tail, _stressed(base, 2) + tail]
        for gerund in gerunds:
            found += [gerund + tail, _stressed(gerund, 3) + tail]
    return found


def _plural(word: str) -> str:
    """Give the regular plural of a noun: soles, luces, naciones; the word itself where it has none of these.

    >>> [_plural(word) for word in ("sol", "luz", "nación", "casa", "café", "crisis")]
    ['soles', 'luces', 'naciones', 'casas', 'cafés', 'crisis']
    """
    if word[-1] in "aeioáéó":
        return word + "s"
    if word[-1] == "z":
        return word[:-1] + "ces"
    if word[-1] in "dlnrj" and len(word) > 2:
        return word[:-2] + fold(word[-2]) + word[-1] + "es"
    return word


def _stressed(word: str, back: int) -> str:
    """Put an accent on a vowel, counted from the end: what pronouns do to a gerund ("deteniéndolo")."""
    return _accented(word, len(word) - back if word[-back] in _ACCENTS else len(word) - back - 1)


def _accented(word: str, at: int) -> str:
    return word[:at] + _ACCENTS.get(word[at], word[at]) + word[at + 1 :]
