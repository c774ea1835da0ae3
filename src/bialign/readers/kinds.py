"""What kind of file this is: by what it holds first, by its suffix where that does not tell."""

from __future__ import annotations

from pathlib import Path

from bialign.charset import describe_binary

SUFFIXES = {
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown",
    ".pdf": "pdf",
}  # fmt: skip
"""The kind of file that a suffix promises."""

READERS = {
    "text": "bialign.readers.text",
    "markdown": "bialign.readers.text",
    "pdf": "bialign.readers.pdf",
}
"""The module whose function ``document`` reads a kind of file."""

UNREADABLE = {
    ".doc": "an old Word file", ".rtf": "an RTF file", ".mobi": "a Kindle book", ".azw3": "a Kindle book",
    ".ods": "an OpenDocument spreadsheet", ".xls": "an old Excel file", ".docx": "a Word file",
    ".odt": "an OpenDocument text", ".epub": "an e-book", ".xlsx": "a spreadsheet",
    ".html": "an HTML page", ".htm": "an HTML page", ".xhtml": "an HTML page", ".xml": "an XML file",
    ".tmx": "a translation memory", ".xlf": "an XLIFF file", ".xliff": "an XLIFF file", ".srt": "a subtitle file",
    ".vtt": "a subtitle file",
}  # fmt: skip
"""Suffixes of files that hold text in a form no reader takes."""


def kind_of(file: Path, data: bytes) -> str:
    """Name the kind of a file, "" where no reader takes it."""
    suffix = file.suffix.lower()
    # what comes before it, such as the header of a mail, counts for nothing
    if b"%PDF-" in data[:1024] and (suffix == ".pdf" or not describe_binary(data) or data.startswith(b"%PDF-")):
        return "pdf"
    if describe_binary(data) or suffix in UNREADABLE:
        return ""
    return SUFFIXES.get(suffix, "text")


def describe(file: Path, data: bytes) -> str:
    """Say in words what a file is that no reader takes; "" where that is not known."""
    return describe_binary(data) or UNREADABLE.get(file.suffix.lower(), "")
