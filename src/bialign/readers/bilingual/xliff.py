"""XLIFF 1.1, 1.2 and 2.x, with the dialects of memoQ, SDL and others, which add to it and leave its core alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

from bialign.bitext import Extra, Status
from bialign.errors import FormatError
from bialign.formats.cuts import cut
from bialign.readers.bilingual.pair import UNKNOWN, choose, code_of, said
from bialign.readers.bilingual.stream import LANG, drop, events, name_of, text_of
from bialign.readers.bilingual.units import Content, Unit, probability_of, status_of
from bialign.readers.source import Source

if TYPE_CHECKING:
    from lxml import etree

_CODES = frozenset({"x", "bx", "ex", "ph", "bpt", "ept", "it", "sc", "ec", "cp", "sm", "em"})
_OURS = "x-bialign-"
_SAID = re.compile("x-(?:(source|target)-)?(prop|attribute)-(.+)", re.DOTALL)
"""How the writer calls what other programs said: attributes, and what they said of one of the texts."""
_OUR_ID = re.compile(r"(.+):[\d-]*:[\d-]*", re.DOTALL)
_KNOWN = frozenset({"id", "resname", "name", "approved", "state", "{http://www.w3.org/XML/1998/namespace}space"})
"""Attributes of units that stand elsewhere in a bead, or say nothing of it."""
_BY_CATEGORY = {"reason": "bialign"}
_SAME_STATE = {
    "translated": ("unreviewed", "doubtful"),
    "needs-review-translation": ("doubtful",),
    "needs-translation": ("rejected",),
    "initial": ("rejected", "unreviewed", "doubtful", "confirmed"),
    "signed-off": ("confirmed",),
    "final": ("confirmed",),
    "reviewed": ("confirmed",),
    "": ("unreviewed", "doubtful", "rejected", "confirmed"),
}
"""Which statuses of ours a state stands for; any other was set since."""
_APPROVED = frozenset({"final", "signed-off", "reviewed"})


_Part = tuple[tuple[str, ...], tuple[str, ...], Status]


class _Pair(NamedTuple):
    source: str
    target: str


def content(source: Source, source_lang: str, target_lang: str) -> Content:
    """Read an XLIFF file; one bead a segment, one paragraph a unit, one-sided where there is no translation yet.

    Proposals (alt-trans, matches) are not read. Where its files are in several pairs of languages, those in one pair
    are read: the one asked for, else English and Spanish.
    """
    found = list(_read(source))
    if not found:
        raise FormatError(source.file, "the XLIFF file holds no units")
    pair, swapped = _choose([pair for pair, _ in found], source_lang, target_lang, source)
    units = [unit for each, unit in found if each == pair]
    if swapped:
        pair = _Pair(pair.target, pair.source)
        units = [replace(unit, source=unit.target, target=unit.source, sizes=_turned(unit.sizes)) for unit in units]
    id = next((named[1] for named in (_OUR_ID.fullmatch(unit.id) for unit in units) if named), "")
    return Content(units, said(pair, (source_lang, target_lang)), id=id)


def _choose(pairs: list[_Pair], source_lang: str, target_lang: str, source: Source) -> tuple[_Pair, bool]:
    """Give the pair to read, and whether it is asked for the other way round."""
    known = [pair for pair, _ in Counter(pairs).most_common()]
    if len(known) == 1 and not source_lang and not target_lang:
        return known[0], False
    codes = list(dict.fromkeys(code for pair in known for code in pair))
    first, second = choose(codes, pairs[0].source, source_lang, target_lang, source.file)
    for pair in known:
        for swapped, (left, right) in ((False, (first, second)), (True, (second, first))):
            if _fits(pair.source, left) and _fits(pair.target, right):
                return pair, swapped
    listed = ", ".join(f"{pair.source} - {pair.target}" for pair in known)
    reason = "more than two languages, name two with --source-lang and --target-lang: {found}"
    raise FormatError(source.file, reason, found=listed)


def _turned(sizes: tuple[int, int] | None) -> tuple[int, int] | None:
    return sizes and (sizes[1], sizes[0])


def _fits(code: str, wanted: str) -> bool:
    return code == wanted or code.partition("-")[0] == wanted


def _read(source: Source) -> Iterator[tuple[_Pair, Unit]]:
    root, langs, number = ("", ""), ("", ""), 0
    for event, element in events(source):
        name = name_of(element)
        if event == "start":
            if name == "xliff":
                root = element.get("srcLang", ""), element.get("trgLang", "")
            elif name == "file":
                langs = element.get("source-language", root[0]), element.get("target-language", root[1])
            continue
        if name not in {"trans-unit", "unit"} or _inside(element, "alt-trans"):
            continue
        parts = list(_parts_1(element, source) if name == "trans-unit" else _parts_2(element, source))
        own = _own_langs(element)
        pair = _Pair(code_of(langs[0] or own[0]) or UNKNOWN, code_of(langs[1] or own[1]) or UNKNOWN)
        if pair.source == pair.target:
            pair = _Pair(pair.source, UNKNOWN)
        number += 1
        facts = _facts(element, source)
        id = element.get("resname") or element.get("name") or element.get("id") or ""
        for place, part in enumerate(parts, 1):
            yield pair, _unit(element, part, number, facts, id if len(parts) == 1 or not id else f"{id}.{place}")
        drop(element)


def _facts(unit: etree._Element, source: Source) -> dict[str, str]:
    """Give what bialign said of a unit when it wrote it: status, probability, cuts; nothing of others' units."""
    facts = {}
    for element in unit.iter():
        name, kind = name_of(element), element.get("context-type", "")
        if name == "context" and kind.startswith(_OURS):
            facts[kind.removeprefix(_OURS)] = text_of(element, _CODES, source)
        elif name == "meta" and _inside_ours(element):
            facts[element.get("type", "")] = text_of(element, _CODES, source)
        elif name == "note" and "bialign" in {element.get("from"), _BY_CATEGORY.get(element.get("category", ""), "")}:
            facts["reason"] = text_of(element, _CODES, source)
    return facts if "status" in facts else {}


