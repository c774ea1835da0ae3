"""Which texts are versions of one another, told by what they hold, for files whose names don't tell.

Of each text the first and last segments are compared, as two versions begin and end alike. How alike two texts are is
the mean closeness in meaning of each segment to the nearest of the other text, and how far the nearest ones stand in
the same order. Texts belong together if each is the other's nearest by a clear margin; what is not clear is left.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from bialign.encode import Encoder

    Floats = NDArray[np.float32]

_SAMPLE = 20
"""Segments that are compared of the beginning, and of the end, of each text."""
_ORDER = 0.2
_LEAST = 0.6
_MARGIN = 0.1
# below so many segments the order may be as it is by chance
_ORDERLY = 10


class LikePair(NamedTuple):
    """Tell that the text `source` of the one side and `target` of the other are versions of one text."""

    source: int
    target: int
    likeness: float
    """0 for nothing in common; versions of one text are mostly above 0.7, two texts on one subject below 0.6."""


def pair_texts(
    sources: Sequence[Sequence[str]],
    targets: Sequence[Sequence[str]],
    *,
    encoder: Encoder | None = None,
    progress: Callable[[float], None] | None = None,
) -> list[LikePair]:
    """Find which texts, given as their segments, belong together; in the order of the sources."""
    if not sources or not targets:
        return []
    import numpy as np

    vectors = _vectors([*sources, *targets], encoder, progress)
    ours, theirs = vectors[: len(sources)], vectors[len(sources) :]
    scores = np.array([[likeness(one, other) for other in theirs] for one in ours])
    found = []
    for row, column in enumerate(scores.argmax(axis=1).tolist()):
        best = scores[row, column]
        others = np.concatenate([np.delete(scores[row], column), np.delete(scores[:, column], row)])
        if best >= _LEAST and (not len(others) or best - others.max() >= _MARGIN):
            found.append(LikePair(row, column, round(float(best), 3)))
    return found


def likeness(source: Floats, target: Floats) -> float:
    """Tell how alike two texts are, given as their segments' unit vectors (segments, dimension)."""
    import numpy as np

    if not len(source) or not len(target):
        return 0.0
    near = source @ target.T
    closeness = (near.max(axis=0).mean() + near.max(axis=1).mean()) / 2
    partners = near.argmax(axis=1)
    if len(set(partners.tolist())) < 2:
        return float(closeness)
    order = float(np.corrcoef(partners, np.arange(len(partners)))[0, 1])
    return float(closeness) + _ORDER * max(order, 0.0) * min(1.0, (len(partners) - 1) / _ORDERLY)


def _vectors(
    texts: Sequence[Sequence[str]], encoder: Encoder | None, progress: Callable[[float], None] | None
) -> list[Floats]:
    import numpy as np

    from bialign.encode import EncoderOfSeveral, default_encoder

    encoder = encoder or default_encoder()
    samples = [_sample(text) for text in texts]
    done = [0]

    def next_one(share: float) -> None:
        if share >= 1 and progress:
            done[0] += 1
            progress(min(1.0, done[0] / len(texts)))

    if isinstance(encoder, EncoderOfSeveral):
        spans = list(encoder.spans_each(samples, 1, [next_one] * len(samples)))
    else:
        spans = [encoder.spans(sample, 1, next_one) for sample in samples]
    return [np.asarray(span.vectors(1, np.arange(len(span)))) for span in spans]


def _sample(text: Sequence[str]) -> list[str]:
    text = [segment for segment in text if segment.strip()]
    return text if len(text) <= 2 * _SAMPLE else text[:_SAMPLE] + text[-_SAMPLE:]
