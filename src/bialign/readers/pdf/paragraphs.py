"""Whether a line goes on with the paragraph of the line before it, told by the geometry of the two.

Within a column, space above a line, its indent, a change of size and room left in the line before end a paragraph. From
one column or page to the next there is no space to measure: indent and room decide.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bialign.readers.pdf.items import BULLET, is_item
from bialign.readers.pdf.lines import Line

SENTENCE_END = re.compile(r"[.!?:;…][\"'”’»)\]\d*†‡]*$")
_BROKEN = re.compile(r"[^\W\d_][-\u00ad\u2010]$")
_INDENT = 0.6
_EXACT = 0.7
_TAB, _BROAD = 3.0, 25
"""Font sizes of room in a line that no justified line has, in a column of so many font sizes."""
_SPREAD = 1.1
"""How much further apart, in font sizes, the lines of a heading may be than those of the text."""
_LARGE = 1.12
"""How many times greater than the text a heading is, at least."""


@dataclass(frozen=True, slots=True)
class Habits:
    """Hold how a document is set: `leading` maps a font size to the usual distance of its lines, in points."""

    body: float
    leading: dict[float, float]
    indented: bool
    """Whether first lines of paragraphs are indented."""
    justified: bool
    """Whether most lines end exactly at their column's edge."""
    stops: bool = False
    """Whether a full line that ends a sentence more often ends a paragraph than goes on, where space shows it."""


def find_habits(columns: Iterable[Sequence[Line]], body: float) -> Habits:
    """Measure how a document is set; each column is a list of lines from top to bottom."""
    gaps: dict[float, Counter[float]] = defaultdict(Counter)
    firsts = fulls = exact = count = 0
    blocks = list(columns)
    for lines in blocks:
        for above, line in itertools.pairwise(lines):
            if above.size != line.size:
                continue
            gaps[line.size][round((above.y - line.y) * 2) / 2] += 1
            if abs(line.size - body) < 0.08 * body:
                count += 1
                exact += abs(above.right - above.x1) < _EXACT
                inside = line.x0 - line.left > _INDENT * line.size
                fulls += abs(above.x0 - above.left) < 0.3 * line.size
                firsts += inside and line.x0 - line.left < 5 * line.size and above.x0 - above.left < 0.3 * line.size
    leading = {size: _usual(found, size) for size, found in gaps.items()}
    # what stands above each other in a size of its own may be two headings
    most = _SPREAD * max(1.2, leading.get(round(body, 1), 0.0) / body)
    leading = {size: min(gap, most * size) if size > _LARGE * body else gap for size, gap in leading.items()}
    found = Habits(body, leading, firsts > 2 and firsts * 40 > fulls, exact * 2 > count)
    full = [
        _is_apart(above, line, found)
        for lines in blocks
        for above, line in itertools.pairwise(lines)
        if abs(line.size - body) < 0.08 * body and _may_stop(above, line) and not has_room(above, line)
    ]
    return replace(found, stops=sum(full) * 2 > len(full))


def _may_stop(last: Line, line: Line) -> bool:
    return SENTENCE_END.search(last.words[-1].text) is not None and not line.text[:1].islower()


def _usual(found: Counter[float], size: float) -> float:
    """Give the smallest distance that is frequent: those between paragraphs may be as frequent, and are greater."""
    most = max(found.values())
    return min((gap for gap, times in found.items() if times * 4 >= most and gap > 0.7 * size), default=1.2 * size)


def goes_on(paragraph: Sequence[Line], line: Line, habits: Habits, *, same_column: bool) -> bool:
    """Tell whether a line goes on with a paragraph, given as its lines so far."""
    last = paragraph[-1]
    if (
        last.closed
        or _has_tab(last)
        or starts_item(line, paragraph)
        or _is_note(line)
        or _looks_other(last, line, habits, same_column)
    ):
        return False
    if same_column and (_is_apart(last, line, habits) or _hanging(paragraph, line)):
        return False
    if not same_column and habits.stops and not habits.indented and _may_stop(last, line):
        return False
    if line.size > _LARGE * habits.body:
        return same_column
    if is_item(paragraph[0]):
        return not _ends_item(paragraph, line, same_column) and not _ends_short(last, line, habits)
    return not _is_first(paragraph, line, habits, same_column) and not _ends_short(last, line, habits)


def _has_tab(line: Line) -> bool:
    """Tell whether the last word of a line stands at its column's edge, far from the others: such a line is no text."""
    width = line.right - line.left
    if len(line.words) < 2 or line.right - line.x1 > line.size or width < _BROAD * line.size:
        return False
    gaps = [b.x0 - a.x1 for a, b in itertools.pairwise(line.words)]
    return gaps[-1] > _TAB * line.size and all(gap * 3 < gaps[-1] for gap in gaps[1:-1])


