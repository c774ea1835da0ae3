"""Annotations as a table, out and in: one row for each stretch marked, rows of one annotation with the same id.

What was written can be read again without loss. A table made by hand needs less: the bead, or the bead and some words
of it, are enough to say what is marked.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bialign.errors import BialignError, FormatError, NotFound, ReadError
from bialign.formats.characters import one_line
from bialign.study.tables import Column, Table

if TYPE_CHECKING:
    from bialign.corpus.annotation_views import AnnotationView

SUFFIXES = (".tsv", ".jsonl", ".xlsx")
"""Endings of the files that can be read."""

COLUMNS = (
    Column("id", "count", "the annotation; its rows have the same"),
    Column("bitext", "category", "the bitext"),
    Column("bead", "count", "the bead that the words stand in, by its id"),
    Column("scheme", "category", "the scheme of the label"),
    Column("label", "category", "the label; empty: who decided says that none fits"),
    Column("who", "category", "the annotator"),
    Column("side", "category", "source or target"),
    Column("segment", "number", "the place of the segment in its document"),
    Column("start", "count", "the first letter marked, of the segment, from 0", unit="letters"),
    Column("stop", "count", "the letter after the last one marked", unit="letters"),
    Column("text", "text", "the words marked"),
    Column("note", "text", "what the annotator noted"),
    Column("decides", "text", "the annotations that this one settles, by their ids"),
    Column("was", "text", "the words that were marked, where they have been corrected since"),
)
_NAMES = tuple(column.name for column in COLUMNS)
_NEEDED = ("bitext", "label", "who")
_OF_ALL = ("bitext", "scheme", "label", "who", "note", "decides", "was")
"""What is the same in all rows of an annotation."""


def table(views: Iterable[AnnotationView]) -> Table:
    """Give annotations as a table."""
    return Table("annotations", "Annotations", COLUMNS, [row for view in views for row in _rows(view)])


def _rows(view: AnnotationView) -> Iterator[tuple[Any, ...]]:
    one = view.annotation
    decides = " ".join(map(str, one.decides))
    for mark, text, bead in zip(one.marks, view.texts, view.stands, strict=True):
        place = int(mark.place) if mark.place == int(mark.place) else mark.place
        yield (
            one.id, view.bitext, bead, one.scheme, one.label, one.who, mark.side, place, mark.start, mark.stop, text,
            one.note, decides, one.was,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """Hold a row that was read: its line (in a workbook its row), and its cells by the names of the columns."""

    path: Path
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "").strip()

    def error(self, element: str, template: str, **fields: object) -> FormatError:
        """Make an error that names file, line and column."""
        return FormatError(self.path, template, line=self.line, element=element, **fields)

    def number(self, name: str) -> int | None:
        """Give a whole number from 0 on, None for an empty cell."""
        text = self[name].removesuffix(".0")
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and len(text) < 18):
            raise self.error(name, "a whole number is wanted, not {text}", text=self[name])
        return int(text)

    def place(self) -> float | None:
        """Give the place of the segment, None for an empty cell."""
        try:
            return float(self["segment"].replace(",", ".")) if self["segment"] else None
        except ValueError:
            raise self.error("segment", "a number is wanted, not {text}", text=self["segment"]) from None


def read(path: Path) -> list[list[Row]]:
    """Read a table: the rows of each annotation, annotations in the order of their ids where all have one.

    Raises ReadError for what cannot be read, FormatError with the line for what is no such table.
    """
    rows = list(_read(path))
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        # without an id a row stands alone
        key = (row["bitext"], row["id"]) if row["id"] else ("", f"line {row.line}")
        groups.setdefault(key, []).append(row)
    for group in groups.values():
        for row in group:
            for name in _OF_ALL:
                if row[name] != group[0][name]:
                    template = "rows of annotation {id} differ here: {one} and {other}"
                    raise row.error(name, template, id=row["id"], one=group[0][name] or "-", other=row[name] or "-")
    found = list(groups.values())
    if all(group[0]["id"] for group in found):
        found.sort(key=lambda group: group[0].number("id") or 0)
    return found


def _read(path: Path) -> Iterator[Row]:
    match path.suffix.lower():
        case ".jsonl":
            named = _objects(path)
        case ".tsv" | ".txt" | ".xlsx":
            named = _tables(path)
        case _:
            raise FormatError(path, "annotations are read from .tsv, .jsonl and .xlsx")
    for line, cells in named:
        row = Row(path, line, cells)
        for name in _NEEDED:
            if not row[name] and not (name == "label" and row["decides"]):
                raise row.error(name, "this must not be empty")
        yield row


def _tables(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    lines: Sequence[tuple[int, Sequence[str]]]
    if path.suffix.lower() == ".xlsx":
        from bialign.glossaries.rows import read_rows

        lines = [(row.line, row.cells) for row in read_rows(path, "xlsx")]
    else:
        lines = [(number, line.split("\t")) for number, line in enumerate(_text(path).split("\n"), 1) if line.strip()]
    header = [cell.strip() for cell in lines[0][1]] if lines else []
    if not lines or not set(_NEEDED) <= set(header):
        raise FormatError(path, "a header is wanted with {names}", line=1, names=", ".join(_NEEDED))
    for number, cells in lines[1:]:
        if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
            template = "{found} cells where the header has {wanted}"
            raise FormatError(path, template, line=number, found=len(cells), wanted=len(header))
        yield number, dict(zip(header, cells, strict=False))


def _objects(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    for number, line in enumerate(_text(path).split("\n"), 1):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
        except (ValueError, RecursionError):
            raise FormatError(path, "this line is no JSON", line=number) from None
        if not isinstance(found, dict):
            raise FormatError(path, "an object is wanted on each line", line=number)
        yield number, {str(name): "" if value is None else one_line(str(value)) for name, value in found.items()}


def _text(path: Path) -> str:
    from bialign.charset import decode

    try:
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(path, "cannot be read: {why}", why=error.strerror or error) from None
    return decode(data, path)[0].removeprefix("\ufeff")


def said(error: BialignError | ValueError, row: Row, element: str) -> FormatError:
    """Make an error of the corpus one of the row it comes from."""
    if isinstance(error, NotFound | BialignError):
        return row.error(element, error.template, **error.fields)
    return row.error(element, "this makes no sense here")
