"""Where paragraphs begin and end: blank lines, and single line ends unless the text is wrapped at a fixed width."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

_SOFT = re.compile(r" \n(?<=[^\s.!?…:;] \n)(?=[(\s]*[^\W\d_A-ZÀ-Þ]|\( ?\d)")
_WIDTHS = range(40, 121)
_ENDS, _CLOSERS = (".", "!", "?", "…", ":"), "'\"”’»)]"


def find_paragraphs(text: str) -> list[tuple[int, int]]:
    r"""Give the start and stop of each paragraph, in order; none is blank, and their ends may hold white space.

    >>> find_paragraphs("Chapter I\n\nIt was late.\nShe slept.")
    [(0, 9), (11, 23), (24, 34)]
    """
    lines = _lines(text)
    if not _is_wrapped(text, lines):
        return _flow(text, lines)
    return [span for block in _blocks(lines) for span in _unwrap(text, block)]


def find_line_ends(text: str) -> dict[int, int]:
    r"""Give the line ends that only wrap a paragraph, each with the start of its paragraph; none in other texts.

    >>> find_line_ends("Roses are red,\nviolets blue.")
    {}
    """
    lines = _lines(text)
    if not _is_wrapped(text, lines):
        return {}
    return {
        found.start(): start
        for block in _blocks(lines)
        for start, stop in _unwrap(text, block)
        for found in re.compile("\n").finditer(text, start, stop)
    }


def _lines(text: str) -> list[tuple[int, int]]:
    """Give the start and stop of each line that is not blank."""
    lines = []
    start = 0
    for line in text.split("\n"):
        stop = start + len(line)
        if line and not line.isspace():
            lines.append((start, stop))
        start = stop + 1
    return lines


def _flow(text: str, lines: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join a line that ends in a space in mid-sentence with the next, as mail programs mean it (RFC 3676)."""
    if " \n" not in text or not _SOFT.search(text):
        return lines
    joined: list[tuple[int, int]] = []
    for start, stop in lines:
        if joined and start == joined[-1][1] + 1 and _SOFT.match(text, start - 2):
            joined[-1] = joined[-1][0], stop
        else:
            joined.append((start, stop))
    return joined


def _blocks(lines: list[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Group lines that no blank line separates."""
    block: list[tuple[int, int]] = []
    for span in lines:
        if block and span[0] > block[-1][1] + 1:
            yield block
            block = []
        block.append(span)
    if block:
        yield block


def _is_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    """Tell whether single line ends only wrap the text.

    In filled text a line stops where the next word would not fit: its length and that of the next line's first word
    come to more than the width. Verse, lists and one paragraph a line are not so, and mostly end their sentences.
    """
    pairs = [(line, after) for line, after in itertools.pairwise(lines) if after[0] == line[1] + 1]
    if len(pairs) < 2:
        return False
    lengths = sorted([len(text[start:stop].rstrip()) for (start, stop), _ in pairs])
    width = lengths[int(0.95 * (len(lengths) - 1))]
    if width not in _WIDTHS:
        return False
    full = sum(_is_full(text, line, after, width) for line, after in pairs)
    if full < 0.7 * len(pairs):
        return False
    return sum(not _ends(text, line) for line, _ in pairs) >= 0.5 * len(pairs)


def _ends(text: str, line: tuple[int, int]) -> bool:
    """Tell whether a line ends in the mark of an end, with closing marks and white space behind it or not."""
    return text[line[0] : line[1]].rstrip().rstrip(_CLOSERS).endswith(_ENDS)


def _width(text: str, line: tuple[int, int]) -> int:
    return len(text[line[0] : line[1]].rstrip())


def _is_full(text: str, line: tuple[int, int], after: tuple[int, int], width: int) -> bool:
    length = _width(text, line)
    if length > width - 3:  # any word would be too long
        return True
    word = text[after[0] : after[1]].split(None, 1)[0]
    return length + 1 + len(word) > width - 2


def _unwrap(text: str, block: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Join the lines of a block, except where a short line or an indented one shows a border."""
    width = max(_width(text, line) for line in block)
    start = block[0][0]
    for line, after in itertools.pairwise(block):
        short = _width(text, line) < 0.6 * width and not _is_full(text, line, after, width)
        indented = text[after[0]] in " \t" and text[line[0]] not in " \t" and line[0] != start
        if (short and (_ends(text, line) or text[after[0] : after[1]].lstrip()[0].isupper())) or indented:
            yield start, line[1]
            start = after[0]
    yield start, block[-1][1]
