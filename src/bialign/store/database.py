"""The connection to a corpus file: opening, creating, migrating, transactions, and its errors as one clear line."""

from __future__ import annotations

import contextlib
import datetime
import os
import sqlite3
import uuid
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bialign.errors import CorpusError, SchemaMismatch

APPLICATION_ID = 0x6269616C  # "bial"
SCHEMA_VERSION = 1
WAIT_SECONDS = 10.0
"""How long a writer waits for another process's change to end."""

_MIGRATIONS: dict[int, tuple[str, ...]] = {}
"""By the schema version they start from: the statements that lead to the next one."""

Row = tuple[Any, ...]

REASONS = {
    sqlite3.SQLITE_NOTADB: "this is no corpus: it is no SQLite database",
    sqlite3.SQLITE_CORRUPT: "the file is damaged ({error}): bialign check tells what can be saved",
    sqlite3.SQLITE_READONLY: "the corpus cannot be written: the file or its folder is read-only",
    sqlite3.SQLITE_FULL: "the disk is full; nothing was changed",
    sqlite3.SQLITE_IOERR: "the disk does not answer ({error}); nothing was changed",
    sqlite3.SQLITE_CANTOPEN: "the corpus cannot be opened: no permission, or its folder is read-only",
    sqlite3.SQLITE_BUSY: "another program is writing to the corpus: try again in a moment",
    sqlite3.SQLITE_LOCKED: "another program is writing to the corpus: try again in a moment",
    sqlite3.SQLITE_TOOBIG: "a text is too long for the corpus",
    sqlite3.SQLITE_PERM: "no permission to write the corpus",
}
"""What SQLite complains of, by its error code, in one line; {error} is what it says itself."""
_OTHER = "the corpus cannot be used: {error}"


class Database:
    """Hold one connection to a corpus file; not to be shared between threads.

    With `create` the file must not exist yet. With `read_only` nothing is written, not even beside the file where that
    can be avoided. Raises CorpusError, in one line, for whatever is wrong with the file.
    """

    def __init__(self, path: Path, *, create: bool = False, read_only: bool = False) -> None:
        self.path = path
        self.read_only = read_only
        if create:
            _create(path)
        elif not path.is_file():
            raise CorpusError("there is no corpus here: bialign init {name} makes one", place=str(path), name=path.name)
        elif not path.stat().st_size:
            # SQLite would take it for a database without tables
            raise CorpusError("the file is empty", place=str(path))
        with self.errors():
            self.connection = _connect(path, read_only)
            try:
                self._check_schema()
                if not read_only:
                    # a backup is not in this mode; where others have it open just now, it stays as it is
                    with contextlib.suppress(sqlite3.OperationalError):
                        self.connection.execute("PRAGMA journal_mode = WAL")
            except BaseException:
                self.connection.close()
                raise

    def close(self) -> None:
        """Close the connection; what was committed stays."""
        self.connection.close()

    def rows(self, sql: str, *values: object) -> list[Row]:
        """Give all rows of a query."""
        with self.errors():
            return self.connection.execute(sql, values).fetchall()

    def row(self, sql: str, *values: object) -> Row | None:
        """Give the first row of a query."""
        with self.errors():
            found: Row | None = self.connection.execute(sql, values).fetchone()
            return found

    def each(self, sql: str, *values: object) -> Iterator[Row]:
        """Give the rows of a query one by one."""
        with self.errors():
            yield from self.connection.execute(sql, values)

    def run(self, sql: str, *values: object) -> sqlite3.Cursor:
        """Run a statement."""
        with self.errors():
            return self.connection.execute(sql, values)

    def run_many(self, sql: str, rows: Iterator[Sequence[object]] | Sequence[Sequence[object]]) -> None:
        """Run a statement for each row."""
        with self.errors():
            self.connection.executemany(sql, rows)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Do all of a change or nothing of it; other writers wait meanwhile, readers go on with what was before."""
        self.run("BEGIN IMMEDIATE")
        try:
            # rows that refer to each other may come and go in any order
            self.run("PRAGMA defer_foreign_keys = ON")
            yield
            self.run("COMMIT")
        except BaseException:
            # a full disk has rolled back already
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            raise

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read several things as they stood at one moment."""
        if self.connection.in_transaction:
            yield
            return
        self.run("BEGIN")
        try:
            yield
        finally:
            self.connection.execute("ROLLBACK")

    @contextlib.contextmanager
    def errors(self) -> Iterator[None]:
        """Turn SQLite's errors into CorpusError."""
        try:
            yield
        except sqlite3.Error as error:
            raise _failure(error, self.path) from error

    def backup(self, path: Path) -> None:
        """Copy the corpus, as it stands at this moment, into a file that appears whole; others may go on writing."""
        beside = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}")
        try:
            with self.errors(), contextlib.closing(sqlite3.connect(beside)) as copy:
                self.connection.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")
            replace(beside, path)
        finally:
            beside.unlink(missing_ok=True)

    def _check_schema(self) -> None:
        application, version = self._pragma("application_id"), self._pragma("user_version")
        if application != APPLICATION_ID:
            raise CorpusError("this is a database, but no corpus of bialign", place=str(self.path))
        if version > SCHEMA_VERSION:
            raise SchemaMismatch(version, SCHEMA_VERSION, 'pip install --upgrade "bialign"')
        if version < SCHEMA_VERSION:
            if self.read_only:
                raise SchemaMismatch(version, SCHEMA_VERSION, f"bialign check {self.path.name}")
            self._migrate()

    def _migrate(self) -> None:
        with self.transaction():
            # asked here once more: another process may have done it while this one waited
            for step in range(self._pragma("user_version"), SCHEMA_VERSION):
                for statement in _MIGRATIONS[step]:
                    self.run(statement)
            self.run(f"PRAGMA user_version = {SCHEMA_VERSION}")

    def _pragma(self, name: str) -> int:
        return int(self.connection.execute(f"PRAGMA {name}").fetchone()[0])


