"""Hits and renderings as files: TSV, JSON lines, Excel workbooks, and pages for a browser.

Every row of a table, and every file, holds what is needed to cite a hit and to search again: the bead, the corpus as it
stood, and the search itself.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bialign.concordance.hits import Page
from bialign.concordance.outputs import html
from bialign.concordance.outputs.records import Record, records
from bialign.concordance.renderings import Renderings
from bialign.errors import FormatError
from bialign.formats.cells import made_cell
from bialign.formats.characters import encodable, one_line
from bialign.formats.files import write_whole

SUFFIXES = (".tsv", ".jsonl", ".xlsx", ".html")

__all__ = ["SUFFIXES", "check_path", "jsonl", "tsv", "write"]


def check_path(path: Path) -> None:
    """Raise FormatError unless the suffix of a path names a format."""
    if path.suffix.lower() not in SUFFIXES:
        raise FormatError(path, "cannot tell the format from this name: .tsv, .jsonl, .xlsx and .html are written")


def write(found: Page | Renderings, path: Path, *, examples: Page | None = None, ui_lang: str = "en") -> None:
    """Write hits or renderings into a file, which appears whole; its suffix names the format.

    `examples` are hits to show with renderings; `ui_lang` is the language of a page. Raises FormatError for an unknown
    suffix, BialignError where nothing can be written.
    """
    check_path(path)
    suffix = path.suffix.lower()
    if suffix == ".html":
        write_whole([(path, html.chunks(found, examples, ui_lang))])
        return
    rows = list(records(found, examples))
    if suffix == ".xlsx":
        write_whole([(path, _workbook(rows))])
    else:
        write_whole([(path, tsv(rows) if suffix == ".tsv" else jsonl(rows))])


def tsv(rows: Sequence[Record]) -> Iterator[str]:
    """Give the lines of a table with a header; lists and objects are JSON, tabs and line ends become spaces."""
    yield "\t".join(rows[0] if rows else ()) + "\n"
    for row in rows:
        yield "\t".join(one_line(_text(value)) for value in row.values()) + "\n"


def jsonl(rows: Iterable[Record]) -> Iterator[str]:
    """Give one object a line."""
    for row in rows:
        line = encodable(json.dumps(row, ensure_ascii=False, allow_nan=False))
        # legal inside a string, but some readers take them for line ends
        for character in "\x85\u2028\u2029":
            line = line.replace(character, f"\\u{ord(character):04x}")
        yield line + "\n"


def _text(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.4f}"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | Mapping) else str(value)


def _workbook(rows: Sequence[Record]) -> bytes:
    """Make a workbook in which no text is taken for a formula."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("bialign")
    sheet.freeze_panes = "A2"

    def cell(value: object, *, bold: bool = False) -> Any:
        shown = value if isinstance(value, int | float) else one_line(_text(value))
        return made_cell(sheet, shown, bold=bold)

    if rows:
        sheet.append([cell(name, bold=True) for name in rows[0]])
    for row in rows:
        sheet.append([cell(value, bold=name == "node") for name, value in row.items()])
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()
