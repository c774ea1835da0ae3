"""The checks of each format, under one roof."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from bialign.doctor import sniff
from bialign.doctor.findings import Findings
from bialign.doctor.lexer import Token
from bialign.doctor.model import What
from bialign.doctor.opening import Opened
from bialign.doctor.tmx import TmxChecker
from bialign.doctor.xml_stream import Checker, mended, shown


class Check(Protocol):
    """Examine a file of one format."""

    def pieces(self) -> Iterator[str]:
        """Give the mended file, piece by piece, and tell of each fault; raises Stopped where it cannot go on."""

    def facts(self) -> dict[str, Any]:
        """Give what was learnt of the file meanwhile: fields of What."""


class _AnyXml:
    """Let every piece pass."""

    def feed(self, token: Token) -> tuple[Token]:
        return (token,)

    def end(self) -> tuple[Token, ...]:
        return ()


class XmlCheck:
    """Examine a file of XML; what it holds besides being XML is for `checker` to say."""

    def __init__(self, format: str, opened: Opened, findings: Findings) -> None:
        self._opened, self._findings = opened, findings
        self._checker: Checker = TmxChecker(findings, opened.head) if format == "tmx" else _AnyXml()

    def pieces(self) -> Iterator[str]:
        """Give the mended file."""
        return mended(self._opened, self._findings, self._checker)

    def facts(self) -> dict[str, Any]:
        """Give what was learnt."""
        checker = self._checker
        if not isinstance(checker, TmxChecker):
            return {}
        langs = tuple(code for code, _ in checker.facts.langs.most_common(8))
        facts = checker.facts
        return {"version": facts.version, "program": facts.program, "units": facts.units, "langs": langs}


def first_look(opened: Opened) -> What:
    """Tell of a file what its beginning tells."""
    packed = "gzip" if opened.packed else ""
    if opened.binary:
        return What(packed=packed, size=opened.size)
    name = sniff.format_of(opened)
    return What(name, "", opened.declared, shown(opened), packed, size=opened.size)


def check_of(format: str, opened: Opened, findings: Findings) -> Check:
    """Give the check of a format."""
    return XmlCheck(format, opened, findings)


def ask_readers(opened: Opened, format: str, findings: Findings) -> None:
    """Tell where bialign's own readers refuse a file in which nothing else was found that they would refuse."""
