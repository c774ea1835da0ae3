"""What a side explains: brackets and appositions that nothing faces, acronyms written out."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from bialign.languages import word_set
from bialign.study.decisions.facing import Facing, Sign
from bialign.study.decisions.order import is_content

_ACRONYM = re.compile(r"(?:[A-ZÁÉÍÓÚÑ]\.?){3,}[A-ZÁÉÍÓÚÑa-z]?\.?")
_ANY = re.compile(r"(?:[A-ZÁÉÍÓÚÑ]\.?){2,}")
_CODE = re.compile(r"[A-Z][\dA-Za-z.-]*[A-Z][\dA-Z.-]*s?")
_LONGEST_BRACKET = 25
_APPOSITION = range(3, 13)
"""Words of an apposition."""
_LEAST = 2
"""Content words that an apposition must have."""
_ARTICLES = {"en": word_set("the a an"), "es": word_set("el la los las un una unos unas")}
_RELATIVES = word_set("who which that whose que quien quienes cuyo cuya and y")
_FREE = 0.75
"""Share of the content words that must be without a link for an explanation to count as added."""


def added_glosses(seen: Facing) -> Iterator[Sign]:
    """Give brackets, appositions and written-out acronyms of a side that nothing faces on the other."""
    yield from _brackets(seen)
    yield from _appositions(seen)
    yield from _acronyms(seen)


def _brackets(seen: Facing) -> Iterator[Sign]:
    if not seen.words.count("(") > seen.others.count("("):
        return
    for start, stop in _inside(seen.words):
        held = seen.words[start:stop]
        content = [index for index in range(start, stop) if is_content(seen.words[index])]
        if not content or stop - start > _LONGEST_BRACKET or any(seen.has(seen.words[index]) for index in content):
            continue
        free = sum(not seen.linked(index) for index in content) / len(content)
        if len(held) == 1 and _CODE.fullmatch(held[0]) and _follows_word(seen.words, start):
            yield Sign("acronym given", held[0], 0.9)
        elif free >= _FREE and any(word.isalpha() for word in held) and _follows_word(seen.words, start):
            yield Sign("bracket", " ".join(held), round(0.5 + 0.4 * free, 2))


def _follows_word(words: Sequence[str], start: int) -> bool:
    """Tell whether a bracket follows a word, which it may be short for; what begins a sentence marks it."""
    return start > 1 and words[start - 2][0].isalnum()


def _inside(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Give the words that stand between brackets, as (start, stop).

    >>> list(_inside("a ( b c ) d ( e )".split()))
    [(2, 4), (7, 8)]
    """
    opened: int | None = None
    for index, word in enumerate(words):
        if word == "(":
            opened = index + 1
        elif word == ")" and opened is not None:
            if index > opened:
                yield opened, index
            opened = None


def _appositions(seen: Facing) -> Iterator[Sign]:
    """Give what stands between two commas behind a name, without a link to the other side."""
    commas = [index for index, word in enumerate(seen.words) if word in {",", "—", "–", ".", ";"}]
    for before, after in itertools.pairwise(commas):
        start, stop = before + 1, after
        if seen.words[before] in {".", ";"} or stop - start not in _APPOSITION or not before:
            continue
        content = [index for index in range(start, stop) if is_content(seen.words[index])]
        first = seen.words[start]
        named = seen.words[before - 1][0].isupper() and (first[0].isupper() or first.lower() in _ARTICLES[seen.lang])
        clause = any(word.lower() in _RELATIVES for word in seen.words[start:stop])
        if not named or clause or len(content) < _LEAST or any(seen.has(seen.words[index]) for index in content):
            continue
        free = sum(not seen.linked(index) for index in content) / len(content)
        if free == 1:
            yield Sign("apposition", " ".join(seen.words[start:stop]), 0.7)


def _acronyms(seen: Facing) -> Iterator[Sign]:
    """Give the words that stand for an acronym of the other side: all their great letters, and no acronym with them."""
    if any(_ANY.fullmatch(word) for word in seen.words):
        return
    facing_words: dict[int, list[int]] = {}
    for index, partners in enumerate(seen.partners):
        for other in partners:
            facing_words.setdefault(other, []).append(index)
    for other, indices in facing_words.items():
        word = seen.others[other]
        content = [index for index in indices if is_content(seen.words[index])]
        if _ACRONYM.fullmatch(word) and len(content) > 1 and not any(map(str.isdigit, word)):
            run = seen.words[min(indices) : max(indices) + 1]
            if len(run) <= _LONGEST_BRACKET and sum(part[0].isupper() for part in run) > 1:
                yield Sign("acronym written out", f"{word} = {' '.join(run)}", 0.8)
