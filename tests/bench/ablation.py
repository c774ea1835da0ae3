"""Ablation: what each group of features is worth.

The second pass is trained again and again on eight of the novels, each time without one group of features, and tried on
what it has not seen: the other three novels, these with omissions made, news, medical texts, verses of the Bible, and
yearbooks in German and French. Figures are strict F1, in points of a hundred; a minus says that the group is missed.
"""

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from bialign.aligner import AlignOptions, align_texts
from bialign.aligner.coverage import COVERAGE_FEATURES
from bialign.aligner.cuts import CUT_FEATURES
from bialign.aligner.features import LATTICE_FEATURES
from bialign.aligner.marks import MARK_FEATURES
from bialign.aligner.training import GoldDocument, LatticeExample, collect, train_lattice, with_omissions
from bialign.aligner.weights import Weights
from bialign.encode import default_encoder
from bialign.evaluate import evaluate
from bialign.gold import read_gold, sample, training_set

from ._held_out import ONE_THREAD, RememberingEncoder, environment, novels, weights_without
from ._machine import cores
from ._table import Table, pooled
from .stress import BOOKS

GROUPS: dict[str, Sequence[str]] = {
    "(all features)": (),
    "margin": ("margin",),
    "rivals": ("rival",),
    "lengths": ("length", "ratio"),
    "gain over a part, loss, split": ("gain", "loss", "split"),
    "cut cleanliness": CUT_FEATURES,
    "word coverage": COVERAGE_FEATURES,
    "numbers": MARK_FEATURES,
    "a null's best partner and length": ("null partner", "null length"),
    "cuts, coverage and numbers": (*CUT_FEATURES, *COVERAGE_FEATURES, *MARK_FEATURES),
}
OTHERS = ("ntrex-en-es", "tico19-en-es", "bible-verses-en-es", "textberg-dev-de-fr")
_state: dict[str, Any] = {}


def tables(gold: Path) -> Iterator[Table]:
    """Yield one table: a row a group left out."""
    scan = weights_without(gold, [BOOKS])[0].scan
    workers = min(cores(), len(GROUPS))
    context = multiprocessing.get_context("spawn")
    with environment(ONE_THREAD), ProcessPoolExecutor(workers, context, _prepare, (gold, scan)) as pool:
        found = dict(zip(GROUPS, pool.map(_without, GROUPS), strict=True))
    whole = found["(all features)"]
    yield Table("", [{"without": group, **_shown(figures, whole)} for group, figures in found.items()])


def _shown(figures: dict[str, float], whole: dict[str, float]) -> dict[str, str]:
    if figures is whole:
        return {name: f"{100 * f1:.2f}" for name, f1 in figures.items()}
    return {name: f"{100 * (f1 - whole[name]):+.2f}" for name, f1 in figures.items()}


def _prepare(gold: Path, scan: Any) -> None:
    """Encode the texts once a process."""
    books = novels(gold)
    kept = training_set([document for document in books if document.name not in BOOKS])
    floor = AlignOptions().floor
    _state["scan"] = scan
    _state["examples"] = [
        LatticeExample.of(evidence, document, scan, floor)
        for evidence, document in zip(collect(kept), kept, strict=True)
    ]
    tried = [document for document in books if document.name in BOOKS]
    _state["tests"] = {
        "novels": tried,
        "with omissions": [with_omissions(document, 0.05, (1, 1, 2, 4), 1) for document in tried],
        **{name: sample(read_gold(gold / "align" / name)) for name in OTHERS},
    }
    _state["encoder"] = RememberingEncoder(default_encoder(), most=400)


def _without(group: str) -> dict[str, float]:
    """Train without a group of features, and give the strict F1 on each set."""
    columns = [LATTICE_FEATURES.index(name) for name in GROUPS[group]]
    examples = []
    for example in _state["examples"]:
        features = example.features.copy()
        features[:, columns] = 0  # so that nothing can be learned from them, and their weights stay 0
        examples.append(replace(example, features=features))
    lattice = train_lattice(examples)
    count = len(LATTICE_FEATURES)
    weights = Weights(_state["scan"], lattice[:count], lattice[count:], {"name": "ablation"})
    assert not np.any(weights.lattice[columns])
    return {name: _strict(documents, weights) for name, documents in _state["tests"].items()}


def _strict(documents: Sequence[GoldDocument], weights: Weights) -> float:
    found = (
        evaluate(
            document.beads,
            align_texts(document.source, document.target, weights=weights, encoder=_state["encoder"]).beads,
        )
        for document in documents
    )
    return pooled(found).strict.f1
