"""What a search gives: hits with their exact place, the words around them and a citation, in pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from bialign.bitext import Status
from bialign.concordance.query import Query
from bialign.store.beads import Side, StoredBead

Marks = tuple[tuple[int, int], ...]


class Found(NamedTuple):
    """Hold a bead that holds what is searched for on one side: where, in that side's segments joined by spaces."""

    bead: StoredBead
    side: Side
    spans: list[tuple[int, int]]


class Occurrence(NamedTuple):
    """Hold one occurrence: the bead by its id, the side, and where in that side's text."""

    bead: int
    side: Side
    start: int
    stop: int


class Piece(NamedTuple):
    """Hold the part of a hit that stands in one segment: its place in the document, and offsets in its text."""

    place: float
    start: int
    stop: int


class Hit(NamedTuple):
    """Hold one occurrence of what was searched for, with both sides of its bead.

    ``text[start:stop]`` is what was found, `text` being `source` or `target` as `side` says: the segments of that side
    of the bead, joined by spaces. `pieces` tells the same by segment. `marks` and `counterparts` are where the other
    terms of the query stand, in the same side and in the other one. `left` and `right` is what stands around the hit in
    the document, over the borders of segments.

    `source_place` and `target_place` say where that is as people cite it ("p. 12, par. 3"), "" where it is not known.
    """

    number: int
    bead: int
    bitext: str
    type: str
    status: Status
    probability: float
    side: Side
    start: int
    stop: int
    pieces: tuple[Piece, ...]
    source: str
    target: str
    source_lang: str
    target_lang: str
    marks: Marks
    counterparts: Marks
    left: str
    right: str
    source_title: str
    target_title: str
    source_place: str
    target_place: str

    @property
    def text(self) -> str:
        """Give the side the hit is on."""
        return self.source if self.side == "source" else self.target

    @property
    def node(self) -> str:
        """Give what was found, as it stands in the text."""
        return self.text[self.start : self.stop]

    def side_marks(self, side: Side) -> Marks:
        """Give all that is to be marked on a side, in order."""
        if side != self.side:
            return self.counterparts
        return tuple(sorted({(self.start, self.stop), *self.marks}))

    def citation(self) -> str:
        """Give one line to cite the hit by: title and place of the side it is on, and its bead."""
        first, second = (self.source_title, self.source_place), (self.target_title, self.target_place)
        title, place = first if self.side == "source" else second
        return f"{title}, {place} [{self.bead}]" if place else f"{title} [{self.bead}]"


@dataclass(frozen=True, slots=True)
class Counts:
    """Count what a query finds; `whole` tells that all was counted, not only up to a limit."""

    hits: int
    beads: int
    bitexts: int
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Page:
    """Hold some hits of a query, from number `offset` on (counted from 0), of the corpus as it stood at `corpus`.

    `more` tells whether others follow. `sample` and `seed` are set where the hits are a random choice; `sort` is the
    order they are in.
    """

    query: Query
    corpus: str
    hits: tuple[Hit, ...]
    offset: int = 0
    more: bool = False
    sort: tuple[str, ...] = ()
    sample: int = 0
    seed: int = 0

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __len__(self) -> int:
        return len(self.hits)
