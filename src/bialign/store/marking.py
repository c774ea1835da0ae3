"""Annotations: labels that people gave to stretches of both texts; they keep their place when the texts are edited.

A mark names its segment by place and counts letters within it, so nothing that happens to beads touches it. What
happens to the text of its segment moves it; where the words that it marks are changed themselves, the annotation keeps
the words it was made on, as a sign that somebody should look at it again.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import msgspec

from bialign.errors import CorpusError, NotFound
from bialign.store.beads import SIDES, Side
from bialign.store.changes import COLUMNS
from bialign.store.database import Database, Row
from bialign.store.journal import Edit
from bialign.store.passages import Reader

_COLUMNS = ", ".join(COLUMNS["annotation"])
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


class Mark(NamedTuple):
    """Hold a stretch of one segment: letters ``[start, stop)`` of the segment at a place of one side."""

    side: Side
    place: float
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Annotation:
    """Hold what one person said of some stretches; `decides` are the ids of annotations that it settles.

    `was` are the words that it was made on, where they have been corrected since, else "". The label "" says that
    none fits, which only who decides between others can say.
    """

    id: int
    bitext: int
    scheme: str
    label: str
    who: str
    marks: tuple[Mark, ...]
    note: str = ""
    decides: tuple[int, ...] = ()
    was: str = ""


class _Held(msgspec.Struct, omit_defaults=True):
    """Hold what stands in the column `spans`."""

    spans: tuple[Mark, ...]
    decides: tuple[int, ...] = ()
    was: str = ""


_decoder = msgspec.json.Decoder(_Held)


def _annotation(row: Row) -> Annotation:
    id, bitext, scheme, label, who, spans, note = row
    held = _decoder.decode(spans)
    marks = tuple(Mark(*mark) for mark in held.spans)
    return Annotation(id, bitext, scheme, label, who, marks, note or "", held.decides, held.was)


def _spans(annotation: Annotation) -> str:
    return msgspec.json.encode(_Held(annotation.marks, annotation.decides, annotation.was)).decode()


def of(database: Database, bitext: int) -> list[Annotation]:
    """Give the annotations of a bitext in the order they were made."""
    rows = database.rows(f"SELECT {_COLUMNS} FROM annotation WHERE bitext = ? ORDER BY id", bitext)
    return [_annotation(row) for row in rows]


def get(database: Database, id: int) -> Annotation:
    """Give an annotation by its id; NotFound where there is none."""
    row = database.row(f"SELECT {_COLUMNS} FROM annotation WHERE id = ?", id)
    if row is None:
        raise NotFound("there is no annotation {id} in this corpus", place=str(database.path), id=id)
    return _annotation(row)


def used_labels(database: Database, scheme: str) -> dict[str, int]:
    """Count the annotations of a scheme by label."""
    rows = database.rows("SELECT label, count(*) FROM annotation WHERE scheme = ? GROUP BY label", scheme)
    return {label: count for label, count in rows if label}


def add(edit: Edit, new: Annotation) -> int:
    """Write an annotation, whose id does not count, and give its id.

    Its marks are tidied (see `tidied`); ValueError where none are left.
    """
    new = tidy(edit, new)
    edit.bitext = new.bitext
    values = (new.bitext, new.scheme, new.label, new.who, _spans(new), new.note or None)
    id = edit.insert("annotation", *values)
    edit.details.setdefault("annotations", []).append(id)
    edit.details |= {"label": new.label, "by": new.who}
    return id


def change(edit: Edit, new: Annotation) -> None:
    """Write an annotation in the place of the one that has its id."""
    new = tidy(edit, new)
    edit.bitext = new.bitext
    edit.details.setdefault("annotations", []).append(new.id)
    edit.details["by"] = new.who
    edit.update("annotation", new.id, label=new.label, who=new.who, spans=_spans(new), note=new.note or None)


def remove(edit: Edit, ids: Iterable[int]) -> None:
    """Take annotations out; CorpusError where one that stays has settled one of them."""
    gone = [get(edit.database, id) for id in dict.fromkeys(ids)]
    named = {one.id for one in gone}
    for bitext in {one.bitext for one in gone}:
        for other in of(edit.database, bitext):
            settled = named.intersection(other.decides)
            if other.id not in named and settled:
                reason = "annotation {id} has been decided by {other}: remove that decision first"
                raise CorpusError(reason, place=str(edit.database.path), id=min(settled), other=other.id)
        edit.bitext = bitext
    for one in gone:
        edit.delete("annotation", one.id)
        edit.details["by"] = one.who
    edit.details.setdefault("annotations", []).extend(sorted(named))


def tidied(reader: Reader, documents: tuple[int, int], marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Put marks in order, without spaces at their ends, those that touch made one.

    Raises NotFound for a segment that is not there, ValueError for letters it does not have, or where nothing is left.
    """
    found: list[Mark] = []
    texts: dict[tuple[str, float], str] = {}
    for mark in sorted(set(marks), key=lambda one: (SIDES.index(one.side), *one[1:])):
        key = mark.side, mark.place
        if key not in texts:
            run = reader.run(documents[SIDES.index(mark.side)], mark.place, 1)
            if not run or run[0].place != mark.place:
                raise NotFound("there is no segment {number} in this document", number=mark.place)
            texts[key] = run[0].text
        text = texts[key]
        if not 0 <= mark.start < mark.stop <= len(text):
            raise ValueError(f"a segment of {len(text)} letters has no letters {mark.start}-{mark.stop}")
        start, stop = _trimmed(text, mark.start, mark.stop)
        last = found[-1] if found else None
        if start == stop:
            continue
        if last is not None and last[:2] == key and not text[last.stop : start].strip():
            found[-1] = last._replace(stop=max(last.stop, stop))
        else:
            found.append(Mark(mark.side, mark.place, start, stop))
    if not found:
        raise ValueError("an annotation marks some words")
    return tuple(found)


