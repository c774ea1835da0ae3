"""A file that holds both languages into a corpus; a large one unit by unit, so that it need not fit into memory."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bialign.bitext import Bead, Document, Extra, Span
from bialign.corpus.names import readable
from bialign.corpus.recipes import recipe_of
from bialign.errors import FormatError, ReadError, UnsupportedFile
from bialign.formats.identifiers import bead_id
from bialign.readers.bilingual import read_bitext
from bialign.readers.bilingual.large import Large, OtherLanguages, large
from bialign.readers.bilingual.moves import Moved, moves_of
from bialign.readers.bilingual.units import Unit, named
from bialign.readers.kinds import SUFFIXES
from bialign.readers.source import plain_name
from bialign.store import Pair, intake
from bialign.store.beads import SIDES

if TYPE_CHECKING:
    from bialign.corpus import Corpus
    from bialign.corpus.adding import Settings


def add_bilingual(
    corpus: Corpus, path: Path, name: str, settings: Settings, *, progress: Callable[[float], None] | None = None
) -> str:
    """Bring in a translation memory, table or the like as it is, one bead a unit; give the bitext's name.

    Raises what `read_bitext` does, and CorpusError where the name is taken.
    """
    langs = {f"{side}_lang": str(settings.align.get(f"{side}_lang", "")) for side in SIDES}
    recipe = recipe_of("read", (path,), {**langs, "encoding": settings.encoding})
    found = None if settings.encoding else large(path, langs["source_lang"], langs["target_lang"], progress=progress)
    if found is not None:
        try:
            return _add_large(corpus, path, name, found, recipe)
        except OtherLanguages as error:
            again = large(path, langs["source_lang"], langs["target_lang"], codes=error.codes, progress=progress)
            assert again is not None
            return _add_large(corpus, path, name, again, recipe)
    try:
        bitext = read_bitext(path, encoding=settings.encoding, **langs)
    except (FormatError, UnsupportedFile) as error:
        if path.suffix.lower() in SUFFIXES:
            raise ReadError(path, "this holds one text only: give the file with its translation too") from error
        raise
    if name and bitext.id not in {name, _stem(path)}:
        # the file says what its bitext is called, and its beads after it: they keep their names
        bitext = replace(bitext, beads=tuple(named(bead, name, bead_id(bitext, bead)) for bead in bitext.beads))
    return corpus.add_bitext(replace(bitext, id=name or bitext.id), recipe=recipe)


def _stem(path: Path) -> str:
    return unicodedata.normalize("NFC", plain_name(path).stem)


@dataclass(slots=True)
class _Anchors:
    """Gather which row of the file each segment comes of, in runs: (place, label, how many)."""

    runs: list[list[int]] = field(default_factory=list)
    place: int = 0

    def add(self, segments: int, row: int) -> None:
        if segments:
            last = self.runs[-1] if self.runs else None
            if last and [self.place, row] == [last[0] + last[2], last[1] + last[2]]:
                last[2] += 1
            else:
                self.runs.append([self.place, row, 1])
        self.place += segments


def _add_large(corpus: Corpus, path: Path, name: str, found: Large, recipe: str) -> str:
    stem = readable(_stem(path))
    called = name or readable(found.id) or stem
    documents = [
        Document(f"{stem}.{lang or side}", lang, readable(title) or stem, "", origin=readable(str(path)), encoding="")
        for side, lang, title in zip(SIDES, found.langs, found.titles, strict=True)
    ]
    anchors = (_Anchors(), _Anchors())
    moved: list[Moved] = []
    with corpus.store.edit("add") as edit:
        pairs, sides = _pairs(path, found, called, anchors, moved), (documents[0], documents[1])
        also = found.extras
        id = intake.add_pairs(edit, called, sides, pairs, recipe, signature=found.signature, also=also)
        edit.fill("move", [intake.move_row(id, move) for move in moves_of(moved)])
        if found.rows:
            for side, gathered in zip(SIDES, anchors, strict=True):
                document = edit.beads.document(id, side)
                edit.fill("anchor", [(document, "row", place, 0, str(row), run) for place, row, run in gathered.runs])
    return called


def _pairs(
    path: Path, found: Large, called: str, anchors: tuple[_Anchors, _Anchors], moved: list[Moved]
) -> Iterator[Pair]:
    count = both = 0
    at = [0, 0]
    for unit, texts in found.segments():
        count += 1
        both += bool(texts[0] and texts[1])
        if found.rows:
            for gathered, segments in zip(anchors, texts, strict=True):
                gathered.add(len(segments), unit.place)
        spans = Span(at[0], at[0] + len(texts[0])), Span(at[1], at[1] + len(texts[1]))
        at = [spans[0].stop, spans[1].stop]
        if unit.moved_to and not all(texts):
            moved.append(Moved(unit.id, unit.moved_to, unit.move_probability, *spans))
        yield Pair(*texts, unit.probability, unit.status, unit.reason, _also(unit, spans, called))
    if not count:
        raise FormatError(path, "the file holds no texts to read")
    if not both:
        raise FormatError(path, "nothing in this file is translated: every unit has a text on one side only")


def _also(unit: Unit, spans: tuple[Span, Span], called: str) -> tuple[Extra, ...]:
    """Give what the file says of a unit, with its name where that is not what it would be called anyway."""
    if ":" in unit.id:
        return named(Bead(*spans, extras=unit.extras), called, unit.id).extras
    return (Extra("id", "", unit.id), *unit.extras) if unit.id else unit.extras
