"""Which documents of two sides translate each other, told by what they hold.

Candidates are near as wholes. They are judged by how near each of their sentences has its nearest in the other, above
what it has in the other candidates (what stands in all documents of a kind tells nothing), by the order of these, by
rare numbers and names, and by length; then by how far each is ahead of its rivals on both sides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bialign.mining.candidates import Candidates, lead, one_to_one
from bialign.mining.evidence import probability
from bialign.mining.neighbours import Floats, Index, Ints, neighbours
from bialign.mining.sketches import Sketches

CONTENT = (
    "near",  # mean over the sentences of both of their best cosine in the other
    "nearer",  # the same above what they have in other candidates, of the side where it is less
    "nearer most",  # of the other side
    "whole",  # cosine of the documents as wholes
    "order",  # correlation of the places of sentences with those of their nearest
    "marks",  # share of rare numbers and names that both have
    "no marks",  # where there are none that could tell
    "length",  # absolute log of the length ratio
    "short",  # one by the square root of the sampled sentences of the shorter
)
STANDING = (
    "score",  # what the content says, as log odds
    "lead least",  # above the best rival's, on the side where it is less
    "lead most",
)
_LOOKED_AT = 16  # candidates of each document
_ALONE = -6.0  # log odds that a document with one candidate is held against
_ORDERLY = 10  # sentences from which their order tells something
_MOST_LEAD = 8.0
_BELIEVED = 0.9  # probability from which a pair tells whether names can be believed
_MOST_NAMED = 4.0  # log odds that a name counts at most

Progress = Callable[[float], None]
Weights = Mapping[str, Mapping[str, Any]]


class DocumentPair(NamedTuple):
    """Tell that documents number `source` and `target`, counted from 0, are versions of one text."""

    source: int
    target: int
    probability: float


def pair_sketches(
    source: Sketches,
    target: Sketches,
    *,
    threshold: float = 0.5,
    named: Sequence[tuple[int, int]] = (),
    index: Index = "auto",
    weights: Weights | None = None,
    progress: Progress | None = None,
) -> list[DocumentPair]:
    """Pair documents, each once, with a probability of `threshold` or more; in the order of the source.

    `named` are pairs that names speak for. They count as far as they agree with what is sure by content.
    """
    from bialign.mining.weights import default_weights

    weights = weights or default_weights()
    if not len(source) or not len(target):
        return []
    pairs, table = content(source, target, index=index, progress=progress)
    score = log_odds(table, CONTENT, weights["documents"])
    chance = probability(standing(pairs, score), STANDING, weights["standing"])
    if named:
        score = score + _by_name(pairs, chance, named)
        chance = probability(standing(pairs, score), STANDING, weights["standing"])
    found = [
        DocumentPair(int(pairs.source[n]), int(pairs.target[n]), round(float(chance[n]), 4))
        for n in one_to_one(pairs, chance, threshold).tolist()
    ]
    return sorted(found)


def content(
    source: Sketches, target: Sketches, *, index: Index = "auto", progress: Progress | None = None
) -> tuple[Candidates, Floats]:
    """Give the candidates and (candidates, len(CONTENT)) features of each."""
    pairs = _candidates(source, target, index)
    near = [np.zeros((len(pairs), 2), np.float32), np.zeros((len(pairs), 2), np.float32)]
    order = np.zeros(len(pairs), np.float32)
    # all candidates of one document together, from both sides, so that each sentence has something to stand out from
    for side, (own, others) in enumerate(((source, target), (target, source))):
        mine, theirs = (pairs.source, pairs.target) if side == 0 else (pairs.target, pairs.source)
        for share, group in _groups(mine):
            vectors = own.vectors(int(mine[group[0]]))
            best, places = _nearest(vectors, [others.vectors(int(number)) for number in theirs[group].tolist()])
            near[side][group, 0] = best.mean(axis=1) if vectors.size else 0
            near[side][group, 1] = _above(best)
            order[group] += [_orderly(each) / 2 for each in places]
            if progress:
                progress((side + share) / 2)
    above = near[0][:, 1], near[1][:, 1]
    marks, bare = _marks(source, target, pairs)
    columns = (
        (near[0][:, 0] + near[1][:, 0]) / 2,
        np.minimum(*above),
        np.maximum(*above),
        pairs.cosine,
        order,
        marks,
        bare,
        _lengths(source, target, pairs),
        1 / np.sqrt(np.minimum(_of(source.sizes, pairs.source), _of(target.sizes, pairs.target)).clip(1)),
    )
    return pairs, np.stack(columns, axis=1).astype(np.float32)


def log_odds(table: Floats, names: Sequence[str], weights: Mapping[str, float]) -> Floats:
    """Give the log odds of each row of features."""
    chance = probability(table, names, weights).astype(np.float64)
    return np.asarray(np.log(chance + 1e-9) - np.log(1 - chance + 1e-9), np.float32)


def standing(pairs: Candidates, score: Floats) -> Floats:
    """Compute (candidates, len(STANDING)) features of how each stands among its rivals."""
    leads = [np.clip(lead(item, score, _ALONE), -_MOST_LEAD, _MOST_LEAD) for item in (pairs.source, pairs.target)]
    return np.stack([score, np.minimum(*leads), np.maximum(*leads)], axis=1)


def _candidates(source: Sketches, target: Sketches, index: Index) -> Candidates:
    left, right = source.whole(), target.whole()
    forward, backward = neighbours(left, right, _LOOKED_AT, index=index)
    width = len(target)
    rows = np.repeat(np.arange(len(source)), forward.place.shape[1])
    columns = np.repeat(np.arange(width), backward.place.shape[1])
    keys = np.unique(
        np.concatenate([(rows * width + forward.place.ravel())[forward.place.ravel() >= 0],
                        (backward.place.ravel() * width + columns)[backward.place.ravel() >= 0]])
    )  # fmt: skip
    rows, columns = keys // width, keys % width
    cosine = np.einsum("ij,ij->i", left[rows], right[columns], dtype=np.float32)
    return Candidates(rows, columns, cosine, np.zeros(len(keys), np.float32))


def _groups(item: Ints) -> list[tuple[float, Ints]]:
    order = np.argsort(item, kind="stable")
    edges = np.flatnonzero(np.diff(item[order], prepend=-1))[1:]
    return [((number + 1) / (len(edges) + 1), group) for number, group in enumerate(np.split(order, edges))]


def _nearest(vectors: Floats, others: Sequence[Floats]) -> tuple[Floats, list[Ints]]:
    """Give for each other document the best cosine of each vector (others, vectors), and where it is."""
    best, places = np.zeros((len(others), len(vectors)), np.float32), []
    for number, other in enumerate(others):
        if len(vectors) and len(other):
            product = vectors @ other.T
            best[number] = product.max(axis=1)
            places.append(product.argmax(axis=1))
        else:
            places.append(np.zeros(0, np.int64))
    return best, places


def _above(best: Floats) -> Floats:
    """Give how far each document's sentences are nearer to one candidate than to the others' best, on the mean.

    A sentence that the other candidates have as well counts nothing.
    """
    if not best.size:
        return np.zeros(len(best), np.float32)
    if len(best) == 1:
        return np.asarray((best - np.float32(0.5)).mean(axis=1), np.float32)
    first = best.argmax(axis=0)
    ranked = np.sort(best, axis=0)
    rival = np.where(np.arange(len(best))[:, None] == first[None, :], ranked[-2], ranked[-1])
    return np.asarray((best - rival).mean(axis=1), np.float32)


def _orderly(places: Ints) -> float:
    if len(places) < 3 or len(np.unique(places)) < 2:
        return 0.0
    found = float(np.corrcoef(places, np.arange(len(places)))[0, 1])
    return found * min(1.0, (len(places) - 1) / _ORDERLY)


def _marks(source: Sketches, target: Sketches, pairs: Candidates) -> tuple[Floats, Floats]:
    """Give the share of marks that both have, the rare counting most, and whether there are none."""
    both = [*source.marks, *target.marks]
    known, count = np.unique(np.concatenate(both), return_counts=True)
    weight = np.log(1 + len(both) / count)
    shared, bare = np.zeros(len(pairs), np.float32), np.zeros(len(pairs), np.float32)
    for number, (i, j) in enumerate(zip(pairs.source.tolist(), pairs.target.tolist(), strict=True)):
        left, right = source.marks[i], target.marks[j]
        if not len(left) or not len(right):
            bare[number] = 1
            continue
        common = np.intersect1d(left, right, assume_unique=True)
        sums = [float(weight[np.searchsorted(known, each)].sum()) for each in (common, left, right)]
        shared[number] = sums[0] / min(sums[1], sums[2])
    return shared, bare


def _lengths(source: Sketches, target: Sketches, pairs: Candidates) -> Floats:
    ratio = np.log((_of(target.lengths, pairs.target) + 1.0) / (_of(source.lengths, pairs.source) + 1.0))
    # Spanish is a little longer than English: what is usual is seen in the candidates themselves
    return np.asarray(np.minimum(np.abs(ratio - np.clip(np.median(ratio), -0.3, 0.3)), 2), np.float32)


def _of(values: Sequence[int], which: Ints) -> NDArray[np.float64]:
    return np.asarray(values, np.float64)[which]


def _by_name(pairs: Candidates, chance: Floats, named: Sequence[tuple[int, int]]) -> Floats:
    """Give what names add to the log odds: as much as they agree with the pairs that content is sure of."""
    partner, other = dict(named), {target: source for source, target in named}
    agreed = differ = 0
    for place in one_to_one(pairs, chance, _BELIEVED).tolist():
        i, j = int(pairs.source[place]), int(pairs.target[place])
        agreed += partner.get(i) == j
        differ += partner.get(i, j) != j or other.get(j, i) != i
    worth = min(_MOST_NAMED, max(0.0, float(np.log((agreed + 1) / (2 * differ + 1)))))
    wanted = set(named)
    held = [(i, j) in wanted for i, j in zip(pairs.source.tolist(), pairs.target.tolist(), strict=True)]
    return np.asarray(worth * np.array(held), np.float32)
