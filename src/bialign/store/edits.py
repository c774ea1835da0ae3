"""What a person may do to beads: merge, split, shift, make null, link as moved, judge, comment.

Each function writes one edit; what a person has made is confirmed, and certain. Mistakes of the call (a bead that holds
nothing to give away) are ValueError, ids that are not there NotFound.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bialign.bitext import STATUSES, Status
from bialign.errors import CorpusError, NotFound
from bialign.store import extras
from bialign.store.beads import END, SIDES, Side, StoredBead
from bialign.store.journal import Edit

_Shape = tuple[float, float, int, int]
"""Where a bead's sides begin, and how many segments they have."""

_MADE = {"probability": 1, "status": STATUSES.index("confirmed")}


def merge(edit: Edit, ids: Sequence[int]) -> int:
    """Make one bead of several that stand one after the other; the first keeps its id, which is given."""
    beads = _in_order(edit, ids)
    if len(beads) < 2:
        raise ValueError("two beads at least are wanted")
    first = beads[0]
    edit.details["beads"] = [bead.id for bead in beads]
    comment = _gathered(edit, first, beads)
    _unlink(edit, beads)
    for bead in beads[1:]:
        edit.delete("bead", bead.id)
    sizes = {"sources": sum(bead.sources for bead in beads), "targets": sum(bead.targets for bead in beads)}
    edit.update("bead", first.id, **sizes, **_MADE, reason=None, comment=comment)
    return first.id


def split(edit: Edit, id: int, sources: int, targets: int) -> tuple[int, int]:
    """Cut a bead in two after so many source and target segments; the first part keeps the id. Give both ids."""
    bead = _one(edit, id)
    rest = bead.sources - sources, bead.targets - targets
    if min(sources, targets, *rest) < 0 or not sources + targets or not sum(rest):
        raise ValueError(f"a bead {bead.type} cannot be cut after {sources} and {targets} segments")
    _unlink(edit, [bead])
    edit.update("bead", id, sources=sources, targets=targets, **_MADE, reason=None)
    second = _insert(edit, bead, (_place(edit, bead, "source", sources), _place(edit, bead, "target", targets)), rest)
    _also_of(edit, bead, [second])
    edit.details["beads"] = [id, second]
    return id, second


def shift(edit: Edit, id: int, side: Side, count: int = 1) -> None:
    """Give the last `count` segments of one side of a bead to the next bead; with a negative count take some from it.

    A bead that has nothing left is gone.
    """
    bead = _one(edit, id)
    following = edit.beads.after(bead)
    if not following or not count:
        raise ValueError("there is no bead after this one to shift to")
    after = following[0]
    giver = bead if count > 0 else after
    if abs(count) > giver.count(side):
        raise ValueError(f"a bead {giver.type} has no {abs(count)} segments to give on this side")
    _unlink(edit, [bead, after])
    sizes = {one: (bead.count(one), after.count(one)) for one in SIDES}
    sizes[side] = (sizes[side][0] - count, sizes[side][1] + count)
    held = [segment.place for one in (bead, after) for segment in edit.beads.segments(one, side)]
    border = held[sizes[side][0]] if sizes[side][1] else _place(edit, after, side, after.count(side))
    edit.details["beads"] = [bead.id, after.id]
    left, right = ((sizes["source"][n], sizes["target"][n]) for n in (0, 1))
    if not any(left):
        comment = _gathered(edit, after, [bead, after])
        edit.delete("bead", bead.id)
        values = {"source": bead.source, "target": bead.target, "sources": right[0], "targets": right[1]}
        edit.update("bead", after.id, **values, **_MADE, reason=None, comment=comment)
        return
    comment = bead.comment if any(right) else _gathered(edit, bead, [bead, after])
    edit.update("bead", bead.id, sources=left[0], targets=left[1], **_MADE, reason=None, comment=comment)
    if any(right):
        edit.update("bead", after.id, **{side: border}, sources=right[0], targets=right[1], **_MADE, reason=None)
    else:
        edit.delete("bead", after.id)


