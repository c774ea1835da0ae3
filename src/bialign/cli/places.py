"""Places in a text, for people: line and column, and what stands around."""

from __future__ import annotations

import bisect
import re

CONTEXT = 24
"""Characters of text shown on each side of a fix or a decision."""


class Places:
    r"""Turn offsets of a text into line and column, both counting from 1.

    >>> Places("one\ntwo").of(5)
    (2, 2)
    """

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def of(self, offset: int) -> tuple[int, int]:
        """Give the line and column of an offset."""
        line = bisect.bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def visible(text: str) -> str:
    r"""Show a piece of text on one line, invisible characters by their code.

    >>> visible("a\u00adb\nc")
    'a<00AD>b¶c'
    """
    shown = text.replace("\n", "¶")
    return "".join(c if c.isprintable() else f"<{ord(c):04X}>" for c in shown)
