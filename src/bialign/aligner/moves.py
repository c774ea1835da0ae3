"""Moves: text left alone on both sides that translates each other, though it stands at different places.

A path of beads cannot cross itself, so a paragraph that was moved is left as a run of null beads on each side. Runs
that hold segments near each other are aligned by the same features and weights as everything else; what counts is how
much likelier the beads are than the nulls they would replace.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import exp, log

import numpy as np

from bialign.aligner.band import Band, Floats, Ints, find_band
from bialign.aligner.evidence import Evidence
from bialign.aligner.features import LATTICE_FEATURES, NULL_FEATURES, lattice_features, null_features
from bialign.aligner.lattice import MATCH, Doubles, Lattice, best_path
from bialign.aligner.scan import likely_places
from bialign.aligner.weights import Weights
from bialign.bitext import Bead, Move, Span

_AGAINST = 1.5  # log odds against a move before two runs are compared
_MANY = 100  # lone segments from which more of them make each single move less likely
_AROUND = 16  # segments around the pairs that are near
_SPECIAL = 0.02  # what the best partner's cosine must be above the next one's
_NEAR = 0.3  # from here on two segments may be a move: 0 is no nearer than chance, 1 equal
_FLOOR = 0.01  # posterior below which cuts are dropped: only the best path is wanted
_WHOLE = 4_096  # cells up to which all pairs of two runs are looked at, and not only those in a band
_MARGIN = 16
_BLOCK = 1_024


@dataclass(frozen=True, slots=True)
class _Found:
    """Hold a chain of beads across two runs, and the log of its odds against leaving its segments alone."""

    source: Span
    target: Span
    odds: float


def find_moves(evidence: Evidence, beads: Sequence[Bead], weights: Weights) -> tuple[Move, ...]:
    """Link runs of null beads that translate each other; a segment takes part in one move at most.

    What occurs again and again, as a refrain does, is not taken for a move where it was left out on both sides.
    """
    source = np.array([i for bead in beads if not bead.target for i in bead.source.indices], np.int64)
    target = np.array([j for bead in beads if not bead.source for j in bead.target.indices], np.int64)
    if not (len(source) and len(target)):
        return ()
    chance = _AGAINST + max(0.0, log(max(len(source), len(target)) / _MANY))
    evidence, alone_of_its_kind = _against_all(evidence, source, target)
    found = [chain for pair in _near_stretches(evidence, source, target) for chain in _chains(evidence, *pair, weights)]
    moves: list[Move] = []
    taken: tuple[set[int], set[int]] = set(), set()
    for chain in sorted(found, key=lambda chain: -chain.odds):
        sides = chain.source.indices, chain.target.indices
        free = all(used.isdisjoint(side) for used, side in zip(taken, sides, strict=True))
        special = any(not known.isdisjoint(side) for known, side in zip(alone_of_its_kind, sides, strict=True))
        odds = chain.odds - chance
        if odds > 0 and free and special and _marks_agree(evidence, chain):
            moves.append(Move(chain.source, chain.target, 1 / (1 + exp(-odds))))
            taken[0].update(sides[0])
            taken[1].update(sides[1])
    return tuple(sorted(moves, key=lambda move: move.source))


def _marks_agree(evidence: Evidence, chain: _Found) -> bool:
    """Tell whether both sides hold about the same numbers and terms: rows of a table are near, yet not the same."""
    left, right = (
        Counter(mark for n in span.indices for mark in side.marks[n])
        for side, span in ((evidence.source, chain.source), (evidence.target, chain.target))
    )
    return 2 * (left & right).total() >= max(left.total(), right.total()) - 1


def _against_all(evidence: Evidence, source: Ints, target: Ints) -> tuple[Evidence, tuple[set[int], set[int]]]:
    """Compare the lone segments with the whole other text.

    Gives the evidence with their rivals from there, and the segments, of each text, whose best partner there is better
    than all others.
    """
    sims, special = evidence.similarities, []
    sides = []
    for side, alone, other, known in (
        (evidence.source, source, evidence.target, sims.source),
        (evidence.target, target, evidence.source, sims.target),
    ):
        rival = known.rival.copy()
        best = np.full((len(alone), 4), -1.0, np.float32)
        vectors = side.spans.vectors(1, alone)
        for start in range(0, len(other), _BLOCK):
            some = other.spans.vectors(1, np.arange(start, min(start + _BLOCK, len(other))))
            best = np.partition(np.hstack([best, vectors @ some.T]), -4, axis=1)[:, -4:]
        best.sort(axis=1)
        rival[:, alone] = np.maximum(rival[:, alone], best[:, :3].mean(axis=1))
        sides.append(replace(known, rival=rival))
        special.append(set(alone[best[:, 3] - best[:, 2] > _SPECIAL].tolist()))
    found = replace(sims, source=sides[0], target=sides[1])
    return replace(evidence, similarities=found), (special[0], special[1])


def _near_stretches(evidence: Evidence, source: Ints, target: Ints) -> Iterator[tuple[Span, Span]]:
    """Give the stretches of two runs of lone segments that hold pairs which are near, and each other's nearest."""
    nearest, back = _nearest(evidence, source, target), np.full(len(target), -1.0, np.float32)
    np.maximum.at(back, nearest[0], nearest[1])
    seeds = np.flatnonzero((nearest[1] >= _NEAR) & (nearest[1] == back[nearest[0]]))
    rows, columns = _runs(source), _runs(target)
    row_of = np.repeat(np.arange(len(rows)), [len(run) for run in rows])
    column_of = np.repeat(np.arange(len(columns)), [len(run) for run in columns])
    pairs: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for seed in seeds.tolist():
        other = int(nearest[0][seed])
        pair = pairs.setdefault((int(row_of[seed]), int(column_of[other])), [])
        pair.append((int(source[seed]), int(target[other])))
    for (row, column), near in sorted(pairs.items()):
        yield tuple(
            Span(max(run.start, min(side) - _AROUND), min(run.stop, max(side) + 1 + _AROUND))
            for run, side in zip((rows[row], columns[column]), zip(*near, strict=True), strict=True)
        )  # type: ignore[misc]


