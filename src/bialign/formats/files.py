"""Write files whole or not at all: everything goes to a new file beside, which takes the old one's name at the end."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO

from bialign.errors import BialignError

Output = tuple[Path, Iterable[str] | Iterable[bytes] | bytes]
"""A file to write, and what goes into it: text piece by piece, or bytes as they are, in pieces or whole."""


def write_whole(
    outputs: Sequence[Output], *, inputs: Collection[Path] = (), folders: Sequence[Path] = (), lasting: bool = False
) -> tuple[Path, ...]:
    """Write texts as UTF-8 with LF line ends, and bytes as they are, all files or none; give the paths.

    `folders`, each after the one it stands in, are made where they are missing. BialignError, before anything is
    written, for a file that is one of the `inputs` or would be written twice.

    Whatever interrupts the writing, Ctrl-C too, leaves the old files as they were and nothing beside them. A path that
    exists and is no regular file (a pipe, a terminal) is written to directly. Raise BialignError when a file cannot be
    written. With `lasting` the bytes are on the disk before a file takes its name, so that a power cut leaves no
    empty file behind that looks whole.
    """
    finished: list[tuple[Path, Path]] = []
    _check_apart([path for path, _ in outputs], inputs)
    made: list[Path] = []
    done = False
    path = Path()
    try:
        path = folders[0] if folders else path
        made = _make(folders)
        for path, chunks in outputs:
            if path.is_dir():
                raise BialignError("this is a folder; name a file", place=str(path))
            if path.exists() and not path.is_file():
                _write(path, chunks, "wb")
                continue
            # a link keeps pointing to the file it points to
            goal = path.resolve()
            beside = goal.with_name(f".bialign-{secrets.token_hex(6)}.tmp")
            finished.append((beside, goal))
            _write(beside, chunks, "xb", lasting=lasting)
            if goal.exists():
                shutil.copymode(goal, beside)
        for beside, goal in finished:
            path = goal
            beside.replace(goal)
        done = True
    except OSError as error:
        raise BialignError("cannot be written: {why}", place=str(path), why=error.strerror or error) from error
    finally:
        for beside, _ in finished:
            with contextlib.suppress(OSError):
                beside.unlink()
        for folder in [] if done else reversed(made):
            with contextlib.suppress(OSError):
                folder.rmdir()
    return tuple(path for path, _ in outputs)


class Pending:
    """Hold files that are written piece by piece, several at once, and appear together at the end or not at all.

    Use it in a ``with`` block, and call `finish` within. BialignError where a file is one of the `inputs`, is named
    twice, or cannot be written.
    """

    def __init__(self, inputs: Collection[Path] = ()) -> None:
        self._taken = {path.resolve() for path in inputs}
        self._files: list[tuple[Path, Path, IO[bytes]]] = []
        self._made: list[Path] = []
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> Pending:
        return self

    def __exit__(self, *reason: object) -> None:
        self._stack.close()
        for beside, _, file in self._files:
            with contextlib.suppress(OSError):
                file.close()
            with contextlib.suppress(OSError):
                beside.unlink()
        for folder in reversed(self._made):
            with contextlib.suppress(OSError):
                folder.rmdir()

    def folder(self, path: Path) -> None:
        """Make a folder where there is none."""
        with _told(path):
            self._made += _make([path])

    def temporary(self, path: Path) -> IO[bytes]:
        """Open a file without a name on the disk of another, for what cannot be written to that one yet."""
        with _told(path):
            return self._stack.enter_context(tempfile.TemporaryFile(dir=path.resolve().parent))

    def at_end(self, close: Callable[[], object]) -> None:
        """Call this before the files are closed, however it ends."""
        self._stack.callback(close)

    def open(self, path: Path) -> IO[bytes]:
        """Open a file to be written; a path that exists and is no regular file (a pipe) is written to directly."""
        goal = path.resolve()
        if goal in self._taken:
            reason = "this file would be overwritten: it is an input or would be written twice"
            raise BialignError(reason, place=str(path))
        self._taken.add(goal)
        if path.is_dir():
            raise BialignError("this is a folder; name a file", place=str(path))
        with _told(path):
            if path.exists() and not path.is_file():
                return path.open("wb")
            beside = goal.with_name(f".bialign-{secrets.token_hex(6)}.tmp")
            file = beside.open("xb")
        self._files.append((beside, goal, file))
        return file

    def finish(self) -> None:
        """Give all files their names."""
        for _, goal, file in self._files:
            with _told(goal):
                file.close()
        for beside, goal, _ in self._files:
            with _told(goal):
                if goal.exists():
                    shutil.copymode(goal, beside)
                beside.replace(goal)
        self._files, self._made = [], []


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BialignError("cannot be written: {why}", place=str(path), why=error.strerror or error) from error


def pieces_of(write: Callable[[IO[bytes]], object]) -> Iterator[bytes]:
    """Give what a function writes to a file in pieces, by way of the disk, so that it is never in memory whole."""
    with tempfile.TemporaryFile() as file:
        write(file)
        file.seek(0)
        while piece := file.read(2**20):
            yield piece


def _check_apart(paths: Sequence[Path], inputs: Collection[Path]) -> None:
    taken = {path.resolve() for path in inputs}
    for path in paths:
        if path.resolve() in taken:
            reason = "this file would be overwritten: it is an input or would be written twice"
            raise BialignError(reason, place=str(path))
        taken.add(path.resolve())


def _make(folders: Sequence[Path]) -> list[Path]:
    """Make the folders that are not there, in order; give them."""
    made = []
    for folder in folders:
        if not folder.exists():
            folder.mkdir()
            made.append(folder)
    return made


def _write(path: Path, chunks: Iterable[str] | Iterable[bytes] | bytes, mode: str, *, lasting: bool = False) -> None:
    with path.open(mode) as file:
        for chunk in [chunks] if isinstance(chunks, bytes) else chunks:
            file.write(chunk.encode("utf-8") if isinstance(chunk, str) else chunk)
        if lasting:
            file.flush()
            os.fsync(file.fileno())
