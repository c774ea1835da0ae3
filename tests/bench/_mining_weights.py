"""Make the weights of mining and pairing: ``python -m tests.bench._mining_weights`` writes them (BIALIGN_GOLD)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import yaml
from numpy.typing import NDArray

from bialign.mining.candidates import Candidates, find_candidates
from bialign.mining.evidence import FEATURES, LEXICAL, Sides, features, lexical_features, probability
from bialign.mining.sentences import encoded, sure_pairs
from bialign.mining.training import fit

from . import _pairing_sets
from ._mining_sets import TRAINED_ON, Problem, problem

HOME = Path(__file__).parents[2] / "src" / "bialign" / "mining" / "weights.yaml"
KEPT = (0.3, 0.5, 0.8)  # how much of each side stays: where little does, few sentences have a translation
SMALL = (10, 25, 80)  # pairs of problems of a few sentences: margins are others there
OF_EACH = 8
SEED = 100


class Example(NamedTuple):
    """Hold the candidates of a problem, what is known of its sentences, and which candidates are right."""

    pairs: Candidates
    sides: Sides
    first: NDArray[np.float32]
    truth: NDArray[np.bool_]


@cache
def examples_of(gold: Path, name: str) -> list[Example]:
    """Give the problems made of a set: large ones, and small ones."""
    small = [problem(gold, name, SEED + n, most=size) for size in SMALL for n in range(OF_EACH)]
    return [example(made) for made in [*(problem(gold, name, SEED, keep) for keep in KEPT), *small]]


def example(made: Problem) -> Example:
    pairs = find_candidates(encoded(made.source), encoded(made.target))
    sides = Sides.of(made.source, made.target)
    right = ((i, j) in made.gold for i, j in zip(pairs.source.tolist(), pairs.target.tolist(), strict=True))
    return Example(pairs, sides, features(pairs, sides), np.fromiter(right, bool, len(pairs)))


def train(gold: Path, names: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Make both tables of weights from problems of the sets named.

    What teaches words is what the first table finds sure, as it will be in texts not seen; then what the second does.
    """
    examples = [each for name in names for each in examples_of(gold, name)]
    truths = [each.truth for each in examples]
    first = fit([each.first for each in examples], truths, FEATURES)
    chances = [probability(each.first, FEATURES, first) for each in examples]
    second: dict[str, float] = {}
    for _ in range(2):
        tables, known = [], []
        for each, chance in zip(examples, chances, strict=True):
            sure = sure_pairs(each.pairs, chance, each.sides)
            if sure is not None:
                tables.append(np.hstack([each.first, lexical_features(each.pairs, each.sides, sure)]))
                known.append(each)
        second = fit(tables, [each.truth for each in known], (*FEATURES, *LEXICAL))
        examples, chances = known, [probability(table, (*FEATURES, *LEXICAL), second) for table in tables]
    about = {
        "name": "+".join(names),
        "kept": list(KEPT),
        "small": list(SMALL),
        "seed": SEED,
        "command": "python -m tests.bench._mining_weights",
    }
    return {"about": about, "first": first, "second": second}


if __name__ == "__main__":
    sets = Path(os.environ["BIALIGN_GOLD"])
    weights = train(sets, TRAINED_ON)
    weights["about"]["documents"] = "+".join(_pairing_sets.TRAINED_ON)
    weights |= _pairing_sets.train(sets)
    HOME.write_text(yaml.safe_dump(weights, sort_keys=False, width=110), encoding="utf-8")
