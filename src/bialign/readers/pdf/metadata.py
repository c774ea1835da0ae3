"""What a PDF says of itself: its title and author, where they are those of the text and not of a program."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pypdfium2 as pdfium

_NO_TITLE = re.compile(
    r"(?:untitled|sin título|documento?|document|presentation|slide|layout|libro|book)[ _-]*\d*"
    r"|microsoft (?:word|powerpoint|excel) - .*|.*\.(?:docx?|odt|rtf|txt|html?|indd|qxd|qxp|tex|dvi|pdf|p65|pmd|fm)"
    r"|(?:about|file|https?):.*|[\W\d_]*",
    re.I,
)
_NO_AUTHOR = re.compile(
    r"(?:user|usuario|admin\w*|owner|unknown|desconocido|anonymous|author|autor|pc|[\W\d_]*)\d*", re.I
)


def read_title(document: pdfium.PdfDocument, file: Path) -> str:
    """Give the title of the metadata; "" where it is none, or only the file's name."""
    title = _value(document, "Title")
    return "" if _NO_TITLE.fullmatch(title) or title == file.stem else title


def read_author(document: pdfium.PdfDocument) -> str:
    """Give the author of the metadata; "" where it is none."""
    author = _value(document, "Author")
    return "" if _NO_AUTHOR.fullmatch(author) else author


def _value(document: pdfium.PdfDocument, key: str) -> str:
    text: str = document.get_metadata_value(key)
    return " ".join(text.replace("\x00", "").split())
