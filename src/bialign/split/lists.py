"""Lists that run on in one paragraph: "1) Open the door 2) Go in"."""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Callable

_BULLET = "•⁃◦▪‣●"
_NUMBER = r"(\(?)(?:(\d{1,3})|([A-Za-z])|([ivx]{2,5}))(\.\)|[.)])"
_NUMBERED = re.compile(_NUMBER)
_MARK = rf"(?P<at>)(?:(?P<bullet>[{_BULLET}]\s?)?(?P<number>{_NUMBER})(?=\s+\S)|[{_BULLET}](?=\s*\S))"
_MARKER, _FIRST = re.compile(r"\s" + _MARK), re.compile(_MARK)
_BULLETS = re.compile(f"[{_BULLET}]")
# What markers without a bullet end in: few characters are such, but a search for white space stops at every word.
_NUMBER_END = re.compile(
    r"[.)](?:(?<=[\s(][\dA-Za-z].)"
    r"|(?<=[\divx].)(?:(?<=[\s(][\divx]{2}.)|(?<=[\s(][\divx]{3}.)|(?<=[\s(][ivx]{4}.)|(?<=[\s(][ivx]{5}.))"
    r"|(?<=\.\))(?:(?<=[\s(][\dA-Za-z]\.\))|(?<=[\s(][\divx]{2}\.\))|(?<=[\s(][\divx]{3}\.\))"
    r"|(?<=[\s(][ivx]{4}\.\))|(?<=[\s(][ivx]{5}\.\))))(?=\s)"
)
_LONGEST = 9
"""Characters of the longest marker, and one more."""
_BEFORE_FIRST = re.compile(r"[.!?…:][\"'”’»)]*\s*\Z")
_RUNNING = re.compile(r"(?:[,;]|\b(?:and|or|y|o|e|u|in|for|see|of|to|de|en|el|la)\s*)\s*\Z", re.I)
_NUMERALS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_ROMAN = {numeral: number for number, numeral in enumerate(_NUMERALS, 1)}
_Readings = tuple[tuple[str, int], ...]
_Mark = tuple[int, _Readings]
"""Where a marker begins, and the styles it may be of, each with what it counts as."""


class ListFinder:
    """Find the items of lists in the paragraphs of a text, which is searched for what may be markers only once."""

    def __init__(self, text: str, titles: Callable[[str], bool] = lambda _: False) -> None:
        self._text, self._titles = text, titles
        self._ends = [found.end() for found in _NUMBER_END.finditer(text)]
        bulleted = any(bullet in text for bullet in _BULLET)
        self._bullets = [found.start() for found in _BULLETS.finditer(text)] if bulleted else []

    def starts(self, start: int, stop: int) -> list[int]:
        """Give the offsets where items of a list begin inside a paragraph, the first one if it opens no paragraph.

        Items count on by one, all in one style, from a first that opens the paragraph or follows the end of a sentence;
        markers in the run of a sentence ("1) bread, 2) wine and 3) oil") are none, nor those behind what `titles` says
        is a title ("Mr. A. and Mrs. B.").
        """
        ends = self._ends
        first = bisect.bisect_right(ends, start)
        numbered = first < len(ends) and ends[first] < stop
        bulleted = bool(self._bullets) and self._holds_bullet(start, stop)
        if not numbered and not bulleted:
            return []
        ends = ends[first : bisect.bisect_left(ends, stop, first)]
        if ends and self._text[ends[-1] : stop].isspace():  # nothing follows that could be an item
            ends.pop()
        if not bulleted and not self._may_count(start, stop, ends):
            return []
        marks, bullets = self._marks(start, stop, ends, bulleted)
        if len(marks) + len(bullets) < 2:
            return []
        text = self._text
        starts: set[int] = set()
        if bullets and (len(bullets) > 1 or text[start:stop].lstrip()[:1] in _BULLET):
            starts.update(bullets)
        for run in _runs(marks):
            if self._is_list(run, start):
                starts.update(at for at, _ in run)
        if not starts:
            return []
        first_word = start + len(text[start:stop]) - len(text[start:stop].lstrip())
        return sorted(at for at in starts if at > first_word)

    def _holds_bullet(self, start: int, stop: int) -> bool:
        first = bisect.bisect_left(self._bullets, start)
        return first < len(self._bullets) and self._bullets[first] < stop

    def _may_count(self, start: int, stop: int, ends: list[int]) -> bool:
        """Tell whether one of the markers that end at `ends` counts on from another, which initials seldom do."""
        text, before = self._text, max(0, start - 1)
        words = {text[max(before, last - _LONGEST) : last].rsplit(None, 1)[-1] for last in ends}
        if start == 0 and (mark := _FIRST.match(text, 0, stop)):
            words.add(mark["number"])
        if len(words) < 2:
            return False
        values = {reading for word in words for reading in _readings(word)}
        return any((style, value + 1) in values for style, value in values)

    def _is_list(self, run: list[_Mark], start: int) -> bool:
        text = self._text
        first, readings = run[0]
        head = text[max(start, first - 40) : first]
        if head.strip() and (not _BEFORE_FIRST.search(head) or self._titles(head.split()[-1].rstrip("."))):
            return False
        if any(_RUNNING.search(text[max(start, at - 12) : at]) for at, _ in run[1:]):
            return False
        return len(run) >= 3 or readings[0][1] == 1

    def _marks(self, start: int, stop: int, ends: list[int], bulleted: bool) -> tuple[list[_Mark], list[int]]:
        """Find the markers behind white space, and one that begins the text: those with numbers, those with bullets."""
        text = self._text
        marks: list[_Mark] = []
        bullets: list[int] = []
        before = max(0, start - 1)
        found = [mark] if start == 0 and (mark := _FIRST.match(text, 0, stop)) else []
        if bulleted:
            found += _MARKER.finditer(text, before, stop)
        else:
            for last in ends:
                word = text[max(before, last - _LONGEST) : last].rsplit(None, 1)[-1]
                readings = _readings(word)
                at = last - len(word)
                if readings and at > before and text[at - 1].isspace():
                    marks.append((at, readings))
        for mark in found:
            if mark["bullet"] or not mark["number"]:
                bullets.append(mark.start("at"))
            else:
                marks.append((mark.start("at"), _readings(mark["number"])))
        return sorted(marks), bullets


def _runs(marks: list[_Mark]) -> list[list[_Mark]]:
    """Group markers of one style that count on by one."""
    runs: dict[str, tuple[int, list[_Mark]]] = {}
    found = []
    for mark in marks:
        for style, value in mark[1]:
            last, chain = runs.get(style, (None, []))
            if last is not None and value == last + 1:
                chain.append(mark)
                if len(chain) == 2:
                    found.append(chain)
            else:
                chain = [mark]
            runs[style] = value, chain
    return found


@functools.lru_cache(maxsize=2048)
def _readings(marker: str) -> _Readings:
    """Give the styles that a marker may be of, with what it counts as in each; none if it is no marker."""
    found = _NUMBERED.fullmatch(marker)
    if found is None:
        return ()
    opening, number, letter, roman, end = found.groups()
    style = opening + end
    if number:
        return ((style + "number", int(number)),)
    if roman:
        return ((style + "roman", _ROMAN.get(roman, -9)),)
    style += "A" if letter.isupper() else ""
    readings = ((style + "letter", ord(letter.lower()) - ord("a") + 1),)
    # "i", "v" and "x" count as letters and as Roman numerals
    return (*readings, (style + "roman", _ROMAN[letter])) if letter in "ivx" else readings