def _is_note(line: Line) -> bool:
    return 0 in line.marks and line.words[0].text.strip("()[].").isdecimal()


def _looks_other(last: Line, line: Line, habits: Habits, same_column: bool) -> bool:
    """Tell whether a line is set in another size or font than the one before."""
    room = has_room(last, line)
    if not 0.92 < last.size / line.size < 1.09 and not _is_mixed(last, line, room):
        return True
    if room and not {word.font for word in last.words} & {word.font for word in line.words}:
        return True
    large = line.size > _LARGE * habits.body
    return last.bold != line.bold and (room or (not same_column and large))


def _is_mixed(last: Line, line: Line, room: bool) -> bool:
    """Tell whether a line is of a smaller or greater size only as it holds little else than a name or code in one."""
    if not 0.8 < last.size / line.size < 1.25:
        return False
    if any(abs(word.size - last.size) < 0.05 * last.size for word in line.words if len(word.text) > 1):
        return abs(line.words[0].size - last.size) < 0.05 * last.size or not room
    return len(line.words) == 1 and not room and not SENTENCE_END.search(last.words[-1].text)


def _is_apart(last: Line, line: Line, habits: Habits) -> bool:
    """Tell whether there is more room above a line than between lines; raised marks may push it down."""
    most = habits.leading.get(line.size, 1.2 * line.size) + (0.6 if line.marks else 0.28) * line.size
    return not -0.5 * line.size < last.y - line.y <= most


def _is_first(paragraph: Sequence[Line], line: Line, habits: Habits, same_column: bool) -> bool:
    """Tell by its indent whether a line is the first of a paragraph."""
    size, last = line.size, paragraph[-1]
    indent, before = line.x0 - line.left, last.x0 - last.left
    if indent <= _INDENT * size:
        return False
    if len(paragraph) == 1 and not has_room(last, line) and not SENTENCE_END.search(last.words[-1].text):
        # only the first line of a paragraph stands out, as in a list of terms
        return False
    if before < 0.3 * size or (len(paragraph) > 1 and indent - before > _INDENT * size):
        return habits.indented or same_column or has_room(last, line)
    # as far in as the line before: a quotation goes on, a paragraph of one line does not
    return habits.indented and len(paragraph) == 1 and SENTENCE_END.search(last.words[-1].text) is not None


def _hanging(paragraph: Sequence[Line], line: Line) -> bool:
    """Tell whether a line goes back to where only the first line of the paragraph stands."""
    first = paragraph[0].x0
    inner = min((other.x0 for other in paragraph[1:]), default=first)
    return inner > first + _INDENT * line.size and line.x0 < inner - _INDENT * line.size


def _ends_short(last: Line, line: Line, habits: Habits) -> bool:
    """Tell whether a line ends so far from the edge that the next one's first word would have found room."""
    if _BROKEN.search(last.words[-1].text) and line.text[:1].islower():
        return False
    room = last.right - last.x1
    ends = SENTENCE_END.search(last.words[-1].text) is not None
    # a single word can't be spread
    spread = habits.justified and len(last.words) > 1
    if spread and ends and room > max(_EXACT * 2, 0.15 * last.size) and not line.text[:1].islower():
        return True
    if not has_room(last, line):
        return False
    return ends or room > 0.12 * (last.right - last.left)


def has_room(last: Line, line: Line) -> bool:
    """Tell whether the first word of a line would have found room in the line before."""
    first = line.words[0]
    return last.right - last.x1 > first.x1 - first.x0 + 0.4 * last.size


def starts_item(line: Line, paragraph: Sequence[Line]) -> bool:
    """Tell whether a line begins an item, and is not one of a paragraph's that happens to begin with such a sign."""
    if not is_item(line):
        return False
    if BULLET.match(line.words[0].text):
        return True
    last = paragraph[-1]
    other_place = abs(line.x0 - last.x0) > 0.5 * line.size
    return other_place or has_room(last, line) or (is_item(last) and abs(line.x0 - paragraph[0].x0) < 1)


def _ends_item(paragraph: Sequence[Line], line: Line, same_column: bool) -> bool:
    """Tell whether a line stands further out than an item's text does."""
    if not same_column:
        return line.x0 - line.left < paragraph[0].x0 - paragraph[0].left - 0.5 * line.size
    last = paragraph[-1]
    full = not has_room(last, line) and not SENTENCE_END.search(last.words[-1].text)
    if len(paragraph) == 1 and full and not BULLET.match(last.words[0].text):
        # only the first line stands further in, as that of a paragraph
        return False
    inner = paragraph[-1].x0 if len(paragraph) > 1 else paragraph[0].x0
    return line.x0 < inner - 0.5 * line.size
