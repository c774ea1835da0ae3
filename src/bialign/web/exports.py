"""Files that were exported, kept aside until the browser has taken them."""

from __future__ import annotations

import itertools
import shutil
from dataclasses import dataclass
from pathlib import Path

from bialign.errors import NotFound
from bialign.formats.report import Report

_KEPT = 5
"""Exports whose files are kept."""


@dataclass(frozen=True, slots=True)
class Exported:
    """Hold files that were written, those of one text after those of another, and the reports by the texts' names."""

    folder: Path
    files: tuple[Path, ...]
    reports: tuple[tuple[str, Report], ...]


class Exports:
    """Keep the files of the last exports, each in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = itertools.count(1)
        self._held: dict[int, Exported] = {}

    def place(self) -> tuple[int, Path]:
        """Make a folder for an export; give its number too."""
        id = next(self._numbers)
        folder = self._folder / f"export-{id}"
        folder.mkdir()
        return id, folder

    def keep(self, id: int, exported: Exported) -> None:
        """Keep an export; the oldest one goes."""
        self._held[id] = exported
        for old in sorted(self._held)[:-_KEPT]:
            shutil.rmtree(self._held.pop(old).folder, ignore_errors=True)

    def get(self, id: int) -> Exported:
        """Give an export; NotFound where it is no longer kept."""
        if id not in self._held:
            raise NotFound("these files are no longer kept: export them again")
        return self._held[id]
