"""The history of a corpus: edits that are done whole or not at all, undone and redone, and any state before.

Each edit becomes an event that holds the rows before and after. Undoing writes an event of its own, so that the
history only ever grows, and taking all events back in turn, undos included, leads through every earlier state.
"""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from bialign.errors import CorpusError, NotFound
from bialign.store import changes as rows
from bialign.store.beads import Beads
from bialign.store.changes import COLUMNS, Change, Filled, Values
from bialign.store.database import Database
from bialign.store.index import IndexKeeper

IN_FORCE, UNDONE, SUPERSEDED = 0, 1, 2
_LAST = "SELECT max(id) FROM event WHERE state = 0 AND undoes IS NULL"


@dataclass(frozen=True, slots=True)
class Event:
    """Tell of one change: when (UTC), by whom, what, in which bitext; `details` is for people, `state` tells its fate.

    `undoes` is the event that an "undo" took back or a "redo" brought again; `state` is "in force", "undone", or
    "superseded": undone, and something else done since.
    """

    id: int
    at: str
    who: str
    what: str
    bitext: int | None
    details: Mapping[str, Any]
    undoes: int | None
    state: str


class Edit:
    """Write rows within one edit, so that history and index follow; made by `Journal.edit`."""

    def __init__(self, database: Database, beads: Beads) -> None:
        self.database = database
        self.beads = beads
        self.details: dict[str, Any] = {}
        self.bitext: int | None = None
        self.changes: list[Change | Filled] = []
        self.keeper = IndexKeeper(database, beads)

    def insert(self, table: str, *values: object) -> int:
        """Write a new row, given without its id, and give its id."""
        id = self._next_id(table)
        self.apply(Change(table, id, None, (id, *values)))
        return id

    def update(self, table: str, id: int | str, **values: object) -> None:
        """Change some columns of a row; a row that has these values already is left alone."""
        before = rows.read_row(self.database, table, id)
        if before is None:
            raise NotFound("there is no {table} {id} in this corpus", table=table, id=id)
        columns = COLUMNS[table]
        after = tuple(values.get(column, old) for column, old in zip(columns, before, strict=True))
        if after != before:
            self.apply(Change(table, id, before, after))

    def delete(self, table: str, id: int | str) -> None:
        """Delete a row."""
        before = rows.read_row(self.database, table, id)
        if before is not None:
            self.apply(Change(table, id, before, None))

    def fill(self, table: str, values: Iterable[Sequence[object]]) -> Filled:
        """Write many new rows, given without their ids; beads are taken into the index by the caller."""
        first = id = self._next_id(table)

        def numbered() -> Iterator[Values]:
            nonlocal id
            for row in values:
                yield (id, *row)
                id += 1

        rows.insert(self.database, table, numbered())
        filled = Filled(table, first, id - 1)
        if id > first:
            self._keep(filled)
        return filled

    def _keep(self, filled: Filled) -> None:
        """Add a range to the changes, or make the one it goes on longer."""
        for number, change in enumerate(self.changes):
            if isinstance(change, Filled) and (change.table, change.last + 1) == (filled.table, filled.first):
                self.changes[number] = change._replace(last=filled.last)
                return
        self.changes.append(filled)

    def apply(self, change: Change) -> None:
        """Make one change and keep it."""
        self.keeper.expect(change)
        rows.apply(self.database, change)
        self.changes.append(change)

    def finish(self) -> None:
        """Bring the index up to date."""
        self.keeper.finish()

    def _next_id(self, table: str) -> int:
        row = self.database.row("SELECT seq FROM sqlite_sequence WHERE name = ?", table)
        return 1 if row is None else int(row[0]) + 1


