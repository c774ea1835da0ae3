"""How evenly hits are spread over the documents of a corpus."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """Hold how often something stands in one document, and how many words that document has."""

    document: str
    title: str
    hits: int
    words: int

    @property
    def per_million(self) -> float:
        """Give the hits in a million words."""
        return 1e6 * self.hits / self.words if self.words else 0.0


@dataclass(frozen=True, slots=True)
class Dispersion:
    """Hold the hits by document, those with the most first, and two measures of how even that is.

    `d` is Juilland's D, from 0 (all in one document) to 1 (the same rate in each), None for a single document; `dp` is
    Gries's deviation of proportions, from 0 (as the sizes of the documents would have it) to nearly 1.
    """

    parts: tuple[Part, ...]
    d: float | None
    dp: float


def dispersion(parts: Sequence[Part]) -> Dispersion:
    """Measure how even hits are spread (Juilland & Chang-Rodríguez 1964, with the rates of unequal parts; Gries 2008).

    >>> even = dispersion([Part("a", "", 2, 100), Part("b", "", 4, 200)])
    >>> even.d, even.dp, [part.document for part in even.parts]
    (1.0, 0.0, ['b', 'a'])
    >>> dispersion([Part("a", "", 0, 100), Part("b", "", 6, 100)]).d
    0.0
    """
    parts = sorted((part for part in parts if part.words), key=lambda part: (-part.hits, part.document))
    hits, words = sum(part.hits for part in parts), sum(part.words for part in parts)
    if not hits:
        return Dispersion(tuple(parts), None, 0.0)
    dp = sum(abs(part.hits / hits - part.words / words) for part in parts) / 2
    if len(parts) < 2:
        return Dispersion(tuple(parts), None, dp)
    rates = [part.hits / part.words for part in parts]
    mean = sum(rates) / len(rates)
    variation = math.sqrt(sum((rate - mean) ** 2 for rate in rates) / len(rates)) / mean
    return Dispersion(tuple(parts), max(0.0, 1 - variation / math.sqrt(len(parts) - 1)), dp)
