"""Acronyms that the translation uses before it has said what they stand for, though the source had said it."""

from __future__ import annotations

from collections.abc import Iterator

from bialign.termbase import Term, TermHit
from bialign.terms.families import content_words, holds
from bialign.terms.findings import Finding
from bialign.terms.reading import ACCEPTED, Reading, concept_terms


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
    for n in range(len(reading.beads)):
        for hit in reading.used(n):
            if hit.concept.id in seen or hit.term.status not in ACCEPTED or not is_acronym(hit.term):
                continue
            seen.add(hit.concept.id)
            found += _of_first(reading, n, hit)
    return found


def _of_first(reading: Reading, n: int, hit: TermHit) -> Iterator[Finding]:
    """Tell of an acronym at its first place, unless it stands for nothing longer or has been explained."""
    here, there = (
        [term for term in concept_terms(hit.concept, lang) if not is_acronym(term) and _is_long(term, lang)]
        for lang in reading.langs
    )
    if not here or not there or _first(reading, 1, there, n + 1) is not None:
        return
    explained = _first(reading, 0, here, n + 1)
    if explained is None:
        # the source does not say it either, or says it later
        return
    text = reading.beads[n].target[hit.start : hit.stop]
    fields = {"found": text, "full": there[0].text}
    template = "“{found}” stands here for the first time, and its translation “{full}” has not; the source says it"
    # said long before, it may have been said in other words
    severity = "warning" if explained == n and reading.comparable(n) else "hint"
    yield Finding(template, fields, "acronym", severity, n, (), ((hit.start, hit.stop),), text, hit.concept.id)  # type: ignore[arg-type]


def _is_long(term: Term, lang: str) -> bool:
    return len(content_words(term.text, lang)) > 1


def _first(reading: Reading, side: int, terms: list[Term], stop: int) -> int | None:
    """Find the first bead before one on a side of which one of some terms stands, in whatever form."""
    lang = reading.langs[side]
    wanted = [content_words(term.text, lang) for term in terms]
    for n in range(stop):
        bead = reading.beads[n]
        words = content_words(bead.target if side else bead.source, lang)
        if any(holds(words, term, lang) for term in wanted):
            return n
    return None
