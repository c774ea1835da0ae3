"""The second pass: a lattice of the cut places that survived the first, with every bead between two of them.

A path through the lattice is an alignment; its weight is exp of the sum of its beads' scores. Runs of null beads have
an opening and an extension (Gotoh 1982), so each node keeps three sums: of the paths whose last bead was a match, a
source null, or a target null. Forward and backward sums give each bead's posterior; the best path is Viterbi's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log

import numpy as np
from numpy.typing import NDArray

from bialign.aligner.band import Band, Ints
from bialign.aligner.constraints import Rules

IMPOSSIBLE = -1e30
Doubles = NDArray[np.float64]
MATCH, SOURCE_NULL, TARGET_NULL = 0, 1, 2
LONGEST_SPAN, MOST = 8, 7  # segments on one side of a bead; and on both together, unless one side has only one
BEAD_TYPES = tuple(
    (k, m)
    for k in range(1, LONGEST_SPAN + 1)
    for m in range(1, LONGEST_SPAN + 1)
    if k + m <= MOST or (min(k, m) == 1 and max(k, m) <= LONGEST_SPAN)
)


@dataclass(frozen=True, slots=True)
class Lattice:
    """Hold nodes (i, j), in lexicographic order, and edges (start, end: nodes), ordered by `end`.

    `source_size` and `target_size` are the segments that an edge's bead takes from each side.
    """

    i: Ints
    j: Ints
    start: Ints
    end: Ints
    source_size: Ints
    target_size: Ints

    @classmethod
    def of(cls, band: Band, places: Ints, rules: Rules | None = None) -> Lattice:
        """Connect the given places of the band (ascending positions) by beads of all types and single null beads.

        With `rules`, only beads that these allow, and the confirmed ones, of whatever size.
        """
        i_of, j_of = band.places()
        i, j = i_of[places], j_of[places]
        node_at = np.full(band.cells + 1, -1)
        node_at[places] = np.arange(len(places))  # the last entry stays -1, for places outside the band
        parts = []
        for k, m in (*BEAD_TYPES, (1, 0), (0, 1)):
            end = node_at[band.index(i + k, j + m)]
            start = np.flatnonzero(end >= 0)
            if rules:
                start = start[rules.allow(i[start], j[start], i[start] + k, j[start] + m)]
            parts.append((start, end[start], np.full(len(start), k), np.full(len(start), m)))
        if rules and rules.confirmed:
            parts.append(_confirmed_edges(band, node_at, rules))
        start, end, source_size, target_size = (np.concatenate(column) for column in zip(*parts, strict=True))
        order = np.argsort(end, kind="stable")
        return cls(i, j, start[order], end[order], source_size[order], target_size[order])

    @property
    def kind(self) -> Ints:
        """Tell for each edge whether it is a match, a source null or a target null."""
        return np.where(self.target_size == 0, SOURCE_NULL, np.where(self.source_size == 0, TARGET_NULL, MATCH))

    def null_extension(self, extensions: Doubles) -> Doubles:
        """Give each edge's extra score for continuing a run of nulls, from that of a source and of a target null."""
        extra = np.zeros(3)
        extra[[SOURCE_NULL, TARGET_NULL]] = extensions
        return np.asarray(extra[self.kind])

    def without(self, edges: NDArray[np.bool_]) -> Lattice:
        """Give the lattice without the marked edges."""
        kept = ~edges
        return Lattice(self.i, self.j, self.start[kept], self.end[kept], self.source_size[kept], self.target_size[kept])


def _confirmed_edges(band: Band, node_at: Ints, rules: Rules) -> tuple[Ints, Ints, Ints, Ints]:
    rows = np.array([(*bead.source, *bead.target) for bead in rules.confirmed])
    i, stop, j, last = rows.T
    start, end = node_at[band.index(i, j)], node_at[band.index(stop, last)]
    allowed = rules.allow_places(i, j) & rules.allow_places(stop, last) & (start >= 0) & (end >= 0)
    columns = (start, end, stop - i, last - j)
    return tuple(column[allowed] for column in columns)  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class Sums:
    """Hold the outcome of forward-backward: the log of the sum over all paths, and each edge's posterior.

    `extending` is the part of a null edge's posterior that comes from paths where it continues a run.
    """

    total: float
    posterior: Doubles
    extending: Doubles


def forward_backward(lattice: Lattice, score: Doubles, extension: Doubles) -> Sums:
    """Compute every edge's posterior; `extension` is added to a null edge's `score` where it continues a run."""
    kind = lattice.kind
    size = len(lattice.i)
    edges = [kind.tolist(), score.tolist(), extension.tolist()]
    reach = _forward(_grouped(size, lattice.end, lattice.start, edges))
    back = _backward(_grouped(size, lattice.start, lattice.end, edges))
    total = _log_sum(reach[-1].tolist())
    start, end = lattice.start, lattice.end
    before = reach[start]
    all_before = np.logaddexp.reduce(before, axis=1)
    same = before[np.arange(len(start)), kind]
    others = np.logaddexp(before[:, 0], before[np.arange(len(start)), 3 - np.maximum(kind, 1)])
    after = back[end, kind]
    opening = np.where(kind == MATCH, all_before, others) + score + after - total
    continuing = np.where(kind == MATCH, IMPOSSIBLE, same + score + extension + after - total)
    extending = np.exp(np.minimum(continuing, 0))
    return Sums(total, np.minimum(np.exp(np.minimum(opening, 0)) + extending, 1.0), extending)


