"""Text tables: columns parted by tabs, semicolons or commas, in any encoding, as Excel and others write them."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from bialign.errors import FormatError
from bialign.formats.csv import armed
from bialign.readers.bilingual.columns import OURS, Row, table_content
from bialign.readers.bilingual.units import Content
from bialign.readers.source import Source

_DELIMITERS = "\t;,"
_SAMPLE = 300
_BOM = b"\xef\xbb\xbf"
_EXCEL = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


def content(source: Source, source_lang: str, target_lang: str) -> Content:
    """Read a table in text; fields may be quoted and run over several lines, as CSV has it.

    A table parted by tabs is taken as quoted only where its quotation marks cannot be the texts' own. Rows are counted
    as a spreadsheet shows them. Raises FormatError where there are no two columns, or a row has more than the others.
    """
    text, _ = source.decoded(keep_line_ends=True)
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise FormatError(source.file, "the file is empty")
    stated = _EXCEL.match(text)
    if stated:
        text = text[stated.end() :]
    readings = [(stated[1], *_parsed(text, stated[1], source))] if stated else _readings(text, source)
    delimiter, _, rows = max(readings, key=lambda reading: reading[1])
    if delimiter != "\t":
        _refuse_half_quoted(rows, text, delimiter, source)
        _refuse_longer(rows, delimiter, source)
    if delimiter != "\t" and source.data.startswith(_BOM) and rows and set(OURS) <= set(rows[0].cells):
        # as our profiles for spreadsheets have it, which alone begin with a BOM
        rows = [Row(row.place, [armed(cell) for cell in row.cells]) for row in rows]
    offset = 1 if stated else 0
    return table_content(source.file, [Row(row.place + offset, row.cells) for row in rows], source_lang, target_lang)


def _readings(text: str, source: Source) -> list[tuple[str, float, list[Row]]]:
    found = [(delimiter, *_parsed(text, delimiter, source)) for delimiter in _DELIMITERS if delimiter in text]
    found = [reading for reading in found if reading[1] > 0]
    if not found:
        reason = "no two columns of text here: a bilingual table has one column for each language"
        raise FormatError(source.file, reason, line=1)
    return found


def _parsed(text: str, delimiter: str, source: Source) -> tuple[float, list[Row]]:
    """Give how well a delimiter parts a table, 0 to 1, and its rows."""
    rows = _quoted(text, delimiter) if _may_be_quoted(text, delimiter) else None
    if rows is None:
        lines = re.split("\r\n|\n|\r", text)
        rows = [Row(number, line.split(delimiter)) for number, line in enumerate(lines, 1) if line.strip()]
    counts = Counter(len(row.cells) for row in rows[:_SAMPLE])
    usual = max(counts, key=lambda count: (counts[count], count))
    if usual < 2:
        return 0.0, rows
    # some programs leave empty cells at the end of a row out, so shorter rows speak against it less than longer ones
    shorter = sum(share for count, share in counts.items() if count < usual)
    score = (counts[usual] + 0.5 * shorter) / counts.total()
    return score + (0.5 if delimiter == "\t" else 0.0), rows


def _refuse_half_quoted(rows: list[Row], text: str, delimiter: str, source: Source) -> None:
    """Refuse a table that quotes its cells, yet has a quotation mark of which CSV makes nothing."""
    if _may_be_quoted(text, delimiter) and _quoted(text, delimiter) is None:
        wrapped = (row for row in rows for cell in row.cells if len(cell) > 1 and cell[0] == cell[-1] == '"')
        if f'"{delimiter}"' in text or any(wrapped):
            line = next((row.place for row in rows if _odd(row.cells)), rows[0].place)
            reason = "a quotation mark that CSV has no place for: save the table as xlsx, or parted by tabs"
            raise FormatError(source.file, reason, line=line)


def _odd(cells: list[str]) -> bool:
    """Tell whether a cell that begins with a quotation mark has another before its end that is not doubled."""
    return any(re.match(r'"(?:[^"]|"")*"(?!")(?=.)', cell) for cell in cells)


def _refuse_longer(rows: list[Row], delimiter: str, source: Source) -> None:
    """Refuse a row with more cells than the others: a comma of a text's own would cost it what follows."""
    counts = Counter(len(row.cells) for row in rows)
    usual = max(counts, key=lambda count: (counts[count], count))
    for row in rows:
        if any(cell.strip() for cell in row.cells[usual:]):
            reason = "{found} cells where other rows have {usual}: a text that holds {delimiter} must be quoted"
            found = len(row.cells)
            raise FormatError(source.file, reason, line=row.place, found=found, usual=usual, delimiter=repr(delimiter))


def _may_be_quoted(text: str, delimiter: str) -> bool:
    header = text.partition("\n")[0].rstrip("\r").split(delimiter)
    return '"' in text and not (delimiter == "\t" and set(OURS) <= set(header))


def _quoted(text: str, delimiter: str) -> list[Row] | None:
    """Give the rows of a table as CSV has it; None where its quotation marks are none of CSV."""
    # a field may be longer than the csv module allows by itself, and its limit is one for the whole process
    rows, needed = [], delimiter != "\t"
    limit = csv.field_size_limit(len(text) + 1)
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), 1):
            rows.append(Row(number, cells))
            needed = needed or any(mark in cell for cell in cells for mark in (delimiter, "\n", '"'))
    except csv.Error:
        return None
    finally:
        csv.field_size_limit(limit)
    if needed:
        return rows
    if rows and set(OURS) <= set(rows[0].cells):
        # our profile for R and pandas, whose header is quoted
        return rows
    bare = re.search(rf'(?:^|{delimiter})[^"{delimiter}\r\n]', text, re.MULTILINE)
    return None if bare else rows
