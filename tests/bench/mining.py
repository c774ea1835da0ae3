"""Mining: sentences that translate each other found in texts that do not, and documents paired, by content alone.

*Sentences.* Of the 1-1 beads of each set half of each side is taken away, by itself, and the order destroyed: about
half of what is left has a partner. A pair is right if it is a gold pair; sentences that stand several times are left
out first. Merged and left-out ones are not there, but in the row "and the rest", where sentences of all other beads
are in as well and nothing is right for them. F1 is at the usual threshold of 0.5, over pairs. The peers get the same
vectors and are told the threshold that is best for them on the very set: "cosine" takes the nearest both ways, best
first (max); "margin" does so by the ratio margin over 4 neighbours (Artetxe & Schwenk 2019), "forward" only from the
source. "1.2" is the margin with one threshold for all sets. The weights that ship are made from ntrex, tico19, the
Debian books, tatoeba and europarl: rows of these are by weights made without the row's set and its like.

*Documents.* Files of all sets together, without names, a third of them without a partner; then long texts cut into
pieces of so many beads each, at most 300 pieces, which share their author, subject and words. The weights are made
from pieces of europarl-sample, transread-en-fr and debian-reference-en-es.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bialign.mining.candidates import Candidates, one_to_one
from bialign.mining.sentences import judged, mine

from . import _mining_sets as sets
from . import _pairing_sets as papers
from ._mining_weights import train
from ._table import Table

BOOKS = ("ntrex-en-es", "tico19-en-es", "debian-handbook-en-es", "debian-reference-en-es")
NOT_TRAINED_ON = (
    ("bible-verses-en-es", 1, 0.5, False),
    ("bible-verses-en-es", 1, 0.5, True),
    ("bible-verses-en-es", 1, 0.2, False),
    ("transread-en-fr", 1, 0.5, False),
)
PIECES = (
    ("bible-verses-en-es", 25),
    ("bible-verses-en-es", 5),
    ("bible-verses-en-es", 2),
    ("debian-handbook-en-es", 20),
    ("ntrex-en-es", 3),
)


def tables(gold: Path) -> Iterator[Table]:
    """Give the tables of sentences, of documents, and of speed."""
    yield Table("Sentences:", _sentences(gold))
    yield Table("Documents:", _documents(gold))
    yield Table(
        "Speed and memory, the first lines of tatoeba and europarl-sample, all compared with all:", _speed(gold)
    )


def _sentences(gold: Path) -> Iterator[dict[str, object]]:
    for name, seed, keep, others in NOT_TRAINED_ON:
        yield _row(sets.problem(gold, name, seed, keep, others=others), _label(name, keep, others), seed, None)
    for measured, trained in ((sets.PARALLEL, BOOKS), (BOOKS, sets.PARALLEL)):
        weights = train(gold, trained)
        for name in measured:
            yield _row(sets.problem(gold, name, 1), name, 1, weights)


def _label(name: str, keep: float, others: bool) -> str:
    return name + (f", {keep:.0%} kept" if keep != 0.5 else "") + (" and the rest" if others else "")


def _row(made: sets.Problem, label: str, seed: int, weights: dict[str, dict[str, float]] | None) -> dict[str, object]:
    pairs, chance = judged(made.source, made.target, weights=weights)
    precision, recall = _measured(pairs, one_to_one(pairs, chance, 0.5), made.gold)
    forward = np.zeros(len(pairs))
    order = np.lexsort((-pairs.ratio, pairs.source))
    forward[order[np.flatnonzero(np.diff(pairs.source[order], prepend=-1))]] = 1
    sure = _measured(pairs, one_to_one(pairs, chance, 0.9), made.gold)
    return {
        "set": label,
        "seed": seed,
        "sentences": len(made.source) + len(made.target),
        "pairs": len(made.gold),
        "F1": _f1(precision, recall),
        "precision": precision,
        "recall": recall,
        "cosine": _best(pairs, pairs.cosine, made.gold),
        "forward": _best(pairs, pairs.ratio, made.gold, forward > 0),
        "margin": _best(pairs, pairs.ratio, made.gold),
        "1.2": _f1(*_measured(pairs, one_to_one(pairs, pairs.ratio, 1.2), made.gold)),
        "precision from 0.9": sure[0],
    }


def _measured(pairs: Candidates, chosen: NDArray[np.int64], gold: set[tuple[int, int]]) -> tuple[float, float]:
    right = sum((int(pairs.source[n]), int(pairs.target[n])) in gold for n in chosen.tolist())
    return right / max(len(chosen), 1), right / max(len(gold), 1)


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / max(precision + recall, 1e-9)


def _best(
    pairs: Candidates,
    score: NDArray[np.float32],
    gold: set[tuple[int, int]],
    forward: NDArray[np.bool_] | None = None,
) -> float:
    """Give the best F1 that a threshold can reach, the best first; `forward` are pairs taken whatever else has them."""
    chosen = one_to_one(pairs, score, -1.0) if forward is None else np.flatnonzero(forward)
    chosen = chosen[np.argsort(-score[chosen], kind="stable")]
    right = np.cumsum([(int(pairs.source[n]), int(pairs.target[n])) in gold for n in chosen.tolist()])
    return float((2 * right / (np.arange(1, len(chosen) + 1) + len(gold))).max())


def _documents(gold: Path) -> Iterator[dict[str, object]]:
    texts = papers.whole(gold, papers.WHOLE)
    for seed in (1, 2, 3):
        yield _paired("all documents", texts, seed)
    for name, size in PIECES:
        yield _paired(f"{name}, pieces of {size}", papers.pieces(gold, name, size)[:300], 1)


def _paired(label: str, texts: list[papers.Text], seed: int) -> dict[str, object]:
    made = papers.problem(texts, seed)
    found = papers.found_pairs(made)
    right = len(found & made.gold)
    precision, recall = right / max(len(found), 1), right / len(made.gold)
    return {
        "documents": label,
        "seed": seed,
        "files": len(made.source) + len(made.target),
        "pairs": len(made.gold),
        "F1": _f1(precision, recall),
        "precision": precision,
        "recall": recall,
    }


def _speed(gold: Path) -> Iterator[dict[str, object]]:
    for share in (0.1, 0.7):
        context = multiprocessing.get_context("spawn")
        with context.Pool(1) as pool:
            yield pool.apply(_timed, (gold, share))


def _timed(gold: Path, share: float) -> dict[str, object]:
    both: tuple[list[str], list[str]] = ([], [])
    for name in sets.PARALLEL:
        lines = (gold / "parallel" / name / "pairs.tsv").read_text(encoding="utf-8").splitlines()
        for line in lines[: int(len(lines) * share)]:
            cells = line.split("\t")
            both[0].append(cells[0])
            both[1].append(cells[-1])
    start, busy = time.perf_counter(), time.process_time()
    found = mine(*both)
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return {
        "lines a side": len(both[0]),
        "found": len(found),
        "seconds": round(seconds),
        "processor seconds": round(busy),
        "sentences/s": round(2 * len(both[0]) / seconds),
        "memory, MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit),
    }
