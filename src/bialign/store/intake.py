"""Bringing bitexts into a corpus: documents with their anchors, segments in passages, beads, the index of words."""

from __future__ import annotations

import bisect
import itertools
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from bialign.bitext import STATUSES, Bitext, Document, Extra, Move, Segment, Status, comment_of
from bialign.errors import CorpusError
from bialign.store import extras, index
from bialign.store.beads import END, SIDES
from bialign.store.changes import Values
from bialign.store.journal import Edit
from bialign.store.passages import Stored, passages_of

_CHUNK = 20_000
"""Beads that are written at once."""


class Pair(NamedTuple):
    """Hold the segments of a bead that comes in, with what is known of it."""

    source: Sequence[str]
    target: Sequence[str]
    probability: float = 1.0
    status: Status = "unreviewed"
    reason: str = ""
    extras: tuple[Extra, ...] = ()


class _Chunk(NamedTuple):
    source: list[Stored]
    target: list[Stored]
    beads: list[tuple[int, int, float, Status, str, tuple[Extra, ...]]]
    """How many segments of both sides, probability, status, reason, what else is said."""


def add_bitext(edit: Edit, bitext: Bitext, recipe: str) -> int:
    """Write a bitext and its documents; give its id. Raises CorpusError where its name is taken."""
    _check_name(edit, bitext.id)
    sides = ((bitext.source, bitext.source_segments), (bitext.target, bitext.target_segments))
    documents = [_add_document(edit, bitext.id, document, segments) for document, segments in sides]
    id = edit.insert("bitext", bitext.id, documents[0].id, documents[1].id, bitext.signature, recipe)
    _fill(edit, id, documents, _chunks(bitext))
    extras.keep(edit, id, extras.WHOLE, bitext.extras)
    edit.fill("move", [move_row(id, move) for move in bitext.moves])
    edit.bitext = id
    edit.details |= {"bitext": bitext.id, "documents": [document.name for document in documents]}
    return id


def move_row(bitext: int, move: Move) -> Values:
    """Give the row of a move in a text whose segments are numbered from 0."""
    return bitext, move.source.start, move.target.start, len(move.source), len(move.target), move.probability


def add_pairs(
    edit: Edit,
    name: str,
    documents: tuple[Document, Document],
    pairs: Iterable[Pair],
    recipe: str,
    *,
    signature: str = "",
    also: tuple[Extra, ...] = (),
) -> int:
    """Write a bitext of pairs as they come, each a paragraph of its own; give its id.

    Of the documents, which are empty, all but the text is kept; `also` is what a file says of the whole.
    """
    _check_name(edit, name)
    added = [_add_document(edit, name, document, ()) for document in documents]
    id = edit.insert("bitext", name, added[0].id, added[1].id, signature, recipe)
    _fill(edit, id, added, _paired(pairs))
    extras.keep(edit, id, extras.WHOLE, also)
    edit.bitext = id
    edit.details |= {"bitext": name, "documents": [document.name for document in added]}
    return id


class _Added(NamedTuple):
    id: int
    name: str
    new: bool


def _check_name(edit: Edit, name: str) -> None:
    if edit.database.row("SELECT 1 FROM bitext WHERE name = ?", name):
        reason = "the corpus holds a bitext called {name} already: name this one otherwise, or remove that one first"
        raise CorpusError(reason, place=str(edit.database.path), name=name)


def _add_document(edit: Edit, bitext: str, document: Document, segments: Sequence[Segment]) -> _Added:
    """Write a document without its segments; one that the corpus holds already, word for word, is used again."""
    name = document.id or bitext
    for number in itertools.count(2):
        row = edit.database.row("SELECT id FROM document WHERE name = ?", name)
        if row is None:
            break
        if segments and _same(edit, row[0], document, segments):
            return _Added(row[0], name, new=False)
        name = f"{document.id or bitext} ({number})"
    fixes = [(fix.start, fix.before, fix.after, fix.rules) for fix in document.fixes]
    head = document.text[: segments[0].start] if segments else document.text
    id = edit.insert(
        "document",
        name,
        document.lang,
        document.title,
        document.origin,
        document.encoding,
        document.licence,
        head,
        zlib.compress(msgspec.json.encode(fixes)) if fixes else None,
        0,
    )
    edit.fill("paragraph", [(id, first, kind) for first, kind in _kinds(document, segments)])
    edit.fill("anchor", [(id, *row) for row in _anchors(document, segments)])
    return _Added(id, name, new=True)


def _same(edit: Edit, id: int, document: Document, segments: Sequence[Segment]) -> bool:
    stored = edit.beads.reader.all(id)
    head = edit.database.row("SELECT head, lang FROM document WHERE id = ?", id)
    if head != (document.text[: segments[0].start], document.lang):
        return False
    return all(old == new for old, new in itertools.zip_longest(stored, _stored(document, segments)))


def _stored(document: Document, segments: Sequence[Segment]) -> Iterator[Stored]:
    text = document.text
    for segment, after in itertools.zip_longest(segments, segments[1:]):
        gap = text[segment.stop : after.start if after else len(text)]
        yield Stored(segment.index, segment.text, gap, segment.paragraph)


def _kinds(document: Document, segments: Sequence[Segment]) -> Iterator[tuple[int, str]]:
    """Give the numbers from which on paragraphs are of another kind, where the document tells kinds."""
    if not document.paragraphs:
        return
    starts = [paragraph.start for paragraph in document.paragraphs]
    last = ""
    for segment in segments:
        at = bisect.bisect_right(starts, segment.start) - 1
        kind = document.paragraphs[at].kind if at >= 0 else "text"
        if kind != last:
            yield segment.paragraph, kind
            last = kind


