"""Which pairs are fit to learn from: filtered by what is known of a bead and by length, and without duplicates."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from bialign.bitext import Bead, Bitext
from bialign.formats.characters import one_line
from bialign.formats.identifiers import bead_id

_LETTER = re.compile(r"[^\W\d_]")
_EVEN = 10
"""Characters added to both lengths before they are compared, so that short sentences may differ by a word."""


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
    seen: set[tuple[str, str]] = set()
    pairs = []
    for bitext in bitexts:
        for bead in bitext.beads:
            source, target = (_line(text) for text in (bitext.source_text(bead), bitext.target_text(bead)))
            rule = _rule(bead, source, target, filters)
            key = folded(source), folded(target)
            if not rule and key in seen:
                rule = "duplicate"
            if rule:
                left_out[rule] += 1
                continue
            seen.add(key)
            pairs.append(Pair(bitext.id, one_line(bead_id(bitext, bead)), source, target, bead.probability))
    return pairs, dict(left_out)


RULES = (
    "untranslated", "rejected", "unconfirmed", "improbable", "no letters", "identical", "too long", "unequal",
    "duplicate",
)  # fmt: skip


def _rule(bead: Bead, source: str, target: str, filters: Filters) -> str:
    """Name the rule by which a pair is left out; "" for one that is fit."""
    lengths = len(source) + _EVEN, len(target) + _EVEN
    found = {
        "untranslated": not source or not target,
        "rejected": bead.status == "rejected",
        "unconfirmed": filters.confirmed and bead.status != "confirmed",
        # what a person confirmed is certain, whatever the aligner thought
        "improbable": bead.probability < filters.probability and bead.status != "confirmed",
        "no letters": not _LETTER.search(source) or not _LETTER.search(target),
        "identical": folded(source) == folded(target),
        "too long": max(source.count(" "), target.count(" ")) >= filters.words,
        "unequal": max(lengths) > filters.ratio * min(lengths),
    }
    return next((rule for rule, holds in found.items() if holds), "")


def folded(text: str) -> str:
    """Give what two texts must share to be the same: without case, double spaces and forms of characters.

    >>> folded("El  SIN“ﬁrmó”") == folded("el sin“firmó”")
    True
    """
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _line(text: str) -> str:
    return " ".join(one_line(unicodedata.normalize("NFC", text)).split())
