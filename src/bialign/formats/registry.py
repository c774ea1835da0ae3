"""The formats: their names, the suffixes they go by, their profiles, and the module that writes each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bialign.errors import FormatError


@dataclass(frozen=True, slots=True)
class Format:
    """Describe a format; the first of its `profiles` is the usual one.

    `files` tells whether it is one file of text or of bytes, or several files whose names begin alike. `nulls` tells
    whether beads with one side only have a place in it: all, those with a source, or none.
    """

    suffixes: tuple[str, ...]
    profiles: tuple[str, ...] = ()
    files: Literal["text", "bytes", "several"] = "text"
    nulls: Literal["all", "source", "none"] = "all"


FORMATS: dict[str, Format] = {
    "beads": Format((".beads",)),
    "tsv": Format((".tsv",), ("plain", "r", "pandas")),
    "csv": Format((".csv",), ("excel-en", "excel-es", "r", "pandas")),
    "tmx": Format((".tmx",), ("neutral", "omegat", "trados", "memoq"), nulls="none"),
    "jsonl": Format((".jsonl",)),
    "html": Format((".html", ".htm")),
    "xliff": Format((".xlf", ".xliff"), ("1.2", "2.1"), nulls="source"),
    "tei": Format((".tei", ".xml")),
    "xces": Format((".xces",), ("opus", "intertext"), files="several"),
    "moses": Format((".moses",), files="several", nulls="none"),
    "cwb": Format((".vrt",), ("cwb", "manatee"), files="several"),
    "xlsx": Format((".xlsx",), files="bytes"),
    "docx": Format((".docx",), files="bytes"),
    "parquet": Format((".parquet",), files="bytes"),
    "huggingface": Format((), files="several"),
}
"""Every format by its name, which is also that of its module."""


def format_of(path: Path | str) -> str:
    """Give the name of the format a file's suffix stands for; raise FormatError for an unknown suffix.

    >>> format_of("thesis.HTM")
    'html'
    """
    suffix = Path(path).suffix.lower()
    for name, format in FORMATS.items():
        if suffix in format.suffixes:
            return name
    known = ", ".join(suffix for format in FORMATS.values() for suffix in format.suffixes)
    reason = "no format is known by the suffix {suffix}; use one of {known} or name the format"
    raise FormatError(path, reason, suffix=repr(suffix), known=known)


def profile_of(name: str, profile: str) -> str:
    """Give the profile of a format that is meant: its usual one for one it does not know.

    >>> profile_of("xliff", "2.1"), profile_of("xliff", "trados"), profile_of("beads", "")
    ('2.1', '1.2', '')
    """
    profiles = FORMATS[name].profiles
    return profile if profile in profiles else next(iter(profiles), "")


def stem_of(path: Path, name: str) -> str:
    """Give what the names of several files have in common: the name that was given without the format's suffix.

    >>> stem_of(Path("a/letter.moses"), "moses"), stem_of(Path("a/cap.1"), "moses")
    ('letter', 'cap.1')
    """
    return path.stem if path.suffix.lower() in FORMATS[name].suffixes else path.name
