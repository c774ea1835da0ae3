"""The lines of a text as boilerplate is looked for among them: by their shape, and by what they interrupt."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Container, Iterator
from dataclasses import dataclass

NUMBERS = re.compile(r"\d+|(?<!\w)[ivxlcdm]+(?!\w)", re.IGNORECASE)
_LONGEST = 120
"""Characters of the longest head or foot."""
_HEAD = 70
_END = re.compile(r"[.!?…:;][\"'”’»)\]]*\Z")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Line:
    """Hold a line that is not blank; `number` counts these, `row` blank ones too.

    `cuts` tells whether it interrupts a sentence, `after_end` whether the line before ends one, `runs_on` whether it is
    part of one, `beside` whether it stands next to a line known to be boilerplate.
    """

    number: int
    row: int
    start: int
    stop: int
    text: str
    shape: str
    cuts: bool
    after_end: bool
    runs_on: bool
    beside: bool


def lines_of(text: str, known: Container[int]) -> list[Line]:
    """Give the lines that are not blank, without those that begin at offsets which are known to be boilerplate."""
    return list(_lines(text, known))


def _lines(text: str, known: Container[int]) -> Iterator[Line]:
    found = [one.span() for one in re.finditer(r"[^\n]*\S[^\n]*", text)]
    spans = [(at, span) for at, span in enumerate(found) if span[0] not in known]
    texts = [text[start:stop].strip() for _, (start, stop) in spans]
    shapes = [shape(line) for line in texts]
    times = Counter(shapes)
    # a foot may be followed by the head of the next page before the sentence goes on
    perhaps = [
        times[one] > 1 and 0 < len(one) <= _HEAD and not _END.search(line)
        for one, line in zip(shapes, texts, strict=True)
    ]
    rows = itertools.accumulate(
        (text.count("\n", one[1][0], other[1][0]) for one, other in itertools.pairwise(spans)), initial=0
    )
    texts += ["", ""]
    perhaps += [False]
    for number, ((at, (start, stop)), row) in enumerate(zip(spans, rows, strict=False)):
        before, after = texts[number - 1] if number else "", texts[number + 1]
        cuts = (
            goes_on(before, after)
            or (perhaps[number + 1] and goes_on(before, texts[number + 2]))
            or (number > 1 and perhaps[number - 1] and goes_on(texts[number - 2], after))
        )
        beside = any(0 <= other < len(found) and found[other][0] in known for other in (at - 1, at + 1))
        runs_on = not cuts and goes_on(texts[number], after)
        after_end = not before or bool(_END.search(before))
        yield Line(number, row, start, stop, texts[number], shapes[number], cuts, after_end, runs_on, beside)


def shape(line: str) -> str:
    """Give what a line has in common with the same one on another page; "" for a line too long to be a head.

    >>> shape("THE HOUSE  12"), shape("The House xiv")
    ('the house #', 'the house #')
    """
    return NUMBERS.sub("#", _SPACE.sub(" ", line).casefold()) if len(line) <= _LONGEST else ""


def goes_on(before: str, after: str) -> bool:
    """Tell whether a sentence that stops at the end of one line is taken up by another.

    >>> goes_on("the old", "house."), goes_on("the old.", "house."), goes_on("the old", "House.")
    (True, False, False)
    """
    return bool(before.strip()) and not _END.search(before.rstrip()) and after.lstrip()[:1].islower()
