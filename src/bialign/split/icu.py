"""Regular expressions as ICU and SRX files write them, turned into those of the ``regex`` package (its version 1).

Both know possessive quantifiers, atomic groups, Unicode properties and sets within sets; what differs is how some
characters and the operators of sets are written. What has no counterpart raises ValueError.
"""

from __future__ import annotations

import re

_LINE_ENDS = r"\n\x0B\f\r\x85\u2028\u2029"
_SPACES = r"\t\p{Zs}"
# what stands outside of sets, and inside
_OUTSIDE = {
    "z": r"\Z", "Z": r"(?=\n?\Z)", "h": f"[{_SPACES}]", "H": f"[^{_SPACES}]", "v": f"[{_LINE_ENDS}]",
    "V": f"[^{_LINE_ENDS}]", "R": rf"(?:\r\n|[{_LINE_ENDS}])", "e": r"\x1b",
}  # fmt: skip
_INSIDE = {"h": _SPACES, "v": _LINE_ENDS, "e": r"\x1b"}
_KEPT_OUTSIDE = set("aAbBdDfnNpPrsStuUwWxX123456789")
_KEPT_INSIDE = set("adDfnNpPrsStuUwWx")
_QUOTED = re.compile(r"\\Q(.*?)(?:\\E|\Z)", re.DOTALL)
_CODE = re.compile(r"\\(?:x\{([0-9A-Fa-f]{1,6})\}|0([0-7]{1,3})|c([@-_a-z]))")
_PROPERTY = re.compile(r"\\[pPN]\{[^}]*\}|\\[pP]\w")
_FLAGS = re.compile(r"\(\?([a-zA-Z-]+)([:)])")
_POSIX = re.compile(r"\[:\^?\w+:\]")


def translate(pattern: str) -> str:
    r"""Turn a pattern of ICU into one of ``regex``; raise ValueError, with what is wrong, where that cannot be done.

    >>> translate(r"\x{AB}[\p{Po}-[,;]]\h")
    '\\u00ab[\\p{Po}--[,;]][\\t\\p{Zs}]'
    """
    parts: list[str] = []
    at = depth = 0
    while at < len(pattern):
        piece, at = _escape(pattern, at, depth) if pattern[at] == "\\" else _plain(pattern, at, depth)
        depth += piece.count("[") - piece.count("]") if piece in {"[", "]", "[^", "--[", "&&["} else 0
        parts.append(piece)
    if depth:
        raise ValueError("a set is not closed: ]")
    return "".join(parts)


def _escape(pattern: str, at: int, depth: int) -> tuple[str, int]:
    """Translate what begins with a backslash; give it, and where the rest begins."""
    if quoted := _QUOTED.match(pattern, at):
        return re.escape(quoted[1]), quoted.end()
    if code := _CODE.match(pattern, at):
        number = int(code[1], 16) if code[1] else int(code[2], 8) if code[2] else ord(code[3].upper()) ^ 64
        if number > 0x10FFFF:
            raise ValueError(f"there is no character {code[0]}")
        return (f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"), code.end()
    if prop := _PROPERTY.match(pattern, at):
        return prop[0], prop.end()
    letter = pattern[at + 1 : at + 2]
    if not letter:
        raise ValueError("it ends in a backslash")
    if named := re.compile(r"\\k<(\w+)>").match(pattern, at):
        return f"(?P={named[1]})", named.end()
    table, kept = (_INSIDE, _KEPT_INSIDE) if depth else (_OUTSIDE, _KEPT_OUTSIDE)
    if letter in table:
        return table[letter], at + 2
    if letter.isalnum() and letter.isascii() and letter not in kept:
        raise ValueError(f"\\{letter} has no counterpart here")
    return "\\" + letter, at + 2


def _flags(letters: str, end: str) -> str:
    """Translate the flags of a group, or of all that follows: Java's "u" and "U" always hold here."""
    if unknown := set(letters) - set("imsxuU-"):
        raise ValueError(f"the flag {min(unknown)} has no counterpart here")
    kept = re.sub("[uU]", "", letters).removesuffix("-")
    return f"(?{kept}{end}" if kept or end == ":" else ""


def _plain(pattern: str, at: int, depth: int) -> tuple[str, int]:
    """Translate what is no escape: the beginning of a group or a set, an operator between sets, or a character."""
    char = pattern[at]
    if depth and (posix := _POSIX.match(pattern, at)):
        return posix[0], posix.end()
    if char == "[":
        return ("[^", at + 2) if pattern[at + 1 : at + 2] == "^" else ("[", at + 1)
    if depth:
        for operator, ours in (("--[", "--["), ("&&[", "&&["), ("-[", "--["), ("&[", "&&[")):
            if pattern.startswith(operator, at):
                return ours, at + len(operator)
        return ("\\" + char if char in "|~" else char), at + 1
    if char == "(" and (flags := _FLAGS.match(pattern, at)):
        return _flags(flags[1], flags[0][-1]), flags.end()
    return ("\\]" if char == "]" else char), at + 1
