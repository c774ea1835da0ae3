"""Footnotes: small lines at the foot of a column or page, each note beginning with its mark."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from bialign.readers.pdf.columns import Block
from bialign.readers.pdf.lines import Line
from bialign.readers.pdf.rules import Rule

_MARK = re.compile(r"(\d{1,3}|[*†‡§¶]{1,4})[.)]?")
_LETTER = re.compile(r"[a-z]")
_GLUED_RAISED = re.compile(r"(?:(?<=[^\W\d_]{3})|(?<=[.,;:!?)\]»”\"'])|(?<=[\w)]) )[⁰¹²³⁴-⁹]+")
_END = r"[)\]»”\"']"
_GLUED_LEVEL = re.compile(rf"(?:(?<=[^\W\d][.,;:!?)\]»”\"'])|(?<=[.!?]{_END})|(?<={_END}[.,;:!?]))[1-9]\d?(?!\S)")
_GLUED = re.compile(r"(\d{1,3}|[*†‡§¶]{1,4})(?=[^\W\d_]|[¿¡«“\"(])")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
SMALL = 0.93
_SKIPPED = 3


def plain(mark: str) -> str:
    """Give a mark in raised digits, which some fonts have, in plain ones.

    >>> plain("¹²"), plain("*")
    ('12', '*')
    """
    return mark.translate(_RAISED)


def without_raised(text: str, marks: Collection[str], level: Collection[str] = ()) -> str:
    """Give a text without the raised digits that are `marks` of notes, nor the digits that are `level` with it.

    >>> without_raised("both tools². A m² is none, tools³ neither.", {"2"})
    'both tools. A m² is none, tools³ neither.'
    >>> without_raised("both tools ².", {"2"})
    'both tools.'
    >>> without_raised("Both tools.2 Of 3.2 m, an MP2 and 2", {"2"}, {"2"})
    'Both tools. Of 3.2 m, an MP2 and 2'
    """
    text = _GLUED_RAISED.sub(lambda found: "" if plain(found[0]).strip() in marks else found[0], text)
    return _GLUED_LEVEL.sub(lambda found: "" if found[0] in level else found[0], text) if level else text


def without_last(lines: Sequence[str], marks: Collection[str]) -> list[str]:
    """Give the lines of a paragraph without the mark of a note that stands level with its end.

    >>> without_last(["She went to", "the station. 15"], {"15"}), without_last(["She went.", "15"], {"15"})
    (['She went to', 'the station.'], ['She went.', ''])
    >>> without_last(["She went in 2017.8"], {"8"}), without_last(["She went 8"], {"8"})
    (['She went in 2017.'], ['She went 8'])
    """
    kept = list(lines)
    text = kept[-1].rstrip("0123456789")
    mark = kept[-1][len(text) :]
    before = (text.rstrip() or "".join(kept[-2:-1])).rstrip("\"'”’»)]")
    if mark in marks and before.endswith((".", "!", "?", "…")):
        kept[-1] = text.rstrip()
    return kept


def note_mark(line: Line) -> str:
    """Give the mark that a line begins with as a note does, "" where it does not."""
    first = plain(line.words[0].text)
    found = _MARK.fullmatch(first)
    if found and len(line.words) > 1:
        return found[1]
    if 0 in line.marks and _LETTER.fullmatch(first):
        return first
    glued = _GLUED.match(first)
    return glued[1] if glued else ""


def follows(mark: str, last: str) -> bool:
    """Tell whether a mark may be that of the note after another: numbers count on, if some are left out.

    >>> follows("8", "7"), follows("100", "7"), follows("*", "2")
    (True, False, True)
    """
    return not (mark.isdecimal() and last.isdecimal()) or 0 < int(mark) - int(last) <= _SKIPPED


def split_notes(block: Block, page: Sequence[Block], body: float, open_note: bool) -> tuple[list[Line], list[Line]]:
    """Part a block's lines from those of the notes at its foot; `open_note` says that one may go on from before."""
    start = min(_raised(block.lines), _referred_to(block.lines, page))
    while start and block.lines[start - 1].size <= SMALL * body:
        start -= 1
    if not open_note or not _all_small(block, page, start, body):
        while start < len(block.lines) and not note_mark(block.lines[start]):
            start += 1
    if start == len(block.lines) or _text_below(block.lines[start], block, page, body):
        return list(block.lines), []
    return block.lines[:start], block.lines[start:]


def below_rule(lines: Sequence[Line], rules: Sequence[Rule], *, open_note: bool) -> int:
    """Give the first of a block's lines below the short rule that stands above notes; how many there are if none does.

    What stands there begins with a mark, or goes on with a note of the page before.
    """
    for rule in rules:
        below = [number for number, line in enumerate(lines) if line.y < rule.y0]
        # a table has several of the same width
        alike = sum(abs(other.x0 - rule.x0) < 1 and abs(other.x1 - rule.x1) < 1 for other in rules if other.level)
        if not rule.level or alike > 1 or not below or (below[0] == 0 and not open_note):
            continue
        line = lines[below[0]]
        width = max(line.right - line.left, 1.0)
        short = 0.08 * width < rule.x1 - rule.x0 < 0.7 * width and abs(rule.x0 - line.left) < line.size
        close = rule.y0 - line.y < 3 * line.size and below == list(range(below[0], len(lines)))
        if short and close and (open_note or note_mark(line)):
            return below[0]
    return len(lines)


def _referred_to(lines: Sequence[Line], page: Sequence[Block]) -> int:
    """Give the first line below a gap whose mark stands raised in the text: a note, though as large as the text.

    What has raised marks below it is an item of a list.
    """
    marks = {line.words[n].text.strip("()[].,") for other in page for line in other.lines for n in line.marks}
    last = max((number for number, line in enumerate(lines) if any(line.marks)), default=-1)
    for number, line in list(enumerate(lines))[last + 1 :]:
        apart = number == 0 or lines[number - 1].y - line.y > 1.6 * line.size
        if apart and 0 not in line.marks and note_mark(line) in marks:
            return number
    return len(lines)


def _raised(lines: Sequence[Line]) -> int:
    """Give the first of the lines at a block's foot that begin with a raised mark, as notes in any size do."""
    start = len(lines)
    for number in range(len(lines) - 1, -1, -1):
        line = lines[number]
        if 0 in line.marks and note_mark(line):
            start = number
        elif start - number > 12:
            break
    return start


def _all_small(block: Block, page: Sequence[Block], start: int, body: float) -> bool:
    """Tell whether lines may be the rest of a note: no text follows them, and they stand at the page's foot."""
    if start == len(block.lines):
        return False
    lowest = min(line.y for other in page for line in other.lines)
    return block.lines[-1].y < lowest + 3 * body


def _text_below(line: Line, block: Block, page: Sequence[Block], body: float) -> bool:
    for other in page:
        beside = other.x1 <= block.x0 or other.x0 >= block.x1
        if other is block or beside:
            continue
        if any(item.y < line.y and item.size > SMALL * body for item in other.lines) or (
            other.rows and other.rows[0][0] and other.rows[0][0][0].y < line.y
        ):
            return True
    return False
