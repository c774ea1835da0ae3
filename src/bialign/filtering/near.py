"""Pairs that differ from an earlier one by a word or two, found by hashes alone.

MinHash (Broder 1997) in five bands of three over the words and word pairs of both sides proposes earlier pairs; a
bitmap of each side's words, 64 bits, tells how many words they share, and decides. So an edit on both sides of a
sentence is found (91 to 93 of 100), and sentences that merely begin alike are not taken; 56 bytes a pair.
"""

from __future__ import annotations

import hashlib
import itertools
import math
import random
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bialign.filtering.seen import Runs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Keys = NDArray[np.uint64]

_BANDS, _ROWS = 5, 3
_CANDIDATES = 4
"""Earlier pairs that are looked at for each band."""
_KNOWN = 200_000
"""Words whose hashes are kept."""
_BITS = 64
# of n words, as many bits are set: the number of words is told by the bits (linear counting, Whang et al. 1990)
_SIZES = [_BITS * math.log(_BITS / (_BITS - min(bits, _BITS - 1))) for bits in range(_BITS + 1)]


class NearDuplicates:
    """Tell which pairs are nearly the same as one that was kept before; `likeness` is the share of common words."""

    def __init__(self, likeness: float, words: int) -> None:
        draw = random.Random(20_010_917)
        self._salts = [draw.getrandbits(64) for _ in range(_BANDS * _ROWS)]
        self._likeness, self._words = likeness, words
        self._hashes: dict[str, int] = {}
        self._runs = Runs()
        self._maps: list[Keys] = []
        self._count = 0

    def judge(self, pairs: Sequence[tuple[list[str], list[str]]], kept: Sequence[bool]) -> list[bool]:
        """Tell which of some pairs are near duplicates, by the words of both sides.

        Those that are not, and are `kept`, are remembered.
        """
        import numpy as np

        words = [[self._of(side) for side in pair] for pair in pairs]
        maps = np.array([[_bitmap(side) for side in pair] for pair in words], np.uint64).reshape(-1, 2)
        long = [len(source) + len(target) >= self._words for source, target in words]
        bands = self._bands(words)
        found = self._known(bands, maps)
        entries, held, near = self._within(bands.tolist(), maps.tolist(), found.tolist(), long, kept)
        self._runs.add(np.array(entries, np.uint64))
        self._maps.append(maps[held])
        self._count += len(held)
        return near

    def _of(self, words: Sequence[str]) -> list[int]:
        known, found = self._hashes, []
        if len(known) > _KNOWN:
            known.clear()
        for word in words:
            value = known.get(word)
            if value is None:
                data = word.encode("utf-8", "surrogatepass")
                value = known[word] = int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "little")
            found.append(value)
        return found

    def _bands(self, words: Sequence[list[list[int]]]) -> Keys:
        """Give the upper halves of the keys of each pair's bands, (pairs, bands): 32 bits, the lower 32 are zero."""
        import numpy as np

        sizes, pieces = [], []
        for pair in words:
            both: list[int] = []
            for side, hashes in enumerate(pair):
                salt = 7919 * side + 1
                both += [value + salt for value in hashes]
                both += [31 * a + b + salt for a, b in itertools.pairwise(hashes)]
            # a pair without words has one feature all the same
            both = both or [0]
            sizes.append(len(both))
            pieces += both
        features = _mixed(np.fromiter((piece & (1 << 64) - 1 for piece in pieces), np.uint64, len(pieces)))
        starts = np.cumsum([0, *sizes[:-1]])
        bands = np.zeros((len(words), _BANDS), np.uint64)
        for number, salt in enumerate(self._salts):
            least = np.minimum.reduceat(_mixed(features ^ np.uint64(salt)), starts)
            bands[:, number // _ROWS] = _mixed(bands[:, number // _ROWS] ^ least + np.uint64(number // _ROWS))
        return bands >> np.uint64(32) << np.uint64(32)

    def _known(self, bands: Keys, maps: Keys) -> NDArray[np.bool_]:
        """Tell which pairs have a counterpart among those of earlier calls."""
        import numpy as np

        found = np.zeros(len(bands), bool)
        if not self._count:
            return found
        if len(self._maps) > 1:
            self._maps = _gathered(self._maps)
        for run in self._runs.runs:
            for band in bands.T:
                start = np.searchsorted(run, band)
                for step in range(_CANDIDATES):
                    at = np.minimum(start + step, len(run) - 1)
                    rows = np.flatnonzero((run[at] ^ band) >> np.uint64(32) == 0)
                    if not len(rows):
                        break
                    earlier = self._maps_of(run[at[rows]] & np.uint64(0xFFFFFFFF))
                    found[rows] |= _alike(maps[rows], earlier, self._likeness)
        return found

    def _maps_of(self, numbers: Keys) -> Keys:
        import numpy as np

        out = np.zeros((len(numbers), 2), np.uint64)
        begin = 0
        for maps in self._maps:
            inside = (numbers >= begin) & (numbers < begin + len(maps))
            out[inside] = maps[(numbers[inside] - np.uint64(begin)).astype(np.int64)]
            begin += len(maps)
        return out

    def _within(
        self,
        bands: Sequence[Sequence[int]],
        maps: Sequence[Sequence[int]],
        found: Sequence[bool],
        long: Sequence[bool],
        kept: Sequence[bool],
    ) -> tuple[list[int], list[int], list[bool]]:
        """Compare pairs with those before them in one call; give what to remember of them, which, and the verdicts."""
        here: dict[int, list[int]] = {}
        entries: list[int] = []
        held: list[int] = []
        near: list[bool] = []
        for n, keys in enumerate(bands):
            is_near = long[n] and (
                found[n]
                or any(
                    _likeness(maps[n][0], maps[m][0]) >= self._likeness
                    and _likeness(maps[n][1], maps[m][1]) >= self._likeness
                    for key in keys
                    for m in here.get(key, ())[:_CANDIDATES]
                )
            )
            near.append(is_near)
            if kept[n] and not is_near and long[n]:
                for key in keys:
                    here.setdefault(key, []).append(n)
                entries += [key | self._count + len(held) for key in keys]
                held.append(n)
        return entries, held, near


def _bitmap(hashes: Sequence[int]) -> int:
    bits = 0
    for value in hashes:
        bits |= 1 << (value & 63)
    return bits


def _likeness(one: int, other: int) -> float:
    """Estimate the share of words that two texts have in common, by their bitmaps."""
    either = _SIZES[(one | other).bit_count()]
    both = _SIZES[one.bit_count()] + _SIZES[other.bit_count()] - either
    return both / either if either else 1.0


def _alike(maps: Keys, others: Keys, likeness: float) -> NDArray[np.bool_]:
    import numpy as np

    sizes, bits = np.array(_SIZES), np.array([byte.bit_count() for byte in range(256)], np.uint8)

    def size(maps: Keys) -> NDArray[np.float64]:
        count = bits[np.ascontiguousarray(maps).view(np.uint8)].reshape(*maps.shape, 8).sum(axis=-1)
        return np.asarray(sizes[count], np.float64)

    either = size(maps | others)
    both = size(maps) + size(others) - either
    return np.asarray((both >= likeness * either).all(axis=1), np.bool_)


def _mixed(keys: Keys) -> Keys:
    """Scatter keys over all 64 bits (the finaliser of MurmurHash3)."""
    import numpy as np

    keys = (keys ^ (keys >> np.uint64(33))) * np.uint64(0xFF51AFD7ED558CCD)
    keys = (keys ^ (keys >> np.uint64(33))) * np.uint64(0xC4CEB9FE1A85EC53)
    return keys ^ (keys >> np.uint64(33))


def _gathered(maps: list[Keys]) -> list[Keys]:
    """Join arrays so that each is at least twice as large as the next."""
    import numpy as np

    while len(maps) > 1 and len(maps[-2]) < 2 * len(maps[-1]):
        last = maps.pop()
        maps.append(np.concatenate([maps.pop(), last]))
    return maps
