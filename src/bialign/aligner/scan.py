"""The first pass: forward-backward over the whole band with few bead types, to find the cuts worth a closer look."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bialign.aligner.band import Band, Ints
from bialign.aligner.constraints import Rules
from bialign.aligner.evidence import Evidence
from bialign.aligner.features import SCAN_TYPES, scan_features
from bialign.aligner.lattice import IMPOSSIBLE

Doubles = NDArray[np.float64]
_NEVER = -1e6  # log weight of a step that no path takes, yet small enough to be added up and taken off again


def likely_places(
    evidence: Evidence, weights: Doubles, floor: float, rules: Rules | None = None
) -> tuple[Ints, Doubles]:
    """Give the places of the band whose posterior as a cut is at least `floor`, ends included, and those posteriors."""
    band = evidence.band
    starting = scan_scores(evidence, weights)
    if rules:
        _constrain(starting, band, rules)
    to_place, from_place, total = path_sums(band, starting)
    posterior = np.exp(np.minimum(to_place + from_place - total, 0))
    posterior[[0, -1]] = 1
    places = np.flatnonzero(posterior >= floor)
    return places, posterior[places]


def scan_scores(evidence: Evidence, weights: Doubles) -> Doubles:
    """Give (types, cells) scores of the beads of SCAN_TYPES that start at each place."""
    scores = np.full((len(SCAN_TYPES), evidence.band.cells), IMPOSSIBLE)
    for t, (k, m) in enumerate(SCAN_TYPES):
        where, features = scan_features(evidence, k, m)
        scores[t, where] = features @ weights.astype(np.float32)
    return scores


def _constrain(starting: Doubles, band: Band, rules: Rules) -> None:
    """Take out the beads that the rules do not allow, and let null beads lead through confirmed beads, at no cost."""
    i, j = band.places()
    for t, (k, m) in enumerate(SCAN_TYPES):
        where = np.flatnonzero(band.index(i + k, j + m) >= 0)
        bead = i[where], j[where], i[where] + k, j[where] + m
        starting[t, where[~rules.allow(*bead)]] = IMPOSSIBLE
        if k + m == 1:
            starting[t, where[rules.inside(*bead)]] = 0.0


def path_sums(band: Band, starting: Doubles) -> tuple[Doubles, Doubles, float]:
    """Compute for each place the log sums of the paths to it and from it, and the log sum of all paths."""
    ending = np.full_like(starting, IMPOSSIBLE)
    i, j = band.places()
    for t, (k, m) in enumerate(SCAN_TYPES):
        end = band.index(i + k, j + m)
        ending[t, end[end >= 0]] = starting[t, end >= 0]
    to_place = _forward(band, ending)
    # the paths from a place are the paths to it in the band turned upside down
    most = int(band.hi[-1])
    turned = Band.of(most - band.hi[::-1], most - band.lo[::-1])
    from_place = _forward(turned, starting[:, ::-1])[::-1]
    return to_place, from_place, float(to_place[-1])


def _forward(band: Band, ending: Doubles) -> Doubles:
    """Give the log sum of all paths from the first place to each; ``ending[t, c]`` scores the bead ending at c."""
    lo, hi, offsets = band.lo.tolist(), band.hi.tolist(), band.offsets.tolist()
    total = np.full(band.cells, IMPOSSIBLE)
    *taking, _ = SCAN_TYPES  # the last, 0-1, stays within a row
    for i, (first, last, base) in enumerate(zip(lo, hi, offsets, strict=False)):
        row = np.full((len(taking), last - first + 1), IMPOSSIBLE)
        if i == 0:
            row[0, 0] = 0.0
        for t, (k, m) in enumerate(taking):
            if i < k:
                continue
            above = i - k
            a, b = max(first, lo[above] + m), min(last, hi[above] + m)  # ends of beads that start in that row
            if a <= b:
                begin = offsets[above] + a - m - lo[above]
                np.add(
                    total[begin : begin + b - a + 1],
                    ending[t, base + a - first : base + b - first + 1],
                    out=row[t, a - first : b - first + 1],
                )
        reached = np.logaddexp.reduce(row, axis=0)
        step = np.maximum(ending[-1, base : base + last - first + 1], _NEVER)
        step[0] = 0.0
        drift = np.cumsum(step)
        total[base : base + last - first + 1] = np.logaddexp.accumulate(reached - drift) + drift
    return total
