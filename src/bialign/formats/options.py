"""What a caller may say of how a file is to be written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bialign.termbase import Termbase


@dataclass(frozen=True, slots=True)
class Options:
    """Hold the profile of a format ("omegat", "excel-es" ...; "" is its usual form) and what HTML needs besides."""

    profile: str = ""
    termbase: Termbase | None = field(default=None, hash=False)
    ui_lang: str = "en"
