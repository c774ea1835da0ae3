"""Which pairs are fit to learn from: filtered by what is known of a bead and by length, and without duplicates.

The rules are those of `bialign.filtering`, with the parameters that `Filters` holds.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from bialign.bitext import Bead, Bitext
from bialign.filtering import Filter, Judged, Rule
from bialign.filtering.rules import Copy, Duplicate, Empty, Length, Letters, Probability, Ratio, Reviewed
from bialign.filtering.texts import folded
from bialign.formats.characters import one_line
from bialign.formats.identifiers import bead_id

__all__ = ["RULES", "Filters", "Pair", "cleaned", "folded"]


@dataclass(frozen=True, slots=True)
class Filters:
    """Hold what a pair must be: as probable, no longer (in words), and its sides no more unequal (in characters).

    `confirmed` takes those alone that a person confirmed; rejected ones are never taken.
    """

    probability: float = 0.5
    ratio: float = 2.5
    words: int = 200
    confirmed: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.probability <= 1 or self.ratio < 1 or self.words < 1:
            raise ValueError("a probability is from 0 to 1, a ratio and a number of words 1 or more")


class Pair(NamedTuple):
    """Hold a pair to learn from, on one line each, in NFC; `document` is its bitext's id."""

    document: str
    id: str
    source: str
    target: str
    probability: float


def cleaned(bitexts: Iterable[Bitext], filters: Filters) -> tuple[list[Pair], dict[str, int]]:
    """Give the pairs that are fit, in order, and how many each rule leaves out; the first rule that does counts.

    Of pairs that are the same but for case, spaces and the form of their characters, the first stays.
    """
    left_out = Counter(dict.fromkeys(RULES, 0))
    names, rules = zip(*_rules(filters), strict=True)
    pairs: list[Pair] = []
    held: list[tuple[Bitext, Bead]] = []

    def judged() -> Iterator[Judged]:
        for bitext in bitexts:
            for bead in bitext.beads:
                held.append((bitext, bead))
                source, target = (_line(text) for text in (bitext.source_text(bead), bitext.target_text(bead)))
                yield Judged(source, target, bead.probability, bead.status)

    for number, (one, broken) in enumerate(Filter(rules, ("", ""))(judged())):
        if broken:
            left_out[names[broken[0]]] += 1
            continue
        bitext, bead = held[number]
        pairs.append(Pair(bitext.id, one_line(bead_id(bitext, bead)), one.source, one.target, bead.probability))
    return pairs, dict(left_out)


def _rules(filters: Filters) -> list[tuple[str, Rule]]:
    """Give the rules with the names that manifests and messages have for them."""
    return [
        ("untranslated", Empty()),
        ("rejected", Reviewed()),
        ("unconfirmed", Reviewed(confirmed=filters.confirmed)),
        ("improbable", Probability(filters.probability)),
        ("no letters", Letters(0.0)),
        ("identical", Copy(1.0)),
        ("too long", Length(filters.words, _ANY)),
        ("unequal", Ratio(most=filters.ratio)),
        ("duplicate", Duplicate()),
    ]


_ANY = 1 << 62
"""No limit to characters: words are what counts."""
RULES = (
    "untranslated", "rejected", "unconfirmed", "improbable", "no letters", "identical", "too long", "unequal",
    "duplicate",
)  # fmt: skip


def _line(text: str) -> str:
    return " ".join(one_line(unicodedata.normalize("NFC", text)).split())