def _trimmed(text: str, start: int, stop: int) -> tuple[int, int]:
    piece = text[start:stop]
    start += len(piece) - len(piece.lstrip())
    return start, max(start, start + len(piece.strip()))


def tidy(edit: Edit, new: Annotation) -> Annotation:
    """Give an annotation with its marks tidied; see `tidied`."""
    documents = edit.beads.document(new.bitext, "source"), edit.beads.document(new.bitext, "target")
    return replace(new, marks=tidied(edit.beads.reader, documents, new.marks))


# --- what edits of the text do ---


def corrected(edit: Edit, document: int, place: float, before: str, after: str) -> None:
    """Let marks follow a correction of their segment, and keep the words of those whose words it changes."""
    shifts = Correction(before, after)
    for one, side in _touching(edit, document, {place}):
        marks, was = [], one.was
        for mark in one.marks:
            if mark[:2] != (side, place):
                marks.append(mark)
                continue
            start, stop, changed = shifts.moved(mark.start, mark.stop)
            marks.append(mark._replace(start=start, stop=stop))
            if changed and not was:
                was = " ".join(before[mark.start : mark.stop].split())
        _follow(edit, one, marks, was)


def cut(edit: Edit, document: int, place: float, new: float, *, left: int, border: int) -> None:
    """Let marks follow when a segment is cut: `left` letters stay, those from `border` on become the segment `new`."""
    for one, side in _touching(edit, document, {place}):
        marks: list[Mark] = []
        for mark in one.marks:
            if mark[:2] != (side, place):
                marks.append(mark)
                continue
            if mark.start < left:
                marks.append(mark._replace(stop=min(mark.stop, left)))
            if mark.stop > border:
                marks.append(Mark(side, new, max(0, mark.start - border), mark.stop - border))
        _follow(edit, one, marks, one.was)


def joined(edit: Edit, document: int, first: float, second: float, *, shift: int, length: int) -> None:
    """Let marks follow when a segment becomes the end of the one before it, `shift` letters from its start.

    `length` is how many letters the first had; marks that meet at the seam become one.
    """
    for one, side in _touching(edit, document, {first, second}):
        marks: list[Mark] = []
        for mark in sorted(one.marks):
            if mark[:2] != (side, second):
                marks.append(mark)
                continue
            start = mark.start + shift
            if not mark.start and marks and marks[-1][:2] == (side, first) and marks[-1].stop == length:
                start = marks.pop().start
            marks.append(Mark(side, first, start, mark.stop + shift))
        _follow(edit, one, marks, one.was)


