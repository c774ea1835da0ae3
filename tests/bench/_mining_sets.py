"""Sentences to mine in, made of gold pairs: half of each side taken away, by itself, and the order destroyed.

A gold pair is a 1-1 bead of which neither sentence stands elsewhere in its set (in small letters, without signs).
Sentences of other beads are in as well where `others` are wanted: nothing is right for them.
"""

from __future__ import annotations

import random
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

from bialign.gold import read_gold
from bialign.mining.texts import first_ones, folded

PARALLEL = ("tatoeba", "europarl-sample")
TRAINED_ON = ("ntrex-en-es", "tico19-en-es", "debian-handbook-en-es", "debian-reference-en-es", *PARALLEL)
"""What the weights that ship are made from."""
MOST = 12_000  # pairs taken of a set


class Problem(NamedTuple):
    """Hold two collections of sentences, and which are translations: indices (source, target)."""

    source: list[str]
    target: list[str]
    gold: set[tuple[int, int]]


@cache
def sentences(gold: Path, name: str) -> tuple[list[tuple[str, str]], tuple[list[str], list[str]]]:
    """Give a set's pairs, and what stands in other beads than 1-1 on each side."""
    pairs: list[tuple[str, str]] = []
    rest: tuple[list[str], list[str]] = ([], [])
    if name in PARALLEL:
        lines = (gold / "parallel" / name / "pairs.tsv").read_text(encoding="utf-8").splitlines()
        pairs = [(cells[0], cells[1]) for cells in (line.split("\t") for line in lines) if len(cells) == 2]
        random.Random(name).shuffle(pairs)
        pairs = pairs[:MOST]
    for document in [] if name in PARALLEL else read_gold(gold / "align" / name):
        for bead in document.beads:
            source = document.source[bead.source.start : bead.source.stop]
            target = document.target[bead.target.start : bead.target.stop]
            if len(source) == len(target) == 1:
                pairs.append((source[0], target[0]))
            else:
                rest[0].extend(source)
                rest[1].extend(target)
    counts = [Counter(folded(pair[side]) for pair in pairs) for side in (0, 1)]
    single = [pair for pair in pairs if all(counts[side][folded(pair[side])] == 1 for side in (0, 1))]
    return single, rest


def problem(
    gold: Path, name: str, seed: int, keep: float = 0.5, *, others: bool = False, most: int | None = None
) -> Problem:
    """Make a problem: `keep` is the share of each side's sentences that stay, of `most` pairs drawn, or of all."""
    pairs, rest = sentences(gold, name)
    chance = random.Random(seed)
    pairs = pairs if most is None else chance.sample(pairs, min(most, len(pairs)))
    sides: list[list[tuple[str, int]]] = []
    for side in (0, 1):
        kept = [(pair[side], number) for number, pair in enumerate(pairs) if chance.random() < keep]
        kept += [(text, -1) for text in rest[side] if chance.random() < keep] if others else []
        chance.shuffle(kept)
        # what stands in other beads may be equal to a sentence of a pair
        sides.append([kept[place] for place in sorted(first_ones([text for text, _ in kept]))])
    at = {number: place for place, (_, number) in enumerate(sides[1]) if number >= 0}
    found = {(place, at[number]) for place, (_, number) in enumerate(sides[0]) if number in at}
    return Problem([text for text, _ in sides[0]], [text for text, _ in sides[1]], found)
