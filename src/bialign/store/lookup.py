"""What searching needs of a corpus file: beads by their words, the vocabulary, texts of many beads, whole documents.

What is read is kept as long as the file does not change: passages that were unpacked, the vocabulary, the bitexts.
"""

from __future__ import annotations

import bisect
import contextlib
import json
import math
from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from bialign.store.beads import SIDES, Beads, Side, StoredBead
from bialign.store.changes import COLUMNS
from bialign.store.database import Database
from bialign.store.filter import Filter
from bialign.store.index import TARGET_MARK
from bialign.store.stretches import Stretches

_COLUMNS = ", ".join(f"b.{column}" for column in COLUMNS["bead"])
_STEP = 64
_REMEMBERED = 10_000


class DocumentEntry(NamedTuple):
    """Tell of a document what citing needs: its name, language and title, the kinds of its anchors, and whether its
    paragraphs are known."""

    id: int
    name: str
    lang: str
    title: str
    anchors: tuple[str, ...]
    paragraphs: bool


class Pairing(NamedTuple):
    """Tell which two documents a bitext is made of."""

    id: int
    name: str
    source: DocumentEntry
    target: DocumentEntry

    def document(self, side: Side) -> DocumentEntry:
        """Give the document of a side."""
        return self.source if side == "source" else self.target


class Vocabulary(NamedTuple):
    """Hold the folded words of one side, one a line in `lines`, and in how many beads each stands."""

    lines: str
    beads: dict[str, int]


