"""XML cut into its tags and texts as they stand, damaged or not, so that what is not mended is written out unchanged.

Whether the whole is well-formed is for a real parser to say (see `xml_stream`); this only finds the pieces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

LONGEST = 10_000_000
"""Characters of the longest piece; libxml2 takes no longer ones either."""
Kind = Literal["text", "start", "end", "empty", "cdata", "other", "doctype", "declaration", "broken"]


class TooLong(Exception):
    """Tell that a piece is longer than LONGEST; `line` is where it begins."""

    def __init__(self, line: int) -> None:
        self.line = line
        super().__init__(line)


class Token(NamedTuple):
    """Hold a piece of XML as it stands, and the line that it begins in."""

    kind: Kind
    raw: str
    line: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Tag:
    """Hold the attributes of a tag, as they stand, and where the list of them begins and ends."""

    name: str
    attributes: tuple[tuple[str, str], ...]

    def get(self, name: str) -> str | None:
        """Give the value of an attribute as it is written, None where there is none."""
        return next((value for key, value in self.attributes if key == name), None)


_START = r"[A-Za-z_:\u00c0-\U0010ffff]"
_TAG = re.compile(
    rf"<(/?)({_START}[^\s<>/\"'=]*+)((?:[^<>\"'/]++|/(?!>)|\"[^\"]*+\"|'[^']*+')*+)(/?)>",
)
_MARKUP = re.compile(rf"<(?={_START}|[/!?]|\Z)")
_DOCTYPE = re.compile(r"<!DOCTYPE(?:[^<>\[\"']|\"[^\"]*\"|'[^']*')*(?:\[(?:[^\]\"']|\"[^\"]*\"|'[^']*')*\]\s*)?>")
_ATTRIBUTE = re.compile(r"\s+([^\s=/>\"']+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_FENCED: tuple[tuple[str, str, Kind], ...] = (
    ("<!--", "-->", "other"),
    ("<![CDATA[", "]]>", "cdata"),
    ("<?", "?>", "other"),
)


def tag_of(raw: str) -> Tag:
    """Take a tag apart.

    >>> tag_of('<tuv xml:lang="es" a = "1">').attributes
    (('xml:lang', 'es'), ('a', '1'))
    """
    match = _TAG.match(raw)
    if not match:
        return Tag("", ())
    found = tuple((one[1], one[2] if one[2] is not None else one[3]) for one in _ATTRIBUTE.finditer(match[3]))
    return Tag(match[2], found)


def tokens(pieces: Iterable[str]) -> Iterator[Token]:
    """Cut a text into pieces; raises TooLong. A < that begins no tag is part of the text."""
    buffer, line, match = "", 1, _TAG.match
    for piece in _and_end(pieces):
        buffer += piece or ""
        at, end = 0, len(buffer)
        while at < end:
            tag = match(buffer, at)
            if tag:
                raw, after = tag[0], tag.end()
                yield Token("end" if tag[1] else "empty" if tag[4] else "start", raw, line, tag[2])
            else:
                token, after = _other(buffer, at, line, final=piece is None)
                if token is None:
                    break
                raw = token.raw
                yield token
            if "\n" in raw:
                line += raw.count("\n")
            at = after
        buffer = buffer[at:]
        if len(buffer) > LONGEST:
            raise TooLong(line)


def _and_end(pieces: Iterable[str]) -> Iterator[str | None]:
    yield from pieces
    yield None


def _other(text: str, at: int, line: int, final: bool) -> tuple[Token | None, int]:
    """Give the piece that begins at a place, which is no tag, and where the next begins; None where it is not whole."""
    return _special(text, at, line, final) if text[at] == "<" else _text(text, at, line, final)


def _text(text: str, at: int, line: int, final: bool) -> tuple[Token | None, int]:
    markup = _MARKUP.search(text, at if text[at] != "<" else at + 1)
    if markup is None or (final and markup.end() == len(text)):
        return (Token("text", text[at:], line), len(text)) if final else (None, at)
    return Token("text", text[at : markup.start()], line), markup.start()


def _special(text: str, at: int, line: int, final: bool) -> tuple[Token | None, int]:
    for opening, closing, kind in _FENCED:
        if text.startswith(opening, at):
            stop = text.find(closing, at + len(opening))
            if stop >= 0:
                raw = text[at : stop + len(closing)]
                said: Kind = "declaration" if raw.startswith("<?xml ") else kind
                return Token(said, raw, line), at + len(raw)
            return _unfinished(text, at, line, final)
    if text.startswith("<!DOCTYPE", at):
        found = _DOCTYPE.match(text, at)
        return (Token("doctype", found[0], line), found.end()) if found else _unfinished(text, at, line, final)
    if not _MARKUP.match(text, at):
        return _text(text, at, line, final)
    return _broken(text, at, line, final)


def _broken(text: str, at: int, line: int, final: bool) -> tuple[Token | None, int]:
    """Give a tag that is not closed, or has a quotation mark too many, up to the next: the parser will complain."""
    stop = text.find("<", at + 1)
    if stop >= 0 and (final or len(text) - at > 1 << 16):
        return Token("broken", text[at:stop], line), stop
    return _unfinished(text, at, line, final)


def _unfinished(text: str, at: int, line: int, final: bool) -> tuple[Token | None, int]:
    return (Token("broken", text[at:], line), len(text)) if final else (None, at)
