"""Make the weights of `bialign mine`: ``python -m tests.bench._mining_weights`` with BIALIGN_GOLD set writes them."""

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

from ._mining_sets import TRAINED_ON, problem

HOME = Path(__file__).parents[2] / "src" / "bialign" / "mining" / "weights.yaml"
KEPT = (0.3, 0.5, 0.8)  # how much of each side stays: where little does, few sentences have a translation
SEED = 100


class Example(NamedTuple):
    """Hold the candidates of a problem, what is known of its sentences, and which candidates are right."""

    pairs: Candidates
    sides: Sides
    first: NDArray[np.float32]
    truth: NDArray[np.bool_]


@cache
def example(gold: Path, name: str, keep: float) -> Example:
    made = problem(gold, name, SEED, keep)
    pairs = find_candidates(encoded(made.source), encoded(made.target))
    sides = Sides.of(made.source, made.target)
    right = ((i, j) in made.gold for i, j in zip(pairs.source.tolist(), pairs.target.tolist(), strict=True))
    return Example(pairs, sides, features(pairs, sides), np.fromiter(right, bool, len(pairs)))


def train(gold: Path, names: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Make both tables of weights from problems of the sets named.

    What teaches words is what the first table finds sure, as it will be in texts not seen; then what the second does.
    """
    examples = [example(gold, name, keep) for name in names for keep in KEPT]
    truths = [each.truth for each in examples]
    first = fit([each.first for each in examples], truths, FEATURES)
    chances = [probability(each.first, FEATURES, first) for each in examples]
    second: dict[str, float] = {}
    for _ in range(2):
        tables = []
        for each, chance in zip(examples, chances, strict=True):
            sure = sure_pairs(each.pairs, chance, each.sides)
            words = np.zeros((len(each.truth), len(LEXICAL)), np.float32)
            if sure is not None:
                words = lexical_features(each.pairs, each.sides, sure)
            tables.append(np.hstack([each.first, words]))
        second = fit(tables, truths, (*FEATURES, *LEXICAL))
        chances = [probability(table, (*FEATURES, *LEXICAL), second) for table in tables]
    about = {
        "name": "+".join(names),
        "kept": list(KEPT),
        "seed": SEED,
        "command": "python -m tests.bench._mining_weights",
    }
    return {"about": about, "first": first, "second": second}


if __name__ == "__main__":
    weights = train(Path(os.environ["BIALIGN_GOLD"]), TRAINED_ON)
    old = yaml.safe_load(HOME.read_text(encoding="utf-8")) if HOME.exists() else {}
    HOME.write_text(yaml.safe_dump({**old, **weights}, sort_keys=False, width=110), encoding="utf-8")
