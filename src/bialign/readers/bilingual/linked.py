"""Two texts and links between their sentences to a bitext, whatever the links do: cross, dangle, overlap or skip."""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from bialign.bitext import (
    Anchor,
    Bead,
    Bitext,
    Document,
    Extra,
    Move,
    Paragraph,
    ParagraphKind,
    Remark,
    Segment,
    Span,
    Status,
)  # fmt: skip
from bialign.errors import FormatError
from bialign.languages import guess_language
from bialign.readers.bilingual.units import named


class Sentence(NamedTuple):
    """Hold a sentence of a text with its id, the number and kind of its paragraph, and the anchors before it."""

    id: str
    text: str
    paragraph: int = 0
    kind: ParagraphKind = "text"
    anchors: tuple[Anchor, ...] = ()


class Link(NamedTuple):
    """Hold the ids of sentences that belong together, as a file names them; a side may be empty."""

    source: tuple[str, ...]
    target: tuple[str, ...]
    probability: float = 1.0
    status: Status = "unreviewed"
    reason: str = ""
    id: str = ""
    extras: tuple[Extra, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """Hold one side: its sentences in order, and what is known of the document."""

    sentences: Sequence[Sentence]
    lang: str = ""
    title: str = ""
    id: str = ""
    origin: str = ""
    licence: str = ""


@dataclass(slots=True)
class _Placed:
    """Hold a link with the runs of its sentences."""

    link: Link
    source: Span
    target: Span
    order: int


class _Faults:
    """Count what a bitext cannot hold, each kind with its first example."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._first: dict[str, object] = {}

    def add(self, remark: Remark) -> None:
        self._counts[remark.template] += 1
        self._first.setdefault(remark.template, remark.fields["first"])

    def remarks(self) -> tuple[Remark, ...]:
        return tuple(
            Remark(template, {"count": count, "first": self._first[template]})
            for template, count in self._counts.items()
        )


def linked(
    file: Path,
    texts: tuple[Text, Text],
    links: Sequence[Link],
    moves: Sequence[Link] = (),
    *,
    id: str = "",
    signature: str = "",
    remarks: tuple[Remark, ...] = (),
) -> Bitext:
    """Make a bitext of two texts and the links between their sentences.

    Links that cross others are moves of it; sentences that no link names are null beads. What a bitext cannot hold is
    told in its `remarks`: ids of no sentence, sentences in two links, links of sentences that do not follow each other.
    Raises FormatError where nothing is linked.
    """
    faults = _Faults()
    placed = list(_placed(texts, links, faults))
    if not any(each.source and each.target for each in placed):
        raise FormatError(file, "no link of this file joins a sentence with its translation")
    kept, crossing = _in_order([each for each in placed if each.source and each.target])
    for each in crossing:
        template = "links that cross others and are moves now: {count} (the first: {first})"
        faults.add(Remark(template, {"first": _shown(each.link)}))
    loose = [each for each in placed if not (each.source and each.target)]
    named_id = id or file.stem
    beads = [
        named(bead, named_id, link.id if link else "")
        for bead, link in _tiled(kept, loose, (len(texts[0].sentences), len(texts[1].sentences)))
    ]
    found = [Move(each.source, each.target, each.link.probability) for each in crossing]
    found += _moved(texts, moves)
    documents = [_document(file, text, side) for text, side in zip(texts, ("source", "target"), strict=True)]
    (source, sources), (target, targets) = documents
    return Bitext(
        named_id, source, target, sources, targets, tuple(beads), _possible(found, beads), signature,
        remarks=(*remarks, *faults.remarks()),
    )  # fmt: skip


def _moved(texts: tuple[Text, Text], moves: Sequence[Link]) -> Iterator[Move]:
    """Give the moves that a file tells as such, by the sentences that are there."""
    index = [{sentence.id: n for n, sentence in enumerate(text.sentences)} for text in texts]
    for move in moves:
        spans = [[index[n][each] for each in side if each in index[n]] for n, side in enumerate(move[:2])]
        if all(spans):
            source, target = (Span(min(side), max(side) + 1) for side in spans)
            yield Move(source, target, move.probability)


def _placed(texts: tuple[Text, Text], links: Sequence[Link], faults: _Faults) -> Iterator[_Placed]:
    index = [{sentence.id: n for n, sentence in enumerate(text.sentences)} for text in texts]
    taken: tuple[set[int], set[int]] = (set(), set())
    for order, link in enumerate(links):
        spans = []
        for known, used, ids in zip(index, taken, (link.source, link.target), strict=True):
            numbers = []
            for each in ids:
                if each not in known:
                    template = "sentences that links name and that are not there: {count} (the first: {first})"
                    faults.add(Remark(template, {"first": each}))
                elif known[each] in used:
                    template = "sentences in two links, of which the first counts: {count} (the first: {first})"
                    faults.add(Remark(template, {"first": each}))
                else:
                    numbers.append(known[each])
            run = _run(sorted(set(numbers)))
            if len(run) < len(set(numbers)):
                template = (
                    "links whose sentences do not follow each other, and keep one run: {count} (the first: {first})"
                )
                faults.add(Remark(template, {"first": _shown(link)}))
            used.update(run.indices)
            spans.append(run)
        if spans[0] or spans[1]:
            yield _Placed(link, spans[0], spans[1], order)


def _run(numbers: Sequence[int]) -> Span:
    """Give the longest run of numbers that follow each other, the first of several."""
    best = Span(0, 0)
    start = 0
    for at in range(1, len(numbers) + 1):
        if at == len(numbers) or numbers[at] != numbers[at - 1] + 1:
            if at - start > len(best):
                best = Span(numbers[start], numbers[start] + at - start)
            start = at
    return best


def _in_order(placed: list[_Placed]) -> tuple[list[_Placed], list[_Placed]]:
    """Part links into as many as possible that stand in the same order on both sides, and the rest."""
    placed = sorted(placed, key=lambda each: each.source.start)
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, each in enumerate(placed):
        at = bisect.bisect_left(ends, each.target.start)
        before.append(tails[at - 1] if at else -1)
        if at == len(tails):
            tails.append(number)
            ends.append(each.target.start)
        else:
            tails[at], ends[at] = number, each.target.start
    kept, at = set(), tails[-1] if tails else -1
    while at >= 0:
        kept.add(at)
        at = before[at]
    return (
        [each for number, each in enumerate(placed) if number in kept],
        [each for number, each in enumerate(placed) if number not in kept],
    )


def _tiled(
    kept: Sequence[_Placed], loose: Sequence[_Placed], sizes: tuple[int, int]
) -> Iterator[tuple[Bead, Link | None]]:
    """Give the beads that cover both sides: those in order, and between them what stands alone, by the links' order."""
    alone: tuple[dict[int, _Placed], dict[int, _Placed]] = ({}, {})
    for each in loose:
        alone[0 if each.source else 1][(each.source or each.target).start] = each
    at = [0, 0]
    for each in kept:
        yield from _between(alone, at, (each.source.start, each.target.start))
        link = each.link
        bead = Bead(each.source, each.target, link.probability, link.status, link.reason, extras=link.extras)
        yield bead, link
        at = [each.source.stop, each.target.stop]
    yield from _between(alone, at, sizes)


def _between(
    alone: tuple[dict[int, _Placed], dict[int, _Placed]], at: list[int], stops: tuple[int, int]
) -> Iterator[tuple[Bead, Link | None]]:
    yield from _merged([list(_alone(alone[side], at[side], stops[side])) for side in (0, 1)], at)


def _alone(known: dict[int, _Placed], start: int, stop: int) -> Iterator[tuple[int, Span, Link | None]]:
    """Give the runs of sentences that stand alone from one place to another, each with the order of its link."""
    order = -1
    while start < stop:
        each = known.get(start)
        span = (each.source or each.target) if each else Span(start, start + 1)
        if each and span.stop <= stop:
            order = each.order
            yield order, span, each.link
        else:
            span = Span(start, start + 1)
            yield order, span, None
        start = span.stop


def _merged(gaps: list[list[tuple[int, Span, Link | None]]], at: list[int]) -> Iterator[tuple[Bead, Link | None]]:
    waiting = [list(gap) for gap in gaps]
    place = list(at)
    while waiting[0] or waiting[1]:
        side = 0 if not waiting[1] or (waiting[0] and waiting[0][0][0] <= waiting[1][0][0]) else 1
        _, span, link = waiting[side].pop(0)
        other = Span(place[1 - side], place[1 - side])
        place[side] = span.stop
        spans = (span, other) if side == 0 else (other, span)
        known = link or Link((), ())
        yield Bead(*spans, known.probability, known.status, known.reason, extras=known.extras), link


def _possible(moves: Sequence[Move], beads: Sequence[Bead]) -> tuple[Move, ...]:
    """Give the moves that link null beads; a damaged file may have others."""
    sources = {i for bead in beads if not bead.target for i in bead.source.indices}
    targets = {j for bead in beads if not bead.source for j in bead.target.indices}
    return tuple(m for m in moves if sources.issuperset(m.source.indices) and targets.issuperset(m.target.indices))


def _document(file: Path, text: Text, side: str) -> tuple[Document, tuple[Segment, ...]]:
    pieces: list[str] = []
    segments: list[Segment] = []
    paragraphs: list[Paragraph] = []
    anchors: list[Anchor] = []
    at = 0
    for number, sentence in enumerate(text.sentences):
        same = number > 0 and text.sentences[number - 1].paragraph == sentence.paragraph
        if number:
            pieces.append(" " if same else "\n")
            at += 1
        anchors += (Anchor(at, anchor.kind, anchor.label) for anchor in sentence.anchors)
        stop = at + len(sentence.text)
        segments.append(Segment(number, at, stop, sentence.text, sentence.paragraph))
        if same and paragraphs:
            paragraphs[-1] = Paragraph(paragraphs[-1].start, max(stop, paragraphs[-1].stop), paragraphs[-1].kind)
        elif sentence.text:
            paragraphs.append(Paragraph(at, stop, sentence.kind))
        pieces.append(sentence.text)
        at = stop
    whole = "".join(pieces) + "\n"
    lang = text.lang or guess_language(whole)
    document = Document(
        text.id or f"{file.stem}.{lang or side}", lang, text.title or file.stem, whole, text.origin or str(file), "",
        text.licence, anchors=tuple(anchors), paragraphs=tuple(paragraphs),
    )  # fmt: skip
    return document, tuple(segments)


def _shown(link: Link) -> str:
    return f"{' '.join(link.source)};{' '.join(link.target)}"
