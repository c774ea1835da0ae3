"""Terms that stand before what they mean, and headings that stand before their text, both on its first line.

Typesetters leave more room behind them than between words, and set them in another font than the text.
"""

from __future__ import annotations

import itertools
import re
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from bialign.readers.pdf.items import is_item
from bialign.readers.pdf.lines import Line, Word

_GAP, _WIDER = 0.42, 1.4
"""Font sizes of the room behind a term, and how many times as wide as a space it is, at least."""
_STRETCHED = 1.15
"""How many times as wide as a space it is at least where bold letters and indents tell a term as well."""
_WIDE = 0.75
"""Font sizes of room that is wide behind a full stop as well, or where nothing else tells a term."""
_INDENT = 0.6
_NUMBER = re.compile(r"[\[(]?(?:\d{1,3}|[a-zA-Z]|[ivxlIVXL]{1,5})[\])]?[.:]?")
_STOP = re.compile(r"[.:;,?!]$")
_USUAL = 0.3
"""Font sizes of the space in a line that has too few."""


def split_term(lines: Sequence[Line]) -> tuple[Line, list[Line]] | None:
    """Part a paragraph's first words from the rest of its lines where they are a term or heading of it; else None."""
    first = lines[0]
    if len(first.words) < 2 or first.closed or 0 in first.marks or is_item(first):
        return None
    if _NUMBER.fullmatch(first.words[0].text) or not (first.words[0].bold or re.search(r"\w", first.words[0].text)):
        return None
    place = _end_of_term(lines)
    if place is None:
        return None
    marks = [mark for mark in first.marks if mark < place], [mark - place for mark in first.marks if mark >= place]
    head = replace(first, words=first.words[:place], marks=marks[0], usual_size=0.0)
    return head, [replace(first, words=first.words[place:], marks=marks[1], usual_size=0.0), *lines[1:]]


def _end_of_term(lines: Sequence[Line]) -> int | None:
    """Give how many words of the first line are the term, None where there is no term."""
    words, size = lines[0].words, lines[0].size
    gaps = [b.x0 - a.x1 for a, b in itertools.pairwise(words)]
    hanging = len(lines) > 1 and lines[1].x0 > lines[0].x0 + _INDENT * size
    for place, gap in enumerate(gaps, 1):
        space = _space(gaps[: place - 1], gaps[place:], size)
        bold = words[0].bold and not words[place].bold
        if gap < max(_GAP * size, (_WIDER if not (hanging and bold) else _STRETCHED) * space):
            continue
        wide = gap > _WIDE * size and gap > 2 * space
        if hanging and wide and abs(lines[1].x0 - words[place].x0) < 1:
            return place
        if _STOP.search(words[place - 1].text) and not wide:
            return None
        return place if _is_set_off(words, place, lines, sure=wide or hanging) else None
    return None


def _space(before: Sequence[float], behind: Sequence[float], size: float) -> float:
    """Give how wide the spaces of a line are, those behind the term if there are enough of them."""
    gaps = behind if len(behind) > 1 else [*before, *behind]
    return statistics.median_low(gaps) if len(gaps) > 1 else _USUAL * size


def _is_set_off(words: Sequence[Word], place: int, lines: Sequence[Line], *, sure: bool) -> bool:
    """Tell whether the term is set in another font than the text behind it; if it is not `sure`, in bold letters."""
    text = [*words[place:], *(word for line in lines[1:] for word in line.words)]
    if all(word.bold or word.mono for word in text):
        return False
    if words[0].bold and not words[place].bold:
        return True
    fonts: Counter[str] = Counter()
    for word in text:
        fonts[word.font] += len(word.text)
    usual = fonts.most_common(1)[0][0]
    return sure and words[0].font != usual and words[place].font != words[0].font
