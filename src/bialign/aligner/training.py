"""Train the weights on gold beads: maximum likelihood of the gold path, for each pass a conditional random field.

Maximised is the log of the summed weight of all paths that agree with the gold, less that of all paths (Lafferty et al.
2001), by L-BFGS. A gold bead that a pass cannot hold as one (of a type it does not know, or coarser than it need be)
agrees with every path inside it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bialign.aligner.align import AlignOptions
from bialign.aligner.band import Band, Floats, Ints
from bialign.aligner.evidence import Evidence, TextSide, single_band
from bialign.aligner.features import (
    EXTENSIONS,
    LATTICE_FEATURES,
    SCAN_FEATURES,
    SCAN_TYPES,
    lattice_features,
    scan_features,
)
from bialign.aligner.lattice import (
    BEAD_TYPES,
    IMPOSSIBLE,
    LONGEST_SPAN,
    SOURCE_NULL,
    TARGET_NULL,
    Lattice,
    forward_backward,
)
from bialign.aligner.scan import likely_places, path_sums
from bialign.aligner.weights import Weights
from bialign.bitext import Bead, Span
from bialign.encode import Encoder, default_encoder
from bialign.errors import MissingExtra

Doubles = NDArray[np.float64]
Progress = Callable[[str, float], None]
_ROUGH_STEPS, _UNLIKELY = 15, 1e-6


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """Hold a document pair with its gold beads; `coarse` where n-m beads may be coarser than need be."""

    name: str
    source: Sequence[str]
    target: Sequence[str]
    beads: Sequence[Bead]
    source_paragraphs: Sequence[int] | None = None
    target_paragraphs: Sequence[int] | None = None
    coarse: bool = False
    weight: float = 1.0


def with_omissions(
    document: GoldDocument, rate: float, runs: Sequence[int], seed: int, weight: float = 1.0
) -> GoldDocument:
    """Make a document in which one side of some gold beads is left out, so that nulls can be learned.

    A run starts at a bead with probability `rate`; its length in beads is drawn from `runs`, its side by a coin.
    """
    draw = random.Random(seed)
    source: list[str] = []
    target: list[str] = []
    beads: list[Bead] = []
    left, side = 0, 0
    for bead in document.beads:
        if not left and draw.random() < rate:
            left, side = draw.choice(runs), draw.randrange(2)
        kept = [[document.source[i] for i in bead.source.indices], [document.target[j] for j in bead.target.indices]]
        if left:
            left -= 1
            kept[side] = []
        if kept[0] or kept[1]:
            here = len(source), len(target)
            source, target = source + kept[0], target + kept[1]
            beads.append(Bead(Span(here[0], len(source)), Span(here[1], len(target))))
    return GoldDocument(f"{document.name}, omissions {seed}", source, target, beads, weight=weight)


def collect(
    documents: Sequence[GoldDocument],
    options: AlignOptions | None = None,
    encoder: Encoder | None = None,
    progress: Progress | None = None,
) -> list[Evidence]:
    """Encode gold documents and compute what both passes are trained on."""
    options, encoder = options or AlignOptions(), encoder or default_encoder()
    out = []
    for number, document in enumerate(documents):
        source, target = (
            TextSide.of(text, encoder.spans(text, LONGEST_SPAN), paragraphs)
            for text, paragraphs in (
                (document.source, document.source_paragraphs),
                (document.target, document.target_paragraphs),
            )
        )
        out.append(Evidence.of(source, target, single_band(source, target, options.margin)))
        if progress:
            progress("encode gold", (number + 1) / len(documents))
    return out


def train(
    documents: Sequence[GoldDocument],
    *,
    about: Mapping[str, Any],
    options: AlignOptions | None = None,
    encoder: Encoder | None = None,
    progress: Progress | None = None,
) -> Weights:
    """Train the weights of both passes on gold documents; `about` is kept in the weights and names them."""
    return train_on(
        documents, collect(documents, options, encoder, progress), about=about, options=options, progress=progress
    )


def train_on(
    documents: Sequence[GoldDocument],
    evidence: Sequence[Evidence],
    *,
    about: Mapping[str, Any],
    options: AlignOptions | None = None,
    progress: Progress | None = None,
) -> Weights:
    """Train as `train` does, on documents whose evidence was collected before."""
    options = options or AlignOptions()
    scan = train_scan([_ScanExample.of(found, gold) for found, gold in zip(evidence, documents, strict=True)])
    if progress:
        progress("train the first pass", 1.0)
    examples = [
        LatticeExample.of(found, gold, scan, options.floor) for found, gold in zip(evidence, documents, strict=True)
    ]
    lattice = train_lattice(examples)
    if progress:
        progress("train the second pass", 1.0)
    count = len(LATTICE_FEATURES)
    return Weights(scan, lattice[:count], lattice[count:], about)


@dataclass(frozen=True, slots=True)
class _ScanExample:
    """Hold where a bead of each of SCAN_TYPES fits, its features there, and which of these agree with the gold."""

    band: Band
    features: list[tuple[Ints, Floats]]
    agrees: list[NDArray[np.bool_]]
    weight: float

    @classmethod
    def of(cls, evidence: Evidence, gold: GoldDocument) -> _ScanExample:
        boxes = _boxes(gold.beads, None, SCAN_TYPES, coarse=gold.coarse)
        features = [scan_features(evidence, k, m) for k, m in SCAN_TYPES]
        i, j = evidence.band.places()
        agrees = [
            _agrees(boxes, (i[where], j[where]), (i[where] + k, j[where] + m))
            for (where, _), (k, m) in zip(features, SCAN_TYPES, strict=True)
        ]
        return cls(evidence.band, features, agrees, gold.weight)

    def expect(self, weights: Doubles, *, gold: bool) -> tuple[float, Doubles]:
        """Give the log sum of all paths, or of those that agree with the gold, and the expected features of one."""
        scores = np.full((len(SCAN_TYPES), self.band.cells), IMPOSSIBLE)
        for t, (where, values) in enumerate(self.features):
            score = values @ weights.astype(np.float32)
            scores[t, where] = np.where(self.agrees[t], score, IMPOSSIBLE) if gold else score
        to_place, from_place, total = path_sums(self.band, scores)
        i, j = self.band.places()
        expected = np.zeros(len(weights))
        for t, (where, values) in enumerate(self.features):
            end = self.band.index(i[where] + SCAN_TYPES[t][0], j[where] + SCAN_TYPES[t][1])
            posterior = np.exp(np.minimum(to_place[where] + scores[t, where] + from_place[end] - total, 0))
            expected += posterior.astype(np.float32) @ values
        return total, expected


def train_scan(examples: Sequence[_ScanExample], penalty: float = 1.0, steps: int = 40) -> Doubles:
    """Train the first pass; returns weights in the order of SCAN_FEATURES."""

    def loss(weights: Doubles) -> tuple[float, Doubles]:
        value, gradient = penalty / 2 * float(weights @ weights), penalty * weights
        for example in examples:
            every, expected = example.expect(weights, gold=False)
            right, wanted = example.expect(weights, gold=True)
            if right > IMPOSSIBLE / 2:  # else the gold path leaves the band, and teaches nothing
                value += example.weight * (every - right)
                gradient = gradient + example.weight * (expected - wanted)
        return value, gradient

    start = np.zeros(len(SCAN_FEATURES))
    start[0] = 5.0
    return _minimise(loss, start, steps)


@dataclass(frozen=True, slots=True)
class LatticeExample:
    """Hold a document's lattice, its features, and which edges lie on paths that agree with the gold."""

    lattice: Lattice
    features: Floats
    agrees: NDArray[np.bool_]
    weight: float = 1.0

    @property
    def gold_lattice(self) -> Lattice:
        """Give the lattice of the edges that agree with the gold."""
        return self.lattice.without(~self.agrees)

    @classmethod
    def of(cls, evidence: Evidence, gold: GoldDocument, scan: Doubles, floor: float) -> LatticeExample:
        """Prepare one document for training, given the weights of the first pass."""
        lattice = Lattice.of(evidence.band, likely_places(evidence, scan, floor)[0])
        i, j = lattice.i, lattice.j
        boxes = _boxes(gold.beads, set(zip(i.tolist(), j.tolist(), strict=True)), BEAD_TYPES, coarse=gold.coarse)
        agrees = _agrees(boxes, (i[lattice.start], j[lattice.start]), (i[lattice.end], j[lattice.end]))
        return cls(lattice, lattice_features(evidence, lattice), agrees, gold.weight)

    def pruned(self, weights: Doubles) -> LatticeExample:
        """Give the example without the edges that are very unlikely under `weights` and do not agree with the gold."""
        kept = forward_backward(self.lattice, *self.scores(weights)).posterior >= _UNLIKELY
        kept |= self.agrees
        return replace(
            self, lattice=self.lattice.without(~kept), features=self.features[kept], agrees=self.agrees[kept]
        )

    def scores(self, weights: Doubles) -> tuple[Doubles, Doubles]:
        """Give the scores and extensions of the edges under weights in the order of features, then EXTENSIONS."""
        count = len(LATTICE_FEATURES)
        score = (self.features @ weights[:count].astype(np.float32)).astype(np.float64)
        return score, self.lattice.null_extension(weights[count:])


