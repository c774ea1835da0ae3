"""How alike the meanings of two sides are, by the encoder that the aligner uses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from bialign.encode import Encoder

_AT_ONCE = 2_000


def cosines(pairs: Sequence[tuple[str, str]]) -> list[float]:
    """Give the cosine of the two sides' vectors for each pair; about 1 for translations, about 0 for strangers.

    Each side is encoded as a text of its own. It costs one to three milliseconds a pair on one core.
    """
    from bialign.encode import default_encoder

    encoder, found = default_encoder(), list[float]()
    for start in range(0, len(pairs), _AT_ONCE):
        part = pairs[start : start + _AT_ONCE]
        vectors = [_vectors(encoder, [pair[side] for pair in part]) for side in (0, 1)]
        found += (vectors[0] * vectors[1]).sum(axis=1).tolist()
    return found


def _vectors(encoder: Encoder, texts: list[str]) -> NDArray[np.float32]:
    import numpy as np

    return encoder.spans(texts, 1).vectors(1, np.arange(len(texts)))
