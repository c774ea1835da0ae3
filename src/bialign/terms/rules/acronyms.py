"""Acronyms that the translation uses before it has said what they stand for, though the source had said it."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from bialign.termbase import Term, TermHit
from bialign.terms.families import content_words, holds
from bialign.terms.findings import Finding, Severity
from bialign.terms.reading import ACCEPTED, Reading, concept_terms

_BACK = 20
"""Beads back within which the words may stand in another form."""


def find(reading: Reading, numbers: range) -> Iterator[Finding]:
    """Give findings "acronym", one for each acronym, where it stands first."""
    for found in reading.once(_unexplained):
        if found.bead in numbers:
            yield found


def is_acronym(term: Term) -> bool:
    """Tell whether a term is an acronym, by its kind or by its capitals.

    >>> is_acronym(Term("OMS", "es", case_policy="exact")), is_acronym(Term("Perú", "es", case_policy="exact"))
    (True, False)
    """
    capitals = sum(map(str.isupper, term.text))
    looks = " " not in term.text and term.text.isalpha() and 1 < capitals == len(term.text)
    return term.kind == "acronym" or (looks and term.case_policy == "exact")


def _unexplained(reading: Reading) -> list[Finding]:
    found: list[Finding] = []
    seen: set[str] = set()
    said: tuple[dict[str, int], dict[str, int]] = ({}, {})  # by concept, the bead that says a long form first
    for n in range(len(reading.beads)):
        source = (hit for named in reading.named(n) for hit in named.hits)
        for side, hits in enumerate((source, reading.used(n))):
            for hit in hits:
                if not is_acronym(hit.term) and _is_long(hit.term, reading.langs[side]):
                    said[side].setdefault(hit.concept.id, n)
        for hit in reading.used(n):
            if hit.concept.id not in seen and hit.term.status in ACCEPTED and is_acronym(hit.term):
                seen.add(hit.concept.id)
                if hit.concept.id in said[0] and hit.concept.id not in said[1]:
                    found += _of_first(reading, n, hit, said[0][hit.concept.id])
    return found


def _of_first(reading: Reading, n: int, hit: TermHit, explained: int) -> Iterator[Finding]:
    """Tell of an acronym at its first place, unless it has been explained in words near those of the glossary."""
    lang = reading.langs[1]
    full = [term for term in concept_terms(hit.concept, lang) if not is_acronym(term) and _is_long(term, lang)]
    near = {*range(max(0, n - _BACK), n + 1), explained}
    if not full or any(_says(reading.beads[m].target, term, lang) for m in near for term in full):
        return
    text = reading.beads[n].target[hit.start : hit.stop]
    fields = {"found": text, "full": full[0].text}
    template = "“{found}” stands here for the first time, without “{full}”, which the source says in full"
    # said long before, it may have been said in other words
    severity: Severity = "warning" if explained == n and reading.comparable(n) else "hint"
    yield Finding(template, fields, "acronym", severity, n, (), ((hit.start, hit.stop),), text, hit.concept.id)


def _says(text: str, term: Term, lang: str) -> bool:
    return bool(holds(content_words(text, lang), content_words(term.text, lang), lang))


@functools.lru_cache(4_096)
def _is_long(term: Term, lang: str) -> bool:
    return len(content_words(term.text, lang)) > 1
