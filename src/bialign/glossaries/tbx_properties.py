"""Properties in TBX-Basic: which of them it has a place for; the others become notes that say what they are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from bialign.glossaries.tbx_rules import BASIC, LEVELS
from bialign.termbase import Concept, Property

OURS = "bialign"
"""The word by which a note, or a paragraph of the header, is known as ours; JSON follows."""

NAME = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)
_DATE = re.compile(r"-?\d{4,}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:Z|[+-]\d\d:\d\d)?", re.ASCII)
_LINKS = frozenset({"admin", "adminGrp", "transacGrp", "note", "ref", "xref"})
_AUX = _LINKS | {"descrip", "descripGrp"}
_GROUPS = {
    "descripGrp": ("descrip", _LINKS),
    "adminGrp": ("admin", frozenset({"note", "ref", "xref"})),
    "transacGrp": ("transac", frozenset({"transacNote", "date", "note", "ref", "xref"})),
    "termNoteGrp": ("termNote", _LINKS),
}
_ATTRIBUTES = frozenset({"id", "target", "xml:lang", "datatype"})


def fits(one: Property, level: str, parent: str = "") -> bool:
    """Tell whether TBX-Basic lets a property stand at a level ("conceptEntry", "langSec", "termSec") as it is.

    >>> fits(Property("termNote", "geographicalUsage", "Peru"), "termSec")
    True
    >>> fits(Property("termNote", "transferComment", "adjusted"), "termSec")
    False
    """
    if one.element in _GROUPS:
        return _group_fits(one, level)
    if one.parts or not _attributes_fit(one):
        return False
    match one.element:
        case "note":
            return not one.type and not {"target", "datatype"} & set(one.attributes) and not one.text.startswith(OURS)
        case "date":
            return bool(_DATE.fullmatch(one.text)) and not one.type
        case "termNote" if level != "termSec":
            return False
        case _:
            return _category_fits(one, level, parent)


def _category_fits(one: Property, level: str, parent: str) -> bool:
    known = BASIC.get(one.element, {})
    # two names that only the first files of the dialect have
    if one.type not in known or one.type in {"usageStatus", "crossReference"}:
        return False
    values = known[one.type]
    place = level if parent in {"descripGrp", "termNoteGrp"} and one.type != "source" else parent or level
    return (values is None or one.text in values) and place in LEVELS.get(one.type, {place})


def _group_fits(one: Property, level: str) -> bool:
    head, others = _GROUPS[one.element]
    if one.text or one.type or set(one.attributes) - {"id"} or not one.parts or not _attributes_fit(one):
        return False
    if (one.element == "termNoteGrp" and level != "termSec") or one.parts[0].element != head:
        return False
    return all(fits(part, level, one.element) for part in one.parts) and all(
        part.element in others for part in one.parts[1:]
    )


def _attributes_fit(one: Property) -> bool:
    if one.element == "xref":
        return set(one.attributes) - {"id"} == {"target"} and one.attributes["target"].startswith(
            ("http://", "https://")
        )
    allowed = {"id", "xml:lang"} if one.element == "note" else {"id"} if one.element == "date" else _ATTRIBUTES
    names = [one.attributes[name] for name in ("id", "target") if name in one.attributes]
    return set(one.attributes) <= allowed and all(map(NAME.fullmatch, names))


def canonical(properties: Iterable[Property]) -> tuple[Property, ...]:
    """Put properties in the order in which every format gives them back: notes of a term before the rest."""
    return tuple(sorted(properties, key=_place))


def _place(one: Property) -> int:
    if one.element in {"termSec", "term"}:
        return 0 if one.element == "termSec" else 1
    if one.element in {"termNote", "termNoteGrp"}:
        return 2 if fits(one, "termSec") else 3
    # what belongs to a field stands with it
    return 4 if one.element == "descripGrp" and one.type else 5


def label(concept: Concept) -> str:
    """Give the text of a reference to a concept: its first term."""
    return concept.terms[0].text if concept.terms else ""


def to_json(one: Property) -> list[Any]:
    """Give a property as plain values, for a note of ours."""
    return [one.element, one.type, one.text, dict(one.attributes), [to_json(part) for part in one.parts]]


DEFAULT_SOURCE = Property(
    "fileDesc", parts=(Property("sourceDesc", parts=(Property("p", text="a glossary, written by bialign"),)),)
)
DEFAULT_ENCODING = Property(
    "encodingDesc", parts=(Property("p", "XCSURI", "http://www.lisa.org/fileadmin/standards/tbx/TBXXCSV02.xcs"),)
)


def is_default_header(one: Property) -> bool:
    """Tell whether a part of a header is one that we write where there is none."""
    return one in {DEFAULT_SOURCE, DEFAULT_ENCODING}


def from_json(said: Any) -> Property:
    """Make a property of the plain values a note of ours holds; raises ValueError where they are none."""
    try:
        element, type, text, attributes, parts = said
        plain = {str(name): str(value) for name, value in dict(attributes).items()}
        return Property(str(element), str(type), str(text), plain, tuple(map(from_json, parts)))
    except (TypeError, RecursionError) as error:
        raise ValueError(str(error)) from None


def note_of(**fields: Any) -> str:
    """Give the text of a note of ours that holds some fields."""
    return f"{OURS}: {json.dumps(fields, ensure_ascii=False)}"


def said_in(text: str) -> dict[str, Any]:
    """Give the fields a note of ours holds, {} for a note of somebody else.

    >>> said_in(note_of(case="exact")), said_in("bialign: a fine tool")
    ({'case': 'exact'}, {})
    """
    if not text.startswith(f"{OURS}: {{"):
        return {}
    try:
        said = json.loads(text.removeprefix(f"{OURS}: "))
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}
