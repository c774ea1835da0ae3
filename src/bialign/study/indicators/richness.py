"""How rich a vocabulary is: functions over words as numbers, each by the formula of its authors."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Words = NDArray[Any]

STANDARD = 1000
"""Words of the pieces of the standardised type-token ratio."""
WINDOW = 100
"""Words of the window of the moving-average type-token ratio."""
THRESHOLD = 0.72
"""Type-token ratio at which a factor of MTLD is full."""
DRAWS = 42
"""Words drawn for HD-D."""


def counts_of(words: Words) -> NDArray[np.int64]:
    """Give how often each word that occurs does, in no order."""
    counts = np.bincount(words) if len(words) else np.zeros(0, np.int64)
    return np.asarray(counts[counts > 0])


def ttr(words: Words) -> float | None:
    """Give types / tokens; None without words.

    >>> ttr(np.array([0, 1, 0, 2]))
    0.75
    """
    return len(counts_of(words)) / len(words) if len(words) else None


def guiraud(words: Words) -> float | None:
    """Give types / square root of tokens (Guiraud 1954)."""
    return float(len(counts_of(words)) / np.sqrt(len(words))) if len(words) else None


def sttr(words: Words, size: int = STANDARD) -> float | None:
    """Give the mean type-token ratio of the whole pieces of `size` words; None for a text without a whole one.

    >>> sttr(np.array([0, 1, 0, 0, 5]), 2)
    0.75
    """
    pieces = len(words) // size
    if not pieces:
        return None
    # a word is a type of its piece where it stood last before the piece began
    before = previous(words[: pieces * size]).reshape(pieces, size)
    types = np.count_nonzero(before < (np.arange(pieces) * size)[:, None], axis=1)
    return float(np.mean(types / size))


def previous(words: Words) -> NDArray[np.int64]:
    """Give for each word the place where it stood last before, -1 where it is new.

    >>> previous(np.array([4, 7, 4, 4])).tolist()
    [-1, -1, 0, 2]
    """
    # sorting the pairs (word, place) as numbers is much faster than a stable order of the words
    keys = np.sort((words.astype(np.int64) << 32) | np.arange(len(words)))
    order, sorted_words = keys & 0xFFFFFFFF, keys >> 32
    found = np.full(len(words), -1, np.int64)
    same = sorted_words[1:] == sorted_words[:-1]
    found[order[1:][same]] = order[:-1][same]
    return found


def following(before: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give what `previous` gives for the words in reverse order, made of what it gives for them in order.

    >>> following(previous(np.array([4, 7, 4, 4]))).tolist() # of 4 4 7 4
    [-1, 0, -1, 1]
    """
    size = len(before)
    found = np.full(size, -1, np.int64)
    repeats = np.flatnonzero(before >= 0)
    found[size - 1 - before[repeats]] = size - 1 - repeats
    return found


def mattr(words: Words, window: int = WINDOW) -> float | None:
    """Give the mean type-token ratio of all windows of `window` words (Covington & McFall 2010); None where none fits.

    >>> round(mattr(np.array([0, 1, 0, 0]), 2), 6) # [0 1] [1 0] [0 0]
    0.833333
    """
    windows = len(words) - window + 1
    if windows < 1:
        return None
    # a word is a type of its own in each window that holds it and not the place where it stood before
    places = np.arange(len(words))
    first = np.maximum(places - window + 1, previous(words) + 1)
    last = np.minimum(places, windows - 1)
    return int(np.maximum(last - np.maximum(first, 0) + 1, 0).sum()) / window / windows


def mtld(words: Words, threshold: float = THRESHOLD) -> float | None:
    """Give the mean of both directions of tokens / factors (McCarthy & Jarvis 2010); None where no factor begins.

    A factor is full where the type-token ratio has fallen to the threshold; the rest counts by how far it has fallen.
    Where all words differ there is no factor, and the measure is not defined.
    """
    before = previous(words)
    found = [_factors(direction.tolist(), threshold) for direction in (before, following(before))]
    if min(found, default=0) == 0:
        return None
    return (len(words) / found[0] + len(words) / found[1]) / 2


def _factors(before: list[int], threshold: float) -> float:
    factors, start, types = 0, 0, 0
    for place, last in enumerate(before):
        types += last < start
        if types / (place - start + 1) <= threshold:
            factors += 1
            start, types = place + 1, 0
    rest = len(before) - start
    return factors + ((1 - types / rest) / (1 - threshold) if rest else 0.0)


def hdd(words: Words, draws: int = DRAWS) -> float | None:
    """Give the mean type-token ratio of random samples of 42 words (McCarthy & Jarvis 2007); None for shorter texts.

    It is the sum over the types of the probability, hypergeometric, to be in a sample, divided by the draws.
    """
    total = len(words)
    if total < draws:
        return None
    sizes, types = np.unique(counts_of(words), return_counts=True)
    drawn = np.arange(draws)
    missed = np.prod(np.maximum(total - sizes[:, None] - drawn, 0) / (total - drawn), axis=1)
    return float(((1 - missed) * types).sum() / draws)


def yule_k(words: Words) -> float | None:
    """Give 10,000 (sum of squared frequencies - tokens) / tokens squared (Yule 1944): higher is more repetitive.

    >>> yule_k(np.array([0, 0, 1])) # 10,000 (4 + 1 - 3) / 9
    2222.222222222222
    """
    counts = counts_of(words).astype(np.float64)
    total = len(words)
    return float(10_000 * (np.square(counts).sum() - total) / total**2) if total else None


def hapax_share(words: Words) -> float | None:
    """Give the share of the types that occur once."""
    counts = counts_of(words)
    return float(np.mean(counts == 1)) if len(counts) else None


def list_head(words: Words, size: int) -> float | None:
    """Give the share of the words that the `size` most frequent types take; None where there are no more types.

    >>> list_head(np.array([3, 3, 3, 1, 2]), 1)
    0.6
    """
    counts = counts_of(words)
    return float(np.sort(counts)[::-1][:size].sum() / len(words)) if len(counts) > size else None


def repeated(words: Words, lengths: NDArray[np.int64], size: int = 4) -> tuple[float | None, int]:
    """Give the share of the runs of `size` words that stood before in the text, and how many runs there are.

    `lengths` are the numbers of words of the segments, which no run crosses.

    >>> repeated(np.array([1, 2, 3, 3, 1, 2]), np.array([4, 2]), 2) # 12 23 33 | 12
    (0.25, 4)
    """
    total = len(words) - size + 1
    if total < 1:
        return None, 0
    segment = np.repeat(np.arange(len(lengths)), lengths)
    inside = segment[:total] == segment[size - 1 :]
    numbers = words.astype(np.int64)
    base = int(numbers.max()) + 1
    keys = numbers[:total][inside]
    highest = base
    for shift in range(1, size):
        if highest * base >= 1 << 63:
            # exact for any vocabulary: the runs so far are numbered anew before a word is added to them
            keys = np.unique(keys, return_inverse=True)[1]
            highest = len(keys)
        keys = keys * base + numbers[shift : shift + total][inside]
        highest *= base
    if not len(keys):
        return None, 0
    ordered = np.sort(keys)
    again = int(np.count_nonzero(ordered[1:] == ordered[:-1]))
    return again / len(keys), len(keys)
