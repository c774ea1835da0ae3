"""What changes in a corpus, row by row: each change knows the row before and after, so that it can be turned round.

A change of one row is (table, id, before, after), where None stands for "no such row". Rows that came in by the
thousand are one change (table, first id, last id): they are looked up when the change is turned round, and only then
written into the history.
"""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import msgspec

from bialign.store.database import Database

COLUMNS: dict[str, tuple[str, ...]] = {
    "document": ("id", "name", "lang", "title", "origin", "encoding", "licence", "head", "fixes", "corrected"),
    "passage": ("id", "document", "first", "data"),
    "paragraph": ("id", "document", "first", "kind"),
    "anchor": ("id", "document", "kind", "place", "shift", "label", "run"),
    "bitext": ("id", "name", "source", "target", "signature", "recipe"),
    "bead": (
        "id", "bitext", "source", "target", "sources", "targets", "probability", "status", "reason", "comment",
    ),
    "extra": ("id", "bitext", "first", "last", "data"),
    "move": ("id", "bitext", "source", "target", "sources", "targets", "probability"),
    "concept": ("id", "data"),
    "verdict": ("id", "verdict", "note"),
    "annotation": ("id", "bitext", "scheme", "label", "who", "spans", "note"),
}  # fmt: skip
"""The tables that the history covers, those that others refer to first; "id" is the key of each.

A later schema may add columns to a table, after those that are there and with a default: rows that the history holds of
before come back without them.
"""

Values = tuple[Any, ...]


class Change(NamedTuple):
    """Tell that a row of a table became another; `before` or `after` is None where it did not exist."""

    table: str
    id: int | str
    before: Values | None
    after: Values | None

    def turned(self) -> Change:
        """Give the change that takes this one back."""
        return Change(self.table, self.id, self.after, self.before)


class Filled(NamedTuple):
    """Tell that the rows `first` to `last` of a table came in."""

    table: str
    first: int
    last: int


Changes = tuple[Change | Filled, ...]


def encode(changes: Sequence[Change | Filled]) -> bytes:
    """Write changes into the bytes of an event."""
    return zlib.compress(msgspec.msgpack.encode([tuple(change) for change in changes]))


def decode(data: bytes) -> Changes:
    """Read the changes of an event."""
    rows = msgspec.msgpack.decode(zlib.decompress(data))
    return tuple(
        Filled(*row) if len(row) == 3 else Change(row[0], row[1], *(None if v is None else tuple(v) for v in row[2:]))
        for row in rows
    )


def read_row(database: Database, table: str, id: int | str) -> Values | None:
    """Give a row as it stands, or None."""
    return database.row(f"SELECT {', '.join(COLUMNS[table])} FROM {table} WHERE id = ?", id)


def read_rows(database: Database, filled: Filled) -> Iterator[Change]:
    """Give the rows of a range that stand, each as the change that brings it in."""
    sql = f"SELECT {', '.join(COLUMNS[filled.table])} FROM {filled.table} WHERE id BETWEEN ? AND ? ORDER BY id"
    for row in database.each(sql, filled.first, filled.last):
        yield Change(filled.table, row[0], None, row)


def apply(database: Database, change: Change) -> None:
    """Write the row as it is after the change."""
    if change.after is None:
        database.run(f"DELETE FROM {change.table} WHERE id = ?", change.id)
    elif change.before is None:
        insert(database, change.table, [change.after])
    else:
        columns = COLUMNS[change.table][1 : len(change.after)]
        places = ", ".join(f"{column} = ?" for column in columns)
        database.run(f"UPDATE {change.table} SET {places} WHERE id = ?", *change.after[1:], change.id)


def insert(database: Database, table: str, rows: Iterable[Values]) -> None:
    """Write new rows, all of as many values."""
    rows = iter(rows)
    first = next(rows, None)
    if first is not None:
        names, places = ", ".join(COLUMNS[table][: len(first)]), ", ".join("?" * len(first))
        database.run_many(f"INSERT INTO {table} ({names}) VALUES ({places})", itertools.chain((first,), rows))
