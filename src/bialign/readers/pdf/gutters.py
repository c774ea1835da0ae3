"""Where columns of text begin on all pages, and lines that stick out into the room between columns.

Columns are as wide as each other: the room between them stands at the middle of the pages, or at their thirds. Where
nearly all lines of a document leave it free, what stands on both sides of it is read as columns, however short it is.
"""

from __future__ import annotations

import math
import statistics
from collections import Counter, defaultdict
from collections.abc import Sequence

from bialign.readers.pdf.lines import Word
from bialign.readers.pdf.strips import Strip

_SHARE = 0.3
"""How many of the lines of a page begin at the edge of a column, at least."""
_INNER = 0.2
"""How far inside a page's text, as a part of its width, a column begins at least; lists and quotations begin before."""
_ROOM = 0.95
"""Font sizes between columns, at least."""
_FEWEST = 12
_INDENTED = 4
_MOST_COLUMNS = 3
_OFF = 1.5
"""Font sizes from the middle of the room between columns to where it would be if they were as wide as each other."""
_WIDEST = 3.5
"""Font sizes of the room between columns, at most."""
_ACROSS = 0.12
"""The share of lines that go across columns, at most, on a page that shows where these are."""
_FREE = 0.6
"""Font sizes of the room between columns that nearly all lines leave free, at least."""
_BEGIN = 0.1
"""The share of the lines of a column that begin at one place, at least, for it to be one where they do."""
_TITLE = 1.15
_SIDE = 6
"""Lines on each side of such room, at least."""


