"""What must stand in every match of a regular expression, found by reading the pattern: the index then names the beads.

Only what is certain is taken: letters that are neither optional nor inside a look-around. A pattern that is not
understood has no such letters, and is searched for in the whole text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

Need = tuple[tuple[str, ...], ...]
"""Letters of which every match holds: of each inner tuple at least one."""

_GROUP = re.compile(r"\((?:\?(?:P?<(?![=!])\w+>|:|(?P<look><?[=!]))|(?!\?))")
_REPEAT = re.compile(r"[*?+]|\{(\d*),?\d*\}")
_CLASS = re.compile(r"\[\^?\]?(?:[^\]\\]|\\.)*\]")
_LONGEST = 64
"""Alternatives up to which a choice is worth looking up."""


@dataclass(slots=True)
class _Branch:
    """Hold what is known of one alternative while it is read."""

    needs: list[tuple[str, ...]] = field(default_factory=list)
    run: str = ""

    def close(self) -> None:
        if self.run:
            self.needs.append((self.run,))
        self.run = ""


class _Unknown(Exception):
    pass


def required(pattern: str) -> Need:
    r"""Give the letters that every match of a pattern holds, as they stand in it; () where none are certain.

    >>> required(r"golpes? de (?:estado|mano)"), required(r"(?:casa|hogar)es"), required(r"\d{4}")
    ((('golpe',), (' de ',), ('estado', 'mano')), (('casa', 'hogar'), ('es',)), ())
    >>> required(r"\bno\b(?! sé)"), required(r"a|b*"), required(r"(?i)casa")
    ((('no',),), (), ())
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
    best = [max(branch.needs, key=lambda need: min(map(len, need))) for branch in branches]
    choice = tuple(dict.fromkeys(text for need in best for text in need))
    return ((choice,) if len(choice) <= _LONGEST else ()), at


def _item(pattern: str, at: int, branch: _Branch) -> int:
    """Read one letter, class or group with what repeats it; give where the next one begins."""
    letter = pattern[at]
    if letter == "(":
        return _group(pattern, at, branch)
    if letter == "[":
        found = _CLASS.match(pattern, at)
        if found is None or "[" in found[0][1:] or "--" in found[0] or "&&" in found[0]:
            raise _Unknown  # sets of sets
        branch.close()
        return _least(pattern, found.end())[1]
    if letter == "\\":
        return _escape(pattern, at, branch)
    if letter in "^$.":
        branch.close()
        return at + 1 if letter != "." else _least(pattern, at + 1)[1]
    if letter in "*+?{":
        raise _Unknown
    return _letter(pattern, at + 1, letter, branch)


def _letter(pattern: str, after: int, letter: str, branch: _Branch) -> int:
    least, stop = _least(pattern, after)
    if stop == after:
        branch.run += letter
        return stop
    if least:
        branch.run += letter
    branch.close()
    if least:  # a+b: b follows an a, but not always the first
        branch.run = letter
    return stop


def _escape(pattern: str, at: int, branch: _Branch) -> int:
    escaped = pattern[at + 1]
    if not (escaped.isalnum() or escaped == "_"):
        return _letter(pattern, at + 2, escaped, branch)
    if escaped in "bBwWdDsS":
        branch.close()
        return _least(pattern, at + 2)[1] if escaped in "wWdDsS" else at + 2
    found = re.compile(r"\\[pP]\{[^}]*\}").match(pattern, at)
    if found is None:
        raise _Unknown
    branch.close()
    return _least(pattern, found.end())[1]


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
    if found[0][0] == "{" and found[0] == "{}":
        raise _Unknown
    stop = found.end()
    if pattern[stop : stop + 1] == "{" and found[0][0] == "{":
        raise _Unknown
    while pattern[stop : stop + 1] and pattern[stop] in "?+":
        stop += 1
    return (0 if found[0] in "*?" else 1 if found[0] == "+" else int(found[1] or 0)), stop


def words_of(text: str) -> Iterator[tuple[str, bool, bool]]:
    """Give the words of required letters, and whether each is known to begin and to end there.

    >>> list(words_of("pes de es"))
    [('pes', False, True), ('de', True, True), ('es', True, False)]
    """
    for found in re.finditer(r"[^\W_]+", text):
        yield found[0], found.start() > 0, found.end() < len(text)