def _boxes(
    gold: Sequence[Bead], nodes: set[tuple[int, int]] | None, types: Collection[tuple[int, int]], *, coarse: bool
) -> Ints:
    """Give the pieces a path that agrees with the gold is made of: rows of i, j, end i, end j, and 1 if it is a bead.

    Where it is not one (null beads; types that are not among `types`; with `coarse`, beads with several segments on
    both sides), any path from corner to corner agrees. Neighbouring gold beads whose common border is none of `nodes`
    are taken together.
    """
    boxes: list[tuple[int, int, int, int, int]] = []
    start, merged = (0, 0), 0
    for bead in gold:
        merged += 1
        end = (bead.source.stop, bead.target.stop)
        if nodes is None or end in nodes:
            k, m = end[0] - start[0], end[1] - start[1]
            whole = merged == 1 and k > 0 and m > 0 and (k, m) in types and not (coarse and k > 1 and m > 1)
            boxes.append((*start, *end, int(whole)))
            start, merged = end, 0
    return np.array(boxes)


def _agrees(boxes: Ints, start: tuple[Ints, Ints], end: tuple[Ints, Ints]) -> NDArray[np.bool_]:
    """Tell which beads, from `start` to `end` (i and j of each), lie on paths that agree with the gold."""
    # a bead belongs to the box that holds its start
    box = np.searchsorted(boxes[:, 2] + boxes[:, 3], start[0] + start[1], side="right").clip(max=len(boxes) - 1)
    low_i, low_j, high_i, high_j, whole = boxes[box].T
    inside = (start[0] >= low_i) & (start[1] >= low_j) & (end[0] <= high_i) & (end[1] <= high_j)
    fills = (start[0] == low_i) & (start[1] == low_j) & (end[0] == high_i) & (end[1] == high_j)
    return np.asarray(inside & (fills | (whole == 0)))


