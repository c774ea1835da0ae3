"""A sample as a table with tabs: to be judged in a spreadsheet or in the terminal, and read again with its judgements.

The sheet holds all that estimating needs, so that what was drawn stays what it was, whatever becomes of the alignment.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bialign.bitext import Bitext, Segment, Span
from bialign.errors import FormatError
from bialign.formats.files import write_whole
from bialign.study.audit.estimating import Judged
from bialign.study.audit.sampling import draw, strata_of
from bialign.study.audit.units import NONE, Judgement, Unit, parse_truth, right, units_of, wrong

COLUMNS = (
    "number", "text", "type", "probability", "stratum", "stratum_size", "stratum_mean", "sources", "targets",
    "source_before", "source", "source_after", "target_before", "target", "target_after", "right", "truth", "by", "at",
)  # fmt: skip
BETWEEN = " ‖ "
"""Stands between the segments of a side."""
_YES = frozenset({"yes", "y", "1", "true", "sí", "si", "s", "x"})
_NO = frozenset({"no", "n", "0", "false"})


@dataclass(frozen=True, slots=True)
class Item:
    """Hold a unit that was drawn with its texts and those around it, its stratum, and what was said of it."""

    unit: Unit
    stratum: str
    size: int
    mean: float
    before: tuple[str, str]
    texts: tuple[str, str]
    after: tuple[str, str]
    judgement: Judgement | None = None

    @property
    def key(self) -> str:
        """Name the unit by what it holds and where: another after any change of its segments."""
        held = "\t".join((self.unit.text, str(tuple(self.unit.source)), str(tuple(self.unit.target)), *self.texts))
        return hashlib.sha256(held.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def sample(bitexts: Iterable[Bitext], size: int, seed: int = 0) -> list[Item]:
    """Draw a sample of `size` units of all bitexts, in their order; all units where there are no more.

    Raises ValueError for a sample of less than one, and where there is nothing to judge.
    """
    texts = list(bitexts)
    by_name = {bitext.id: bitext for bitext in texts}
    units = [unit for bitext in texts for unit in units_of(bitext.id, bitext.beads)]
    if not units:
        raise ValueError("there are no beads to judge")
    return [
        _item(by_name[units[i].text], units[i], s.name, len(s), s.mean) for i, s in draw(strata_of(units, seed), size)
    ]


def _item(bitext: Bitext, unit: Unit, stratum: str, size: int, mean: float) -> Item:
    sides = ((bitext.source_segments, unit.source), (bitext.target_segments, unit.target))
    before, texts, after = zip(*(_around(segments, span) for segments, span in sides), strict=True)
    return Item(unit, stratum, size, round(mean, 6), before, texts, after)


def _around(segments: Sequence[Segment], span: Span) -> tuple[str, str, str]:
    held = BETWEEN.join(_line(segment.text) for segment in segments[slice(*span)])
    before = _line(segments[span.start - 1].text) if span.start else ""
    return before, held, _line(segments[span.stop].text) if span.stop < len(segments) else ""


def _line(text: str) -> str:
    return " ".join(text.split())


def with_judgements(items: Iterable[Item], said: Mapping[str, Judgement]) -> list[Item]:
    """Put judgements, by the key of what they are about, to the items of a sample."""
    return [replace(item, judgement=said.get(item.key, item.judgement)) for item in items]


def judged(items: Iterable[Item]) -> list[Judged]:
    """Give what estimating wants of the items that were judged."""
    return [
        Judged(item.unit.type, item.stratum, item.stratum.partition("/")[0], item.size, item.mean, item.judgement)
        for item in items
        if item.judgement is not None
    ]


def agreement(first: Sequence[Item], second: Sequence[Item]) -> tuple[int, float, float | None]:
    """Compare two people's judgements of the same sample: how many both judged, the share alike, Cohen's kappa (1960).

    kappa is None where it says nothing, as where both call everything right.
    """
    theirs = {item.key: item.judgement.right for item in second if item.judgement}
    pairs = [(item.judgement.right, theirs[item.key]) for item in first if item.judgement and item.key in theirs]
    if not pairs:
        return 0, 0.0, None
    alike = sum(a == b for a, b in pairs) / len(pairs)
    shares = [sum(pair[side] for pair in pairs) / len(pairs) for side in (0, 1)]
    chance = shares[0] * shares[1] + (1 - shares[0]) * (1 - shares[1])
    return len(pairs), alike, (alike - chance) / (1 - chance) if chance < 1 else None


def lines(items: Iterable[Item]) -> Iterable[str]:
    """Give the lines of the sheet; tabs and line ends of texts are spaces."""
    yield "\t".join(COLUMNS) + "\n"
    for number, item in enumerate(items, 1):
        unit, said = item.unit, item.judgement
        spans = (f"{span.start + 1}-{span.stop}" if span else f"{span.start}+" for span in (unit.source, unit.target))
        texts = [value[side] for side in (0, 1) for value in (item.before, item.texts, item.after)]
        truth = "" if said is None or said.truth is None else " ".join(said.truth) or NONE
        about = ("yes" if said.right else "no", truth, said.by, said.at) if said else ("", "", "", "")
        # a blank at the front keeps spreadsheets from taking "1-2" for the second of January
        cells: tuple[object, ...] = (
            number,
            unit.text,
            f" {unit.type}",
            f"{unit.probability:.4f}",
            item.stratum,
            item.size,
        )
        cells += (f"{item.mean:.6f}", *(f" {span}" for span in spans), *texts)
        yield "\t".join([*(str(cell).replace("\t", " ") for cell in cells), *about]) + "\n"


def write(items: Sequence[Item], path: Path) -> None:
    """Write a sheet, whole or not at all."""
    write_whole([(path, lines(items))])


def read(path: Path) -> list[Item]:
    """Read a sheet; raises ReadError where it cannot be read, FormatError with the line where it is none of ours."""
    from bialign.charset import decode
    from bialign.readers.source import file_bytes

    rows = [line.split("\t") for line in decode(file_bytes(path), path, None)[0].splitlines() if line.strip()]
    header = [_cell(cell) for cell in rows[0]] if rows else []
    if missing := [name for name in COLUMNS[:-2] if name not in header]:
        raise FormatError(path, "no sheet of an audit: there is no column {name}", line=1, name=missing[0])
    items = [
        _read_row(dict(zip(header, map(_cell, row), strict=False)), path, number)
        for number, row in enumerate(rows[1:], 2)
    ]
    for stratum, count in Counter(item.stratum for item in items).items():
        if count > next(item.size for item in items if item.stratum == stratum):
            raise FormatError(path, "more rows of stratum {name} than it has units", name=stratum)
    return items


def _cell(text: str) -> str:
    text = text.strip()
    return text[1:-1].replace('""', '"').strip() if len(text) > 1 and text[0] == text[-1] == '"' else text


def _read_row(row: Mapping[str, str], path: Path, number: int) -> Item:
    try:
        unit = Unit(
            row["text"], _span(row["sources"]), _span(row["targets"]), float(row["probability"].replace(",", "."))
        )
        mean, size = float(row["stratum_mean"].replace(",", ".")), int(row["stratum_size"])
        texts = ((row["source_before"], row["target_before"]), (row["source"], row["target"]))
        item = Item(unit, row["stratum"], size, mean, *texts, (row["source_after"], row["target_after"]))
    except (KeyError, ValueError):
        raise FormatError(
            path, "this row is not as it was drawn: only right, truth and by are to be filled in", line=number
        ) from None
    return replace(item, judgement=_said(unit, row, path, number))


def _span(text: str) -> Span:
    if text.endswith("+"):
        return Span(int(text[:-1]), int(text[:-1]))
    first, _, last = text.partition("-")
    return Span(int(first) - 1, int(last))


def _said(unit: Unit, row: Mapping[str, str], path: Path, number: int) -> Judgement | None:
    answer, truth = row.get("right", "").lower(), row.get("truth", "")
    by, at = row.get("by", ""), row.get("at", "")
    if not answer:
        return None
    if answer not in _YES | _NO:
        raise FormatError(path, "right is yes or no, not {answer}", line=number, answer=answer)
    if answer in _YES:
        return right(unit, by, at)
    try:
        return wrong(unit, parse_truth(truth) if truth else None, by, at)
    except ValueError:
        reason = "{truth} cannot be what is right here: types of the beads that begin here, as 1-2 1-0, or - for none"
        raise FormatError(path, reason, line=number, truth=truth) from None