def _nearest(evidence: Evidence, source: Ints, target: Ints) -> tuple[Ints, Floats]:
    """Give for each lone source segment the position of the nearest lone target segment, and how near it is."""
    far_target = 1 - evidence.similarities.target.mean[0, target]
    right = evidence.target.spans.vectors(1, target)
    place, near = np.zeros(len(source), np.int64), np.full(len(source), -1.0, np.float32)
    for start in range(0, len(source), _BLOCK):
        rows = slice(start, start + _BLOCK)
        far = 1 - evidence.similarities.source.mean[0, source[rows]]
        distance = 1 - evidence.source.spans.vectors(1, source[rows]) @ right.T
        nearness = 1 - 2 * distance / (far[:, None] + far_target[None] + 1e-6)
        place[rows] = nearness.argmax(axis=1)
        near[rows] = nearness.max(axis=1)
    return place, near


def _runs(segments: Ints) -> list[Span]:
    cuts = np.flatnonzero(np.diff(segments) != 1) + 1
    return [Span(int(run[0]), int(run[-1]) + 1) for run in np.split(segments, cuts)]


def _chains(evidence: Evidence, rows: Span, columns: Span, weights: Weights) -> Iterator[_Found]:
    """Align two runs and give the unbroken chains of beads in which they do translate each other."""
    part = evidence.part(rows, columns, _band(evidence, rows, columns))
    lattice = Lattice.of(part.band, likely_places(part, weights.scan, _FLOOR)[0])
    score = (lattice_features(part, lattice) @ weights.lattice.astype(np.float32)).astype(np.float64)
    gain = _gains(part, lattice, score, weights)
    start: tuple[int, int] | None = None
    odds = 0.0
    path = best_path(lattice, gain, np.zeros(len(gain)))
    for edge in [*path, None]:
        if edge is not None and lattice.kind[edge] == MATCH:
            node = lattice.start[edge]
            start = start or (int(lattice.i[node]), int(lattice.j[node]))
            end = int(lattice.i[lattice.end[edge]]), int(lattice.j[lattice.end[edge]])
            odds += float(gain[edge])
        elif start:
            (i, j), (stop, last) = start, end
            at, to = rows.start, columns.start
            yield _Found(Span(at + i, at + stop), Span(to + j, to + last), odds)
            start, odds = None, 0.0


def _band(evidence: Evidence, rows: Span, columns: Span) -> Band:
    if len(rows) * len(columns) <= _WHOLE:
        return Band.of(np.zeros(len(rows) + 1, np.int64), np.full(len(rows) + 1, len(columns)))
    left = evidence.source.spans.vectors(1, np.arange(*rows))
    return find_band(left, evidence.target.spans.vectors(1, np.arange(*columns)), _MARGIN)


def _gains(evidence: Evidence, lattice: Lattice, score: Doubles, weights: Weights) -> Doubles:
    """Give what each bead adds to leaving its segments alone in their runs; nothing for null beads."""
    gain = np.where(lattice.kind == MATCH, score, 0.0)
    null_weights = [weights.lattice[LATTICE_FEATURES.index(name)] for name in NULL_FEATURES]
    sides = zip((lattice.i, lattice.j), null_features(evidence), weights.extensions, strict=True)
    match = lattice.kind == MATCH
    for place, features, extension in sides:
        alone = np.concatenate([[0.0], np.cumsum(features @ null_weights + extension)])
        gain[match] -= alone[place[lattice.end[match]]] - alone[place[lattice.start[match]]]
    return gain
