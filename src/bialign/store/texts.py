"""What a person may do to the text of a document: join segments, cut one, correct one.

Anchors, paragraphs and annotations stay where they are in the text. Every bitext the document is a side of follows.
"""

from __future__ import annotations

from collections.abc import Iterable

from bialign.errors import CorpusError, NotFound
from bialign.store import marking
from bialign.store.beads import StoredBead
from bialign.store.journal import Edit
from bialign.store.passages import Passage, Stored, pack

_LARGEST = 64
"""Segments a passage may grow to before it is cut in two."""


def join(edit: Edit, document: int, place: float) -> None:
    """Join a segment with the next one, with what stands between them.

    Raises CorpusError where they are of two paragraphs, or in two beads of a bitext: these are merged first.
    """
    first, second = _two(edit, document, place)
    if first.paragraph != second.paragraph:
        raise _error(edit, "these segments are of two paragraphs, which are never joined")
    for bitext, side in edit.beads.bitexts_of(document):
        beads = [edit.beads.at(bitext, side, segment.place) for segment in (first, second)]
        if beads[0] is None or beads[1] is None or beads[0].id != beads[1].id:
            raise _error(edit, "these segments are in two beads: merge the beads first")
        edit.bitext = bitext
        edit.update("bead", beads[0].id, **{f"{side}s": beads[0].count(side) - 1})
        _moves(edit, bitext, side, second.place, -1)
    shift = len(first.text) + len(first.gap)
    joined = first._replace(text=first.text + first.gap + second.text, gap=second.gap)
    _write(edit, document, {first.place: [joined], second.place: []})
    _move_anchors(edit, document, second.place, first.place, shift)
    marking.joined(edit, document, first.place, second.place, shift=shift, length=len(first.text))
    _tell(edit, document, [first, second], [joined])


def cut(edit: Edit, document: int, place: float, at: int) -> float:
    """Cut a segment in two before its letter number `at`, from 0; spaces there go between them. Give the new place."""
    segment = _one(edit, document, place)
    left, right = segment.text[:at].rstrip(), segment.text[at:].lstrip()
    if not left or not right:
        raise ValueError("a segment is cut between two of its words")
    gap = segment.text[len(left) : len(segment.text) - len(right)]
    following = _following(edit, document, place)
    new = (place + following.place) / 2 if following is not None else float(int(place) + 1)
    if new in {place, following.place if following else None}:
        raise _error(edit, "this segment has been cut too often")
    for bitext, side in edit.beads.bitexts_of(document):
        bead = edit.beads.at(bitext, side, place)
        assert bead is not None
        edit.bitext = bitext
        edit.update("bead", bead.id, **{f"{side}s": bead.count(side) + 1})
        _moves(edit, bitext, side, place, 1)
    parts = [segment._replace(text=left, gap=gap), Stored(new, right, segment.gap, segment.paragraph)]
    _write(edit, document, {place: parts})
    border = len(left) + len(gap)
    for row in _anchors_at(edit, document, place):
        if row[1] >= border:
            edit.update("anchor", row[0], place=new, shift=row[1] - border)
    marking.cut(edit, document, place, new, left=len(left), border=border)
    _tell(edit, document, [segment], parts)
    return new


def correct(edit: Edit, document: int, place: float, text: str) -> None:
    """Put another text in the place of a segment's."""
    segment = _one(edit, document, place)
    if not text.strip() or text != text.strip():
        raise ValueError("a segment holds words, and no spaces at its ends")
    if text == segment.text:
        return
    _write(edit, document, {place: [segment._replace(text=text)]})
    marking.corrected(edit, document, place, segment.text, text)
    row = edit.database.row("SELECT corrected FROM document WHERE id = ?", document)
    assert row is not None
    edit.update("document", document, corrected=row[0] + 1)
    for bitext, side in edit.beads.bitexts_of(document):
        edit.bitext = bitext
        bead: StoredBead | None = edit.beads.at(bitext, side, place)
        if bead is not None:
            edit.details.setdefault("beads", []).append(bead.id)
    _tell(edit, document, [segment], [segment._replace(text=text)])