def _inside_ours(element: etree._Element) -> bool:
    parent = element.getparent()
    return parent is not None and parent.get("category") == "bialign"


def _unit(element: etree._Element, part: _Part, number: int, facts: dict[str, str], id: str) -> Unit:
    left, right, status = part
    place = element.sourceline or 0
    extras = (*_notes(element, facts), *_said(element))
    if not facts:
        extras += tuple(_attributes(element))
        return Unit(place, left, right, status=status, paragraph=number, id=id, extras=extras)
    kind, probability = (
        re.fullmatch(r"(\d{1,3})-(\d{1,3})", facts.get("type", "")),
        probability_of(facts.get("probability", "")),
    )
    if len(left) == 1:
        left = cut(left[0], facts.get("source-cuts", "")) or left
    if len(right) == 1:
        right = cut(right[0], facts.get("target-cuts", "")) or right
    # what a translator has said since counts more than what the unit was
    told = facts["status"] if facts["status"] in _SAME_STATE.get(_state(element), ()) else ""
    return Unit(
        place,
        left,
        right,
        1.0 if probability is None else probability,
        status_of(told) or status,
        facts.get("reason", ""),
        (int(kind[1]), int(kind[2])) if kind and left and right else None,
        number,
        id,
        extras,
    )


def _attributes(unit: etree._Element) -> Iterator[Extra]:
    """Give what another program says of a unit in attributes ("translate", "maxwidth") as properties.

    No other format, nor XLIFF in what we write, has attributes of these names.
    """
    for name, value in unit.attrib.items():
        if name not in _KNOWN and value:
            yield Extra("prop", f"x-{str(name).rpartition('}')[2]}", str(value))


def _state(unit: etree._Element) -> str:
    """Give the state of a unit's target or segment; "signed-off" where the unit is approved."""
    if unit.get("approved") == "yes":
        return "signed-off"
    states = [each.get("state", "") for each in unit.iter() if name_of(each) in {"target", "segment"}]
    return states[0] if states else ""


def _notes(unit: etree._Element, facts: dict[str, str]) -> Iterator[Extra]:
    for note in unit.iter():
        if _is_note(note, facts):
            yield Extra("note", note.get("from") or note.get("category") or "", _note_text(note))


