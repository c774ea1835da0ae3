"""Lists that run on in one paragraph: "1) Open the door 2) Go in"."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable

_BULLET = "•⁃◦▪‣●"
_MARK = (
    rf"(?P<at>)(?:(?P<bullet>[{_BULLET}]\s?)?"
    r"(?P<style>\(?)(?:(?P<number>\d{1,3})|(?P<letter>[A-Za-z])|(?P<roman>[ivx]{2,5}))(?P<end>\.\)|[.)])(?=\s+\S)"
    rf"|[{_BULLET}](?=\s*\S))"
)
# a pattern that begins with a character is searched for several times faster than one that looks back at it
_MARKER, _FIRST = re.compile(r"\s" + _MARK), re.compile(_MARK)
_PARTS = ("style", "number", "letter", "roman", "end")
_BEFORE_FIRST = re.compile(r"[.!?…:][\"'”’»)]*\s*\Z")
_RUNNING = re.compile(r"(?:[,;]|\b(?:and|or|y|o|e|u|in|for|see|of|to|de|en|el|la)\s*)\s*\Z", re.I)
_NUMERALS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_ROMAN = {numeral: number for number, numeral in enumerate(_NUMERALS, 1)}


def item_starts(text: str, start: int, stop: int, titles: Callable[[str], bool] = lambda _: False) -> list[int]:
    """Give the offsets where items of a list begin inside a paragraph, the first one included if it opens no paragraph.

    Items count on by one, all in one style, from a first that opens the paragraph or follows the end of a sentence;
    markers in the run of a sentence ("1) bread, 2) wine and 3) oil") are none, nor those behind what `titles` says is
    a title ("Mr. A. and Mrs. B.").
    """
    marks = [found for found in _MARKER.finditer(text, max(0, start - 1), stop) if found.start("at") >= start]
    if start == 0 and (first_mark := _FIRST.match(text, 0, stop)):
        marks.insert(0, first_mark)
    if len(marks) < 2:
        return []
    starts: set[int] = set()
    bullets = [mark.start("at") for mark in marks if mark["bullet"] or not mark["end"]]
    if bullets and (len(bullets) > 1 or text[start:stop].lstrip()[:1] in _BULLET):
        starts.update(bullets)
    for run in _runs([mark for mark in marks if mark["end"] and not mark["bullet"]]):
        first = run[0].start("at")
        head = text[max(start, first - 40) : first]
        if head.strip() and (not _BEFORE_FIRST.search(head) or titles(head.split()[-1].rstrip("."))):
            continue
        if any(_RUNNING.search(text[max(start, mark.start("at") - 12) : mark.start("at")]) for mark in run[1:]):
            continue
        if len(run) >= 3 or _readings(*run[0].group(*_PARTS))[0][1] == 1:
            starts.update(mark.start("at") for mark in run)
    first_word = start + len(text[start:stop]) - len(text[start:stop].lstrip())
    return sorted(at for at in starts if at > first_word)


def _runs(marks: list[re.Match[str]]) -> list[list[re.Match[str]]]:
    """Group markers of one style that count on by one."""
    runs: dict[tuple[str, str, str], tuple[int, list[re.Match[str]]]] = {}
    found = []
    for mark in marks:
        for key, value in _readings(*mark.group(*_PARTS)):
            last, chain = runs.get(key, (None, []))
            if last is not None and value == last + 1:
                chain.append(mark)
                if len(chain) == 2:
                    found.append(chain)
            else:
                chain = [mark]
            runs[key] = value, chain
    return found


@functools.lru_cache(maxsize=2048)
def _readings(
    style: str, number: str | None, letter: str | None, roman: str | None, end: str
) -> tuple[tuple[tuple[str, str, str], int], ...]:
    """Give the styles that a marker may be of, with what it counts as in each."""
    if number:
        return (((style, end, "number"), int(number)),)
    if roman:
        return (((style, end, "roman"), _ROMAN.get(roman, -9)),)
    assert letter is not None  # a marker is one of the three
    case = style + ("A" if letter.isupper() else "")
    readings = (((case, end, "letter"), ord(letter.lower()) - ord("a") + 1),)
    # "i", "v" and "x" count as letters and as Roman numerals
    return (*readings, ((case, end, "roman"), _ROMAN[letter])) if letter in "ivx" else readings