def _touching(edit: Edit, document: int, places: set[float]) -> Iterator[tuple[Annotation, Side]]:
    """Give the annotations that mark any of some segments, with the side their document is of the bitext."""
    for bitext, side in edit.beads.bitexts_of(document):
        for one in of(edit.database, bitext):
            if any(mark.side == side and mark.place in places for mark in one.marks):
                yield one, side


def _follow(edit: Edit, one: Annotation, marks: Iterable[Mark], was: str) -> None:
    ordered: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (SIDES.index(mark.side), *mark[1:])):
        last = ordered[-1] if ordered else None
        if last is not None and last[:2] == mark[:2] and mark.start <= last.stop:
            ordered[-1] = last._replace(stop=max(last.stop, mark.stop))
        else:
            ordered.append(mark)
    edit.update("annotation", one.id, spans=_spans(replace(one, marks=tuple(ordered), was=was)))


class Correction:
    """Tell where letters of a text stand after a correction, by the words that are the same before and after.

    >>> Correction("the old man", "the very old man").moved(4, 7)
    (9, 12, False)
    >>> Correction("the old man", "the young man").moved(4, 7)
    (4, 9, True)
    """

    def __init__(self, before: str, after: str) -> None:
        self._after = after
        tokens = _TOKEN.findall(before), _TOKEN.findall(after)
        starts = [_starts(each) for each in tokens]
        matcher = difflib.SequenceMatcher(None, *tokens, autojunk=False)
        self._steps = [
            (tag == "equal", starts[0][i1], starts[0][i2], starts[1][j1], starts[1][j2])
            for tag, i1, i2, j1, j2 in matcher.get_opcodes()
        ]

    def moved(self, start: int, stop: int) -> tuple[int, int, bool]:
        """Give where ``[start, stop)`` stands now, and whether its words are others; all of the text if they are gone.

        The stretch must not be empty.
        """
        new_start = new_stop = 0
        changed = False
        for equal, i1, i2, j1, j2 in self._steps:
            if i1 <= start < i2:
                new_start = j1 + start - i1 if equal else j1
            if i1 < stop <= i2:
                new_stop = j1 + stop - i1 if equal else j2
            # what is put in at a border stands beside the stretch, not in it
            changed = changed or (not equal and (i1 < stop and i2 > start if i1 < i2 else start < i1 < stop))
        new_start, new_stop = _trimmed(self._after, new_start, new_stop)
        if new_start >= new_stop:
            return 0, len(self._after), True
        return new_start, new_stop, changed


def _starts(tokens: Sequence[str]) -> list[int]:
    found = [0]
    for token in tokens:
        found.append(found[-1] + len(token))
    return found


# --- is it whole? ---


def faults(database: Database, reader: Reader, bitext: int) -> Iterator[tuple[str, dict[str, object]]]:
    """Tell of the annotations of a bitext that mark what is not there, or settle what is not there."""
    row = database.row("SELECT source, target FROM bitext WHERE id = ?", bitext)
    held = of(database, bitext)
    if row is None or not held:
        return
    lengths = {
        side: {segment.place: len(segment.text) for segment in reader.all(document)}
        for side, document in zip(SIDES, row, strict=True)
    }
    ids = {one.id for one in held}
    for one in held:
        if not one.marks or any(not _fits(mark, lengths) for mark in one.marks):
            yield "{name}: annotation {id} marks words that are not there", {"id": one.id}
        if not ids.issuperset(one.decides):
            yield "{name}: annotation {id} decides others that are not there", {"id": one.id}


def _fits(mark: Mark, lengths: dict[Side, dict[float, int]]) -> bool:
    return 0 <= mark.start < mark.stop <= lengths.get(mark.side, {}).get(mark.place, 0)
