"""Annotations as decisions: by the sentences they stand in, so that they are found again in another copy of a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from bialign.store import marking
from bialign.store.beads import SIDES, Side
from bialign.store.marking import Annotation, Mark

if TYPE_CHECKING:
    from bialign.corpus.finder import Finder
    from bialign.store import Edit, Store


class DecidedMark(NamedTuple):
    """Hold a stretch by the text of its segment: letters ``[start, stop)`` of it; `near` is about where it stands."""

    side: Side
    segment: str
    start: int
    stop: int
    near: float = 0


@dataclass(frozen=True, slots=True)
class AnnotationDecision:
    """Say that somebody gave a label to stretches of the texts.

    `id` is the number that `decides` of others refer to it by; `by` is the annotator.
    """

    id: int
    scheme: str
    label: str
    by: str
    marks: tuple[DecidedMark, ...]
    note: str = ""
    decides: tuple[int, ...] = ()
    was: str = ""

    @property
    def source(self) -> tuple[str, ...]:
        """Give the words marked in the source."""
        return self._words("source")

    @property
    def target(self) -> tuple[str, ...]:
        """Give the words marked in the target."""
        return self._words("target")

    def _words(self, side: Side) -> tuple[str, ...]:
        return tuple(mark.segment[mark.start : mark.stop] for mark in self.marks if mark.side == side)


def taken_from(store: Store, bitext: int) -> Iterator[AnnotationDecision]:
    """Give the annotations of a bitext."""
    documents = {side: store.beads.document(bitext, side) for side in SIDES}
    for one in marking.of(store.database, bitext):
        marks = tuple(
            DecidedMark(mark.side, segment.text, mark.start, mark.stop, mark.place)
            for mark in one.marks
            for segment in store.reader.run(documents[mark.side], mark.place, 1)
        )
        yield AnnotationDecision(one.id, one.scheme, one.label, one.who, marks, one.note, one.decides, one.was)


def replay(
    edit: Edit, bitext: int, finder: Finder, decisions: Iterable[AnnotationDecision]
) -> list[AnnotationDecision]:
    """Write annotations that are not there yet; give those of which the text is not there any more."""
    held = {_same(one): one.id for one in marking.of(edit.database, bitext)}
    ids: dict[int, int] = {}
    unplaced: list[AnnotationDecision] = []
    # decisions come after what they decide
    for one in sorted(decisions, key=lambda one: bool(one.decides)):
        placed = [_placed(edit, bitext, finder, mark) for mark in one.marks]
        missing = [id for id in one.decides if id not in ids]
        if not placed or not all(placed) or missing:
            unplaced.append(one)
            continue
        marks = tuple(mark for marks in placed for mark in marks)
        decides = tuple(ids[id] for id in one.decides)
        new = Annotation(0, bitext, one.scheme, one.label, one.by, marks, one.note, decides, one.was)
        try:
            new = marking.tidy(edit, new)
        except ValueError:
            unplaced.append(one)
            continue
        key = _same(new)
        ids[one.id] = held[key] if key in held else marking.add(edit, new)
        held.setdefault(key, ids[one.id])
    return unplaced


def _same(one: Annotation) -> tuple[object, ...]:
    return one.scheme, one.label, one.who, one.marks, one.note, one.decides


def _placed(edit: Edit, bitext: int, finder: Finder, mark: DecidedMark) -> list[Mark]:
    """Give the marks that a stretch is now, none where its segment is not there; it may be cut otherwise by now."""
    number = SIDES.index(mark.side)
    span = finder.run(mark.side, (mark.segment,), mark.near)
    if span is None:
        return []
    document = edit.beads.document(bitext, mark.side)
    segments = edit.beads.reader.run(document, finder.places[number][span.start], len(span))
    if len(segments) == 1 and segments[0].text == mark.segment:
        return [Mark(mark.side, segments[0].place, mark.start, mark.stop)]
    # spaces may be others now: what is no space is counted
    first = _letters(mark.segment[: mark.start])
    last = first + _letters(mark.segment[mark.start : mark.stop])
    found, at = [], 0
    for segment in segments:
        inside = [n for n, letter in enumerate(segment.text) if not letter.isspace()]
        start, stop = max(first - at, 0), min(last - at, len(inside))
        if start < stop:
            found.append(Mark(mark.side, segment.place, inside[start], inside[stop - 1] + 1))
        at += len(inside)
    return found


def _letters(text: str) -> int:
    return sum(not letter.isspace() for letter in text)
