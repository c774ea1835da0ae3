"""The order in which the parts of a page are read: columns, tables, and what goes across them.

A page is cut into bands, stretches of its height that hold text. Bands that leave the same upright strip free make a
run; a run whose parts are full of text is set in columns, one whose parts are short is a table.
"""

from __future__ import annotations

import itertools
import math
import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

from bialign.readers.pdf.booktabs import find_booktabs
from bialign.readers.pdf.cells import NARROW, are_definitions, count_bands, left_edges, row_ends, tall_rows, word_gap
from bialign.readers.pdf.grids import find_grids
from bialign.readers.pdf.items import is_item
from bialign.readers.pdf.lines import Line, Word, find_lines
from bialign.readers.pdf.rules import Rule
from bialign.readers.pdf.strips import Strip, find_bands, find_run, part_at

_LIST_MARK = re.compile(
    r"[•◦▪‣·●○■□–—*\uf0b7\uf0a7-]|\(?(?:\d{1,3}|[a-zA-Z]|[ivxlIVXL]{1,5})[.):]+|\d{1,3}(?:\.\d{1,3})+\.?|\d{1,3}|[*†‡§]+"
)
_CELL_GUTTER = 1.0
_CELL_LINES = 12
_DEPTH = 6
_COLUMN = 12
"""Font sizes that a column of short lines is wide, at least."""
_COLUMN_LINES = 8
_TRIES = 4
_SHORT = 3
_FULL = 8
"""Lines of text beside a table in a column that show alone whether it is one."""
_LONG = 12
"""Lines beside which a narrow strip is free between columns, at least."""
_ITEMS = 6
"""Lines of a table to one that begins an item of a list, at least."""
_ALL = 0.9
"""Share of the words of code that are set as code: an index of names has its numbers."""
_SHARED = 3
"""How many lines end at the edge of a column, at least, for it to be told from a line that sticks out."""


@dataclass(slots=True)
class Block:
    """Hold a part of a page in reading order: lines of one column, or the rows of a table, each a list of cells."""

    lines: list[Line] = field(default_factory=list)
    rows: list[list[list[Line]]] = field(default_factory=list)
    x0: float = 0.0
    x1: float = 0.0
    edges: list[float] = field(default_factory=list)
    """Where upright rules part the columns of a table."""


def find_blocks(
    words: Sequence[Word], body: float, gutters: Sequence[float] = (), depth: int = 0, *, equal: Sequence[Strip] = ()
) -> list[Block]:
    """Cut a part of a page into blocks, in reading order; `body` is the font size of the text, in points.

    `gutters` are places between columns of text, as other pages show them; `equal` is the room between columns of the
    whole document.
    """
    if not words:
        return []
    bands = find_bands(words)
    if depth >= _DEPTH:
        return _plain(words)
    # a single space of a typewriter is wider than narrow room between cells elsewhere
    gutter = max(NARROW, 1.3 * word_gap(bands) / body)
    blocks: list[Block] = []
    waiting: list[Word] = []
    start = 0
    while start < len(bands):
        found, stop = _equal_at(bands, start, equal) if equal else ([], start)
        if not found:
            found, stop = _part_at(bands, start, body, gutters, gutter)
        if not found:
            waiting += bands[start]
            start += 1
            continue
        blocks += _plain(waiting)
        waiting = []
        if isinstance(found, Block):
            blocks.append(found)
        else:
            for part in found:
                blocks += find_blocks(part, body, gutters, depth + 1)
        start = stop
    return blocks + _plain(waiting)


def _equal_at(
    bands: Sequence[Sequence[Word]], start: int, equal: Sequence[Strip]
) -> tuple[list[list[Word]] | Block | None, int]:
    """Part the bands from `start` on that leave the room between a document's columns free; tell the band behind."""
    stop = start
    while stop < len(bands) and not any(_is_across(bands[stop], strip) for strip in equal):
        stop += 1
    parts = part_at(_words(bands[start:stop]), equal)
    return (parts, stop) if len(parts) > 1 else (None, start)


