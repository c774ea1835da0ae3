"""What a bead is judged by: named numbers, a weight for each of which stands in ``weights.yaml``.

All but the biases are multiplied by half the bead's number of segments, so that paths with few long beads and paths
with many short ones compare fairly.
"""

from __future__ import annotations

import numpy as np

from bialign.aligner.band import Floats, Ints
from bialign.aligner.coverage import COVERAGE_FEATURES, coverage_features
from bialign.aligner.cuts import CUT_FEATURES, cut_features
from bialign.aligner.evidence import Evidence
from bialign.aligner.lattice import BEAD_TYPES, MATCH, SOURCE_NULL, TARGET_NULL, Lattice
from bialign.aligner.marks import MARK_FEATURES, mark_features
from bialign.aligner.partners import Partners
from bialign.aligner.similarity import LONGEST
from bialign.encode.compute import in_threads

BEAD_FEATURES = (
    "cosine",
    "margin",  # distance as a share of the mean distance to the other text: 0 equal, 1 no nearer than chance
    "rival",  # cosine above that of the next best neighbours
    "length",  # squared deviation from the expected length (Gale & Church 1993), capped
    "ratio",  # absolute log of the length ratio
    "gain",  # cosine above that of the best bead with one segment less
    "loss",  # the same where it is negative
    "split",  # cosine above that of the best split into two beads
)
BIASED_TYPES = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 2), (1, 4), (4, 1), (2, 3), (3, 2))
TYPE_FEATURES = (
    *(f"type {k}-{m}" for k, m in BIASED_TYPES),
    "type other",
    "size",  # of a bead of another type: segments above 5
    "smaller side",  # segments above 1
    "larger side",  # segments above 1
)
NULL_FEATURES = ("null source", "null target", "null partner", "null length")
EXTENSIONS = ("extend source", "extend target")
PARAGRAPH_FEATURES = (
    "border both",  # the bead starts a paragraph on both sides
    "border one",  # on one side only
    "border inside",  # paragraphs that begin within the bead
)
LATTICE_FEATURES = (
    *BEAD_FEATURES,
    *COVERAGE_FEATURES,
    *MARK_FEATURES,
    *TYPE_FEATURES,
    *NULL_FEATURES,
    *CUT_FEATURES,
    *PARAGRAPH_FEATURES,
)
_LEAST_AGREEMENT = 0.5  # of the numbers of paragraphs, below which they are no evidence
_TYPICAL_LENGTH = 60.0  # characters
_EDGES = 4_096  # looked at by one thread at a time


def bead_features(evidence: Evidence, k: int, m: int, i: Ints, j: Ints) -> Floats:
    """Compute (len(BEAD_FEATURES), len(i)) features of the k-m beads at (i, j), k and m at least 1."""
    sims = evidence.similarities
    cosine = evidence.cosine(k, m, i, j)
    a, b = min(k, LONGEST) - 1, min(m, LONGEST) - 1
    far = 2 - sims.source.mean[a, i] - sims.target.mean[b, j]
    rival = (sims.source.rival[a, i] + sims.target.rival[b, j]) / 2
    source_length, target_length = _lengths(evidence, k, m, i, j)
    deviation = (target_length - source_length) ** 2 / (6.8 * (source_length + target_length) / 2)
    out = np.zeros((len(BEAD_FEATURES), len(i)), np.float32)
    out[0] = cosine
    out[1] = 2 * (1 - cosine) / (far + 1e-6)
    out[2] = cosine - rival
    out[3] = np.minimum(deviation, 40) / 10
    out[4] = np.minimum(np.abs(np.log(target_length / source_length)), 2)
    if k + m > 2:
        part = _best_part(evidence, k, m, i, j)
        out[5] = cosine - part
        out[6] = np.maximum(part - cosine, 0)
    if k > 1 and m > 1:
        out[7] = cosine - _best_split(evidence, k, m, i, j)
    out *= np.float32((k + m) / 2)
    return out


def _lengths(evidence: Evidence, k: int, m: int, i: Ints, j: Ints) -> tuple[Floats, Floats]:
    """Give both sides' lengths in characters, the source's scaled to the whole target's."""
    source, target = evidence.source.lengths, evidence.target.lengths
    return (source[i + k] - source[i]) * evidence.ratio, target[j + m] - target[j]


def _best_part(evidence: Evidence, k: int, m: int, i: Ints, j: Ints) -> Floats:
    best = np.full(len(i), -1.0, np.float32)
    for x, y, di, dj in ((k - 1, m, 0, 0), (k - 1, m, 1, 0), (k, m - 1, 0, 0), (k, m - 1, 0, 1)):
        if x and y:
            np.maximum(best, evidence.cosine(x, y, i + di, j + dj), out=best)
    return best


def _best_split(evidence: Evidence, k: int, m: int, i: Ints, j: Ints) -> Floats:
    best = np.full(len(i), -1.0, np.float32)
    for x in range(1, k):
        for y in range(1, m):
            before = evidence.cosine(x, y, i, j) * (x + y)
            after = evidence.cosine(k - x, m - y, i + x, j + y) * (k + m - x - y)
            np.maximum(best, (before + after) / (k + m), out=best)
    return best


