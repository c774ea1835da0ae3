"""Vectors of whole words, from the encoder's features of their pieces: cosines tell which words correspond.

A word's vector is the sum of its pieces' features. *In context* they have gone through the convolutions, which see four
pieces to each side, and tell apart what is spelt the same. *By themselves*, each piece goes through the network with
nothing around it: once for each piece of the vocabulary, which costs next to nothing over a corpus.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, groupby
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from bialign.encode.network import FEATURES, REACH, forget_texts, load_network
from bialign.encode.running import features
from bialign.encode.use import load_tokeniser, tokenise
from bialign.encode.vocabulary import BEGIN, END, PADDING

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Sentence = Sequence[str]

_UNKNOWN = 0
_MOST_PIECES = 64  # of one word; what is longer is no word, and its vector no better for more of it
_MOST_WORDS = 200_000  # distinct words remembered
_MOST_KNOWN = 32_768  # distinct pieces remembered, at 2.5 KB each
_AROUND = (PADDING, PADDING, BEGIN, END)  # what stands before a sentence, and behind it
_APART = REACH + 1  # places from one piece to the next in a stream, so that none sees another
_STREAM = 16_384  # pieces that go through the network together: their features take 84 MB


class WordVectors:
    """Give unit vectors of the words of tokenised sentences."""

    def __init__(self) -> None:
        self._pieces: dict[str, tuple[int, ...]] = {}
        self._row_of: Ints = np.zeros(0, np.int64)  # of each vocabulary id in `_known`, or -1
        self._known: NDArray[np.float16] = np.zeros((0, FEATURES), np.float16)

    def in_context(self, sentences: Sequence[Sentence]) -> list[Floats]:
        """Give for each sentence its words' vectors (words, 1280) as they stand in it."""
        self._learn_pieces(chain.from_iterable(sentences))
        sizes = [sum(len(self._pieces[word]) for word in sentence) + len(_AROUND) for sentence in sentences]
        # sentences that end in the same stretch of so many pieces go through the network together
        stretches = (np.cumsum(sizes) // _STREAM).tolist()
        found: list[Floats] = []
        for _, group in groupby(zip(stretches, sentences, strict=True), key=itemgetter(0)):
            found += self._together([sentence for _, sentence in group])
        return found

    def _together(self, sentences: Sequence[Sentence]) -> list[Floats]:
        """Send sentences through the network at once, each between its own ends."""
        ids: list[int] = []
        owners: list[int] = []  # the word of each piece, -1 for what stands around a sentence
        words = 0
        for sentence in sentences:
            ids += _AROUND[:-1]
            owners += [-1] * (len(_AROUND) - 1)
            for word in sentence:
                pieces = self._pieces[word]
                ids += pieces
                owners += [words] * len(pieces)
                words += 1
            ids.append(_AROUND[-1])
            owners.append(-1)
        if not words:
            return [np.zeros((0, FEATURES), np.float32) for _ in sentences]
        owner = np.array(owners, np.int64)
        rows = np.flatnonzero(owner >= 0)
        starts = np.flatnonzero(np.diff(owner[rows], prepend=-1))
        vectors = _unit(np.add.reduceat(features(load_network(), np.array(ids, np.int64))[rows], starts, axis=0))
        return np.split(vectors, np.cumsum([len(sentence) for sentence in sentences])[:-1])

    def by_themselves(self, sentences: Sequence[Sentence]) -> list[Floats]:
        """Give for each sentence its words' vectors (words, 1280), the same wherever a word stands."""
        number: dict[str, int] = {}
        places = [[number.setdefault(word, len(number)) for word in sentence] for sentence in sentences]
        if not number:
            return [np.zeros((0, FEATURES), np.float32) for _ in sentences]
        self._learn_pieces(number)
        pieces = [self._pieces[word] for word in number]
        ids = np.fromiter(chain.from_iterable(pieces), np.int64)
        starts = np.cumsum([0, *map(len, pieces[:-1])])
        vectors = _unit(np.add.reduceat(self._piece_vectors(ids).astype(np.float32), starts, axis=0))
        return [vectors[place] for place in places]

    def _piece_vectors(self, ids: Ints) -> NDArray[np.float16]:
        """Give the features of pieces with nothing around them, working out those of new ones."""
        if not len(self._row_of):
            self._row_of = np.full(load_tokeniser().vocab_size(), -1, np.int64)
        new = np.unique(ids[self._row_of[ids] < 0])
        if len(self._known) + len(new) > _MOST_KNOWN:
            self._known, self._row_of[:] = self._known[:0], -1
            new = np.unique(ids)
        for start in range(0, len(new), _STREAM // _APART):
            part = new[start : start + _STREAM // _APART]
            stream = np.full((len(part) + 1, _APART), PADDING, np.int64)
            stream[1:, 0] = part
            # each piece is asked for once, so that what the network remembers of others, 15 KB each, is of no use here;
            # without it the same pieces give the same floats whatever came before
            forget_texts()
            found = features(load_network(), stream.ravel())[_APART::_APART]
            self._row_of[part] = np.arange(len(self._known), len(self._known) + len(part))
            self._known = np.concatenate([self._known, found.astype(np.float16)])
        return self._known[self._row_of[ids]]

    def _learn_pieces(self, words: Iterable[str]) -> None:
        words = list(words)
        if len(self._pieces) > _MOST_WORDS:
            self._pieces = {}
        new = [word for word in dict.fromkeys(words) if word not in self._pieces]
        for word, pieces in zip(new, tokenise([word[: 16 * _MOST_PIECES] for word in new]), strict=True):
            self._pieces[word] = tuple(pieces[:_MOST_PIECES]) or (_UNKNOWN,)


def _unit(vectors: Floats) -> Floats:
    scale = np.sqrt(np.einsum("ij,ij->i", vectors, vectors)) + np.float32(1e-9)
    return np.asarray(vectors / scale[:, None], np.float32)