def _is_across(band: Sequence[Word], strip: Strip) -> bool:
    """Tell whether a band has less room than there is between columns, which lines may stick out into."""
    middle = (strip[0] + strip[1]) / 2
    left = max((word for word in band if word.x0 < middle), key=lambda word: word.x1, default=None)
    right = min((word for word in band if word.x0 >= middle), key=lambda word: word.x0, default=None)
    if not left or not right:
        return left is not None and left.x1 > strip[1]
    # the spaces of a title are wide
    space = max(0.5 * word.size if word.table is None else 0.0 for word in (left, right))
    return left.x1 > strip[1] or right.x0 - left.x1 < max(0.6 * (strip[1] - strip[0]), space)


def _part_at(
    bands: Sequence[Sequence[Word]], start: int, body: float, gutters: Sequence[float], gutter: float
) -> tuple[list[list[Word]] | Block | None, int]:
    """Find the columns, as the words of each, or the table that begins with a band, and the band behind them."""
    stop, strips = find_run(bands, start, body)
    # the spaces of a title are as wide as narrow room between cells and columns
    title = any(word.size > 1.15 * body and word.table is None for word in bands[start])
    close, narrow = (start, []) if title else find_run(bands, start, body, gutter=gutter)
    known = any(left < place < right for left, right in narrow for place in gutters)
    if narrow and not known:
        table, used = _tall_table(bands, start, close, body, gutter)
        if table:
            # the last line of a paragraph stands close above the table
            return (None, start) if _is_first_alone(bands[start], table) else (table, start + used)
        ends = row_ends(bands[start:close]) if close - start > _SHORT else []
        if ends and _tall_table(bands, start + ends[-1], close, body, gutter)[0]:
            # short lines of text before the table leave some of its strips free as well
            return None, start
    found: list[list[Word]] | Block | None = _columns(_words(bands[start:stop]), strips, body)
    if not found and close - start >= (_SHORT if known else _LONG):
        # the marks of lists may stand in the room between columns
        found, stop = _columns(_words(bands[start:close]), narrow, body), close
    if found:
        return found, stop
    stop, strips = find_run(bands, start, body, keep=True)
    stop = _table_end(bands, start, stop, strips)
    table = _table(bands[start:stop], strips, body)
    if table and any(len(cell) > _CELL_LINES for row in table.rows for cell in row):
        return part_at(_words(bands[start:stop]), strips), stop
    return table, stop


def _words(bands: Sequence[Sequence[Word]]) -> list[Word]:
    return [word for band in bands for word in band]


def _plain(words: Sequence[Word]) -> list[Block]:
    """Make a block of the lines of one column, of several where a table stands between them."""
    blocks: list[Block] = []
    above = list(words)
    for place in sorted((word for word in words if word.table is not None), key=lambda word: -word.y):
        before = [word for word in above if word.y > place.y and word.table is None]
        above = [word for word in above if word.y <= place.y and word is not place]
        blocks += [*_plain(before), cast("Block", place.table)]
    if not above:
        return blocks
    x0, x1 = min(word.x0 for word in above), max(word.x1 for word in above)
    lines = find_lines(above)
    return [*blocks, Block(lines, [], x0, _right_edge(lines, x1))]


def with_tables(words: Sequence[Word], rules: Sequence[Rule]) -> list[Word]:
    """Put each table with rules in the place of its words, as one word."""
    kept = list(words)
    grids = find_grids(words, rules)
    inside = {id(word) for grid in grids for word in grid.words}
    for grid in [*grids, *find_booktabs([word for word in words if id(word) not in inside], rules)]:
        gone = {id(word) for word in grid.words}
        kept = [word for word in kept if id(word) not in gone]
        size = (grid.y1 - grid.y0) / 0.9
        table = Block([], grid.rows, grid.x0, grid.x1, grid.edges)
        kept.append(Word("\ufffc", grid.x0, grid.x1, grid.y0 + 0.2 * size, size, bold=False, table=table))
    return kept


