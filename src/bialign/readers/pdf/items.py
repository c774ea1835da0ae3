"""The signs and numbers that items of lists begin with: the list's own, as in other kinds of files, and no text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bialign.readers.pdf.lines import Line

BULLET = re.compile(r"[•◦▪‣∙●○■□❖➢✓\uf0a7\uf0b7\uf0d8\u2023\u2043\u2219]")
_COUNTED = re.compile(r"\(?(\d{1,3}|[a-zA-Z]|[ivxl]{1,5})[.)]")
_DASH = re.compile(r"[-–*o]")
_ROMAN = (
    "", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi",
)  # fmt: skip
_REACH = 12
"""Paragraphs from an item to the next of the same list, at most: there may be others inside it."""


def is_item(line: Line) -> bool:
    """Tell whether a line begins with the sign or number of a list's item."""
    first = line.words[0].text
    if len(line.words) < 2:
        return bool(BULLET.match(first)) and len(first) > 1
    return bool(BULLET.match(first) or _COUNTED.fullmatch(first) or (_DASH.fullmatch(first) and _hangs(line)))


def _hangs(line: Line) -> bool:
    return line.words[1].x0 - line.words[0].x1 > 0.3 * line.size and line.x0 - line.left > 0.3 * line.size


def drop_marks(items: Sequence[Sequence[Line] | None]) -> None:
    """Take the marks from the items of lists, given as the lines of each paragraph, None for what is no item.

    A number or dash is a mark where the item's other lines begin behind it; else a number or letter if the item before
    or after counts with it, a dash if that has one too: "A. Smith" alone and the dash of a speech are text.
    """
    marked = []
    for place, lines in enumerate(items):
        if lines and _is_mark(lines, items[max(0, place - _REACH) : place], -1) | _is_mark(
            lines, items[place + 1 : place + 1 + _REACH], 1
        ):
            marked.append(lines[0])
    for line in marked:
        del line.words[0]
        line.marks[:] = [number - 1 for number in line.marks if number]


def _is_mark(lines: Sequence[Line], others: Sequence[Sequence[Line] | None], step: int) -> bool:
    line = lines[0]
    first = line.words[0].text
    found = _COUNTED.fullmatch(first)
    if len(line.words) < 2 or (BULLET.match(first) and len(first) > 1):
        return False
    if BULLET.fullmatch(first) or (_text_hangs(lines) and not first.strip("().").isalpha()):
        return True
    for other in others:
        if not other or abs((other[0].x0 - other[0].left) - (line.x0 - line.left)) > line.size:
            continue
        its = other[0].words[0].text
        if not found and its == first:
            return all(_text_hangs(one) or _room_behind(one) for one in (lines, other))
        number = _COUNTED.fullmatch(its)
        if found and number and step in _steps(found[1], number[1]):
            return True
    return False


def _room_behind(lines: Sequence[Line]) -> bool:
    """Tell whether there is more room behind a mark than between words."""
    line = lines[0]
    return line.words[1].x0 - line.words[0].x1 > 0.42 * line.size


def _text_hangs(lines: Sequence[Line]) -> bool:
    """Tell whether an item's other lines begin where the text behind its mark does."""
    return len(lines) > 1 and abs(lines[1].x0 - lines[0].words[1].x0) < 0.3 * lines[0].size


def _steps(mark: str, other: str) -> set[int]:
    """Give how far another mark may be from one, read as numbers, letters or Roman numbers.

    >>> _steps("1", "2"), _steps("c", "b"), sorted(_steps("i", "ii")), _steps("a", "1")
    ({1}, {-1}, [1], set())
    """
    found = set()
    if mark.isdecimal() and other.isdecimal():
        found.add(int(other) - int(mark))
    if len(mark) == len(other) == 1 and mark.isalpha() and other.isalpha():
        found.add(ord(other) - ord(mark))
    if mark in _ROMAN and other in _ROMAN:
        found.add(_ROMAN.index(other) - _ROMAN.index(mark))
    return found
