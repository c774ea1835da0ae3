"""What must stand in every match of a regular expression, read from the pattern: the index then names the beads.

A fragment is a part of the pattern that can only match letters and digits, and so lies within one word: the words of
the vocabulary that it matches are the only ones a match can hold there. Only what is certain is taken: nothing
optional, nothing inside a look-around. Of a pattern that is not understood nothing is, and all texts are searched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple


class Fragment(NamedTuple):
    """Hold a part of a pattern, and whether the word that it matches is known to begin and to end there."""

    pattern: str
    begins: bool = False
    ends: bool = False


Need = tuple[tuple[Fragment, ...], ...]
"""Of each inner tuple one fragment at least is in every match."""

_GROUP = re.compile(r"\((?:\?(?:P?<(?![=!])\w+>|:|(?P<look><?[=!]))|(?!\?))")
_REPEAT = re.compile(r"(?:[*?+]|\{(\d*),?\d*\})[?+]?")
_CLASS = re.compile(r"\[\^?\]?(?:[^\]\\]|\\.)*\]")
# only letters and digits, or nothing but: [aeiou], [A-Z0-9], [^\W\d_]
_WORD_CLASS = re.compile(r"\[(?:(?:[^\W_]|[a-zA-Z0-9]-[a-zA-Z0-9]|\\d)+|\^\\W(?:\\d)?_(?:\\d)?)\]")
_WORD_ESCAPE = re.compile(r"\\(?:d|p\{(?:L[ul]?|N|Nd|Lu|Ll)\})")
_OTHER_ESCAPE = re.compile(r"\\(?:[wWDsS]|[pP]\{[^}]*\})")
_OUTSIDE = re.compile(r"\\[Ws]")
"""What never stands in a word."""
_MOST = 64
"""Alternatives up to which a choice is worth looking up."""


class _Unknown(Exception):
    pass


@dataclass(slots=True)
class _Branch:
    """Hold what is known of one alternative while it is read: the fragments so far, and the one that is being read."""

    needs: list[tuple[Fragment, ...]] = field(default_factory=list)
    run: str = ""
    certain: bool = False
    begins: bool = False

    def add(self, text: str, least: int) -> None:
        self.run += text
        self.certain = self.certain or least > 0

    def close(self, *, border: bool = False) -> None:
        """End the fragment; `border` tells that a word ends here, and another may begin."""
        if self.certain:
            self.needs.append((Fragment(self.run, self.begins, border),))
        self.run, self.certain, self.begins = "", False, border


def required(pattern: str) -> Need:
    r"""Give the fragments of a pattern that every match of it holds; () where none are certain.

    >>> required(r"golpes? de (?:estado|mano)")[0]
    (Fragment(pattern='golpes?', begins=False, ends=True),)
    >>> [[fragment.pattern for fragment in need] for need in required(r"golpes? de (?:estado|mano)")]
    [['golpes?'], ['de'], ['estado', 'mano']]
    >>> required(r"\d{4}|no\b(?! sé)")
    ((Fragment(pattern='\\d{4}', begins=False, ends=False), Fragment(pattern='no', begins=False, ends=True)),)
    >>> required(r"a|b*"), required(r"(?i)casa"), required(r"(\w+) \1")
    ((), (), ())
    """
    try:
        needs, at = _alternatives(pattern, 0)
    except (_Unknown, IndexError):
        return ()
    return needs if at == len(pattern) else ()


def _alternatives(pattern: str, at: int) -> tuple[Need, int]:
    """Read up to the end of a group, or of the pattern."""
    branches = [_Branch()]
    while at < len(pattern) and pattern[at] != ")":
        if pattern[at] == "|":
            branches[-1].close()
            branches.append(_Branch())
            at += 1
        else:
            at = _item(pattern, at, branches[-1])
    branches[-1].close()
    if len(branches) == 1:
        return tuple(branches[0].needs), at
    if not all(branch.needs for branch in branches):
        return (), at
    # of each alternative what is rarest, as far as its length tells
    best = [max(branch.needs, key=lambda need: min(len(part.pattern) for part in need)) for branch in branches]
    choice = tuple(dict.fromkeys(fragment for need in best for fragment in need))
    return ((choice,) if len(choice) <= _MOST else ()), at


def _item(pattern: str, at: int, branch: _Branch) -> int:
    """Read one letter, class or group with what repeats it; give where the next one begins."""
    letter = pattern[at]
    if letter == "(":
        return _group(pattern, at, branch)
    if letter == "[":
        return _class(pattern, at, branch)
    if letter == "\\":
        return _escape(pattern, at, branch)
    if letter in "*+?{":
        raise _Unknown
    if letter in "^$":
        branch.close(border=True)
        return at + 1
    least, stop = _least(pattern, at + 1)
    if letter.isalnum():
        branch.add(pattern[at:stop], least)
    else:
        branch.close(border=letter != "." and least > 0)
    return stop


def _class(pattern: str, at: int, branch: _Branch) -> int:
    found = _CLASS.match(pattern, at)
    if found is None or any(sign in found[0][1:] for sign in ("[", "--", "&&", "||", "~~")):
        raise _Unknown  # sets of sets
    least, stop = _least(pattern, found.end())
    if _WORD_CLASS.fullmatch(found[0]):
        branch.add(pattern[at:stop], least)
    else:
        branch.close()
    return stop


def _escape(pattern: str, at: int, branch: _Branch) -> int:
    escaped = pattern[at + 1]
    if escaped in "bB":
        branch.close(border=escaped == "b")
        return at + 2
    if not (escaped.isalnum() or escaped == "_"):
        least, stop = _least(pattern, at + 2)
        branch.close(border=least > 0)
        return stop
    found = _WORD_ESCAPE.match(pattern, at)
    if found is not None:
        least, stop = _least(pattern, found.end())
        branch.add(pattern[at:stop], least)
        return stop
    found = _OTHER_ESCAPE.match(pattern, at)
    if found is None:
        raise _Unknown
    least, stop = _least(pattern, found.end())
    branch.close(border=least > 0 and bool(_OUTSIDE.fullmatch(found[0])))
    return stop


def _group(pattern: str, at: int, branch: _Branch) -> int:
    found = _GROUP.match(pattern, at)
    if found is None:
        raise _Unknown
    needs, stop = _alternatives(pattern, found.end())
    if stop >= len(pattern):
        raise _Unknown
    least, after = _least(pattern, stop + 1)
    branch.close()
    if not found["look"] and least:
        branch.needs += needs
    return after


def _least(pattern: str, at: int) -> tuple[int, int]:
    """Tell how often what was read is there at least, and where what follows begins."""
    found = _REPEAT.match(pattern, at)
    if found is None:
        return 1, at
    if found[0].startswith("{}") or pattern[found.end() : found.end() + 1] in {"{", "*"}:
        raise _Unknown
    sign = found[0][0]
    return (0 if sign in "*?" else 1 if sign == "+" else int(found[1] or 0)), found.end()
