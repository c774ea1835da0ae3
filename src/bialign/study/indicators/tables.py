"""Values as tables: one row a value, or one row a text with a column for each indicator; and what each one means."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from bialign.study.indicators.measuring import Studied, Value, lang_of, of_segments
from bialign.study.indicators.model import SIDES, Indicator, Side
from bialign.study.indicators.registry import OF_PAIRS, chosen
from bialign.study.tables import Column, Table
from bialign.study.tables import Value as Cell

_TEXT = Column("text", "category", "the name of the text")
_SIDE = Column("side", "category", "source, target, or pair for both together")
_LANG = Column("lang", "category", "the language of the side")
_LEVEL = Column("level", "category", "what the row is of: a segment, a document, a group of documents")
_UNIT = Column("unit", "category", "the name of the document or group, or the number of the segment")
_ROW = Column("n", "count", "how many words, segments, beads ... the value rests on")


def values(found: Iterable[Value]) -> Table:
    """Give one row for each value; the value is empty where the indicator is not defined."""
    columns = (
        _TEXT, _SIDE, _LANG, _LEVEL, _UNIT,
        Column("indicator", "category", "the name of the indicator"),
        Column("value", "number", "its value"),
        _ROW,
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (one.text, one.side, one.lang, one.level, one.unit, one.indicator, one.found.value, one.found.n)
        for one in found
    ]
    return Table("indicators", "Indicators", columns, rows)


def wide(found: Iterable[Value], indicators: Sequence[Indicator[Any]]) -> Table:
    """Give one row for each side of a text or group, with a column for each indicator."""
    held: dict[tuple[Cell, ...], dict[str, float | None]] = {}
    for one in found:
        key: tuple[Cell, ...] = (one.text, one.side, one.lang, one.level, one.unit)
        held.setdefault(key, {})[one.indicator] = one.found.value
    rows = [key + tuple(cells.get(one.name) for one in indicators) for key, cells in held.items()]
    columns = (_TEXT, _SIDE, _LANG, _LEVEL, _UNIT, *map(column_of, indicators))
    return Table("indicators_wide", "Indicators, a column each", columns, rows)


def segments(studied: Iterable[Studied], indicators: Sequence[Indicator[Any]]) -> Table:
    """Give one row for each segment of a side, and for each bead, with the indicators that exist for one."""
    indicators = [one for one in indicators if one.parts]
    columns = (
        _TEXT, _SIDE, _LANG, _LEVEL, _UNIT,
        Column("bead", "count", "the bead the segment stands in: its id in a corpus, else its number"),
        *map(column_of, indicators),
    )  # fmt: skip
    rows = [row for text in studied for side in SIDES for row in _segment_rows(text, side, indicators)]
    return Table("indicators_by_segment", "Indicators by segment", columns, rows)


def _segment_rows(text: Studied, side: Side, indicators: Sequence[Indicator[Any]]) -> Iterator[tuple[Cell, ...]]:
    found = of_segments(text, indicators)[side]
    if not found:
        return
    arrays = [found[one.name].tolist() if one.name in found else None for one in indicators]
    lang = lang_of(side, text.langs)
    if side == "pair":
        beads = list(range(len(text.pair)))
    else:
        bounds = (text.pair.source_bounds if side == "source" else text.pair.target_bounds).tolist()
        beads = [bead for bead in range(len(text.pair)) for _ in range(bounds[bead], bounds[bead + 1])]
    for number, bead in enumerate(beads):
        cells = (None if array is None or math.isnan(array[number]) else array[number] for array in arrays)
        yield (text.name, side, lang, "segment", str(number + 1), text.bead_id(bead), *cells)


def column_of(indicator: Indicator[Any]) -> Column:
    """Give the column of an indicator."""
    return Column(
        indicator.name, "number", indicator.title, indicator.unit, indicator.formula, indicator.source, indicator.caveat
    )


def definitions(indicators: Sequence[Indicator[Any]] = ()) -> Table:
    """Give what each indicator is: its formula, unit, source and caveat."""
    columns = (
        Column("indicator", "category", "the name of the indicator"),
        Column("title", "text", "what it is called"),
        Column("formula", "text", "how it is worked out"),
        Column("unit", "category", "the unit of its values"),
        Column("n", "category", "what n counts"),
        Column("sides", "category", "each side by itself, or both together"),
        Column("languages", "category", "the languages it is for"),
        Column("levels", "category", "what it is worked out of"),
        Column("source", "text", "who proposed it, and where"),
        Column("caveat", "text", "what to beware of"),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            one.name, one.title, one.formula, one.unit, one.basis, "pair" if one.name in OF_PAIRS else "side",
            ", ".join(one.langs), ", ".join(one.levels), one.source, one.caveat,
        )
        for one in indicators or chosen()
    ]  # fmt: skip
    return Table("definitions", "What the indicators mean", columns, rows)
