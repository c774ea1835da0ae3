"""A revised source: what was changed, which translated segments are out of date, and what can be carried over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from bialign.bitext import Bead, Bitext, Segment, Span, Status
from bialign.errors import AlignmentError
from bialign.study.versions.collate import Progress, align_versions, collate, turned, turned_moves, version_of
from bialign.study.versions.diff import Piece, pieces
from bialign.study.versions.model import Collation, Row, Version
from bialign.study.versions.rows import Linked, rows_of
from bialign.study.versions.same import key_of

if TYPE_CHECKING:
    from bialign.encode import Encoder
    from bialign.pipeline import Text

Kind = Literal["unchanged", "moved", "changed", "added", "removed", "translation only"]
KINDS: tuple[Kind, ...] = ("unchanged", "moved", "changed", "added", "removed", "translation only")
OLD, NEW, TRANSLATION = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold what became of a passage: segments of the old source, of the new one and of the translation.

    An entry of kind "changed" must be revised, one "added" translated, and of one "removed" the translation goes.
    `status` is that of its beads in the old bitext where they agree; `probability` that of the least probable bead.
    """

    kind: Kind
    old: Span
    new: Span
    translation: Span
    probability: float
    status: Status = "unreviewed"

    @property
    def out_of_date(self) -> bool:
        """Tell whether a person has something to do: to revise a translation, to make one, to take one out."""
        return self.kind in {"changed", "added"} or (self.kind == "removed" and bool(self.translation))


@dataclass(frozen=True, slots=True)
class Revision:
    """Hold the old source, the new one and the translation of the old, with entries in the order of the new one."""

    versions: tuple[Version, Version, Version]
    entries: tuple[Entry, ...]
    signature: str = ""

    def text(self, span: Span, version: int) -> str:
        """Give segments of a version joined by a space."""
        return " ".join(segment.text for segment in self.versions[version].segments[span.start : span.stop])

    def pieces(self, entry: Entry) -> tuple[Piece, ...]:
        """Give what was removed from and added to the source in an entry."""
        old, new = self.text(entry.old, OLD), self.text(entry.new, NEW)
        return pieces(old, new, self.versions[NEW].lang)

    def counts(self) -> dict[Kind, int]:
        """Count the entries of each kind."""
        found = Counter(entry.kind for entry in self.entries)
        return {kind: found[kind] for kind in KINDS}


def revise(
    old: Text,
    new: Text,
    translation: Text,
    *,
    langs: Sequence[str] = (),
    encoding: str | None = None,
    drop: Sequence[str] = (),
    splitting: Mapping[str, Any] | None = None,
    encoder: Encoder | None = None,
    progress: Progress | None = None,
) -> Revision:
    """Tell what a new version of a source leaves of the translation of the old one; options as in `collate`.

    All three are aligned together. Raises what `collate` does, and AlignmentError where the two sources are in
    different languages.
    """
    options: dict[str, Any] = {"encoding": encoding, "drop": drop, "splitting": splitting, "encoder": encoder}
    collation = collate((old, new, translation), langs=langs, progress=progress, **options)
    _check(collation.versions)
    return _revision(collation, {})


def revise_bitext(
    bitext: Bitext, new: Version, *, encoder: Encoder | None = None, progress: Progress | None = None
) -> Revision:
    """Tell what a new version of a bitext's source leaves of it; its beads stay as they are, with their statuses.

    A bitext whose target has the language of the new version is taken the other way round. Raises AlignmentError where
    neither side has it.
    """
    if new.lang and new.lang == bitext.target.lang[:2].lower() != bitext.source.lang[:2].lower():
        bitext = _turned(bitext)
    old, translation = (
        version_of(document, segments)
        for document, segments in ((bitext.source, bitext.source_segments), (bitext.target, bitext.target_segments))
    )
    _check((old, new))
    sources = align_versions((old, new), encoder=encoder, progress=progress)
    beads = [Bead(row.spans[0], row.spans[1], row.probability) for row in sources.rows]
    sizes = [len(version.segments) for version in (old, new, translation)]
    rows = rows_of(sizes, [Linked(OLD, NEW, beads), Linked(OLD, TRANSLATION, bitext.beads)])
    collation = Collation((old, new, translation), rows, sources.moves, sources.signature)
    statuses: dict[tuple[int, int], Status] = {}
    for bead in bitext.beads:
        statuses |= {(OLD, i): bead.status for i in bead.source.indices}
        statuses |= {(TRANSLATION, j): bead.status for j in bead.target.indices}
    return _revision(collation, statuses)


def _turned(bitext: Bitext) -> Bitext:
    """Give a bitext with its sides exchanged."""
    return replace(
        bitext,
        source=bitext.target,
        target=bitext.source,
        source_segments=bitext.target_segments,
        target_segments=bitext.source_segments,
        beads=tuple(turned(bitext.beads)),
        moves=tuple(turned_moves(bitext.moves)),
    )


def _check(versions: Sequence[Version]) -> None:
    old, new = versions[OLD], versions[NEW]
    if old.lang and new.lang and old.lang != new.lang:
        raise AlignmentError(
            "{old} is in {first}, {new} in {second}: a revised source has the language of the old one",
            old=old.name,
            new=new.name,
            first=old.lang,
            second=new.lang,
        )


