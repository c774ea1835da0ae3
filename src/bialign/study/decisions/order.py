"""The order of parts inside a bead: how far its word links cross.

Only links of content words count, and only pairs of links that are some words apart on one side: that an adjective
stands before its noun in English and behind it in Spanish is grammar, and no decision. The share of such pairs that
cross is Kendall's tau distance (Kendall 1938) over the far pairs, as Birch & Osborne (2010, "LRscore") use it for the
order of words in translations.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from typing import NamedTuple

from bialign.languages import ENGLISH, SPANISH
from bialign.study.decisions.linked import Linked

FAR = 4
"""Words between two links, on one side, for the pair to be looked at."""
REORDERED = 0.25
"""Share of crossing pairs from which the bead is called reordered; docs/study.md says how it was measured."""
DISPLACED = 2
"""Links that must be taken away, at least, for the others to be in order: one alone may be a wrong link."""
LEAST = 6
"""Links of content words that a bead must have for its order to be looked at."""

_FUNCTION_WORDS = ENGLISH.function_words | SPANISH.function_words


class Order(NamedTuple):
    """Hold the share of far pairs of links that cross, and how many links stand out of order."""

    crossing: float
    displaced: int

    @property
    def reordered(self) -> bool:
        """Tell whether parts of the bead follow each other in another order."""
        return self.crossing >= REORDERED and self.displaced >= DISPLACED


def order_of(linked: Linked) -> Order | None:
    """Give the order of a bead's parts; None where there are too few links to tell."""
    left, right = linked.source.words, linked.target.words
    if min(len(left), len(right)) < LEAST:
        return None
    links = [(i, j) for i, j in linked.links if is_content(left[i]) and is_content(right[j])]
    return order_of_links(one_each(links))


def order_of_links(links: Sequence[tuple[int, int]]) -> Order | None:
    """Give the order of links, each with a source and a target word of its own; None where there are too few.

    >>> order_of_links([(0, 8), (1, 9), (2, 10), (7, 0), (8, 1), (9, 2)])
    Order(crossing=1.0, displaced=3)
    >>> order_of_links([(i, i) for i in range(0, 12, 2)])
    Order(crossing=0.0, displaced=0)
    """
    if len(links) < LEAST:
        return None
    links = sorted(links)
    far = crossing = 0
    for number, (i, j) in enumerate(links):
        for a, b in links[number + 1 :]:
            if a - i >= FAR or abs(b - j) >= FAR:
                far += 1
                crossing += b < j
    return Order(crossing / far if far else 0.0, len(links) - longest_rise([j for _, j in links]))


def one_each(links: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Keep of the links of a word one: a compound that is several words is one thing, not several.

    >>> one_each([(0, 0), (0, 1), (1, 1), (2, 3)])
    [(0, 0), (1, 1), (2, 3)]
    """
    kept: list[tuple[int, int]] = []
    taken: tuple[set[int], set[int]] = set(), set()
    for i, j in sorted(links):
        if i not in taken[0] and j not in taken[1]:
            kept.append((i, j))
            taken[0].add(i)
            taken[1].add(j)
    return kept


def longest_rise(values: Sequence[int]) -> int:
    """Give the length of the longest rising subsequence.

    >>> longest_rise([5, 6, 7, 0, 1, 2, 3])
    4
    """
    ends: list[int] = []
    for value in values:
        at = bisect.bisect_left(ends, value)
        ends[at : at + 1] = [value]
    return len(ends)


def is_content(word: str) -> bool:
    """Tell whether a word is neither a sign nor a function word."""
    return word[0].isalnum() and word.lower() not in _FUNCTION_WORDS
