"""Cells of workbooks that hold just what they were given: no text becomes a formula, a control or a line end."""

from __future__ import annotations

import re
from typing import Any

from bialign.formats.characters import encodable

LONGEST_CELL = 32_767
"""Letters, the most that a cell holds."""
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LIKE_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def made_cell(sheet: Any, value: object, *, bold: bool = False, alignment: Any = None) -> Any:
    """Make a cell of openpyxl's write-only `sheet`: of a text a text, whatever it begins with, of a number a number.

    A text that looks like an escape of a character ("_x000D_") is escaped itself (ECMA-376, part 1, 22.9.2.19).
    """
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    if isinstance(value, str):
        cell = WriteOnlyCell(sheet, _LIKE_ESCAPE.sub("_x005F_", _FORBIDDEN.sub("", encodable(value)))[:LONGEST_CELL])
        cell.data_type = "s"
    else:
        cell = WriteOnlyCell(sheet, value)
    if alignment is not None:
        cell.alignment = alignment
    if bold:
        cell.font = Font(bold=True)
    return cell
