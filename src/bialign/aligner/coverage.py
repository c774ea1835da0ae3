"""Coverage: does every segment of a bead have its words in the other side, and does the bead need each of them?

A segment that was left out of the translation is easily swallowed by its neighbour's bead: the cosine hardly falls. But
then few words of the other side have their best partner in it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bialign.aligner.band import Floats, Ints
from bialign.aligner.partners import Partners

COVERAGE_FEATURES = (
    "cover",  # mean over the segments of their words' best cosines with the other side
    "cover least",  # the same of the segment that is covered worst
    "needed",  # what the other side's words would lose without the segment they need least
    "claim",  # log of the share of the other side's words that this segment has the best partner of, to a fair share
    "cover least of many",  # as "cover least", where the bead has more than two segments
    "claim least",  # that smallest share itself
)
_SMOOTHING = 0.02
Doubles = NDArray[np.float64]


def coverage_features(partners: Partners, k: int, m: int, i: Ints, j: Ints) -> Floats:
    """Compute (len(COVERAGE_FEATURES), len(i)) features of the k-m beads at (i, j), k and m at least 1."""
    out = np.zeros((len(COVERAGE_FEATURES), len(i)), np.float32)
    known = np.ones(len(i), bool)
    for side, place, count in ((partners.source, i, k), (partners.target, j, m)):
        for step in range(count):
            known &= side.compared[place + step]
    at = np.flatnonzero(known)
    if not len(at):
        return out
    i, j = i[at], j[at]
    bead, token = partners.source.tokens(i, i + k)
    segment = partners.source.segments[token]
    cosines = [partners.of_source(token, segment, j[bead] + step) for step in range(m)]
    source_cover, source_weight, target_claims = _weigh(
        bead * k + segment - i[bead], bead, partners.source.weights[token], cosines, (len(i), k)
    )
    bead, token = partners.target.tokens(j, j + m)
    segment = partners.target.segments[token]
    cosines = [partners.of_target(token, i[bead] + step) for step in range(k)]
    target_cover, target_weight, source_claims = _weigh(
        bead * m + segment - j[bead], bead, partners.target.weights[token], cosines, (len(i), m)
    )
    cover = np.hstack([source_cover, target_cover])
    out[0, at] = cover.sum(axis=1) / 2
    out[1, at] = cover.min(axis=1)
    if k + m > 2:
        sides = [(k, source_claims, source_weight), (m, target_claims, target_weight)]
        needed, claim, share = zip(
            *(_least(*claims, weight) for count, claims, weight in sides if count > 1), strict=True
        )
        for row, values in ((2, needed), (3, claim), (5, share)):
            out[row, at] = np.minimum.reduce(values)
        out[4, at] = out[1, at]
    return out


def _weigh(
    member: Ints, bead: Ints, weight: Floats, cosines: list[Floats], shape: tuple[int, int]
) -> tuple[Doubles, Doubles, tuple[Doubles, Doubles]]:
    """Sum up one side's tokens, given their cosines with each segment of the other side.

    Returns (beads, own segments) how well each segment is covered and its weight; and (beads, other segments) twice:
    what this side's words would lose without that segment, and the share of them that have their best partner there.
    """
    best, second = cosines[0], np.zeros_like(cosines[0])
    winner = np.zeros(len(best), np.int64)
    for step, value in enumerate(cosines[1:], 1):
        ahead = value > best
        second = np.maximum(second, np.where(ahead, best, value))
        best = np.where(ahead, value, best)
        winner[ahead] = step
    size, others = shape[0], len(cosines)
    own = np.bincount(member, weight, minlength=size * shape[1]).reshape(shape).astype(np.float64)
    cover = np.bincount(member, weight * best, minlength=size * shape[1]).reshape(shape) / np.maximum(own, 1e-6)
    total = np.maximum(own.sum(axis=1, keepdims=True), 1e-6)
    claimed = bead * others + winner
    lost = np.bincount(claimed, weight * (best - second), minlength=size * others).reshape(size, others) / total
    share = np.bincount(claimed, weight, minlength=size * others).reshape(size, others) / total
    return cover, own, (lost, share)


def _least(lost: Doubles, share: Doubles, weight: Doubles) -> tuple[Doubles, Doubles, Doubles]:
    """Give the smallest loss, the smallest log of share to fair share, and the smallest share of each bead's side."""
    fair = weight / np.maximum(weight.sum(axis=1, keepdims=True), 1e-6)
    ratio = np.log((share + _SMOOTHING) / (fair + _SMOOTHING))
    return lost.min(axis=1), ratio.min(axis=1), share.min(axis=1)
