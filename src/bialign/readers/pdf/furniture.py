"""Running heads, running feet and page numbers: what the layout repeats at the edges of pages."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from bialign.bitext import ParagraphKind
from bialign.boilerplate.lines import NUMBERS
from bialign.boilerplate.numbers import PAGE_NUMBER
from bialign.readers.pdf.lines import Word, find_lines

_DEEP = 3
_NEAR = 3
"""Pages from one to another of the same section, which share its head; those of one side are two apart."""
_APART = 1.8
"""Font sizes from a head to the text, at least."""


class Furniture(NamedTuple):
    """Hold a page's heads and feet as paragraphs, and the words that are left."""

    heads: list[tuple[str, ParagraphKind]]
    feet: list[tuple[str, ParagraphKind]]
    words: list[Word]


class _Row(NamedTuple):
    page: int
    place: int
    """0 is the outermost row at the top, 1 the next; -1 the outermost at the foot."""
    y: float
    shape: str
    text: str
    words: list[Word]
    apart: float
    """How far the next row further in is, in font sizes."""


def find_furniture(pages: Sequence[Sequence[Word]]) -> list[Furniture]:
    """Part what repeats at the tops and feet of pages from their text, for all pages of a document at once."""
    rows = [row for number, words in enumerate(pages) for row in _edge_rows(number, words)]
    repeated = _repeated(rows)
    taken = _peeled(rows, repeated | _at_heads_places(rows, repeated))
    found: list[Furniture] = []
    for number, words in enumerate(pages):
        mine = [row for row in taken if row.page == number]
        gone = {id(word) for row in mine for word in row.words}
        mine.sort(key=lambda row: -row.y)
        heads = [part for row in mine if row.place >= 0 for part in _parts(row)]
        feet = [part for row in mine if row.place < 0 for part in _parts(row)]
        found.append(Furniture(heads, feet, [word for word in words if id(word) not in gone]))
    return found


def _edge_rows(page: int, words: Sequence[Word]) -> list[_Row]:
    if not words:
        return []
    lines: list[tuple[float, list[Word]]] = []
    for word in sorted(words, key=lambda word: -word.y):
        # the raised mark of a note comes before its line
        if lines and abs(lines[-1][0] - word.y) < 0.4 * max(word.size, lines[-1][1][0].size):
            lines[-1][1].append(word)
        else:
            lines.append((word.y, [word]))
    rows = []
    for place in [*range(min(_DEEP, len(lines))), *range(-1, -min(_DEEP, len(lines)) - 1, -1)]:
        y, inside = lines[place]
        inside = sorted(inside, key=lambda word: word.x0)
        text = " ".join(word.text for word in inside)
        if place < 0 and len(inside) > 1 and inside[0].size < 0.85 * inside[1].size:
            # a note that is the same on several pages, as "3 Ibid."
            continue
        inner = place + (1 if place >= 0 else -1)
        apart = abs(lines[inner][0] - y) / inside[0].size if -len(lines) <= inner < len(lines) else math.inf
        rows.append(_Row(page, place, y, _shape(text), text, inside, apart))
    return rows


def _shape(text: str) -> str:
    if PAGE_NUMBER.match(text):
        return "#"
    return NUMBERS.sub("#", text.casefold())


