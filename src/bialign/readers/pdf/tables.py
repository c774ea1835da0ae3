"""Tables that go on in the next column or on the next page: heads that come again, rows that are broken in two."""

from __future__ import annotations

import bisect
from collections.abc import Sequence

from bialign.readers.pdf.columns import Block
from bialign.readers.pdf.lines import Line
from bialign.readers.pdf.paragraphs import SENTENCE_END, has_room

_PADDING = 0.5
"""Font sizes between a column's text and the next column, at least."""
Row = Sequence[Sequence[Line]]
_SAME = 3.0
"""Points from where a column begins to where it goes on, at most."""


def set_edges(block: Block) -> None:
    """Give each line in a table the edges of its cell: its rules, else where it and the next column begin."""
    lines = [line for row in block.rows for cell in row for line in cell]
    if not lines:
        return
    lefts = _begins([min(line.x0 for line in cell) for row in block.rows for cell in row if cell])
    for line in lines:
        place = bisect.bisect_right(lefts, line.x0 + _SAME)
        left = lefts[max(0, place - 1)]
        right = lefts[place] - _PADDING * line.size if place < len(lefts) else max(other.x1 for other in lines)
        border = bisect.bisect_right(block.edges, line.x0)
        if 0 < border < len(block.edges):
            right = block.edges[border] - max(0.0, min(left, line.x0) - block.edges[border - 1])
        line.left, line.right = left, max(right, line.x1)


def _begins(places: Sequence[float]) -> list[float]:
    """Give the places where columns of cells begin, those of nearly the same column as one."""
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > _SAME:
            found.append(place)
    return found


def is_head_again(above: Sequence[Row], below: Block) -> bool:
    """Tell whether a table begins with the row that the one it goes on from begins with; `above` are its rows."""
    if len(below.rows) < 2 or not above or len(above[0]) != len(below.rows[0]):
        return False
    return [_text(cell) for cell in above[0]] == [_text(cell) for cell in below.rows[0]]


def pairs_broken(above: Row, below: Row, shift: float) -> list[tuple[Sequence[Line], Sequence[Line]]]:
    """Pair the cells of a row with those they go on in; [] where it is not broken.

    `shift` is how far the table below stands to the right of the one above. A cell that is whole has nothing to go on
    in; that all that go on end at the edge of their columns, and one in mid-sentence, tells a broken row.
    """
    found = []
    for cell in below:
        start = min(line.x0 for line in cell) - shift
        same = [other for other in above if other and abs(min(line.x0 for line in other) - start) < _SAME]
        if len(same) != 1 or has_room(same[0][-1], cell[0]):
            return []
        found.append((same[0], cell))
    ends = [SENTENCE_END.search(one[-1].text) is None or other[0].text[:1].islower() for one, other in found]
    return found if any(ends) else []


def _text(cell: Sequence[Line]) -> str:
    return " ".join(line.text for line in cell)
