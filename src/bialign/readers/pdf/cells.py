"""Tables without rules whose cells hold several lines: told from columns of text by how their rows begin and end.

The cells of a row begin at one height and end at different ones, with room below all of them; columns of text are
filled to their foot, the left ones first.
"""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Iterable, Sequence

from bialign.readers.pdf.lines import Word

Strip = tuple[float, float]
Bands = Sequence[Sequence[Word]]

NARROW = 0.4
"""Font sizes of the narrowest room between cells."""
_ROW_GAP = 0.3
"""Font sizes that there is more room between rows than between lines."""
_INDENT = 0.6
_FEWEST = 4
_SHORT = 4
"""Lines of a row that tell a table by there being three such rows, though the cells of each end together."""
_SAME = 2.0
"""Points between the beginnings of lines that begin at one place, at most."""


def tall_rows(bands: Bands, strips: Sequence[Strip], body: float) -> list[list[list[Word]]]:
    """Part bands at strips that they leave free into rows of cells, the words of each; [] where they are no table."""
    # what is wide depends on the spaces of the text, which are wide on a typewriter and in a narrow column
    unit = max(body, 2.2 * word_gap(bands))
    edges = [right for left, right in strips if _is_aligned(bands, right, (right - left) / unit, sure=False)]
    if not any(_is_aligned(bands, right, (right - left) / unit) for left, right in strips) or len(bands) < _FEWEST:
        return []
    columns = [[_cell([band], edges, number) for band in bands] for number in range(len(edges) + 1)]
    if any(len(left_edges(column)) > 1 for column in columns):
        return []
    groups = _groups(bands)
    filled = [[_filled(band, edges) for band in group] for group in groups]
    # short lines of text below the table leave its strips free as well
    while len(groups) > 1 and set().union(*filled[-1]) == {0}:
        groups.pop()
        filled.pop()
    if len(edges) == 1 and _have_definitions(groups, filled, edges[0]):
        return []
    begun = sum(group[0] == set().union(*group) for group in filled)
    several = sum(len(set().union(*group)) > 1 for group in filled)
    # a term on a line of its own, above what it means, makes no row
    level = sum(len(group[0]) > 1 for group in filled)
    if begun < len(groups) - 1 or several * 2 <= len(groups) or level * 2 < several:
        return []
    early = sum(_ends_early(group) for group in filled)
    short = len(groups) > 2 and max(map(len, groups)) <= _SHORT
    if (early * 2 < len(groups) and not short) or (len(groups) == 1 and not _left_ends_early(filled[0])):
        return []
    return [[_cell(group, edges, number) for number in range(len(edges) + 1)] for group in groups]


def count_bands(rows: Sequence[Sequence[Sequence[Word]]], bands: Bands) -> int:
    """Tell how many of the bands the rows hold."""
    words = sum(len(cell) for row in rows for cell in row)
    return next((place for place, total in enumerate(itertools.accumulate(map(len, bands)), 1) if total >= words), 0)


def word_gap(bands: Bands) -> float:
    """Give the usual gap between the words of a line, which is wide in a narrow column set justified."""
    gaps = []
    for band in bands:
        row = sorted(band, key=lambda word: word.x0)
        gaps += [b.x0 - a.x1 for a, b in itertools.pairwise(row) if b.x0 > a.x1]
    return statistics.median_low(gaps) if gaps else 0.0


def left_edges(lines: Iterable[Sequence[Word]]) -> list[float]:
    """Give the places where several lines begin: one in cells, more where there are indents or lists."""
    firsts = sorted(min(word.x0 for word in line) for line in lines if line)
    edges: list[list[float]] = []
    for first in firsts:
        if edges and first - edges[-1][-1] < _SAME:
            edges[-1].append(first)
        else:
            edges.append([first])
    return [edge[0] for edge in edges if len(edge) >= max(2, 0.08 * len(firsts))]


def _is_aligned(bands: Bands, edge: float, width: float, *, sure: bool = True) -> bool:
    """Tell whether what stands to the right of a strip begins at one place, the more often the narrower the strip is.

    `width` is that of the strip in font sizes: spaces that stand below each other by chance are narrow. Less will do
    for a strip that another one makes likely, where `sure` is false.
    """
    firsts = [min((word.x0 for word in band if word.x0 >= edge), default=None) for band in bands]
    near = [first for first in firsts if first is not None and first < edge + 40]
    wanted = 2 if width > (1.5 if sure else 0.85) else 4 if width > (0.85 if sure else NARROW) else 8
    return width >= NARROW and len(near) >= wanted and sum(first - edge < 2 for first in near) >= 0.85 * len(near)


def _groups(bands: Bands) -> list[list[Sequence[Word]]]:
    gaps = [min(word.bottom for word in above) - max(word.top for word in below)
            for above, below in itertools.pairwise(bands)]  # fmt: skip
    usual, size = statistics.median_low(gaps), statistics.median_low([word.size for band in bands for word in band])
    groups: list[list[Sequence[Word]]] = [[bands[0]]]
    for gap, band in zip(gaps, bands[1:], strict=True):
        if gap > usual + _ROW_GAP * size:
            groups.append([band])
        else:
            groups[-1].append(band)
    return groups


def row_ends(bands: Bands) -> list[int]:
    """Give how many bands there are up to each place where a row may end, the last place first."""
    ends = list(itertools.accumulate(map(len, _groups(bands)))) if bands else []
    return ends[::-1]


def _filled(band: Sequence[Word], edges: Sequence[float]) -> set[int]:
    return {sum(word.x0 >= edge - 0.5 for edge in edges) for word in band}


def _ends_early(group: Sequence[set[int]]) -> bool:
    """Tell whether the cells of a row end at different heights."""
    return group[-1] != set().union(*group)


def _left_ends_early(group: Sequence[set[int]]) -> bool:
    """Tell whether a cell ends well before one to its right: columns of text fill the left one first."""
    last = {
        column: max(place for place, filled in enumerate(group) if column in filled) for column in set().union(*group)
    }
    far = max(3, 0.2 * len(group))
    return any(last[right] - last[left] >= far for left, right in itertools.combinations(sorted(last), 2))


def are_definitions(bands: Bands, strip: Strip) -> bool:
    """Tell whether lines with a word at their far end stand above text that is further in, as names of functions do."""
    both = [band for band in bands if max(word.x0 for word in band) > strip[0]]
    left = [min(word.x0 for word in band) for band in bands if max(word.x0 for word in band) <= strip[0]]
    edge = min(min(word.x0 for word in band) for band in both)
    inner = sum(x0 > edge + _INDENT * both[0][0].size for x0 in left)
    ends = [[word.text for word in band if word.x0 > strip[0]] for band in both]
    return inner * 2 > len(left) and all(len(end) < 3 and not any(map(str.isdigit, end[-1])) for end in ends)


def _have_definitions(groups: Sequence[Bands], filled: Sequence[Sequence[set[int]]], edge: float) -> bool:
    """Tell whether each row is a line with a word at its far end, and text below it that stands further in."""
    found = 0
    for group, columns in zip(groups, filled, strict=True):
        if any(1 in column for column in columns[1:]) or len(group) < 2:
            continue
        first, *others = [min(word.x0 for word in band) for band in group]
        if min(others) < first + _INDENT * group[0][0].size:
            return False
        found += columns[0] == {0, 1}
    return found * 2 > len(groups)


def _cell(group: Bands, edges: Sequence[float], number: int) -> list[Word]:
    return [word for band in group for word in band if sum(word.x0 >= edge - 0.5 for edge in edges) == number]
