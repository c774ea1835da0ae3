"""What kind of file this is: by what it holds first, by its suffix where that does not tell."""

from __future__ import annotations

import re
from pathlib import Path

from bialign.charset import describe_binary
from bialign.errors import ReadError
from bialign.readers.package import Package, is_encrypted_office
from bialign.readers.source import Source, plain_name

SUFFIXES = {
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown",
    ".docx": "docx", ".docm": "docx", ".dotx": "docx", ".dotm": "docx",
    ".odt": "odt", ".ott": "odt", ".fodt": "odt", ".epub": "epub",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".xht": "html",
    ".srt": "subtitles", ".vtt": "subtitles", ".ass": "subtitles", ".ssa": "subtitles",
    ".pdf": "pdf",
}  # fmt: skip
"""The kind of file that a suffix promises."""

READERS = {
    "text": "bialign.readers.text",
    "markdown": "bialign.readers.markdown",
    "html": "bialign.readers.html",
    "epub": "bialign.readers.epub",
    "docx": "bialign.readers.docx",
    "odt": "bialign.readers.odt",
    "subtitles": "bialign.readers.subtitles",
    "pdf": "bialign.readers.pdf",
}
"""The module whose function ``document`` reads a kind of file."""

CONTENTS = {
    b"application/vnd.oasis.opendocument.text": "odt", b"application/epub+zip": "epub",
    b"wordprocessingml.document.main+xml": "docx", b"wordprocessingml.template.main+xml": "docx",
    b"ms-word.document.macroEnabled.main+xml": "docx", b"ms-word.template.macroEnabledTemplate.main+xml": "docx",
}  # fmt: skip
"""What a zip package says of itself in its part "mimetype" or "[Content_Types].xml", and the kind that it then is."""

_PLAIN = frozenset({"text", "markdown"})
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype html|<html)\b", re.I | re.S
)
_FLAT = b'office:mimetype="application/vnd.oasis.opendocument.text'

UNREADABLE = {
    ".doc": "an old Word file", ".rtf": "an RTF file", ".mobi": "a Kindle book", ".azw3": "a Kindle book",
    ".ods": "an OpenDocument spreadsheet", ".xls": "an old Excel file",
    ".xlsx": "a spreadsheet", ".xml": "an XML file",
    ".tmx": "a translation memory", ".xlf": "an XLIFF file", ".xliff": "an XLIFF file",
    ".sdlxliff": "an XLIFF file", ".mqxliff": "an XLIFF file", ".mxliff": "an XLIFF file", ".jsonl": "a data file",
}  # fmt: skip
"""Suffixes of files that hold text in a form no reader takes."""

BILINGUAL = frozenset({".tmx", ".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff", ".xlsx", ".jsonl"})
"""Suffixes of files that hold both languages."""

# at the very beginning of a file, in any encoding once zero bytes are gone
_SUBTITLES = re.compile(rb"\s*(?:WEBVTT\b|\[Script Info\]|(?:\d+\s*\r?\n)?\d+:\d\d:\d\d[,.]\d+ *-->)")
_MEMORY = re.compile(rb"\s*(?:<[?!].{,1500}?)?<(?:tmx|xliff)\s", re.DOTALL)


INSTEAD = {
    "an old Word file": ".docx", "an RTF file": ".docx", "an old Microsoft Office file (doc, xls)": ".docx",
}  # fmt: skip
"""What to save a file as that no reader takes, where that is not .txt."""


def kind_of(file: Path, data: bytes) -> str:
    """Name the kind of a file, "" where no reader takes it."""
    suffix = plain_name(file).suffix.lower()
    promised = SUFFIXES.get(suffix, "text")
    if data.startswith(b"PK"):
        # a package that cannot be looked into is left to the reader it is meant for, which says why
        return _package_kind(file, data) or ("" if promised in _PLAIN or suffix in UNREADABLE else promised)
    if is_encrypted_office(data):
        return "docx" if promised in _PLAIN else promised
    # what comes before it, such as the header of a mail, counts for nothing
    if b"%PDF-" in data[:1024] and (suffix == ".pdf" or not describe_binary(data) or data.startswith(b"%PDF-")):
        return "pdf"
    if describe_binary(data) or (suffix in UNREADABLE and _FLAT not in data[:5000]):
        return ""
    return _kind_of_text(data) or promised


def _kind_of_text(data: bytes) -> str:
    """Name the kind that the beginning of a text file tells, "" where it tells none."""
    if _FLAT in data[:5000]:
        return "odt"
    if _SUBTITLES.match(_head(data)):
        return "subtitles"
    return "html" if _PAGE.match(data[:1000]) else ""


def is_bilingual(file: Path, data: bytes) -> bool:
    """Tell whether a file holds a text with its translation, by its name or its root element."""
    return plain_name(file).suffix.lower() in BILINGUAL or bool(_MEMORY.match(_head(data)))


def _head(data: bytes) -> bytes:
    return data[:4000].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")


def describe(file: Path, data: bytes) -> str:
    """Say in words what a file is that no reader takes; "" where that is not known."""
    named = UNREADABLE.get(plain_name(file).suffix.lower(), "")
    return named if named and data.startswith(b"PK") else describe_binary(data) or named


def _package_kind(file: Path, data: bytes) -> str:
    try:
        with Package(Source(file, data)) as package:
            said = b"".join(package.read(part) for part in ("mimetype", "[Content_Types].xml") if part in package)
            found = next((kind for words, kind in CONTENTS.items() if words in said), "")
            return found or ("docx" if "word/document.xml" in package else "")
    except ReadError:
        return ""
