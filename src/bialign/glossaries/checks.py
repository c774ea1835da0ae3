"""What no term of a glossary may be, whatever its file: empty, a page of text, codes, a formula."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

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


def term_fault(text: str) -> Remark | None:
    """Say why a text cannot be a term; None where it can.

    >>> [str(term_fault(text)) for text in ("self-coup", " ", "=1+1")]
    ['None', 'an empty term', "a spreadsheet's formula, not a term: '=1+1'"]
    """
    if not any(map(str.isalnum, text)):
        return Remark("an empty term")
    if len(text) > LONGEST_TERM:
        return Remark("a term of {size} characters: that is a text, not a term", {"size": len(text)})
    if _RTF.search(text):
        return Remark("codes of a word processor (RTF) in a term: paste it as plain text")
    if _FORMULA.match(text):
        return Remark("a spreadsheet's formula, not a term: {text}", {"text": repr(text[:60])})
    return None
