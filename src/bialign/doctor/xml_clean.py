"""Mend what makes XML unreadable in its letters: controls, halves of characters, unknown entities, bare signs."""

from __future__ import annotations

import re
from html.entities import html5
from typing import Any

from bialign.doctor.findings import Findings
from bialign.doctor.lexer import Token
from bialign.doctor.model import Place

# outside the production Char of XML 1.0, section 2.2
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_SPACES = "\x0b\x0c\x1c\x1d\x1e"
"""Controls that part what stands around them."""
_AMPERSAND = re.compile(r"&(?:(#[0-9]+|#x[0-9A-Fa-f]+|[A-Za-z_:][\w:.-]*);)?", re.ASCII)
_KNOWN = frozenset({"amp", "lt", "gt", "quot", "apos"})
_ESCAPED = {"&": "&amp;", "<": "&lt;", '"': "&quot;", ">": "&gt;", "'": "&apos;"}
NEEDS_TAG = re.compile("[&\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
NEEDS_TEXT = re.compile("[&<\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What a piece holds that may need mending."""


class Cleaner:
    """Mend pieces of XML, and tell of each fault; `element` names where the next piece stands."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self.element = ""

    def clean(self, token: Token) -> str:
        """Give a piece with its letters mended."""
        raw = token.raw
        if token.kind == "text" and "<" in raw:
            at = raw.index("<")
            while at >= 0:
                self._tell("xml-less", token, raw, at)
                at = raw.find("<", at + 1)
            raw = raw.replace("<", "&lt;")
        if "&" in raw and token.kind in {"text", "start", "empty"}:
            raw = _AMPERSAND.sub(lambda found: self._entity(found, token, raw), self._joined(raw, token))
        if _ILLEGAL.search(raw):
            raw = _PAIR.sub(lambda found: self._pair(found, token, raw), raw)
            raw = _ILLEGAL.sub(lambda found: self._character(found, token, raw), raw)
        return raw

    def _joined(self, raw: str, token: Token) -> str:
        """Make one character of two halves that are written as numbers."""

        def join(found: re.Match[str]) -> str:
            high, low = _number(found[1]), _number(found[2])
            if not (0xD800 <= high < 0xDC00 <= low < 0xE000):
                return found[0]
            self._tell("xml-surrogate", token, raw, found.start(), char=found[0])
            return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))

        return _TWO_NUMBERS.sub(join, raw) if "&#" in raw else raw

    def _entity(self, found: re.Match[str], token: Token, raw: str) -> str:
        name, at = found[1], found.start()
        if name is None:
            self._tell("xml-ampersand", token, raw, at)
            return "&amp;"
        if name in _KNOWN:
            return found[0]
        if name.startswith("#"):
            return self._numbered(found, token, raw)
        letter = html5.get(name + ";", "")
        if not letter:
            self._tell("xml-entity-unknown", token, raw, at, name=found[0])
            return found[0]
        self._tell("xml-entity", token, raw, at, name=found[0], letter=letter)
        return "".join(_ESCAPED.get(char, char) for char in letter)

    def _numbered(self, found: re.Match[str], token: Token, raw: str) -> str:
        number = _number(found[1])
        if number < 0x110000 and not _ILLEGAL.match(chr(number)):
            return found[0]
        if 0xD800 <= number < 0xE000:
            self._tell("xml-surrogate", token, raw, found.start(), char=found[0])
            return "\ufffd"
        self._tell("xml-control", token, raw, found.start(), char=found[0])
        return " " if number < 0x20 and chr(number) in _SPACES else ""

    def _pair(self, found: re.Match[str], token: Token, raw: str) -> str:
        self._tell("xml-surrogate", token, raw, found.start(), char=f"U+{ord(found[0][0]):04X}")
        return found[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le")

    def _character(self, found: re.Match[str], token: Token, raw: str) -> str:
        char = found[0]
        if "\ud800" <= char <= "\udfff":
            self._tell("xml-surrogate", token, raw, found.start(), char=f"U+{ord(char):04X}")
            return "\ufffd"
        self._tell("xml-control", token, raw, found.start(), char=f"U+{ord(char):04X}")
        return " " if char in _SPACES else ""

    def _tell(self, rule: str, token: Token, raw: str, at: int, **fields: Any) -> None:
        line = token.line + raw.count("\n", 0, at)
        self._findings.add(rule, Place(line, self.element), raw[max(0, at - 25) : at + 35], **fields)


_TWO_NUMBERS = re.compile(r"&(#[0-9]+|#x[0-9A-Fa-f]+);&(#[0-9]+|#x[0-9A-Fa-f]+);")


def _number(written: str) -> int:
    digits = written[1:]
    # nothing has more digits than the last character there is
    return int(digits[1:][:9] or "0", 16) if digits.startswith("x") else int(digits[:9])
