"""Moves against gold moves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bialign.bitext import Move, Span
from bialign.evaluate import Score

from ._stressed import Stressed


@dataclass(frozen=True)
class MoveScores:
    """Hold scores of moves at three levels; see `score_moves`."""

    segments: Score
    runs: Score
    beads: Score

    @classmethod
    def none(cls) -> MoveScores:
        return cls(*(Score(0, 0, 0, 0) for _ in range(3)))

    def __add__(self, other: MoveScores) -> MoveScores:
        return MoveScores(self.segments + other.segments, self.runs + other.runs, self.beads + other.beads)


def score_moves(gold: Stressed, moves: Sequence[Move]) -> MoveScores:
    """Compare the moves a system reports with the gold's, at three levels.

    Moves. By segments: of the segments on both sides that are reported as moved, how many are linked to (a part of)
    the run that translates the run they stand in (precision), and of the segments that were moved with their
    translation, how many are so linked (recall); it does not matter whether a run is reported as one move or as
    several. By runs: a move counts when both its spans are exactly those of a moved run (a paragraph, a footnote). By
    beads: when both are exactly those of one bead within a run. Each system move counts at each level, so a system that
    reports runs is rightly judged by runs, one that reports beads by beads.
    """
    return MoveScores(_segments(gold.moves, moves), _exact(gold.moves, moves), _exact(gold.bead_moves, moves))


def _exact(gold: Iterable[Move], moves: Iterable[Move]) -> Score:
    wanted, got = ({(move.source, move.target) for move in which} for which in (gold, moves))
    right = len(wanted & got)
    return Score(right, len(got), right, len(wanted))


def _segments(gold: Sequence[Move], moves: Sequence[Move]) -> Score:
    partner: dict[tuple[int, int], Span] = {}
    for move in gold:
        partner |= {(0, i): move.target for i in move.source.indices}
        partner |= {(1, j): move.source for j in move.target.indices}
    linked: dict[tuple[int, int], bool] = {}
    for move in moves:
        for side, here, there in ((0, move.source, move.target), (1, move.target, move.source)):
            for n in here.indices:
                wanted = partner.get((side, n))
                right = wanted is not None and wanted.start < there.stop and there.start < wanted.stop
                linked[side, n] = linked.get((side, n), False) or right
    right = sum(linked.values())
    return Score(right, len(linked), right, len(partner))
