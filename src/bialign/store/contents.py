"""What a corpus holds, given back as the values it was made of: documents, segments, bitexts."""

from __future__ import annotations

import bisect
import itertools
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import msgspec

from bialign.bitext import (
    Anchor,
    AnchorKind,
    Bead,
    Bitext,
    Document,
    Extra,
    Fix,
    Move,
    Paragraph,
    ParagraphKind,
    Segment,
    Span,
    commented,
)
from bialign.errors import NotFound
from bialign.store import extras
from bialign.store.beads import Beads
from bialign.store.database import Database
from bialign.store.passages import Stored


@dataclass(frozen=True, slots=True)
class BitextEntry:
    """Tell of a bitext without its text: its name, the ids of its documents, how it was made and how many beads."""

    id: int
    name: str
    source: int
    target: int
    signature: str
    recipe: str
    beads: int
    reviewed: int
    doubtful: int


class Contents:
    """Read documents and bitexts of a corpus."""

    def __init__(self, database: Database, beads: Beads) -> None:
        self._database = database
        self._beads = beads

    def entries(self) -> list[BitextEntry]:
        """Tell of all bitexts, in the order they came in; `doubtful` counts unreviewed beads more likely wrong."""
        sql = """SELECT id, name, source, target, signature, recipe,
                   (SELECT count(*) FROM bead WHERE bitext = bitext.id),
                   (SELECT count(*) FROM bead WHERE bitext = bitext.id AND status <> 0),
                   (SELECT count(*) FROM bead WHERE bitext = bitext.id
                      AND (status = 3 OR status = 0 AND probability < .5))
                 FROM bitext ORDER BY id"""
        return [BitextEntry(*row) for row in self._database.rows(sql)]

    def bitext_id(self, name: str) -> int:
        """Find a bitext by its name; NotFound, with the names that are near, where there is none."""
        row = self._database.row("SELECT id FROM bitext WHERE name = ?", name)
        if row is None:
            raise NotFound(
                "there is no bitext called {name} in this corpus; bialign list names them",
                place=str(self._database.path),
                name=name,
            )
        return int(row[0])

    def document_name(self, id: int) -> str:
        """Give the name of a document."""
        row = self._database.row("SELECT name FROM document WHERE id = ?", id)
        assert row is not None
        return str(row[0])

    def document(self, id: int) -> tuple[Document, tuple[Segment, ...], list[float]]:
        """Give a document, its segments and the place of each."""
        with self._database.snapshot():
            row = self._database.row(
                "SELECT name, lang, title, origin, encoding, licence, head, fixes, corrected "
                "FROM document WHERE id = ?",
                id,
            )
            if row is None:
                raise NotFound("there is no document {id} in this corpus", place=str(self._database.path), id=id)
            stored = list(self._beads.reader.all(id))
            kinds = self._database.rows("SELECT first, kind FROM paragraph WHERE document = ? ORDER BY first", id)
            anchors = self._database.rows(
                "SELECT kind, place, shift, label, run FROM anchor WHERE document = ? ORDER BY place, id", id
            )
        name, lang, title, origin, encoding, licence, head, fixes, corrected = row
        segments = tuple(_segments(stored, len(head)))
        places = [segment.place for segment in stored]
        document = Document(
            name,
            lang,
            title,
            head + "".join(segment.text + segment.gap for segment in stored),
            origin,
            encoding,
            licence,
            # repair's fixes belong to the text as it came in
            () if fixes is None or corrected else tuple(_fixes(fixes)),
            tuple(_anchors(anchors, segments, places)),
            tuple(_paragraphs(kinds, segments)),
        )
        return document, segments, places

    def bitext(self, id: int) -> Bitext:
        """Give a whole bitext as it stands."""
        with self._database.snapshot():
            row = self._database.row("SELECT name, source, target, signature FROM bitext WHERE id = ?", id)
            if row is None:
                raise NotFound("there is no bitext {id} in this corpus", place=str(self._database.path), id=id)
            (source, sources, rows), (target, targets, columns) = (self.document(document) for document in row[1:3])
            told = extras.of(self._database, id)
            beads = tuple(self._bead_values(id, told))
            moves = self._database.rows(
                "SELECT source, target, sources, targets, probability FROM move WHERE bitext = ? ORDER BY id", id
            )
        return Bitext(
            row[0],
            source,
            target,
            sources,
            targets,
            beads,
            tuple(
                Move(_span(rows, move[0], move[2]), _span(columns, move[1], move[3]), float(move[4])) for move in moves
            ),
            row[3],
            told.get(extras.WHOLE, ()),
        )

    def ids(self, bitext: int) -> list[int]:
        """Give the ids of a bitext's beads in order."""
        sql = "SELECT id FROM bead WHERE bitext = ? ORDER BY source, target"
        return [id for (id,) in self._database.rows(sql, bitext)]

    def _bead_values(self, bitext: int, told: Mapping[int, tuple[Extra, ...]]) -> Iterator[Bead]:
        i = j = 0
        for bead in self._beads.of(bitext):
            source, target = Span(i, i + bead.sources), Span(j, j + bead.targets)
            also = commented(told.get(bead.id, ()), bead.comment or "")
            yield Bead(source, target, float(bead.probability), bead.status, bead.reason or "", extras=also)
            i, j = source.stop, target.stop


def _span(places: Sequence[float], place: float, count: int) -> Span:
    start = bisect.bisect_left(places, place)
    return Span(start, start + count)


def _segments(stored: Sequence[Stored], start: int) -> Iterator[Segment]:
    for number, segment in enumerate(stored):
        stop = start + len(segment.text)
        yield Segment(number, start, stop, segment.text, segment.paragraph)
        start = stop + len(segment.gap)


def _fixes(data: bytes) -> Iterator[Fix]:
    for start, before, after, rules in msgspec.json.decode(zlib.decompress(data)):
        yield Fix(start, before, after, tuple(rules))


def _anchors(
    rows: Sequence[tuple[str, float, int, str, int]], segments: Sequence[Segment], places: Sequence[float]
) -> list[Anchor]:
    found = []
    for kind, place, shift, label, run in rows:
        for step in range(run):
            at = bisect.bisect_left(places, place + step)
            start = segments[at].start if at < len(segments) else 0
            name = label if run == 1 else str(int(label) + step)
            found.append(Anchor(start + shift, cast(AnchorKind, kind), name))
    return sorted(found, key=lambda anchor: (anchor.offset, anchor.kind))


def _paragraphs(kinds: Sequence[tuple[int, str]], segments: Sequence[Segment]) -> Iterator[Paragraph]:
    if not kinds:
        return
    firsts = [first for first, _ in kinds]
    for number, group in itertools.groupby(segments, key=lambda segment: segment.paragraph):
        held = list(group)
        kind = kinds[max(0, bisect.bisect_right(firsts, number) - 1)][1]
        if held[0].start < held[-1].stop:
            yield Paragraph(held[0].start, held[-1].stop, cast(ParagraphKind, kind))
