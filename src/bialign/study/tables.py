"""Results as tidy tables: one row for each observation, columns that say what they hold, in which unit, with caveats.

A tidy table (Wickham 2014, "Tidy Data") opens in R, pandas and spreadsheets without surgery. Names of columns are the
same in every language, so that scripts go on working; what they mean is said in English or Spanish.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from bialign.errors import FormatError
from bialign.formats.characters import one_line
from bialign.formats.files import Output, write_whole
from bialign.formats.records import json_lines, workbook

Value = str | int | float | bool | None
Kind = Literal["text", "category", "count", "number", "truth"]
"""What a column holds: free text, one of a few names, a whole number, a number, yes or no."""

SUFFIXES = (".tsv", ".jsonl", ".xlsx", ".parquet")


@dataclass(frozen=True, slots=True)
class Column:
    """Hold what a column is: a name in snake case, a kind, and in English its meaning, unit, formula and source.

    `formula`, `source` and `caveat` are for measures: how it is worked out, who proposed it, what to beware of.
    """

    name: str
    kind: Kind
    meaning: str
    unit: str = ""
    formula: str = ""
    source: str = ""
    caveat: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Hold a table: a name for files, a title in English, its columns, rows of as many values, and notes.

    None is a value that is not known or does not apply: an empty cell. Raises ValueError for a row of another length.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Value, ...]]
    notes: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"{self.name}: a row of {len(row)} values where there are {len(self.columns)} columns")

    @property
    def names(self) -> tuple[str, ...]:
        """Give the names of the columns."""
        return tuple(column.name for column in self.columns)

    def records(self) -> Iterator[dict[str, Value]]:
        """Give each row as a mapping from column names."""
        names = self.names
        return (dict(zip(names, row, strict=True)) for row in self.rows)

    def column(self, name: str) -> list[Value]:
        """Give the values of a column; KeyError where there is none of that name."""
        try:
            index = self.names.index(name)
        except ValueError:
            raise KeyError(name) from None
        return [row[index] for row in self.rows]


def shown(value: object) -> str:
    """Give the text of a value in a cell: numbers in full, so that no digit is lost, and nothing for None.

    >>> shown(0.1), shown(None), shown(True)
    ('0.1', '', 'true')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value) if isinstance(value, float) else str(value)


def tsv(table: Table) -> Iterator[str]:
    """Give the lines of a table with a header, one after the other; tabs and line ends become spaces."""
    yield "\t".join(table.names) + "\n"
    for row in table.rows:
        yield "\t".join(one_line(shown(value)) for value in row) + "\n"


def check_path(path: Path) -> None:
    """Raise FormatError unless the suffix of a path names a format, MissingExtra where its package is missing."""
    if path.suffix.lower() not in SUFFIXES:
        raise FormatError(path, "cannot tell the format from this name: .tsv, .jsonl, .xlsx and .parquet are written")
    if path.suffix.lower() == ".parquet":
        from bialign.formats.parquet import arrow

        arrow()


def output(table: Table, path: Path) -> Output:
    """Give what `write_whole` wants to write a table; the suffix of the path names the format."""
    check_path(path)
    match path.suffix.lower():
        case ".tsv":
            return path, tsv(table)
        case ".jsonl":
            return path, json_lines(table.records())
        case ".xlsx":
            return path, workbook(list(table.records()) or [dict.fromkeys(table.names)], shown)
        case _:
            return path, _parquet(table)


def write(tables: Iterable[tuple[Table, Path]], *, inputs: Collection[Path] = ()) -> tuple[Path, ...]:
    """Write tables, all or none, each in the format that its path's suffix names; give the paths."""
    return write_whole([output(table, path) for table, path in tables], inputs=inputs)


def _parquet(table: Table) -> Iterator[bytes]:
    from bialign.formats.parquet import arrow, written

    pa = arrow()
    types = {
        "text": pa.string(),
        "category": pa.dictionary(pa.int32(), pa.string()),
        "count": pa.int64(),
        "number": pa.float64(),
        "truth": pa.bool_(),
    }
    meanings = {column.name: {"meaning": column.meaning, "unit": column.unit} for column in table.columns}
    fields = [pa.field(column.name, types[column.kind]) for column in table.columns]
    metadata = {"title": table.title, "columns": json.dumps(meanings)}
    rows: Iterator[dict[str, object]] = ({**record} for record in table.records())
    return written(pa.schema(fields, metadata=metadata), rows)
