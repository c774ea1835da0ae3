"""Calibration: how far a bead's probability can be trusted.

The expected calibration error is the mean difference between the probability bialign gives its beads and the share of
them that is right, over ten bins of probability. The other figure is the share of all errors that a reader finds who
looks through the tenth of the beads bialign is least sure of. Null beads are left out; "right" is strict. Peers give a
cost or nothing, so they have no row. Held out means what it does under accuracy.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bialign.aligner.training import GoldDocument
from bialign.aligner.weights import default_weights
from bialign.bitext import Bead

from ._held_out import NOVELS, alignments, novel_alignments, unseen_weights
from ._table import Table
from .accuracy import OTHERS

Outcomes = NDArray[np.float64]
"""Rows of probability, and 1 where the bead is right."""


def tables(gold: Path) -> Iterator[Table]:
    """Yield the figures a set, and the bins of the novels."""
    books = outcomes(novel_alignments(gold))
    unseen = unseen_weights(gold)
    rows = [_row(NOVELS, "each novel held out", books)]
    rows += [
        _row(name, "held out", outcomes(alignments(gold, name, unseen.get(name, default_weights()))))
        for name in OTHERS
        if (gold / "align" / name).is_dir()
    ]
    yield Table("", rows)
    yield Table("The bins of the novels:", _bins(books))


def outcomes(found: Iterable[tuple[GoldDocument, Sequence[Bead]]]) -> Outcomes:
    """Give each bead's probability and whether the gold has it."""
    rows = []
    for document, beads in found:
        known = {(bead.source, bead.target) for bead in document.beads}
        rows += [(bead.probability, (bead.source, bead.target) in known) for bead in beads if not bead.is_null]
    return np.array(rows, float).reshape(-1, 2)


def calibration_error(found: Outcomes) -> float:
    """Give the expected calibration error over ten bins of probability."""
    probability, right = found.T
    bins = _bin(probability)
    return sum(
        abs(probability[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean() for b in np.unique(bins)
    )


def errors_among_doubtful(found: Outcomes, share: float = 0.1) -> float:
    """Give the part of all errors that the least certain `share` of the beads holds (0 where there are none)."""
    probability, right = found.T
    doubtful = np.argsort(probability, kind="stable")[: int(len(right) * share)]
    return float((1 - right[doubtful]).sum() / max((1 - right).sum(), 1))


def _bin(probability: NDArray[np.float64]) -> NDArray[np.int64]:
    return np.minimum((probability * 10).astype(np.int64), 9)


def _row(name: str, weights: str, found: Outcomes) -> dict[str, object]:
    return {
        "set": name,
        "weights": weights,
        "beads": len(found),
        "errors": int((1 - found[:, 1]).sum()),
        "calibration error": calibration_error(found),
        "errors in the least certain 10%": f"{errors_among_doubtful(found):.0%}",
    }


def _bins(found: Outcomes) -> Iterator[dict[str, object]]:
    probability, right = found.T
    bins = _bin(probability)
    for b in np.unique(bins):
        inside = bins == b
        yield {
            "probability": f"{b / 10:.1f} to {(b + 1) / 10:.1f}",
            "beads": int(inside.sum()),
            "mean probability": float(probability[inside].mean()),
            "right": float(right[inside].mean()),
        }
