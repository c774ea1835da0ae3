"""Rows of names and values as a table, as JSON lines, as a workbook: what searches and extractions are written as."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from bialign.formats.cells import made_cell
from bialign.formats.characters import encodable, one_line

Row = Mapping[str, Any]
Shown = Callable[[object], str]
"""Gives the text of a value that is to stand in a cell."""


def tsv_lines(rows: Sequence[Row], shown: Shown) -> Iterator[str]:
    """Give the lines of a table with a header; tabs and line ends become spaces."""
    yield "\t".join(rows[0] if rows else ()) + "\n"
    for row in rows:
        yield "\t".join(one_line(shown(value)) for value in row.values()) + "\n"


def json_lines(rows: Iterable[Row]) -> Iterator[str]:
    """Give one object a line."""
    for row in rows:
        line = encodable(json.dumps(row, ensure_ascii=False, allow_nan=False))
        # legal inside a string, but some readers take them for line ends
        for character in "\x85\u2028\u2029":
            line = line.replace(character, f"\\u{ord(character):04x}")
        yield line + "\n"


def workbook(rows: Sequence[Row], shown: Shown, *, bold: str = "") -> bytes:
    """Make a workbook in which no text is taken for a formula; header and the column `bold` stand out."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("bialign")
    sheet.freeze_panes = "A2"

    def cell(value: object, *, bold: bool = False) -> Any:
        return made_cell(sheet, value if isinstance(value, int | float) else one_line(shown(value)), bold=bold)

    if rows:
        sheet.append([cell(name, bold=True) for name in rows[0]])
    for row in rows:
        sheet.append([cell(value, bold=name == bold) for name, value in row.items()])
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()
