"""What no term of a glossary may be, whatever its file: empty, a page of text, codes, a formula."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from bialign.errors import FormatError

LONGEST_TERM = 1_000
"""Characters from which a term is none."""

_RTF = re.compile(r"\{\\rtf\d?|\\(?:par|pard|fonttbl|ansi)\b")
_FORMULA = re.compile(r"[=+@-]\s*(?:[A-Za-z.]+\s*\(|cmd\s*\||\$?[A-Z]{1,3}\$?\d|[\"'\d(])|=.*[+*/!|]", re.ASCII)


@dataclass(frozen=True, slots=True)
class Remark:
    """Hold one thing to tell of a glossary's file: `template` with ``{field}`` places, `line` from 1 (0 for none).

    >>> str(Remark("{count} of them", {"count": 3}, 7))
    'line 7: 3 of them'
    """

    template: str
    fields: dict[str, object] = field(default_factory=dict)
    line: int = 0

    def __str__(self) -> str:
        return (f"line {self.line}: " if self.line else "") + self.template.format(**self.fields)


def check_term(text: str, path: Path, line: int, element: str) -> None:
    """Raise FormatError, with the line, where a text cannot be a term.

    >>> check_term("=1+1", Path("a.csv"), 3, "en")
    Traceback (most recent call last):
    bialign.errors.FormatError: a.csv:3 (en): a spreadsheet's formula, not a term: '=1+1'
    """
    if not any(map(str.isalnum, text)):
        raise FormatError(path, "an empty term", line=line, element=element)
    if len(text) > LONGEST_TERM:
        reason = "a term of {size} characters: that is a text, not a term"
        raise FormatError(path, reason, line=line, element=element, size=len(text))
    if _RTF.search(text):
        reason = "codes of a word processor (RTF) in a term: paste it as plain text"
        raise FormatError(path, reason, line=line, element=element)
    if _FORMULA.match(text):
        reason = "a spreadsheet's formula, not a term: {text}"
        raise FormatError(path, reason, line=line, element=element, text=repr(text[:60]))