def _connect(path: Path, read_only: bool) -> sqlite3.Connection:
    # a path may hold ? and #, which mean something in a URI, and begin with a drive, or with // on a network
    name = quote(os.fsencode(path.absolute().as_posix()))
    uri = f"file://{'' if name.startswith('/') else '/'}{name}?mode={'ro' if read_only else 'rw'}"
    connection = sqlite3.connect(uri, uri=True, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.OperationalError:
        connection.close()
        if not read_only:
            raise
        # in a folder where nothing can be written SQLite reads only what nobody else can change
        connection = sqlite3.connect(uri + "&immutable=1", uri=True, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA cache_size = -65536")
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection


def _create(path: Path) -> None:
    """Make an empty corpus that appears whole, or not at all."""
    if path.exists():
        raise CorpusError("it exists already; nothing was changed", place=str(path))
    beside = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}")
    schema = resources.files("bialign.store").joinpath("schema.sql").read_text(encoding="utf-8")
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    try:
        with contextlib.closing(sqlite3.connect(beside, isolation_level=None)) as connection:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
            connection.executescript(f"BEGIN; {schema} COMMIT;")
            values = [("uuid", uuid.uuid4().hex), ("created", now), ("title", _title(path))]
            connection.executemany("INSERT INTO meta VALUES (?, ?)", values)
            connection.execute("PRAGMA journal_mode = WAL")
        _put(beside, path)
    except sqlite3.Error as error:
        raise _failure(error, path) from error
    finally:
        for name in (beside, beside.with_name(beside.name + "-wal"), beside.with_name(beside.name + "-shm")):
            name.unlink(missing_ok=True)


def _title(path: Path) -> str:
    # the name of a file need not be text
    return path.stem.encode("utf-8", "replace").decode("utf-8")


def replace(beside: Path, path: Path) -> None:
    """Give a finished, closed corpus its name, in the place of what had it.

    What SQLite has left beside a file of that name goes: it would be taken for the last changes of the new one.
    """
    _clear_beside(path)
    beside.replace(path)


def _clear_beside(path: Path) -> None:
    for ending in ("-wal", "-shm", "-journal"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _put(beside: Path, path: Path) -> None:
    """Give a finished file its name, unless another process has made one of that name meanwhile."""
    if not path.exists():
        _clear_beside(path)
    try:
        path.hardlink_to(beside)
    except FileExistsError:
        raise CorpusError("it exists already; nothing was changed", place=str(path)) from None
    except OSError:  # a file system without links
        beside.replace(path)


def _failure(error: sqlite3.Error, path: Path) -> CorpusError:
    """Make one line of an error of SQLite."""
    code = (getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF
    return CorpusError(REASONS.get(code, _OTHER), place=str(path), error=str(error))
