"""What a bilingual file holds, unit by unit, and the bitext that is made of it."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from bialign.bitext import (
    Anchor,
    AnchorKind,
    Bead,
    Bitext,
    Document,
    Extra,
    Remark,
    Segment,
    Span,
    Status,
    plain_segments,
)  # fmt: skip
from bialign.errors import FormatError
from bialign.languages import guess_language
from bialign.readers.bilingual.moves import Moved, moves_of
from bialign.readers.source import plain_name

_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Unit:
    """Hold the segments of both sides that a file says translate each other; `place` is its line or row, from 1.

    `sizes` are the numbers of segments of the bead, where the file gives the sides' texts whole and tells them; `id` is
    what the file calls it, `extras` what else the file says of it; `moved_to` names the unit where the translation of a
    moved one begins.
    """

    place: int
    source: tuple[str, ...]
    target: tuple[str, ...]
    probability: float = 1.0
    status: Status = "unreviewed"
    reason: str = ""
    sizes: tuple[int, int] | None = None
    paragraph: int = 0
    id: str = ""
    extras: tuple[Extra, ...] = ()
    moved_to: str = ""
    move_probability: float = 1.0


@dataclass(frozen=True, slots=True)
class Content:
    """Hold all that was read of one file, its languages "" where they are not said; `places` tells what units count."""

    units: Sequence[Unit]
    langs: tuple[str, str]
    places: AnchorKind = "line"
    id: str = ""
    titles: tuple[str, str] = ("", "")
    signature: str = ""
    ours: bool = False
    extras: tuple[Extra, ...] = ()
    remarks: tuple[Remark, ...] = ()


@dataclass(slots=True)
class _Side:
    texts: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    paragraphs: list[int] = field(default_factory=list)

    def add(self, texts: Iterable[str], unit: Unit) -> Span:
        start = len(self.texts)
        self.texts += texts
        count = len(self.texts) - start
        self.places += [unit.place] * count
        self.paragraphs += [unit.paragraph] * count
        return Span(start, start + count)

    def anchors(self, kind: AnchorKind) -> tuple[Anchor, ...]:
        """Mark where each line or row of the file begins in the side's text."""
        found: list[Anchor] = []
        at = 0
        for text, place in zip(self.texts, self.places, strict=True):
            if not found or found[-1].label != str(place):
                found.append(Anchor(at, kind, str(place)))
            at += len(text) + 1
        return tuple(found)


def make_bitext(file: Path, content: Content) -> Bitext:
    """Make a bitext with one bead a unit; units without any segment are passed over.

    Raises FormatError where that leaves nothing, or, in a file that another program wrote, nothing that is translated.
    """
    source, target, beads, moved = _Side(), _Side(), [], []
    taken: set[str] = set()
    langs = list(content.langs)
    stem = unicodedata.normalize("NFC", plain_name(file).stem)
    for side in (0, 1):
        whole = "\n".join(text for unit in content.units for text in (unit.source, unit.target)[side])
        langs[side] = langs[side] or guess_language(whole)
    for unit in content.units:
        texts = segments_of(unit, (langs[0], langs[1]))
        spans = source.add(texts[0], unit), target.add(texts[1], unit)
        if spans[0] or spans[1]:
            bead = Bead(*spans, unit.probability, unit.status, unit.reason, extras=unit.extras)
            # what several units are called tells none of them from another
            beads.append(named(bead, content.id or stem, "" if unit.id in taken else unit.id))
            taken.add(unit.id)
            if unit.moved_to and bead.is_null:
                moved.append(Moved(unit.id, unit.moved_to, unit.move_probability, *spans))
    if not beads:
        raise FormatError(file, "the file holds no texts to read")
    if not content.ours and all(bead.is_null for bead in beads):
        raise FormatError(file, "nothing in this file is translated: every unit has a text on one side only")
    return Bitext(
        content.id or stem,
        _document(file, content, source, langs[0] or "source", content.titles[0]),
        _document(file, content, target, langs[1] or "target", content.titles[1]),
        _segments(source),
        _segments(target),
        tuple(beads),
        moves_of(moved),
        content.signature,
        extras=content.extras,
        remarks=content.remarks,
    )


def _document(file: Path, content: Content, side: _Side, name: str, title: str) -> Document:
    """Make the document of a side, which is called by its language, or by which side it is."""
    stem = unicodedata.normalize("NFC", plain_name(file).stem)
    return Document(
        f"{stem}.{name}",
        "" if name in {"source", "target"} else name,
        title or stem,
        "".join(text + "\n" for text in side.texts),
        origin=str(file),
        encoding="",
        anchors=side.anchors(content.places),
    )


def named(bead: Bead, bitext: str, id: str) -> Bead:
    """Keep what a file calls a bead, where that is not what it would be called anyway."""
    from bialign.formats.identifiers import default_id

    if not id or id == default_id(bitext, bead) or any(extra.kind == "id" for extra in bead.extras):
        return bead
    return replace(bead, extras=(Extra("id", "", id), *bead.extras))


def segments_of(unit: Unit, langs: tuple[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the segments of both sides of a unit, without the halves of letters that some files hold."""
    sizes = unit.sizes or (len(unit.source), len(unit.target))
    return _cut(unit.source, sizes[0], langs[0]), _cut(unit.target, sizes[1], langs[1])


def _cut(texts: tuple[str, ...], size: int, lang: str) -> tuple[str, ...]:
    return tuple([_SURROGATES.sub("\ufffd", text) for text in cut_into(texts, size, lang)])


def _segments(side: _Side) -> tuple[Segment, ...]:
    return plain_segments(side.texts, side.paragraphs)


def cut_into(texts: tuple[str, ...], size: int, lang: str) -> tuple[str, ...]:
    """Cut a side given whole into its number of segments, so that a space between them gives the same text.

    The file doesn't say where the cuts are: they are where the splitter cuts, else at the spaces nearest to even parts,
    after sentence ends if there are enough. A text with too few spaces stays whole.
    """
    if size == 0 or len(texts) != 1 or size == 1:
        return texts if size else ()
    from bialign.split import split

    text = texts[0]
    pieces = tuple(segment.text for segment in split(text, lang))
    if len(pieces) == size and " ".join(pieces) == text:
        return pieces
    spaces = [match.start() for match in re.finditer(" ", text)]
    ends = [at for at in spaces if text[:at].rstrip("\"'”’»)")[-1:] in set(".?!…:")] if len(spaces) < 10_000 else []
    if len(ends) < size - 1:
        ends = spaces
    if len(ends) < size - 1:
        return texts
    cuts: list[int] = []
    for number in range(1, size):
        # leaves enough for the cuts to come
        free = ends[len(cuts) and ends.index(cuts[-1]) + 1 : len(ends) - (size - 1 - number)]
        cuts.append(min(free, key=lambda at: abs(at - len(text) * number // size)))
    borders = [-1, *cuts, len(text)]
    return tuple(text[start + 1 : stop] for start, stop in itertools.pairwise(borders))


def status_of(value: str) -> Status | None:
    """Give a bead's status by its name, None for a name that is none."""
    from bialign.bitext import STATUSES

    return next((status for status in STATUSES if status == value.strip().lower()), None)


def probability_of(value: str) -> float | None:
    """Give a probability by its numeral, with a decimal point or comma; None for what is none from 0 to 1.

    >>> probability_of("0,975"), probability_of("97"), probability_of("nan")
    (0.975, None, None)
    """
    try:
        number = float(value.strip().replace(",", "."))
    except ValueError:
        return None
    return number if 0.0 <= number <= 1.0 else None
