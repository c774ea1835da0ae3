"""Acronyms that the translation uses before it has said what they stand for, though the source had said it."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator

from bialign.termbase import Concept, Term, TermHit
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
    wanted = {concept.id for concept in reading.termbase.concepts if _is_explained(concept, reading.langs)}
    mentions = _mentions(reading, wanted) if wanted else None
    if mentions is None:
        return []
    found: list[Finding] = []
    said: tuple[dict[str, int], dict[str, int]] = ({}, {})  # by concept, the bead that says a long form first
    seen: set[str] = set()
    for n in range(len(reading.beads)):
        for named in reading.named(n):
            _note(said[0], named.hits, n, reading.langs[0])
        used = reading.used(n) if mentions.search(reading.beads[n].target) else ()
        _note(said[1], used, n, reading.langs[1])
        for hit in used:
            id = hit.concept.id
            if id in wanted - seen and hit.term.status in ACCEPTED and is_acronym(hit.term):
                seen.add(id)
                if id in said[0] and id not in said[1]:
                    found += _of_first(reading, n, hit, said[0][id])
    return found


def _is_explained(concept: Concept, langs: tuple[str, str]) -> bool:
    """Tell whether a concept has an acronym in the target language, and words for it in both."""
    terms = [concept_terms(concept, lang) for lang in langs]
    words = all(
        any(not is_acronym(term) and _is_long(term, lang) for term in ones)
        for ones, lang in zip(terms, langs, strict=True)
    )
    return words and any(map(is_acronym, terms[1]))


def _mentions(reading: Reading, wanted: set[str]) -> re.Pattern[str]:
    """Give what a target must hold to be looked at: an acronym, or the beginning of a word of its long form."""
    starts: set[str] = set()
    for concept in reading.termbase.concepts:
        for term in concept_terms(concept, reading.langs[1]) if concept.id in wanted else ():
            longest = max(term.text.split(), key=len)
            starts.add(longest[:3] if len(longest) > 3 else longest)
    return re.compile("|".join(map(re.escape, sorted(starts))), re.IGNORECASE)


def _note(said: dict[str, int], hits: Iterable[TermHit], n: int, lang: str) -> None:
    for hit in hits:
        if not is_acronym(hit.term) and _is_long(hit.term, lang):
            said.setdefault(hit.concept.id, n)


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