def _right_edge(lines: Sequence[Line], x1: float) -> float:
    """Give the outermost place where several lines end, as justified ones do: fewer stick out of it; else `x1`."""
    ends = sorted((line.x1 for line in lines), reverse=True)
    for place, end in enumerate(ends):
        same = sum(end - 1 <= other <= end for other in ends[place:])
        if same >= max(_SHARED, place):
            return end
    return x1


def _is_code(words: Sequence[Word], share: float = 0.5) -> bool:
    """Tell whether more than a share of some words are set as code is: that is set in columns by its own spaces."""
    return sum(word.mono for word in words) > share * len(words)


def _columns(words: Sequence[Word], strips: Sequence[Strip], body: float) -> list[list[Word]]:
    """Part a run at the strips that part columns of running text; [] where there are none."""
    if _is_code(words, _ALL):
        return []
    widest = sorted(sorted(strips, key=lambda strip: strip[0] - strip[1])[:4])
    # ragged lines may leave a strip free within a column
    for size in range(len(widest), 0, -1):
        for some in itertools.combinations(widest, size):
            parts = part_at(words, some)
            if all(_is_column(part, body) for part in parts) or _is_list_columns(parts, body):
                return parts
    return []


def _is_list_columns(parts: Sequence[Sequence[Word]], body: float) -> bool:
    """Tell whether parts are columns though their lines are short, as those of lists: cells begin at one place."""
    widths = [max(word.x1 for word in part) - min(word.x0 for word in part) for part in parts]
    if min(widths) < max(_COLUMN * body, 0.75 * max(widths)):
        return False
    found = [find_lines(part) for part in parts]
    return all(len(lines) >= _COLUMN_LINES and len(left_edges([line.words for line in lines])) > 1 for lines in found)


def _is_column(words: Sequence[Word], body: float) -> bool:
    lines = find_lines(words)
    if len(lines) < _FULL and any(word.table is not None for word in words):
        # a table with rules may take up the column
        return max(word.x1 for word in words) - min(word.x0 for word in words) > 6 * body
    if len(lines) < 3 or sum(len(line.words) for line in lines) < 2.6 * len(lines):
        return False
    # a table or picture in a column may be wider than it
    x0, x1 = min(word.x0 for word in words), sorted(line.x1 for line in lines)[int(0.85 * (len(lines) - 1))]
    if x1 - x0 < 6 * body:
        return False
    fill = statistics.median((line.x1 - line.x0) / (x1 - x0) for line in lines)
    marks = sum(bool(_LIST_MARK.fullmatch(line.words[0].text)) and len(line.words) == 1 for line in lines)
    return fill > 0.6 and marks * 2 < len(lines)


def _tall_table(
    bands: Sequence[Sequence[Word]], start: int, close: int, body: float, gutter: float
) -> tuple[Block | None, int]:
    """Make a table of the first rows of a run, and tell how many bands it takes; its last lines may be text."""
    inside = _words(bands[start:close])
    if close - start < 2 or any(word.table is not None for word in inside) or _is_code(inside):
        return None, 0
    rows: list[list[list[Word]]] = []
    for count in row_ends(bands[start:close])[:_TRIES]:
        tried = bands[start : start + count]
        rows = tall_rows(tried, find_run(tried, 0, body, gutter=gutter)[1], body)
        if rows and not all(_LIST_MARK.fullmatch(word.text) for row in rows for word in row[0]):
            break
    else:
        return None, 0
    words = [word for row in rows for cell in row for word in cell]
    x0, x1 = min(word.x0 for word in words), max(word.x1 for word in words)
    return Block([], [[find_lines(cell) for cell in row if cell] for row in rows], x0, x1), count_bands(rows, tried)


def _is_first_alone(band: Sequence[Word], table: Block) -> bool:
    """Tell whether a table begins with a row of one cell at its left edge."""
    second = min((line.x0 for row in table.rows[1:] for cell in row[1:] for line in cell), default=math.inf)
    return len(table.rows[0]) == 1 and len(table.rows) > 1 and max(word.x0 for word in band) < second