def make_null(edit: Edit, id: int, reason: str = "") -> list[int]:
    """Say that a bead's segments do not translate each other: each stands alone, for a reason. Give their ids."""
    bead = _one(edit, id)
    edit.details |= {"reason": reason}
    _unlink(edit, [bead] if not bead.sources or not bead.targets else [])
    sources = [(_place(edit, bead, "source", n), bead.target) for n in range(bead.sources)]
    end = _place(edit, bead, "source", bead.sources)
    targets = [(end, _place(edit, bead, "target", n)) for n in range(bead.targets)]
    ids = []
    for number, (source, target) in enumerate([*sources, *targets]):
        sizes = (1, 0) if number < bead.sources else (0, 1)
        if number:
            ids.append(_insert(edit, bead, (source, target), sizes, reason))
        else:
            values = {"source": source, "target": target, "sources": sizes[0], "targets": sizes[1]}
            edit.update("bead", id, **values, **_MADE, reason=reason or None)
            ids.append(id)
    _also_of(edit, bead, ids[1:])
    edit.details["beads"] = ids
    return ids


def link(edit: Edit, sources: Sequence[int], targets: Sequence[int], probability: float = 1) -> int:
    """Say that null beads of the source, one after the other, were moved to where those of the target stand."""
    runs = [_in_order(edit, ids) for ids in (sources, targets)]
    one, other = runs
    if not one or not other or one[0].bitext != other[0].bitext:
        raise ValueError("a move links beads of both sides of one bitext")
    if any(bead.targets for bead in one) or any(bead.sources for bead in other):
        raise ValueError("a move links null beads")
    _unlink(edit, one)
    _unlink(edit, other)
    for bead in (*one, *other):
        edit.update("bead", bead.id, **_MADE)
    edit.details["beads"] = [bead.id for run in runs for bead in run]
    sizes = sum(bead.sources for bead in one), sum(bead.targets for bead in other)
    return edit.insert("move", one[0].bitext, one[0].source, other[0].target, *sizes, probability)


def unlink(edit: Edit, move: int) -> None:
    """Take back that a passage was moved."""
    row = edit.database.row("SELECT bitext FROM move WHERE id = ?", move)
    if row is None:
        raise NotFound("there is no move {id} in this corpus", place=str(edit.database.path), id=move)
    edit.bitext = row[0]
    edit.details["move"] = move
    edit.delete("move", move)


def judge(edit: Edit, ids: Iterable[int], status: Status) -> None:
    """Give beads a status."""
    number = STATUSES.index(status)
    ids = list(ids)
    edit.details |= {"beads": ids, "status": status}
    for id in ids:
        edit.bitext = _one(edit, id).bitext
        edit.update("bead", id, status=number)


def comment(edit: Edit, id: int, text: str) -> None:
    """Write a comment on a bead, instead of the one it has; "" takes that away."""
    edit.bitext = _one(edit, id).bitext
    edit.details |= {"beads": [id], "comment": text}
    edit.update("bead", id, comment=text or None)


def replace_run(edit: Edit, old: Sequence[StoredBead], new: Sequence[tuple[int, int, float, Status, str]]) -> list[int]:
    """Put other beads in the place of some that stand one after the other; give the ids of the new ones.

    `new` tells of each how many segments it has, its probability, status and reason. A bead that holds the same
    segments as one before keeps its id and comment. Moves that link any of the segments are taken away. CorpusError
    where one of the old beads is gone.
    """
    if sum(b.sources for b in old) != sum(n[0] for n in new) or sum(b.targets for b in old) != sum(n[1] for n in new):
        raise ValueError("the new beads do not hold the segments of the old ones")
    if any(edit.beads.find(bead.id) is None for bead in old):
        reason = "these beads are others by now: look at them again; nothing was changed"
        raise CorpusError(reason, place=str(edit.database.path))
    segments = {side: [s.place for b in old for s in edit.beads.segments(b, side)] for side in SIDES}
    ends = _end(edit, old)
    kept = {_held(*bead[2:6]): bead for bead in old}
    rows: list[tuple[_Shape, Sequence[object]]] = []
    i = j = 0
    for sources, targets, *rest in new:
        source, target = (
            places[n] if n < len(places) else end
            for places, n, end in zip(segments.values(), (i, j), ends, strict=True)
        )
        rows.append(((source, target, sources, targets), rest))
        i, j = i + sources, j + targets
    shapes = {_held(*shape) for shape, _ in rows}
    _unlink(edit, old)
    for held, bead in kept.items():
        if held not in shapes:
            edit.delete("bead", bead.id)
    return [_renew(edit, old[0].bitext, kept.get(_held(*shape)), shape, rest) for shape, rest in rows]


