"""What has come before, kept as hashes only: 8 bytes a key, however long the texts are, and counts of fixed size."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Keys = NDArray[np.uint64]

_LARGEST = 1 << 24
"""Keys of a run that is no longer added to: what is merged is in memory twice."""
_DEPTH, _WIDTH = 4, 1 << 22
_MASK = _WIDTH - 1


def hash_of(*texts: str) -> int:
    """Give 64 bits that stand for texts, the same on every machine and in every run.

    >>> hash_of("a", "b") == hash_of("a", "b") != hash_of("ab", "")
    True
    """
    data = "\0".join(texts).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "little")


def array_of(hashes: Iterable[int]) -> Keys:
    """Give hashes as an array."""
    import numpy as np

    return np.fromiter(hashes, np.uint64)


class Runs:
    """Keep keys as sorted arrays, each at least twice as large as the next, so that adding costs O(log n) merges.

    A set of as many numbers would take ten times the memory.
    """

    def __init__(self) -> None:
        self.runs: list[Keys] = []

    def __len__(self) -> int:
        return sum(map(len, self.runs))

    def add(self, keys: Keys) -> None:
        """Add keys, in any order."""
        import numpy as np

        if not len(keys):
            return
        self.runs.append(np.sort(keys))
        while len(self.runs) > 1 and len(self.runs[-2]) < min(_LARGEST, 2 * len(self.runs[-1])):
            last = self.runs.pop()
            merged = np.concatenate([self.runs.pop(), last])
            # of two sorted halves this is a merge
            merged.sort(kind="stable")
            self.runs.append(merged)

    def holds(self, keys: Keys) -> NDArray[np.bool_]:
        """Tell of each key whether it was added."""
        import numpy as np

        found = np.zeros(len(keys), bool)
        for run in self.runs:
            at = np.minimum(np.searchsorted(run, keys), len(run) - 1)
            found |= run[at] == keys
        return found


class Counts:
    """Count keys in a table of fixed size (64 MB): a count-min sketch (Cormode & Muthukrishnan 2005).

    A count is never too small, and too large by a few in ten million keys; only the smallest of a key's cells are
    raised (Estan & Varghese 2002), which keeps that rare.
    """

    def __init__(self) -> None:
        self._cells = array("I", bytes(4 * _DEPTH * _WIDTH))

    def add(self, keys: Sequence[int]) -> list[int]:
        """Count keys, one after the other; give how often each had come before."""
        cells, before = self._cells, []
        for key in keys:
            # a row takes 22 bits of the key; the last row mixes all of them
            places = (
                key & _MASK,
                _WIDTH + (key >> 21 & _MASK),
                2 * _WIDTH + (key >> 42),
                3 * _WIDTH + ((key ^ key >> 31) * 0x9E3779B97F4A7C15 >> 60 & _MASK),
            )
            found = [cells[place] for place in places]
            least = min(found)
            before.append(least)
            for place, count in zip(places, found, strict=True):
                if count == least:
                    cells[place] = least + 1
        return before
