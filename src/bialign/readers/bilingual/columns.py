"""Rows of cells to units: which two columns hold the texts, by their names in the first row or by what they hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from bialign.bitext import Extra
from bialign.errors import FormatError
from bialign.formats import tsv
from bialign.languages import guess_language
from bialign.readers.bilingual.pair import choose, code_of, column_of, said
from bialign.readers.bilingual.units import Content, Unit, probability_of, status_of
from bialign.termbase import primary

OURS = ("bead", "source", "target", "source_ids", "target_ids")
"""Columns that tell a table as written by bialign."""

_BESIDE = frozenset({"source_place", "target_place", "source_ids", "target_ids"})
"""Columns of ours that are about the texts."""
_ALL = tsv.COLUMNS
_FACTS = ("probability", "status")
"""Columns that say something of a bead in a table of another program too."""
_NOTES = frozenset({"comment", "comments", "note", "notes", "comentario", "comentarios", "nota", "notas"})
_SAMPLE = 2_000


class Row(NamedTuple):
    """Hold the cells of a row; `place` is its number in the file, from 1."""

    place: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Columns:
    """Hold where the texts stand and what else the first row names; `langs` are "" where they are not known."""

    source: int
    target: int
    langs: tuple[str, str]
    names: Mapping[str, int]
    has_header: bool
    others: tuple[tuple[int, str], ...] = ()
    """Columns that are neither texts nor known, with their names."""

    @property
    def is_ours(self) -> bool:
        """Tell whether bialign has written the table."""
        return self.names.keys() >= set(OURS)


def table_content(file: Path, rows: Sequence[Row], source_lang: str, target_lang: str) -> Content:
    """Make units of the rows of a table; blank rows are passed over.

    Raises FormatError where it has no two columns of text, or where they cannot be told among several.
    """
    rows = [row for row in rows if any(cell.strip() for cell in row.cells)]
    if not rows:
        raise FormatError(file, "the table is empty")
    columns = find_columns(file, rows, source_lang, target_lang)
    units = [unit_of(file, row, columns) for row in rows[columns.has_header :]]
    if not any(unit.source or unit.target for unit in units):
        raise FormatError(file, "the table has no rows below its header")
    return Content(units, columns.langs, places="row", id=bitext_of(rows, columns), ours=columns.is_ours)


def bitext_of(rows: Sequence[Row], columns: Columns) -> str:
    """Give the id of the bitext that a table of ours was written from, by the name of its first bead."""
    return _cell(rows[1], columns.names["bead"]).rsplit(":", 2)[0] if columns.is_ours and len(rows) > 1 else ""


def find_columns(file: Path, rows: Sequence[Row], source_lang: str, target_lang: str) -> Columns:
    """Find the two columns of text by the first rows of a table; raises FormatError where they cannot be told."""
    header = rows[0].cells
    asked = code_of(source_lang), code_of(target_lang)
    named: dict[str, int] = {}
    for number, name in enumerate(header):
        kind = column_of(name)
        if kind and name not in _BESIDE:
            named.setdefault(kind, number)
    if len(named) < 2:
        source, target = _by_content(file, rows, asked)
        return Columns(source, target, asked, {}, has_header=False)
    first, second, langs = _by_name(file, named, (source_lang, target_lang))
    names = {name.strip().lower(): number for number, name in enumerate(header)}
    ours = names.keys() >= set(OURS)
    known = {names[name] for name in (_ALL if ours else _FACTS) if name in names} | {first, second}
    others = tuple((n, name.strip()) for n, name in enumerate(header) if name.strip() and n not in known)
    return Columns(first, second, langs, names, has_header=True, others=others)


def _by_name(file: Path, named: Mapping[str, int], asked: tuple[str, str]) -> tuple[int, int, tuple[str, str]]:
    """Give the two columns of text and their languages, where two at least have names that tell."""
    if {"source", "target"} <= named.keys():
        return named["source"], named["target"], (code_of(asked[0]), code_of(asked[1]))
    langs = [code for code in named if code not in {"source", "target"}]
    if len(langs) < 2:
        # one column says its language, the other what it is
        langs = list(named)
        one, other = sorted(named, key=lambda kind: kind == "target" or (kind != "source" and "target" not in named))
        return named[one], named[other], said((one, other), asked)
    pair = choose(langs, langs[0], *asked, file)
    first, second = (next(code for code in langs if code == want or primary(code) == want) for want in pair)
    return named[first], named[second], said((first, second), asked)


def _by_content(file: Path, rows: Sequence[Row], asked: tuple[str, str]) -> tuple[int, int]:
    """Find the two columns of text in a table without names for them."""
    width = max(len(row.cells) for row in rows)
    sample = rows[:_SAMPLE]
    texts = ["\n".join(_cell(row, number) for row in sample) for number in range(width)]
    worded = [number for number, text in enumerate(texts) if sum(map(str.isalpha, text)) >= 0.4 * len(text.strip()) > 0]
    if len(worded) < 2:
        reason = "no two columns of text here: a bilingual table has one column for each language"
        raise FormatError(file, reason, line=rows[0].place)
    langs = {number: guess_language(texts[number]) for number in worded}
    wanted = [primary(lang) for lang in asked]
    english, spanish = ([number for number in worded if langs[number] == lang] for lang in ("en", "es"))
    if len(english) == 1 and len(spanish) == 1 and {"en", "es"} >= {lang for lang in wanted if lang}:
        pair = sorted((english[0], spanish[0]))
        turned = wanted[0] not in {"", langs[pair[0]]} or wanted[1] not in {"", langs[pair[1]]}
        return (pair[1], pair[0]) if turned else (pair[0], pair[1])
    if len(worded) == 2:
        if langs[worded[0]] and langs[worded[0]] == langs[worded[1]] and not all(asked):
            # lines of prose that hold a comma each look like a table
            reason = (
                "both columns seem to be in one language ({lang}): is this a table? If so, name their languages with "
                "--source-lang and --target-lang"
            )
            raise FormatError(file, reason, line=rows[0].place, lang=langs[worded[0]])
        return worded[0], worded[1]
    reason = (
        "{count} columns hold text, and which two are the translation is not clear: name them in the first row "
        "(English, Spanish, or source, target)"
    )
    raise FormatError(file, reason, line=rows[0].place, count=len(worded))


def _cell(row: Row, number: int) -> str:
    return row.cells[number] if number < len(row.cells) else ""


def unit_of(file: Path, row: Row, columns: Columns) -> Unit:
    """Make a unit of a row; raises FormatError for a probability that is none."""
    source, target = _cell(row, columns.source), _cell(row, columns.target)
    more = {name: _cell(row, number) for name, number in columns.names.items()}
    sizes = None
    if columns.is_ours:
        sizes = len(more["source_ids"].split()), len(more["target_ids"].split())
    else:
        source, target = source.strip(), target.strip()
    probability, move = (_probability(file, row, more.get(name, "")) for name in ("probability", "move_probability"))
    return Unit(
        row.place,
        (source,) if source or (sizes and sizes[0]) else (),
        (target,) if target or (sizes and sizes[1]) else (),
        probability,
        status_of(more.get("status", "")) or "unreviewed",
        more.get("reason", "") if columns.is_ours else "",
        sizes,
        id=more["bead"] if columns.is_ours else "",
        extras=_extras(row, columns, more.get("comment", "") if columns.is_ours else ""),
        moved_to=more.get("moved_to", "") if columns.is_ours else "",
        move_probability=move if columns.is_ours else 1.0,
    )


def _probability(file: Path, row: Row, value: str) -> float:
    probability = probability_of(value or "1")
    if probability is None:
        raise FormatError(file, "{found} is no probability from 0 to 1", line=row.place, found=repr(value[:20]))
    return probability


def _extras(row: Row, columns: Columns, comment: str) -> tuple[Extra, ...]:
    """Give the comment, and the columns of other programs as notes or properties."""
    found = [Extra("note", "", comment)] if comment else []
    for number, name in columns.others:
        value = _cell(row, number).strip()
        if value:
            found.append(Extra("note", "", value) if name.lower() in _NOTES else Extra("prop", name, value))
    return tuple(found)