def _repeated(rows: Sequence[_Row]) -> set[tuple[int, int]]:
    """Give the (page, place) of rows that stand at the same height with the same shape on another page not far off."""
    pages = max((row.page for row in rows), default=0) + 1
    groups: dict[tuple[bool, str], list[_Row]] = defaultdict(list)
    for row in rows:
        groups[row.place < 0, row.shape].append(row)
    found: set[tuple[int, int]] = set()
    for (_, shape), group in groups.items():
        for row in group:
            others = [other for other in group if other.page != row.page and abs(other.y - row.y) < 4]
            near = [other for other in others if abs(other.page - row.page) <= _NEAR]
            if shape == "#":
                near = [other for other in others if _counts_on(row, other)]
            elif len(row.text) > 100 and "#" not in shape:
                continue
            elif row.place not in {0, -1} and len(others) < min(2, pages // 2):
                # further in, two pages may be alike by chance
                continue
            if near or (shape == "#" and _is_own(row)):
                found.add((row.page, row.place))
    return found


def _at_heads_places(rows: Sequence[_Row], repeated: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Give the outermost rows that stand where heads do: heads that name each page's section come on one page only.

    The place is a head's where rows stand apart from the text on nearly all pages, and enough of them are known to
    repeat or hold numbers that count on with the pages.
    """
    found: set[tuple[int, int]] = set()
    for outermost in (0, -1):
        places: dict[int, list[_Row]] = defaultdict(list)
        for row in rows:
            if row.place == outermost:
                places[round(row.y / 2)].append(row)
        for place in list(places):
            group = [row for near in (place - 1, place, place + 1) for row in places.get(near, [])]
            apart = [row for row in group if row.apart > _APART]
            counted = _counted(apart)
            known = repeated | counted | _shared(apart)
            sure = sum((row.page, row.place) in known for row in apart)
            if len(apart) >= 3 and len(apart) > 0.8 * len(group) and sure * 3 >= len(apart):
                found |= {(row.page, row.place) for row in apart}
            else:
                found |= counted
    return found


def _shared(rows: Sequence[_Row]) -> set[tuple[int, int]]:
    """Give those of some rows that have a part, at one side, in common with a row of another page nearby."""
    parts: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        for text in dict.fromkeys(_texts(row)) if len(_texts(row)) > 1 else ():
            parts[_shape(text)].append(row)
    return {
        (row.page, row.place)
        for group in parts.values()
        for row in group
        if any(0 < abs(other.page - row.page) <= _NEAR for other in group)
    }


def _counted(rows: Sequence[_Row]) -> set[tuple[int, int]]:
    """Give those of some rows that begin or end with a number as far from the page's own as that of two others is."""
    groups: dict[tuple[int, int], set[tuple[int, int]]] = defaultdict(set)
    for row in rows:
        for side in (0, -1):
            number = row.words[side].text.strip("-–—()[]|·")
            if number.isdecimal():
                groups[side, int(number) - row.page].add((row.page, row.place))
    return {row for group in groups.values() if len(group) >= 3 for row in group}


def _is_own(row: _Row) -> bool:
    """Tell whether a number apart from the text is the page's own, counted from 1."""
    return row.place in {0, -1} and row.apart > _APART and row.text.strip("-–—[]()|•· ") == str(row.page + 1)


def _counts_on(row: _Row, other: _Row) -> bool:
    """Tell whether the numbers of two rows are as far from each other as their pages."""
    mine, its = re.search(r"\d+", row.text), re.search(r"\d+", other.text)
    if mine is None or its is None:
        return mine is its
    return int(its[0]) - int(mine[0]) == other.page - row.page


def _peeled(rows: Sequence[_Row], repeated: set[tuple[int, int]]) -> list[_Row]:
    """Keep rows that nothing but other such rows parts from the page's edge."""
    kept = []
    for row in rows:
        outer = range(row.place) if row.place >= 0 else range(-1, row.place, -1)
        if (row.page, row.place) in repeated and all((row.page, place) in repeated for place in outer):
            kept.append(row)
    # a page of three rows has each of them at the top and at the foot
    return list({id(row.words[0]): row for row in kept}.values())


def _parts(row: _Row) -> list[tuple[str, ParagraphKind]]:
    """Part a row where there is much room in it: the title at one side, the number at the other."""
    return [(text, "page-number" if PAGE_NUMBER.match(text) else "running-head") for text in _texts(row)]


def _texts(row: _Row) -> list[str]:
    parts: list[list[Word]] = []
    for word in row.words:
        if parts and word.x0 - parts[-1][-1].x1 < 2 * word.size:
            parts[-1].append(word)
        else:
            parts.append([word])
    return [" ".join(line.text for line in find_lines(part)) for part in parts]
