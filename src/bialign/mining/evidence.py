"""What a pair of sentences is judged by: named numbers, a weight for each of which stands in ``weights.yaml``.

All are the same whichever side is called the source. How large a margin is large depends on the texts: where all
sentences are on one subject, translations stand out by little. So some features are measured in the spread of what is
certainly wrong: pairs of which neither sentence is the other's best.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bialign.aligner.marks import SharedMarks, mark_features
from bialign.mining.candidates import Candidates, lead
from bialign.mining.lexicon import Pieces, lexical_evidence
from bialign.mining.neighbours import Floats, Ints
from bialign.mining.texts import marks_of

FEATURES = (
    "cosine",
    "ratio",  # the margin
    "lead least",  # ratio above that of the best rival, on the side where it is less
    "lead most",  # on the other side
    "ratio spread",  # ratio above that of wrong pairs, in their spread
    "lead least spread",
    "lead most spread",
    "length",  # squared deviation from the expected length (Gale & Church 1993), capped
    "length ratio",  # absolute log
    "short",  # one by the square root of the shorter side's characters
    "numbers alone",
    "numbers shared",
    "names alone",
    "names shared",
)
LEXICAL = (
    "words least",  # how well the words of one side follow from the other's, in the worse direction
    "words most",
    "words spread",  # sum of both above that of wrong pairs, in their spread
    "words lead least",  # sum above that of the best rival, in that spread, on the side where it is less
    "words lead most",
)
_TYPICAL = {"ratio": (0.95, 0.06), "words": (0.6, 0.5)}
"""Middle and spread of wrong pairs, where there are too few to measure."""
_BELIEVED = 50  # wrong pairs from which what is measured counts more than what is typical
_MOST = 8.0  # spreads
_ALONE = {"ratio": 0.8, "words": 0.0}  # what a sentence with one candidate is held against


@dataclass(frozen=True, slots=True)
class Sides:
    """Hold what is known of the sentences of both sides without comparing them."""

    pieces: tuple[Pieces, Pieces]
    lengths: tuple[Floats, Floats]
    numbers: tuple[SharedMarks, SharedMarks]
    names: tuple[SharedMarks, SharedMarks]

    @classmethod
    def of(cls, source: Sequence[str], target: Sequence[str]) -> Sides:
        """Look at sentences."""
        (left_numbers, left_names), (right_numbers, right_names) = marks_of(source), marks_of(target)
        lengths = tuple(np.array([len(each) + 1.0 for each in side], np.float32) for side in (source, target))
        return cls(
            (Pieces.of(list(source)), Pieces.of(list(target))),
            (lengths[0], lengths[1]),
            SharedMarks.of_both(left_numbers, right_numbers),
            SharedMarks.of_both(left_names, right_names),
        )


@dataclass(frozen=True, slots=True)
class _Wrong:
    """Hold which pairs are certainly wrong, to measure by."""

    which: NDArray[np.bool_]

    def spread(self, values: Floats, kind: str) -> tuple[float, float]:
        """Give the middle and the spread of the wrong pairs' values; few of them are mixed with what is typical."""
        middle, width = _TYPICAL[kind]
        count = int(self.which.sum())
        if not count:
            return middle, width
        low, half, high = np.quantile(values[self.which], (0.1, 0.5, 0.9)).tolist()
        share = count / (count + _BELIEVED)
        # 80% of a normal distribution lie within 1.28 deviations
        return share * half + (1 - share) * middle, share * (high - low) / 2.56 + (1 - share) * width + 1e-6


def features(pairs: Candidates, sides: Sides) -> Floats:
    """Compute (pairs, len(FEATURES)) features that need nothing but the pairs themselves."""
    i, j = pairs.source, pairs.target
    leads = [lead(item, pairs.ratio, _ALONE["ratio"]) for item in (i, j)]
    least, most = np.minimum(*leads), np.maximum(*leads)
    middle, spread = _wrong(pairs).spread(pairs.ratio, "ratio")
    left, right = sides.lengths
    share = float(right.mean() / left.mean()) if len(left) and len(right) else 1.0
    a, b = left[i] * share, right[j]
    columns = (
        pairs.cosine,
        pairs.ratio,
        least,
        most,
        _capped((pairs.ratio - middle) / spread),
        _capped(least / spread),
        _capped(most / spread),
        np.minimum((a - b) ** 2 / (6.8 * (a + b) / 2), 40) / 10,
        np.minimum(np.abs(np.log(b / a)), 2),
        1 / np.sqrt(np.minimum(a, b)),
        *np.minimum(mark_features(sides.numbers, 1, 1, i, j), 3),
        *np.minimum(mark_features(sides.names, 1, 1, i, j), 3),
    )
    return np.stack(columns, axis=1).astype(np.float32)


def lexical_features(pairs: Candidates, sides: Sides, sure: tuple[Ints, Ints]) -> Floats:
    """Compute (pairs, len(LEXICAL)) features of the pairs' words, by what the `sure` pairs teach."""
    fits = lexical_evidence(*sides.pieces, (pairs.source, pairs.target), sure)
    total = np.asarray(fits.sum(axis=1), np.float32)
    middle, spread = _wrong(pairs).spread(total, "words")
    leads = [lead(item, total, _ALONE["words"]) / spread for item in (pairs.source, pairs.target)]
    columns = (
        fits.min(axis=1),
        fits.max(axis=1),
        _capped((total - middle) / spread),
        _capped(np.minimum(*leads)),
        _capped(np.maximum(*leads)),
    )
    return np.stack(columns, axis=1).astype(np.float32)


def _wrong(pairs: Candidates) -> _Wrong:
    behind = [lead(item, pairs.ratio, _ALONE["ratio"]) < 0 for item in (pairs.source, pairs.target)]
    return _Wrong(behind[0] & behind[1])


def _capped(values: NDArray[np.floating]) -> NDArray[np.floating]:
    return np.asarray(np.clip(values, -_MOST, _MOST))


def probability(table: Floats, names: Sequence[str], weights: Mapping[str, float]) -> Floats:
    """Give the probability of each row of features; `weights` hold one for each name, and a "bias"."""
    score = table @ np.array([weights[name] for name in names], np.float32) + np.float32(weights["bias"])
    return np.asarray(1 / (1 + np.exp(-np.clip(score, -30, 30))), np.float32)
