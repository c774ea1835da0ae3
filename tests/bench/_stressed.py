"""A document made harder, with its gold: a builder that keeps beads and moves right whatever is put in."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bialign.aligner.training import GoldDocument
from bialign.bitext import Bead, Move, Span, check_tiling, null_beads

Texts = Sequence[str]


@dataclass(frozen=True)
class Unit:
    """Hold the texts of one gold bead."""

    source: tuple[str, ...]
    target: tuple[str, ...]


@dataclass(frozen=True)
class Stressed:
    """Hold a transformed document: its beads, and `moves` between runs of null beads where something moved.

    `bead_moves` are the same moves bead by bead.
    """

    name: str
    source: list[str]
    target: list[str]
    beads: list[Bead]
    moves: list[Move] = field(default_factory=list)
    bead_moves: list[Move] = field(default_factory=list)

    def __post_init__(self) -> None:
        check_tiling(self.beads, len(self.source), len(self.target))


def units(document: GoldDocument) -> list[Unit]:
    """Take a document apart into the texts of its beads."""
    return [
        Unit(
            tuple(document.source[i] for i in bead.source.indices),
            tuple(document.target[j] for j in bead.target.indices),
        )
        for bead in document.beads
    ]


def draw_for(kind: str, name: str) -> random.Random:
    """Give the source of chance for one document and kind, the same in every run and on every machine."""
    return random.Random(f"{kind}, {name}")


class Builder:
    """Put a document together bead by bead."""

    def __init__(self) -> None:
        self.source: list[str] = []
        self.target: list[str] = []
        self.beads: list[Bead] = []
        self._halves: dict[object, list[list[Span]]] = {}

    def add(self, source: Texts, target: Texts) -> tuple[Span, Span]:
        """Add a bead, or null beads where a side is empty, and tell where its two sides stand."""
        rows = Span(len(self.source), len(self.source) + len(source))
        columns = Span(len(self.target), len(self.target) + len(target))
        self.source += source
        self.target += target
        self.beads += [Bead(rows, columns)] if rows and columns else null_beads(rows, columns)
        return rows, columns

    def extend(self, found: Iterable[Unit]) -> None:
        for unit in found:
            self.add(unit.source, unit.target)

    def add_half(self, moved: Sequence[Unit], key: object, side: int) -> None:
        """Add the sources (side 0) or the targets (side 1) alone of what is moved; `key` joins the two halves."""
        halves = self._halves.setdefault(key, [[], []])
        for unit in moved:
            spans = self.add(unit.source, ()) if side == 0 else self.add((), unit.target)
            halves[side].append(spans[side])

    def finish(self, name: str) -> Stressed:
        """Give the document, with a move for each key whose halves both hold segments."""
        moves, single = [], []
        for sources, targets in self._halves.values():
            for row, column in zip(sources, targets, strict=True):
                if row and column:
                    single.append(Move(row, column, 1.0))
            rows, columns = Span(sources[0].start, sources[-1].stop), Span(targets[0].start, targets[-1].stop)
            if rows and columns:
                moves.append(Move(rows, columns, 1.0))
        in_order = sorted(moves, key=lambda move: move.source)
        return Stressed(name, self.source, self.target, self.beads, in_order, sorted(single, key=lambda m: m.source))
