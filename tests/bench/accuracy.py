"""Accuracy on gold: strict and lax F1, weights from the novels alone, each novel by weights from the others.

The sets other than the novels are aligned twice: with weights that have seen only the novels, and with those that ship.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from bialign.aligner import align_texts
from bialign.aligner.training import GoldDocument, collect, train_on
from bialign.aligner.weights import Weights, default_weights
from bialign.evaluate import Evaluation, evaluate
from bialign.gold import read_gold, training_set

NOVELS = "transread-en-fr"
OTHERS = (
    "ntrex-en-es",
    "tico19-en-es",
    "bible-verses-en-es",
    "debian-handbook-en-es",
    "debian-reference-en-es",
    "textberg-dev-de-fr",
)
ABOUT = {"name": "bench"}


def rows(gold: Path) -> Iterator[dict[str, object]]:
    """Yield a row of figures a set, then the calibration over the novels."""
    novels = read_gold(gold / "align" / NOVELS)
    documents = training_set(novels)
    evidence = collect(documents)
    whole, outcomes = Evaluation.none(), []
    for novel in novels:
        others = [n for n, document in enumerate(documents) if document.name.split(",")[0] != novel.name]
        weights = train_on([documents[n] for n in others], [evidence[n] for n in others], about=ABOUT)
        plain = _align(novel, weights, paragraphs=False)
        result = evaluate(novel.beads, plain)
        whole += result
        known = {(bead.source, bead.target) for bead in novel.beads}
        outcomes += [(b.probability, (b.source, b.target) in known) for b in plain if not b.is_null]
        yield _row(f"{NOVELS}: {novel.name} left out", result)
    yield _row(f"{NOVELS}: all, each left out", whole)
    yield _calibration(np.array(outcomes, float))
    weights = train_on(documents, evidence, about=ABOUT)
    for name in OTHERS:
        if not (gold / "align" / name).is_dir():
            continue
        seen = name in default_weights().name.split("+")
        shipped = "as shipped, trained on it" if seen else "as shipped"
        for label, which in (("novels only", weights), (shipped, default_weights())):
            total = Evaluation.none()
            for document in read_gold(gold / "align" / name):
                total += evaluate(document.beads, _align(document, which))
            yield _row(f"{name} ({label})", total)


def _align(document: GoldDocument, weights: Weights, *, paragraphs: bool = True):
    numbers = (document.source_paragraphs, document.target_paragraphs) if paragraphs else (None, None)
    return align_texts(
        document.source,
        document.target,
        weights=weights,
        source_paragraphs=numbers[0],
        target_paragraphs=numbers[1],
    ).beads


def _row(name: str, result: Evaluation) -> dict[str, object]:
    return {
        "set": name,
        "strict F1": result.strict.f1,
        "lax F1": result.lax.f1,
        "precision": result.strict.precision,
        "recall": result.strict.recall,
        "beads": result.strict.gold,
    }


def _calibration(outcomes: np.ndarray) -> dict[str, object]:
    """Give the expected calibration error over ten bins, and the share of errors among the least certain tenth."""
    probability, right = outcomes.T
    bins = np.minimum((probability * 10).astype(int), 9)
    error = sum(
        abs(probability[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean() for b in np.unique(bins)
    )
    doubtful = np.argsort(probability, kind="stable")[: len(right) // 10]
    share = (1 - right[doubtful]).sum() / max((1 - right).sum(), 1)
    text = f"calibration error {error:.4f}; the least certain 10% hold {share:.0%} of the errors"
    return {"set": text, "strict F1": "", "lax F1": "", "precision": "", "recall": "", "beads": len(right)}