def train_lattice(examples: Sequence[LatticeExample], penalty: float = 0.3, steps: int = 100) -> Doubles:
    """Train the second pass; returns weights in the order of LATTICE_FEATURES, then EXTENSIONS.

    After some steps most edges are out of the question, and the rest of the work is done without them.
    """
    start = np.zeros(len(LATTICE_FEATURES) + len(EXTENSIONS))
    rough = _minimise(partial(_lattice_loss, examples, penalty), start, _ROUGH_STEPS)
    likely = [example.pruned(rough) for example in examples]
    return _minimise(partial(_lattice_loss, likely, penalty), rough, steps)


def _lattice_loss(examples: Sequence[LatticeExample], penalty: float, weights: Doubles) -> tuple[float, Doubles]:
    value, gradient = penalty / 2 * float(weights @ weights), penalty * weights
    for example in examples:
        score, extension = example.scores(weights)
        # the paths that agree with the gold use few edges, so a lattice of these alone is quickly summed
        right = forward_backward(example.gold_lattice, score[example.agrees], extension[example.agrees])
        if right.total < IMPOSSIBLE / 2:  # no path of the lattice agrees with the gold, so it teaches nothing
            continue
        every = forward_backward(example.lattice, score, extension)
        difference, longer = every.posterior, every.extending
        difference[example.agrees] -= right.posterior
        longer[example.agrees] -= right.extending
        kind = example.lattice.kind
        value += example.weight * (every.total - right.total)
        part = [float(longer[kind == null].sum()) for null in (SOURCE_NULL, TARGET_NULL)]
        gradient = gradient + example.weight * np.append(difference.astype(np.float32) @ example.features, part)
    return value, gradient


def _minimise(loss: Callable[[Doubles], tuple[float, Doubles]], start: Doubles, steps: int) -> Doubles:
    try:
        from scipy.optimize import minimize
    except ImportError:
        raise MissingExtra("training weights", "train") from None
    result = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": steps})
    return np.asarray(result.x, np.float64)