def _held(source: float, target: float, sources: int, targets: int) -> tuple[object, ...]:
    """Tell what a bead holds; where its empty side stands does not matter."""
    return source if sources else None, target if targets else None, sources, targets


def _renew(edit: Edit, bitext: int, before: StoredBead | None, shape: _Shape, rest: Sequence[object]) -> int:
    probability, status, reason = rest
    number = STATUSES.index(status)
    if before is None:
        return edit.insert("bead", bitext, *shape, probability, number, reason or None, None)
    values = dict(zip(("source", "target", "sources", "targets"), shape, strict=True))
    edit.update("bead", before.id, **values, probability=probability, status=number, reason=reason or None)
    return before.id


def _one(edit: Edit, id: int) -> StoredBead:
    bead = edit.beads.get(id)
    edit.bitext = bead.bitext
    return bead


def _in_order(edit: Edit, ids: Sequence[int]) -> list[StoredBead]:
    """Give the beads in order; CorpusError unless they stand one after the other."""
    beads = sorted((_one(edit, id) for id in set(ids)), key=lambda bead: (bead.source, bead.target))
    if not beads:
        return []
    if [bead.id for bead in edit.beads.between(beads[0], beads[-1])] != [bead.id for bead in beads]:
        reason = "beads {ids} do not stand one after the other"
        raise CorpusError(reason, place=str(edit.database.path), ids=", ".join(map(str, ids)))
    return beads


def _gathered(edit: Edit, kept: StoredBead, beads: Sequence[StoredBead]) -> str | None:
    """Let the bead that is kept say what those say that become one with it; give all their comments."""
    others = [bead.id for bead in beads if bead.id != kept.id]
    parts = [extras.of_bead(edit.database, kept.bitext, id) for id in (kept.id, *others)]
    extras.keep(edit, kept.bitext, kept.id, extras.together(parts))
    return "\n".join(bead.comment for bead in beads if bead.comment) or None


def _also_of(edit: Edit, bead: StoredBead, ids: Iterable[int]) -> None:
    """Let new beads that were cut off one say what it says."""
    also = extras.apart(extras.of_bead(edit.database, bead.bitext, bead.id))
    for id in ids:
        extras.keep(edit, bead.bitext, id, also)


def _place(edit: Edit, bead: StoredBead, side: Side, number: int) -> float:
    """Give the place of a bead's segment by its number from 0; of the one after the bead's last one, where they end."""
    count = bead.count(side)
    if number < count:
        return edit.beads.segments(bead, side)[number].place
    following = edit.beads.after(bead)
    return following[0].place(side) if following else END


def _end(edit: Edit, beads: Sequence[StoredBead]) -> tuple[float, float]:
    last = beads[-1]
    return _place(edit, last, "source", last.sources), _place(edit, last, "target", last.targets)


def _insert(edit: Edit, bead: StoredBead, places: tuple[float, float], sizes: tuple[int, int], reason: str = "") -> int:
    values = (_MADE["probability"], _MADE["status"], reason or None, None)
    return edit.insert("bead", bead.bitext, *places, *sizes, *values)


def _unlink(edit: Edit, beads: Sequence[StoredBead]) -> None:
    """Take away the moves that link any segment of null beads that are about to change."""
    if not beads:
        return
    spans = {side: (beads[0].place(side), end) for side, end in zip(SIDES, _end(edit, beads), strict=True)}
    sql = "SELECT id, source, target, sources, targets FROM move WHERE bitext = ?"
    for id, *rest in edit.database.rows(sql, beads[0].bitext):
        for side, place, count in zip(SIDES, rest[:2], rest[2:], strict=True):
            start, stop = spans[side]
            document = edit.beads.document(beads[0].bitext, side)
            if any(start <= one.place < stop for one in edit.beads.reader.run(document, place, count)):
                edit.delete("move", id)
                break
