"""Tokens joined into whole words: where each word begins, and one vector a word.

The tokeniser cuts rare words into pieces, and each language cuts them elsewhere, so that a piece by itself finds
partners by chance. A word's vector is the sum of its pieces', less what is common to all pieces of the text, so that
long words are not near each other merely because they are long.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bialign.encode import Words
from bialign.encode.compute import in_threads
from bialign.encode.network import Floats, Ints

_CHUNK = 4096  # words joined at once
_SPACE = "▁"
# scripts that put no spaces between words, where a run of letters is a whole clause: Thai, Lao, Burmese, Khmer, and
# all from the radicals of Chinese on; Korean is among these, and its words stay in pieces
_UNSPACED = (("\u0e00", "\u0eff"), ("\u1000", "\u109f"), ("\u1780", "\u17ff"), ("\u2e80", "\U0010ffff"))


def joined_words(spelt: Sequence[str]) -> list[range]:
    """Join a segment's tokens, as they are spelt, into words.

    A word goes on while neither a space nor a change between letters and marks ends it.

    >>> joined_words(["▁re", "signed", ".", "▁No"])
    [range(0, 2), range(2, 3), range(3, 4)]
    >>> joined_words(["▁我们", "今天"])
    [range(0, 1), range(1, 2)]
    """
    starts = [n for n, piece in enumerate(spelt) if not n or not (_goes_on(piece) and _may_go_on(spelt[n - 1]))]
    return [range(a, b) for a, b in pairwise([*starts, len(spelt)])]


def joined(
    ids: Ints, lengths: Ints, vectors: NDArray[np.float16], mean: Floats, spell: Callable[[list[int]], list[str]]
) -> Words:
    """Join a text's tokens, of which each sentence has so many as `lengths` says, into words with unit vectors.

    `mean` is that of the tokens' `vectors`; `spell` gives the tokens of ids as they are spelt.
    """
    starts = np.flatnonzero(_begins(ids, lengths, spell))
    ends = np.concatenate([[0], np.cumsum(lengths)])
    counts = np.diff(np.searchsorted(starts, ends))
    if not len(starts):
        return Words(starts, counts, vectors[:0])
    sizes = np.diff(starts, append=len(ids))
    out = np.empty((len(starts), vectors.shape[1]), np.float16)

    def work(first: int) -> None:
        start, size = starts[first : first + _CHUNK], sizes[first : first + _CHUNK]
        sums = vectors[start].astype(np.float32)
        several = np.flatnonzero(size > 1)
        if len(several):  # few: most words are one token
            tokens, edges = _tokens_of(start[several], size[several])
            sums[several] = np.add.reduceat(vectors[tokens].astype(np.float32), edges, axis=0)
        sums -= size.astype(np.float32)[:, None] * mean
        sums *= (1 / (np.sqrt(np.einsum("ij,ij->i", sums, sums)) + np.float32(1e-9)))[:, None]
        out[first : first + len(sums)] = sums

    in_threads(work, range(0, len(starts), _CHUNK))
    return Words(_numbered(ids, starts), counts, out)


def _tokens_of(start: Ints, size: Ints) -> tuple[Ints, Ints]:
    """List the tokens of words, one word after the other, and where in the list each word begins."""
    edges = np.cumsum(size) - size
    return np.arange(int(size.sum())) + np.repeat(start - edges, size), edges


def _begins(ids: Ints, lengths: Ints, spell: Callable[[list[int]], list[str]]) -> NDArray[np.bool_]:
    """Tell of each token whether a word begins with it, as `joined_words` does."""
    known = np.flatnonzero(np.bincount(ids, minlength=1))
    spelt = spell(known.tolist())
    table = np.zeros((2, int(known.max(initial=0)) + 1), bool)
    table[0, known] = [_goes_on(piece) for piece in spelt]
    table[1, known] = [_may_go_on(piece) for piece in spelt]
    begins = np.ones(len(ids), bool)
    begins[1:] = ~(table[0, ids[1:]] & table[1, ids[:-1]])
    begins[(np.cumsum(lengths) - lengths)[lengths > 0]] = True
    return begins


def _numbered(ids: Ints, starts: Ints) -> Ints:
    """Number the distinct words, by sums of their pieces' ids spread over 64 bits, each by its place in the word."""
    sizes = np.diff(np.append(starts, len(ids)))
    place = np.arange(len(ids)) - np.repeat(starts, sizes)
    spread = (ids.astype(np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    spread ^= spread >> np.uint64(29)
    spread *= (2 * place + 1).astype(np.uint64) * np.uint64(0xBF58476D1CE4E5B9)
    return np.unique(np.add.reduceat(spread, starts), return_inverse=True)[1].astype(np.int64)


def _goes_on(piece: str) -> bool:
    """Tell whether a piece goes on with the word before it, if that may go on."""
    return not piece.startswith(_SPACE) and _is_letter(piece[:1])


def _may_go_on(piece: str) -> bool:
    return _is_letter(piece[-1:])


def _is_letter(char: str) -> bool:
    return char.isalnum() and not any(low <= char <= high for low, high in _UNSPACED)
