"""Candidates as concepts of a glossary, and what is in a glossary already."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from bialign.termbase import Concept, Term, Termbase, likely_case
from bialign.terms.extraction.model import Candidate, Expression

_NO_LETTER = re.compile(r"[^a-z0-9]+")


def concept_of(candidate: Candidate, taken: Collection[str] = (), *, subject: str = "") -> Concept:
    """Make a concept of a candidate, with an id that is not `taken`; its first evidence is its source.

    The first expression of each language is preferred, the others are admitted.
    """
    seen: set[str] = set()
    terms = []
    for expression in candidate.expressions:
        status = "preferred" if expression.lang not in seen or expression.kind == "acronym" else "admitted"
        seen.add(expression.lang)
        terms.append(_term(candidate, expression, preferred=status == "preferred"))
    source = {}
    for one in candidate.evidence[:1]:
        source = {candidate.source.lang: one.source, candidate.target.lang: one.target}
    return Concept(_id(candidate, taken), subject=subject, terms=tuple(dict.fromkeys(terms)), source=source)


def _term(candidate: Candidate, expression: Expression, *, preferred: bool) -> Term:
    part = "proper noun" if candidate.kind == "name" else ""
    return Term(
        expression.text,
        expression.lang,
        expression.kind,
        "preferred" if preferred else "admitted",
        likely_case(expression.text, expression.kind, part),
        part,
    )


def _id(candidate: Candidate, taken: Collection[str]) -> str:
    """Give an id in plain letters: that of the English expression."""
    sides = (candidate.source, candidate.target)
    english = next((each for each in sides if each.lang == "en"), candidate.source)
    plain = unicodedata.normalize("NFKD", english.text.lower()).encode("ascii", "ignore").decode("ascii")
    base = _NO_LETTER.sub("-", plain).strip("-") or "term"
    number, id = 1, base
    while id in taken:
        number += 1
        id = f"{base}-{number}"
    return id


def termbase_of(candidates: Iterable[Candidate], langs: Sequence[str] = ("en", "es")) -> Termbase:
    """Make a glossary of candidates."""
    return with_candidates(Termbase(tuple(langs), ()), candidates)[0]


def with_candidates(
    termbase: Termbase, candidates: Iterable[Candidate], *, subject: str = ""
) -> tuple[Termbase, list[str]]:
    """Add candidates to a glossary and give it with the ids of the concepts they are in.

    A candidate of which a concept has an expression in each language adds what it lacks to that one.
    """
    concepts = {concept.id: concept for concept in termbase.concepts}
    languages = list(termbase.languages)
    ids = []
    for candidate in candidates:
        languages += [each.lang for each in candidate.expressions if each.lang not in languages]
        same = next((one for one in concepts.values() if _is_same(one, candidate)), None)
        made = concept_of(candidate, concepts, subject=subject)
        if same is not None:
            has = {(term.lang, term.text.casefold()) for term in same.terms}
            more = tuple(
                replace(term, status="admitted") for term in made.terms if (term.lang, term.text.casefold()) not in has
            )
            made = replace(same, terms=(*same.terms, *more)) if more else same
        concepts[made.id] = made
        ids.append(made.id)
    return replace(termbase, languages=tuple(languages), concepts=tuple(concepts.values())), ids


def _is_same(concept: Concept, candidate: Candidate) -> bool:
    return all(
        any(term.text.casefold() == side.text.casefold() for term in concept.terms_in(side.lang))
        for side in (candidate.source, candidate.target)
    )


def known_in(termbase: Termbase, candidate: Candidate) -> bool:
    """Tell whether a glossary has a concept that names both sides of a candidate, in whatever form they stand."""
    sides = candidate.source, candidate.target
    concepts = [
        {
            hit.concept.id
            for hit in termbase.lookup(side.text, side.lang, overlapping=True)
            if (hit.start, hit.stop) == (0, len(side.text))
        }
        for side in sides
    ]
    return bool(concepts[0] & concepts[1])
