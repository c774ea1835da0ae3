"""What a bead was chosen against: the beads that contradict it, the best path through one of them, and the difference.

The difference of two paths over the same stretch is a sum over features, by groups that a reader knows. A new feature
belongs to the group with the longest entry its name begins with.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bialign.aligner.features import LATTICE_FEATURES
from bialign.aligner.lattice import MATCH, SOURCE_NULL, Lattice, best_path
from bialign.aligner.weights import Weights

if TYPE_CHECKING:
    from bialign.aligner.align import Decoded

GROUPS = {
    "meaning": ("cosine", "margin", "rival", "gain", "loss", "split"),
    "length": ("length", "ratio"),
    "words": ("cover", "claim", "needed"),
    "numbers": ("numbers",),
    "cuts": ("leak", "cut"),
    "kind": ("type", "size", "smaller side", "larger side"),
    "nulls": ("null", "extend"),
    "paragraphs": ("border",),
}
"""What features are about, by the beginnings of their names."""

_REACH = 24  # segments around a bead within which what contradicts it is looked for
_MARGIN = 2  # beads of the path on each side of another bead within which the other path must be back on it


@cache
def group_of(feature: str) -> str:
    """Name the group of a feature; KeyError for one that belongs to none."""
    entries = {entry: group for group, entries in GROUPS.items() for entry in entries}
    return entries[max((entry for entry in entries if feature.startswith(entry)), key=len, default="")]


@dataclass(frozen=True, slots=True)
class Contrast:
    """Hold another bead that could stand instead of one of the path, and what that would mean.

    `own` and `other`: the edges of both paths where they differ; `gains`: by group, how much the own path's score (a
    log weight) is above the other's.
    """

    edge: int
    probability: float
    own: tuple[int, ...]
    other: tuple[int, ...]
    gains: dict[str, float]


def contrasts(decoded: Decoded, weights: Weights, position: int, least: float, most: int) -> list[Contrast]:
    """Give the strongest alternatives to bead `position` of the path, `most` at most, of probability `least` at least.

    Beads that lie on one and the same other path count once, with the strongest of them.
    """
    edge = decoded.path[position]
    rivals = contradicting(decoded.lattice, edge)
    strengths = _strengths(decoded, edge, rivals)
    found: list[Contrast] = []
    for n in np.argsort(-strengths, kind="stable")[: 4 * most].tolist():
        rival, probability = int(rivals[n]), float(strengths[n])
        if probability < least or len(found) == most:
            break
        if any(_alike(decoded, rival, other) for contrast in found for other in contrast.other):
            continue
        own, other = _paths(decoded, weights, rival)
        if edge in own:
            gains = path_gains(decoded, weights, own)
            for group, value in path_gains(decoded, weights, other).items():
                gains[group] -= value
            found.append(Contrast(rival, probability, tuple(own), tuple(other), gains))
    return found


def _alike(decoded: Decoded, one: int, other: int) -> bool:
    """Tell whether two edges are one bead; null beads of the same segment are, wherever they stand."""
    first, second = decoded.bead(one), decoded.bead(other)
    sides = [(first.source, second.source), (first.target, second.target)]
    return all(a == b or not (a or b) for a, b in sides)


def _strengths(decoded: Decoded, edge: int, rivals: NDArray[np.int64]) -> NDArray[np.float64]:
    """Give the probabilities of edges that contradict one; of a null edge wherever its segment, if the bead's, stands.

    A segment of the bead that stands alone contradicts it at any place, others only where they stand.
    """
    place = decoded.lattice
    start, end = place.start[rivals], place.end[rivals]
    within = (place.i[start] >= place.i[place.start[edge]]) & (place.i[end] <= place.i[place.end[edge]])
    within_target = (place.j[start] >= place.j[place.start[edge]]) & (place.j[end] <= place.j[place.end[edge]])
    kind = place.kind[rivals]
    own = np.where(kind == SOURCE_NULL, within, np.where(kind == MATCH, False, within_target))
    return np.asarray(np.where(own, decoded.probability[rivals], decoded.posterior[rivals]))


def contradicting(lattice: Lattice, edge: int) -> NDArray[np.int64]:
    """Give the edges near an edge that no path can hold together with it.

    A null edge says that its segment has no counterpart, wherever it stands: only matches of it contradict that.
    """
    low, high = lattice.i[lattice.start[edge]] - _REACH, lattice.i[lattice.end[edge]] + _REACH
    nodes = np.searchsorted(lattice.i, [low, high + 1])
    first, last = np.searchsorted(lattice.end, nodes)
    near = np.arange(first, last)
    kind = int(lattice.kind[edge])
    if kind == MATCH:
        return near[~_compatible(lattice, near, edge)]
    place = lattice.i if kind == SOURCE_NULL else lattice.j
    segment = place[lattice.start[edge]]
    holds = (place[lattice.start[near]] <= segment) & (place[lattice.end[near]] > segment)
    return np.asarray(near[holds & (lattice.kind[near] == MATCH)])


def _compatible(lattice: Lattice, edges: NDArray[np.int64], edge: int) -> NDArray[np.bool_]:
    """Tell which edges lie wholly before or wholly after an edge; the edge itself counts as compatible."""
    i, j, start, end = lattice.i, lattice.j, lattice.start[edges], lattice.end[edges]
    from_node, to_node = lattice.start[edge], lattice.end[edge]
    before = (i[end] <= i[from_node]) & (j[end] <= j[from_node])
    after = (i[start] >= i[to_node]) & (j[start] >= j[to_node])
    return np.asarray(before | after | (edges == edge))


def _paths(decoded: Decoded, weights: Weights, rival: int) -> tuple[list[int], list[int]]:
    """Give the edges of the path and of the best path through `rival`, over the stretch where they differ."""
    lattice, path = decoded.lattice, decoded.path
    kind = lattice.kind
    nodes = np.append(lattice.start[path], lattice.end[path[-1]])
    i, j = lattice.i[nodes], lattice.j[nodes]
    low, high = lattice.start[rival], lattice.end[rival]
    first = int(np.flatnonzero((i <= lattice.i[low]) & (j <= lattice.j[low]))[-1])
    last = int(np.flatnonzero((i >= lattice.i[high]) & (j >= lattice.j[high]))[0])
    first, last = max(first - _MARGIN, 0), min(last + _MARGIN, len(path))
    # a stretch begins after a match and ends before one, so that no run of nulls is cut in two
    while first and kind[path[first - 1]] != MATCH:
        first -= 1
    while last < len(path) and kind[path[last]] != MATCH:
        last += 1
    own, other = path[first:last], _best_through(decoded, weights, rival, (int(nodes[first]), int(nodes[last])))
    while own and other and own[0] == other[0]:
        own, other = own[1:], other[1:]
    while own and other and own[-1] == other[-1]:
        own, other = own[:-1], other[:-1]
    return own, other


def _best_through(decoded: Decoded, weights: Weights, rival: int, ends: tuple[int, int]) -> list[int]:
    """Give the best path through an edge between two nodes."""
    lattice = decoded.lattice
    (i, stop_i), (j, stop_j) = ((int(place[ends[0]]), int(place[ends[1]])) for place in (lattice.i, lattice.j))
    first, last = np.searchsorted(lattice.end, [ends[0], ends[1] + 1])
    edges = np.arange(first, last)
    start, end = lattice.start[edges], lattice.end[edges]
    inside = (lattice.i[start] >= i) & (lattice.j[start] >= j) & (lattice.j[end] <= stop_j) & (lattice.i[end] <= stop_i)
    edges = edges[inside & _compatible(lattice, edges, rival)]
    used = np.unique(np.concatenate([[ends[0], ends[1]], lattice.start[edges], lattice.end[edges]]))
    part = Lattice(
        lattice.i[used],
        lattice.j[used],
        np.searchsorted(used, lattice.start[edges]),
        np.searchsorted(used, lattice.end[edges]),
        lattice.source_size[edges],
        lattice.target_size[edges],
    )
    score = decoded.features[edges].astype(np.float64) @ weights.lattice
    return [int(edges[n]) for n in best_path(part, score, part.null_extension(weights.extensions))]


def path_gains(decoded: Decoded, weights: Weights, edges: Sequence[int]) -> dict[str, float]:
    """Add up the weighted features of consecutive beads by group."""
    parts = decoded.features[list(edges)].sum(axis=0) * weights.lattice
    gains = dict.fromkeys(GROUPS, 0.0)
    for feature, value in zip(LATTICE_FEATURES, parts.tolist(), strict=True):
        gains[group_of(feature)] += value
    kinds = decoded.lattice.kind[list(edges)].tolist()
    for before, kind in itertools.pairwise(kinds):
        if kind == before != MATCH:
            gains["nulls"] += float(weights.extensions[0 if kind == SOURCE_NULL else 1])
    return gains
