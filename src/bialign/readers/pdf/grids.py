"""Tables with rules: the cells that the rules part, and what stands in each."""

from __future__ import annotations

import bisect
import itertools
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from bialign.readers.pdf.lines import Line, Word, find_lines
from bialign.readers.pdf.rules import Rule

_NEAR = 2.5
"""Points from a rule's end to the rule that it meets, at most."""
_CELL_LINES, _CELL_WORDS = 30, 6
"""Lines of a cell at most, unless they are of few words: else it is a page in a frame, or columns parted by a rule."""


_SIDES = 2
"""Upright rules of a box without cells."""


class Grid(NamedTuple):
    """Hold a stretch of a page that rules part, and the lines in its cells, row by row."""

    x0: float
    y0: float
    x1: float
    y1: float
    rows: list[list[list[Line]]]
    words: list[Word]
    edges: list[float]


def find_grids(words: Sequence[Word], rules: Sequence[Rule]) -> list[Grid]:
    """Find the tables of a page by their rules, those that have two cells with text at least."""
    found: list[Grid] = []
    for group in _groups(rules):
        x0, x1 = min(rule.x0 for rule in group), max(rule.x1 for rule in group)
        y0, y1 = min(rule.y0 for rule in group), max(rule.y1 for rule in group)
        inside = [word for word in words if x0 - 1 < word.x0 and word.x1 < x1 + 3 and y0 < _middle(word) < y1]
        rows = _rows(inside, group, (x0, x1))
        upright = {round(rule.x0) for rule in group if not rule.level}
        # of a row that is broken, one cell alone may go on
        parted = sum(map(len, rows)) > 1 or (rows and len(upright) > _SIDES)
        if parted and not any(is_column(cell) for row in rows for cell in row):
            edges = _places([x0, x1, *(rule.x0 for rule in group if not rule.level)])
            found.append(Grid(x0, y0, x1, y1, rows, inside, edges))
    return found


def is_column(cell: Sequence[Line]) -> bool:
    """Tell whether what stands between rules is a column of text rather than a cell."""
    return len(cell) > _CELL_LINES and sum(len(line.words) for line in cell) > _CELL_WORDS * len(cell)


def _middle(word: Word) -> float:
    return word.y + 0.25 * word.size


def _groups(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Group rules that meet; a group without rules of both directions parts no cells."""
    groups: list[list[Rule]] = []
    for rule in rules:
        met = [group for group in groups if any(_meet(rule, other) for other in group)]
        groups = [group for group in groups if not any(group is other for other in met)]
        groups.append([rule, *itertools.chain.from_iterable(met)])
    return [group for group in groups if len({rule.level for rule in group}) == 2]


def _meet(one: Rule, other: Rule) -> bool:
    if one.level == other.level:
        return False
    return (
        one.x0 <= other.x1 + _NEAR
        and other.x0 <= one.x1 + _NEAR
        and one.y0 <= other.y1 + _NEAR
        and other.y0 <= one.y1 + _NEAR
    )


def _places(places: Sequence[float]) -> list[float]:
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > _NEAR:
            found.append(place)
    return found


def _rows(words: Sequence[Word], rules: Sequence[Rule], sides: tuple[float, float]) -> list[list[list[Line]]]:
    """Put words into the cells between rules; cells that no rule parts are one."""
    level, upright = [rule for rule in rules if rule.level], [rule for rule in rules if not rule.level]
    xs = _places([*sides, *(rule.x0 for rule in upright)])
    ys = _places([rule.y0 for rule in level])
    whole = _whole_cells(xs, ys, level, upright)
    cells: dict[tuple[int, int], list[Word]] = defaultdict(list)
    for word in words:
        row = bisect.bisect_right(ys, _middle(word))
        column = bisect.bisect_right(xs, (word.x0 + min(word.x1, word.x0 + word.size)) / 2)
        cells[whole.get((row, column), (row, column))].append(word)
    rows: dict[int, list[list[Line]]] = defaultdict(list)
    for (row, _), inside in sorted(cells.items(), key=lambda cell: (-cell[0][0], cell[0][1])):
        rows[row].append(find_lines(inside))
    return list(rows.values())


def _whole_cells(
    xs: Sequence[float], ys: Sequence[float], level: Sequence[Rule], upright: Sequence[Rule]
) -> dict[tuple[int, int], tuple[int, int]]:
    """Map each field of a grid, as row from below and column, to the topmost and leftmost of its cell."""
    whole: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(len(ys) - 1, 0, -1):
        y = (ys[row - 1] + ys[row]) / 2
        for column in range(1, len(xs)):
            x = (xs[column - 1] + xs[column]) / 2
            here = (row, column)
            whole[here] = here
            if column > 1 and not any(
                abs(rule.x0 - xs[column - 1]) <= _NEAR and rule.y0 < y < rule.y1 for rule in upright
            ):
                whole[here] = whole[row, column - 1]
            elif row < len(ys) - 1 and not any(
                abs(rule.y0 - ys[row]) <= _NEAR and rule.x0 < x < rule.x1 for rule in level
            ):
                whole[here] = whole[row + 1, column]
    return whole
