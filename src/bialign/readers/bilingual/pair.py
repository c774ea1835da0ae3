"""Which two languages of a file are read: those asked for, else English and Spanish, else the only two."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from bialign.errors import FormatError
from bialign.languages import LANGUAGES, word_set
from bialign.termbase import primary

UNKNOWN = "und"
"""The code of a language that a file doesn't name."""

_NAMES: Mapping[str, frozenset[str]] = {
    "en": word_set("en eng english ingles anglais ingl"),
    "es": word_set("es spa esp spanish espanol castellano castilian espagnol"),
    "fr": word_set("fr fra fre french frances francais"),
    "pt": word_set("pt por portuguese portugues"),
    "de": word_set("de deu ger german aleman deutsch"),
    "it": word_set("it ita italian italiano"),
    "ca": word_set("ca cat catalan catala"),
    "qu": word_set("qu que quechua"),
}
_ROLES: Mapping[str, frozenset[str]] = {
    "source": word_set("source src origen fuente original"),
    "target": word_set("target tgt trg meta destino translation traduccion"),
}
_FILLERS = word_set(
    "text texto segment segmento sentence oracion language lengua idioma column version "
    "en in the el de it que por of la a to"
)
_CODE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})+", re.ASCII)
_WORD = re.compile(r"[^\W_]+")


@functools.lru_cache(1024)
def code_of(lang: str) -> str:
    """Give a language code in its usual form; "" stays "".

    >>> code_of("EN_us"), code_of("spa"), code_of("zh-hant-TW")
    ('en-US', 'es', 'zh-Hant-TW')
    """
    first, *others = lang.strip().replace("_", "-").split("-")
    first = {"eng": "en", "spa": "es"}.get(first.lower(), first.lower())
    cased = (part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part.lower() for part in others)
    return "-".join([first, *cased])


def column_of(name: str) -> str:
    """Tell what a column or key is by its name: a language code, "source", "target", or "".

    >>> [column_of(name) for name in ("Inglés", "Texto en español", "es_PE", "SOURCE", "Notes", "Ingles/Español")]
    ['en', 'es', 'es-PE', 'source', '', '']
    """
    plain = unicodedata.normalize("NFKD", name.strip().lower())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    if len(plain) > 40:
        return ""
    kinds = {**_NAMES, **_ROLES}
    if _CODE.fullmatch(plain.replace("_", "-")):
        code = code_of(name)
        return code if primary(code) in kinds else ""
    words = _WORD.findall(plain)
    for kind, known in kinds.items():
        if words and words[0] in known and len(words) == 1:
            return kind
    found = {kind for kind, known in kinds.items() if not known.isdisjoint(set(words) - _FILLERS)}
    loose = [word for word in words if word not in _FILLERS and not any(word in known for known in kinds.values())]
    # "English (US)": one word more, as a country, is no matter
    return found.pop() if len(found) == 1 and len(loose) <= 1 else ""


def choose(codes: Sequence[str], first: str, source_lang: str, target_lang: str, file: Path) -> tuple[str, str]:
    """Choose the codes of source and target; `codes` by how often they occur, `first` is the file's own source.

    A code asked for without a region stands for all its regions, and comes back without one where there are several.
    Raises FormatError, which lists the languages of the file, where the pair is not there or cannot be told.
    """
    listed = ", ".join(codes) or UNKNOWN
    groups = _groups(codes)
    asked = [_find(lang, codes, groups) if lang else "" for lang in (source_lang, target_lang)]
    for lang, found in zip((source_lang, target_lang), asked, strict=True):
        if lang and not found:
            reason = "the file holds no {lang}; its languages are: {found}"
            raise FormatError(file, reason, lang=lang, found=listed)
    rest = [code for code in groups if not any(_same(code, other) for other in asked if other)]
    if not any(asked):
        if {"en", "es"} <= {primary(code) for code in groups}:
            rest = [code for code in groups if primary(code) in LANGUAGES]
        elif len(groups) != 2 and len(codes) == 2:
            rest = list(codes)
        if len(rest) == 2:
            rest.sort(key=lambda code: not (first and _same(code, first)))
            return rest[0], rest[1]
    elif all(asked):
        if asked[0] != asked[1]:
            return asked[0], asked[1]
        raise FormatError(file, "both sides cannot be {lang}; its languages are: {found}", lang=asked[0], found=listed)
    else:
        other = next(code for code in asked if code)
        likely = [code for code in rest if {primary(code), primary(other)} == {"en", "es"}]
        rest = likely or rest
        if len(rest) == 1:
            return (asked[0], rest[0]) if asked[0] else (rest[0], asked[1])
    if len(codes) < 2:
        raise FormatError(file, "two languages are wanted; the file holds only: {found}", found=listed)
    reason = "more than two languages, name two with --source-lang and --target-lang: {found}"
    raise FormatError(file, reason, found=listed)


def pick(texts: Mapping[str, tuple[str, ...]], lang: str, codes: Iterable[str]) -> tuple[str, ...]:
    """Give the segments of a unit in a language: of that very code, else of its most frequent region."""
    if lang in texts:
        return texts[lang]
    return next((texts[code] for code in codes if code in texts and _same(code, lang)), ())


def said(codes: tuple[str, str], asked: tuple[str, str]) -> tuple[str, str]:
    """Give what is known of two languages of a file: what it calls them, else what the user does, else "".

    >>> said(("en", UNKNOWN), ("", "es_pe")), said(("source", "target"), ("", ""))
    (('en', 'es-PE'), ('', ''))
    """
    nameless = {UNKNOWN, "source", "target", ""}
    first, second = (code_of(lang) if code in nameless else code for code, lang in zip(codes, asked, strict=True))
    return first, second


def _groups(codes: Sequence[str]) -> list[str]:
    """Give one code a language: its only one, else the bare one."""
    found: dict[str, list[str]] = {}
    for code in codes:
        found.setdefault(primary(code), []).append(code)
    return [group[0] if len(group) == 1 else name for name, group in found.items()]


def _find(lang: str, codes: Sequence[str], groups: Sequence[str]) -> str:
    code = code_of(lang)
    if code in codes or code in groups:
        return code
    unknown = UNKNOWN if UNKNOWN in codes else ""
    if "-" in code:
        return primary(code) if primary(code) in codes else unknown
    return next((group for group in groups if primary(group) == code), unknown)


def _same(code: str, other: str) -> bool:
    """Tell whether codes are the same, one of them perhaps without a region."""
    return code == other or (primary(code) == primary(other) and ("-" not in code or "-" not in other))
