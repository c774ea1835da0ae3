"""Beads as they are stored: by the places of their first segments, so that no bead changes when one before it does."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Literal, NamedTuple

from bialign.bitext import STATUSES, Status
from bialign.errors import NotFound
from bialign.store.changes import COLUMNS
from bialign.store.database import Database
from bialign.store.passages import Reader, Stored

Side = Literal["source", "target"]
END = math.inf
"""The place of an empty side behind the last segment of its text."""
SIDES: tuple[Side, Side] = ("source", "target")

_COLUMNS = ", ".join(COLUMNS["bead"])


class StoredBead(NamedTuple):
    """Hold one row of the bead table; see schema.sql."""

    id: int
    bitext: int
    source: float
    target: float
    sources: int
    targets: int
    probability: float
    status_number: int
    reason: str | None
    comment: str | None

    @property
    def status(self) -> Status:
        """Name the status."""
        return STATUSES[self.status_number]

    @property
    def type(self) -> str:
        """Give the alignment type, as "1-2"."""
        return f"{self.sources}-{self.targets}"

    def place(self, side: Side) -> float:
        """Give the place of the first segment of a side."""
        return self.source if side == "source" else self.target

    def count(self, side: Side) -> int:
        """Tell how many segments a side has."""
        return self.sources if side == "source" else self.targets


class Beads:
    """Look up the beads of a corpus and their texts."""

    def __init__(self, database: Database, reader: Reader) -> None:
        self._database = database
        self.reader = reader

    def get(self, id: int) -> StoredBead:
        """Give a bead by its id; NotFound where there is none."""
        found = self.find(id)
        if found is None:
            raise NotFound("there is no bead {id} in this corpus", place=str(self._database.path), id=id)
        return found

    def find(self, id: int) -> StoredBead | None:
        """Give a bead by its id, or None."""
        row = self._database.row(f"SELECT {_COLUMNS} FROM bead WHERE id = ?", id)
        return None if row is None else StoredBead._make(row)

    def of(self, bitext: int) -> Iterator[StoredBead]:
        """Give all beads of a bitext in order."""
        sql = f"SELECT {_COLUMNS} FROM bead WHERE bitext = ? ORDER BY source, target"
        yield from map(StoredBead._make, self._database.each(sql, bitext))

    def after(self, bead: StoredBead, count: int = 1) -> list[StoredBead]:
        """Give the next beads of the same bitext, in order."""
        sql = f"""SELECT {_COLUMNS} FROM bead WHERE bitext = ? AND (source, target) > (?, ?)
                  ORDER BY source, target LIMIT ?"""
        return [StoredBead._make(r) for r in self._database.rows(sql, bead.bitext, bead.source, bead.target, count)]

    def before(self, bead: StoredBead, count: int = 1) -> list[StoredBead]:
        """Give the beads before one of the same bitext, in order."""
        sql = f"""SELECT {_COLUMNS} FROM bead WHERE bitext = ? AND (source, target) < (?, ?)
                  ORDER BY source DESC, target DESC LIMIT ?"""
        rows = self._database.rows(sql, bead.bitext, bead.source, bead.target, count)
        return [StoredBead._make(row) for row in reversed(rows)]

    def between(self, first: StoredBead, last: StoredBead) -> list[StoredBead]:
        """Give the beads from one to another of the same bitext, both included."""
        sql = f"""SELECT {_COLUMNS} FROM bead WHERE bitext = ? AND (source, target) >= (?, ?)
                  AND (source, target) <= (?, ?) ORDER BY source, target"""
        values = (first.bitext, first.source, first.target, last.source, last.target)
        return [StoredBead._make(row) for row in self._database.rows(sql, *values)]

    def at(self, bitext: int, side: Side, place: float) -> StoredBead | None:
        """Give the bead that holds the segment at a place; None where no segment of a bead begins so early."""
        if side == "source":
            sql = f"""SELECT {_COLUMNS} FROM bead WHERE bitext = ? AND source <= ? AND sources > 0
                      ORDER BY source DESC, target DESC LIMIT 1"""
            row = self._database.row(sql, bitext, place)
            return None if row is None else StoredBead._make(row)
        return self._at_target(bitext, place)

    def _at_target(self, bitext: int, place: float) -> StoredBead | None:
        """Search by halves: the places of the targets only ever grow with the sources', so they need no index."""
        sql = "SELECT min(source), max(source) FROM bead WHERE bitext = ? AND source < ?"
        bounds = self._database.row(sql, bitext, END)
        low, high = bounds if bounds and bounds[0] is not None else (END, END)
        while high - low > 0.5:
            middle = (low + high) / 2
            sql = "SELECT target FROM bead WHERE bitext = ? AND source >= ? ORDER BY source, target LIMIT 1"
            row = self._database.row(sql, bitext, middle)
            if row is None or row[0] > place:
                high = middle
            else:
                low = middle
        found = None
        sql = f"SELECT {_COLUMNS} FROM bead WHERE bitext = ? AND source >= ? ORDER BY source, target"
        for row in self._database.each(sql, bitext, low):
            bead = StoredBead._make(row)
            if bead.target > place:
                break
            if bead.targets:
                found = bead
        return found

    def segments(self, bead: StoredBead, side: Side) -> tuple[Stored, ...]:
        """Give the segments of one side of a bead."""
        count = bead.count(side)
        return self.reader.run(self.document(bead.bitext, side), bead.place(side), count) if count else ()

    def texts(self, bead: StoredBead) -> tuple[str, str]:
        """Give both sides' segments, joined by spaces."""
        return tuple(" ".join(s.text for s in self.segments(bead, side)) for side in SIDES)  # type: ignore[return-value]

    def document(self, bitext: int, side: Side) -> int:
        """Give the id of a side's document."""
        row = self._database.row("SELECT source, target FROM bitext WHERE id = ?", bitext)
        if row is None:
            raise NotFound("there is no bitext {id} in this corpus", place=str(self._database.path), id=bitext)
        return int(row[SIDES.index(side)])

    def bitexts_of(self, document: int) -> list[tuple[int, Side]]:
        """Give the bitexts that a document is a side of."""
        rows = self._database.rows("SELECT id, source = ? FROM bitext WHERE source = ? OR target = ?", *[document] * 3)
        return [(id, "source" if source else "target") for id, source in rows]
