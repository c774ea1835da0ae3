"""Any sentence-transformers model as the encoder: LaBSE, LASER-like models, your own. An optional extra.

Such models embed a text as a whole, so every span of sentences is encoded as a text of its own, once, when it is first
asked for. The words that cuts are judged by still come from the encoder that ships with bialign.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bialign.encode import Progress, Words
from bialign.errors import MissingExtra

Floats = NDArray[np.float32]


class TransformerEncoder:
    """Encode with a sentence-transformers model, given as an object or as the folder it was saved to.

    Nothing is downloaded: a name that is no folder on this machine is refused with ValueError. Needs the extra
    ``transformers``, else raises MissingExtra.
    """

    def __init__(self, model: Any) -> None:
        if isinstance(model, str | Path):
            folder = Path(model)
            if not folder.is_dir():
                raise ValueError(f"{model} is no folder with a saved model; bialign downloads none")
            try:
                from sentence_transformers import SentenceTransformer
            except ImportError:
                raise MissingExtra("encoding with a sentence-transformers model", "transformers") from None
            self._model, self.name = SentenceTransformer(str(folder), local_files_only=True), folder.name
        else:
            self._model, self.name = model, type(model).__name__

    def spans(self, sentences: Sequence[str], longest: int, progress: Progress | None = None) -> TransformerSpans:
        """Encode running text given as its sentences in order, for runs of up to `longest` sentences."""
        spans = TransformerSpans(self._model, sentences, longest)
        spans.vectors(1, np.arange(len(sentences)))
        if progress:
            progress(1.0)
        return spans


class TransformerSpans:
    """Hold the spans of one text that were encoded so far; see `SpanVectors`."""

    def __init__(self, model: Any, sentences: Sequence[str], longest: int) -> None:
        self.longest, self._model, self._sentences = longest, model, list(sentences)
        self._known: dict[int, tuple[NDArray[np.bool_], Floats]] = {}

    def __len__(self) -> int:
        return len(self._sentences)

    def words(self) -> Words:
        """Give the text's tokens as word vectors of the encoder that ships with bialign."""
        from bialign.encode.use import UseEncoder

        return UseEncoder().spans(self._sentences, 1).words()

    def vectors(self, length: int, starts: NDArray[np.int64]) -> Floats:
        """Give the unit vectors (len(starts), dimension) of runs of `length` sentences; see `SpanVectors`."""
        if not 1 <= length <= self.longest:
            raise ValueError(f"spans hold 1 to {self.longest} sentences, not {length}")
        size = len(self)
        if length not in self._known:
            dimension = int(self._model.get_sentence_embedding_dimension())
            # runs past the end count as known: their rows are zeros
            self._known[length] = np.arange(size) > size - length, np.zeros((size, dimension), np.float32)
        done, table = self._known[length]
        wanted = np.unique(starts)
        missing = wanted[~done[wanted]]
        if len(missing):
            texts = [" ".join(self._sentences[i : i + length]) for i in missing.tolist()]
            found = self._model.encode(texts, normalize_embeddings=True, show_progress_bar=False)
            table[missing] = np.asarray(found, np.float32)
            done[missing] = True
        return np.asarray(table[starts])
