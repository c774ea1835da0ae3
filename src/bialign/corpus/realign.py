"""Aligning anew what nobody has confirmed: the beads that are confirmed stay, exactly, and decide with the rest.

Planning takes as long as aligning does and changes nothing; a plan can be looked at, and is then carried out in one
edit, or refused where somebody has changed the same meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bialign.bitext import Bead, Move, Span, Status
from bialign.pipeline import Progress, align_stretches
from bialign.store import edits
from bialign.store.beads import SIDES, StoredBead
from bialign.store.journal import Edit

if TYPE_CHECKING:
    from bialign.aligner import AlignOptions
    from bialign.encode import Encoder
    from bialign.store import Store
    from bialign.termbase import Termbase

NewBead = tuple[int, int, float, Status, str]
"""How many segments of both sides, probability, status and reason."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Hold beads that stand one after the other, and those that would take their place."""

    old: tuple[StoredBead, ...]
    new: tuple[NewBead, ...]

    @property
    def changes(self) -> bool:
        """Tell whether the segments would be grouped otherwise."""
        return [(bead.sources, bead.targets) for bead in self.old] != [bead[:2] for bead in self.new]


@dataclass(frozen=True, slots=True)
class Plan:
    """Hold what aligning anew would change: stretches between confirmed beads, and the passages found to be moved.

    `seen` is the last event that was known, `moves` count segments of the whole bitext, `signature` is the line of
    settings.
    """

    bitext: int
    seen: int
    stretches: tuple[Stretch, ...]
    moves: tuple[Move, ...]
    signature: str


def plan(
    store: Store,
    bitext: int,
    beads: tuple[int, int] | None = None,
    *,
    confirmed: Sequence[Bead] | None = None,
    options: AlignOptions | None = None,
    termbase: Termbase | None = None,
    encoder: Encoder | None = None,
    progress: Progress | None = None,
) -> Plan:
    """Align a bitext anew, or what stands between two beads (ids, both included), and tell what would change.

    What is confirmed is kept: the beads of that status, or those of `confirmed`, whose spans count the segments of the
    whole bitext. Raises AlignmentError where these contradict each other.
    """
    from bialign.aligner import Constraints

    with store.database.snapshot():
        seen = store.journal.last()
        whole = store.contents.bitext(bitext)
        old = list(store.beads.of(bitext))
    keep = [bead for bead in whole.beads if bead.status == "confirmed"] if confirmed is None else list(confirmed)
    first, last = _range(old, beads)
    source = Span(whole.beads[first].source.start, whole.beads[last].source.stop)
    target = Span(whole.beads[first].target.start, whole.beads[last].target.stop)
    inside = [bead for bead in keep if _within(bead.source, source) and _within(bead.target, target)]
    sides = (whole.source_segments[slice(*source)], whole.target_segments[slice(*target)])
    found = align_stretches(
        (whole.source, sides[0]),
        (whole.target, sides[1]),
        options=options,
        termbase=termbase,
        constraints=Constraints([_moved(bead, -source.start, -target.start) for bead in inside]),
        encoder=encoder,
        progress=progress,
    )
    new = [_moved(bead, source.start, target.start) for bead in found.beads]
    stretches = tuple(_stretches(old[first : last + 1], whole.beads[first : last + 1], new, inside))
    moves = [
        Move(_shifted(move.source, source.start), _shifted(move.target, target.start), move.probability)
        for move in found.moves
    ]
    return Plan(bitext, seen, stretches, tuple(moves), found.signature)


def carry_out(edit: Edit, plan: Plan) -> list[int]:
    """Write what was planned, as part of an edit; give the ids of the beads that came of it."""
    edit.bitext = plan.bitext
    ids = [id for stretch in plan.stretches for id in edits.replace_run(edit, stretch.old, stretch.new)]
    edit.details["beads"] = [bead.id for stretch in plan.stretches for bead in stretch.old]
    edit.update("bitext", plan.bitext, signature=plan.signature)
    places = [[s.place for s in edit.beads.reader.all(edit.beads.document(plan.bitext, side))] for side in SIDES]
    standing = edit.database.rows("SELECT source, target FROM move WHERE bitext = ?", plan.bitext)
    for move in plan.moves:
        row = places[0][move.source.start], places[1][move.target.start]
        if row not in standing:
            edit.insert("move", plan.bitext, *row, len(move.source), len(move.target), move.probability)
    return ids


def _range(old: Sequence[StoredBead], beads: tuple[int, int] | None) -> tuple[int, int]:
    if beads is None:
        return 0, len(old) - 1
    numbers = {bead.id: number for number, bead in enumerate(old)}
    missing = [id for id in beads if id not in numbers]
    if missing:
        raise ValueError(f"there is no bead {missing[0]} in this bitext")
    first, last = sorted(numbers[id] for id in beads)
    return first, last


def _stretches(
    stored: Sequence[StoredBead], old: Sequence[Bead], new: Sequence[Bead], confirmed: Sequence[Bead]
) -> Iterator[Stretch]:
    """Cut both at the places where both have a border, and give the stretches in between that are not the same."""
    held = {(bead.source if bead.source else None, bead.target if bead.target else None) for bead in confirmed}
    statuses = {(bead.source, bead.target): (bead.status, bead.reason) for bead in old}

    def made(bead: Bead) -> NewBead:
        known = (bead.source if bead.source else None, bead.target if bead.target else None) in held
        status, reason = statuses.get((bead.source, bead.target), ("unreviewed", ""))
        if known:
            return len(bead.source), len(bead.target), 1.0, "confirmed", reason
        # who confirmed it before has not confirmed this
        status = "unreviewed" if status == "confirmed" else status
        return len(bead.source), len(bead.target), bead.probability, status, reason

    i = j = 0
    for stop_old, stop_new in _common_borders(old, new):
        run = tuple(map(made, new[j:stop_new]))
        before = [(b.sources, b.targets, float(b.probability), b.status, b.reason or "") for b in stored[i:stop_old]]
        if list(run) != before and not _is_reordered(before, run):
            yield Stretch(tuple(stored[i:stop_old]), run)
        i, j = stop_old, stop_new


def _is_reordered(old: Sequence[NewBead], new: Sequence[NewBead]) -> bool:
    """Tell whether both hold the same null beads, and only those of source and target come in another order."""
    sizes = [[bead[:2] for bead in beads] for beads in (old, new)]
    return sizes[0] != sizes[1] and all(0 in pair for pair in (*sizes[0], *sizes[1]))


def _common_borders(old: Sequence[Bead], new: Sequence[Bead]) -> Iterator[tuple[int, int]]:
    """Give the numbers of beads after which both alignments have come equally far."""
    ends = {(bead.source.stop, bead.target.stop): number + 1 for number, bead in enumerate(new)}
    for number, bead in enumerate(old):
        end = ends.get((bead.source.stop, bead.target.stop))
        if end is not None:
            yield number + 1, end


def _within(span: Span, outer: Span) -> bool:
    return outer.start <= span.start and span.stop <= outer.stop


def _moved(bead: Bead, rows: int, columns: int) -> Bead:
    return Bead(_shifted(bead.source, rows), _shifted(bead.target, columns), bead.probability, bead.status, bead.reason)


def _shifted(span: Span, by: int) -> Span:
    return Span(span.start + by, span.stop + by)
