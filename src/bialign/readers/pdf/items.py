"""The signs and numbers that items of lists begin with: the list's own, as in other kinds of files, and no text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import cast

from bialign.readers.pdf.lines import Line

BULLET = re.compile(r"[·•◦▪‣∙●○■□❖➢✓\uf0a7\uf0b7\uf0d8\u2023\u2043\u2219]")
_COUNTED = re.compile(r"\(?(\d{1,3}|[a-zA-Z]|[ivxl]{1,5})[.)]")
_FIRST = re.compile(r"\(?[1ai][.)]")
_DASH = re.compile(r"[-–*o]")
_ROMAN = (
    "", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi",
)  # fmt: skip
Paragraphs = Sequence[Sequence[Line] | None]
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


def begins_with_dash(line: Line) -> bool:
    """Tell whether a line begins with a sign that items of lists may have and sentences as well."""
    return len(line.words) > 1 and _DASH.fullmatch(line.words[0].text) is not None


def drop_marks(items: Paragraphs, *, indented: bool = False) -> set[int]:
    """Take the marks from the items of lists, and give the places of these; None stands for what can be no item.

    A number or dash is a mark where the item's other lines begin behind it; else a number or letter if the item before
    or after counts with it, or if it is the first and stands far in; a dash if another item has it: "A. Smith" alone
    and the dash of a speech are text. `indented` tells whether first lines of paragraphs stand further in.
    """
    marked = set()
    far = 2.0 if indented else 0.8
    for place, lines in enumerate(items):
        if not lines:
            continue
        before, after = items[max(0, place - _REACH) : place], items[place + 1 : place + 1 + _REACH]
        first = (
            _FIRST.fullmatch(lines[0].words[0].text)
            and len(lines[0].words) > 1
            and _offset(lines) > far * lines[0].size
        )
        if first or _is_mark(lines, before, after, far):
            marked.add(place)
    for place in marked:
        line = cast("Sequence[Line]", items[place])[0]
        del line.words[0]
        line.marks[:] = [number - 1 for number in line.marks if number]
    return marked


def _offset(lines: Sequence[Line]) -> float:
    return lines[0].x0 - lines[0].left


def _is_mark(lines: Sequence[Line], before: Paragraphs, after: Paragraphs, far: float) -> bool:
    line = lines[0]
    first = line.words[0].text
    found = _COUNTED.fullmatch(first)
    if len(line.words) < 2 or (BULLET.match(first) and len(first) > 1):
        return False
    if BULLET.fullmatch(first) or (_text_hangs(lines) and not first.strip("().").isalpha()):
        return True
    sides = [(other, -1) for other in before] + [(other, 1) for other in after]
    near = [(one, step) for one, step in sides if one and abs(_offset(one) - _offset(lines)) <= line.size]
    if not found:
        same = [other for other, _ in near if other[0].words[0].text == first]
        all_of_them = [lines, *same]
        if not same or any(map(_is_speech, all_of_them)):
            return False
        return any(map(_text_hangs, all_of_them)) or all(_is_set_off(one, far) for one in all_of_them)
    numbers = ((_COUNTED.fullmatch(other[0].words[0].text), step) for other, step in near)
    return any(number and step in _steps(found[1], number[1]) for number, step in numbers)


def _is_speech(lines: Sequence[Line]) -> bool:
    """Tell whether only the first line of a paragraph stands further in."""
    return len(lines) > 1 and lines[1].x0 < lines[0].x0 - 0.5 * lines[0].size


def _is_set_off(lines: Sequence[Line], far: float) -> bool:
    """Tell whether a paragraph that begins with a dash stands further in, or its text away from it."""
    return _room_behind(lines) or (len(lines) == 1 and _offset(lines) > far * lines[0].size)


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
