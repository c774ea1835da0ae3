"""Parallel sentences in texts that are not parallel: who translates whom, wherever it stands.

Candidates come from vectors of sentences and the margin (`candidates`). They are judged by more than that (`evidence`);
what is sure teaches words (`lexicon`), by which all are judged again. Then each sentence is given once, the surest
pairs first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from bialign.mining.texts import first_ones, is_copy

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from bialign.encode import Encoder
    from bialign.mining.candidates import Candidates
    from bialign.mining.evidence import Sides
    from bialign.mining.neighbours import Index

    Floats = NDArray[np.float32]

Progress = Callable[[str, float], None]

THRESHOLD = 0.5
"""The probability from which a pair is taken: below it, it is more likely none."""
_ENCODED = 4096  # sentences encoded together: their words' vectors take 5 KB each while it lasts
_SURE = 0.6  # probability from which a pair teaches words
_ROUNDS = 2
_FEWEST = 10  # sure pairs from which there is something to learn


class Mined(NamedTuple):
    """Tell that sentences number `source` and `target`, counted from 0, are translations, with `probability`."""

    source: int
    target: int
    probability: float


def mine(
    source: Sequence[str],
    target: Sequence[str],
    *,
    threshold: float = THRESHOLD,
    encoder: Encoder | None = None,
    index: Index = "auto",
    weights: Mapping[str, Mapping[str, Any]] | None = None,
    progress: Progress | None = None,
) -> list[Mined]:
    """Find the sentences of two collections that translate each other, in the order of the source.

    Their order says nothing. Each sentence is in one pair at most; of equal ones the first stands for all. What both
    sides have as it is, is no translation. `threshold` is the least probability. Up to 200,000 sentences a side all are
    compared with all; above that with an index, where the extra ``mining`` is installed (see `neighbours`).
    Raises ValueError for a threshold that is no probability, TypeError for a bare string.
    """
    if not 0 <= threshold <= 1:
        raise ValueError(f"a threshold is a probability, 0 to 1, not {threshold}")
    if isinstance(source, str) or isinstance(target, str):
        raise TypeError("sequences of sentences are wanted, not one string")
    kept = first_ones(source), first_ones(target)
    left, right = ([side[place] for place in places] for side, places in zip((source, target), kept, strict=True))
    if not left or not right:
        return []
    from bialign.mining.candidates import one_to_one

    pairs, chance = judged(left, right, encoder=encoder, index=index, weights=weights, progress=progress)
    found = [
        Mined(kept[0][int(pairs.source[n])], kept[1][int(pairs.target[n])], round(float(chance[n]), 4))
        for n in one_to_one(pairs, chance, threshold).tolist()
    ]
    return sorted(found)


def judged(
    source: Sequence[str],
    target: Sequence[str],
    *,
    encoder: Encoder | None = None,
    index: Index = "auto",
    weights: Mapping[str, Mapping[str, Any]] | None = None,
    progress: Progress | None = None,
) -> tuple[Candidates, Floats]:
    """Give the candidates among sentences, no two of a side equal, and the probability of each."""
    from bialign.mining.evidence import FEATURES, LEXICAL, Sides, features, lexical_features, probability
    from bialign.mining.weights import default_weights

    weights = weights or default_weights()
    pairs = _candidates(source, target, encoder, index, progress)
    sides = Sides.of(source, target)
    first = features(pairs, sides)
    chance = probability(first, FEATURES, weights["first"])
    for number in range(_ROUNDS):
        sure = sure_pairs(pairs, chance, sides)
        if sure is None:
            break
        if progress:
            progress("compare words", number / _ROUNDS)
        both = _beside(first, lexical_features(pairs, sides, sure))
        chance = probability(both, (*FEATURES, *LEXICAL), weights["second"])
    if progress:
        progress("compare words", 1.0)
    return pairs, chance


def _beside(first: Floats, second: Floats) -> Floats:
    import numpy as np

    return np.hstack([first, second])


def sure_pairs(pairs: Candidates, chance: Floats, sides: Sides) -> tuple[NDArray[np.int64], NDArray[np.int64]] | None:
    """Give the pairs that are sure enough to learn from; None where they are too few."""
    from bialign.mining.candidates import one_to_one

    sure = one_to_one(pairs, chance, _SURE)
    if len(sure) < _FEWEST:
        return None
    return pairs.source[sure], pairs.target[sure]


def _candidates(
    source: Sequence[str], target: Sequence[str], encoder: Encoder | None, index: Index, progress: Progress | None
) -> Candidates:
    import numpy as np

    from bialign.mining.candidates import find_candidates

    total, done = len(source) + len(target), [0]

    def say(count: int) -> None:
        done[0] += count
        if progress:
            progress("encode sentences", done[0] / total)

    vectors = [encoded(side, encoder, say) for side in (source, target)]
    compare = (lambda share: progress("compare sentences", share)) if progress else None
    pairs = find_candidates(vectors[0], vectors[1], index=index, progress=compare)
    copied = (is_copy(source[i], target[j]) for i, j in zip(pairs.source.tolist(), pairs.target.tolist(), strict=True))
    return pairs.of(~np.fromiter(copied, bool, len(pairs)))


def encoded(
    sentences: Sequence[str], encoder: Encoder | None = None, done: Callable[[int], None] | None = None
) -> NDArray[np.float16]:
    """Give the unit vectors of sentences, at 2 bytes a number; `done` is told how many are through at a time."""
    import numpy as np

    from bialign.encode import default_encoder

    encoder = encoder or default_encoder()
    parts = []
    for start in range(0, len(sentences), _ENCODED):
        part = sentences[start : start + _ENCODED]
        parts.append(encoder.spans(part, 1).vectors(1, np.arange(len(part))).astype(np.float16))
        if done:
            done(len(part))
    return np.concatenate(parts)
