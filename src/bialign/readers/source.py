"""What a reader is given: a file's bytes, and what the caller knows about them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bialign.charset import decode


@dataclass(frozen=True, slots=True)
class Source:
    """Hold a file that is to be read; `encoding` and `lang` are "" where they are to be found out."""

    file: Path
    data: bytes
    encoding: str = ""
    lang: str = ""

    def decoded(self) -> tuple[str, str]:
        """Give the text of the bytes and the name of its encoding; raises as `charset.decode` does."""
        return decode(self.data, self.file, self.encoding or None)
