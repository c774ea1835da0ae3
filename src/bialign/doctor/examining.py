"""Examine a file: what it is, and what would refuse it, where, and what cures it."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bialign.doctor import checks
from bialign.doctor.findings import Findings
from bialign.doctor.model import Report, What
from bialign.doctor.opening import Bomb, Opened, open_file
from bialign.doctor.programs import chosen
from bialign.doctor.registry import RULES
from bialign.doctor.xml_stream import Stopped


@dataclass(slots=True)
class Examined:
    """Hold a file that is examined while its mended pieces are taken; `whole` tells whether that went to the end."""

    opened: Opened
    findings: Findings
    what: What
    whole: bool = False

    def pieces(self) -> Iterator[str]:
        """Give the mended file, piece by piece; `what` and `findings` are whole at the end."""
        check = checks.check_of(self.what.format, self.opened, self.findings)
        try:
            yield from check.pieces()
            self.whole = True
        except Stopped:
            pass
        self.what = replace(self.what, **check.facts())


def examine(path: str | os.PathLike[str], programs: Collection[str] = ()) -> Report:
    """Examine a file for some programs (see `PROGRAMS`; "all", or none: every one), and leave it as it is.

    Text, packed by gzip or not, is read piece by piece in bounded memory. Raises ReadError where the file cannot be
    opened, ValueError for a program that is not known.
    """
    wanted = chosen(programs)
    findings = Findings(RULES, wanted, wanted if programs else ())
    file = Path(path)
    try:
        opened = open_file(file)
    except Bomb:
        findings.add("zip-bomb")
        what = What(packed="gzip", size=file.stat().st_size)
        return Report(file, what, wanted, findings.sorted(), dict(findings.counts))
    examined = started(opened, findings)
    try:
        for _ in examined.pieces():
            pass
    except Bomb:
        findings.add("zip-bomb")
    checks.ask_readers(opened, examined.what.format, findings)
    return Report(file, examined.what, wanted, findings.sorted(), dict(findings.counts))


def started(opened: Opened, findings: Findings) -> Examined:
    """Begin to examine a file that has been opened."""
    what = checks.first_look(opened)
    findings.format = what.format
    return Examined(opened, findings, what)
