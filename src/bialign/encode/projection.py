"""Learn the small space in which words are compared: directions in which translations of a word agree.

Token features have 1280 dimensions; comparing words in all of them is slow and not even best. From pairs of sentences
we link words that are each other's nearest, and take the directions in which linked words of the two languages vary
together rather than by themselves: canonical correlation (Hotelling 1936) with one map for both languages. The links
of a first round are made in the encoder's own output space, those of a second in the space the first one found. What
is learned here of tokens serves whole words as well, which are sums of tokens: the map is linear.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bialign.encode.network import FEATURES, WORD, Floats, Network, load_network
from bialign.encode.running import features
from bialign.encode.use import tokenise
from bialign.encode.vocabulary import BEGIN, END, PADDING

Pair = tuple[list[int], list[int]]
_BATCH = 500  # sentence pairs
_SHRINK = 0.3  # share of the mean variance added to every direction, so that rare ones don't count too much
_DIAGONAL = 0.15  # cosine taken off a pair of words that stand at opposite ends of their sentences


@dataclass(slots=True)
class _Moments:
    """Gather how words vary by themselves (`own`), and with the words they are linked to (`shared`)."""

    own: NDArray[np.float64] = field(default_factory=lambda: np.zeros((FEATURES, FEATURES)))
    shared: NDArray[np.float64] = field(default_factory=lambda: np.zeros((FEATURES, FEATURES)))
    words: int = 0
    links: int = 0


def learn_projection(
    pairs: Sequence[tuple[str, str]], rounds: int = 2, progress: Callable[[str, float], None] | None = None
) -> NDArray[np.float16]:
    """Learn the map (1280, WORD) of token features to word vectors from sentences paired with their translations."""
    network = load_network()
    tokens = list(zip(*(tokenise([pair[side] for pair in pairs]) for side in (0, 1)), strict=True))
    projection = network.output
    for number in range(rounds):
        moments = _Moments()
        for start in range(0, len(tokens), _BATCH):
            _add(moments, network, tokens[start : start + _BATCH], projection)
            if progress:
                progress("learn how words compare", (number + (start + _BATCH) / len(tokens)) / rounds)
        projection = _solve(moments)
    return projection.astype(np.float16)


def _add(moments: _Moments, network: Network, pairs: Sequence[Pair], projection: Floats) -> None:
    source, target = (_centred(_features(network, [pair[side] for pair in pairs])) for side in (0, 1))
    moments.own += source.T @ source + target.T @ target
    moments.words += len(source) + len(target)
    left, right = source @ projection, target @ projection
    left /= np.linalg.norm(left, axis=1, keepdims=True) + 1e-9
    right /= np.linalg.norm(right, axis=1, keepdims=True) + 1e-9
    i = j = 0
    links: list[tuple[int, int]] = []
    for a, b in pairs:
        links += ((i + x, j + y) for x, y in _mutual(left[i : i + len(a)], right[j : j + len(b)]))
        i, j = i + len(a), j + len(b)
    if links:
        rows, columns = np.array(links).T
        together = source[rows].T @ target[columns]
        moments.shared += together + together.T
        moments.links += len(links)


def _centred(features: Floats) -> Floats:
    return np.asarray(features - features.mean(axis=0))


def _mutual(left: Floats, right: Floats) -> list[tuple[int, int]]:
    """Link the words that are each other's nearest, those at like places rather than others."""
    n, m = len(left), len(right)
    if not (n and m):
        return []
    near = left @ right.T - _DIAGONAL * np.abs(np.arange(n)[:, None] / n - np.arange(m)[None, :] / m)
    best = near.argmax(axis=1)
    back = near.argmax(axis=0)
    return [(x, int(y)) for x, y in enumerate(best) if back[y] == x]


def _features(network: Network, texts: Sequence[list[int]]) -> Floats:
    stream: list[int] = []
    rows: list[int] = []
    for text in texts:
        stream += (PADDING, PADDING, BEGIN)
        rows += range(len(stream), len(stream) + len(text))
        stream += (*text, END)
    return features(network, np.array(stream, np.int64))[rows]


def _solve(moments: _Moments) -> Floats:
    """Give the leading directions, each scaled by the root of how far linked words agree along it."""
    own = moments.own / max(moments.words, 1)
    shared = moments.shared / max(2 * moments.links, 1)
    own += np.eye(FEATURES) * (_SHRINK * np.trace(own) / FEATURES)
    inverse = np.linalg.inv(np.linalg.cholesky(own))
    agreement, directions = np.linalg.eigh(inverse @ shared @ inverse.T)
    best = np.argsort(-agreement)[:WORD]
    scaled = inverse.T @ directions[:, best] * np.sqrt(np.maximum(agreement[best], 1e-6))
    return np.asarray(scaled / np.abs(scaled).max(), np.float32)
