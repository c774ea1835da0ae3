"""Files of rows: text parted by tabs, commas or semicolons, and the first sheet of a workbook."""

from __future__ import annotations

import csv
import io
import re
import threading
import warnings
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from bialign.charset import decode, describe_binary
from bialign.errors import FormatError, ReadError

_LIMIT = threading.Lock()
_EXCEL = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_MASKED = re.compile(r"'(?=[=+\-@'])")


class Row(NamedTuple):
    """Hold the cells of a row and its line in the file (in a workbook its row), from 1."""

    line: int
    cells: list[str]


def read_rows(path: Path, format: str) -> list[Row]:
    """Give the rows of a file that hold anything.

    Raises ReadError for what cannot be read, FormatError for what are no rows. OmegaT's files hold no quotation marks
    of their own, and lines that begin with # are comments.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(path, "cannot be read: {why}", why=error.strerror or error) from None
    if format == "xlsx":
        return _sheet(path, data)
    if kind := describe_binary(data):
        raise FormatError(path, "this is {kind}, not a glossary in text", line=1, kind=kind)
    text = decode(data, path, keep_line_ends=True)[0].removeprefix("\ufeff")
    if format == "omegat":
        return _tabbed(text, path, comments=True)
    if stated := _EXCEL.match(text):
        rows = _quoted(text[stated.end() :], stated[1], path)
        return [Row(row.line + 1, row.cells) for row in rows]
    header = text.lstrip("\r\n").partition("\n")[0]
    if format == "tsv" or ("\t" in header and "," not in header):
        ours = {"lang", "term"} <= set(re.split("[\t\r]", header))
        return _quoted(text, "\t", path) if ours else _tabbed(text, path, comments=False)
    return _quoted(text, _delimiter(text), path)


def _tabbed(text: str, path: Path, *, comments: bool) -> list[Row]:
    lines = re.split("\r\n|\n|\r", text)
    magic = bool(lines) and lines[0].startswith("#") and "coding" in lines[0]
    kept = [
        Row(number, line.split("\t"))
        for number, line in enumerate(lines, 1)
        if line.strip() and not (line.startswith("#") and (comments or (magic and number == 1)))
    ]
    if kept and not any(len(row.cells) > 1 for row in kept):
        reason = "no tabs here: a glossary in text has a term, a tab and its translation on each line"
        raise FormatError(path, reason, line=kept[0].line)
    return kept


def _delimiter(text: str) -> str:
    """Choose the sign that parts the most rows into the same number of cells."""
    sample = re.split("\r\n|\n|\r", text)[:200]

    def score(sign: str) -> tuple[float, int]:
        counts = Counter(len(cells) for cells in csv.reader(sample, delimiter=sign) if cells)
        usual = max(counts, key=lambda count: (counts[count], count), default=1)
        return (counts[usual] / counts.total(), usual) if usual > 1 else (0.0, 1)

    with _LIMIT:
        limit = csv.field_size_limit(len(text) + 1)
        try:
            return max((",", ";", "\t"), key=score)
        finally:
            csv.field_size_limit(limit)


def _quoted(text: str, delimiter: str, path: Path) -> list[Row]:
    rows: list[Row] = []
    # the limit of the csv module is one for the whole process
    with _LIMIT:
        limit = csv.field_size_limit(len(text) + 1)
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        line = 1
        try:
            for cells in reader:
                if any(map(str.strip, cells)):
                    rows.append(
                        Row(line, [_MASKED.sub("", cell, count=1) if cell[:1] == "'" else cell for cell in cells])
                    )
                line = reader.line_num + 1
        except csv.Error:
            reason = "a quotation mark that CSV has no place for: double it, or save the table as xlsx"
            raise FormatError(path, reason, line=line) from None
        finally:
            csv.field_size_limit(limit)
    if rows and not any(len(row.cells) > 1 for row in rows):
        raise FormatError(path, "no two columns here: a glossary has one for each language", line=rows[0].line)
    return rows


def _sheet(path: Path, data: bytes) -> list[Row]:
    from bialign.readers.bilingual.spreadsheet import _check, _opened, _rows
    from bialign.readers.source import Source

    source = Source(path, data)
    _check(source)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        workbook = _opened(source)
        for name in workbook.sheetnames:
            if hasattr(workbook[name], "iter_rows") and (rows := list(_rows(workbook, name, source))):
                return [Row(row.place, row.cells) for row in rows]
    return []