def equal_columns(pages: Sequence[Sequence[Word]], tabled: Sequence[bool], body: float) -> list[Strip]:
    """Give the room between columns that are as wide as each other on most pages; [] where there is one column.

    `tabled` tells of each page whether it is mostly a table, which shows nothing.
    """
    shown = [list(words) for words, table in zip(pages, tabled, strict=True) if len(words) >= _FEWEST and not table]
    if len(shown) < 2:
        return []
    width = statistics.median([max(word.x1 for word in words) - min(word.x0 for word in words) for words in shown])
    for count in range(2, _MOST_COLUMNS + 1):
        found = [_room_on(words, width, count, body) for words in shown]
        sure = [strips for strips in found if strips]
        if len(sure) >= max(2, 0.5 * len(shown)):
            # a page of lists shows more room than there is
            return [
                (
                    sorted(left for left, _ in room)[-1 - len(sure) // 5],
                    sorted(right for _, right in room)[len(sure) // 5],
                )
                for room in zip(*sure, strict=True)
            ]
    return []


def within(words: Sequence[Word], rooms: Sequence[Strip], body: float) -> list[Word]:
    """Give a page's words, those cut short that stick out of a column beside a line of the next one.

    The words of a line across the columns begin at any place, lines of the next column at a few.
    """
    kept = list(words)
    for left, right in rooms:
        middle = (left + right) / 2
        beside: dict[int, Word] = {}
        for word in words:
            for y in range(round(word.y) - 1, round(word.y) + 2) if word.x0 > middle else ():
                beside[y] = min(word, beside.get(y, word), key=lambda word: word.x0)
        firsts = {id(word): word for word in beside.values()}.values()
        places = Counter(round(word.x0) for word in firsts)
        begin = {place for place, times in places.items() if times >= max(3, _BEGIN * places.total())}
        for number, word in enumerate(kept):
            follower = beside.get(round(word.y))
            out = word.x0 < left and word.x1 > left and word.size < _TITLE * body and word.table is None
            if out and follower and round(follower.x0) in begin:
                kept[number] = word._replace(x1=left)
    return kept


def _room_on(words: Sequence[Word], width: float, count: int, body: float) -> list[Strip]:
    """Give the room between a page's columns if there are as many as `count`, [] if not."""
    left = min(word.x0 for word in words)
    lines = Counter(round(word.y) for word in words)
    found = []
    for number in range(1, count):
        place = left + width * number / count
        room = _free_near(words, place, body, _ACROSS * len(lines))
        if room is None:
            return []
        sides = (
            {round(word.y) for word in words if word.x1 <= room[0] + 1},
            {round(word.y) for word in words if word.x0 >= room[1] - 1},
        )
        if min(map(len, sides)) < _SIDE:
            return []
        found.append(room)
    return found


def _free_near(words: Sequence[Word], place: float, body: float, most: float) -> Strip | None:
    """Give the strip near a place that the fewest words stand in, `most` at most; None where it is no column's."""
    low, high = math.floor(place - (_OFF + _WIDEST) * body), math.ceil(place + (_OFF + _WIDEST) * body)
    over = Counter[int]()
    for word in words:
        if word.x0 < high and word.x1 > low and word.table is None:
            over.update(range(max(low, math.floor(word.x0)), min(high, math.ceil(word.x1)) + 1))
    size = math.ceil(_FREE * body)
    starts = range(math.floor(place - _OFF * body), math.ceil(place + _OFF * body) - size)
    start = min(starts, key=lambda x: (sum(over[x + step] for step in range(size)), abs(x + size / 2 - place)))
    stop = start + size - 1
    limit = max(over[x] for x in range(start, stop + 1))
    while start > low and over[start - 1] <= limit:
        start -= 1
    while stop < high and over[stop + 1] <= limit:
        stop += 1
    return (float(start), float(stop)) if limit <= most and stop - start <= _WIDEST * body else None


def clipped(pages: Sequence[Sequence[Word]], body: float) -> list[list[Word]]:
    """Give the pages' words, those cut short that stick out of a column up to where the next one begins."""
    counts: Counter[int] = Counter()
    found: list[set[int]] = []
    for words in pages:
        starts = _starts(words, body)
        found.append(starts)
        counts.update(starts)
    edges = {place for place, times in counts.items() if times >= max(1, 0.2 * len(pages))}
    return [_clipped(words, sorted(starts & edges), body) for words, starts in zip(pages, found, strict=True)]


def _starts(words: Sequence[Word], body: float) -> set[int]:
    """Give the places, in whole points, at which many of a page's lines begin though they are not its left edge.

    Most of them have the room between columns before them.
    """
    if len(words) < _FEWEST:
        return set()
    lines: dict[int, list[Word]] = defaultdict(list)
    for word in words:
        lines[round(word.y)].append(word)
    places, clear = Counter[int](), Counter[int]()
    for line in lines.values():
        line.sort(key=lambda word: word.x0)
        end = -math.inf
        for word in line:
            places[round(word.x0)] += 1
            clear[round(word.x0)] += word.x0 - end > 0.8 * body
            end = max(end, word.x1)
    left, right = min(word.x0 for word in words), max(word.x1 for word in words)
    return {
        place
        for place, times in places.items()
        if clear[place] >= max(_FEWEST, _SHARE * len(lines), 0.6 * times) and place > left + _INNER * (right - left)
    }


def _clipped(words: Sequence[Word], edges: Sequence[int], body: float) -> list[Word]:
    if not edges:
        return list(words)
    places = Counter(round(word.x0) for word in words)
    begin = {
        (edge, round(word.y))
        for word in words
        for edge in edges
        # first lines of paragraphs begin further in, at places of their own
        if abs(word.x0 - edge) < 1 or (0 < word.x0 - edge < 2.5 * body and places[round(word.x0)] >= _INDENTED)
    }
    kept = []
    for word in words:
        # the line beside it may stand a little higher or lower
        small = edges if word.size < _TITLE * body else ()
        near = (round(word.y) + shift for shift in range(-int(body), int(body) + 1))
        edge = next(
            (edge for edge in small if word.x0 < edge - 1 and edge - _ROOM * body < word.x1 < edge + 4 * body), None
        )
        if edge is not None and any((edge, y) in begin for y in near):
            kept.append(word._replace(x1=max(word.x0 + 0.1, edge - _ROOM * body)))
        else:
            kept.append(word)
    return kept
