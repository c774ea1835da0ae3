"""The index of words: which beads hold a word, on which side. It follows every change of beads and texts.

Both sides are one text to SQLite's full-text search, with a mark before each word of the target: that is a fifth
smaller than a column for each, and "this word there, that word here" is one query.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

from bialign.store.beads import SIDES, Beads, Side
from bialign.store.changes import Change
from bialign.store.database import Database
from bialign.store.folding import fold
from bialign.store.passages import unpack

TARGET_MARK = "\ue000"
"""What stands before each word of the target; private use, which full-text search takes for a letter."""
WORD = re.compile(r"[^\W_]+")
"""A word as the index cuts them: letters and digits; "U.S." is two, "self-coup" too."""

_MANY = 2_000
"""Beads from which on it is quicker to read their bitexts through."""

_DELETE = "INSERT INTO words (words, rowid, text) VALUES ('delete', ?, ?)"
_INSERT = "INSERT INTO words (rowid, text) VALUES (?, ?)"


def term(word: str, side: Side) -> str:
    """Give a folded word as the index holds it."""
    return word if side == "source" else TARGET_MARK + word


class IndexKeeper:
    """Keep the index true while rows change.

    The index holds no texts, so what is taken out must be told to it word for word: `expect` is called before each
    change, when the bead's old words can still be read, and `finish` after the last one.
    """

    def __init__(self, database: Database, beads: Beads) -> None:
        self._database = database
        self._beads = beads
        self._open: set[int] = set()

    def expect(self, change: Change) -> None:
        """Take the beads out of the index whose words a change may touch."""
        if change.table == "bead":
            self._take_out([int(change.id)])
        elif change.table == "passage":
            self._take_out(self._touched(change))

    def expect_all(self, bitext: int) -> None:
        """Take all beads of a bitext out, as they are about to go: many times quicker than one by one."""
        words = (row for row in texts_of(self._beads, bitext) if row[0] not in self._open)
        self._database.run_many(_DELETE, words)
        self._open.update(bead.id for bead in self._beads.of(bitext))

    def finish(self) -> None:
        """Put back every bead that was taken out and still exists, with the words it has now."""
        if len(self._open) < _MANY:
            found = (bead for bead in map(self._beads.find, sorted(self._open)) if bead is not None)
            add(self._database, (row_of(bead.id, *self._beads.texts(bead)) for bead in found))
        else:
            for (bitext,) in self._database.rows("SELECT id FROM bitext ORDER BY id"):
                add(self._database, (row for row in texts_of(self._beads, bitext) if row[0] in self._open))
        self._open.clear()

    def _take_out(self, ids: Iterable[int]) -> None:
        for id in ids:
            if id in self._open:
                continue
            self._open.add(id)
            bead = self._beads.find(id)
            if bead is not None:
                self._database.run(_DELETE, *row_of(id, *self._beads.texts(bead)))

    def _touched(self, change: Change) -> Iterator[int]:
        """Give the beads that hold a segment of a passage whose text changes."""
        values = change.before or change.after
        assert values is not None
        document = values[1]
        texts = [
            {s.place: s.text for s in unpack(row[3], row[2])} if row else {} for row in (change.before, change.after)
        ]
        places = [place for place in {**texts[0], **texts[1]} if texts[0].get(place) != texts[1].get(place)]
        for bitext, side in self._beads.bitexts_of(document):
            if next(self._beads.of(bitext), None) is None:
                continue  # the beads have gone already, or are still to come
            for place in places:
                bead = self._beads.at(bitext, side, place)
                if bead is not None:
                    yield bead.id


def row_of(id: int, source: str, target: str) -> tuple[int, str]:
    """Give what the index takes in of a bead."""
    # cut here, not by full-text search, which takes signs of private use and loose accents for letters
    words = [*WORD.findall(fold(source)), *(TARGET_MARK + word for word in WORD.findall(fold(target)))]
    return id, " ".join(words)


def add(database: Database, rows: Iterable[tuple[int, str]]) -> None:
    """Take new beads into the index, as `row_of` gives them."""
    database.run_many(_INSERT, iter(rows))


def rebuild(database: Database, beads: Beads) -> None:
    """Make the whole index anew, within a transaction."""
    database.run("INSERT INTO words (words) VALUES ('delete-all')")
    for (bitext,) in database.rows("SELECT id FROM bitext ORDER BY id"):
        add(database, texts_of(beads, bitext))


def texts_of(beads: Beads, bitext: int) -> Iterator[tuple[int, str]]:
    """Give the index's rows of all beads of a bitext, read in order."""
    streams = [beads.reader.all(beads.document(bitext, side)) for side in SIDES]
    for bead in beads.of(bitext):
        source, target = (
            " ".join(segment.text for segment in itertools.islice(stream, bead.count(side)))
            for side, stream in zip(SIDES, streams, strict=True)
        )
        yield row_of(bead.id, source, target)
