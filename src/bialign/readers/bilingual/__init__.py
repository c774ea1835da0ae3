"""Files that hold both languages to bitexts: translation memories, XLIFF, tables, workbooks, JSON Lines."""

from __future__ import annotations

import importlib
import os
import re
from collections.abc import Callable
from pathlib import Path

from bialign.bitext import Bitext
from bialign.charset import describe_binary
from bialign.errors import FormatError, UnsupportedFile
from bialign.readers.bilingual.units import Content, make_bitext
from bialign.readers.kinds import describe
from bialign.readers.source import Source, file_bytes, plain_name

__all__ = ["read_bitext"]

_READERS = {
    "tmx": "bialign.readers.bilingual.tmx",
    "xliff": "bialign.readers.bilingual.xliff",
    "table": "bialign.readers.bilingual.tables",
    "jsonl": "bialign.readers.bilingual.jsonlines",
    "xlsx": "bialign.readers.bilingual.spreadsheet",
}
_TABLES = frozenset({".tsv", ".csv", ".tab", ".txt", ".xlsx", ".jsonl", ""})
"""Suffixes of files whose content, not name, tells what they are."""


def read_bitext(
    path: str | os.PathLike[str],
    *,
    source_lang: str = "",
    target_lang: str = "",
    encoding: str | None = None,
    sheet: str = "",
) -> Bitext:
    """Read a file that holds a text and its translation as a bitext, one bead a unit or row, in their order.

    TMX, XLIFF, tables (TSV, CSV, xlsx) and JSON Lines, ours and those of others, packed by gzip or not; which it is, is
    told by what it holds. `source_lang` and `target_lang` pick two languages where there are more than English and
    Spanish. Texts are taken as they are. A bead's probability is 1.0 unless the file says it; what has no partner is a
    null bead. Each segment has an anchor that tells its line or row. `encoding` is that of a text file, found out where
    it is not given; `sheet` names one of a workbook. Raises ReadError where the file cannot be opened, UnsupportedFile
    where it is of no such kind, FormatError, with the line where one is to blame, where it is damaged or holds no such
    pair.
    """
    file = Path(path)
    source = Source(file, file_bytes(file), encoding or "")
    kind = _kind(source)
    module = importlib.import_module(_READERS[kind])
    reader: Callable[..., Content] = module.content
    more = {"sheet": sheet} if kind == "xlsx" else {}
    return make_bitext(file, reader(source, source_lang, target_lang, **more))


def _kind(source: Source) -> str:
    data = source.data
    if not data.strip():
        raise FormatError(source.file, "the file is empty")
    binary = describe_binary(data)
    if binary:
        if data.startswith(b"PK\x03\x04") and _is_workbook(source):
            return "xlsx"
        kind = describe(source.file, b"") or binary
        raise UnsupportedFile(source.file, "this is {kind}, no file of texts with their translations", kind=kind)
    # UTF-16 has zero bytes between
    head = data[:400].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if head.startswith(b"<") and re.match(rb"<[?!A-Za-z]", head):
        return _xml_kind(source)
    if head.startswith(b"{"):
        return "jsonl"
    described, suffix = describe(source.file, b""), plain_name(source.file).suffix.lower()
    if described and suffix not in _TABLES:
        reason = "this is no {kind} inside, whatever its name says: it may be cut off or of another kind"
        raise FormatError(source.file, reason, line=1, kind=suffix)
    return "table"


def _is_workbook(source: Source) -> bool:
    from bialign.readers.package import Package

    with Package(source) as package:
        return "xl/workbook.xml" in package or plain_name(source.file).suffix.lower() == ".xlsx"


def _xml_kind(source: Source) -> str:
    from bialign.readers.bilingual.stream import root_name

    name = root_name(source)
    if name in _READERS:
        return name
    reason = "this XML holds {name}, not a translation memory (tmx) or xliff"
    raise UnsupportedFile(source.file, reason, name=name)
