"""Tables of contents: the leaders and page numbers of their entries are the layout's, and go."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bialign.readers.pdf.lines import Line, Word, find_lines

_PAGES = r"\d{1,4}(?:[-–]\d{1,4})?"
_LEADER = re.compile(rf"(?:[.·…‥_] ?){{4,}}\s*(?:[\w-]{{1,8}}|{_PAGES}(?:, ?{_PAGES}){{1,12}})$")
_INNER = re.compile(rf"(?:[.·…‥_] ?){{4,}}\s*{_PAGES}(?:, ?{_PAGES})* [^\W\d_]{{2}}")
_DOTS = re.compile(r"[.·…‥_]+")
_NUMBER = re.compile(r"[\divxlcdmIVXLCDM]{1,6}|[A-Z]-?\d{1,3}")
_FEWEST = 3
"""Entries with leaders that make a page one of contents."""


def contents_of(words: Sequence[Word]) -> list[Line] | None:
    """Give the lines of a page of contents, without leaders and numbers; None where a page is none."""
    if sum(bool(_DOTS.search(word.text[-4:])) for word in words) < _FEWEST:
        return None
    lines = find_lines(words)
    # an index in columns
    if sum(bool(_INNER.search(line.text)) for line in lines) >= _FEWEST:
        return None
    ends = [line.x1 for line in lines if strip_leader(line)]
    if len(ends) < _FEWEST or any(_LEADER.search(line.text.rstrip(". ")) for line in lines):
        return None
    edge = max(ends)
    for line in lines:
        # the numbers of chapters may stand without leaders
        if not line.closed and len(line.words) > 1 and abs(line.x1 - edge) < 0.5 * line.size:
            last, before = line.words[-1], line.words[-2]
            if _NUMBER.fullmatch(last.text) and last.x0 - before.x1 > line.size:
                line.words.pop()
                line.closed = True
    return lines


def strip_leader(line: Line) -> bool:
    """Take the leader and the number behind it from an entry, and close it; tell whether it had them."""
    if not _LEADER.search(line.text):
        return False
    words = line.words
    kept = list(words)
    # an index may name several pages
    while kept and not _DOTS.search(kept[-1].text):
        kept.pop()
    while kept and _DOTS.fullmatch(kept[-1].text):
        kept.pop()
    if kept:
        text = re.sub(r"(?:[.·…‥_] ?){4,}\w*$", "", kept[-1].text)
        kept[-1] = kept[-1]._replace(text=text or kept[-1].text)
        line.words[:] = kept
        line.marks[:] = [number for number in line.marks if number < len(kept)]
    line.closed = True
    return True
