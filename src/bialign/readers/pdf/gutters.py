"""Where columns of text begin on all pages, and lines that stick out into the room between columns."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence

from bialign.readers.pdf.lines import Word

_SHARE = 0.3
"""How many of the lines of a page begin at the edge of a column, at least."""
_INNER = 0.2
"""How far inside a page's text, as a part of its width, a column begins at least; lists and quotations begin before."""
_ROOM = 0.95
"""Font sizes between columns, at least."""
_FEWEST = 12
_INDENTED = 4


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
        small = edges if word.size < 1.15 * body else ()
        near = (round(word.y) + shift for shift in range(-int(body), int(body) + 1))
        edge = next(
            (edge for edge in small if word.x0 < edge - 1 and edge - _ROOM * body < word.x1 < edge + 4 * body), None
        )
        if edge is not None and any((edge, y) in begin for y in near):
            kept.append(word._replace(x1=max(word.x0 + 0.1, edge - _ROOM * body)))
        else:
            kept.append(word)
    return kept
