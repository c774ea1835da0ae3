"""Write files whole or not at all: everything goes to a new file beside, which takes the old one's name at the end."""

from __future__ import annotations

import contextlib
import secrets
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from bialign.errors import BialignError

Output = tuple[Path, Iterable[str] | bytes]


def write_whole(outputs: Sequence[Output]) -> tuple[Path, ...]:
    """Write texts as UTF-8 with LF line ends, and bytes as they are, all of them or none; give the paths.

    Whatever interrupts the writing, Ctrl-C too, leaves the old files as they were and nothing beside them. A path that
    exists and is no regular file (a pipe, a terminal) is written to directly. Raise BialignError when a file cannot be
    written.
    """
    finished: list[tuple[Path, Path]] = []
    path = Path()
    try:
        for path, chunks in outputs:
            if path.is_dir():
                raise BialignError("this is a folder; name a file", place=str(path))
            if path.exists() and not path.is_file():
                _write(path, chunks, "w")
                continue
            # a link keeps pointing to the file it points to
            goal = path.resolve()
            beside = goal.with_name(f".bialign-{secrets.token_hex(6)}.tmp")
            finished.append((beside, goal))
            _write(beside, chunks, "x")
            if goal.exists():
                shutil.copymode(goal, beside)
        for beside, goal in finished:
            path = goal
            beside.replace(goal)
    except OSError as error:
        raise BialignError("cannot be written: {why}", place=str(path), why=error.strerror or error) from error
    finally:
        for beside, _ in finished:
            with contextlib.suppress(OSError):
                beside.unlink()
    return tuple(path for path, _ in outputs)


def _write(path: Path, chunks: Iterable[str] | bytes, mode: str) -> None:
    if isinstance(chunks, bytes):
        with path.open(mode + "b") as binary:
            binary.write(chunks)
        return
    with path.open(mode, encoding="utf-8", newline="\n") as file:
        file.writelines(chunks)