def _said(unit: etree._Element) -> Iterator[Extra]:
    """Give the contexts and metadata of other programs; what we wrote for one is called as it was before."""
    for element in unit.iter():
        name = {"context": element.get("context-type", ""), "meta": element.get("type", "")}.get(name_of(element), "")
        value = _note_text(element) if name else ""
        if not value or name.startswith(_OURS) or (name_of(element) == "meta" and _inside_ours(element)):
            continue
        if _inside(element, "alt-trans") or _inside(element, "match"):
            continue
        match = _SAID.fullmatch(name)
        side, kind, of = match.groups() if match else ("", "prop", name)
        where = cast("Literal['', 'source', 'target']", side or "")
        yield Extra(cast("Literal['prop', 'attribute']", kind), of, value, where)


def _is_note(note: etree._Element, facts: dict[str, str]) -> bool:
    ours = "bialign" in {note.get("from"), _BY_CATEGORY.get(note.get("category", ""), "")}
    return name_of(note) == "note" and not (facts and ours) and bool(_note_text(note))


def _note_text(note: etree._Element) -> str:
    return " ".join("".join(str(piece) for piece in note.itertext()).split())


def _inside(element: etree._Element, name: str) -> bool:
    return any(name_of(parent) == name for parent in element.iterancestors())


def _own_langs(unit: etree._Element) -> tuple[str, str]:
    """Give the languages that the texts of a unit name themselves."""
    found = {name_of(child): child.get(LANG, "") for child in unit.iter() if name_of(child) in {"source", "target"}}
    return found.get("source", ""), found.get("target", "")


def _child(element: etree._Element, name: str) -> etree._Element | None:
    return next((child for child in element if name_of(child) == name), None)


def _parts_1(unit: etree._Element, source: Source) -> Iterator[_Part]:
    """Give the segments of a unit of XLIFF 1: those marked in both texts by the same number, else the whole texts."""
    whole, cut, target = (_child(unit, name) for name in ("source", "seg-source", "target"))
    state = target.get("state", "") if target is not None else ""
    status: Status = "confirmed" if unit.get("approved") == "yes" or state in _APPROVED else "unreviewed"
    left = _marked(cut if cut is not None else whole, source)
    right = _marked(target, source)
    if left and right and None not in left and None not in right:
        for number in [*left, *(number for number in right if number not in left)]:
            yield from _part((left.get(number, ""),), (right.get(number, ""),), status)
        return
    if not right and None not in left:
        for text in left.values():
            yield from _part((text,), (), status)
        return
    yield from _part(tuple(left.values()), tuple(right.values()), status)


def _marked(element: etree._Element | None, source: Source) -> dict[str | None, str]:
    """Give the texts of the segments marked in a text by their numbers, or the whole text under None."""
    if element is None:
        return {}
    marks = [mark for mark in element.iter() if name_of(mark) == "mrk" and mark.get("mtype") == "seg"]
    if not marks:
        text = text_of(element, _CODES, source)
        return {None: text} if text else {}
    found: dict[str | None, str] = {}
    for number, mark in enumerate(marks):
        found.setdefault(mark.get("mid") or f"#{number}", text_of(mark, _CODES, source))
    return found if any(found.values()) else {}


def _parts_2(unit: etree._Element, source: Source) -> Iterator[_Part]:
    """Give the segments of a unit of XLIFF 2; what it marks as ignorable is the space between them."""
    for segment in unit.iter():
        if name_of(segment) != "segment":
            continue
        texts = []
        for name in ("source", "target"):
            child = _child(segment, name)
            texts.append(text_of(child, _CODES, source) if child is not None else "")
        status: Status = "confirmed" if segment.get("state") in _APPROVED else "unreviewed"
        yield from _part((texts[0],), (texts[1],), status)


def _part(left: tuple[str, ...], right: tuple[str, ...], status: Status) -> Iterator[_Part]:
    left, right = (tuple(text for text in side if text) for side in (left, right))
    if left or right:
        yield left, right, status if left and right else "unreviewed"