def _table_end(bands: Sequence[Sequence[Word]], start: int, stop: int, strips: Sequence[Strip]) -> int:
    """Leave out of a run the short lines that precede or follow a table: they fill the first column only."""
    if not strips:
        return start
    edge = strips[0][0]
    if all(word.x0 < edge for word in bands[start]):
        return start
    while stop > start and all(word.x0 < edge for word in bands[stop - 1]):
        stop -= 1
    return stop


def _table(bands: Sequence[Sequence[Word]], strips: Sequence[Strip], body: float) -> Block | None:
    """Make a table of a run whose parts are short; None where it is a list, or text with a river in it."""
    wide = [strip for strip in strips if strip[1] - strip[0] >= _CELL_GUTTER * body]
    wide = [strip for strip in wide if _aligned(bands, strip, wide)]
    words = [word for band in bands for word in band]
    if any(word.table is not None for word in words):
        return None
    # what precedes or follows the table may have left its strips free by being short
    if not wide or len(bands) < 2:
        return None
    marks = all(_LIST_MARK.fullmatch(word.text) for word in part_at(words, wide)[0])
    if marks or _is_code(words) or (len(wide) == 1 and are_definitions(bands, wide[0])):
        return None
    shared = sum(len({sum(word.x0 > a for a, _ in wide) for word in band}) > 1 for band in bands)
    if shared < 2 or shared * 2 < len(bands):
        return None
    rows = [[find_lines(cell) for cell in part_at(row, wide)] for row in _rows(bands, wide)]
    lines = [line for row in rows for cell in row for line in cell]
    # lists in columns leave more room free than text does
    if sum(map(is_item, lines)) * _ITEMS > len(lines):
        return None
    x0, x1 = min(word.x0 for word in words), max(word.x1 for word in words)
    return Block([], rows, x0, x1)


def _aligned(bands: Sequence[Sequence[Word]], strip: Strip, strips: Sequence[Strip]) -> bool:
    """Tell whether what stands at the right of a strip begins, ends or is centred at one place, as cells are."""
    until = min((left for left, _ in strips if left > strip[0]), default=float("inf"))
    cells = [[word for word in band if strip[0] < word.x0 < until] for band in bands]
    filled = [cell for cell in cells if cell]
    if len(filled) < 2 or (len(filled) == 2 and strip[1] - strip[0] < 2.5 * word_gap(bands)):
        return False
    lefts = [min(word.x0 for word in cell) for cell in filled]
    rights = [max(word.x1 for word in cell) for cell in filled]
    # the edge of a column of text is no cell's, but that of numbers is
    numbers = sum(any(sign.isdigit() for sign in cell[-1].text) for cell in filled) * 2 > len(filled)
    edges = [lefts, [(a + b) / 2 for a, b in zip(lefts, rights, strict=True)]]
    if numbers or until < float("inf"):
        edges.append(rights)
    return any(_together(places) for places in edges)


def _together(places: Sequence[float]) -> bool:
    """Tell whether nearly all of some places are the same, to a point and a half; a head may differ."""
    middle = statistics.median_low(places)
    near = sum(abs(place - middle) < 1.5 for place in places)
    return near >= max(2, 0.7 * len(places))


def _rows(bands: Sequence[Sequence[Word]], strips: Sequence[Strip]) -> list[list[Word]]:
    """Join bands that are lines of the same row, told by the space between them, else by an empty first cell."""
    gaps = [min(word.bottom for word in above) - max(word.top for word in below)
            for above, below in itertools.pairwise(bands)]  # fmt: skip
    edge = strips[0][0]
    # the gap below the head may differ from all others
    usual = gaps[1:] or gaps
    narrow, broad = min(usual), max(usual)
    even = broad - narrow < 0.25 * max(word.size for word in bands[0])
    rows = [list(bands[0])]
    for number, (gap, band) in enumerate(zip(gaps, bands[1:], strict=False)):
        first = any(word.x0 <= edge for word in band)
        starts = first if even or not number else gap > (narrow + broad) / 2
        if starts:
            rows.append(list(band))
        else:
            rows[-1] += band
    return rows