@dataclass(slots=True)
class Journal:
    """Do, undo and redo edits, and tell of them."""

    database: Database
    beads: Beads
    _columns: str = field(default="id, at, who, what, bitext, details, undoes, state", init=False)

    @contextlib.contextmanager
    def edit(self, what: str, who: str, *, seen: int | None = None) -> Iterator[Edit]:
        """Do an edit: what is written through it in the block is done whole, or not at all where the block raises.

        With `seen`, the last event its maker knew of, an edit is refused (CorpusError) where a later one has touched
        the same beads or segments. An edit that changes nothing leaves no event.
        """
        with self.database.transaction():
            edit = Edit(self.database, self.beads)
            yield edit
            edit.finish()
            if not edit.changes:
                return
            if seen is not None:
                self._check_unseen(edit, seen)
            self.database.run("UPDATE event SET state = ? WHERE state = ?", SUPERSEDED, UNDONE)
            self._write(what, who, edit)

    def undo(self, who: str, event: int | None = None) -> Event:
        """Take back the last edit in force, or the one named; give it.

        Raises NotFound where there is nothing to undo, CorpusError where a later edit changed what this one did.
        """
        with self.database.transaction():
            wanted, values = (f"id = ({_LAST})", []) if event is None else ("id = ?", [event])
            found = self._one(f"{wanted} AND state = 0 AND undoes IS NULL", *values)
            if found is None:
                raise NotFound("there is nothing to undo", place=str(self.database.path))
            self._take_back(found, found.id, "undo", who)
            self.database.run("UPDATE event SET state = ? WHERE id = ?", UNDONE, found.id)
            return found

    def redo(self, who: str) -> Event:
        """Do again the edit that was undone last; give it. Raises NotFound where there is nothing to redo."""
        with self.database.transaction():
            # undone one after the other, last first: so the first of them comes again first
            found = self._one("id = (SELECT min(id) FROM event WHERE state = ?)", UNDONE)
            undo = found and self._one("id = (SELECT max(id) FROM event WHERE undoes = ?)", found.id)
            if found is None or undo is None:
                raise NotFound("there is nothing to redo", place=str(self.database.path))
            self._take_back(undo, found.id, "redo", who)
            self.database.run("UPDATE event SET state = ? WHERE id = ?", IN_FORCE, found.id)
            return found

    def take_back_to(self, event: int) -> None:
        """Bring the corpus to the state it had after an event (0: when it was made), without a trace in its history.

        For copies of a corpus only.
        """
        with self.database.transaction():
            for (id,) in self.database.rows("SELECT id FROM event WHERE id > ? ORDER BY id DESC", event):
                edit = Edit(self.database, self.beads)
                self._expect_all(edit, id)
                for change in self._turned(id):
                    assert change is not None
                    edit.apply(change)
                edit.finish()
            self.database.run("UPDATE event SET undoes = NULL WHERE id > ?", event)
            self.database.run("DELETE FROM event WHERE id > ?", event)
            states = _states(self.database.rows("SELECT id, what, undoes FROM event ORDER BY id"))
            self.database.run_many("UPDATE event SET state = ? WHERE id = ?", [(s, id) for id, s in states.items()])

    def events(self, after: int = 0, limit: int = -1, *, newest_first: bool = False) -> list[Event]:
        """Give the events after one, oldest or newest first."""
        order = "DESC" if newest_first else "ASC"
        sql = f"SELECT {self._columns} FROM event WHERE id > ? ORDER BY id {order} LIMIT ?"
        return [_event(row) for row in self.database.rows(sql, after, limit)]

    def last(self) -> int:
        """Give the id of the last event, 0 where there is none: the version of the corpus."""
        row = self.database.row("SELECT max(id) FROM event")
        return int(row[0]) if row and row[0] is not None else 0

    def _take_back(self, event: Event, undone: int, what: str, who: str) -> None:
        edit = Edit(self.database, self.beads)
        edit.bitext, edit.details = event.bitext, dict(event.details)
        latest = self._one(f"id = ({_LAST})")
        alone = latest is not None and latest.id not in {event.id, undone}
        self._expect_all(edit, event.id)
        for change in self._turned(event.id, alone):
            if change is None or rows.read_row(self.database, change.table, change.id) != change.before:
                reason = "event {id} cannot be undone by itself: a later edit changed the same; undo that first"
                raise CorpusError(reason, place=str(self.database.path), id=event.id)
            edit.apply(change)
        edit.finish()
        self._write(what, who, edit, undone)

    def _expect_all(self, edit: Edit, event: int) -> None:
        """Make ready for taking back that a bitext came in: all its beads are about to go."""
        row = self.database.row("SELECT changes, bitext FROM event WHERE id = ?", event)
        assert row is not None
        if any(isinstance(change, Filled) and change.table == "bead" for change in rows.decode(row[0])):
            edit.keeper.expect_all(row[1])

    def _turned(self, event: int, alone: bool = False) -> Iterator[Change | None]:
        """Give the changes that take an event back; None for rows that cannot be told if later edits stay in force."""
        row = self.database.row("SELECT changes FROM event WHERE id = ?", event)
        assert row is not None
        for change in reversed(rows.decode(row[0])):
            if isinstance(change, Filled) and alone:
                yield None
            elif isinstance(change, Filled):
                held = list(rows.read_rows(self.database, change))
                yield from (one.turned() for one in reversed(held))
            else:
                yield change.turned()

    def _write(self, what: str, who: str, edit: Edit, undoes: int | None = None) -> None:
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        details = msgspec.json.encode(edit.details).decode()
        values = (now, who, what, edit.bitext, details, rows.encode(edit.changes), undoes)
        self.database.run(
            "INSERT INTO event (at, who, what, bitext, details, changes, undoes) VALUES (?, ?, ?, ?, ?, ?, ?)", *values
        )

    def _one(self, where: str, *values: object) -> Event | None:
        row = self.database.row(f"SELECT {self._columns} FROM event WHERE {where}", *values)
        return None if row is None else _event(row)

    def _check_unseen(self, edit: Edit, seen: int) -> None:
        ours = _touched(edit.changes, edit.details)
        for event in self.events(seen):
            row = self.database.row("SELECT changes FROM event WHERE id = ?", event.id)
            assert row is not None
            if ours & _touched(rows.decode(row[0]), event.details):
                reason = "{who} changed the same meanwhile ({what}): look at it again; nothing was changed"
                raise CorpusError(reason, place=str(self.database.path), who=event.who, what=event.what)


def _touched(changes: Iterable[Change | Filled], details: Mapping[str, Any]) -> set[tuple[object, ...]]:
    """Name what an edit touched; of passages, which hold many segments, only those that the edit names."""
    named = {("segment", *place) for place in details.get("segments", ())}
    single = (
        change for change in changes if isinstance(change, Change) and change.table not in {"passage", "document"}
    )
    return named | {(change.table, change.id) for change in single}


def _states(events: Iterable[Values]) -> dict[int, int]:
    """Tell the fate of each edit from the events, (id, what, undoes) each, in order."""
    states: dict[int, int] = {}
    undone: set[int] = set()
    for id, what, undoes in events:
        if undoes is None:
            states |= dict.fromkeys(undone, SUPERSEDED)
            undone.clear()
            states[id] = IN_FORCE
        elif what == "undo":
            states[undoes] = UNDONE
            undone.add(undoes)
        else:
            states[undoes] = IN_FORCE
            undone.discard(undoes)
    return states


def _event(row: Values) -> Event:
    id, at, who, what, bitext, details, undoes, state = row
    names = {IN_FORCE: "in force", UNDONE: "undone", SUPERSEDED: "superseded"}
    return Event(id, at, who, what, bitext, msgspec.json.decode(details), undoes, names[state])
