"""What is kept of a document to find its translation by: a few of its sentences as vectors, its numbers and names.

The sentences are those of the beginning, of the end, and of two places between, as versions of one text have these at
about the same places. They go to a file on the disk, at most 60 KB a document, so that ten thousand documents take
little memory.
"""

from __future__ import annotations

import tempfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import IO, Self

import numpy as np
from numpy.typing import NDArray

from bialign.mining.neighbours import Floats
from bialign.mining.texts import marks_of

_WINDOW = 20  # sentences of the beginning, and of the end
_BETWEEN = 10  # at each of the two places between
_EDGE = 6  # sentences that stand for the beginning, and for the end, in the vector of the whole
_MOST_MARKS = 400
_MARK_WIDTH = 256
WIDTH = 512


@dataclass(slots=True)
class Sketches:
    """Hold the sketches of the documents of one side; a context, as it holds a file open.

    `marks` are each document's numbers and names as hashes, ascending; `lengths` its characters.
    """

    lengths: list[int] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    marks: list[NDArray[np.uint32]] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)
    _file: IO[bytes] = field(default_factory=tempfile.TemporaryFile)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def __len__(self) -> int:
        return len(self.sizes)

    def add(self, sentences: Sequence[str], vectors: NDArray[np.float16]) -> None:
        """Add a document: all its sentences, and the vectors of those that `sampled` gives."""
        self.lengths.append(sum(len(sentence) + 1 for sentence in sentences))
        self.sizes.append(len(vectors))
        self.marks.append(_hashed(sentences))
        self._starts.append(self._file.tell())
        self._file.write(np.ascontiguousarray(vectors, np.float16).tobytes())

    def vectors(self, number: int) -> Floats:
        """Give the vectors of a document's sampled sentences (sentences, width)."""
        end = self._file.tell()
        self._file.seek(self._starts[number])
        data = self._file.read((self._starts[number + 1] if number + 1 < len(self) else end) - self._starts[number])
        self._file.seek(end)
        size = self.sizes[number]
        return np.frombuffer(data, np.float16).reshape(size, -1 if size else WIDTH).astype(np.float32)

    def whole(self) -> NDArray[np.float16]:
        """Give a unit vector for each document: of all it samples, its beginning, its end, and its numbers and names.

        What all documents of the side have in common is taken off first, as it tells none from the other.
        """
        first = self.vectors(0)
        parts = np.zeros((len(self), 3, first.shape[1]), np.float32)
        for number in range(len(self)):
            found = first if number == 0 else self.vectors(number)
            if len(found):
                parts[number] = found.mean(axis=0), found[:_EDGE].mean(axis=0), found[-_EDGE:].mean(axis=0)
        parts -= parts.mean(axis=0) if len(self) > _EDGE else np.float32(0)
        meaning = _unit(parts).reshape(len(self), -1) / np.sqrt(np.float32(3))
        both = np.hstack([meaning, _unit(self._projected())])
        return _unit(both).astype(np.float16)

    def _projected(self) -> Floats:
        """Give a vector of each document's marks, the rare ones counting most: random signs, so that others cancel."""
        known, count = np.unique(np.concatenate(self.marks), return_counts=True)
        weight = np.log((len(self) + 1) / count).astype(np.float32)
        out = np.zeros((len(self), _MARK_WIDTH), np.float32)
        for number, marks in enumerate(self.marks):
            place = np.searchsorted(known, marks)
            signs = np.where(marks & 1, np.float32(1), np.float32(-1))
            np.add.at(out[number], (marks >> 1) % _MARK_WIDTH, weight[place] * signs)
        return out


def sampled(size: int) -> list[int]:
    """Give the places of the sentences that are looked at in a document of `size` sentences.

    >>> sampled(3), len(sampled(1000)), sampled(1000)[20], sampled(1000)[-1]
    ([0, 1, 2], 60, 328, 999)
    """
    if size <= 2 * _WINDOW + 2 * _BETWEEN:
        return list(range(size))
    between = [place for part in (1, 2) for place in _around(part * size // 3)]
    chosen = {*range(_WINDOW), *between, *range(size - _WINDOW, size)}
    return sorted(chosen)


def _around(middle: int) -> range:
    return range(middle - _BETWEEN // 2, middle + _BETWEEN // 2)


def _hashed(sentences: Sequence[str]) -> NDArray[np.uint32]:
    """Give the hashes of the numbers and names, those that come first in the text where they are too many."""
    numbers, names = marks_of(sentences)
    # single digits are chapter numbers and list items: every text has them
    found = [f"1{each}" for held in numbers for each in held if len(each) > 1]
    found += [f"a{each}" for held in names for each in held]
    kept = list(dict.fromkeys(found))[:_MOST_MARKS]
    return np.unique(np.array([zlib.crc32(each.encode("utf-8", "replace")) for each in kept], np.uint32))


def _unit(vectors: Floats) -> Floats:
    scale = np.sqrt((vectors * vectors).sum(axis=-1, keepdims=True)) + np.float32(1e-9)
    return np.asarray(vectors / scale, np.float32)