def _anchors(document: Document, segments: Sequence[Segment]) -> Iterator[tuple[str, float, int, str, int]]:
    """Give (kind, place, shift, label, run) of the anchors, those that count on from segment to segment as one."""
    stops = [segment.stop for segment in segments]
    open: dict[str, list[int]] = {}  # by kind: place, label and run of what may go on
    for anchor in document.anchors:
        at = bisect.bisect_right(stops, anchor.offset)
        place = min(at, len(segments) - 1)
        shift = anchor.offset - (segments[place].start if segments else 0)
        going = open.get(anchor.kind)
        if going and not shift and [str(going[1] + going[2]), going[0] + going[2]] == [anchor.label, place]:
            going[2] += 1
            continue
        if going:
            yield anchor.kind, going[0], 0, str(going[1]), open.pop(anchor.kind)[2]
        if not shift and anchor.label.isascii() and anchor.label.isdigit() and str(int(anchor.label)) == anchor.label:
            open[anchor.kind] = [place, int(anchor.label), 1]
        else:
            yield anchor.kind, max(place, 0), shift, anchor.label, 1
    for kind, (place, label, run) in open.items():
        yield kind, place, 0, str(label), run


def _chunks(bitext: Bitext) -> Iterator[_Chunk]:
    source = _stored(bitext.source, bitext.source_segments)
    target = _stored(bitext.target, bitext.target_segments)
    for start in range(0, len(bitext.beads), _CHUNK):
        beads = bitext.beads[start : start + _CHUNK]
        yield _Chunk(
            list(itertools.islice(source, beads[-1].source.stop - beads[0].source.start)),
            list(itertools.islice(target, beads[-1].target.stop - beads[0].target.start)),
            [(len(b.source), len(b.target), b.probability, b.status, b.reason, b.extras) for b in beads],
        )


def _paired(pairs: Iterable[Pair]) -> Iterator[_Chunk]:
    chunk = _Chunk([], [], [])
    places = [0, 0]
    for number, pair in enumerate(pairs):
        for side, (texts, held) in enumerate(((pair.source, chunk.source), (pair.target, chunk.target))):
            for text in texts:
                held.append(Stored(places[side], text, "\n", number))
                places[side] += 1
        chunk.beads.append((len(pair.source), len(pair.target), *pair[2:]))
        if len(chunk.beads) >= _CHUNK:
            yield chunk
            chunk = _Chunk([], [], [])
    yield chunk


def _fill(edit: Edit, bitext: int, documents: Sequence[_Added], chunks: Iterable[_Chunk]) -> None:
    """Write passages, beads and the index of a bitext."""
    at: list[float] = [0, 0]
    for chunk in chunks:
        sides = (chunk.source, chunk.target)
        for document, segments in zip(documents, sides, strict=True):
            if document.new:
                edit.fill("passage", [(document.id, first, data) for first, data in passages_of(segments)])
        beads, words = _rows(bitext, chunk, at)
        filled = edit.fill("bead", beads)
        extras.fill(edit, bitext, filled.first, [bead[-1] for bead in chunk.beads])
        numbers = range(filled.first, filled.last + 1)
        index.add(edit.database, (index.row_of(id, *texts) for id, texts in zip(numbers, words, strict=True)))
    for side, place in zip(SIDES, at, strict=True):
        # these rows are not yet in the history, so it need not know
        sql = f"UPDATE bead SET {side} = ? WHERE bitext = ? AND {side} = ? AND {side}s = 0"
        edit.database.run(sql, END, bitext, place)


def _rows(bitext: int, chunk: _Chunk, at: list[float]) -> tuple[list[Values], list[tuple[str, str]]]:
    """Give the rows of a chunk's beads, and their texts; `at` are the places where it begins, and is moved on."""
    beads: list[Values] = []
    words: list[tuple[str, str]] = []
    i = j = 0
    for sources, targets, probability, status, reason, also in chunk.beads:
        number = STATUSES.index(status)
        # a whole number needs no eight bytes
        chance = int(probability) if probability in {0.0, 1.0} else probability
        comment = comment_of(also) or None
        beads.append((bitext, at[0] + i, at[1] + j, sources, targets, chance, number, reason or None, comment))
        words.append(
            (
                " ".join(segment.text for segment in chunk.source[i : i + sources]),
                " ".join(segment.text for segment in chunk.target[j : j + targets]),
            )
        )
        i, j = i + sources, j + targets
    at[0] += i
    at[1] += j
    return beads, words


def remove_bitext(edit: Edit, id: int) -> None:
    """Take a bitext out, row by row, with the documents that no other bitext is made of."""
    row = edit.database.row("SELECT name, source, target FROM bitext WHERE id = ?", id)
    assert row is not None
    name, *documents = row
    edit.bitext, edit.details = id, {"bitext": name}
    edit.keeper.expect_all(id)
    for table in ("annotation", "move", "extra", "bead"):
        _empty(edit, table, "bitext", id)
    edit.delete("bitext", id)
    for document in dict.fromkeys(documents):
        if not edit.beads.bitexts_of(document):
            for table in ("anchor", "paragraph", "passage"):
                _empty(edit, table, "document", document)
            edit.delete("document", document)


def _empty(edit: Edit, table: str, column: str, value: int) -> None:
    for (id,) in edit.database.rows(f"SELECT id FROM {table} WHERE {column} = ?", value):
        edit.delete(table, id)
