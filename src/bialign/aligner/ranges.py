"""What segments hold, listed for many stretches of segments at once."""

from __future__ import annotations

import numpy as np

from bialign.aligner.band import Ints


def members(starts: Ints, begin: Ints, end: Ints) -> tuple[Ints, Ints]:
    """List what the segments begin[n] .. end[n] - 1 hold, for each n: which n, and the position of the thing held.

    Segment s holds the positions starts[s] .. starts[s + 1] - 1.

    >>> which, position = members(np.array([0, 2, 3]), np.array([0, 1]), np.array([2, 2]))
    >>> which.tolist(), position.tolist()
    ([0, 0, 0, 1], [0, 1, 2, 2])
    """
    first = starts[begin]
    lengths = starts[end] - first
    which = np.repeat(np.arange(len(begin)), lengths)
    return which, np.arange(len(which)) + (first - (np.cumsum(lengths) - lengths))[which]
