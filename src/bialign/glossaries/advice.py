"""What in a glossary is well-formed but likely a slip."""

from __future__ import annotations

from collections.abc import Iterator

from bialign.glossaries.checks import Remark
from bialign.termbase import Concept, Termbase


def advice(termbase: Termbase) -> Iterator[Remark]:
    """Give what an author of a glossary should look at, in the order of its concepts."""
    holders: dict[tuple[str, str], str] = {}
    for concept in termbase.concepts:
        yield from _of_concept(concept)
        for term in concept.terms:
            name = term.text if term.case_policy == "exact" else term.text.casefold()
            other = holders.setdefault((term.lang, name), concept.id)
            if other != concept.id and term.status == "preferred":
                template = "{id}: {term} ({lang}) names concept {other} too"
                yield Remark(template, {"id": concept.id, "term": repr(term.text), "lang": term.lang, "other": other})


def _of_concept(concept: Concept) -> Iterator[Remark]:
    if concept.id in concept.related:
        yield Remark("{id}: related to itself", {"id": concept.id})
    seen: set[tuple[str, str]] = set()
    for term in concept.terms:
        if (term.lang, term.text) in seen:
            fields: dict[str, object] = {"id": concept.id, "term": repr(term.text), "lang": term.lang}
            yield Remark("{id}: {term} ({lang}) stands twice", fields)
        seen.add((term.lang, term.text))
        if term.until and term.since > term.until:
            fields = {"id": concept.id, "term": repr(term.text), "since": term.since, "until": term.until}
            yield Remark("{id}: {term} came into use ({since}) after it went out of use ({until})", fields)
    for lang in dict.fromkeys(term.lang for term in concept.terms):
        if not any(term.status == "preferred" for term in concept.terms if term.lang == lang):
            yield Remark("{id}: no preferred term ({lang})", {"id": concept.id, "lang": lang})
