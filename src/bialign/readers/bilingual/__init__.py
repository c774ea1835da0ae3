"""Files that hold both languages to bitexts: memories, XLIFF, tables, workbooks, JSON Lines, linked texts."""

from __future__ import annotations

import importlib
import os
import re
from collections.abc import Callable
from pathlib import Path

from bialign.bitext import Bitext
from bialign.charset import describe_binary
from bialign.errors import FormatError, UnsupportedFile
from bialign.readers.bilingual.moses import partner
from bialign.readers.bilingual.units import Content, make_bitext
from bialign.readers.kinds import describe
from bialign.readers.source import Source, file_bytes, plain_name

__all__ = ["beside", "read_bitext"]

_READERS = {
    "tmx": "bialign.readers.bilingual.tmx",
    "xliff": "bialign.readers.bilingual.xliff",
    "table": "bialign.readers.bilingual.tables",
    "jsonl": "bialign.readers.bilingual.jsonlines",
    "xlsx": "bialign.readers.bilingual.spreadsheet",
    "parquet": "bialign.readers.bilingual.parquet",
    "moses": "bialign.readers.bilingual.moses",
}
_LINKED = {"tei": "bialign.readers.bilingual.tei", "xces": "bialign.readers.bilingual.xces"}
"""Readers of texts with links between them, which make a bitext themselves."""
_ROOTS = {"TEI": "tei", "cesAlign": "xces", "linkGrp": "xces"}
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

    TMX, XLIFF, tables (TSV, CSV, xlsx), JSON Lines, Parquet, TEI, XCES links (OPUS, InterText) with the texts beside
    them, and one file of a Moses pair, ours and those of others, packed by gzip or not; which it is, is told by what it
    holds.
    `source_lang` and `target_lang` pick two languages where there are more than English and Spanish. Texts are taken
    as they are. A bead's probability is 1.0 unless the file says it; what has no partner is a null bead. Each segment
    has an anchor that tells its line or row. `encoding` is that of a text file, found out where it is not given;
    `sheet` names one of a workbook. Raises ReadError where the file cannot be opened, UnsupportedFile where it is of no
    such kind, FormatError, with the line where one is to blame, where it is damaged or holds no such pair.
    """
    file = Path(path)
    source = Source(file, file_bytes(file), encoding or "")
    kind = _kind(source)
    if kind in _LINKED:
        make: Callable[..., Bitext] = importlib.import_module(_LINKED[kind]).bitext
        return make(source, source_lang, target_lang)
    if kind == "xlsx":
        from bialign.readers.bilingual.review import read_reviewed

        reviewed = read_reviewed(source)
        if reviewed is not None:
            return reviewed
    module = importlib.import_module(_READERS[kind])
    reader: Callable[..., Content] = module.content
    more = {"sheet": sheet} if kind == "xlsx" else {}
    return make_bitext(file, reader(source, source_lang, target_lang, **more))


def beside(path: Path) -> list[Path]:
    """Give the other files that are read with one: the partner of a Moses file and the names of its lines."""
    other = partner(path)
    return [other, path.with_suffix(".ids")] if other else []


def _kind(source: Source) -> str:
    data = source.data
    if not data.strip():
        raise FormatError(source.file, "the file is empty")
    if data.startswith(b"PAR1"):
        return "parquet"
    binary = describe_binary(data)
    if binary:
        if data.startswith(b"PK\x03\x04") and _is_workbook(source):
            return "xlsx"
        kind = describe(source.file, b"") or binary
        raise UnsupportedFile(source.file, "this is {kind}, no file of texts with their translations", kind=kind)
    if partner(source.file) is not None:
        # its first sentence may begin with anything, with a tag too
        return "moses"
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
    kind = _ROOTS.get(name, name)
    if kind in _READERS or kind in _LINKED:
        return kind
    reason = "this XML holds {name}, not a translation memory (tmx), xliff, TEI or links between texts"
    raise UnsupportedFile(source.file, reason, name=name)
