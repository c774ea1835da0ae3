"""Documents, segments, beads and bitexts: the values every other module passes around, with their invariants.

All are immutable; the invariants are checked when a value is made, so that no later stage has to check them again.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Status = Literal["unreviewed", "confirmed", "rejected", "doubtful"]
STATUSES: tuple[Status, ...] = ("unreviewed", "confirmed", "rejected", "doubtful")

AnchorKind = Literal["author", "chapter", "heading", "page", "line", "row", "note", "time"]
"""What can be cited. "line" and "row" number the lines or rows of the file; "time" is that of a subtitle."""

ParagraphKind = Literal[
    "text", "title", "heading", "list-item", "table-cell", "caption", "quotation", "verse", "code", "cue", "text-box",
    "footnote", "endnote", "running-head", "page-number",
]  # fmt: skip
"""What a paragraph is in its document. The last two are the layout's own, not the author's."""


class Span(NamedTuple):
    """Hold a half-open range [start, stop) of segment indices.

    >>> len(Span(2, 4)), list(Span(2, 4).indices)
    (2, [2, 3])
    """

    start: int
    stop: int

    @property
    def indices(self) -> range:
        """Give the indices in the span, in order."""
        return range(self.start, self.stop)

    def __len__(self) -> int:
        return self.stop - self.start


@dataclass(frozen=True, slots=True)
class Fix:
    """Record one repair: `before`, at offset `start` of the text as it was, became `after`, by the named rules."""

    start: int
    before: str
    after: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Anchor:
    """Mark an offset of a document's text for citation: from there on, it is page 12, chapter II or note 3.

    `kind` is one of `ANCHOR_KINDS`, `label` what the document itself calls it. An anchor is in force until the next of
    its kind; one of kind "note" or "time" only within the paragraph it stands in.
    """

    offset: int
    kind: AnchorKind
    label: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Hold the place of a paragraph in its document's text: ``text[start:stop]``, with no line end at either side."""

    start: int
    stop: int
    kind: ParagraphKind = "text"


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """Hold one line that is boilerplate: ``text[start:stop]``, the rule that says so, and its evidence in words."""

    start: int
    stop: int
    rule: str
    template: str
    fields: Mapping[str, object] = field(default_factory=dict)

    @property
    def evidence(self) -> str:
        """Say in English what speaks for it."""
        return self.template.format(**self.fields)


