"""Excel workbooks (xlsx): the values of a sheet, read row by row."""

from __future__ import annotations

import datetime
import io
import re
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bialign.errors import BialignError, FormatError, ReadError
from bialign.readers.bilingual.columns import Row, table_content
from bialign.readers.bilingual.units import Content
from bialign.readers.package import Package
from bialign.readers.source import Source

_ESCAPE = re.compile("_x005F_(?=(x[0-9A-Fa-f]{4}_))|_x000D_")

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook


def content(source: Source, source_lang: str, target_lang: str, sheet: str = "") -> Content:
    """Read a sheet of a workbook, by default the first that holds two columns of text.

    Raises ReadError where the file is damaged, encrypted or too large, FormatError where no sheet fits.
    """
    problem: BialignError | None = None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        workbook = opened(source)
        names = [name for name in workbook.sheetnames if hasattr(workbook[name], "iter_rows")]
        if sheet and sheet not in names:
            reason = "there is no sheet {name}; its sheets are: {found}"
            raise FormatError(source.file, reason, name=sheet, found=", ".join(names))
        for name in [sheet] if sheet else names:
            try:
                return table_content(source.file, list(sheet_rows(workbook, name, source)), source_lang, target_lang)
            except FormatError as error:
                problem = problem or error
    if problem is not None and (sheet or len(names) == 1):
        raise problem
    raise FormatError(source.file, "no sheet has two columns of text that translate each other")


def _check(source: Source) -> None:
    """Refuse what would fill the memory, or hides in entities."""
    with Package(source) as package:
        for name in package.names:
            if not name.lower().endswith((".xml", ".rels")):
                continue
            if b"<!ENTITY" in package.read(name).replace(b"\x00", b""):
                template = "{part} declares XML entities, which is not allowed in a document"
                raise ReadError(source.file, template, part=" ".join(name.split()))


def opened(source: Source) -> Workbook:
    """Open a workbook; raises ReadError where it is damaged, encrypted, too large, or hides something in entities."""
    from openpyxl import load_workbook

    _check(source)
    try:
        with warnings.catch_warnings():
            # openpyxl warns of what it cannot keep, as drop-down lists: nothing to somebody who reads
            warnings.simplefilter("ignore")
            return load_workbook(io.BytesIO(source.data), read_only=True, data_only=True)
    except Exception:
        # of a damaged file openpyxl raises anything at all
        raise ReadError(source.file, "the file is damaged or cut off: get a whole copy of it") from None


def sheet_rows(workbook: Workbook, name: str, source: Source) -> Iterator[Row]:
    """Give the rows of a sheet that are not empty; raises ReadError where it is damaged."""
    sheet = workbook[name]
    # what a file says of its size may be wrong
    if hasattr(sheet, "reset_dimensions"):
        sheet.reset_dimensions()
    try:
        for number, values in enumerate(sheet.iter_rows(values_only=True), 1):
            cells = [_text(value) for value in values]
            if any(cells):
                yield Row(number, cells)
    except Exception:
        template = "the file is damaged in its part {part}: get a whole copy"
        raise ReadError(source.file, template, part=" ".join(name.split())) from None


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return _ESCAPE.sub(_character, str(value)).replace("\r\n", "\n")


def _character(found: re.Match[str]) -> str:
    """Read an escape (ECMA-376, 22.9.2.19): Excel's carriage return goes, a text like an escape is one again."""
    return "_" if found[1] else ""
