"""A bead seen from one side: its own words, those of the other side, and which of its own have a counterpart there."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from bialign.study.decisions.linked import Linked

Shift = Literal["explicitation", "implicitation"]


class Sign(NamedTuple):
    """Hold what a side says that the other does not: the kind of evidence, its words, and a score from 0 to 1."""

    kind: str
    evidence: str
    score: float


class Hit(NamedTuple):
    """Hold a candidate: the index of its bead, and what speaks for it."""

    bead: int
    shift: Shift
    kind: str
    evidence: str
    score: float


@dataclass(frozen=True, slots=True)
class Facing:
    """Hold one side of a bead and what faces it; `partners` gives for each of its words the words linked to it."""

    number: int
    words: Sequence[str]
    others: Sequence[str]
    partners: tuple[tuple[int, ...], ...]
    lang: str
    other_lang: str

    def linked(self, index: int) -> bool:
        """Tell whether a word is linked."""
        return bool(self.partners[index])

    def has(self, word: str) -> bool:
        """Tell whether the other side has a word that looks alike: the same, or one with the same beginning."""
        return any(alike(word, other) for other in self.others)


def facing(linked: Linked, lang: str, other_lang: str) -> Facing:
    """Look at a bead from its source."""
    partners: list[list[int]] = [[] for _ in linked.source.words]
    for i, j in linked.links:
        partners[i].append(j)
    sides = linked.source.words, linked.target.words
    return Facing(linked.number, *sides, tuple(map(tuple, partners)), lang, other_lang)


def alike(word: str, other: str) -> bool:
    """Tell whether two words are spelt alike: short ones the same but for accents, long ones by their beginnings.

    >>> alike("Perú", "Peru"), alike("peruano", "Peruvian"), alike("PCP", "CPP")
    (True, True, False)
    """
    one, two = folded(word), folded(other)
    size = min(len(one), len(two))
    return one == two or (size >= _BEGINNING and one[:_BEGINNING] == two[:_BEGINNING])


_BEGINNING = 4


@functools.lru_cache(maxsize=65536)
def folded(word: str) -> str:
    """Give a word in small letters without accents.

    >>> folded("Perú")
    'peru'
    """
    return "".join(c for c in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(c))
