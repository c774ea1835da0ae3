"""Whether a corpus file is whole: the database, the tiling of beads over texts, the index of words; and mending it."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from bialign.errors import CorpusError
from bialign.store import index, marking
from bialign.store.beads import SIDES, Beads
from bialign.store.database import Database


@dataclass(frozen=True, slots=True)
class Finding:
    """Tell of something wrong: `template` with ``{field}`` places, `fields` what fills them; `mended` if it was."""

    template: str
    fields: dict[str, object]
    mended: bool = False

    def __str__(self) -> str:
        return self.template.format(**self.fields)


def check(database: Database, beads: Beads, *, mend: bool = False) -> list[Finding]:
    """Look for damage, worst first; with `mend` the indexes are made anew where they are wrong.

    Texts and beads are never changed: what is wrong with them is told, and is cured from a backup or by undoing.
    """
    found = [Finding("the database is damaged: {what}", {"what": what}) for what in _integrity(database)]
    if found:
        return found
    for id, name in database.rows("SELECT id, name FROM bitext ORDER BY id"):
        try:
            found += [Finding(template, {"name": name, **fields}) for template, fields in _tiling(database, beads, id)]
            marked = marking.faults(database, beads.reader, id)
            found += [Finding(template, {"name": name, **fields}) for template, fields in marked]
        except CorpusError as error:
            found.append(Finding("{name}: {what}", {"name": name, "what": str(error)}))
    if not found and not index_is_true(database, beads):
        if mend:
            with database.transaction():
                index.rebuild(database, beads)
                database.run("REINDEX")
        found.append(Finding("the index of words does not fit the texts", {}, mended=mend))
    return found


def _integrity(database: Database) -> Iterator[str]:
    try:
        for (line,) in database.rows("PRAGMA integrity_check"):
            if line != "ok":
                yield line
        for table, row, parent, _ in database.rows("PRAGMA foreign_key_check"):
            yield f"{table} {row} → {parent}"
    except CorpusError as error:
        yield str(error)


def _tiling(database: Database, beads: Beads, bitext: int) -> Iterator[tuple[str, dict[str, object]]]:
    """Walk the beads and both texts side by side."""
    streams = [beads.reader.all(beads.document(bitext, side)) for side in SIDES]
    for bead in beads.of(bitext):
        for side, stream in zip(SIDES, streams, strict=True):
            held = list(itertools.islice(stream, bead.count(side)))
            if len(held) < bead.count(side):
                yield "{name}: bead {id} holds more segments than the text has", {"id": bead.id}
                return
            if held and held[0].place != bead.place(side):
                yield "{name}: bead {id} does not begin where the one before it ends", {"id": bead.id}
                return
    for side, stream in zip(SIDES, streams, strict=True):
        left = sum(1 for _ in stream)
        if left:
            yield "{name}: {count} segments of the {side} are in no bead", {"count": left, "side": side}


def index_is_true(database: Database, beads: Beads) -> bool:
    """Tell whether the index holds just the words of the beads: their numbers of words and of places are compared."""
    try:
        database.run("INSERT INTO words (words, rank) VALUES ('integrity-check', 0)")
    except CorpusError as error:
        code = getattr(error.__cause__, "sqlite_errorcode", 0) & 0xFF
        if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            raise
        # where nothing can be written, this one check cannot be made; the one below can
        if code != sqlite3.SQLITE_READONLY:
            return False
    database.run("DROP TABLE IF EXISTS temp.fresh")
    try:
        database.run(
            "CREATE VIRTUAL TABLE temp.fresh USING fts5 "
            "(text, content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 0')"
        )
        insert = "INSERT INTO temp.fresh (rowid, text) VALUES (?, ?)"
        for (bitext,) in database.rows("SELECT id FROM bitext"):
            database.run_many(insert, index.texts_of(beads, bitext))
        return _fingerprint(database, "main", "words") == _fingerprint(database, "temp", "fresh")
    finally:
        database.run("DROP TABLE IF EXISTS temp.fresh_words")
        database.run("DROP TABLE IF EXISTS temp.fresh")


def _fingerprint(database: Database, schema: str, table: str) -> list[tuple[object, ...]]:
    """Give each word of an index with the numbers of beads and of places that hold it."""
    database.run(f"CREATE VIRTUAL TABLE temp.{table}_words USING fts5vocab ('{schema}', '{table}', 'row')")
    try:
        return database.rows(f"SELECT term, doc, cnt FROM temp.{table}_words ORDER BY term")
    finally:
        database.run(f"DROP TABLE temp.{table}_words")
