"""Three dots that stand apart, as TeX sets them: they are one sign, close to what stands close to them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bialign.readers.pdf.lines import Word

_LAST = re.compile(r"\.(?!\.)\W*")
_CLOSING = re.compile(r"[,;:!?)\]}»”’\"']\W*")
_ENDS = re.compile(r"(?<!\.)\.\Z")
_NEAR, _FAR = 0.1, 0.6
"""Font sizes between the dots, at least and at most."""
_EVEN = 0.1
"""Font sizes that the room between them differs, at most."""


def with_ellipses(words: Sequence[Word]) -> tuple[list[Word], list[int]]:
    """Make one word of each three dots of a line; the second value tells which word each old one has gone into."""
    found: list[Word] = []
    places: list[int] = []
    at = 0
    while at < len(words):
        stop = _three_dots(words, at)
        group = words[at:stop]
        if len(group) > 1:
            text = words[at].text[:-1] + "…" + "".join(word.text for word in group[1:]).lstrip(".")
            found.append(words[at]._replace(text=text, x1=group[-1].x1))
        else:
            found.append(words[at])
        places += [len(found) - 1] * len(group)
        at = stop
    return found, places


def _three_dots(words: Sequence[Word], at: int) -> int:
    """Give the place behind three dots, the first of which ends the word at a place, or behind that word alone."""
    if not _ENDS.search(words[at].text) or words[at].mono or len(words) < at + 3:
        return at + 1
    if at and words[at].text == "." and words[at - 1].text.endswith("."):
        return at + 1
    middle, last, size = words[at + 1], words[at + 2], words[at].size
    room, same = middle.x0 - words[at].x1, last.x0 - middle.x1
    dots = middle.text == "." and _LAST.fullmatch(last.text)
    if not dots or not _NEAR * size < room < _FAR * size or abs(room - same) > _EVEN * size:
        return at + 1
    stop = at + 3
    following = words[stop] if stop < len(words) else None
    if following is None:
        return stop
    if following.text[0] == "." and last.text == ".":
        # a row of dots, as in a table of contents
        return at + 1
    near = following.x0 - last.x1 < room + _EVEN * size
    return stop + 1 if near and last.text == "." and _CLOSING.fullmatch(following.text) else stop
