"""What a writer did: how much it wrote, what it changed and what it left out, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Name something a file does not hold: `count` of `what`, `why`, and the file that holds it instead, if any."""

    what: str
    count: int
    why: str
    path: Path | None = None

    def __str__(self) -> str:
        where = f"; see {self.path.name}" if self.path else ""
        return f"{self.count} {self.what} left out: {self.why}{where}"


@dataclass(frozen=True, slots=True)
class Report:
    """Tell what was written: the files, `units` (beads or TUs), changes by kind, what was left out."""

    format: str
    files: tuple[Path, ...]
    units: int
    changes: Mapping[str, int] = field(default_factory=dict, hash=False)
    left_out: tuple[LeftOut, ...] = ()

    def __str__(self) -> str:
        lines = [f"{self.files[0]}: {self.units} units in {self.format}"]
        lines += [f"{count} {what}" for what, count in self.changes.items() if count]
        return "\n".join([*lines, *map(str, self.left_out)])


class Tally:
    """Count while a writer works; a report is made of it at the end."""

    def __init__(self) -> None:
        self.units = 0
        self.changes: Counter[str] = Counter()
        self.left_out: Counter[tuple[str, str]] = Counter()

    def report(self, format: str, files: tuple[Path, ...], unaligned: Path | None = None) -> Report:
        """Make the report; `unaligned` is the file that took the null beads."""
        left_out = tuple(
            LeftOut(what, count, why, unaligned if what == NULL_BEADS else None)
            for (what, why), count in self.left_out.items()
            if count
        )
        return Report(format, files, self.units, dict(self.changes), left_out)


NULL_BEADS = "null beads"
