"""What the doctor says: what a file is, what is wrong with it, where, for which programs, and what cures it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

Severity = Literal["refuses", "loses", "warns"]
"""What a program makes of a fault: it takes nothing of the file, loses a part of it silently, or takes it with a
doubt."""

WORST: tuple[Severity, ...] = ("refuses", "loses", "warns")


@dataclass(frozen=True, slots=True)
class FileRule:
    """Hold a rule: how it is told and cured (templates), what each program makes of a breach, and how that is known.

    `formats` are those it is about. `effects` has a severity by program; a breach is told where one of those asked for
    is among them. A rule that is `asked` is told only where the user names the program: it is no fault of the file, but
    a matter of taste among programs. `fixable` tells whether the cure is safe, so that `fix` applies it.
    """

    id: str
    message: str
    cure: str
    formats: tuple[str, ...]
    effects: Mapping[str, Severity]
    evidence: tuple[str, ...]
    fixable: bool = False
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Tell where in a file: `line` counts from 1 (None where there are none), `element` or `cell` name what stands
    there, `part` the file inside a package or beside."""

    line: int | None = None
    element: str = ""
    cell: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Tell of a breach of a rule at one place; `template`, `fields` and `cure` can be translated."""

    rule: str
    severity: Severity
    effects: tuple[tuple[str, Severity], ...]
    """The programs asked for, and what each makes of it."""
    place: Place
    excerpt: str
    template: str
    fields: Mapping[str, object]
    cure: str
    evidence: tuple[str, ...]
    fixable: bool

    @property
    def message(self) -> str:
        """Give what is wrong, in English."""
        return self.template.format(**self.fields) if self.fields else self.template


@dataclass(frozen=True, slots=True)
class What:
    """Tell what a file is: `format` ("tmx", "" where it is unknown) and its version, the encoding it declares and the
    one it is in, the program that wrote it, the languages it names, how many units it has (None: not counted)."""

    format: str = ""
    version: str = ""
    declared: str = ""
    encoding: str = ""
    packed: str = ""
    program: str = ""
    langs: tuple[str, ...] = ()
    units: int | None = None
    size: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """Hold the result of `examine`: what the file is and what was found, the first places of each rule in full.

    `counts` has how often each rule is broken, by its id; `programs` are those the file was examined for.
    """

    path: Path
    what: What
    programs: tuple[str, ...]
    findings: tuple[Finding, ...]
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def healthy(self) -> bool:
        """Tell whether nothing was found."""
        return not self.findings

    @property
    def fixable(self) -> bool:
        """Tell whether `fix` would mend something."""
        return any(finding.fixable for finding in self.findings)

    def as_dict(self) -> dict[str, Any]:
        """Give the report as plain data, as JSON holds it."""
        return {
            "file": str(self.path),
            "what": {name: getattr(self.what, name) for name in What.__slots__},
            "programs": list(self.programs),
            "healthy": self.healthy,
            "findings": [_plain(finding) for finding in self.findings],
            "counts": dict(self.counts),
        }


def _plain(finding: Finding) -> dict[str, Any]:
    place = {name: getattr(finding.place, name) for name in Place.__slots__}
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "effects": dict(finding.effects),
        "place": {name: value for name, value in place.items() if value},
        "excerpt": finding.excerpt,
        "message": finding.message,
        "cure": finding.cure,
        "evidence": list(finding.evidence),
        "fixable": finding.fixable,
    }
