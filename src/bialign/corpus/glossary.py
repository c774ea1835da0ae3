"""The glossary in a corpus file: a row of JSON for each concept, so that the history can hold each change of one.

The row of the id "", which no concept has, holds what is the whole glossary's: its languages. The order of the concepts
is a number in each row.
"""

from __future__ import annotations

import json
from dataclasses import fields

from bialign.store import Edit, Store, listing
from bialign.store.changes import Change
from bialign.termbase import Concept, Term, Termbase

_WHOLE = ""


def read_glossary(store: Store) -> Termbase | None:
    """Give the glossary of a corpus, None where it has none."""
    rows = listing.concepts(store.database)
    whole = rows.pop(_WHOLE, None)
    if whole is None:
        return None
    held = sorted((json.loads(data) | {"id": id} for id, data in rows.items()), key=lambda row: int(row["place"]))
    return Termbase(tuple(json.loads(whole)["languages"]), tuple(map(_concept, held)))


def write_glossary(edit: Edit, termbase: Termbase) -> None:
    """Make a glossary that of the corpus, instead of the one it has; concepts that are the same are left alone."""
    before = listing.concepts(edit.database)
    after = {_WHOLE: json.dumps({"languages": termbase.languages}, ensure_ascii=False)}
    after |= {concept.id: _data(concept, place) for place, concept in enumerate(termbase.concepts)}
    for id in {**before, **after}:
        old, new = ((id, rows[id]) if id in rows else None for rows in (before, after))
        if old != new:
            edit.apply(Change("concept", id, old, new))
    edit.details |= {"concepts": len(termbase.concepts)}


def _data(concept: Concept, place: int) -> str:
    """Give the JSON of a concept; what is empty is left out."""
    values = {
        "place": place,
        "subject": concept.subject,
        "definition": dict(concept.definition),
        "terms": [_plain(term) for term in concept.terms],
        "note": concept.note,
        "source": dict(concept.source),
        "related": concept.related,
    }
    return json.dumps({name: value for name, value in values.items() if value or value == 0}, ensure_ascii=False)


def _plain(term: Term) -> dict[str, str]:
    """Give the fields of a term that are not what they are by default."""
    held = {field.name: str(getattr(term, field.name)) for field in fields(Term)}
    return {name: value for name, value in held.items() if value != _DEFAULTS.get(name)}


_DEFAULTS = {field.name: field.default for field in fields(Term)}


def _concept(row: dict[str, object]) -> Concept:
    values = {name: value for name, value in row.items() if name != "place"}
    values["terms"] = tuple(Term(**term) for term in values.get("terms", ()))  # type: ignore[attr-defined]
    values["related"] = tuple(values.get("related", ()))  # type: ignore[arg-type]
    return Concept(**values)  # type: ignore[arg-type]
