"""Sentences that two versions in one language share word for word, matched before anything is compared."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bialign.bitext import Bead, Span

_TELLING = 4  # words from which on one equal sentence alone is a match
_SPACES = re.compile(r"\s+")


def same_segments(source: Sequence[str], target: Sequence[str]) -> list[Bead]:
    """Match segments that are equal but for spaces: a longest common subsequence (Hunt & Szymanski's problem).

    Runs of equal segments are kept where they hold four words or more; what is shorter ("Sí.") may stand anywhere.

    >>> [(bead.source.start, bead.target.start) for bead in same_segments(["a b c d", "x"], ["y", "a  b c d", "x"])]
    [(0, 1), (1, 2)]
    >>> same_segments(["No.", "It rained."], ["No.", "It snowed."])
    []
    """
    from rapidfuzz.distance import LCSseq

    keys = [[key_of(text) for text in texts] for texts in (source, target)]
    found: list[Bead] = []
    for step in LCSseq.opcodes(*keys):
        size = step.src_end - step.src_start
        if step.tag != "equal" or sum(len(text.split()) for text in keys[0][step.src_start : step.src_end]) < _TELLING:
            continue
        found += [
            Bead(
                Span(step.src_start + n, step.src_start + n + 1),
                Span(step.dest_start + n, step.dest_start + n + 1),
            )
            for n in range(size)
        ]
    return found


def key_of(text: str) -> str:
    """Give what two segments must have in common to be the same: all but how they are spaced."""
    return _SPACES.sub(" ", text).strip()