def null_posterior(lattice: Lattice, posterior: Doubles) -> Doubles:
    """Give the posteriors with those of null edges summed over all places where the same segment stands alone."""
    out = posterior.copy()
    for kind, place in ((SOURCE_NULL, lattice.i), (TARGET_NULL, lattice.j)):
        edges = np.flatnonzero(lattice.kind == kind)
        segment = place[lattice.start[edges]]
        out[edges] = np.bincount(segment, posterior[edges])[segment]
    return out


def _log_sum(values: Sequence[float]) -> float:
    top = max(values)
    if top <= IMPOSSIBLE:
        return IMPOSSIBLE
    return top + log(sum(exp(value - top) for value in values))


Edges = list[list[tuple[int, int, float, float]]]  # for each node: (node at the other end, kind, score, extension)


def _grouped(size: int, node: Ints, other: Ints, columns: list[list[float]]) -> Edges:
    groups: Edges = [[] for _ in range(size)]
    for at, end, kind, score, extra in zip(node.tolist(), other.tolist(), *columns, strict=True):
        groups[at].append((end, kind, score, extra))
    return groups


def _forward(incoming: Edges) -> Doubles:
    """Give (nodes, 3) log sums of the paths from node 0 to each node, by the kind of their last bead."""
    out = [(IMPOSSIBLE, IMPOSSIBLE, IMPOSSIBLE)] * len(incoming)
    totals = [IMPOSSIBLE] * len(incoming)
    for node, edges in enumerate(incoming):
        match = [0.0] if node == 0 else []
        source = target = IMPOSSIBLE
        for other, edge_kind, value, extra in edges:
            if edge_kind == MATCH:
                match.append(totals[other] + value)
                continue
            sums = out[other]
            opening = _pair(sums[MATCH], sums[TARGET_NULL if edge_kind == SOURCE_NULL else SOURCE_NULL])
            reached = _pair(opening, sums[edge_kind] + extra) + value
            if edge_kind == SOURCE_NULL:
                source = reached
            else:
                target = reached
        matched = _log_sum(match) if match else IMPOSSIBLE
        out[node] = (matched, source, target)
        totals[node] = _log_sum((matched, source, target))
    return np.array(out)


def _backward(outgoing: Edges) -> Doubles:
    """Give (nodes, 3) log sums of the paths from each node to the last, by the kind of the bead before the node."""
    out = [(0.0, 0.0, 0.0)] * len(outgoing)
    for node in range(len(outgoing) - 2, -1, -1):
        match: list[float] = []
        source = target = source_more = target_more = IMPOSSIBLE
        for other, edge_kind, value, extra in outgoing[node]:
            after = out[other][edge_kind] + value
            if edge_kind == MATCH:
                match.append(after)
            elif edge_kind == SOURCE_NULL:
                source, source_more = after, after + extra
            else:
                target, target_more = after, after + extra
        matched = _log_sum(match) if match else IMPOSSIBLE
        out[node] = (
            _log_sum((matched, source, target)),
            _log_sum((matched, source_more, target)),
            _log_sum((matched, source, target_more)),
        )
    return np.array(out)


def _pair(a: float, b: float) -> float:
    if a < b:
        a, b = b, a
    return a if b <= IMPOSSIBLE else a + log(1 + exp(b - a))


def best_path(lattice: Lattice, score: Doubles, extension: Doubles) -> list[int]:
    """Give the edges of the best path, in order; empty where no path leads from the first node to the last."""
    size = len(lattice.i)
    best = [[IMPOSSIBLE] * 3 for _ in range(size)]
    best[0][MATCH] = 0.0
    came: list[list[tuple[int, int]]] = [[(-1, -1)] * 3 for _ in range(size)]
    rows = zip(
        lattice.start.tolist(),
        lattice.end.tolist(),
        lattice.kind.tolist(),
        score.tolist(),
        extension.tolist(),
        strict=True,
    )
    for edge, (start, end, kind, value, extra) in enumerate(rows):
        for state, reached in enumerate(best[start]):
            gained = reached + value + (extra if kind != MATCH and kind == state else 0.0)
            if gained > best[end][kind]:
                best[end][kind] = gained
                came[end][kind] = (edge, state)
    node, state = size - 1, max(range(3), key=lambda s: best[-1][s])
    path: list[int] = []
    while node:
        edge, before = came[node][state]
        if edge < 0:
            return []
        path.append(edge)
        node, state = int(lattice.start[edge]), before
    return path[::-1]
