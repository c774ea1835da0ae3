"""Tables with level rules only: above and below the head and at the foot, none between columns or rows.

Between rules of the same width, strips that every line leaves free part the columns. The rows of the body stand as
close as the lines of a cell: a row begins where a cell that had ended begins again, or where the next word would have
found room in the line before.
"""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Sequence

from bialign.readers.pdf.cells import word_gap
from bialign.readers.pdf.grids import Grid, is_column
from bialign.readers.pdf.lines import Line, Word, find_lines
from bialign.readers.pdf.rules import Rule
from bialign.readers.pdf.strips import Strip, find_bands, find_run, part_of

_SAME = 1.5
"""Points between the ends of rules of one table, at most."""
_GUTTER = 0.6
"""Font sizes between two columns, at least."""
_ROOM = 3.0
"""Font sizes between columns at most, where no cell is as wide as its column."""
_HEAD = 8
"""Lines of a head in which all cells are filled, at most: else it is text in columns."""
_ENDS = tuple('.!?:;…"”»)')

Bands = list[list[Word]]
Cells = list[list[Word]]


def find_booktabs(words: Sequence[Word], rules: Sequence[Rule]) -> list[Grid]:
    """Find the tables of a page whose head stands between two level rules."""
    found: list[Grid] = []
    for stack in _stacks(rules):
        start = 0
        while start < len(stack) - 1:
            table, used = _table_at(words, stack[start:])
            if table:
                found.append(table)
            start += max(1, used)
    return found


