"""Passes of the network over streams of tokens: features, and their sums over texts and over the parts of a text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bialign.encode.compute import Buffers, in_order, product
from bialign.encode.network import EDGE, FEATURES, REACH, WORD, Block, Floats, Ints, Network
from bialign.encode.vocabulary import BEGIN, END, PADDING, TypeRows

_BLOCK = 512  # tokens worked on at once: few enough for the second-level cache, enough to keep threads apart
_CHUNK = 8  # blocks that a worker goes through before their sums are projected together
_GROUP = 64  # blocks between two look-ups of new tokens
_NOWHERE = np.empty(0, np.int64)  # no borders
_GAP = [PADDING, PADDING]  # keeps the convolutions of neighbouring short texts apart


class Part(NamedTuple):
    """Hold one stretch of a stream within a worker: its block of features, and where it stands.

    Row `margin` of the block is token `first` of the stream, the stretch ends before token `last`; `borders` are those
    of the stream's borders that fall into it, as a range; `slots` are the rows of the stretch's tokens in `types`.
    """

    block: Block
    margin: int
    first: int
    last: int
    borders: tuple[int, int]
    slots: Ints
    types: TypeRows
    buffers: Buffers


class Stream(NamedTuple):
    """Hold tokens to run the network over, and what to make of each chunk of consecutive parts.

    `borders` (ascending, no two equal, 0 .. len(ids)) are the places where texts may begin and end. `use` must not look
    at a part once it has asked for the next one.
    """

    ids: Ints
    borders: Ints
    use: Callable[[Iterator[Part]], Any]

    @property
    def margin(self) -> int:
        """Give the number of tokens at each side of a block whose features are needed too."""
        return REACH if len(self.borders) else 0


class _Chunk(NamedTuple):
    """Hold consecutive blocks of a stream, see `_blocks`, and the rows in `types` of its tokens from `low` on."""

    stream: Stream
    blocks: list[tuple[int, int, int, int]]
    slots: Ints
    types: TypeRows
    low: int


def passes(network: Network, streams: Iterable[Stream]) -> Iterator[Any]:
    """Run the network over streams, in threads; yield what each makes of its chunks, in order.

    A stream is asked for, and its new tokens are looked up, while the workers are busy with what comes before.
    """

    def work(chunk: _Chunk) -> Any:
        with network.buffers.lend() as buffers:
            return chunk.stream.use(_parts(network, chunk, buffers))

    return in_order(work, _chunks(network, streams))


def _chunks(network: Network, streams: Iterable[Stream]) -> Iterator[_Chunk]:
    for stream in streams:
        around = REACH + stream.margin
        padding = np.full(around, PADDING, np.int64)
        padded = np.concatenate([padding, stream.ids, padding])
        blocks = _blocks(len(stream.ids), stream.borders)
        for start in range(0, len(blocks), _GROUP):
            group = blocks[start : start + _GROUP]
            low = group[0][0]
            slots, types = network.types.look_up(padded[low : group[-1][1] + 2 * around])
            for begin in range(0, len(group), _CHUNK):
                yield _Chunk(stream, group[begin : begin + _CHUNK], slots, types, low)


def _parts(network: Network, chunk: _Chunk, buffers: Buffers) -> Iterator[Part]:
    (_, borders, _), margin, types = chunk.stream, chunk.stream.margin, chunk.types
    around = REACH + margin
    for first, last, a, b in chunk.blocks:
        near = chunk.slots[first - chunk.low : last - chunk.low + 2 * around]
        block = network.block(types, near, borders[a:b] - first + margin, buffers)
        yield Part(block, margin, first, last, (a, b), near[around : around + last - first], types, buffers)


def _blocks(size: int, borders: Ints) -> list[tuple[int, int, int, int]]:
    """Cut a stream into stretches of tokens, each with the range of its borders, of about equal work."""
    if not size:
        return []
    cost = np.ones(size, np.int64)
    cost[np.minimum(borders, size - 1)] += 2 * EDGE
    cost = np.cumsum(cost)
    edges = np.searchsorted(cost, np.arange(_BLOCK, int(cost[-1]) + _BLOCK, _BLOCK)) + 1
    edges = np.unique(np.concatenate([[0], np.minimum(edges, size)]))
    of = np.searchsorted(borders, edges)
    of[-1] = len(borders)
    return list(zip(edges[:-1].tolist(), edges[1:].tolist(), of[:-1].tolist(), of[1:].tolist(), strict=True))


def features(network: Network, ids: Ints) -> Floats:
    """Compute the layer-normed features (len(ids), 1280) of a stream's tokens."""
    out = np.empty((len(ids), FEATURES), np.float32)

    def take(parts: Iterator[Part]) -> None:
        for part in parts:
            rows, mean, scale, *_ = part.block
            np.multiply(rows - mean[:, None], scale[:, None], out=out[part.first : part.last])

    for _ in passes(network, [Stream(ids, _NOWHERE, take)]):
        pass
    out *= network.gain
    out += network.bias
    return out


def _sums(part: Part, owner: Ints, wanted: NDArray[np.bool_] | None = None) -> tuple[int, Floats]:
    """Sum the normed features of the part's tokens by their `owner` (ascending); give the first and a row for each."""
    first, size = int(owner[0]), int(owner[-1] - owner[0]) + 1
    at = slice(part.margin, part.margin + len(owner))
    scale = part.block.scale[at]
    if wanted is not None:
        scale = scale * wanted
    # as a product with a matrix that holds each token's scale in its owner's row: one pass over the features
    share = np.zeros((size, len(owner)), np.float32)
    share[owner - first, np.arange(len(owner))] = scale
    total = product(share, part.block.rows[at])
    total -= (share @ part.block.mean[at])[:, None]
    return first, total


