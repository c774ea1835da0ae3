"""What people have decided and annotated, as data: taken from a corpus, kept in a file, done again on a fresh build.

Decisions name what they are about by its text, so they hold wherever the same sentences stand, however they are cut
and numbered there. Where a text comes several times, the occurrence nearest to the old place is meant.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bialign.bitext import STATUSES, Bead, Span, Status, comment_of
from bialign.corpus import annotation_schemes, decided_marks, realign
from bialign.corpus.decided_marks import AnnotationDecision
from bialign.corpus.finder import Finder, Joined
from bialign.errors import BialignError
from bialign.store import edits, extras, texts
from bialign.store.beads import SIDES, Side

if TYPE_CHECKING:
    from bialign.store import Edit, Event, Store
    from bialign.study.annotation.schemes import Scheme


@dataclass(frozen=True, slots=True)
class TextDecision:
    """Say that segments of one side, one after the other, became others: joined, cut or corrected."""

    side: Side
    before: tuple[str, ...]
    after: tuple[str, ...]
    near: float = 0
    by: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class BeadDecision:
    """Say what a person thinks of a bead; `source` and `target` are its segments' texts."""

    source: tuple[str, ...]
    target: tuple[str, ...]
    status: Status = "confirmed"
    reason: str = ""
    comment: str = ""
    near: tuple[float, float] = (0, 0)
    by: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class MoveDecision:
    """Say that a passage was moved: untranslated where it stands, translated elsewhere."""

    source: tuple[str, ...]
    target: tuple[str, ...]
    near: tuple[float, float] = (0, 0)


@dataclass(frozen=True, slots=True)
class Decisions:
    """Hold what was decided about one bitext, in order; `schemes` are those of its annotations."""

    texts: tuple[TextDecision, ...] = ()
    beads: tuple[BeadDecision, ...] = ()
    moves: tuple[MoveDecision, ...] = ()
    annotations: tuple[AnnotationDecision, ...] = ()
    schemes: tuple[Scheme, ...] = ()

    def __len__(self) -> int:
        return len(self.texts) + len(self.beads) + len(self.moves) + len(self.annotations)


