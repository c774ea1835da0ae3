"""The checks of each format, under one roof."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

from bialign.doctor import office, sniff
from bialign.doctor.findings import Findings
from bialign.doctor.lexer import Token
from bialign.doctor.lines import LineCheck
from bialign.doctor.model import Place, What
from bialign.doctor.opening import Opened
from bialign.doctor.tables import TableCheck
from bialign.doctor.tmx import TmxChecker
from bialign.doctor.xliff import TbxChecker, XliffChecker
from bialign.doctor.xml_stream import Checker, mended, shown
from bialign.errors import BialignError, FormatError

_XML = frozenset({"tmx", "xliff", "tbx", "srx", "tei", "xces", "xml"})
PACKAGES = frozenset({"xlsx", "docx", "odt", "epub"})
_LINES = frozenset({"moses", "omegat-glossary", "jsonl", "text"})
_MOST = 32 << 20
"""Bytes up to which a file is read again by the reader it is meant for, where that needs it whole."""


class Check(Protocol):
    """Examine a file of one format."""

    def pieces(self) -> Iterator[str]:
        """Give the mended file, piece by piece, and tell of each fault; raises Stopped where it cannot go on."""

    def facts(self) -> dict[str, Any]:
        """Give what was learnt of the file meanwhile: fields of What."""


class _AnyXml:
    """Let every piece pass."""

    facts = None

    def feed(self, batch: list[Token]) -> list[Token]:
        return batch

    def end(self) -> tuple[Token, ...]:
        return ()


class XmlCheck:
    """Examine a file of XML; what it holds besides being XML is for `checker` to say."""

    def __init__(self, format: str, opened: Opened, findings: Findings) -> None:
        self._opened, self._findings = opened, findings
        self._checker: Checker
        if format == "tmx":
            self._checker = TmxChecker(findings, opened.head)
        elif format == "xliff":
            self._checker = XliffChecker(findings)
        elif format == "tbx":
            self._checker = TbxChecker(findings)
        else:
            self._checker = _AnyXml()

    def pieces(self) -> Iterator[str]:
        """Give the mended file."""
        return mended(self._opened, self._findings, self._checker)

    def facts(self) -> dict[str, Any]:
        """Give what was learnt."""
        checker = self._checker
        if isinstance(checker, TmxChecker):
            langs = tuple(code for code, _ in checker.facts.langs.most_common(8))
        elif isinstance(checker, XliffChecker | TbxChecker):
            langs = tuple(checker.facts.langs)
        else:
            return {}
        facts = checker.facts
        return {"version": facts.version, "program": facts.program, "units": facts.units, "langs": langs}


class _Nothing:
    """Examine a file of which nothing is known but what it is."""

    def pieces(self) -> Iterator[str]:
        return iter(())

    def facts(self) -> dict[str, Any]:
        return {}


class _AsIs(_Nothing):
    """Let a text pass in which nothing is looked for."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def pieces(self) -> Iterator[str]:
        return self._opened.text()


def first_look(opened: Opened) -> What:
    """Tell of a file what its beginning tells."""
    packed = "gzip" if opened.packed else ""
    if opened.binary:
        name = office.kind_of(opened.path) if not opened.packed else ""
        name = name or ("parquet" if opened.binary == "a Parquet file" else "")
        return What(name, packed=packed, size=opened.size, program="" if name else opened.binary)
    named = opened.path.suffix.lower()[1:]
    if named in PACKAGES:
        # a package that is none: what its reader says of it is what there is to say
        return What(named, size=opened.size)
    name = sniff.format_of(opened)
    return What(name, "", opened.declared, shown(opened), packed, size=opened.size)


def check_of(format: str, opened: Opened, findings: Findings) -> Check:
    """Give the check of a format."""
    if format in PACKAGES:
        return office.OfficeCheck(format, opened, findings)
    if opened.binary:
        return _Nothing()
    if format in _XML:
        return XmlCheck(format, opened, findings)
    if format in {"csv", "tsv"}:
        return TableCheck(format, opened, findings)
    if format in _LINES:
        return LineCheck(format, opened, findings)
    return _AsIs(opened)


def ask_readers(opened: Opened, format: str, findings: Findings) -> None:
    """Tell what bialign's own readers say of formats that they know best, where nothing else stands in their way."""
    if opened.size > _MOST or opened.packed or any("bialign" in dict(found.effects) for found in findings.refusing()):
        return
    path = opened.path
    try:
        if format == "tbx":
            _termbase(path, findings)
        elif format == "srx":
            from bialign.split.srx import load_srx

            load_srx(path)
        elif format in {"tei", "xces"}:
            _linked(path, findings)
        elif format in PACKAGES:
            _package(path, format)
    except FormatError as error:
        rule = {"srx": "srx", "tbx": "tbx-structure"}.get(format, "not-read")
        _tell(rule, error, findings)
    except BialignError as error:
        findings.add("not-read", Place(), "", error.template, **dict[str, Any](error.fields))


def _tell(rule: str, error: FormatError, findings: Findings) -> None:
    findings.add(rule, Place(error.line, error.element), "", error.template, **dict[str, Any](error.fields))


def _termbase(path: Path, findings: Findings) -> None:
    from bialign.glossaries import tbx_reader, tbx_rules, tbx_tree

    tree = tbx_tree.load(path)
    before = findings.told
    for fault in tbx_rules.faults(tree, path):
        _tell("tbx-structure", fault, findings)
    if findings.told == before:
        tbx_reader.read(path)


def _linked(path: Path, findings: Findings) -> None:
    from bialign.readers.bilingual import read_bitext

    for remark in read_bitext(path).remarks:
        findings.add("linked", Place(), "", remark.template, **dict[str, Any](remark.fields))


def _package(path: Path, format: str) -> None:
    from bialign.errors import UnsupportedFile

    if format == "xlsx":
        from bialign.readers.bilingual.spreadsheet import opened
        from bialign.readers.source import Source, file_bytes

        opened(Source(path, file_bytes(path)))
        return
    from bialign.readers import read

    try:
        read(path)
    except UnsupportedFile:
        return
