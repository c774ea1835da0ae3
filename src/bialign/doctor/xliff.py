"""Check XLIFF 1 and 2 as it streams past: what must be named, in what order, and the codes of languages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from bialign.doctor.findings import Findings
from bialign.doctor.languages import fault_of
from bialign.doctor.lexer import Tag, Token, tag_of
from bialign.doctor.model import Place
from bialign.doctor.tags import with_value

_VERSIONS = frozenset({"1.0", "1.1", "1.2", "2.0", "2.1", "2.2"})
_NAMESPACES = {
    "1.1": "urn:oasis:names:tc:xliff:document:1.1",
    "1.2": "urn:oasis:names:tc:xliff:document:1.2",
    "2.0": "urn:oasis:names:tc:xliff:document:2.0",
    "2.1": "urn:oasis:names:tc:xliff:document:2.0",
    "2.2": "urn:oasis:names:tc:xliff:document:2.2",
}
_NEEDS: dict[str, dict[str, tuple[str, ...]]] = {
    "1": {"file": ("original", "source-language", "datatype"), "trans-unit": ("id",)},
    "2": {"xliff": ("srcLang",), "file": ("id",), "unit": ("id",)},
}
_ORDER = {"source": 0, "seg-source": 1, "target": 2}
_LANGS = ("source-language", "target-language", "srcLang", "trgLang", "xml:lang")
_MOST = 1_000_000
"""Ids that are remembered."""


@dataclass(slots=True)
class _Open:
    """Hold an element that is open: its name without prefix, where it is, and the last of its texts."""

    name: str
    token: Token
    last: str = ""
    has_source: bool = False


@dataclass(slots=True)
class Facts:
    """Hold what is learnt of a file meanwhile."""

    version: str = ""
    program: str = ""
    units: int = 0
    langs: dict[str, None] = field(default_factory=dict)


class XliffChecker:
    """Take the pieces of a file and give them back, codes of languages mended."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self.facts = Facts()
        self._stack: list[_Open] = []
        self._ids: set[str] = set()
        self._has_target_lang = self._told_target = False

    def feed(self, batch: list[Token]) -> Iterable[Token]:
        """Take pieces; give them back."""
        return [self._take(token) for token in batch]

    def _take(self, token: Token) -> Token:
        if token.kind in {"start", "empty"}:
            name = token.name.rpartition(":")[2]
            raw = self._start(token, name, tag_of(token.raw))
            self._stack.append(_Open(name, token))
            if token.kind == "empty":
                self._end()
            return token if raw == token.raw else token._replace(raw=raw)
        if token.kind == "end" and self._stack:
            self._end()
        return token

    def end(self) -> Iterable[Token]:
        """Give nothing more."""
        return ()

    def _start(self, token: Token, name: str, tag: Tag) -> str:
        if not self._stack:
            self._root(token, tag)
        major = self.facts.version[:1] or "1"
        for needed in _NEEDS.get(major, _NEEDS["1"]).get(name, ()):
            if not tag.get(needed):
                self._tell("xliff-needs", token, element=name, name=needed)
        if name == "file":
            self._ids.clear()
            self.facts.program = self.facts.program or tag.get("tool") or ""
        elif name == "tool" and not self.facts.program:
            self.facts.program = " ".join(filter(None, (tag.get("tool-name"), tag.get("tool-version"))))
        elif name in {"trans-unit", "unit"}:
            self.facts.units += 1
            self._id(token, tag.get("id"))
        elif name in {"source", "seg-source", "target"} and self._stack:
            self._text(token, name)
        elif self._stack and self._stack[-1].name == "trans-unit" and self._stack[-1].last:
            self._stack[-1].last = name
        return self._languages(token, tag)

    def _root(self, token: Token, tag: Tag) -> None:
        version = tag.get("version") or ""
        self.facts.version = version
        self._has_target_lang = bool(tag.get("trgLang"))
        if version not in _VERSIONS:
            self._tell("xliff-version", token, version=version or '""')
            return
        prefix = token.name.rpartition(":")[0]
        found = tag.get(f"xmlns:{prefix}" if prefix else "xmlns") or ""
        wanted = _NAMESPACES.get(version, "")
        if wanted and found != wanted:
            self._tell("xliff-namespace", token, found=found or '""', version=version, wanted=wanted)

    def _id(self, token: Token, id: str | None) -> None:
        if not id:
            return
        if id in self._ids:
            self._tell("xliff-id", token, id=id)
        elif len(self._ids) < _MOST:
            self._ids.add(id)

    def _text(self, token: Token, name: str) -> None:
        parent = self._stack[-1]
        if parent.name not in {"trans-unit", "segment"}:
            return
        parent.has_source = parent.has_source or name == "source"
        if parent.last and _ORDER.get(parent.last, 3) > _ORDER[name]:
            self._tell("xliff-order", token, name=name, before=parent.last)
        parent.last = name
        two = self.facts.version.startswith("2")
        if name == "target" and two and not self._has_target_lang and not self._told_target:
            self._told_target = True
            self._tell("xliff-target-lang", token)

    def _end(self) -> None:
        closed = self._stack.pop()
        if closed.name in {"trans-unit", "segment"} and not closed.has_source:
            self._tell("xliff-no-source", closed.token)

    def _languages(self, token: Token, tag: Tag) -> str:
        raw = token.raw
        for name in _LANGS:
            code = tag.get(name)
            if code is None:
                continue
            if name != "xml:lang" and len(self.facts.langs) < 8:
                self.facts.langs[code] = None
            rule, better = fault_of(code)
            if rule:
                self._tell(rule, token, code=code or '""', better=better)
            if better and better != code:
                raw = with_value(raw, name, better)
        return raw

    def _tell(self, rule: str, token: Token, **fields: Any) -> None:
        place = Place(token.line, f"unit {self.facts.units}/{token.name}" if self.facts.units else token.name)
        self._findings.add(rule, place, token.raw, **fields)


class TbxChecker:
    """Take the pieces of a termbase and give them back, codes of languages mended; its structure is read as a tree."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self.facts = Facts()
        self._told = False

    def feed(self, batch: list[Token]) -> Iterable[Token]:
        """Take pieces; give them back."""
        return [self._take(token) for token in batch]

    def _take(self, token: Token) -> Token:
        if token.kind not in {"start", "empty"}:
            return token
        name, tag, raw = token.name.rpartition(":")[2], tag_of(token.raw), token.raw
        if name in {"tbx", "martif"} and not self.facts.version:
            self.facts.version = f"{3 if name == 'tbx' else 2} {tag.get('type') or ''}".strip()
            if name == "tbx":
                self._findings.add("tbx-3-omegat", Place(token.line, name), raw)
        elif name in {"conceptEntry", "termEntry"}:
            self.facts.units += 1
        elif name == "ntig" and not self._told:
            self._told = True
            self._findings.add("tbx-ntig", Place(token.line, name), raw)
        code = tag.get("xml:lang")
        if code is not None and name in {"langSec", "langSet"}:
            if len(self.facts.langs) < 8:
                self.facts.langs[code] = None
            rule, better = fault_of(code)
            if rule:
                self._findings.add(rule, Place(token.line, name), raw, code=code or '""', better=better)
            if better and better != code:
                raw = with_value(raw, "xml:lang", better)
        return token._replace(raw=raw)

    def end(self) -> Iterable[Token]:
        """Give nothing more."""
        return ()