class Lookup(Stretches):
    """Search a corpus file; holds what it has read until the file changes."""

    def __init__(self, database: Database, beads: Beads) -> None:
        super().__init__(database)
        self._beads = beads
        self._moment: tuple[int, int] | None = None

    def forget(self) -> None:
        """Forget what was read."""
        super().forget()
        self._vocabularies: dict[Side, Vocabulary] = {}
        self._pairings: dict[int, Pairing] = {}
        self._anchors: dict[tuple[int, str], tuple[list[Any], list[Any]]] = {}
        self._paragraphs: dict[tuple[int, float, int], int | None] = {}
        self._kinds: dict[int, list[tuple[int, float]]] = {}
        self._sizes: dict[int, int] = {}
        self._inner: dict[tuple[int, Side], set[float]] = {}
        self._marks: dict[int, tuple[list[float], list[float]]] = {}

    def refresh(self) -> None:
        """Forget what was read if the file has changed since; called before each search."""
        row = self._database.row("PRAGMA data_version")
        assert row is not None
        moment = (int(row[0]), self._database.connection.total_changes)
        if moment != self._moment:
            self._moment = moment
            self.forget()

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        """Read several things as they stood at one moment; SQLite's errors come as CorpusError."""
        with self._database.errors(), self._database.snapshot():
            yield

    @property
    def path(self) -> str:
        """Give the path of the corpus, for messages."""
        return str(self._database.path)

    def version(self) -> str:
        """Name the corpus as it stands: its uuid and the last event, as "1f0c...:17"."""
        uuid = self._database.row("SELECT value FROM meta WHERE name = 'uuid'")
        event = self._database.row("SELECT max(id) FROM event")
        return f"{uuid[0] if uuid else ''}:{(event[0] if event else 0) or 0}"

    def pairings(self) -> dict[int, Pairing]:
        """Give all bitexts by their ids."""
        if not self._pairings:
            known = {row[0] for row in self._database.rows("SELECT DISTINCT document FROM paragraph")}
            kinds: dict[int, list[str]] = {}
            for document, kind in self._database.rows("SELECT DISTINCT document, kind FROM anchor"):
                kinds.setdefault(document, []).append(kind)
            documents = {
                id: DocumentEntry(id, name, lang, title, tuple(kinds.get(id, ())), id in known)
                for id, name, lang, title in self._database.rows("SELECT id, name, lang, title FROM document")
            }
            rows = self._database.rows("SELECT id, name, source, target FROM bitext ORDER BY id")
            self._pairings = {id: Pairing(id, name, documents[s], documents[t]) for id, name, s, t in rows}
        return self._pairings

    def matching(self, expression: str, filter: Filter) -> Iterator[StoredBead]:
        """Give the beads whose words match an expression of full-text search, by id."""
        clauses, values = filter.sql()
        sql = f"""SELECT {_COLUMNS} FROM words w CROSS JOIN bead b ON b.id = w.rowid
                  WHERE words MATCH ?{clauses} ORDER BY w.rowid"""
        yield from map(StoredBead._make, self._database.each(sql, expression, *values))

    def count(self, expression: str, filter: Filter, cap: int) -> int:
        """Count the beads whose words match an expression, up to `cap`."""
        clauses, values = filter.sql()
        join = "CROSS JOIN bead b ON b.id = w.rowid" if clauses else ""
        sql = f"SELECT count(*) FROM (SELECT 1 FROM words w {join} WHERE words MATCH ?{clauses} LIMIT ?)"
        row = self._database.row(sql, expression, *values, cap)
        return int(row[0]) if row else 0

    def chosen(self, ids: Sequence[int]) -> dict[int, StoredBead]:
        """Give beads by their ids."""
        sql = f"SELECT {_COLUMNS} FROM json_each(?) j CROSS JOIN bead b ON b.id = j.value"
        return {row[0]: StoredBead._make(row) for row in self._database.rows(sql, json.dumps(list(ids)))}

    def size(self) -> int:
        """Count all beads."""
        row = self._database.row("SELECT count(*) FROM bead")
        return int(row[0]) if row else 0

    def vocabulary(self, side: Side) -> Vocabulary:
        """Give the words of a side, with the number of beads that hold each."""
        if not self._vocabularies:
            # a table of this connection alone: the file is not touched
            self._database.run("CREATE VIRTUAL TABLE IF NOT EXISTS temp.word USING fts5vocab(main, words, 'row')")
            self._moment = None if self._moment is None else (self._moment[0], self._database.connection.total_changes)
            rows = self._database.rows("SELECT term, doc FROM temp.word")
            source = {term: count for term, count in rows if term[0] != TARGET_MARK}
            target = {term[1:]: count for term, count in rows if term[0] == TARGET_MARK}
            for name, counts in zip(SIDES, (source, target), strict=True):
                self._vocabularies[name] = Vocabulary("\n" + "\n".join(counts) + "\n", counts)
        return self._vocabularies[side]

    def beads_between(
        self, bitext: int, side: Side, first: float, stop: float, filter: Filter | None = None
    ) -> list[StoredBead]:
        """Give the beads of a bitext whose first segment on a side stands from one place on up to before another."""
        clauses, values = (filter or Filter()).sql()
        sql = f"""SELECT {_COLUMNS} FROM bead b WHERE b.bitext = ? AND b.source >= ?{clauses}
                  ORDER BY b.source, b.target"""
        low = self._before(bitext, side, first)
        found = []
        for row in self._database.each(sql, bitext, low, *values):
            bead = StoredBead._make(row)
            place = bead.place(side)
            if place >= stop:
                break
            if place >= first and bead.count(side):
                found.append(bead)
        return found

    def _before(self, bitext: int, side: Side, place: float) -> float:
        """Give a place of the source that is not after the bead at a place of either side, and not far before it."""
        if side == "source":
            return place
        marks = self._marks.get(bitext)
        if marks is None:
            # the places of the target have no index: now and then one is remembered
            sql = f"SELECT source, target FROM bead WHERE bitext = ? AND id % {_STEP} = 0 ORDER BY source, target"
            rows = self._database.rows(sql, bitext)
            marks = self._marks[bitext] = [row[0] for row in rows], [row[1] for row in rows]
        at = bisect.bisect_left(marks[1], place) - 1
        return marks[0][at] if at >= 0 else float("-inf")

    def inner_places(self, bitext: int, side: Side) -> set[float]:
        """Give the places of the segments of a side with which no bead begins."""
        found = self._inner.get((bitext, side))
        if found is None:
            found = self._inner[bitext, side] = set(self._inner_places(bitext, side))
        return found

    def _inner_places(self, bitext: int, side: Side) -> Iterator[float]:
        sql = f"SELECT {side}, {side}s FROM bead WHERE bitext = ? AND {side}s > 1"
        document = self._beads.document(bitext, side)
        for first, count in self._database.rows(sql, bitext):
            yield from self.run(document, first, count)[1][1:]

    def moved(self, bitext: int | None = None) -> list[int]:
        """Give the ids of the beads that a move links, of one bitext or of all."""
        rows = self._database.rows(
            "SELECT bitext, source, target, sources, targets FROM move WHERE ?1 IS NULL OR bitext = ?1", bitext
        )
        found = []
        for id, source, target, sources, targets in rows:
            for side, place, count in zip(SIDES, (source, target), (sources, targets), strict=True):
                places = self.run(self._beads.document(id, side), place, count)[1]
                if places:
                    stop = math.nextafter(places[-1], math.inf)
                    found += [bead.id for bead in self.beads_between(id, side, places[0], stop)]
        return found

    def words_in(self, document: int) -> int:
        """Count the words of a document, as spaces part them."""
        if document not in self._sizes:
            self._sizes[document] = sum(
                len(stretch.texts) + sum(text.count(" ") for text in stretch.texts)
                for stretch in self.stretches(document)
            )
        return self._sizes[document]

    def anchor(self, document: int, kind: str, place: float, shift: int) -> tuple[float, int, str] | None:
        """Give place, shift and label of the anchor of a kind that is in force at a letter of a segment."""
        found = self._anchors.get((document, kind))
        if found is None:
            sql = """SELECT place, shift, label, run FROM anchor WHERE document = ? AND kind = ?
                     ORDER BY place, shift, id"""
            rows = self._database.rows(sql, document, kind)
            found = self._anchors[document, kind] = [row[:2] for row in rows], rows
        at = bisect.bisect_right(found[0], (place, shift)) - 1
        if at < 0:
            return None
        start, before, label, run = found[1][at]
        if run == 1:
            return start, before, label
        step = min(int(place - start), run - 1)
        return start + step, before, str(int(label) + step)

    def paragraph(self, document: int, place: float, shift: int) -> int | None:
        """Number the paragraph of a letter; what stands before a paragraph belongs to the one before."""
        key = document, place, shift
        if key not in self._paragraphs:
            if len(self._paragraphs) > _REMEMBERED:
                self._paragraphs.clear()
            self._paragraphs[key] = self._paragraph(document, place, shift)
        return self._paragraphs[key]

    def paragraphs_of(self, document: int, first: int, last: int, left_out: Collection[str]) -> int | None:
        """Count the paragraphs from one number to another but those of some kinds; None where the last is of these."""
        runs = self._kinds.get(document)
        if runs is None:
            sql = "SELECT first, kind FROM paragraph WHERE document = ? ORDER BY first"
            rows = self._database.rows(sql, document)
            stops = [*(row[0] for row in rows[1:]), math.inf]
            runs = [(start, stop) for (start, kind), stop in zip(rows, stops, strict=True) if kind in left_out]
            self._kinds[document] = runs
        if not runs:
            return last - first + 1
        at = bisect.bisect_right(runs, (first, math.inf)) - 1
        count = last - first + 1
        for start, stop in runs[max(0, at) :]:
            if start > last:
                break
            if stop > last:
                return None
            count -= max(0, int(stop) - max(first, start))
        return count

    def _paragraph(self, document: int, place: float, shift: int) -> int | None:
        stretch = self.stretch(document, place)
        if stretch is None:
            return None
        at = min(stretch.number(place), len(stretch.texts) - 1)
        if shift < 0 and at:
            return stretch.paragraphs[at - 1]
        before = self.previous(stretch) if shift < 0 else None
        return before.paragraphs[-1] if before is not None else stretch.paragraphs[at]
