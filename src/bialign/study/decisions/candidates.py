"""Places where a translation may say more than its original (explicitation), or less (implicitation)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from bialign.bitext import Bitext
from bialign.study.decisions.linked import Linked


class Hit(NamedTuple):
    """Hold a candidate: the index of its bead, and what speaks for it."""

    bead: int
    shift: Literal["explicitation", "implicitation"]
    kind: str
    evidence: str
    score: float


def candidates_of(bitext: Bitext, linked: Mapping[int, Linked]) -> Iterator[Hit]:
    """Give the candidates of a text."""
    return iter(())
