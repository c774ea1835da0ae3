"""The glossary in a corpus file: a row of JSON for each concept, so that the history can hold each change of one.

The row of the id "", which no concept has, holds what is the whole glossary's: its languages. The order of the concepts
is a number in each row.
"""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

import msgspec

from bialign.store import Edit, Store, listing
from bialign.store.changes import Change
from bialign.termbase import Concept, Property, Term, Termbase

_WHOLE = ""


def read_glossary(store: Store) -> Termbase | None:
    """Give the glossary of a corpus, None where it has none."""
    rows = listing.concepts(store.database)
    whole = rows.pop(_WHOLE, None)
    if whole is None:
        return None
    held = sorted((json.loads(data) | {"id": id} for id, data in rows.items()), key=lambda row: int(row["place"]))
    said = json.loads(whole)
    properties = msgspec.convert(said.get("properties", []), tuple[Property, ...])
    return Termbase(tuple(said["languages"]), tuple(map(_concept, held)), properties)


def write_glossary(edit: Edit, termbase: Termbase) -> None:
    """Make a glossary that of the corpus, instead of the one it has; concepts that are the same are left alone."""
    before = listing.concepts(edit.database)
    after = {_WHOLE: json.dumps(_whole(termbase), ensure_ascii=False)}
    after |= {concept.id: _data(concept, place) for place, concept in enumerate(termbase.concepts)}
    for id in {**before, **after}:
        old, new = ((id, rows[id]) if id in rows else None for rows in (before, after))
        if old != new:
            edit.apply(Change("concept", id, old, new))
    edit.details |= {"concepts": len(termbase.concepts)}


def _whole(termbase: Termbase) -> dict[str, Any]:
    properties = msgspec.to_builtins(termbase.properties)
    return {"languages": termbase.languages} | ({"properties": properties} if properties else {})


def _data(concept: Concept, place: int) -> str:
    """Give the JSON of a concept; what is empty or as it is by default is left out."""
    values = _filled(concept) | {"place": place}
    values["terms"] = [_filled(term) for term in concept.terms]
    return json.dumps(values, ensure_ascii=False)


def _filled(one: Concept | Term) -> dict[str, Any]:
    """Give the fields of a concept or term that say something, as plain values."""
    plain: dict[str, Any] = msgspec.to_builtins(one)
    default = {field.name: field.default for field in fields(one)}
    return {name: value for name, value in plain.items() if value and value != default[name]}


def _concept(row: dict[str, object]) -> Concept:
    return msgspec.convert({name: value for name, value in row.items() if name != "place"}, Concept)
