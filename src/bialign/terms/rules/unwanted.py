"""Terms of the target that the glossary calls deprecated or superseded."""

from __future__ import annotations

from collections.abc import Iterator

from bialign.termbase import Concept, Termbase, TermHit
from bialign.terms.findings import Finding, Severity
from bialign.terms.reading import ACCEPTED, Reading, concept_terms

_FORBIDDEN = "“{found}” is not to be used; the glossary has {accepted}"
_SUPERSEDED = "“{found}” is no longer in use; the glossary has {accepted}"
_AS_SOURCE = "“{found}” is not to be used, but the source has a term of the same kind: “{term}”"


def find(reading: Reading, numbers: range) -> Iterator[Finding]:
    """Give findings "forbidden" and "superseded": sure ones where the source names the concept."""
    unwanted = reading.once(_only_unwanted)
    if unwanted is None:
        return
    for n in numbers:
        if not unwanted.find(reading.beads[n].target, reading.langs[1]):
            continue
        seen: set[tuple[int, int]] = set()
        for hit in _unwanted(reading, n):
            if hit[:2] not in seen:
                seen.add(hit[:2])
                yield _judged(reading, n, hit)


def _only_unwanted(reading: Reading) -> Termbase | None:
    """Give a glossary of nothing but the unwanted terms of the target's language; None where there are none."""
    concepts = []
    for concept in reading.termbase.concepts:
        terms = tuple(term for term in concept.terms_in(reading.langs[1]) if term.status not in ACCEPTED)
        if terms:
            concepts.append(Concept(concept.id, terms=terms))
    return Termbase(reading.termbase.languages, tuple(concepts)) if concepts else None


def _unwanted(reading: Reading, n: int) -> Iterator[TermHit]:
    """Give the unwanted terms of a target that are not, nor stand in, terms that may be used."""
    used = reading.used(n)
    good = [hit[:2] for hit in used if hit.term.status in ACCEPTED]
    for hit in used:
        inside = any(start <= hit.start and hit.stop <= stop for start, stop in good)
        if hit.term.status not in ACCEPTED and not inside:
            yield hit


def _judged(reading: Reading, n: int, hit: TermHit) -> Finding:
    template = _SUPERSEDED if hit.term.status == "superseded" else _FORBIDDEN
    named = next((one for one in reading.named(n) if hit.concept.id in one.concepts), None)
    severity: Severity = "hint"
    if named is not None:
        own = next(one.term for one in named.hits if one.concept.id == hit.concept.id)
        if own.status not in ACCEPTED or own.text == hit.term.text:
            template, severity = _AS_SOURCE, "tolerated"
        else:
            severity = "error"
    elif any(hit.concept.id in one.concepts for other in reading.neighbours(n) for one in reading.named(other)):
        severity = "warning"
    text = reading.beads[n].target[hit.start : hit.stop]
    fields = {
        "found": text,
        "term": named.text if named else "",
        "accepted": ", ".join(f"“{term.text}”" for term in concept_terms(hit.concept, reading.langs[1])) or "—",
    }
    source = ((named.start, named.stop),) if named else ()
    rule = "superseded" if hit.term.status == "superseded" else "forbidden"
    return Finding(template, fields, rule, severity, n, source, ((hit.start, hit.stop),), text, hit.concept.id)  # type: ignore[arg-type]
