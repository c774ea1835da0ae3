"""Train the weights on gold beads: maximum likelihood of the gold path, for each pass a conditional random field.

The first pass is trained on the gold cuts of the bead types it knows. The second pass maximises the log of the summed
weight of all paths that agree with the gold less that of all paths (Lafferty et al. 2001); L-BFGS does it in seconds.
A gold bead that the lattice cannot hold as one (too long, or coarser than it need be) agrees with every path inside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bialign.aligner.align import AlignOptions
from bialign.aligner.band import Floats, Ints
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
from bialign.bitext import Bead
from bialign.encode import Encoder, default_encoder
from bialign.errors import MissingExtra

Doubles = NDArray[np.float64]
Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """Hold a document pair with its gold beads; `coarse` where n-m beads may be coarser than need be."""

    name: str
    source: Sequence[str]
    target: Sequence[str]
    beads: Sequence[Bead]
    coarse: bool = False
    weight: float = 1.0


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
        source = TextSide.of(document.source, encoder.spans(document.source, LONGEST_SPAN))
        target = TextSide.of(document.target, encoder.spans(document.target, LONGEST_SPAN))
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
    options = options or AlignOptions()
    evidence = collect(documents, options, encoder, progress)
    scan = train_scan([(found, gold.beads) for found, gold in zip(evidence, documents, strict=True)])
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


def train_scan(examples: Sequence[tuple[Evidence, Sequence[Bead]]], penalty: float = 1.0, steps: int = 60) -> Doubles:
    """Train the first pass; returns weights in the order of SCAN_FEATURES."""
    prepared = [_ScanExample.of(evidence, gold) for evidence, gold in examples]

    def loss(weights: Doubles) -> tuple[float, Doubles]:
        value, gradient = penalty / 2 * float(weights @ weights), penalty * weights
        for example in prepared:
            total, expected = example.expect(weights)
            value += total - float(example.gold @ weights)
            gradient = gradient + expected - example.gold
        return value, gradient

    start = np.zeros(len(SCAN_FEATURES))
    start[0] = 5.0
    return _minimise(loss, start, steps)


@dataclass(frozen=True, slots=True)
class _ScanExample:
    evidence: Evidence
    features: list[tuple[Ints, Floats]]
    gold: Doubles

    @classmethod
    def of(cls, evidence: Evidence, gold: Sequence[Bead]) -> _ScanExample:
        features = [scan_features(evidence, k, m) for k, m in SCAN_TYPES]
        total = np.zeros(len(SCAN_FEATURES))
        for k, m, i, j in _single_steps(gold):
            if (k, m) in SCAN_TYPES:
                where, values = features[SCAN_TYPES.index((k, m))]
                place = int(evidence.band.index(np.array([i]), np.array([j]))[0])
                at = int(np.searchsorted(where, place))
                if place >= 0 and at < len(where) and where[at] == place:
                    total += values[at]
        return cls(evidence, features, total)

    def expect(self, weights: Doubles) -> tuple[float, Doubles]:
        """Give the log sum of all paths and the expected features of one."""
        band = self.evidence.band
        scores = np.full((len(SCAN_TYPES), band.cells), IMPOSSIBLE)
        for t, (where, values) in enumerate(self.features):
            scores[t, where] = values @ weights.astype(np.float32)
        to_place, from_place, total = path_sums(band, scores)
        i, j = band.places()
        expected = np.zeros(len(weights))
        for t, (where, values) in enumerate(self.features):
            end = band.index(i[where] + SCAN_TYPES[t][0], j[where] + SCAN_TYPES[t][1])
            posterior = np.exp(np.minimum(to_place[where] + scores[t, where] + from_place[end] - total, 0))
            expected += posterior.astype(np.float32) @ values
        return total, expected


def _single_steps(gold: Sequence[Bead]) -> Iterator[tuple[int, int, int, int]]:
    """Give (k, m, i, j) of each gold bead, null beads taken apart into single ones."""
    for bead in gold:
        i, j = bead.source.start, bead.target.start
        if not bead.is_null:
            yield len(bead.source), len(bead.target), i, j
            continue
        yield from ((1, 0, n, j) for n in bead.source.indices)
        yield from ((0, 1, i, n) for n in bead.target.indices)


@dataclass(frozen=True, slots=True)
class LatticeExample:
    """Hold a document's lattice, its features, and which edges lie on paths that agree with the gold."""

    lattice: Lattice
    features: Floats
    agrees: NDArray[np.bool_]
    weight: float = 1.0

    @classmethod
    def of(cls, evidence: Evidence, gold: GoldDocument, scan: Doubles, floor: float) -> LatticeExample:
        """Prepare one document for training, given the weights of the first pass."""
        lattice = Lattice.of(evidence.band, likely_places(evidence, scan, floor)[0])
        agrees = agreeing(lattice, gold.beads, coarse=gold.coarse)
        return cls(lattice, lattice_features(evidence, lattice), agrees, gold.weight)

    def scores(self, weights: Doubles) -> tuple[Doubles, Doubles]:
        """Give the scores and extensions of the edges under weights in the order of features, then EXTENSIONS."""
        count = len(LATTICE_FEATURES)
        score = (self.features @ weights[:count].astype(np.float32)).astype(np.float64)
        extra = np.zeros(3)
        extra[[SOURCE_NULL, TARGET_NULL]] = weights[count:]
        return score, extra[self.lattice.kind]


