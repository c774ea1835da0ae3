"""The first pass: forward-backward over the whole band with few bead types, to find the cuts worth a closer look."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bialign.aligner.band import Band, Ints
from bialign.aligner.evidence import Evidence
from bialign.aligner.features import SCAN_TYPES, scan_features
from bialign.aligner.lattice import IMPOSSIBLE
from bialign.encode.compute import in_threads

Doubles = NDArray[np.float64]
*_TAKING, _ = SCAN_TYPES  # the beads that take source segments; the last type, 0-1, stays within a row
_ROWS = 1024  # rows prepared at once
_NEVER = -1e3  # log weight of a step that no path takes, yet small enough to be added up and taken off again


def likely_places(evidence: Evidence, weights: Doubles, floor: float) -> tuple[Ints, Doubles]:
    """Give the places of the band whose posterior as a cut is at least `floor`, ends included, and those posteriors."""
    band = evidence.band
    starting = scan_scores(evidence, weights)
    to_place, from_place, total = path_sums(band, starting)
    posterior = np.exp(np.minimum(to_place + from_place - total, 0))
    posterior[[0, -1]] = 1
    places = np.flatnonzero(posterior >= floor)
    return places, posterior[places]


def scan_scores(evidence: Evidence, weights: Doubles) -> Doubles:
    """Give (types, cells) scores of the beads of SCAN_TYPES that start at each place."""
    scores = np.full((len(SCAN_TYPES), evidence.band.cells), IMPOSSIBLE)
    factors = weights.astype(np.float32)

    def work(t: int) -> None:
        where, features = scan_features(evidence, *SCAN_TYPES[t])
        scores[t, where] = features @ factors

    in_threads(work, range(len(SCAN_TYPES)))
    return scores


def path_sums(band: Band, starting: Doubles) -> tuple[Doubles, Doubles, float]:
    """Compute for each place the log sums of the paths to it and from it, and the log sum of all paths."""
    # the paths from a place are the paths to it in the band turned upside down: both are followed in the same steps
    most = int(band.hi[-1])
    turned = Band.of(most - band.hi[::-1], most - band.lo[::-1])
    total = np.full(2 * band.cells + 2, IMPOSSIBLE)
    total[-1] = 0.0  # the path of no beads; the one before it stands for places that none leads to
    lanes = (_Lane(band, _to_ends(band, starting), 0), _Lane(turned, starting[:, ::-1], band.cells))
    for begin in range(0, len(band.lo), _ROWS):
        _advance(total, lanes, begin, min(len(band.lo), begin + _ROWS))
    return total[: band.cells], total[band.cells : -2][::-1], float(total[band.cells - 1])


def _to_ends(band: Band, starting: Doubles) -> Doubles:
    """Move the scores of beads from the places where they start to those where they end."""
    ending = np.full_like(starting, IMPOSSIBLE)
    i, j = band.places()
    for t, (k, m) in enumerate(SCAN_TYPES):
        end = band.index(i + k, j + m)
        ending[t, end[end >= 0]] = starting[t, end >= 0]
    return ending


class _Lane(NamedTuple):
    """Hold a band, the scores ``ending[t, c]`` of the beads that end at its places, and where its sums are kept."""

    band: Band
    ending: Doubles
    at: int

    def steps(self, begin: int, stop: int) -> tuple[Ints, Doubles, Doubles]:
        """Prepare the rows begin .. stop - 1, one after the other.

        Returns for each place where the beads of _TAKING that end there start, as positions among the sums; their
        scores; and its drift: the score of the 0-1 beads that lead to it from the beginning of its row.
        """
        band = self.band
        low, high = int(band.offsets[begin]), int(band.offsets[stop])
        i = np.repeat(np.arange(begin, stop), np.diff(band.offsets[begin : stop + 1]))
        j = np.arange(low, high) - band.offsets[i] + band.lo[i]
        start = np.stack([band.index(i - k, j - m) for k, m in _TAKING])
        start = np.where(start >= 0, start + self.at, -2)
        step = np.maximum(self.ending[-1, low:high], _NEVER)
        first = band.offsets[begin:stop] - low
        step[first] = 0
        drift = np.cumsum(step)
        drift -= drift[first][i - begin]
        score = self.ending[:-1, low:high].copy()
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
