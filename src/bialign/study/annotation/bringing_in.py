"""Annotations of a file into a corpus: all of them or none, and none twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from bialign.corpus import annotation_schemes
from bialign.errors import BialignError
from bialign.formats.characters import one_line
from bialign.store import marking
from bialign.store.marking import Annotation, Mark
from bialign.study.annotation.rows import Row, read, said
from bialign.study.annotation.schemes import Scheme

if TYPE_CHECKING:
    from bialign.corpus import Corpus
    from bialign.store import Edit


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """Tell what came of a file: how many annotations are new, and how many were there already."""

    added: int
    known: int


def bring_in(corpus: Corpus, path: Path, *, seen: int | None = None) -> BroughtIn:
    """Add the annotations of a file to a corpus; those that are there already, word for word, are not added again.

    Raises ReadError for what cannot be read, FormatError, with line and column, for what does not fit: the corpus is as
    it was then.
    """
    groups = read(path)
    with corpus.store.edit("import annotations", seen=seen) as edit:
        incoming = _Incoming(corpus, edit)
        for group in groups:
            incoming.take(group)
        # they are many people's
        edit.details.pop("by", None)
    return BroughtIn(incoming.added, incoming.known)


class _Incoming:
    """Take annotations one by one."""

    def __init__(self, corpus: Corpus, edit: Edit) -> None:
        self.corpus, self.edit = corpus, edit
        self.added = self.known = 0
        self._ids: dict[tuple[int, str], int] = {}
        self._held: dict[int, dict[Annotation, int]] = {}
        self._kept = corpus.schemes()

    def take(self, group: Sequence[Row]) -> None:
        row = group[0]
        try:
            bitext = self.corpus.store.contents.bitext_id(row["bitext"])
        except BialignError as error:
            raise said(error, row, "bitext") from None
        scheme = self._scheme(row)
        if row["label"] and scheme.label(row["label"]) is None:
            template = "the scheme {scheme} has no label {label}; it has: {known}"
            known = ", ".join(scheme.names)
            raise row.error("label", template, scheme=scheme.scheme, label=row["label"], known=known)
        marks = tuple(mark for one in group for mark in self._marks(one, bitext))
        decides = tuple(self._decided(row, bitext, id) for id in row["decides"].split())
        note, was, who = (one_line(row[name]) for name in ("note", "was", "who"))
        new = Annotation(0, bitext, scheme.scheme, row["label"], " ".join(who.split()), marks, note, decides, was)
        try:
            new = marking.tidy(self.edit, new)
        except (BialignError, ValueError) as error:
            raise said(error, row, "start") from None
        self._write(new, (bitext, row["id"]))

    def _write(self, new: Annotation, key: tuple[int, str]) -> None:
        held = self._held.get(new.bitext)
        if held is None:
            stored = marking.of(self.edit.database, new.bitext)
            held = self._held[new.bitext] = {replace(one, id=0): one.id for one in stored}
        if new in held:
            self.known += 1
        else:
            self._keep(new.scheme)
            held[new] = marking.add(self.edit, new)
            self.added += 1
        self._ids[key] = held[new]

    def _scheme(self, row: Row) -> Scheme:
        try:
            return self.corpus.scheme(row["scheme"])
        except BialignError as error:
            raise said(error, row, "scheme") from None

    def _keep(self, name: str) -> None:
        if name not in self._kept:
            self._kept[name] = self.corpus.scheme(name)
            annotation_schemes.keep(self.edit, self._kept[name])

    def _decided(self, row: Row, bitext: int, id: str) -> int:
        if (bitext, id) not in self._ids:
            template = "annotation {id}, which is decided here, does not stand before it in this file"
            raise row.error("decides", template, id=id)
        return self._ids[bitext, id]

    def _marks(self, row: Row, bitext: int) -> tuple[Mark, ...]:
        """Find the words that a row marks: by segment and letters, by bead and letters, by bead and words, by bead."""
        place, start, stop = row.place(), row.number("start"), row.number("stop")
        side: Literal["source", "target"]
        if row["side"] not in {"source", "target", ""}:
            raise row.error("side", "a side is wanted: source or target")
        if not row["side"]:
            if row["text"] or place is not None or start is not None:
                raise row.error("side", "a side is wanted: source or target")
            return tuple(self._whole(row, bitext))
        side = "source" if row["side"] == "source" else "target"
        if place is None:
            return self._in_bead(row, bitext, side, start, stop)
        if start is None or stop is None:
            raise row.error("start", "start and stop are wanted")
        run = self.edit.beads.reader.run(self.edit.beads.document(bitext, side), place, 1)
        if not run or run[0].place != place or not 0 <= start < stop <= len(run[0].text):
            raise row.error("segment", "there is nothing at this place of the text")
        self._check_words(row, run[0].text[start:stop])
        return (Mark(side, place, start, stop),)

    def _in_bead(
        self, row: Row, bitext: int, side: Literal["source", "target"], start: int | None, stop: int | None
    ) -> tuple[Mark, ...]:
        bead = self._bead(row, bitext)
        text = " ".join(one.text for one in self.edit.beads.segments(self.edit.beads.get(bead), side))
        if start is None or stop is None:
            if not row["text"]:
                return tuple(mark for mark in self._whole(row, bitext) if mark.side == side)
            if text.count(row["text"]) != 1:
                template = "these words stand {count} times in the bead: say which by start and stop"
                raise row.error("text", template, count=text.count(row["text"]))
            start = text.index(row["text"])
            stop = start + len(row["text"])
        try:
            marks = self.corpus.marks_in(bead, side, start, stop)
        except ValueError as error:
            raise said(error, row, "start") from None
        self._check_words(row, text[start:stop])
        return marks

    def _whole(self, row: Row, bitext: int) -> Sequence[Mark]:
        from bialign.corpus.annotation_views import whole

        return whole(self.edit.beads.get(self._bead(row, bitext)), self.corpus.store)

    def _bead(self, row: Row, bitext: int) -> int:
        bead = row.number("bead")
        found = None if bead is None else self.edit.beads.find(bead)
        if found is None or found.bitext != bitext:
            raise row.error("bead", "no bead of this bitext is called {id}", id=row["bead"] or "-")
        return found.id

    @staticmethod
    def _check_words(row: Row, text: str) -> None:
        if row["text"] and row["text"].split() != one_line(text).split():
            template = "the text has other words there: {words}"
            raise row.error("text", template, words=" ".join(text.split())[:60])
