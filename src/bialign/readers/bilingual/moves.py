"""Moves that a file tells by names: a null bead says which other one its translation stands in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bialign.bitext import Move, Span


class Moved(NamedTuple):
    """Hold a null bead by its name, with the name of the bead where its translation begins, and the move's probability.

    One of the spans is empty.
    """

    id: str
    goal: str
    probability: float
    source: Span
    target: Span


def moves_of(found: Sequence[Moved]) -> tuple[Move, ...]:
    """Give the moves among beads in their order; those that name no bead of the other side's are none.

    Beads of the source that stand one after the other and name the same goal are one passage; its translation are the
    beads from the goal on that name the first of them.

    >>> one, other = Span(0, 1), Span(4, 5)
    >>> moves_of([Moved("a", "b", 0.9, one, Span(0, 0)), Moved("b", "a", 0.9, Span(3, 3), other)])
    (Move(source=Span(start=0, stop=1), target=Span(start=4, stop=5), probability=0.9),)
    """
    sources, targets = [one for one in found if not one.target], [one for one in found if not one.source]
    names = {one.id: number for number, one in enumerate(targets)}
    moves = []
    taken: set[int] = set()
    for run in _runs(sources):
        first = names.get(run[0].goal)
        if first is None or first in taken:
            continue
        last = first
        while last < len(targets) and targets[last].goal == run[0].id and _follows(targets, first, last):
            last += 1
        if last > first:
            taken.update(range(first, last))
            goal = Span(targets[first].target.start, targets[last - 1].target.stop)
            moves.append(Move(Span(run[0].source.start, run[-1].source.stop), goal, run[0].probability))
    return tuple(moves)


def _runs(sources: Sequence[Moved]) -> Iterator[list[Moved]]:
    run: list[Moved] = []
    for one in sources:
        if run and (one.goal != run[-1].goal or one.source.start != run[-1].source.stop):
            yield run
            run = []
        run.append(one)
    if run:
        yield run


def _follows(targets: Sequence[Moved], first: int, at: int) -> bool:
    return at == first or targets[at].target.start == targets[at - 1].target.stop
