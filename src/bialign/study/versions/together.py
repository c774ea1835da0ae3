"""Several versions of one text aligned together: every pair by itself, then once more with what the others say of it.

A cut place of two texts is vouched for by a third one where both sides' borders meet the same border of the third: the
pairs share what they know, as in the consistency transform of multiple sequence alignment (Do et al. 2005, "ProbCons").
Where the third text has no border at all near, it says nothing. Sentences that two texts in one language share word for
word are matched before anything else, so that what was not changed is never in doubt.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from bialign.aligner.align import AlignOptions, Decoded, Progress, decode
from bialign.aligner.constraints import Constraints, Rules
from bialign.aligner.evidence import TextSide
from bialign.aligner.lattice import LONGEST_SPAN, best_path, forward_backward, null_posterior
from bialign.aligner.moves import find_moves
from bialign.aligner.weights import Weights, default_weights
from bialign.bitext import Bead, Move, Span, null_beads
from bialign.encode import Encoder, EncoderOfSeveral, SpanVectors, default_encoder
from bialign.encode.compute import one_blas_thread
from bialign.study.versions.same import same_segments

Pair = tuple[int, int]
Doubles = NDArray[np.float64]
Ints = NDArray[np.int64]

AGREEMENT = 1.5
"""How much the word of other versions counts, against 1 for that of the two texts themselves."""
_DOUBT = 0.03  # what nobody vouches for may still be right, and what is vouched for wrong
_SHARPNESS = 3  # how much more the surer of two ways is trusted
_LIKELY = 0.01  # posterior from which on a cut vouches for another


@dataclass(frozen=True, slots=True)
class PairBeads:
    """Hold the beads that tile two of the texts, and the moves among their null beads."""

    beads: tuple[Bead, ...]
    moves: tuple[Move, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class _Cuts:
    """Hold the likely cut places of two texts, and how likely each is."""

    i: Ints
    j: Ints
    chance: Doubles

    def turned(self) -> _Cuts:
        return _Cuts(self.j, self.i, self.chance)


def align_together(
    texts: Sequence[Sequence[str]],
    *,
    langs: Sequence[str] = (),
    paragraphs: Sequence[Sequence[int]] | None = None,
    options: AlignOptions | None = None,
    encoder: Encoder | None = None,
    weights: Weights | None = None,
    agreement: float = AGREEMENT,
    progress: Progress | None = None,
) -> dict[Pair, PairBeads]:
    """Align every two of several texts, each given as its segments, and let all pairs help each other.

    `langs`: of texts with the same language, equal sentences are matched first. `agreement` is the weight of what the
    other texts say; with 0 each pair stands for itself. Equal inputs give equal beads.
    """
    options, weights = options or AlignOptions(), weights or default_weights()
    encoder, tell = encoder or default_encoder(), progress or (lambda stage, done: None)
    pairs = list(combinations(range(len(texts)), 2))
    full = [number for number, text in enumerate(texts) if text]
    spans = dict(zip(full, _encoded(encoder, [texts[number] for number in full], tell), strict=True))
    numbers: Sequence[Sequence[int] | None] = paragraphs or [None] * len(texts)
    sides = {n: TextSide.of(texts[n], spans[n], numbers[n]) for n in full}
    found: dict[Pair, Decoded] = {}
    with one_blas_thread():
        for done, (x, y) in enumerate(pairs):
            tell("align", done / len(pairs))
            if x in sides and y in sides:
                same = same_segments(texts[x], texts[y]) if langs and langs[x] and langs[x] == langs[y] else ()
                rules = Rules.of(Constraints(same), len(texts[x]), len(texts[y]))
                found[x, y] = decode(sides[x], sides[y], options, weights, rules=rules)
        if agreement and len(full) > 2:
            found = _agreed(found, full, weights, agreement)
        result = {pair: _beads(found.get(pair), texts, pair, weights) for pair in pairs}
    tell("align", 1.0)
    return result


def _encoded(encoder: Encoder, texts: Sequence[Sequence[str]], tell: Progress) -> Sequence[SpanVectors]:
    told = [lambda share, n=n: tell("encode", (n + share) / len(texts)) for n in range(len(texts))]
    if isinstance(encoder, EncoderOfSeveral):
        return encoder.spans_each(texts, LONGEST_SPAN, told)
    return [encoder.spans(text, LONGEST_SPAN, tell) for text, tell in zip(texts, told, strict=True)]


def _beads(decoded: Decoded | None, texts: Sequence[Sequence[str]], pair: Pair, weights: Weights) -> PairBeads:
    if decoded is None:
        return PairBeads(tuple(null_beads(Span(0, len(texts[pair[0]])), Span(0, len(texts[pair[1]])))))
    beads = decoded.beads
    return PairBeads(tuple(beads), find_moves(decoded.evidence, beads, weights))


def _agreed(
    found: Mapping[Pair, Decoded], texts: Sequence[int], weights: Weights, agreement: float
) -> dict[Pair, Decoded]:
    """Decide every pair once more, with what the others say of its cuts."""
    cuts = {pair: _cuts(decoded) for pair, decoded in found.items()}
    error = {pair: _error(decoded) for pair, decoded in found.items()}
    cuts |= {(y, x): one.turned() for (x, y), one in cuts.items()}
    agreed = {}
    for (x, y), decoded in found.items():
        words = []
        for third in texts:
            if third not in {x, y}:
                path = error[min(x, third), max(x, third)], error[min(third, y), max(third, y)]
                through = 1 - (1 - path[0]) * (1 - path[1])
                own, others = error[x, y] ** _SHARPNESS, through**_SHARPNESS
                trust = own / max(own + others, 1e-9)
                words.append(trust * _vouched(decoded, cuts[x, third], cuts[third, y]))
        agreed[x, y] = _decided(decoded, agreement * np.mean(words, axis=0), weights)
    return agreed


def _error(decoded: Decoded) -> float:
    """Give the share of beads that are expected to be wrong, by their own probabilities."""
    chances = decoded.probability[decoded.path]
    return float(1 - np.minimum(chances, 1).mean()) if len(chances) else 0.0


def _cuts(decoded: Decoded) -> _Cuts:
    lattice = decoded.lattice
    chance = np.bincount(lattice.start, decoded.posterior, len(lattice.i))
    chance[-1] = 1.0
    likely = np.flatnonzero(chance >= _LIKELY)
    return _Cuts(lattice.i[likely], lattice.j[likely], np.minimum(chance[likely], 1.0))


def _vouched(decoded: Decoded, before: _Cuts, after: _Cuts) -> Doubles:
    """Give for each cut of a lattice the log odds that a third text gives it; 0 where that has no border near."""
    i, j = decoded.lattice.i, decoded.lattice.j
    width = int(j[-1]) + 1
    left, right = _joined(before.j, after.i)
    key = before.i[left] * width + after.j[right]
    keys, at = np.unique(key, return_inverse=True)
    through = np.zeros(len(keys))
    np.maximum.at(through, at, before.chance[left] * after.chance[right])
    place = i * width + j
    nearest = np.minimum(np.searchsorted(keys, place), len(keys) - 1)
    chance = np.where(keys[nearest] == place, through[nearest], 0.0)
    most = np.zeros(int(i[-1]) + 1), np.zeros(width)
    np.maximum.at(most[0], before.i, before.chance)
    np.maximum.at(most[1], after.j, after.chance)
    against = np.maximum(np.maximum(most[0][i], most[1][j]) - chance, 0)
    return np.asarray(np.log((chance + _DOUBT) / (against + _DOUBT)))


def _joined(left: Ints, right: Ints) -> tuple[Ints, Ints]:
    """Give the positions of all pairs of equal values."""
    order = np.argsort(right, kind="stable")
    first, last = (np.searchsorted(right[order], left, side) for side in ("left", "right"))
    count = last - first
    rows = np.repeat(np.arange(len(left)), count)
    steps = np.arange(len(rows)) - np.repeat(np.cumsum(count) - count, count)
    return rows, order[np.repeat(first, count) + steps]


def _decided(decoded: Decoded, words: Doubles, weights: Weights) -> Decoded:
    """Decode a lattice anew with a score for each node on top, which a path pays with the bead that starts there.

    The probability of a bead is the mean of what the two texts say alone and of what all say together, a linear pool
    (Stone 1961): the others' word is not independent of theirs, and would make them too sure of themselves.
    """
    lattice = decoded.lattice
    score = (decoded.features @ weights.lattice.astype(np.float32)).astype(np.float64) + words[lattice.start]
    extension = lattice.null_extension(weights.extensions)
    posterior = forward_backward(lattice, score, extension).posterior
    pooled = (decoded.probability + null_posterior(lattice, posterior)) / 2
    return replace(decoded, posterior=posterior, probability=pooled, path=best_path(lattice, score, extension))
