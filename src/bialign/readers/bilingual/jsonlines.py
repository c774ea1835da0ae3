"""JSON Lines: our own, and other data sets of pairs, with a ``translation`` by language or a key for each side."""

from __future__ import annotations

import json
from typing import Any

from bialign.errors import FormatError
from bialign.readers.bilingual.pair import choose, code_of, column_of, said
from bialign.readers.bilingual.units import Content, Unit, probability_of, status_of
from bialign.readers.source import Source


def content(source: Source, source_lang: str, target_lang: str) -> Content:
    """Read one object a line; raises FormatError with the line that is none, or lacks one of the sides."""
    text, _ = source.decoded(keep_line_ends=True)
    records = [
        (number, _record(line, source, number)) for number, line in enumerate(text.split("\n"), 1) if line.strip()
    ]
    if not records:
        raise FormatError(source.file, "the file is empty")
    keys = _keys(records[0][1], source, source_lang, target_lang)
    first = records[0][1]
    langs = said((column_of(keys[0]), column_of(keys[1])), (source_lang, target_lang))
    ours = all(f"{key}_ids" in first for key in keys)
    units = [_unit(record, keys, source, number) for number, record in records]
    return Content(units, langs, id=str(first.get("doc", "")) if ours else "", ours=ours)


def _record(line: str, source: Source, number: int) -> dict[str, Any]:
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


def _keys(record: dict[str, Any], source: Source, source_lang: str, target_lang: str) -> tuple[str, str]:
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


def _unit(record: dict[str, Any], keys: tuple[str, str], source: Source, number: int) -> Unit:
    texts = _texts(record)
    sides, sizes = [], []
    for key in keys:
        text, ids = texts.get(key, ""), record.get(f"{key}_ids")
        if not isinstance(text, str):
            raise FormatError(source.file, "{key} holds no text", line=number, key=" ".join(key.split()))
        size = len(ids) if isinstance(ids, list) else int(bool(text.strip()))
        sides.append((text,) if size else ())
        sizes.append(size)
    value = record.get("probability", 1.0)
    probability = None if isinstance(value, bool) else probability_of(str(value))
    if probability is None:
        found = repr(value)[:20]
        raise FormatError(source.file, "{found} is no probability from 0 to 1", line=number, found=found)
    status = status_of(str(record.get("status", ""))) or "unreviewed"
    reason = str(record.get("reason") or "")
    id = record.get("id")
    named = id if isinstance(id, str) else ""
    return Unit(number, sides[0], sides[1], probability, status, reason, (sizes[0], sizes[1]), id=named)
