"""Audits: how often the intervals of `bialign audit` hold the truth, and how narrow they are.

Gold stands for the judge, so the true precision and recall of each alignment are known; 1,000 samples of each size are
drawn and estimated, at a nominal level of 95 %. "width" is the mean width of the intervals of precision and recall,
"random" the width that a simple random sample of beads would have for precision (± 1.96 standard errors of the true
value). "types" is the coverage of precision and recall of single types, pooled over all that had 20 judgements or more,
"lowest" that of the worst of them. Where hardly anything is wrong, no interval can hold the truth just 95 times of 100,
since what can be seen is 0 or 1 errors. Hard cases: probabilities far too sure of themselves, an aligner that gives
none, and hardly any errors.
"""

import os
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np

from bialign.aligner import align_texts
from bialign.aligner.lengths import align_by_length
from bialign.aligner.training import GoldDocument
from bialign.aligner.weights import default_weights
from bialign.bitext import Bead
from bialign.study.audit import GoldJudge, Judged, Judgement, Unit, estimate, units_of
from bialign.study.audit.sampling import draw, strata_of
from bialign.study.audit.units import NULLS

from ._held_out import NOVELS, alignments, novels, weights_without
from ._table import Table

SIMULATIONS = int(os.environ.get("BIALIGN_AUDITS", "1000"))
SIZES = (50, 100, 200, 400)
DRAWS = 1_000
ENOUGH = 20  # judgements of a type
TEXTBERG = "textberg-dev-de-fr"
SETS = (TEXTBERG, "ntrex-en-es", "tico19-en-es", "bible-verses-en-es")

Population = tuple[list[Unit], list[Judgement]]


def tables(gold: Path) -> Iterator[Table]:
    """Yield the coverage over all beads and by type."""
    found = dict(_populations(gold))
    with ProcessPoolExecutor(2) as pool:
        jobs = [(name, size) for name, (units, _) in found.items() for size in SIZES if size < 0.8 * len(units)]
        rows = list(pool.map(_row, [(name, size, found[name]) for name, size in jobs]))
    yield Table("", rows)


def _populations(gold: Path) -> Iterator[tuple[str, Population]]:
    books = _held_out(gold)
    yield f"{NOVELS}, held out", population(books)
    for name in SETS:
        if (gold / "align" / name).is_dir():
            yield name, population(alignments(gold, name, default_weights()))
    sure = [
        (document, [replace(bead, probability=bead.probability**0.1) for bead in beads]) for document, beads in books
    ]
    yield f"{NOVELS}, far too sure", population(sure)
    berg = [document for document, _ in alignments(gold, TEXTBERG, default_weights())]
    yield f"{TEXTBERG}, by length", population([(d, align_by_length(d.source, d.target)) for d in berg])


def _held_out(gold: Path) -> list[tuple[GoldDocument, Sequence[Bead]]]:
    """Align each half of the novels by weights trained on the other."""
    documents = novels(gold)
    names = [document.name for document in documents]
    halves = weights_without(gold, [names[::2], names[1::2]])
    return [
        (document, align_texts(document.source, document.target, weights=halves[number % 2]).beads)
        for number, document in enumerate(documents)
    ]


def population(found: Sequence[tuple[GoldDocument, Sequence[Bead]]]) -> Population:
    """Give all units of alignments, and what a judge who knows the gold says of each."""
    units: list[Unit] = []
    said: list[Judgement] = []
    for document, beads in found:
        judge = GoldJudge(document.beads)
        for unit in units_of(document.name, beads):
            units.append(unit)
            said.append(judge(unit))
    return units, said


def truths(units: Sequence[Unit], said: Sequence[Judgement]) -> dict[str, tuple[float, float]]:
    """Give true precision and recall, over all beads under "", and of each type."""
    right = Counter(unit.type for unit, judgement in zip(units, said, strict=True) if judgement.right)
    count = Counter(unit.type for unit in units)
    true = Counter(type for judgement in said for type in judgement.truth or ())
    found = {type: (right[type] / count[type], right[type] / true[type] if true[type] else 1.0) for type in count}
    whole = [sum(number for type, number in of.items() if type not in NULLS) for of in (right, count, true)]
    return found | {"": (whole[0] / whole[1], whole[0] / whole[2])}


def simulate(units: Sequence[Unit], said: Sequence[Judgement], size: int, times: int) -> dict[str, np.ndarray]:
    """Draw and estimate samples; give for all beads ("") and each type rows of (covered, width) for both measures."""
    true, found = truths(units, said), defaultdict(list)
    for seed in range(times):
        sample = draw(strata_of(units, seed), size)
        audit = estimate(
            [Judged(units[i].type, s.name, s.group, len(s), s.mean, said[i]) for i, s in sample], draws=DRAWS
        )
        assert audit.precision and audit.recall
        found[""].append([*_held(audit.precision, true[""][0]), *_held(audit.recall, true[""][1])])
        for name, group in audit.types.items():
            if name in true and group.judged >= ENOUGH:
                assert group.recall
                found[name].append([*_held(group.precision, true[name][0]), *_held(group.recall, true[name][1])])
    return {name: np.array(rows) for name, rows in found.items()}


def _held(estimate, truth):  # type: ignore[no-untyped-def]
    return estimate.low - 1e-9 <= truth <= estimate.high + 1e-9, estimate.high - estimate.low


def _row(job: tuple[str, int, Population]) -> dict[str, object]:
    name, size, (units, said) = job
    os.nice(10)
    found = simulate(units, said, size, SIMULATIONS)
    precision, recall = truths(units, said)[""]
    random = 2 * 1.96 * (precision * (1 - precision) / size * (1 - size / len(units))) ** 0.5
    row = {"set": name, "beads": len(units), "judged": size, "precision": precision, "recall": recall}
    means = found.pop("").mean(axis=0)
    row |= {"held, precision": f"{means[0]:.1%}", "held, recall": f"{means[2]:.1%}"}
    row |= {"width, precision": float(means[1]), "random": random, "width, recall": float(means[3])}
    enough = [rows for rows in found.values() if len(rows) >= SIMULATIONS / 2]
    if enough:
        pooled = np.concatenate(enough)[:, [0, 2]]
        row |= {
            "types": f"{pooled.mean():.1%}",
            "lowest": f"{min(rows[:, [0, 2]].mean(axis=0).min() for rows in enough):.1%}",
        }
    return row
