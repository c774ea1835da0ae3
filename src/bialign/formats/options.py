"""What a caller may say of how a file is to be written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bialign.termbase import Termbase

Tokenise = Callable[[str, str], list[str]]
"""Gets a text and the code of its language, gives its words and signs."""


@dataclass(frozen=True, slots=True)
class Options:
    """Hold the profile of a format ("omegat", "excel-es" ...; "" is its usual form) and what single formats need.

    `termbase` and `ui_lang` are for HTML and Word; `tokenise` cuts a text in a language into words for vertical files.
    """

    profile: str = ""
    termbase: Termbase | None = field(default=None, hash=False)
    ui_lang: str = "en"
    tokenise: Tokenise | None = field(default=None, hash=False)
