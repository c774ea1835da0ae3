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
from bialign.doctor.xml_clean import NEEDS_TAG, NEEDS_TEXT, Cleaner

DEEPEST = 256
"""Levels of elements that libxml2 takes."""
_DECLARES = re.compile(r"<!ENTITY", re.IGNORECASE)
_ADDRESS = re.compile(r"[\"']((?:https?|ftp|file):[^\"']*)[\"']\s*(?:\[|>)")
_ENCODING = re.compile(r"(encoding\s*=\s*[\"'])[^\"']*([\"'])")
_FED = 1 << 16


class Checker(Protocol):
    """Check the structure of a format."""

    def feed(self, batch: list[Token]) -> Iterable[Token]:
        """Take the next pieces, which are well-formed so far; give those that are to be written, now or later."""

    def end(self) -> Iterable[Token]:
        """Give what is left to be written; what is wrong with the whole is told here."""


class Stopped(Exception):
    """Tell that the rest of the file cannot be examined; why has been told."""


def mended(opened: Opened, findings: Findings, checker: Checker) -> Iterator[str]:
    """Give the pieces of a file, mended, and tell of each fault. Raises Stopped where it cannot be read to its end."""
    utf8 = encoding_faults(opened, findings)
    if not utf8:
        opened = replace(opened, encoding=own_encoding(opened))
    for batch in _checked(opened, findings, checker):
        if utf8:
            raws = [_ENCODING.sub(r"\1UTF-8\2", one.raw) if one.kind == "declaration" else one.raw for one in batch]
        else:
            raws = [one.raw for one in batch]
        yield "".join(raws)


def _checked(opened: Opened, findings: Findings, checker: Checker) -> Iterator[Iterable[Token]]:
    parser = _Parser(findings)
    try:
        for batch in _batches(opened, findings):
            fits = parser.parse(batch)
            yield checker.feed(fits)
            if len(fits) < len(batch):
                raise Stopped
        if not parser.end():
            raise Stopped
    except TooLong as long:
        findings.add("xml-long", Place(long.line), limit="10,000,000")
        raise Stopped from None
    yield checker.end()


def _batches(opened: Opened, findings: Findings) -> Iterator[list[Token]]:
    """Give the pieces, their letters mended, some thousands at a time; raises Stopped before what does harm."""
    cleaner = Cleaner(findings)
    batch: list[Token] = []
    size = depth = 0
    needs_text, needs_tag = NEEDS_TEXT.search, NEEDS_TAG.search
    for token in _from_declaration(opened, findings):
        kind, raw = token.kind, token.raw
        if kind == "start":
            depth += 1
            cleaner.element = token.name
            if depth > DEEPEST:
                findings.add("xml-depth", Place(token.line, token.name), raw, limit=DEEPEST)
                raise Stopped
        elif kind == "end":
            depth -= 1
        elif kind == "doctype":
            _doctype(token, findings)
        if needs_text(raw) if kind == "text" else needs_tag(raw):
            batch.append(token._replace(raw=cleaner.clean(token)))
        else:
            batch.append(token)
        size += len(raw)
        if size > _FED:
            yield batch
            batch, size = [], 0
    yield batch


def _from_declaration(opened: Opened, findings: Findings) -> Iterator[Token]:
    """Give the pieces of a file, without blank lines before its declaration."""
    found = tokens(opened.text())
    first = next(found, None)
    if first is None:
        return
    if first.kind == "text" and not first.raw.strip() and "<?xml" in opened.head[:1000]:
        findings.add("xml-leading", Place(1), "<?xml ...")
    else:
        yield first
    yield from found


def _doctype(token: Token, findings: Findings) -> None:
    declares = _DECLARES.search(token.raw)
    if declares:
        line = token.line + token.raw.count("\n", 0, declares.start())
        findings.add("xml-entities-declared", Place(line, "!ENTITY"), token.raw[declares.start() :])
        raise Stopped
    address = _ADDRESS.search(token.raw)
    if address:
        findings.add("xml-dtd", Place(token.line, "!DOCTYPE"), token.raw, url=address[1])


class _Parser:
    """Ask expat whether what is mended is well-formed."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._expat = expat.ParserCreate("utf-8")
        self._before = 0
        self._offset = -1

    def parse(self, batch: list[Token]) -> list[Token]:
        """Give the pieces that are well-formed: all of them, or those in the lines before the first that is not."""
        if self._offset < 0 and batch:
            # blank lines at the beginning are left out
            self._offset = batch[0].line - 1
        text = "".join([token.raw for token in batch])
        try:
            self._expat.Parse(text.encode("utf-8", "replace"), False)
        except expat.ExpatError as error:
            line = self._tell(error, text)
            return [token for token in batch if token.line < line]
        self._before += text.count("\n")
        return batch

    def end(self) -> bool:
        """Tell whether the file is whole."""
        try:
            self._expat.Parse(b"", True)
        except expat.ExpatError as error:
            self._tell(error, "")
            return False
        return True

    def _tell(self, error: expat.ExpatError, text: str) -> int:
        line = error.lineno + max(self._offset, 0)
        problem = expat.ErrorString(error.code)
        self._findings.add("xml-broken", Place(line), _near(text, error, self._before), problem=problem)
        return line


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


def own_encoding(opened: Opened) -> str:
    """Give the encoding of a file that declares the right one: which of those with one byte a letter, it knows best."""
    known = _lookup(opened.declared)
    return known if known and not known.startswith("utf") and not opened.encoding.startswith("utf") else opened.encoding


def _lookup(name: str) -> str:
    """Give the name of an encoding as Python has it, "" for one that is unknown, or in which no XML can be."""
    try:
        found = codecs.lookup(name).name if name else ""
        return found if found.startswith(("utf-16", "utf-32")) or b"<?".decode(name) == "<?" else ""
    except (LookupError, ValueError, UnicodeError):
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
