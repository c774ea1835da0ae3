"""Texts to vectors: the Encoder protocol and the encoder that ships with bialign."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

Progress = Callable[[float], None]


class SpanVectors(Protocol):
    """Give the unit vector of any run of up to `longest` consecutive sentences of one text."""

    @property
    def longest(self) -> int:
        """Give the length of the longest runs."""

    def __len__(self) -> int:
        """Give the number of sentences."""

    def vectors(self, length: int, starts: NDArray[np.int64]) -> NDArray[np.float32]:
        """Give the vectors (len(starts), dimension) of the runs of `length` sentences that begin at `starts`.

        Rows are unit vectors; runs that would reach past the last sentence are rows of zeros. The array is not for
        writing to: it may be shared.
        """

    def words(self) -> Words:
        """Give the text's words as vectors; two texts' vectors live in one space."""


@dataclass(frozen=True, slots=True)
class Words:
    """Hold a text's words: `ids` (equal for equal words), `lengths` (words a sentence), `vectors` (words, dimension).

    Cosines of the vectors, once these are centred, tell which words correspond.
    """

    ids: NDArray[np.int64]
    lengths: NDArray[np.int64]
    vectors: NDArray[np.float16]


class Encoder(Protocol):
    """Turn sentences into span vectors; `name` identifies encoder and version in a signature."""

    name: str

    def spans(self, sentences: Sequence[str], longest: int, progress: Progress | None = None) -> SpanVectors:
        """Encode running text given as its sentences in order, for runs of up to `longest` sentences."""


@runtime_checkable
class EncoderOfSeveral(Encoder, Protocol):
    """Encode several texts in less time than one by one."""

    def spans_each(
        self, texts: Sequence[Sequence[str]], longest: int, progress: Sequence[Progress]
    ) -> Sequence[SpanVectors]:
        """Encode texts, each with its own progress, as `spans` would."""


def default_encoder() -> Encoder:
    """Give the encoder that ships with bialign: USE multilingual v3."""
    from bialign.encode.use import UseEncoder

    return UseEncoder()
