"""Beads as comma-separated values, in the forms that spreadsheets, R and pandas open without being asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bialign.bitext import Bitext
from bialign.formats import tsv
from bialign.formats.files import Output
from bialign.formats.options import Options
from bialign.formats.report import Tally

_FORMULA = re.compile("'*[=+\\-@]")
_NUMBERS = [tsv.COLUMNS.index(name) for name in ("probability", "move_probability")]


def outputs(bitext: Bitext, path: Path, options: Options, tally: Tally) -> list[Output]:
    """Give the one file in a profile.

    excel-en  commas, UTF-8 with the BOM without which Excel takes it for cp1252, CRLF; formulas defused
    excel-es  semicolons and a decimal comma, as Excel wants them where Spanish is set
    r, pandas  commas, UTF-8 without BOM, LF, texts as they are
    """
    rows = tsv.rows(bitext, bitext.beads, tally)
    if not options.profile.startswith("excel"):
        return [(path, quoted(rows, ","))]
    spanish = options.profile == "excel-es"
    return [(path, _for_excel(rows, ";" if spanish else ",", "," if spanish else ".", tally))]


def quoted(rows: Iterable[Sequence[str]], delimiter: str, end: str = "\n") -> Iterator[str]:
    """Give the lines of a table, cells that need it in quotation marks, those inside doubled (RFC 4180)."""
    needs = re.compile(f'["\r\n{delimiter}]|^[ ]|[ ]$')
    for number, row in enumerate(rows):
        # a quoted header tells a table parted by tabs from a plain one, whose quotation marks are the texts' own
        whole = delimiter == "\t" and number == 0
        cells = ('"' + cell.replace('"', '""') + '"' if whole or needs.search(cell) else cell for cell in row)
        yield delimiter.join(cells) + end


def _for_excel(rows: Iterable[Sequence[str]], delimiter: str, point: str, tally: Tally) -> Iterator[str]:
    def cells() -> Iterator[list[str]]:
        for number, row in enumerate(rows):
            safe = [defused(cell) for cell in row]
            tally.changes["cells that a spreadsheet would take for formulas begin with an apostrophe"] += sum(
                map(str.__ne__, safe, row)
            )
            for column in _NUMBERS if number else ():
                safe[column] = row[column].replace(".", point)
            yield safe

    yield "\ufeff"
    yield from quoted(cells(), delimiter, "\r\n")


def defused(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would compute; `armed` takes it away again.

    >>> defused("- No lo vi."), defused("'-x"), defused("Yes")
    ("'- No lo vi.", "''-x", 'Yes')
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell


def armed(cell: str) -> str:
    """Undo `defused`.

    >>> armed(defused("- No lo vi.")), armed("'tis")
    ('- No lo vi.', "'tis")
    """
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
