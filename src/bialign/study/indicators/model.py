"""What an indicator is: a name, a formula, a unit, a source, a caveat, and a function over a counted text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Literal, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

Side = Literal["source", "target", "pair"]
SIDES: tuple[Side, ...] = ("source", "target", "pair")
Level = Literal["segment", "document", "group"]
LEVELS: tuple[Level, ...] = ("segment", "document", "group")

Array = NDArray[Any]
Of = TypeVar("Of")


class Found(NamedTuple):
    """Hold a value, None where it is not defined, and how many words, segments ... it rests on."""

    value: float | None
    n: int


NOTHING = Found(None, 0)


@dataclass(frozen=True, slots=True)
class Indicator(Generic[Of]):
    """Hold an indicator of a side (of `Counted`) or of a pair (of `Pair`); words about it are in English.

    `of` measures a whole. `parts` gives, for indicators that exist for a single segment (or bead), an array of as many
    values, NaN where there is none. `basis` says what `n` counts. `langs` are the languages it is for.
    """

    name: str
    title: str
    formula: str
    unit: str
    basis: str
    of: Callable[[Of], Found]
    source: str = ""
    caveat: str = ""
    parts: Callable[[Of], Array] | None = None
    langs: tuple[str, ...] = ("en", "es")
    theme: str = ""

    @property
    def levels(self) -> tuple[Level, ...]:
        """Give the levels it exists at."""
        return LEVELS if self.parts else LEVELS[1:]


def ratio(numerator: float, denominator: float, scale: float = 1.0) -> Found:
    """Give scale * numerator / denominator, resting on the denominator; nothing where that is 0.

    >>> ratio(3, 200, 1000)
    Found(value=15.0, n=200)
    """
    return Found(scale * numerator / denominator, int(denominator)) if denominator else NOTHING


def ratios(numerators: Array, denominators: Array, scale: float = 1.0) -> Array:
    """Give scale * numerator / denominator for each of many, NaN where the denominator is 0."""
    found = np.full(len(numerators), np.nan)
    np.divide(scale * numerators, denominators, out=found, where=denominators != 0)
    return found