def agreeing(lattice: Lattice, gold: Sequence[Bead], *, coarse: bool = False) -> NDArray[np.bool_]:
    """Tell which edges lie on paths that agree with the gold.

    Neighbouring gold beads whose common border is no node of the lattice are taken together; with `coarse`, n-m beads
    with both sides above 1 may be taken apart.
    """
    nodes = set(zip(lattice.i.tolist(), lattice.j.tolist(), strict=True))
    boxes: list[tuple[int, int, int, int, bool]] = []
    start, merged = (0, 0), 0
    for bead in gold:
        merged += 1
        end = (bead.source.stop, bead.target.stop)
        if end in nodes:
            k, m = end[0] - start[0], end[1] - start[1]
            whole = merged == 1 and (k, m) in BEAD_TYPES and not (coarse and k > 1 and m > 1)
            boxes.append((*start, *end, whole))
            start, merged = end, 0
    table = np.array(boxes)
    i, j = lattice.i, lattice.j
    begin, finish = lattice.start, lattice.end
    # an edge belongs to the box that holds its start
    box = np.searchsorted(table[:, 2] + table[:, 3], i[begin] + j[begin], side="right").clip(max=len(table) - 1)
    low_i, low_j, high_i, high_j, whole = table[box].T
    inside = (i[begin] >= low_i) & (j[begin] >= low_j) & (i[finish] <= high_i) & (j[finish] <= high_j)
    fills = (i[begin] == low_i) & (j[begin] == low_j) & (i[finish] == high_i) & (j[finish] == high_j)
    return inside & (fills | (whole == 0))  # type: ignore[no-any-return]


def train_lattice(examples: Sequence[LatticeExample], penalty: float = 1.0, steps: int = 150) -> Doubles:
    """Train the second pass; returns weights in the order of LATTICE_FEATURES, then EXTENSIONS."""

    def loss(weights: Doubles) -> tuple[float, Doubles]:
        value, gradient = penalty / 2 * float(weights @ weights), penalty * weights
        for example in examples:
            score, extension = example.scores(weights)
            every = forward_backward(example.lattice, score, extension)
            right = forward_backward(example.lattice, np.where(example.agrees, score, IMPOSSIBLE), extension)
            difference = every.posterior - right.posterior
            longer = every.extending - right.extending
            kind = example.lattice.kind
            value += example.weight * (every.total - right.total)
            part = [float(longer[kind == null].sum()) for null in (SOURCE_NULL, TARGET_NULL)]
            gradient = gradient + example.weight * np.append(difference.astype(np.float32) @ example.features, part)
        return value, gradient

    return _minimise(loss, np.zeros(len(LATTICE_FEATURES) + len(EXTENSIONS)), steps)


def _minimise(loss: Callable[[Doubles], tuple[float, Doubles]], start: Doubles, steps: int) -> Doubles:
    try:
        from scipy.optimize import minimize
    except ImportError:
        raise MissingExtra("training weights", "train") from None
    result = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": steps})
    return np.asarray(result.x, np.float64)
