"""Indicators as a summary for a terminal, groups compared, and what each indicator is; 80 columns wide."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from bialign.cli.console import printable
from bialign.cli.messages import Messages
from bialign.study.saying import Saying

if TYPE_CHECKING:
    from bialign.study.comparing import Comparison
    from bialign.study.indicators import Indicator, Studied, Value

_WIDTH = 80
_TITLE, _CELL, _UNIT = 36, 12, 18
_SHOWN = 20
_DOCUMENTS = 10
"""Comparisons and texts that are shown; tables hold all."""


def summary(
    say: Messages,
    studied: Sequence[Studied],
    indicators: Sequence[Indicator[Any]],
    compared: Sequence[Comparison],
    level: str,
) -> str:
    """Write the indicators of all texts together, or of each group or text, then what differs between groups."""
    from bialign.study.indicators import of_documents, of_groups

    said = Saying(say.lang)
    if level == "document":
        found = list(of_documents(studied[:_DOCUMENTS], indicators))
    else:
        found = list(of_groups(studied, indicators, None if level == "group" else ()))
    blocks: dict[str, list[Value]] = {}
    for value in found:
        blocks.setdefault(value.unit, []).append(value)
    lines: list[str] = []
    for unit, values in blocks.items():
        lines += [*_block(said, unit, values, indicators, len(studied)), ""]
    if level == "document" and len(studied) > _DOCUMENTS:
        lines += [said("{count} more texts: -o writes all", count=len(studied) - _DOCUMENTS), ""]
    if compared:
        lines += [*_compared(said, compared), ""]
    return "\n".join(lines[:-1]) + "\n"


def _block(
    said: Saying, unit: str, values: Sequence[Value], indicators: Sequence[Indicator[Any]], texts: int
) -> Iterator[str]:
    """Write one table: a line for each indicator, with its sides in columns."""
    from bialign.study.indicators import SIDES, THEMES

    cells = {(value.indicator, value.side): value.found for value in values}
    langs = {value.side: value.lang for value in values}
    head = printable(unit)
    if unit.startswith("all"):
        head = said("All texts ({count})", count=texts) + unit.removeprefix("all")
    source_title, target_title = (f"{said(side)} {langs.get(side, '')}".strip() for side in ("source", "target"))
    # a title wider than its column (traducción es) pushes the other one to the left, never into it
    last = max(_CELL, len(target_title) + 2)
    titles = f"{source_title:>{2 * _CELL - last}}{target_title:>{last}}"
    room = _TITLE + 2 * _CELL - len(titles)
    yield f"{_fit(head, room):{room}}{titles}"
    theme = ""
    for one in indicators:
        source, target, pair = (cells.get((one.name, side)) for side in SIDES)
        # what is of both sides stands in the second column
        row = [None, pair] if pair else [source, target]
        if all(found is None or found.value is None for found in row):
            continue
        if one.theme != theme:
            theme = one.theme
            yield said(THEMES[theme])
        shown = "".join(f"{_number(said, found.value if found else None):>{_CELL}}" for found in row)
        yield f"  {_fit(said(one.title), _TITLE - 3):{_TITLE - 2}}{shown}  {_fit(said(one.unit), _UNIT)}".rstrip()


def _fit(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def _number(said: Saying, value: float | None) -> str:
    if value is None:
        return ""
    size = abs(value)
    return said.number(value, 4 if size < 0.1 else 3 if size < 1 else 2 if size < 1000 else 1)


def _compared(said: Saying, compared: Sequence[Comparison]) -> Iterator[str]:
    """Write what differs most surely, and what was permuted."""
    first = compared[0]
    yield said("Compared by {grouping}", grouping=first.grouping)
    if first.unit == "document":
        note = said("Texts are permuted and resampled: {count} comparisons, corrected by Holm.", count=len(compared))
    else:
        note = said(
            "Too few texts in a group: blocks of segments are permuted and resampled. They tell that these texts "
            "differ, and nothing of other texts. {count} comparisons, corrected by Holm.",
            count=len(compared),
        )
    yield from textwrap.wrap(note, _WIDTH)
    sure = sorted(
        (one for one in compared if one.p_corrected < 0.05), key=lambda one: (one.found.p, -abs(one.found.cliffs_delta))
    )
    if not sure:
        yield said("No difference is surer than chance (p < 0.05, corrected).")
        return
    for one in sure[:_SHOWN]:
        yield from _comparison(said, one)
    if len(sure) > _SHOWN:
        yield said("{count} more: --comparisons writes all", count=len(sure) - _SHOWN)


def _comparison(said: Saying, one: Comparison) -> Iterator[str]:
    from bialign.study.indicators import ALL

    side = said(one.side) + (f" {one.lang}" if one.side != "pair" else "")
    means = " – ".join(_number(said, mean) for mean in one.found.means)
    yield f"  {said(ALL[one.indicator].title)} ({side}): {' – '.join(map(printable, one.groups))} {means}"
    interval = ""
    if one.found.low is not None and one.found.high is not None:
        interval = f" [{_number(said, one.found.low)}; {_number(said, one.found.high)}]"
    yield (
        f"    {_number(said, one.found.difference)}{interval}, Cliff δ {said.number(one.found.cliffs_delta, 2)}, "
        f"p {said.number(one.p_corrected, 4)}"
    )


def definitions_text(say: Messages, indicators: Sequence[Indicator[Any]]) -> str:
    """Write what each indicator is."""
    said = Saying(say.lang)
    lines: list[str] = []
    for one in indicators:
        lines.append(f"{one.name}: {said(one.title)}")
        rows = (("formula", said(one.formula)), ("unit", said(one.unit)), ("n", said(one.basis)),
                ("proposed by", one.source), ("caveat", said(one.caveat)))  # fmt: skip
        for name, text in rows:
            if text:
                lines += textwrap.wrap(
                    f"{said(name)}: {text}", _WIDTH, initial_indent="    ", subsequent_indent="      "
                )
    return "\n".join(lines) + "\n"
