"""The first pass: forward-backward over the whole band with few bead types, to find the cuts worth a closer look."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bialign.aligner.band import Band, Ints
from bialign.aligner.constraints import Rules
from bialign.aligner.evidence import Evidence
from bialign.aligner.features import SCAN_TYPES, scan_features
from bialign.aligner.lattice import IMPOSSIBLE
from bialign.encode.compute import in_threads

Doubles = NDArray[np.float64]
Scores = NDArray[np.floating[Any]]
*_TAKING, _ = SCAN_TYPES  # the beads that take source segments; the last type, 0-1, stays within a row
_PLACES = 10  # for a segment of either text; what is clear needs about one
_ROWS = 1024  # rows prepared at once
_CELLS = 32_768  # places scored at once
_NEVER = -1e6  # log weight of a step that no path takes, yet small enough to be added up and taken off again


def likely_places(
    evidence: Evidence, weights: Doubles, floor: float, rules: Rules | None = None
) -> tuple[Ints, Doubles]:
    """Give the places of the band whose posterior as a cut is at least `floor`, ends included, and those posteriors.

    Where nothing is likely, as between texts that do not translate each other, only the likeliest are given.
    """
    band = evidence.band
    starting = scan_scores(evidence, weights)
    if rules:
        _constrain(starting, band, rules)
    to_place, from_place, total = path_sums(band, starting)
    posterior = np.exp(np.minimum(to_place + from_place - total, 0))
    posterior[[0, -1]] = 1
    most = _PLACES * (len(evidence.source) + len(evidence.target))
    if np.count_nonzero(posterior >= floor) > most:
        # a lower floor, asked for where no path was left, still gives more
        floor = min(float(np.partition(posterior, -most)[-most]), floor ** (1 / 4))
    places = np.flatnonzero(posterior >= floor)
    return places, posterior[places]


def scan_scores(evidence: Evidence, weights: Doubles) -> Scores:
    """Give (types, cells) scores of the beads of SCAN_TYPES that start at each place."""
    cells = evidence.band.cells
    scores = np.empty((len(SCAN_TYPES), cells), np.float32)
    factors = weights.astype(np.float32)

    def work(begin: int) -> None:
        part = slice(begin, min(cells, begin + _CELLS))
        scores[:, part] = IMPOSSIBLE
        for t, (k, m) in enumerate(SCAN_TYPES):
            where, features = scan_features(evidence, k, m, part)
            scores[t, where] = features @ factors

    in_threads(work, range(0, cells, _CELLS))
    return scores


def _constrain(starting: Scores, band: Band, rules: Rules) -> None:
    """Take out the beads that the rules do not allow, and let null beads lead through confirmed beads, at no cost."""
    i, j = band.places()
    for t, (k, m) in enumerate(SCAN_TYPES):
        where = np.flatnonzero(band.index(i + k, j + m) >= 0)
        bead = i[where], j[where], i[where] + k, j[where] + m
        starting[t, where[~rules.allow(*bead)]] = IMPOSSIBLE
        if k + m == 1:
            starting[t, where[rules.inside(*bead)]] = 0.0


def path_sums(band: Band, starting: Scores) -> tuple[Doubles, Doubles, float]:
    """Compute for each place the log sums of the paths to it and from it, and the log sum of all paths.

    ``starting[t, c]`` scores the bead of type t that starts at place c.
    """
    # the paths from a place are the paths to it in the band turned upside down: both are followed in the same steps
    most = int(band.hi[-1])
    turned = Band.of(most - band.hi[::-1], most - band.lo[::-1])
    total = np.full(2 * band.cells + 2, IMPOSSIBLE)
    total[-1] = 0.0  # the path of no beads; the one before it stands for places that none leads to
    lanes = (_Lane(band, starting, 0, turned=False), _Lane(turned, starting[:, ::-1], band.cells, turned=True))
    for begin in range(0, len(band.lo), _ROWS):
        _advance(total, lanes, begin, min(len(band.lo), begin + _ROWS))
    return total[: band.cells], total[band.cells : -2][::-1], float(total[band.cells - 1])


class _Lane(NamedTuple):
    """Hold a band, the scores of the beads that start at its places - or, `turned`, end there - and where sums go."""

    band: Band
    scores: Scores
    at: int
    turned: bool

    def steps(self, begin: int, stop: int) -> tuple[Ints, Doubles, Doubles]:
        """Prepare the rows begin .. stop - 1, one after the other.

        Returns for each place where the beads of _TAKING that end there start, as positions among the sums; their
        scores; and its drift: the score of the 0-1 beads that lead to it from the beginning of its row.
        """
        band = self.band
        low, high = int(band.offsets[begin]), int(band.offsets[stop])
        i, j = band.places(low, high)
        start = np.stack([band.index(i - k, j - m) for k, m in _TAKING])
        if self.turned:
            score, step = self.scores[:-1, low:high].astype(np.float64), self.scores[-1, low:high]
        else:
            score = np.take_along_axis(self.scores[:-1], np.maximum(start, 0), axis=1).astype(np.float64)
            step = self.scores[-1].take(np.arange(low - 1, high - 1), mode="clip")
        start = np.where(start >= 0, start + self.at, -2)
        steps = np.maximum(step.astype(np.float64), _NEVER)
        first = band.offsets[begin:stop] - low
        steps[first] = 0
        drift = np.cumsum(steps)
        drift -= drift[first][i - begin]
        if begin == 0:
            start[0, 0], score[0, 0] = -1, 0
        return start, score, drift


def _advance(total: Doubles, lanes: tuple[_Lane, _Lane], begin: int, stop: int) -> None:
    """Extend the log sums of all paths by the rows begin .. stop - 1, a row of each lane at a time."""
    edges = [(lane.band.offsets[begin : stop + 1]).tolist() for lane in lanes]
    row = np.concatenate([np.repeat(np.arange(stop - begin), np.diff(own)) for own in edges])
    order = np.argsort(row, kind="stable")
    prepared = zip(*(lane.steps(begin, stop) for lane in lanes), strict=True)
    start, score, drift = (np.concatenate(parts, axis=-1)[..., order] for parts in prepared)
    at = 0
    for step in range(stop - begin):
        middle = at + edges[0][step + 1] - edges[0][step]
        last = middle + edges[1][step + 1] - edges[1][step]
        reached = total.take(start[:, at:last])
        reached += score[:, at:last]
        summed = np.logaddexp.reduce(reached, axis=0)
        summed -= drift[at:last]
        for lane, own, a, b in zip(lanes, edges, (at, middle), (middle, last), strict=True):
            out = total[lane.at + own[step] : lane.at + own[step + 1]]
            np.logaddexp.accumulate(summed[a - at : b - at], out=out)
            out += drift[a:b]
        at = last
