"""Hits and renderings as files: TSV, JSON lines, Excel workbooks, and pages for a browser.

Every row of a table, and every file, holds what is needed to cite a hit and to search again: the bead, the corpus as it
stood, and the search itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from bialign.concordance.hits import Page
from bialign.concordance.outputs import html
from bialign.concordance.outputs.records import Record, records
from bialign.concordance.renderings import Renderings
from bialign.errors import FormatError
from bialign.formats.files import write_whole
from bialign.formats.records import json_lines, tsv_lines, workbook

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
        write_whole([(path, workbook(rows, _text, bold="node"))])
    else:
        write_whole([(path, tsv(rows) if suffix == ".tsv" else jsonl(rows))])


def tsv(rows: Sequence[Record]) -> Iterator[str]:
    """Give the lines of a table with a header; lists and objects are JSON, tabs and line ends become spaces."""
    return tsv_lines(rows, _text)


def jsonl(rows: Iterable[Record]) -> Iterator[str]:
    """Give one object a line."""
    return json_lines(rows)


def _text(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.4f}"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | Mapping) else str(value)
