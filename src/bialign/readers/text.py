"""Plain text, in any encoding."""

from __future__ import annotations

from bialign.bitext import Document
from bialign.readers.draft import make_document
from bialign.readers.source import Source


def document(source: Source) -> Document:
    """Read plain text; its paragraphs end at blank lines, and at every line end unless it is wrapped."""
    text, encoding = source.decoded()
    if text and not text.endswith("\n"):
        text += "\n"
    return make_document(source, text, encoding)
