"""Months and days of the week that are others in the translation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bialign.termbase import primary
from bialign.termbase.forms import without_accents
from bialign.terms.findings import Finding
from bialign.terms.reading import Reading

_MONTHS = {
    "en": "january february march april may june july august september october november december",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
}
_SHORT = {"jan": 0, "feb": 1, "apr": 3, "aug": 7, "sept": 8, "sep": 8, "oct": 9, "nov": 10, "dec": 11}
_DAYS = {
    "en": "monday tuesday wednesday thursday friday saturday sunday",
    "es": "lunes martes miercoles jueves viernes sabado domingo",
}
_WORD = re.compile(r"[^\W\d_]+")
# what stands before a month that is no verb or name: "in May", "12 de mayo", "May 12", "mayo de 1992"
_BEFORE = re.compile(
    r"(?:\d(?:st|nd|rd|th)?(?: of)?|\b(?:in|since|until|till|by|during|early|late|mid|of|from|to|last|next|this|between"
    r"|and|en|de|desde|hasta|a|durante|del|entre|y|e))[\s,(–—-]+$",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"[\s,.]+(?:de(?:l año)? |del )?\d")


class Mark(NamedTuple):
    """Hold a month or a day of the week, by number, and where its name stands."""

    kind: str
    number: int
    start: int
    stop: int


def marks(text: str, lang: str) -> list[Mark]:
    """List months and days of the week; words that may be something else only where a date shows.

    >>> [(mark.kind, mark.number) for mark in marks("On Monday, May 4, they may march.", "en")]
    [('day', 0), ('month', 4)]
    >>> [(mark.kind, mark.number) for mark in marks("el lunes 4 de mayo, con Domingo Soto", "es")]
    [('day', 0), ('month', 4)]
    """
    lang = primary(lang)
    months, days = _MONTHS.get(lang, "").split(), _DAYS.get(lang, "").split()
    found = []
    for match in _WORD.finditer(text):
        written = match[0]
        word = without_accents(written.casefold())
        word = "septiembre" if word == "setiembre" and lang == "es" else word
        start, stop = match.span()
        if lang == "en" and not written[0].isupper():
            continue
        dated = bool(_BEHIND.match(text, stop)) or bool(_BEFORE.search(text, max(0, start - 12), start))
        if word in months and dated:
            found.append(Mark("month", months.index(word), start, stop))
        elif lang == "en" and word in _SHORT and dated:
            found.append(Mark("month", _SHORT[word], start, stop))
        elif _is_day(written, word, lang, days):
            day = word.removesuffix("s") if lang == "en" or word.startswith(("sab", "dom")) else word
            found.append(Mark("day", days.index(day), start, stop))
    return found


def _is_day(written: str, word: str, lang: str, days: list[str]) -> bool:
    if lang == "en":
        return word.removesuffix("s") in days
    # Domingo is a man, and Sábado may be
    return (word in days or word in {"sabados", "domingos"}) and written[0].islower()


def find(reading: Reading, numbers: range) -> Iterator[Finding]:
    """Give findings "date": where both sides name one, and not the same."""
    for n in numbers:
        if not reading.comparable(n):
            continue
        bead = reading.beads[n]
        source = marks(bead.source, reading.langs[0])
        target = marks(bead.target, reading.langs[1]) if source else []
        for kind in ("month", "day") if target else ():
            alone, added = (
                [one for one in ones if one.kind == kind and one.number not in {o.number for o in others}]
                for ones, others in ((source, target), (target, source))
            )
            if alone and added:
                yield _finding(reading, n, alone[0], added[0])


def _finding(reading: Reading, n: int, one: Mark, other: Mark) -> Finding:
    bead = reading.beads[n]
    term, found = bead.source[one.start : one.stop], bead.target[other.start : other.stop]
    return Finding(
        "“{found}” stands for “{term}”, which is another date",
        {"term": term, "found": found},
        "date",
        "error" if reading.sure(n) else "warning",
        n,
        ((one.start, one.stop),),
        ((other.start, other.stop),),
        f"{term}/{found}",
    )
