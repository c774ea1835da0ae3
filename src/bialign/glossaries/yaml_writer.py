"""Glossaries as YAML that people edit: a concept a block, a term a line."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Any

from bialign.termbase import Concept, Property, Term, Termbase

_HEAD = """\
# kind:   full form | acronym | short form | variant
# status: preferred | admitted | deprecated | superseded (with since and until)
# case:   exact (names, acronyms) | free
version: 1
"""


class _Line(dict[str, Any]):
    """A mapping that is written on one line."""


def chunks(termbase: Termbase) -> Iterator[str]:
    """Give the file piece by piece, a concept each."""
    yield _HEAD
    yield _dump({"languages": _Flow(termbase.languages)})
    if termbase.properties:
        yield _dump({"extra": [_property(one) for one in termbase.properties]})
    if not termbase.concepts:
        yield "concepts: []\n"
        return
    yield "concepts:\n"
    for concept in termbase.concepts:
        text = _dump([_concept(concept)])
        yield "".join("  " + line if line.strip() else line for line in text.splitlines(keepends=True)) + "\n"


class _Flow(list[Any]):
    """A list that is written on one line."""


def _concept(concept: Concept) -> dict[str, Any]:
    terms: dict[str, list[_Line]] = {}
    for term in concept.terms:
        terms.setdefault(term.lang, []).append(_term(term))
    definition: Any = dict(concept.definition)
    if list(definition) == [""]:
        definition = definition[""]
    found = {
        "id": concept.id,
        "subject": concept.subject,
        "definition": definition,
        "note": concept.note,
        "terms": terms,
        "source": dict(concept.source),
        "related": _Flow(concept.related),
        "extra": {lang: [_property(one) for one in some] for lang, some in concept.properties.items() if some},
    }
    return {name: value for name, value in found.items() if value}


def _term(term: Term) -> _Line:
    found = {
        "text": term.text,
        "kind": term.kind,
        "status": term.status,
        "case": term.case_policy,
        "part_of_speech": term.part_of_speech,
        "gender": term.gender,
        "note": term.note,
        "inflects": term.inflects,
        "forms": list(term.forms),
        "since": term.since,
        "until": term.until,
        "extra": [_property(one) for one in term.properties],
    }
    return _Line({name: value for name, value in found.items() if value})


def _property(one: Property) -> _Line:
    found: Mapping[str, Any] = {
        "element": one.element,
        "type": one.type,
        "text": one.text,
        "attributes": _Line(one.attributes),
        "parts": [_property(part) for part in one.parts],
    }
    return _Line({name: value for name, value in found.items() if value})


def _dump(data: Any) -> str:
    import yaml

    return str(yaml.dump(data, Dumper=_dumper(), allow_unicode=True, sort_keys=False, width=10**6))


@functools.cache
def _dumper() -> Any:
    import yaml

    base: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    # one that writes our one-line mappings and lists as such, and no anchors
    dumper: Any = type("Dumper", (base,), {"ignore_aliases": lambda self, data: True})
    dumper.add_representer(_Line, lambda to, value: to.represent_mapping("tag:yaml.org,2002:map", value.items(), True))
    dumper.add_representer(_Flow, lambda to, value: to.represent_sequence("tag:yaml.org,2002:seq", value, True))
    return dumper