@dataclass(frozen=True, slots=True)
class Document:
    """Hold one text with where it came from; `lang` is a BCP 47 code ("es-PE"), or "" where it is not known.

    Paragraphs of `text` end in a newline. `paragraphs` tells where they are, in order and without overlap, where that
    is known (else the splitter finds them); `fixes` lists what repair changed, `anchors` what can be cited. `dropped`
    are the lines that were removed as boilerplate, at their places in `whole`, the document that held them.
    """

    id: str
    lang: str
    title: str
    text: str
    origin: str = ""
    encoding: str = "utf-8"
    licence: str = ""
    fixes: tuple[Fix, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    dropped: tuple[Boilerplate, ...] = field(default=(), compare=False, repr=False)
    whole: Document | None = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        at = 0
        for paragraph in self.paragraphs:
            if not at <= paragraph.start < paragraph.stop <= len(self.text):
                raise ValueError(f"{self.id}: paragraph {paragraph.start}-{paragraph.stop} overlaps or leaves the text")
            at = paragraph.stop


@dataclass(frozen=True, slots=True)
class Segment:
    """Hold a sentence-like unit of a document: ``document.text[start:stop] == text``; `paragraph` counts from 0."""

    index: int
    start: int
    stop: int
    text: str
    paragraph: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.stop or self.stop - self.start != len(self.text):
            raise ValueError(
                f"segment {self.index}: {self.start}-{self.stop} does not hold {len(self.text)} characters"
            )


@dataclass(frozen=True, slots=True)
class Reason:
    """Hold one thing that speaks for or against a bead: `template` with ``{field}`` places, `fields` what fills them.

    `kind` says what it is about ("alternative", "cut", "length" ...), `supports` whether it speaks for the bead (None:
    neither), `bead` is another bead it tells of. A field that is a tuple holds words of ours, to be translated one by
    one; a string is a piece of the texts.

    >>> str(Reason("balance", "for it: {groups}", {"groups": ("meaning", "length")}))
    'for it: meaning, length'
    """

    kind: str
    template: str
    fields: Mapping[str, object]
    supports: bool | None = None
    bead: Bead | None = None

    def __str__(self) -> str:
        words = {name: ", ".join(value) if isinstance(value, tuple) else value for name, value in self.fields.items()}
        return self.template.format(**words)


class Extra(NamedTuple):
    """Hold what a file says of a bead or a bitext for which bialign has no place of its own, to be written out again.

    `kind` is "id", "attribute", "prop" or "note", `side` "source" or "target" where it belongs to one of the texts.
    """

    kind: Literal["id", "attribute", "prop", "note"]
    name: str
    value: str
    side: Literal["", "source", "target"] = ""

    @property
    def is_comment(self) -> bool:
        """Tell whether it is a note on the whole bead."""
        return self.kind == "note" and not self.side


def comment_of(extras: Iterable[Extra]) -> str:
    """Give the comment among extras: the first note that is of neither side, "" where there is none.

    >>> comment_of([Extra("note", "", "of the text", "source"), Extra("note", "", "Check the date.")])
    'Check the date.'
    """
    return next((extra.value for extra in extras if extra.is_comment), "")


def commented(extras: tuple[Extra, ...], comment: str) -> tuple[Extra, ...]:
    """Give extras with another comment in the place of theirs; "" takes it away.

    >>> [extra.value for extra in commented((Extra("prop", "x-client", "ICJ"), Extra("note", "", "Check.")), "Seen.")]
    ['ICJ', 'Seen.']
    >>> commented((Extra("note", "", "Check."),), ""), commented((), "New.")[0].kind
    ((), 'note')
    """
    if comment_of(extras) == comment:
        return extras
    at = next((number for number, extra in enumerate(extras) if extra.is_comment), None)
    new = (Extra("note", "", comment),) if comment else ()
    return new + extras if at is None else extras[:at] + new + extras[at + 1 :]


@dataclass(frozen=True, slots=True)
class Remark:
    """Hold one thing to tell the user of a bitext: `template` with ``{field}`` places, `fields` what fills them.

    >>> str(Remark("{count} of them", {"count": 3}))
    '3 of them'
    """

    template: str
    fields: dict[str, object]

    def __str__(self) -> str:
        return self.template.format(**self.fields)


@dataclass(frozen=True, slots=True)
class Bead:
    """Hold a minimal group of segments that translate each other; one side may be empty (a null bead), never both.

    `probability` is the aligner's posterior that exactly this bead is right (1.0 for what a person made). `reasons` are
    there where they were asked for, `reason` is what is said of them in files; `extras` are
    what else a file said.

    >>> Bead(Span(0, 1), Span(0, 2), 0.9).type
    '1-2'
    """

    source: Span
    target: Span
    probability: float = 1.0
    status: Status = "unreviewed"
    reason: str = ""
    reasons: tuple[Reason, ...] = field(default=(), compare=False, repr=False)
    extras: tuple[Extra, ...] = field(default=(), compare=False, repr=False)

    def __post_init__(self) -> None:
        for side in (self.source, self.target):
            if not 0 <= side.start <= side.stop:
                raise ValueError(f"bead with the impossible span {side.start}-{side.stop}")
        if not self.source and not self.target:
            raise ValueError("a bead must hold a segment on one side at least")
        if not 0.0 <= self.probability <= 1.0:
            raise ValueError(f"bead probability {self.probability} is not between 0 and 1")
        if self.status not in STATUSES:
            raise ValueError(f"bead status {self.status!r} is none of {', '.join(STATUSES)}")

    @property
    def type(self) -> str:
        """Give the alignment type: "1-1", "1-2", "1-0" ..."""
        return f"{len(self.source)}-{len(self.target)}"

    @property
    def is_null(self) -> bool:
        """Tell whether one side is empty."""
        return not self.source or not self.target

    @property
    def comment(self) -> str:
        """Give what a person wrote about the bead: its first note that is of neither side, or ""."""
        return comment_of(self.extras)


@dataclass(frozen=True, slots=True)
class Move:
    """Link two runs of null beads that translate each other, though they stand at different places of the two texts."""

    source: Span
    target: Span
    probability: float

    def __post_init__(self) -> None:
        if not self.source or not self.target:
            raise ValueError("a move links segments of both sides")


@dataclass(frozen=True, slots=True)
class Bitext:
    """Hold two documents, their segments and the beads that tile both sides in order.

    `moves` are links between null beads; `signature` is the line of settings that made the beads. `extras` are what a
    file says of the whole, `remarks` what its reader has to tell the user.
    """

    id: str
    source: Document
    target: Document
    source_segments: tuple[Segment, ...]
    target_segments: tuple[Segment, ...]
    beads: tuple[Bead, ...]
    moves: tuple[Move, ...] = ()
    signature: str = ""
    extras: tuple[Extra, ...] = field(default=(), compare=False, repr=False)
    remarks: tuple[Remark, ...] = field(default=(), compare=False, repr=False)

    def __post_init__(self) -> None:
        check_tiling(self.beads, len(self.source_segments), len(self.target_segments))
        sources = {i for bead in self.beads if not bead.target for i in bead.source.indices}
        targets = {j for bead in self.beads if not bead.source for j in bead.target.indices}
        for move in self.moves:
            if not (sources.issuperset(move.source.indices) and targets.issuperset(move.target.indices)):
                raise ValueError(f"the move {tuple(move.source)} - {tuple(move.target)} does not link null beads")

    def moved_to(self) -> dict[int, int]:
        """Map the index of each bead that was moved to that of the bead where its translation begins."""
        sources = {i: number for number, bead in enumerate(self.beads) for i in bead.source.indices}
        targets = {j: number for number, bead in enumerate(self.beads) for j in bead.target.indices}
        found = {sources[i]: targets[move.target.start] for move in self.moves for i in move.source.indices}
        return found | {targets[j]: sources[move.source.start] for move in self.moves for j in move.target.indices}

    def source_text(self, bead: Bead) -> str:
        """Give the bead's source segments joined by a space."""
        return " ".join(segment.text for segment in self.source_segments[bead.source.start : bead.source.stop])

    def target_text(self, bead: Bead) -> str:
        """Give the bead's target segments joined by a space."""
        return " ".join(segment.text for segment in self.target_segments[bead.target.start : bead.target.stop])


def null_beads(source: Span, target: Span, probability: float = 1.0, reason: str = "") -> list[Bead]:
    """Make a null bead of each segment of `source`, then of `target`, as segments between two beads stand alone.

    >>> [bead.type for bead in null_beads(Span(3, 5), Span(7, 8))]
    ['1-0', '1-0', '0-1']
    """
    beads = [Bead(Span(i, i + 1), Span(target.start, target.start), probability, reason=reason) for i in source.indices]
    stop = Span(source.stop, source.stop)
    return beads + [Bead(stop, Span(j, j + 1), probability, reason=reason) for j in target.indices]


def check_tiling(beads: Sequence[Bead], source_size: int, target_size: int) -> None:
    """Raise ValueError unless the beads, in order, cover each side's segments exactly once."""
    i = j = 0
    for number, bead in enumerate(beads):
        if bead.source.start != i or bead.target.start != j:
            raise ValueError(f"bead {number} starts at ({bead.source.start}, {bead.target.start}), not at ({i}, {j})")
        i, j = bead.source.stop, bead.target.stop
    if (i, j) != (source_size, target_size):
        raise ValueError(f"the beads end at ({i}, {j}), the segments at ({source_size}, {target_size})")


def plain_segments(texts: Sequence[str], paragraphs: Sequence[int] | None = None) -> tuple[Segment, ...]:
    r"""Make segments of strings used as they are, as if their document held one a line.

    `paragraphs` gives each string's paragraph number; without it all stand in paragraph 0.

    >>> [(s.start, s.stop) for s in plain_segments(["One.", "Two."])]
    [(0, 4), (5, 9)]
    """
    if paragraphs is not None and len(paragraphs) != len(texts):
        raise ValueError(f"{len(paragraphs)} paragraph numbers for {len(texts)} segments")
    starts = itertools.accumulate((len(text) + 1 for text in texts), initial=0)
    return tuple(
        Segment(index, start, start + len(text), text, paragraphs[index] if paragraphs is not None else 0)
        for index, (text, start) in enumerate(zip(texts, starts, strict=False))
    )
