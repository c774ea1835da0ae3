"""Check a translation memory unit by unit, and mend what can be mended without changing what it says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from bialign.doctor.findings import Findings
from bialign.doctor.lexer import LONGEST, Token, TooLong, tag_of
from bialign.doctor.model import Place
from bialign.doctor.tags import with_value, without
from bialign.doctor.tmx_model import CHILDREN, DEFAULTS, HOLDS_TEXT
from bialign.doctor.tmx_tags import Checked, TagCheck, header_check
from bialign.doctor.tmx_units import UnitCheck

_OLD = frozenset({"1.0", "1.1", "1.2", "1.3"})
_LANG = re.compile(r"<tuv\b[^>]*?\s(?:xml:)?lang\s*=\s*[\"']([^\"']+)", re.ASCII)
_KNOWN_TAGS = 20_000
_LONG = 2_000


class _Seen(NamedTuple):
    """Hold what is known of a tag: how it stands in the signature of a unit, whether it is right, its language."""

    code: str
    right: bool
    lang: str


@dataclass(slots=True)
class Facts:
    """Hold what is learnt of a memory meanwhile."""

    version: str = ""
    program: str = ""
    units: int = 0
    langs: Counter[str] = field(default_factory=Counter)


class TmxChecker:
    """Take the pieces of a memory and give them mended; a unit is held until it is whole.

    Most units are alike: of one whose tags are right and stand as those of another that was found right, nothing more
    is looked at. `head` is the beginning of the file, which tells the language of a header that doesn't.
    """

    def __init__(self, findings: Findings, head: str) -> None:
        # whether a tag is right is asked without telling of it
        self._findings, self._silent = findings, findings.silent()
        self.facts = Facts()
        self._stack: list[str] = []
        self._unit: list[Token] = []
        self._size = 0
        self._tags: dict[str, _Seen] = {}
        self._right: set[str] = set()
        self._header = self._prefixed = self._old = False
        first = _LANG.search(head)
        self._srclang = first[1].replace("_", "-") if first else ""

    def feed(self, batch: list[Token]) -> list[Token]:
        """Take pieces; give those that are whole."""
        if self._prefixed:
            return batch
        out: list[Token] = []
        unit = self._unit
        for token in batch:
            if unit:
                unit.append(token)
                if token.name == "tu" and token.kind == "end":
                    out += self._whole(unit)
                    unit = []
            elif token.name == "tu" and token.kind == "start" and self._stack[-1:] == ["body"]:
                unit = [token]
            else:
                out += self._outside(token)
        self._unit = unit
        if unit:
            self._size += sum(len(token.raw) for token in batch)
            if self._size > LONGEST:
                raise TooLong(unit[0].line)
        else:
            self._size = 0
        return out

    def end(self) -> Iterable[Token]:
        """Tell what is wrong with the whole."""
        if self._prefixed:
            return ()
        if not self.facts.units:
            self._findings.add("tmx-no-units")
        regions: dict[str, list[str]] = {}
        for code in sorted(code.replace("_", "-") for code in self.facts.langs):
            regions.setdefault(code.partition("-")[0].lower(), []).append(code)
        for codes in regions.values():
            if len({code.lower() for code in codes}) > 1:
                self._findings.add("tmx-regions", codes=", ".join(codes))
        bare = [code for code in self.facts.langs if code and "-" not in code and "_" not in code]
        if bare:
            self._findings.add("tmx-region", codes=", ".join(sorted(bare)))
        return ()

    def _place(self, token: Token) -> Place:
        return Place(token.line, token.name)

    def _outside(self, token: Token) -> Iterator[Token]:
        parent = self._stack[-1] if self._stack else ""
        if token.kind in {"text", "cdata"} and token.raw.strip() and parent not in HOLDS_TEXT and self._stack:
            self._findings.add("tmx-text", Place(token.line, parent), token.raw, parent=parent)
        elif token.kind == "end":
            del self._stack[-1:]
        elif token.kind in {"start", "empty"}:
            if token.kind == "start":
                self._stack.append(token.name)
            yield from self._tag(token, parent)
            return
        yield token

    def _tag(self, token: Token, parent: str) -> Iterator[Token]:
        name = token.name
        if not parent and ":" in name:
            self._prefixed = True
            self._findings.add("tmx-namespace", self._place(token), token.raw, fixable=False)
            yield token
            return
        if name not in CHILDREN.get(parent, frozenset()):
            self._findings.add("tmx-element", self._place(token), token.raw, name=name, parent=parent)
        if name == "tmx":
            yield token._replace(raw=self._root(token))
        elif name == "header":
            self._header = True
            yield from self._head(token)
        else:
            if name == "body" and not self._header:
                self._findings.add("tmx-no-header", self._place(token), token.raw)
                said = "".join(f' {key}="{value}"' for key, value in DEFAULTS.items())
                raw = f'<header{said} srclang="{self._srclang or "*all*"}"/>\n'
                yield Token("empty", raw, token.line, "header")
            yield token._replace(raw=self._checked(token).raw)

    def _checked(self, token: Token) -> Checked:
        return TagCheck(self._findings, token, self._place).check()

    def _root(self, token: Token) -> str:
        raw, tag = self._checked(token).raw, tag_of(token.raw)
        version = tag.get("version")
        self.facts.version = version or ""
        if version in _OLD:
            self._old = True
            self._findings.add("tmx-old", self._place(token), token.raw, version=version)
            raw = with_value(raw, "version", "1.4")
        elif version is not None and version != "1.4":
            mended = version.startswith("1.4")
            self._findings.add("tmx-version", self._place(token), token.raw, fixable=mended, version=version or '""')
            raw = with_value(raw, "version", "1.4") if mended else raw
        if tag.get("xmlns") is not None:
            self._findings.add("tmx-namespace", self._place(token), token.raw)
            raw = without(raw, "xmlns")
        return raw

    def _head(self, token: Token) -> Iterator[Token]:
        tag = tag_of(token.raw)
        self.facts.program = " ".join(filter(None, (tag.get("creationtool"), tag.get("creationtoolversion"))))
        check = TagCheck(self._findings, token, self._place)
        result = header_check(check, token, self._srclang)
        raw, props = result.raw, "".join(result.props)
        if props and token.kind == "empty":
            raw = f"{raw[:-2].rstrip()}>{props}</header>"
            props = ""
        yield token._replace(raw=raw + props)

    def _whole(self, unit: list[Token]) -> list[Token]:
        self._size = 0
        self.facts.units += 1
        signature, right, letters = self._signature(unit)
        if right and signature in self._right and letters <= _LONG:
            return unit
        before = self._findings.told
        mended = UnitCheck(self._findings, unit, self.facts.units, self._old).check()
        if self._findings.told == before and right and not self._old and len(self._right) < _KNOWN_TAGS:
            self._right.add(signature)
        return mended

    def _signature(self, unit: list[Token]) -> tuple[str, bool, int]:
        """Give how a unit is built, whether all of its tags are right by themselves, and the letters of its texts."""
        codes, right, letters, tags = [], True, 0, self._tags
        for token in unit:
            if token.kind == "text":
                if not token.raw.isspace():
                    codes.append(".")
                    letters += len(token.raw)
                continue
            seen = tags.get(token.raw)
            if seen is None:
                if len(tags) > _KNOWN_TAGS:
                    tags.clear()
                seen = tags[token.raw] = self._look(token)
            codes.append(seen.code)
            right = right and seen.right
            if seen.lang:
                self.facts.langs[seen.lang] += 1
        return "".join(codes), right, letters

    def _look(self, token: Token) -> _Seen:
        code = {"start": "<{}>", "end": "</{}>", "empty": "<{}/>", "cdata": "."}.get(token.kind, "").format(token.name)
        if token.kind not in {"start", "empty"}:
            return _Seen(code, True, "")
        check = TagCheck(self._silent, token, self._place).check()
        tag = tag_of(token.raw)
        lang = (tag.get("xml:lang") or tag.get("lang") or "") if token.name == "tuv" else ""
        return _Seen(code, check.faults == 0, lang)
