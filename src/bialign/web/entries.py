"""Entries of a glossary as a page edits them: what is wrong with one, field by field, and how it comes to its place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from bialign.errors import FormatError
from bialign.glossaries.checks import DATE, check_term
from bialign.termbase import Concept, Term, Termbase, primary, tidy

_LONGEST = 20_000
"""Letters of a definition or note from which it is none."""
_NO_LETTER = re.compile(r"[^a-z0-9]+")
_LANG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class Fault(NamedTuple):
    """Tell what is wrong with a field ("id", "terms", "terms.0.text" ...); one that is `mild` may stay so."""

    field: str
    template: str
    fields: dict[str, object]
    mild: bool = False


def tidied(concept: Concept, termbase: Termbase) -> Concept:
    """Give an entry as a glossary holds it: no blank ends, no empty texts, an id where it has none yet."""
    terms = tuple(_tidied(term) for term in concept.terms)
    said = {
        name: {lang: text for lang, held in getattr(concept, name).items() if (text := tidy(held))}
        for name in ("definition", "source")
    }
    related = tuple(dict.fromkeys(id for one in concept.related if (id := tidy(one))))
    id = " ".join(tidy(concept.id).split())
    made = replace(
        concept,
        id=id,
        subject=tidy(concept.subject),
        note=tidy(concept.note),
        terms=terms,
        related=related,
        definition=said["definition"],
        source=said["source"],
    )
    return made if id else replace(made, id=_fresh_id(made, termbase))


def _tidied(term: Term) -> Term:
    forms = tuple(dict.fromkeys(form for one in term.forms if (form := " ".join(tidy(one).split()))))
    return replace(
        term,
        text=" ".join(tidy(term.text).split()),
        lang=tidy(term.lang),
        part_of_speech=tidy(term.part_of_speech),
        gender=tidy(term.gender),
        note=tidy(term.note),
        forms=forms,
        since=tidy(term.since),
        until=tidy(term.until),
    )


def _fresh_id(concept: Concept, termbase: Termbase) -> str:
    """Make an id of the first term, in plain letters."""
    text = next((term.text for term in concept.terms if term.text), "")
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode("ascii")
    base = _NO_LETTER.sub("-", plain).strip("-")[:60] or "concept"
    taken = {one.id for one in termbase.concepts}
    number, id = 1, base
    while id in taken:
        number += 1
        id = f"{base}-{number}"
    return id


def faults(concept: Concept, termbase: Termbase, was: str = "") -> Iterator[Fault]:
    """Tell what is wrong with a tidied entry; `was` is the id of the one it takes the place of, "" where it is new."""
    others = {one.id: one for one in termbase.concepts if one.id != was}
    if concept.id in others:
        yield Fault("id", "another concept has this id", {})
    if len(concept.id) > 200:
        yield Fault("id", "this is too long: {most} letters at most", {"most": 200})
    if not concept.terms:
        yield Fault("terms", "the concept has no term in any language", {})
    for name in ("subject", "note"):
        if len(getattr(concept, name)) > _LONGEST:
            yield Fault(name, "this is too long: {most} letters at most", {"most": _LONGEST})
    for name in ("definition", "source"):
        for lang, text in getattr(concept, name).items():
            if len(text) > _LONGEST:
                yield Fault(f"{name}.{lang}", "this is too long: {most} letters at most", {"most": _LONGEST})
    for id in concept.related:
        if id not in others and id != concept.id:
            yield Fault("related", "there is no concept {id} to be related to", {"id": repr(id)})
    known = _named(others.values())
    seen: set[tuple[str, str]] = set()
    for number, term in enumerate(concept.terms):
        yield from _of_term(term, f"terms.{number}", seen, known)
        seen.add((primary(term.lang), term.text))


def _named(concepts: Iterable[Concept]) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for concept in concepts:
        for term in concept.terms:
            found.setdefault((primary(term.lang), term.text.casefold()), concept.id)
    return found


def _of_term(term: Term, place: str, seen: set[tuple[str, str]], known: dict[tuple[str, str], str]) -> Iterator[Fault]:
    try:
        check_term(term.text, Path(), 0, "")
    except FormatError as error:
        yield Fault(f"{place}.text", error.template, error.fields)
    if not _LANG.fullmatch(term.lang):
        yield Fault(f"{place}.lang", "this is no code of a language, as en, es or es-PE are", {})
    if (primary(term.lang), term.text) in seen:
        yield Fault(f"{place}.text", "this term stands here twice", {})
    for name in ("since", "until"):
        value = getattr(term, name)
        if value and not DATE.fullmatch(value):
            template = "{value} is no date as 2001, 2001-07 or 2001-07-15"
            yield Fault(f"{place}.{name}", template, {"value": repr(value[:60])})
    if term.since and term.until and term.until < term.since[: len(term.until)]:
        yield Fault(f"{place}.until", "this is before the beginning", {})
    same = known.get((primary(term.lang), term.text.casefold()))
    if same:
        yield Fault(f"{place}.text", "the concept {id} has this term too", {"id": same}, mild=True)


def placed(termbase: Termbase, concept: Concept, was: str = "") -> Termbase:
    """Put an entry into a glossary: in the place of `was`, else at the end. Its languages become the glossary's too.

    Where an id changes, those that are related to it follow.
    """
    languages = list(termbase.languages)
    languages += [term.lang for term in concept.terms if term.lang not in languages]
    languages = list(dict.fromkeys(languages))
    concepts = [concept if one.id == was else one for one in termbase.concepts]
    if all(one.id != was for one in termbase.concepts) or not was:
        concepts.append(concept)
    if was and was != concept.id:
        concepts = [_renamed(one, was, concept.id) for one in concepts]
    return replace(termbase, languages=tuple(languages), concepts=tuple(concepts))


def _renamed(concept: Concept, was: str, now: str) -> Concept:
    if was not in concept.related:
        return concept
    return replace(concept, related=tuple(dict.fromkeys(now if id == was else id for id in concept.related)))


def without(termbase: Termbase, id: str) -> Termbase:
    """Take an entry out of a glossary, and the references to it."""
    left = [one for one in termbase.concepts if one.id != id]
    return replace(termbase, concepts=tuple(_unrelated(one, id) if id in one.related else one for one in left))


def _unrelated(concept: Concept, id: str) -> Concept:
    return replace(concept, related=tuple(one for one in concept.related if one != id))
