"""Acronyms and what they stand for, where a text says so: "National Intelligence Service (SIN)".

The letters are looked for as Schwartz & Hearst (2003) do: from the last one back, the first at the start of a word. An
acronym of the other language goes with the run of words in capitals before it, if these are as many as its letters or
more: "Servicio de Inteligencia Nacional" gave SIN its name, not the English words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bialign.terms.extraction.patterns import Pattern, is_acronym, is_heavy

_OPEN, _CLOSE = frozenset("(["), frozenset(")]")
_FEWEST, _MOST = 2, 10


class Expansion(NamedTuple):
    """Tell that the words `start` .. `stop` - 1 of a sentence are what the word number `acronym` stands for."""

    acronym: int
    start: int
    stop: int


def expansions(words: Sequence[str], pattern: Pattern) -> Iterator[Expansion]:
    """Find acronyms in brackets behind what they stand for, and before it.

    >>> from bialign.terms.extraction.patterns import ENGLISH
    >>> words = "run by the National Intelligence Service ( SIN ) , NATO ( North Atlantic Treaty Organization )".split()
    >>> [(words[a], " ".join(words[i:j])) for a, i, j in expansions(words, ENGLISH)]
    [('SIN', 'National Intelligence Service'), ('NATO', 'North Atlantic Treaty Organization')]
    """
    for place in range(1, len(words) - 2):
        if words[place] not in _OPEN:
            continue
        inner = place + 1
        if words[inner + 1] in _CLOSE and _may_be_acronym(words[inner]):
            start = _start(words, place, words[inner], pattern)
            if start is not None:
                yield Expansion(inner, start, place)
        elif _may_be_acronym(words[place - 1]):
            stop = next((n for n in range(inner, min(len(words), inner + 14)) if words[n] in _CLOSE), None)
            if stop is not None and _start(words, stop, words[place - 1], pattern) == inner:
                yield Expansion(place - 1, inner, stop)


def _may_be_acronym(word: str) -> bool:
    letters = word.replace(".", "").replace("-", "")
    return is_acronym(word) and _FEWEST <= len(letters) <= _MOST


def _start(words: Sequence[str], stop: int, acronym: str, pattern: Pattern) -> int | None:
    """Give where the words that end before `stop` begin which an acronym stands for; None where none do."""
    letters = [letter.lower() for letter in acronym if letter.isalnum()]
    first = max(0, stop - min(len(letters) + 5, 2 * len(letters)))
    found = _by_letters(words, first, stop, letters, pattern)
    return _by_capitals(words, stop, letters, pattern) if found is None else found


def _by_letters(words: Sequence[str], first: int, stop: int, letters: list[str], pattern: Pattern) -> int | None:
    """Give the word where the letters begin that the acronym has, in their order, the nearest one."""
    for start in range(stop - 1, first - 1, -1):
        if words[start][0].lower() != letters[0] or not is_heavy(words[start], pattern):
            continue
        heavy = [word.lower() for word in words[start:stop] if is_heavy(word, pattern)]
        if len(heavy) > 1 and _spells(heavy, letters):
            return start
    return None


def _spells(words: list[str], letters: list[str]) -> bool:
    """Tell whether letters can be read off words in order: each word's first one, or others behind it."""
    if not letters:
        return not words
    if not words or words[0][0] != letters[0]:
        return False
    at, word = 0, words[0]
    for taken in range(1, len(letters) + 1):
        if _spells(words[1:], letters[taken:]):
            return True
        if taken == len(letters):
            break
        at = word.find(letters[taken], at + 1)
        if at < 0:
            break
    return False


def _by_capitals(words: Sequence[str], stop: int, letters: list[str], pattern: Pattern) -> int | None:
    start = stop
    while start > 0 and (
        (is_heavy(words[start - 1], pattern) and words[start - 1][0].isupper())
        or (start < stop and words[start - 1].lower() in pattern.named and start > 1)
    ):
        start -= 1
    while start < stop and not is_heavy(words[start], pattern):
        start += 1
    heavy = [word for word in words[start:stop] if is_heavy(word, pattern)]
    if len(heavy) < 2 or not is_heavy(words[stop - 1], pattern):
        return None
    return start if len(heavy) >= len(letters) - 1 else None
