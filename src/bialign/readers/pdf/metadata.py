"""What a PDF says of itself: its title and authors, where they are those of the text and not of a program."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bialign.readers.properties import sensible_authors, sensible_title

if TYPE_CHECKING:
    import pypdfium2 as pdfium


def read_title(document: pdfium.PdfDocument, file: Path) -> str:
    """Give the title of the metadata; "" where it is none, or only the file's name."""
    title = sensible_title(_value(document, "Title"))
    return "" if title == file.stem else title


def read_authors(document: pdfium.PdfDocument) -> list[str]:
    """Give the authors of the metadata; none where these are not people."""
    return [name for name in sensible_authors([_value(document, "Author")]) if any(map(str.isalpha, name))]


def _value(document: pdfium.PdfDocument, key: str) -> str:
    text: str = document.get_metadata_value(key)
    return text.replace("\x00", "")