def lattice_features(evidence: Evidence, lattice: Lattice) -> Floats:
    """Compute (edges, len(LATTICE_FEATURES)) features of the beads of a lattice."""
    partners = Partners.of(evidence.source.words, evidence.target.words, lattice)
    count = len(BEAD_FEATURES) + len(COVERAGE_FEATURES) + len(MARK_FEATURES)
    beads = np.zeros((len(lattice.start), count), np.float32)
    i, j = lattice.i[lattice.start], lattice.j[lattice.start]

    def fill(group: tuple[int, int, Ints]) -> None:
        k, m, which = group
        bead = k, m, i[which], j[which]
        parts = (
            bead_features(evidence, *bead),
            coverage_features(partners, *bead),
            mark_features(evidence.marks, *bead),
        )
        beads[which] = np.vstack(parts).T

    in_threads(fill, _by_type(lattice))
    cuts = _cuts(partners, lattice)
    # a path pays for each cut once: with the bead that starts there
    columns = (
        beads,
        _type_features(lattice),
        _null_features(evidence, lattice),
        cuts[lattice.start],
        _paragraph_features(evidence, lattice),
    )
    return np.hstack(columns)


def _cuts(partners: Partners, lattice: Lattice) -> Floats:
    """Compute (nodes, len(CUT_FEATURES)) features of the cuts."""

    def part(start: int) -> Floats:
        rows = slice(start, start + _EDGES)
        return cut_features(partners, lattice.i[rows], lattice.j[rows]).T

    return np.concatenate(in_threads(part, range(0, len(lattice.i), _EDGES)))


def _by_type(lattice: Lattice) -> list[tuple[int, int, Ints]]:
    """List the edges of each type of bead, at most `_EDGES` at a time.

    A confirmed bead of a type that is not listed lies on every path, whatever its features.
    """
    groups = []
    for k, m in BEAD_TYPES:
        which = np.flatnonzero((lattice.source_size == k) & (lattice.target_size == m))
        groups += [(k, m, which[start : start + _EDGES]) for start in range(0, len(which), _EDGES)]
    return groups


def _type_features(lattice: Lattice) -> Floats:
    k, m = lattice.source_size, lattice.target_size
    match = lattice.kind == MATCH
    named = np.stack([(k == a) & (m == b) for a, b in BIASED_TYPES], axis=1)
    other = match & ~named.any(axis=1)
    columns = (other, other * (k + m - 5), match * (np.minimum(k, m) - 1), match * (np.maximum(k, m) - 1))
    return np.hstack([named, np.stack(columns, axis=1)]).astype(np.float32)


def null_features(evidence: Evidence) -> tuple[Floats, Floats]:
    """Compute (segments, len(NULL_FEATURES)) features of leaving each segment alone, for both texts."""
    out = []
    sides = ((evidence.source, evidence.source_partner), (evidence.target, evidence.target_partner))
    for column, (side, partner) in enumerate(sides):
        features = np.zeros((len(side), len(NULL_FEATURES)), np.float32)
        features[:, column] = 1
        features[:, 2] = partner
        features[:, 3] = np.log(np.diff(side.lengths) / _TYPICAL_LENGTH)
        out.append(features)
    return out[0], out[1]


def _null_features(evidence: Evidence, lattice: Lattice) -> Floats:
    out = np.zeros((len(lattice.start), len(NULL_FEATURES)), np.float32)
    kinds = ((SOURCE_NULL, lattice.i), (TARGET_NULL, lattice.j))
    for (kind, place), features in zip(kinds, null_features(evidence), strict=True):
        which = np.flatnonzero(lattice.kind == kind)
        out[which] = features[place[lattice.start[which]]]
    return out


def _paragraph_features(evidence: Evidence, lattice: Lattice) -> Floats:
    out = np.zeros((len(lattice.start), len(PARAGRAPH_FEATURES)), np.float32)
    counts = [int(side.borders.sum()) for side in (evidence.source, evidence.target)]
    if min(counts) < _LEAST_AGREEMENT * max(counts) or not min(counts):
        return out
    places = ((evidence.source.borders, lattice.i), (evidence.target.borders, lattice.j))
    begins = np.stack([borders[place[lattice.start]] for borders, place in places])
    out[:, 0] = begins.all(axis=0)
    out[:, 1] = begins.any(axis=0) & ~begins.all(axis=0)
    for borders, place in places:
        before = np.concatenate([[0], np.cumsum(borders)])  # borders at places below
        start, end = place[lattice.start], place[lattice.end]
        out[:, 2] += np.maximum(before[end] - before[np.minimum(start + 1, end)], 0)
    return out


SCAN_TYPES = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 2), (1, 0), (0, 1))
SCAN_FEATURES = (*BEAD_FEATURES, "null partner", *(f"type {k}-{m}" for k, m in SCAN_TYPES))


def scan_features(evidence: Evidence, k: int, m: int, cells: slice | None = None) -> tuple[Ints, Floats]:
    """Give the places of the band where a k-m bead fits, and (places, len(SCAN_FEATURES)) features of it there.

    `cells`: only those among these positions.
    """
    first, last, _ = (cells or slice(None)).indices(evidence.band.cells)
    i, j = evidence.band.places(first, last)
    fits = evidence.band.index(i + k, j + m) >= 0
    where, i, j = first + np.flatnonzero(fits), i[fits], j[fits]
    out = np.zeros((len(where), len(SCAN_FEATURES)), np.float32)
    if k and m:
        out[:, : len(BEAD_FEATURES)] = bead_features(evidence, k, m, i, j).T
    else:
        partner = evidence.source_partner[i] if k else evidence.target_partner[j]
        out[:, len(BEAD_FEATURES)] = partner
    out[:, len(BEAD_FEATURES) + 1 + SCAN_TYPES.index((k, m))] = 1
    return where, out
