"""A log of a run, one JSON object a line, as clusters collect them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from bialign.errors import BialignError


class Log:
    """Write what happens, each event on a line with its time in UTC; nothing where there is no path.

    The lines are put at the end of a file that is there, as several runs in turn may write into one.
    """

    def __init__(self, path: Path | None) -> None:
        self._file: IO[str] | None = None
        if path is not None:
            try:
                self._file = path.open("a", encoding="utf-8", newline="\n")
            except OSError as error:
                reason = "cannot be written: {why}"
                raise BialignError(reason, place=str(path), why=error.strerror or error) from None

    def __call__(self, event: str, **fields: object) -> None:
        """Write an event; what is told is at the disk at once."""
        if self._file is not None:
            time = datetime.now(UTC).isoformat(timespec="milliseconds")
            self._file.write(json.dumps({"time": time, "event": event, **fields}, ensure_ascii=False) + "\n")
            self._file.flush()

    def close(self) -> None:
        """Write no more."""
        if self._file is not None:
            self._file.close()
