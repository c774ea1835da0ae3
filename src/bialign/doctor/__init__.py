"""Examine files before another program does: `examine` tells what a file is and what would refuse it, `fix` mends it.

The rules are data (`RULES`): what each is about, which program minds its breach and how much, the cure, and how that is
known.
"""

from __future__ import annotations

from bialign.doctor.examining import examine
from bialign.doctor.fixing import fix
from bialign.doctor.model import FileRule, Finding, Place, Report, Severity, What
from bialign.doctor.programs import PROGRAMS
from bialign.doctor.registry import RULES

__all__ = ["PROGRAMS", "RULES", "FileRule", "Finding", "Place", "Report", "Severity", "What", "examine", "fix"]
