"""Plain text and Markdown as documents."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from bialign.bitext import Document
from bialign.languages import guess_language
from bialign.repair import repair

_TITLE_LENGTH = 120
_HEADING = re.compile(r"#{1,6}\s+|\*{1,2}(?=\S)|\*{1,2}\Z")


def text_document(text: str, file: Path, encoding: str, lang: str | None = None) -> Document:
    """Make a document of a file's text: repaired, its language guessed unless given, its first line the title."""
    if text and not text.endswith("\n"):
        text += "\n"
    clean, fixes = repair(text, lang or "")
    return Document(
        id=unicodedata.normalize("NFC", file.stem),
        lang=lang or guess_language(clean),
        title=title_of(clean),
        text=clean,
        origin=str(file),
        encoding=encoding,
        fixes=fixes,
    )


def title_of(text: str) -> str:
    r"""Give the first line that is not blank, if it is short enough for a title; else "".

    >>> title_of("\n# El viaje\n\nSalimos al alba.")
    'El viaje'
    """
    first = next((line.strip() for line in text[:5000].split("\n") if line.strip()), "")
    return _HEADING.sub("", first).strip() if len(first) <= _TITLE_LENGTH else ""
