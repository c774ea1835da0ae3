"""What translates what, as counted in a corpus: expected links between word types, sparse."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Sentence = Sequence[str]

_SMALLEST = 0.01  # probability from which a possible link is counted; most possible links are far below
_PENDING = 4_000_000  # counts gathered before equal ones are added up


class Vocabulary:
    """Number word types, in the order they are met; upper and lower case are one."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        self.number: dict[str, int] = {}
        self.add(words)

    def __len__(self) -> int:
        return len(self.number)

    def add(self, words: Iterable[str]) -> Ints:
        """Give the numbers of words, new ones for new words."""
        number = self.number
        return np.array([number.setdefault(word.lower(), len(number)) for word in words], np.int64)

    def of(self, words: Iterable[str]) -> Ints:
        """Give the numbers of words, -1 for those not known."""
        number = self.number
        return np.array([number.get(word.lower(), -1) for word in words], np.int64)


@dataclass(slots=True)
class Side:
    """Hold one language's words: how often each occurs, and how many links it has in all."""

    words: Vocabulary = field(default_factory=Vocabulary)
    seen: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    linked: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))

    def add(self, sentence: Sentence, weights: NDArray[np.float64]) -> Ints:
        """Count a sentence's words and the weight of each one's links; give their numbers."""
        numbers = self.words.add(sentence)
        if len(self.words) > len(self.seen):
            more = np.zeros(max(1024, len(self.words)))
            self.seen, self.linked = np.concatenate([self.seen, more]), np.concatenate([self.linked, more])
        np.add.at(self.seen, numbers, 1)
        np.add.at(self.linked, numbers, weights)
        return numbers


class Lexicon:
    """Hold how often words of two languages were linked: what a corpus says about their translation."""

    def __init__(self) -> None:
        self.source, self.target = Side(), Side()
        self.pairs = 0
        self._keys: Ints = np.zeros(0, np.int64)
        self._counts: NDArray[np.float64] = np.zeros(0)
        self._pending: list[tuple[Ints, NDArray[np.float64]]] = []
        self._waiting = 0

    def add(self, source: Sentence, target: Sentence, links: Floats) -> None:
        """Count a sentence pair; `links` (source words, target words) are the probabilities of its links."""
        weights = links.astype(np.float64)
        left = self.source.add(source, weights.sum(axis=1))
        right = self.target.add(target, weights.sum(axis=0))
        i, j = np.nonzero(links > _SMALLEST)
        self._pending.append((_key(left[i], right[j]), weights[i, j]))
        self._waiting += len(i)
        self.pairs += 1
        if self._waiting > _PENDING:
            self._settle()

    def _settle(self) -> None:
        """Add up what waits to be counted."""
        if not self._pending:
            return
        keys = np.concatenate([self._keys, *(keys for keys, _ in self._pending)])
        counts = np.concatenate([self._counts, *(counts for _, counts in self._pending)])
        self._keys, place = np.unique(keys, return_inverse=True)
        self._counts = np.bincount(place, counts, minlength=len(self._keys)).astype(np.float64)
        self._pending, self._waiting = [], 0

    def __len__(self) -> int:
        """Give the number of different pairs of words that were linked."""
        self._settle()
        return len(self._keys)

    def counts(self, left: Ints, right: Ints) -> Floats:
        """Give how often words were linked, for numbers of equal shape; 0 where one is -1."""
        self._settle()
        if not len(self._keys):
            return np.zeros(left.shape, np.float32)
        keys = _key(left, right)
        at = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        known = (self._keys[at] == keys) & (left >= 0) & (right >= 0)
        return np.where(known, self._counts[at], 0).astype(np.float32)

    def translations(self, word: str, most: int = 10) -> list[tuple[str, float]]:
        """List what a source word was linked with, most often first, each with its share of the word's links.

        >>> lexicon = Lexicon()
        >>> lexicon.add(["the", "army"], ["el", "ejército"], np.eye(2, dtype=np.float32))
        >>> lexicon.translations("army")
        [('ejército', 1.0)]
        """
        self._settle()
        number = self.source.words.number.get(word.lower(), -1)
        if number < 0:
            return []
        first, last = np.searchsorted(self._keys, (number << 32, (number + 1) << 32))
        counts = self._counts[first:last]
        best = np.argsort(-counts, kind="stable")[:most]
        spelt = list(self.target.words.number)
        total = max(float(self.source.linked[number]), 1e-9)
        return [(spelt[int(self._keys[first + n] & 0xFFFFFFFF)], float(counts[n]) / total) for n in best.tolist()]

    def save(self, file: Path) -> None:
        """Write the lexicon to a file (.npz); raises OSError where that cannot be."""
        self._settle()
        sides: dict[str, Any] = {
            f"{name}_{part}": value
            for name, side in (("source", self.source), ("target", self.target))
            for part, value in (
                ("words", np.frombuffer(json.dumps(list(side.words.number)).encode("ascii"), np.uint8)),
                ("seen", side.seen[: len(side.words)]),
                ("linked", side.linked[: len(side.words)]),
            )
        }
        with file.open("wb") as out:
            np.savez_compressed(out, keys=self._keys, counts=self._counts, pairs=np.array(self.pairs), **sides)

    @classmethod
    def load(cls, file: Path) -> Lexicon:
        """Read a lexicon that `save` wrote; raises OSError or ValueError where it is none."""
        lexicon = cls()
        with np.load(file, allow_pickle=False) as held:
            try:
                lexicon._keys, lexicon._counts = held["keys"], held["counts"]
                lexicon.pairs = int(held["pairs"])
                for name, side in (("source", lexicon.source), ("target", lexicon.target)):
                    side.words = Vocabulary(json.loads(held[f"{name}_words"].tobytes()))
                    side.seen, side.linked = held[f"{name}_seen"], held[f"{name}_linked"]
            except KeyError as error:
                raise ValueError(f"{file}: no lexicon: {error}") from error
        return lexicon


def _key(left: Ints, right: Ints) -> Ints:
    return (left << 32) | (right & 0xFFFFFFFF)
