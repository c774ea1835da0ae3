"""JSON Lines: our own, and other data sets of pairs, with a ``translation`` by language or a key for each side."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from bialign.bitext import Extra
from bialign.errors import FormatError
from bialign.readers.bilingual.pair import choose, code_of, column_of, said
from bialign.readers.bilingual.units import Content, Unit, probability_of, status_of
from bialign.readers.source import Source

Side = Literal["", "source", "target"]
_OURS = frozenset({"id", "doc", "type", "status", "probability", "translation", "reason", "moved_to", "comment"})
_OURS |= {"move_probability", "extras", "source_lang", "target_lang"}
_SIDES = ("source", "target")


def content(source: Source, source_lang: str, target_lang: str) -> Content:
    """Read one object a line; raises FormatError with the line that is none, or lacks one of the sides."""
    text, _ = source.decoded(keep_line_ends=True)
    lines = ((number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip())
    return content_of(
        [(number, record_of(line, source, number)) for number, line in lines], source, source_lang, target_lang
    )


def content_of(
    records: Sequence[tuple[int, dict[str, Any]]], source: Source, source_lang: str, target_lang: str
) -> Content:
    """Make units of records with their numbers; raises FormatError where one lacks its texts."""
    if not records:
        raise FormatError(source.file, "the file is empty")
    first = records[0][1]
    keys = keys_of(first, source, source_lang, target_lang)
    named = tuple(str(first.get(f"{side}_lang") or column_of(key)) for side, key in zip(_SIDES, keys, strict=True))
    langs = said((named[0], named[1]), (source_lang, target_lang))
    ours = all(f"{key}_ids" in first for key in keys)
    units = [unit_of(record, keys, source, number) for number, record in records]
    return Content(units, langs, id=str(first.get("doc", "")) if ours else "", ours=ours)


def record_of(line: str, source: Source, number: int) -> dict[str, Any]:
    """Read a line; raises FormatError where it holds no object."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        problem = getattr(error, "msg", "") or type(error).__name__
        raise FormatError(source.file, "no JSON: {problem}", line=number, problem=problem) from None
    if not isinstance(record, dict):
        raise FormatError(source.file, "an object with the texts is expected in each line", line=number)
    return record


def _texts(record: dict[str, Any]) -> dict[str, Any]:
    translation = record.get("translation")
    return translation if isinstance(translation, dict) else record


def keys_of(record: dict[str, Any], source: Source, source_lang: str, target_lang: str) -> tuple[str, str]:
    """Find the keys of both sides in the first record; "source" and "target", or languages."""
    named: dict[str, str] = {}
    for key, value in _texts(record).items():
        kind = column_of(key) or (code_of(key) if isinstance(record.get("translation"), dict) else "")
        if isinstance(value, str) and kind:
            named.setdefault(kind, key)
    if {"source", "target"} <= named.keys():
        return named["source"], named["target"]
    langs = [kind for kind in named if kind not in {"source", "target"}]
    if not langs:
        reason = "no texts in this record: their keys are to be languages (en, es), or source and target"
        raise FormatError(source.file, reason, line=1)
    pair = choose(langs, langs[0], source_lang, target_lang, source.file)
    found = [next(code for code in langs if code == want or code.partition("-")[0] == want) for want in pair]
    return named[found[0]], named[found[1]]


def unit_of(record: dict[str, Any], keys: tuple[str, str], source: Source, number: int) -> Unit:
    """Make a unit of a record; raises FormatError for a text or a probability that is none."""
    texts = _texts(record)
    sides, sizes = [], []
    for key in keys:
        text, ids = texts.get(key, ""), record.get(f"{key}_ids")
        if not isinstance(text, str):
            raise FormatError(source.file, "{key} holds no text", line=number, key=" ".join(key.split()))
        size = len(ids) if isinstance(ids, list) else int(bool(text.strip()))
        sides.append((text,) if size else ())
        sizes.append(size)
    probability, move = (_probability(record.get(key), source, number) for key in ("probability", "move_probability"))
    status = status_of(str(record.get("status", ""))) or "unreviewed"
    reason = str(record.get("reason") or "")
    id = record.get("id")
    named = id if isinstance(id, str) else ""
    return Unit(
        number, sides[0], sides[1], probability, status, reason, (sizes[0], sizes[1]), id=named,
        extras=extras_of(record, keys), moved_to=str(record.get("moved_to") or ""), move_probability=move,
    )  # fmt: skip


def _probability(value: object, source: Source, number: int) -> float:
    if value is None:
        return 1.0
    probability = None if isinstance(value, bool) else probability_of(str(value))
    if probability is None:
        found = repr(value)[:20]
        raise FormatError(source.file, "{found} is no probability from 0 to 1", line=number, found=found)
    return probability


def extras_of(record: Mapping[str, Any], keys: tuple[str, str]) -> tuple[Extra, ...]:
    """Give the comment, what other programs said as we wrote it, and any other key as a property."""
    comment = record.get("comment")
    found = [Extra("note", "", comment)] if comment and isinstance(comment, str) else []
    listed = record.get("extras")
    for each in listed if isinstance(listed, list) else ():
        if isinstance(each, dict) and each.get("kind") in {"attribute", "prop", "note"}:
            side = each.get("side")
            where: Side = side if side in {"source", "target"} else ""
            found.append(Extra(each["kind"], str(each.get("name", "")), str(each.get("value", "")), where))
    ours = _OURS | {*keys, *(f"{key}_{part}" for key in keys for part in ("ids", "place"))}
    others = [(key, value) for key, value in record.items() if key not in ours and value not in (None, "", [], {})]
    for key, value in others:
        found.append(Extra("prop", key, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)))
    return tuple(found)
