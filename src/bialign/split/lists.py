"""Lists that run on in one paragraph: "1) Open the door 2) Go in"."""

from __future__ import annotations

import re
from collections.abc import Callable

_BULLET = "•⁃◦▪‣●"
_MARKER = re.compile(
    rf"(?:(?<=\s)|\A)(?P<bullet>[{_BULLET}]\s?)?"
    r"(?P<style>\(?)(?:(?P<number>\d{1,3})|(?P<letter>[A-Za-z])|(?P<roman>[ivx]{2,5}))(?P<end>\.\)|[.)])(?=\s+\S)"
    rf"|(?:(?<=\s)|\A)[{_BULLET}](?=\s*\S)"
)
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
    marks = [found for found in _MARKER.finditer(text, start, stop) if found.start() >= start]
    if len(marks) < 2:
        return []
    starts: set[int] = set()
    bullets = [mark.start() for mark in marks if mark["bullet"] or not mark["end"]]
    if bullets and (len(bullets) > 1 or text[start:stop].lstrip()[:1] in _BULLET):
        starts.update(bullets)
    for run in _runs([mark for mark in marks if mark["end"] and not mark["bullet"]]):
        first = run[0].start()
        head = text[max(start, first - 40) : first]
        if head.strip() and (not _BEFORE_FIRST.search(head) or titles(head.split()[-1].rstrip("."))):
            continue
        if any(_RUNNING.search(text[max(start, mark.start() - 12) : mark.start()]) for mark in run[1:]):
            continue
        if len(run) >= 3 or _value(run[0]) == 1:
            starts.update(mark.start() for mark in run)
    first_word = start + len(text[start:stop]) - len(text[start:stop].lstrip())
    return sorted(at for at in starts if at > first_word)


def _runs(marks: list[re.Match[str]]) -> list[list[re.Match[str]]]:
    """Group markers of one style that count on by one."""
    runs: dict[tuple[str, str, str], list[list[re.Match[str]]]] = {}
    for mark in marks:
        kind = "number" if mark["number"] else "letter" if mark["letter"] else "roman"
        for key in _keys(mark, kind):
            chains = runs.setdefault(key, [])
            if chains and _value(mark, key[2]) == _value(chains[-1][-1], key[2]) + 1:
                chains[-1].append(mark)
            else:
                chains.append([mark])
    return [chain for chains in runs.values() for chain in chains if len(chain) > 1]


def _keys(mark: re.Match[str], kind: str) -> list[tuple[str, str, str]]:
    # "i", "v" and "x" count as letters and as Roman numerals
    kinds = [kind, "roman"] if kind == "letter" and mark["letter"] in "ivx" else [kind]
    case = "A" if mark["letter"] and mark["letter"].isupper() else ""
    return [(mark["style"] + case, mark["end"], kind) for kind in kinds]


def _value(mark: re.Match[str], kind: str = "") -> int:
    if mark["number"]:
        return int(mark["number"])
    if kind == "roman" or mark["roman"]:
        return _ROMAN.get(mark["roman"] or mark["letter"], -9)
    return ord(mark["letter"].lower()) - ord("a") + 1