Decision = TextDecision | BeadDecision | MoveDecision | AnnotationDecision


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Tell of a decision that could not be done again, and why: `template` with ``{field}`` places and `fields`."""

    decision: Decision
    template: str
    fields: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template.format(**self.fields)


def taken_from(store: Store, bitext: int) -> Decisions:
    """Collect what people have decided about a bitext."""
    with store.database.snapshot():
        events = [event for event in store.journal.events() if event.undoes is None and event.state == "in force"]
        marked = tuple(decided_marks.taken_from(store, bitext))
        return Decisions(
            tuple(_text_decisions(store, bitext, events)),
            tuple(_bead_decisions(store, bitext, events)),
            tuple(_move_decisions(store, bitext)),
            marked,
            annotation_schemes.used(store, marked),
        )


def replay(store: Store, bitext: int, decisions: Decisions, **settings: Any) -> list[Unplaced]:
    """Do decisions again on a bitext of the corpus; give those that could not be placed.

    Texts are corrected first (an edit of its own), then everything that is not confirmed is aligned anew around what
    is; `settings` are those of `realign.plan`. What has been decided here already stays, whatever `decisions` say.
    """
    unplaced: list[Unplaced] = []
    before = store.journal.last()
    if decisions.texts:
        with store.edit("replay texts") as edit:
            unplaced += _replay_texts(edit, bitext, decisions.texts)
    finder = Finder(store, bitext)
    placed = [(decision, finder.bead(decision.source, decision.target, decision.near)) for decision in decisions.beads]
    unplaced += [Unplaced(decision, _GONE) for decision, span in placed if span is None]
    standing = [bead for bead in store.contents.bitext(bitext).beads if bead.status != "unreviewed"]
    found, clashes = _apart([(decision, span) for decision, span in placed if span is not None], standing)
    unplaced += clashes
    confirmed = [bead for bead in standing if bead.status == "confirmed"]
    known = {_held(bead.source, bead.target) for bead in confirmed}
    sure = [
        Bead(*span, status="confirmed") for d, span in found if d.status == "confirmed" and _held(*span) not in known
    ]
    plan = (
        realign.plan(store, bitext, confirmed=[*confirmed, *sure], **settings)
        if sure or store.journal.last() > before
        else None
    )
    with store.edit("replay", seen=plan.seen if plan else None) as edit:
        if plan is not None:
            realign.carry_out(edit, plan)
        unplaced += _judge(edit, bitext, {_key(finder, span): decision for decision, span in found})
        unplaced += _replay_moves(edit, bitext, finder, decisions.moves)
        annotation_schemes.keep_missing(edit, decisions.schemes)
        lost = decided_marks.replay(edit, bitext, finder, decisions.annotations)
        unplaced += [Unplaced(decision, _GONE) for decision in lost]
    return unplaced


def _judge(edit: Edit, bitext: int, decisions: dict[tuple[object, ...], BeadDecision]) -> Iterator[Unplaced]:
    """Give beads the status, reason and comment that was decided; `decisions` go by what a bead holds."""
    touched = []
    for bead in list(edit.beads.of(bitext)):
        held = bead.source if bead.sources else None, bead.target if bead.targets else None, bead.sources, bead.targets
        decision = decisions.pop(held, None)
        if decision is not None:
            number = STATUSES.index(decision.status)
            values = {"reason": decision.reason or bead.reason, "comment": _both(bead.comment, decision.comment)}
            edit.update("bead", bead.id, status=number, **values)
            touched.append(bead.id)
    edit.details["beads"] = sorted({*edit.details.get("beads", ()), *touched})
    for decision in decisions.values():
        yield Unplaced(decision, "the bead is another one now")


_GONE = "its text is not there any more"


def _text_decisions(store: Store, bitext: int, events: Iterable[Event]) -> Iterator[TextDecision]:
    sides: dict[int, Side] = {store.beads.document(bitext, side): side for side in SIDES}
    for event in events:
        for one in event.details.get("texts", ()):
            if one["document"] in sides:
                side = sides[one["document"]]
                texts_ = tuple(one["before"]), tuple(one["after"])
                yield TextDecision(side, *texts_, near=one["place"], by=event.who, at=event.at)


def _bead_decisions(store: Store, bitext: int, events: Iterable[Event]) -> Iterator[BeadDecision]:
    makers = {id: event for event in events for id in event.details.get("beads", ())}
    came = extras.of(store.database, bitext)
    for bead in store.beads.of(bitext):
        # a note that came in with the file is nothing that was decided here
        if bead.status == "unreviewed" and (bead.comment or "") in {"", comment_of(came.get(bead.id, ()))}:
            continue
        source, target = (tuple(s.text for s in store.beads.segments(bead, side)) for side in SIDES)
        maker = makers.get(bead.id)
        near = tuple(0.0 if place == float("inf") else place for place in (bead.source, bead.target))
        yield BeadDecision(
            source, target, bead.status, bead.reason or "", bead.comment or "", (near[0], near[1]),
            maker.who if maker else "", maker.at if maker else "",
        )  # fmt: skip


def _move_decisions(store: Store, bitext: int) -> Iterator[MoveDecision]:
    rows = store.database.rows(
        "SELECT source, target, sources, targets FROM move WHERE bitext = ? AND probability = 1 ORDER BY id", bitext
    )
    for source, target, *counts in rows:
        one, other = (
            tuple(s.text for s in store.reader.run(store.beads.document(bitext, side), place, count))
            for side, place, count in zip(SIDES, (source, target), counts, strict=True)
        )
        yield MoveDecision(one, other, (source, target))


def _replay_texts(edit: Edit, bitext: int, decisions: Iterable[TextDecision]) -> Iterator[Unplaced]:
    from bialign.store.passages import Reader

    reader = Reader(edit.database)
    for decision in decisions:
        document = edit.beads.document(bitext, decision.side)
        segments = list(reader.all(document))
        joined = Joined([segment.text for segment in segments])
        near = bisect.bisect_left([segment.place for segment in segments], decision.near)
        span = joined.find(decision.before, near)
        if span is None and joined.find(decision.after, near):
            continue  # it reads so already
        if span is not None and tuple(segments[n].text for n in span.indices) == decision.after:
            continue  # it is cut so already
        if span is None:
            yield Unplaced(decision, _GONE)
            continue
        try:
            _become(edit, bitext, decision, document, [segments[n].place for n in span.indices])
        except (BialignError, ValueError) as error:
            yield Unplaced(decision, "it cannot be done any more: {why}", {"why": str(error)})


def _become(edit: Edit, bitext: int, decision: TextDecision, document: int, places: Sequence[float]) -> None:
    """Join segments to one, correct it, and cut it again where the decision cuts."""
    first = places[0]
    for place in places[1:]:
        beads = [edit.beads.at(bitext, decision.side, one) for one in (first, place)]
        if beads[0] is not None and beads[1] is not None and beads[0].id != beads[1].id:
            run = edit.beads.between(beads[0], beads[1])
            merged = edits.merge(edit, [bead.id for bead in run])
            # a person joined the segments, but has not said that this bead is right
            edit.update("bead", merged, status=0)
        texts.join(edit, document, first)
    whole = " ".join(decision.after)
    texts.correct(edit, document, first, whole)
    for length in [len(text) + 1 for text in decision.after[:-1]]:
        first = texts.cut(edit, document, first, length)


def _both(old: str | None, new: str) -> str | None:
    """Keep both comments where they are not the same."""
    return f"{old}\n{new}" if old and new and new not in old else old or new or None


_Placed = tuple[BeadDecision, tuple[Span, Span]]


def _apart(found: Sequence[_Placed], standing: Sequence[Bead]) -> tuple[list[_Placed], list[Unplaced]]:
    """Keep decisions that can stand side by side, and with what is decided in the corpus already.

    No segment may be in two of them, and confirmed beads may not cross.
    """
    known = {_held(bead.source, bead.target): bead for bead in standing}
    taken = [
        {i for bead in standing for i in bead.source.indices},
        {j for bead in standing for j in bead.target.indices},
    ]
    pairs = [
        (bead.source.start, bead.target.start) for bead in standing if bead.status == "confirmed" and not bead.is_null
    ]
    kept, unplaced = [], []
    for decision, spans in found:
        same = known.get(_held(*spans))
        if same is not None and same.status == decision.status:
            kept.append((decision, spans))  # there may be a comment that is not here yet
            continue
        starts = spans[0].start, spans[1].start
        sure = decision.status == "confirmed" and all(spans)
        crosses = sure and any((one < starts[0]) != (other < starts[1]) for one, other in pairs)
        if crosses or any(not held.isdisjoint(span.indices) for held, span in zip(taken, spans, strict=True)):
            unplaced.append(Unplaced(decision, "it contradicts what else was decided"))
            continue
        for held, span in zip(taken, spans, strict=True):
            held.update(span.indices)
        if sure:
            pairs.append(starts)
        kept.append((decision, spans))
    return kept, unplaced


def _held(source: Span, target: Span) -> tuple[Span | None, Span | None]:
    """Tell what a bead holds; where its empty side stands does not matter."""
    return source or None, target or None


def _key(finder: Finder, spans: tuple[Span, Span]) -> tuple[float | None, float | None, int, int]:
    places = [held[span.start] if span else None for held, span in zip(finder.places, spans, strict=True)]
    return places[0], places[1], len(spans[0]), len(spans[1])


def _replay_moves(edit: Edit, bitext: int, finder: Finder, moves: Iterable[MoveDecision]) -> Iterator[Unplaced]:
    for decision in moves:
        spans = finder.bead(decision.source, decision.target, decision.near)
        if spans is None:
            yield Unplaced(decision, _GONE)
            continue
        ids: list[list[int]] = []
        for side, span, places in zip(SIDES, spans, finder.places, strict=True):
            beads = [edit.beads.at(bitext, side, places[index]) for index in span.indices]
            other: Side = "target" if side == "source" else "source"
            if any(bead is None or bead.count(other) for bead in beads):
                break
            ids.append(list(dict.fromkeys(bead.id for bead in beads if bead is not None)))
        if len(ids) < 2:
            yield Unplaced(decision, "its segments are translated where they stand now")
            continue
        edits.link(edit, ids[0], ids[1])
