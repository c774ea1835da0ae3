"""What the network knows of a token by its vocabulary id alone, worked out once for each id that occurs."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from bialign.encode.compute import in_threads

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

BEGIN, END = 1, 2  # vocabulary ids that stand around every text
PADDING = -1  # in a stream of ids: a place outside any text, which the convolutions see as zeros
_MOST_TYPES = 16_384  # distinct tokens remembered, at 15 KB each
_BLOCK = 256


@dataclass(frozen=True, slots=True)
class TypeRows:
    """Hold tables with a row for each distinct token: row 0 holds zeros, for padding, then come BEGIN and END."""

    BEGIN_ROW: ClassVar[int] = 1
    END_ROW: ClassVar[int] = 2

    tables: tuple[Floats, ...]

    @classmethod
    def empty(cls, size: int, widths: Sequence[int]) -> TypeRows:
        """Make tables of zeros; the system lends the memory of a row only once it is written to."""
        return cls(tuple(np.zeros((size, width), np.float32) for width in widths))


class Types:
    """Remember the rows of distinct tokens. Tables once handed out never change in the rows they were asked for."""

    def __init__(
        self, compute: Callable[[Ints, Sequence[Floats]], None], vocabulary: int, widths: Sequence[int]
    ) -> None:
        """Remember what `compute` writes, for given ids, to rows of tables of the given `widths`."""
        self._compute, self._widths, self._lock = compute, widths, threading.Lock()
        self._row_of = np.zeros(vocabulary, np.int32)
        self._used, self._rows = 0, TypeRows(())

    def look_up(self, ids: Ints) -> tuple[Ints, TypeRows]:
        """Give each id's row (0 for PADDING) and the tables it indexes, computing the rows of ids not met before."""
        real = ids[ids != PADDING]
        with self._lock:
            new = np.unique(real[self._row_of[real] == 0])
            if not self._used or self._used + len(new) > len(self._rows.tables[0]):
                known = np.setdiff1d(real, (BEGIN, END))
                size = max(_MOST_TYPES, len(known) + 3)
                self._rows, self._used = TypeRows.empty(size, self._widths), 1
                self._row_of[:] = 0
                new = np.concatenate([(BEGIN, END), known])
            if len(new):
                self._add(new)
            rows = self._row_of[np.maximum(ids, 0)].astype(np.int64)
            rows[ids == PADDING] = 0
            return rows, self._rows

    def forget(self) -> None:
        """Forget all rows, so that what comes next gets the same floats whatever came before.

        The last bits of a row depend on the rows it is worked out with, as those of a matrix product do.
        """
        with self._lock:
            self._used = 0

    def _add(self, ids: Ints) -> None:
        start, tables = self._used, self._rows.tables

        def fill(first: int) -> None:
            part = ids[first : first + _BLOCK]
            rows = slice(start + first, start + first + len(part))
            self._compute(part, [table[rows] for table in tables])

        in_threads(fill, range(0, len(ids), _BLOCK))
        self._used = start + len(ids)
        self._row_of[ids] = np.arange(start, self._used)
