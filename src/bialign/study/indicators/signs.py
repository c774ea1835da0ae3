"""Punctuation and quotation: signs by what they are, and the words that stand within quotation marks or are spoken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bialign.study.indicators.lexis import Counted, is_word

Mark = Literal[
    "comma", "semicolon", "colon", "full_stop", "ellipsis", "question", "exclamation", "dash", "parenthesis", "quote"
]
MARKS: tuple[Mark, ...] = (
    "comma", "semicolon", "colon", "full_stop", "ellipsis", "question", "exclamation", "dash", "parenthesis", "quote",
)  # fmt: skip

_OPENING, _CLOSING, _STRAIGHT, _DASH = 1, 2, 3, 4
_ROLES = dict.fromkeys("“«‹„‘", _OPENING) | dict.fromkeys("”»›’", _CLOSING) | {'"': _STRAIGHT}
_BY_SIGN: dict[str, Mark] = {",": "comma", ";": "semicolon", ":": "colon"}
# of signs that come in pairs the one that closes is counted: English questions have no other
_BY_SIGN |= {"?": "question", "!": "exclamation", ")": "parenthesis", "]": "parenthesis"}
_BY_SIGN |= dict.fromkeys("”»›", "quote")


def mark_of(forms: Sequence[str], lang: str) -> NDArray[np.int64]:
    """Give for each token the number of its mark in `MARKS`, -1 for what is none.

    >>> mark_of([",", "...", "--", "?", "¿", "-", "a"], "es").tolist()
    [0, 4, 7, 5, -1, -1, -1]
    """
    return np.array([_mark_number(form) for form in forms], np.int64)


def _mark_number(form: str) -> int:
    first = form[0]
    if first == "…" or (first == "." and len(form) > 1 and set(form) == {"."}):
        return MARKS.index("ellipsis")
    if form == ".":
        return MARKS.index("full_stop")
    if first in "—–" or (first == "-" and len(form) > 1 and set(form) == {"-"}):
        return MARKS.index("dash")
    mark = _BY_SIGN.get(first)
    return -1 if mark is None or first.isalnum() else MARKS.index(mark)


def role_of(forms: Sequence[str], lang: str) -> NDArray[np.int64]:
    """Give what each token may be to a quotation: 0 nothing, else that it opens or closes one, or is a dash."""
    dash = MARKS.index("dash")
    return np.array(
        [_ROLES.get(form, 0) or (_DASH if _mark_number(form) == dash or form == "-" else 0) for form in forms], np.int64
    )


def punctuation(text: Counted) -> NDArray[np.int64]:
    """Count the marks of each segment: an array (segments, marks) in the order of `MARKS`.

    Straight quotation marks open and close: half of them are counted as quotations, by rounding down in each segment.
    """
    numbers = text.lexis.feature(mark_of)[text.tokens]
    found = np.stack([text.marked(numbers == number) for number in range(len(MARKS))], axis=1)
    straight = text.marked(text.lexis.feature(role_of)[text.tokens] == _STRAIGHT)
    found[:, MARKS.index("quote")] += straight // 2
    return found


@dataclass(slots=True)
class _Speech:
    """Hold where one is: how deep in quotation marks, in a paragraph of dashes or not, in its speech or not."""

    depth: int = 0
    dashes: bool = False
    speaking: bool = False

    @property
    def inside(self) -> bool:
        return self.depth > 0 or self.speaking

    def pass_by(self, role: int, first: bool) -> None:
        """Go on behind a sign; `first` is that a paragraph begins with it."""
        if role == _DASH:
            if first:
                self.dashes = self.speaking = True
            elif self.dashes:
                self.speaking = not self.speaking
        elif role == _OPENING:
            self.depth += 1
        elif role == _CLOSING:
            self.depth = max(0, self.depth - 1)
        elif role == _STRAIGHT:
            self.depth = 0 if self.depth else 1


def quoted_words(text: Counted) -> NDArray[np.int64]:
    """Count the words of each segment that stand in quotation marks, or in speech that a dash begins.

    A quotation ends with its paragraph at the latest. A dash at the beginning of a paragraph begins speech; each one
    further on ends it or goes on with it. In paragraphs that begin with none, a dash is no sign of speech.
    """
    roles = text.lexis.feature(role_of)[text.tokens]
    words = np.concatenate([[0], np.cumsum(text.lexis.feature(is_word)[text.tokens])])
    found = np.zeros(len(text), np.int64)
    events = np.flatnonzero(roles)
    firsts = np.searchsorted(events, text.bounds).tolist()
    bounds, paragraphs = text.bounds.tolist(), text.paragraphs.tolist()
    paragraph, speech = -1, _Speech()
    for segment in range(len(text)):
        start, stop = bounds[segment], bounds[segment + 1]
        fresh = paragraphs[segment] != paragraph
        if fresh:
            paragraph, speech = paragraphs[segment], _Speech()
        at = start
        for place in events[firsts[segment] : firsts[segment + 1]].tolist():
            found[segment] += (words[place] - words[at]) * speech.inside
            speech.pass_by(int(roles[place]), fresh and place == start)
            at = place
        found[segment] += (words[stop] - words[at]) * speech.inside
    return found
