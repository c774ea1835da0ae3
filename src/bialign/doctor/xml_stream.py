"""Go through an XML file once, piece by piece: mend its letters, ask a parser whether it is well-formed, check its
structure. What the checks give back is the mended file."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Protocol
from xml.parsers import expat

from bialign.doctor.findings import Findings
from bialign.doctor.lexer import Token, TooLong, tokens
from bialign.doctor.model import Place
from bialign.doctor.opening import Opened
from bialign.doctor.xml_clean import Cleaner

DEEPEST = 256
"""Levels of elements that libxml2 takes."""
_DECLARES = re.compile(r"<!ENTITY", re.IGNORECASE)
_ADDRESS = re.compile(r"[\"']((?:https?|ftp|file):[^\"']*)[\"']\s*(?:\[|>)")
_ENCODING = re.compile(r"(encoding\s*=\s*[\"'])[^\"']*([\"'])")
_FED = 1 << 16


class Checker(Protocol):
    """Check the structure of a format."""

    def feed(self, token: Token) -> Iterable[Token]:
        """Take a piece; give those that are to be written, now or later."""

    def end(self) -> Iterable[Token]:
        """Give what is left to be written; what is wrong with the whole is told here."""


class Stopped(Exception):
    """Tell that the rest of the file cannot be examined; why has been told."""


def mended(opened: Opened, findings: Findings, checker: Checker) -> Iterator[str]:
    """Give the pieces of a file, mended, and tell of each fault. Raises Stopped where it cannot be read to its end."""
    utf8 = encoding_faults(opened, findings)
    known = _lookup(opened.declared)
    if not utf8 and known and not known.startswith("utf") and not opened.encoding.startswith("utf"):
        # which of those with one byte a letter, its author knows better
        opened = replace(opened, encoding=known)
    for token in _checked(opened, findings, checker):
        raw = token.raw
        if token.kind == "declaration" and utf8:
            raw = _ENCODING.sub(r"\1UTF-8\2", raw)
        yield raw


def _checked(opened: Opened, findings: Findings, checker: Checker) -> Iterator[Token]:
    watch = _Watch(findings)
    try:
        for token in _clean(opened, findings):
            watch.see(token)
            yield from checker.feed(token)
        watch.end()
    except TooLong as long:
        findings.add("xml-long", Place(long.line), limit="10,000,000")
        raise Stopped from None
    yield from checker.end()


def _clean(opened: Opened, findings: Findings) -> Iterator[Token]:
    cleaner = Cleaner(findings)
    first = True
    for token in tokens(opened.text()):
        if first:
            first = False
            if token.kind == "text" and not token.raw.strip() and "<?xml" in opened.head[:1000]:
                findings.add("xml-leading", Place(1), "<?xml ...")
                continue
        elif token.kind in {"start", "empty"}:
            cleaner.element = token.name
        raw = cleaner.clean(token)
        yield token if raw == token.raw else token._replace(raw=raw)


class _Watch:
    """Ask expat whether what is mended is well-formed, and stop where it is not, or is of a kind that does harm."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._parser = expat.ParserCreate("utf-8")
        self._parser.buffer_text = True
        self._waiting: list[str] = []
        self._size = self._depth = self._last = 0
        self._excerpt = ""
        self._offset: int | None = None

    def see(self, token: Token) -> None:
        if self._offset is None:
            self._offset = token.line - 1
        if token.kind == "start":
            self._depth += 1
            if self._depth > DEEPEST:
                self._findings.add("xml-depth", Place(token.line, token.name), token.raw, limit=DEEPEST)
                raise Stopped
        elif token.kind == "end":
            self._depth -= 1
        elif token.kind == "doctype":
            self._doctype(token)
        self._waiting.append(token.raw)
        self._size += len(token.raw)
        if self._size > _FED:
            self._flush(False)

    def end(self) -> None:
        self._flush(True)

    def _doctype(self, token: Token) -> None:
        declares = _DECLARES.search(token.raw)
        if declares:
            line = token.line + token.raw.count("\n", 0, declares.start())
            self._findings.add("xml-entities-declared", Place(line, "!ENTITY"), token.raw[declares.start() :])
            raise Stopped
        address = _ADDRESS.search(token.raw)
        if address:
            self._findings.add("xml-dtd", Place(token.line, "!DOCTYPE"), token.raw, url=address[1])

    def _flush(self, final: bool) -> None:
        text = "".join(self._waiting)
        self._waiting.clear()
        self._size = 0
        try:
            self._parser.Parse(text.encode("utf-8", "replace"), final)
        except expat.ExpatError as error:
            line = error.lineno + (self._offset or 0)
            self._findings.add(
                "xml-broken", Place(line), _near(text, error, self._last), problem=expat.ErrorString(error.code)
            )
            raise Stopped from None
        self._last += text.count("\n")


def _near(text: str, error: expat.ExpatError, before: int) -> str:
    """Give the text around an error, as far as it stands in the piece that was parsed last."""
    lines = text.split("\n")
    at = error.lineno - 1 - before
    if not 0 <= at < len(lines):
        return ""
    return lines[at][max(0, error.offset - 40) :][:120]


def encoding_faults(opened: Opened, findings: Findings) -> bool:
    """Tell of an encoding that is not the one declared; give whether the mended file is to be in UTF-8."""
    where = Place(1, "?xml")
    if opened.mark == codecs.BOM_UTF8:
        findings.add("xml-bom", Place(1))
    real = shown(opened)
    known = _lookup(opened.declared)
    if opened.declared and not known:
        findings.add("xml-unknown-encoding", where, opened.head[:60], declared=opened.declared)
        return True
    one_byte = bool(known) and not known.startswith("utf")
    declared = opened.declared or "UTF-8"
    rule = ""
    if opened.encoding == "utf-8":
        if opened.mixed or (known.startswith(("utf-16", "utf-32")) and not opened.mark):
            rule = "xml-encoding"
        elif one_byte and not opened.ascii:
            rule = "xml-mojibake"
    elif opened.encoding.startswith("utf"):
        rule = "xml-encoding" if known and not known.startswith(opened.encoding[:6]) else ""
    elif not one_byte:
        rule = "xml-encoding"
    elif opened.encoding == "cp1252" and known == "iso8859-1":
        rule = "xml-mojibake"
    if rule:
        findings.add(rule, where, opened.head[:60], declared=declared, real=real)
    return bool(rule) or opened.surrogates


def _lookup(name: str) -> str:
    try:
        return codecs.lookup(name).name if name else ""
    except LookupError:
        return ""


def shown(opened: Opened) -> str:
    """Name the encoding of a file as people know it.

    >>> from pathlib import Path
    >>> shown(Opened(Path("a"), 0, False, "cp1252", False, False, False, "", b"", ""))
    'Windows-1252'
    """
    names = {"cp1252": "Windows-1252", "latin-1": "ISO-8859-1", "iso8859-1": "ISO-8859-1", "mac_roman": "Mac Roman"}
    name = names.get(opened.encoding, opened.encoding.upper())
    return "UTF-8 + Windows-1252" if opened.mixed else name