def _gathered(found: list[tuple[int, Floats]]) -> tuple[int, Floats]:
    """Add up consecutive parts' sums: the first owner, and a row for each."""
    low, (last, sums) = found[0][0], found[-1]
    total = np.zeros((last + len(sums) - low, FEATURES), np.float32)
    for first, part in found:
        total[first - low : first - low + len(part)] += part
    return low, total


class RunningSums:
    """Hold projected sums over the sentences of one text, and what replaces their ends.

    `body` (sentences, 512) sums the features each sentence's tokens have in the running text; ``ends[0]`` (borders,
    512) is what a text gains by beginning at a border, ``ends[1]`` by ending there: the features of BEGIN and of the 4
    tokens next to it, less what these 4 have in the running text.
    """

    def __init__(self, network: Network, ids: Ints, lengths: Ints, progress: Callable[[float], None]) -> None:
        """Make room for the sums; `fill` works them out, `progress` is called with the part that is done."""
        self._network, self._progress = network, progress
        self._tokens = np.zeros((len(ids), WORD), np.float16)  # in the space that words are compared in
        self._tokens_sum = np.zeros(WORD, np.float64)
        self.borders = np.unique(np.append(np.cumsum(lengths), 0))
        self.body = np.zeros((len(lengths), network.width), np.float32)
        self.ends = np.zeros((2, len(self.borders), network.width), np.float16)
        self._owner = np.repeat(np.arange(len(lengths)), lengths)
        self.stream = Stream(ids, self.borders, self._work)

    def take_tokens(self) -> tuple[NDArray[np.float16], Floats]:
        """Give the tokens' vectors (tokens, WORD), and their mean, away: they are most of the memory of a long text."""
        tokens, self._tokens = self._tokens, np.empty((0, WORD), np.float16)
        return tokens, np.asarray(self._tokens_sum / max(len(tokens), 1), np.float32)

    def _work(self, parts: Iterator[Part]) -> Callable[[], None]:
        sums, gains = [], []
        places: list[int] = []
        tokens = np.zeros(WORD, np.float32)
        for part in parts:
            at = slice(part.margin, part.margin + part.last - part.first)
            vectors = self._network.word_vectors(part.types, part.slots, *(known[at] for known in part.block[:3]))
            self._tokens[part.first : part.last] = vectors
            tokens += vectors.sum(axis=0)
            sums.append(_sums(part, self._owner[part.first : part.last]))
            gains.append(_gains(part, self.borders))
            places += part.borders
        low, total = _gathered(sums)
        begin, end = np.concatenate(gains, axis=1)
        projected = self._network.project(np.concatenate([total, begin, end]))
        # each border belongs to one part, so that threads don't write to the same place; sentences may be shared
        self.ends[:, places[0] : places[-1]] = projected[len(total) :].reshape(2, -1, self._network.width)
        return partial(self._add, low, projected[: len(total)], tokens)

    def _add(self, low: int, sums: Floats, tokens: Floats) -> None:
        last = low + len(sums)
        self._tokens_sum += tokens
        self.body[low:last] += sums
        self._progress(last / len(self.body))


class TextSums:
    """Hold projected `sums` (texts, 512) of the features of texts, each encoded by itself between BEGIN and END."""

    def __init__(self, network: Network, texts: Sequence[Sequence[int]]) -> None:
        """Make room for the sums of texts given as their tokens; `fill` works them out."""
        lengths = np.fromiter(map(len, texts), np.int64, len(texts)) + len(_GAP) + 2
        together = chain.from_iterable((*_GAP, BEGIN, *text, END) for text in texts)
        ids = np.fromiter(together, np.int64, int(lengths.sum()))
        self._network, self._owner, self._inside = network, np.repeat(np.arange(len(texts)), lengths), ids != PADDING
        self.sums = np.zeros((len(texts), network.width), np.float32)
        self.stream = Stream(ids, _NOWHERE, self._work)

    def _work(self, parts: Iterator[Part]) -> Callable[[], None]:
        places = ((part, slice(part.first, part.last)) for part in parts)
        low, total = _gathered([_sums(part, self._owner[at], self._inside[at]) for part, at in places])
        return partial(self._add, low, self._network.project(total))

    def _add(self, low: int, sums: Floats) -> None:
        self.sums[low : low + len(sums)] += sums


def fill(network: Network, texts: Iterable[RunningSums | TextSums]) -> None:
    """Work out the sums of texts, one after the other; the workers do not wait in between."""
    for add in passes(network, (text.stream for text in texts)):
        add()


def _gains(part: Part, borders: Ints) -> Floats:
    """Sum what the ends of texts would change at each of the part's borders: (2, borders, 1280)."""
    block, (a, b) = part.block, part.borders
    if a == b:
        return np.zeros((2, 0, FEATURES), np.float32)
    place = (borders[a:b] - part.first + part.margin)[None, :, None] + np.arange(REACH)
    place = np.concatenate([place, place - REACH])  # the 4 tokens behind each border, and the 4 before it
    running = part.buffers.get("running", place.size, FEATURES)
    np.take(block.rows, place.ravel(), axis=0, out=running, mode="clip")
    scale = block.scale[place]
    gain = (block.edge_scale[:, :, None] @ block.edges)[:, :, 0]
    gain -= (scale[:, :, None] @ running.reshape(*place.shape, FEATURES))[:, :, 0]
    gain -= (np.einsum("sbi,sbi->sb", block.edge_scale, block.edge_mean))[..., None]
    gain += (np.einsum("sbi,sbi->sb", scale, block.mean[place]))[..., None]
    return np.asarray(gain)
