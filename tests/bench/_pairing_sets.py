"""Documents to pair, of gold sets: whole ones, and long ones cut into chapters; a part of each side without partner."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bialign.gold import read_gold
from bialign.mining.candidates import Candidates
from bialign.mining.documents import CONTENT, STANDING, content, log_odds, pair_sketches, standing
from bialign.mining.folders import sketch_all
from bialign.mining.sketches import Sketches
from bialign.mining.training import fit

WHOLE = ("debian-handbook-en-es", "bible-verses-en-es", "ntrex-en-es", "tico19-en-es")
"""What is reported; the weights are made from other documents."""
TRAINED_ON = ("europarl-sample", "transread-en-fr", "debian-reference-en-es")
SIZES = (1, 2, 4, 10, 30, 100)  # beads of the pieces that are trained on
SEED = 101

Text = tuple[list[str], list[str]]


class Documents(NamedTuple):
    """Hold two sides in an order of their own, and which belong together."""

    source: list[list[str]]
    target: list[list[str]]
    gold: set[tuple[int, int]]


@cache
def whole(gold: Path, names: tuple[str, ...]) -> list[Text]:
    """Give the documents of gold sets."""
    return [(list(each.source), list(each.target)) for name in names for each in read_gold(gold / "align" / name)]


@cache
def pieces(gold: Path, name: str, size: int) -> list[Text]:
    """Cut a set into pieces of `size` beads."""
    found: list[Text] = []
    if name == "europarl-sample":
        lines = (gold / "parallel" / name / "pairs.tsv").read_text(encoding="utf-8").splitlines()
        pairs = [(cells[0], cells[1]) for cells in (line.split("\t") for line in lines) if len(cells) == 2]
        cut = [pairs[start : start + size] for start in range(0, len(pairs), size)]
        return [([pair[0] for pair in part], [pair[1] for pair in part]) for part in cut]
    for each in read_gold(gold / "align" / name):
        for start in range(0, len(each.beads), size):
            beads = each.beads[start : start + size]
            source = list(each.source[beads[0].source.start : beads[-1].source.stop])
            target = list(each.target[beads[0].target.start : beads[-1].target.stop])
            if source and target:
                found.append((source, target))
    return found


def problem(texts: list[Text], seed: int, alone: float = 0.3) -> Documents:
    """Take the partner of a share `alone` of the documents away, and shuffle both sides."""
    chance = random.Random(seed)
    sides: list[list[tuple[int, list[str]]]] = [[], []]
    for number, text in enumerate(texts):
        lost = chance.choice((0, 1)) if chance.random() < alone else None
        for side in (0, 1):
            if side != lost:
                sides[side].append((number, text[side]))
    for side in sides:
        chance.shuffle(side)
    at = {number: place for place, (number, _) in enumerate(sides[1])}
    found = {(place, at[number]) for place, (number, _) in enumerate(sides[0]) if number in at}
    return Documents([text for _, text in sides[0]], [text for _, text in sides[1]], found)


def found_pairs(made: Documents, **options: object) -> set[tuple[int, int]]:
    """Pair the documents by what they hold."""
    with Sketches() as left, Sketches() as right:
        sketch_all(left, enumerate(made.source))
        sketch_all(right, enumerate(made.target))
        return {(pair.source, pair.target) for pair in pair_sketches(left, right, **options)}


def candidates(made: Documents) -> tuple[Candidates, NDArray[np.float32], NDArray[np.bool_]]:
    """Give the candidates with their features and whether each is right."""
    with Sketches() as left, Sketches() as right:
        sketch_all(left, enumerate(made.source))
        sketch_all(right, enumerate(made.target))
        pairs, table = content(left, right)
    right_ones = ((i, j) in made.gold for i, j in zip(pairs.source.tolist(), pairs.target.tolist(), strict=True))
    return pairs, table, np.fromiter(right_ones, bool, len(pairs))


def train(gold: Path) -> dict[str, dict[str, float]]:
    """Make the weights of pairing from pieces of other texts than are reported."""
    examples = []
    for name in TRAINED_ON:
        for size in SIZES:
            texts = pieces(gold, name, size)
            texts = random.Random(size).sample(texts, min(len(texts), 130))
            examples.append(candidates(problem(texts, SEED)))
    truths = [truth for _, _, truth in examples]
    documents = fit([table for _, table, _ in examples], truths, CONTENT)
    stood = [standing(pairs, log_odds(table, CONTENT, documents)) for pairs, table, _ in examples]
    return {"documents": documents, "standing": fit(stood, truths, STANDING)}
