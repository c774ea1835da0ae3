"""Tell what a file is by what it holds, by its name where that does not tell."""

from __future__ import annotations

import re

from bialign.doctor.lexer import Tag, tag_of
from bialign.doctor.opening import Opened
from bialign.readers.bilingual.moses import partner
from bialign.readers.source import plain_name

_ROOT = re.compile(r"<[A-Za-z_:][^\s<>/]*(?:\"[^\"]*\"|'[^']*'|[^<>\"'])*>")
_SKIPPED = re.compile(r"<!--.*?-->|<\?.*?\?>", re.DOTALL)
_ROOTS = {
    "tmx": "tmx", "xliff": "xliff", "martif": "tbx", "tbx": "tbx", "srx": "srx", "TEI": "tei", "cesAlign": "xces",
    "linkGrp": "xces", "html": "html",
}  # fmt: skip
_MARKUP = re.compile(r"\s*(?:<[?!A-Za-z]|<\Z)")
_MARKED = frozenset({".vrt", ".md", ".markdown"})
"""Suffixes of texts with tags in them that are no XML."""
_TABLES = {".csv": "csv", ".tsv": "tsv"}
_GLOSSARIES = frozenset({".utf8", ".tab", ".txt"})


def root_of(opened: Opened) -> Tag:
    """Give the root element's tag as it stands at the beginning of a file; one without a name where there is none."""
    found = _ROOT.search(_SKIPPED.sub("", opened.head))
    return tag_of(found[0]) if found else Tag("", ())


def format_of(opened: Opened) -> str:
    """Name the format of a file that is text: "text" where it is none in particular."""
    suffix = plain_name(opened.path).suffix.lower()
    if suffix not in _MARKED and _MARKUP.match(opened.head):
        name = root_of(opened).name.rpartition(":")[2]
        found = _ROOTS.get(name, "")
        if found == "html" or (not found and re.match(r"\s*<!doctype html", opened.head, re.IGNORECASE)):
            return "html"
        return found or "xml"
    if opened.head.lstrip().startswith("{"):
        return "jsonl"
    if partner(opened.path) is not None:
        return "moses"
    return _by_name(suffix, opened)


def _by_name(suffix: str, opened: Opened) -> str:
    if suffix in _TABLES:
        return _TABLES[suffix]
    if suffix in _GLOSSARIES and _has_tabs(opened.head):
        return "omegat-glossary"
    return "text"


def _has_tabs(head: str) -> bool:
    """Tell whether most lines hold two or three cells parted by tabs."""
    lines = [line for line in head.splitlines()[:200] if line.strip() and not line.startswith("#")]
    return bool(lines) and sum(line.count("\t") in {1, 2} for line in lines) >= 0.8 * len(lines)
