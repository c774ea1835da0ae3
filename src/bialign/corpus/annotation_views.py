"""Annotations with their words, and the beads they stand in."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bialign.store import Store
from bialign.store.beads import SIDES, Side, StoredBead
from bialign.store.marking import Annotation, Mark

_MANY = 500
"""Annotations from which on a text is read as a whole."""


@dataclass(frozen=True, slots=True)
class AnnotationView:
    """Hold an annotation with its words: `texts` are those of its marks, `stands` the bead that each stands in.

    `beads` are these beads in the order of the text, each once.
    """

    annotation: Annotation
    bitext: str
    beads: tuple[int, ...]
    stands: tuple[int, ...]
    texts: tuple[str, ...]

    @property
    def id(self) -> int:
        """Give the id of the annotation."""
        return self.annotation.id

    def text(self, side: Side) -> str:
        """Give the words marked on one side; between those that do not stand together are three dots."""
        pairs = zip(self.annotation.marks, self.texts, strict=True)
        return " … ".join(text for mark, text in pairs if mark.side == side)


def views(store: Store, bitext: int, name: str, chosen: Sequence[Annotation]) -> Iterator[AnnotationView]:
    """Give annotations of a bitext with their words and beads."""
    if not chosen:
        return
    beads = Places(store, bitext)
    documents = {side: store.beads.document(bitext, side) for side in SIDES}
    texts: dict[tuple[Side, float], str] = {}
    if len(chosen) > _MANY:
        # the whole text at once is quicker than many pieces of it
        texts = {(side, one.place): one.text for side in SIDES for one in store.reader.all(documents[side])}
    for one in chosen:
        for mark in one.marks:
            if mark[:2] not in texts:
                run = store.reader.run(documents[mark.side], mark.place, 1)
                texts[mark.side, mark.place] = run[0].text if run and run[0].place == mark.place else ""
        words = tuple(texts[mark.side, mark.place][mark.start : mark.stop] for mark in one.marks)
        stands = tuple(beads.at(mark.side, mark.place) for mark in one.marks)
        yield AnnotationView(one, name, beads.in_order(stands), stands, words)


class Places:
    """Tell in which bead a segment stands, quickly for many."""

    def __init__(self, store: Store, bitext: int) -> None:
        self._order: dict[int, int] = {}
        self._places: dict[Side, list[float]] = {side: [] for side in SIDES}
        self._ids: dict[Side, list[int]] = {side: [] for side in SIDES}
        for number, bead in enumerate(store.beads.of(bitext)):
            self._order[bead.id] = number
            for side in SIDES:
                if bead.count(side):
                    self._places[side].append(bead.place(side))
                    self._ids[side].append(bead.id)

    def at(self, side: Side, place: float) -> int:
        """Give the id of the bead that holds a segment."""
        return self._ids[side][max(0, bisect.bisect_right(self._places[side], place) - 1)]

    def in_order(self, beads: Iterable[int]) -> tuple[int, ...]:
        """Give beads in the order of the text, each once."""
        return tuple(sorted(set(beads), key=self._order.__getitem__))


def whole(bead: StoredBead, store: Store) -> tuple[Mark, ...]:
    """Give marks of all of a bead."""
    return tuple(
        Mark(side, segment.place, 0, len(segment.text))
        for side in SIDES
        for segment in store.beads.segments(bead, side)
    )


def in_order(view: AnnotationView) -> tuple[float, float, int]:
    """Give what views are sorted by to stand in the order of the text."""
    first = {mark.side: mark for mark in reversed(view.annotation.marks)}
    one = first.get("source") or first["target"]
    return one.place, one.start, view.id
