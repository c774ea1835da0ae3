"""Marks: a bead whose two sides hold different numbers is doubtful, one that shares them is likely.

Terms of a glossary are marks as numbers are. Only those count that both texts hold somewhere: "ten" against 10 says
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from bialign.aligner.band import Floats, Ints
from bialign.aligner.ranges import members
from bialign.bitext import Span

MARK_FEATURES = (
    "numbers alone",  # numbers, and terms of a glossary, on one side of the bead only
    "numbers shared",
)
# thousands are parted by a full stop, a comma or a space, as the language will have it
_NUMBER = re.compile(r"(?<!\d)\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?!\d)|\d+(?:[.,]\d+)*")
_DIGIT, _PARTING = re.compile(r"\d"), re.compile(r"\D")


def numbers(sentence: str) -> tuple[str, ...]:
    """List the numbers written in digits, as their digits.

    >>> numbers("In 1992, 10,500 of 2 300 500 (3.5%)")
    ('1992', '10500', '2300500', '35')
    """
    if not _DIGIT.search(sentence):  # most have none, and this is the quicker look
        return ()
    return tuple(_PARTING.sub("", found) for found in _NUMBER.findall(sentence))


@dataclass(frozen=True, slots=True)
class SharedMarks:
    """Hold where the marks stand that occur in both texts: `keys` in order, segment n's from starts[n] on."""

    keys: Ints
    starts: Ints

    @classmethod
    def of_both(
        cls, source: Sequence[Sequence[str]], target: Sequence[Sequence[str]]
    ) -> tuple[SharedMarks, SharedMarks]:
        """Index both texts' marks, given for each segment; equal ones correspond."""
        shared = sorted(set(chain(*source)) & set(chain(*target)))
        key = {mark: n for n, mark in enumerate(shared)}
        return cls._of(source, key), cls._of(target, key)

    @classmethod
    def _of(cls, segments: Sequence[Sequence[str]], key: dict[str, int]) -> SharedMarks:
        kept = [[key[mark] for mark in segment if mark in key] for segment in segments]
        return cls(np.array(list(chain(*kept)), np.int64), np.cumsum([0, *map(len, kept)]))

    def part(self, span: Span) -> SharedMarks:
        """Give the marks of some of the segments."""
        return SharedMarks(self.keys, self.starts[span.start : span.stop + 1])

    def between(self, begin: Ints, end: Ints) -> tuple[Ints, Ints]:
        """List the marks of the segments begin[n] .. end[n] - 1 for each n: which n, and which mark."""
        which, position = members(self.starts, begin, end)
        return which, self.keys[position]


def mark_features(marks: tuple[SharedMarks, SharedMarks], k: int, m: int, i: Ints, j: Ints) -> Floats:
    """Compute (len(MARK_FEATURES), len(i)) features of the k-m beads at (i, j)."""
    source, target = marks
    left, right = source.between(i, i + k), target.between(j, j + m)
    bead = np.concatenate([left[0], right[0]])
    if not len(bead):
        return np.zeros((len(MARK_FEATURES), len(i)), np.float32)
    kinds = 1 + max(int(side.keys.max(initial=0)) for side in (source, target))
    pairs, pair = np.unique(bead * kinds + np.concatenate([left[1], right[1]]), return_inverse=True)
    here, there = (np.bincount(part, minlength=len(pairs)) for part in (pair[: len(left[0])], pair[len(left[0]) :]))
    alone, shared = np.abs(here - there), np.minimum(here, there)
    return np.stack([np.bincount(pairs // kinds, count, minlength=len(i)) for count in (alone, shared)]).astype(
        np.float32
    )
