"""Page numbers: what looks like one, and which of them count on."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from bialign.boilerplate.lines import NUMBERS, Line

_ROMAN = r"(?=[ivxlc])(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
_NUMERAL = rf"(?:\d{{1,4}}|c{{0,3}}{_ROMAN}(?![^\W\d_]))"
_OF = r"(?:\s*(?:/|of|de|·|\|)\s*\d+)?"
PAGE_NUMBER = re.compile(rf"[\W_]*(?:(?:page|página|hoja|pág\.|pag\.|p\.)\s*)?{_NUMERAL}{_OF}[\W_]*\Z", re.IGNORECASE)
NAMED_PAGE = re.compile(rf"[\W_]*(?:page|página|hoja|pág\.|pag\.)\s*{_NUMERAL}{_OF}[\W_]*\Z", re.IGNORECASE)
_WIDEST = 3
"""The largest step from the number of a page to that of the next which has one."""


def counts(group: Sequence[Line]) -> bool:
    """Tell whether the numbers in lines go up by one or two, as those of pages do, with few exceptions."""
    numbers = [number(line.text) for line in group]
    steps = [after - before for before, after in itertools.pairwise(numbers)]
    return sum(step in {1, 2} for step in steps) >= 0.7 * len(steps)


def fitting(group: Sequence[Line]) -> list[Line]:
    """Give the lines whose numbers count on with those around them, a misread digit forgiven.

    A year or the number of a chapter that stands alone among page numbers does not.
    """
    numbers = [number(line.text) for line in group]
    fits = [_fits(numbers, at) for at in range(len(numbers))]
    kept = list(fits)
    for at in range(1, len(numbers) - 1):
        before, after = numbers[at - 1], numbers[at + 1]
        if fits[at - 1] and fits[at + 1] and 2 <= after - before <= 2 * _WIDEST and not fits[at]:
            kept[at] = any(_misread(numbers[at], wanted) for wanted in range(before + 1, after))
    return [line for line, keep in zip(group, kept, strict=True) if keep]


def _fits(numbers: Sequence[int], at: int) -> bool:
    """Tell whether a number goes on from two of those around it, or from one near the ends of the text."""
    near = [other for other in (at - 2, at - 1, at + 1, at + 2) if 0 <= other < len(numbers)]
    agreeing = sum(
        1 <= (numbers[other] - numbers[at]) / (other - at) <= _WIDEST for other in near if numbers[other] >= 0
    )
    return agreeing >= (2 if len(near) > 2 else 1)


def _misread(found: int, wanted: int) -> bool:
    """Tell whether a number may be another with one digit wrong or lost.

    >>> _misread(73, 13), _misread(3, 13), _misread(1984, 13)
    (True, True, False)
    """
    one, other = str(found), str(wanted)
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1
    return any(one == other[:at] + other[at + 1 :] for at in range(len(other)))


def notation(line: str) -> str:
    """Tell how the number in a line is written, as one book writes those of its pages.

    >>> notation("- 12 -"), notation("xiv"), notation("XIV")
    ('digits', 'roman', 'ROMAN')
    """
    if any(map(str.isdigit, line)):
        return "digits"
    return "ROMAN" if NUMBERS.findall(line)[-1].isupper() else "roman"


def number(line: str) -> int:
    """Give the number in a line, -9 where there is none.

    >>> number("THE HOUSE 12"), number("- xiv -"), number("The House")
    (12, 14, -9)
    """
    found = NUMBERS.findall(line)
    if not found:
        return -9
    word = found[-1] if not found[0].isdigit() else found[0]
    return int(word) if word.isdigit() else _roman(word)


def _roman(word: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}[letter] for letter in word.lower()]
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))
