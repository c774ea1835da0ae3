"""Tables of figures, in Markdown."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from bialign.evaluate import Evaluation

NUMBER = re.compile(r"[-+±]?[\d.,]+( ?(%|×|s|MB))?")
EMPTY = {"", "–", "seen"}


class Table(NamedTuple):
    """Hold a table with the words that stand before it."""

    words: str
    rows: Iterable[Mapping[str, object]]


def render(rows: Iterable[Mapping[str, object]]) -> str:
    """Render rows as a Markdown table; the columns come in the order in which the rows first name them."""
    rows = list(rows)
    if not rows:
        return "(nothing measured)"
    columns = list(dict.fromkeys(column for row in rows for column in row))
    cells = [columns, *([show(row.get(column, "")) for column in columns] for row in rows)]
    widths = [max(3, *(len(line[position]) for line in cells)) for position in range(len(columns))]
    numeric = [
        all(line[n] in EMPTY or NUMBER.fullmatch(line[n]) for line in cells[1:])
        and any(line[n] not in EMPTY for line in cells[1:])
        for n in range(len(columns))
    ]
    lines = [
        "| "
        + " | ".join(
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(line, widths, numeric, strict=True)
        )
        + " |"
        for line in cells
    ]
    dashes = "|".join("-" * (width + 1) + (":" if right else "-") for width, right in zip(widths, numeric, strict=True))
    return "\n".join([lines[0], f"|{dashes}|", *lines[1:]])


def show(value: object) -> str:
    """Write a figure: measures between 0 and 1 to four decimals, larger ones to three digits, counts in full."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:.4f}" if abs(value) < 2 else f"{value:.2f}" if abs(value) < 10 else f"{value:,.0f}"


def pooled(found: Iterable[Evaluation]) -> Evaluation:
    """Add up the evaluations of several documents."""
    return sum(found, Evaluation.none())
