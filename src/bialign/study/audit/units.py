"""What an audit judges: beads with both sides, and segments that are said to have no partner, each by itself.

Every true bead is counted once, at the unit that holds its first source segment; a true null segment at the unit that
holds it. So the true beads of a text are those of its right units and those that begin in its wrong ones, and a judge
who sees a sample of units sees a fair part of both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bialign.bitext import Bead, Span

_TYPE = re.compile(r"([0-9]{1,3})-([0-9]{1,3})|([0-9])([0-9])")
NULLS = frozenset({"1-0", "0-1"})
NONE = "-"
"""Written where no true bead begins."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Hold one thing to be judged of the bitext `text`: where it stands, and its calibrated probability."""

    text: str
    source: Span
    target: Span
    probability: float

    @property
    def type(self) -> str:
        """Give the alignment type."""
        return f"{len(self.source)}-{len(self.target)}"

    @property
    def is_null(self) -> bool:
        """Tell whether it is a segment without a partner."""
        return not self.source or not self.target


@dataclass(frozen=True, slots=True)
class Judgement:
    """Hold what a person says of a unit: whether it is exactly right, and what begins there in truth.

    `truth` are the types of the true beads that begin in the unit's source segments, with "1-0" and "0-1" for each of
    its segments that has no partner; of a right unit just its own type. None: the judge has not said.
    """

    right: bool
    truth: tuple[str, ...] | None
    by: str = ""
    at: str = ""


def units_of(text: str, beads: Iterable[Bead]) -> Iterator[Unit]:
    """Give the units of an alignment: its beads, null beads taken apart into single segments.

    >>> [unit.type for unit in units_of("letter", [Bead(Span(0, 1), Span(0, 2)), Bead(Span(1, 3), Span(2, 2))])]
    ['1-2', '1-0', '1-0']
    """
    for bead in beads:
        if not bead.is_null:
            yield Unit(text, bead.source, bead.target, bead.probability)
        for i in bead.source.indices if not bead.target else range(0):
            yield Unit(text, Span(i, i + 1), bead.target, bead.probability)
        for j in bead.target.indices if not bead.source else range(0):
            yield Unit(text, bead.source, Span(j, j + 1), bead.probability)


def right(unit: Unit, by: str = "", at: str = "") -> Judgement:
    """Say that a unit is right."""
    return Judgement(True, (unit.type,), by, at)


def wrong(unit: Unit, truth: Iterable[str] | None, by: str = "", at: str = "") -> Judgement:
    """Say that a unit is wrong; ValueError where the unit cannot hold what is said to begin in it.

    >>> unit = Unit("letter", Span(0, 2), Span(0, 1), 0.4)
    >>> wrong(unit, ["1-1", "1-0"]).truth
    ('1-1', '1-0')
    >>> wrong(unit, ["1-1", "1-1", "1-1"])
    Traceback (most recent call last):
        ...
    ValueError: 3 beads cannot begin in 2 source segments
    """
    if truth is None:
        # no bead begins where there is no source segment
        return Judgement(False, None if unit.source else (), by, at)
    found = tuple(truth)
    beginning = sum(type != "0-1" for type in found)
    if beginning > len(unit.source):
        raise ValueError(f"{beginning} beads cannot begin in {len(unit.source)} source segments")
    if found.count("0-1") > len(unit.target):
        raise ValueError(f"{found.count('0-1')} target segments without a partner in {len(unit.target)}")
    if unit.is_null and unit.type in found:
        raise ValueError("a wrong null bead has a partner")
    return Judgement(False, found, by, at)


def parse_truth(text: str) -> tuple[str, ...]:
    """Read the types of true beads: "1-2", "1-1 1-0" or "-" for none; ValueError for anything else.

    A null bead of several segments is as many of one. Without hyphens, as in "12 10", types of one digit a side may be
    typed.

    >>> parse_truth("1-1, 2-0"), parse_truth("12"), parse_truth("-")
    (('1-1', '1-0', '1-0'), ('1-2',), ())
    """
    if text.strip() == NONE:
        return ()
    found: list[str] = []
    for word in re.split(r"[\s,;+]+", text.strip()):
        match = _TYPE.fullmatch(word)
        sizes = tuple(int(digits) for digits in match.groups() if digits) if match else (0, 0)
        if not any(sizes):
            raise ValueError(f"{word!r} is no type of beads")
        if min(sizes):
            found.append(f"{sizes[0]}-{sizes[1]}")
        else:
            found += ["1-0"] * sizes[0] + ["0-1"] * sizes[1]
    return tuple(found)


class GoldJudge:
    """Judge units of one bitext by gold beads, as a person who makes no mistakes would."""

    def __init__(self, gold: Iterable[Bead]) -> None:
        self._whole: set[tuple[Span, Span]] = set()
        self._begins: dict[int, str] = {}
        self._alone: tuple[set[int], set[int]] = (set(), set())
        for bead in gold:
            if not bead.is_null:
                self._whole.add((bead.source, bead.target))
                self._begins[bead.source.start] = bead.type
                continue
            self._alone[0].update(bead.source.indices)
            self._alone[1].update(bead.target.indices)

    def __call__(self, unit: Unit) -> Judgement:
        """Judge a unit."""
        if unit.is_null:
            indices, alone = (unit.source, self._alone[0]) if unit.source else (unit.target, self._alone[1])
            if indices.start in alone:
                return right(unit)
        elif (unit.source, unit.target) in self._whole:
            return right(unit)
        truth = [self._begins[i] for i in unit.source.indices if i in self._begins]
        truth += ["1-0" for i in unit.source.indices if i in self._alone[0]]
        truth += ["0-1" for j in unit.target.indices if j in self._alone[1]]
        return wrong(unit, truth)