def _revision(collation: Collation, statuses: Mapping[tuple[int, int], Status]) -> Revision:
    moved = _moved(collation)
    gone = {old for old, _ in moved.values()}
    entries = []
    for number, row in enumerate(collation.rows):
        if number in gone:
            continue
        old, new, translation = row.spans
        if number in moved:
            old, translation = (collation.rows[moved[number].old].spans[side] for side in (OLD, TRANSLATION))
        kind = _kind(collation, Row((old, new, translation)), moved=number in moved)
        places = [(side, n) for side, span in ((OLD, old), (TRANSLATION, translation)) for n in span.indices]
        held = {statuses.get(place, "unreviewed") for place in places}
        status: Status = held.pop() if len(held) == 1 else "unreviewed"
        chance = row.probability * (moved[number].probability if number in moved else 1.0)
        entries.append(Entry(kind, old, new, translation, chance, status))
    return Revision((*collation.versions,), tuple(entries), collation.signature)  # type: ignore[arg-type]


def _kind(collation: Collation, row: Row, *, moved: bool) -> Kind:
    old, new = collation.text(row, OLD), collation.text(row, NEW)
    if not new:
        return "removed" if old else "translation only"
    if not old:
        return "added"
    if key_of(old) != key_of(new):
        return "changed"
    return "moved" if moved else "unchanged"


class _From(NamedTuple):
    """Hold the row of the old source that a row of the new one was moved from."""

    old: int
    probability: float


def _moved(collation: Collation) -> dict[int, _From]:
    """Find rows of the new source that stand elsewhere in the old one: equal ones, then those the aligner found."""
    rows = collation.rows
    lost = {number: row for number, row in enumerate(rows) if row.spans[OLD] and not row.spans[NEW]}
    come = {number: row for number, row in enumerate(rows) if row.spans[NEW] and not row.spans[OLD]}
    found: dict[int, _From] = {}
    waiting: dict[str, list[int]] = {}
    for number, row in lost.items():
        waiting.setdefault(key_of(collation.text(row, OLD)), []).append(number)
    for number, row in come.items():
        if same := waiting.get(key_of(collation.text(row, NEW))):
            found[number] = _From(same.pop(0), 1.0)
    taken = {one.old for one in found.values()}
    # rows of several segments would be moved by halves: only the others are looked up
    places = {row.spans[OLD].start: number for number, row in lost.items() if len(row.spans[OLD]) == 1}
    numbers = {row.spans[NEW].start: number for number, row in come.items() if len(row.spans[NEW]) == 1}
    for one in collation.moves:
        if one.version != NEW or len(one.move.source) != len(one.move.target):
            continue
        for i, j in zip(one.move.source.indices, one.move.target.indices, strict=True):
            place, goal = places.get(i), numbers.get(j)
            if place is not None and goal is not None and goal not in found and place not in taken:
                found[goal] = _From(place, one.move.probability)
                taken.add(place)
    return found


CHANGED, ADDED = "the source was changed", "new in the source"


def carried_over(revision: Revision, reasons: tuple[str, str] = (CHANGED, ADDED)) -> Bitext:
    """Give the new source with what is left of the translation, as a bitext to go on with.

    Translations of unchanged and moved passages are taken over with their status; those of changed ones stand as a
    proposal, marked doubtful; what was added has none. `reasons` are what is said of these two. What was removed is
    left out.
    """
    new, translation = revision.versions[NEW], revision.versions[TRANSLATION]
    written, beads, i = _Written(), [], 0
    for entry in revision.entries:
        if entry.kind == "removed":
            continue
        start = len(written.segments)
        begins = new.segments[entry.new.start].paragraph if entry.new else written.begins
        for segment in translation.segments[entry.translation.start : entry.translation.stop]:
            written.add(segment.text, begins)
        source, target = Span(i, i + len(entry.new)), Span(start, len(written.segments))
        i = source.stop
        beads.append(_bead(entry, source, target, reasons))
    text = "".join([*written.parts, "\n"]) if written.parts else ""
    target_document = replace(translation.document, text=text, fixes=(), anchors=(), paragraphs=())
    segments = new.segments, tuple(written.segments)
    return Bitext(new.name, new.document, target_document, *segments, tuple(beads), (), revision.signature)


class _Written:
    """Write segments one after the other into a text, in the paragraphs of the new source."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.segments: list[Segment] = []
        self.begins = -1
        self._paragraph = -1

    def add(self, text: str, begins: int) -> None:
        gap = " " if begins == self.begins else "\n"
        start = 0
        if self.segments:
            self.parts.append(gap)
            start = self.segments[-1].stop + 1
        if begins != self.begins or not self.segments:
            self._paragraph += 1
        self.begins = begins
        self.parts.append(text)
        self.segments.append(Segment(len(self.segments), start, start + len(text), text, self._paragraph))


def _bead(entry: Entry, source: Span, target: Span, reasons: tuple[str, str]) -> Bead:
    if entry.kind == "added":
        return Bead(source, target, 1.0, "unreviewed", reasons[1])
    if entry.kind == "changed":
        return Bead(source, target, entry.probability, "doubtful" if target else "unreviewed", reasons[0])
    return Bead(source, target, entry.probability, entry.status)
