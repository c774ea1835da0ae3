"""What kind of file this is: by what it holds first, by its suffix where that does not tell."""

from __future__ import annotations

import re
from pathlib import Path

from bialign.charset import describe_binary

SUFFIXES = {
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown",
    ".srt": "subtitles", ".vtt": "subtitles", ".ass": "subtitles", ".ssa": "subtitles",
}  # fmt: skip
"""The kind of file that a suffix promises."""

READERS = {
    "text": "bialign.readers.text",
    "markdown": "bialign.readers.text",
    "subtitles": "bialign.readers.subtitles",
}
"""The module whose function ``document`` reads a kind of file."""

UNREADABLE = {
    ".doc": "an old Word file", ".rtf": "an RTF file", ".mobi": "a Kindle book", ".azw3": "a Kindle book",
    ".ods": "an OpenDocument spreadsheet", ".xls": "an old Excel file", ".docx": "a Word file",
    ".odt": "an OpenDocument text", ".pdf": "a PDF file", ".epub": "an e-book", ".xlsx": "a spreadsheet",
    ".html": "an HTML page", ".htm": "an HTML page", ".xhtml": "an HTML page", ".xml": "an XML file",
    ".tmx": "a translation memory", ".xlf": "an XLIFF file", ".xliff": "an XLIFF file",
    ".sdlxliff": "an XLIFF file", ".mqxliff": "an XLIFF file", ".mxliff": "an XLIFF file", ".jsonl": "a data file",
}  # fmt: skip
"""Suffixes of files that hold text in a form no reader takes."""

BILINGUAL = frozenset({".tmx", ".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff", ".xlsx", ".jsonl"})
"""Suffixes of files that hold both languages."""

# at the very beginning of a file, in any encoding once zero bytes are gone
_SUBTITLES = re.compile(rb"\s*(?:WEBVTT\b|\[Script Info\]|(?:\d+\s*\r?\n)?\d+:\d\d:\d\d[,.]\d+ *-->)")
_MEMORY = re.compile(rb"\s*(?:<[?!].{,1500}?)?<(?:tmx|xliff)\s", re.DOTALL)


def kind_of(file: Path, data: bytes) -> str:
    """Name the kind of a file, "" where no reader takes it."""
    suffix = file.suffix.lower()
    if describe_binary(data) or suffix in UNREADABLE:
        return ""
    if _SUBTITLES.match(_head(data)):
        return "subtitles"
    return SUFFIXES.get(suffix, "text")


def is_bilingual(file: Path, data: bytes) -> bool:
    """Tell whether a file holds a text with its translation, by its name or its root element."""
    return file.suffix.lower() in BILINGUAL or bool(_MEMORY.match(_head(data)))


def _head(data: bytes) -> bytes:
    return data[:4000].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")


def describe(file: Path, data: bytes) -> str:
    """Say in words what a file is that no reader takes; "" where that is not known."""
    return describe_binary(data) or UNREADABLE.get(file.suffix.lower(), "")