def _tell(edit: Edit, document: int, before: list[Stored], after: list[Stored]) -> None:
    """Note in the history what became what, so that it can be done again on another copy of the text."""
    named = {segment.place: [document, segment.place] for segment in (*before, *after)}
    edit.details.setdefault("segments", []).extend(named.values())
    change = {
        "document": document,
        "place": before[0].place,
        "before": [segment.text for segment in before],
        "after": [segment.text for segment in after],
    }
    edit.details.setdefault("texts", []).append(change)


def _one(edit: Edit, document: int, place: float) -> Stored:
    found = edit.beads.reader.run(document, place, 1)
    if not found or found[0].place != place:
        raise NotFound("there is no segment {number} in this document", place=str(edit.database.path), number=place)
    return found[0]


def _two(edit: Edit, document: int, place: float) -> tuple[Stored, Stored]:
    first, following = _one(edit, document, place), _following(edit, document, place)
    if following is None:
        raise _error(edit, "there is no segment after this one")
    return first, following


def _following(edit: Edit, document: int, place: float) -> Stored | None:
    found = edit.beads.reader.run(document, place, 2)
    return found[1] if len(found) == 2 else None


def _write(edit: Edit, document: int, new: dict[float, list[Stored]]) -> None:
    """Put segments in the place of others."""
    passages: dict[int, Passage] = {}
    for place in new:
        passage = edit.beads.reader.passage(document, place)
        assert passage is not None
        passages[passage.id] = passage
    for passage in passages.values():
        segments = [part for segment in passage.segments for part in new.get(segment.place, [segment])]
        _write_passage(edit, document, passage, segments)


def _write_passage(edit: Edit, document: int, passage: Passage, segments: list[Stored]) -> None:
    if not segments:
        edit.delete("passage", passage.id)
        return
    half = len(segments) // 2 if len(segments) > _LARGEST else len(segments)
    edit.update("passage", passage.id, first=segments[0].place, data=pack(segments[:half]))
    if segments[half:]:
        edit.insert("passage", document, segments[half].place, pack(segments[half:]))


def _anchors_at(edit: Edit, document: int, place: float) -> Iterable[tuple[int, int]]:
    """Give id and shift of the anchors that belong to a segment alone."""
    sql = "SELECT id, shift FROM anchor WHERE document = ? AND place = ? AND run = 1"
    return edit.database.rows(sql, document, place)


def _move_anchors(edit: Edit, document: int, old: float, new: float, shift: int) -> None:
    """Let the anchors of a segment that is gone belong to another; a run of labels that covers it is taken apart."""
    sql = """SELECT id, kind, place, shift, label, run FROM anchor
             WHERE document = ? AND run > 1 AND place <= ? AND place + run > ?"""
    for id, kind, start, before, label, run in edit.database.rows(sql, document, old, old):
        step = int(old - start)
        if start + step != old:
            continue
        edit.delete("anchor", id)
        for first, size in ((0, step), (step, 1), (step + 1, run - step - 1)):
            if size > 0:
                edit.insert("anchor", document, kind, start + first, before, str(int(label) + first), size)
    for id, before in _anchors_at(edit, document, old):
        edit.update("anchor", id, place=new, shift=before + shift)


def _moves(edit: Edit, bitext: int, side: str, place: float, count: int) -> None:
    """Let the move that a segment is part of grow or shrink."""
    for id, start, size in edit.database.rows(f"SELECT id, {side}, {side}s FROM move WHERE bitext = ?", bitext):
        document = edit.beads.document(bitext, side)  # type: ignore[arg-type]
        if any(segment.place == place for segment in edit.beads.reader.run(document, start, size)):
            edit.update("move", id, **{f"{side}s": size + count})


def _error(edit: Edit, template: str) -> CorpusError:
    return CorpusError(template, place=str(edit.database.path))