def _stacks(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Group level rules of the same ends, from top to bottom."""
    stacks: list[list[Rule]] = []
    for rule in sorted((rule for rule in rules if rule.level), key=lambda rule: -rule.y0):
        same = (s for s in stacks if abs(s[0].x0 - rule.x0) < _SAME and abs(s[0].x1 - rule.x1) < _SAME)
        stack = next(same, None)
        if stack is None:
            stacks.append([rule])
        else:
            stack.append(rule)
    return [stack for stack in stacks if len(stack) > 1]


def _table_at(words: Sequence[Word], stack: Sequence[Rule]) -> tuple[Grid | None, int]:
    """Make a table that begins with the first of some rules, and tell how many of them it takes."""
    x0, x1 = stack[0].x0, stack[0].x1
    inside = [word for word in words if x0 - 3 < word.x0 < x1 and word.y < stack[0].y0 and word.table is None]
    below = [rule.y0 for rule in stack[1:]]
    zones = [find_bands([word for word in inside if upper > _middle(word) > lower])
             for upper, lower in itertools.pairwise([stack[0].y0, *below, float("-inf")])]  # fmt: skip
    if not zones[0] or not zones[1] or _is_text(zones[0], _strips(zones[0])):
        return None, 0
    count = _count_zones(zones[:-1])
    used = zones[:count]
    # on a page that the table goes on behind, there is no rule at its foot
    is_open = count == 1
    if is_open:
        used.append(_open_zone(zones[0], zones[1]))
    strips = _strips([band for zone in used for band in zone])
    if not strips or not all(used):
        return None, 0
    rights = _rights([band for zone in used for band in zone], strips, x1)
    rows = [_cells(zone, strips) for zone in used[:1]]
    for zone in used[1:]:
        rows += _rows(zone, strips, rights)
    lines = [[find_lines(cell) for cell in row if cell] for row in rows]
    if len(lines[0]) < 2 or any(is_column(cell) for row in lines for cell in row):
        return None, 0
    held = [word for zone in used for band in zone for word in band]
    foot = min(word.bottom for word in held) if is_open else stack[count].y0
    return Grid(x0, foot, x1, stack[0].y0, lines, held, []), count + (not is_open)


def _count_zones(zones: Sequence[Bands]) -> int:
    """Tell how many of the stretches between rules are of one table: those behind its body keep its columns."""
    count, kept = 1, 1
    while count < len(zones) and zones[count] and _strips(zones[count]):
        strips = _strips([band for zone in zones[: count + 1] for band in zone])
        if len(strips) < kept:
            break
        count, kept = count + 1, max(1, len(strips))
    return count


def _middle(word: Word) -> float:
    return word.y + 0.25 * word.size


def _open_zone(head: Bands, zone: Bands) -> Bands:
    """Give the lines below a head that leave room between the same columns; [] unless all of the page do."""
    wanted = len(_strips(head))
    return zone if len(_strips([*head, *zone])) >= wanted else []


def _strips(bands: Bands) -> list[Strip]:
    """Give the strips that all lines leave free and behind which they begin, end or are centred at one place."""
    size = statistics.median_low([word.size for band in bands for word in band])
    gutter = max(_GUTTER, 1.6 * word_gap(bands) / size) if len(bands) > 1 else 2 * _GUTTER
    stop, strips = find_run(bands, 0, size, gutter=min(gutter, 2 * _GUTTER))
    return strips if stop == len(bands) else []


def _is_text(bands: Bands, strips: Sequence[Strip]) -> bool:
    """Tell whether what stands in the place of a head is none: one column, or several filled to the foot."""
    filled = sum(all(part_of(band, strips)) for band in bands)
    return not strips or filled > max(_HEAD, 0.9 * len(bands))


def _cells(bands: Bands, strips: Sequence[Strip]) -> Cells:
    return part_of([word for band in bands for word in band], strips)


def _rights(bands: Bands, strips: Sequence[Strip], x1: float) -> list[float]:
    """Give where each column ends, as far before the next one as the narrowest room between two, unless that is wide.

    Where no cell reaches as far, none goes on in a second line.
    """
    size = statistics.median_low([word.size for band in bands for word in band])
    gap = min(_ROOM * size, *(right - left for left, right in strips))
    ends = [right - gap for _, right in strips]
    last = max((word.x1 for word in _cells(bands, strips)[-1]), default=x1)
    return [*ends, max(last, x1 - gap)]


def _rows(bands: Bands, strips: Sequence[Strip], rights: Sequence[float]) -> list[Cells]:
    """Part the lines of a body into rows."""
    lines = [[find_lines(cell) for cell in part_of(band, strips)] for band in bands]
    starts = _wide_gaps(bands) or [_begins(above, below, rights) for above, below in itertools.pairwise(lines)]
    if sum(starts) >= 0.7 * len(starts) and all(all(row) for row in lines):
        # cells as long as the longest leave no room
        starts = [True] * len(starts)
    rows: list[Bands] = [[bands[0]]]
    for begins, band in zip(starts, bands[1:], strict=True):
        if begins:
            rows.append([band])
        else:
            rows[-1].append(band)
    return [_cells(row, strips) for row in rows]


def _wide_gaps(bands: Bands) -> list[bool]:
    """Tell which lines more room than usual precedes; [] where all stand alike."""
    pitches = [max(word.y for word in above) - max(word.y for word in below)
               for above, below in itertools.pairwise(bands)]  # fmt: skip
    size = statistics.median_low([word.size for band in bands for word in band])
    if not pitches or max(pitches) - min(pitches) < 0.25 * size:
        return []
    return [pitch > (max(pitches) + min(pitches)) / 2 for pitch in pitches]


def _begins(above: Sequence[Sequence[Line]], below: Sequence[Sequence[Line]], rights: Sequence[float]) -> bool:
    """Tell whether a row begins with a line, told by its cells and those of the line before."""
    if any(new and not old for old, new in zip(above, below, strict=True)):
        return True
    if not below[0]:
        return False
    both = [(old[-1], new[0], right) for old, new, right in zip(above, below, rights, strict=True) if old and new]
    room = [_has_room(old, new, right) for old, new, right in both]
    # a cell without room may go on, and does where its next line begins in mid-sentence
    return any(room) and all(has or not new.text[:1].islower() for has, (_, new, _) in zip(room, both, strict=True))


def _has_room(old: Line, new: Line, right: float) -> bool:
    """Tell whether the first word of a line would have found room in the line before."""
    first = new.words[0]
    return right - old.x1 > first.x1 - first.x0 + 0.4 * old.size
