"""Counts of decisions: by text, by group and over all, and by tenths of the texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bialign.study.decisions.intervals import wilson
from bialign.study.decisions.model import ASIDES, TYPES, Decision, Findings, Size

TENTHS = 10


@dataclass(frozen=True, slots=True)
class Count:
    """Hold how often a type of decision occurs in the texts of a scope.

    `grouping` is "all", "text" or the name of a grouping, `group` the text or group; `type` a type of decision, or
    "aside: " and the reason for what was set aside. `decisions` counts rows, `beads` the beads whose primary decision
    it is, `confirmed` those a person confirmed, `expected` adds up weights. `share` is that of `decisions` in the beads
    that count, `low` and `high` its interval; the two rates are by 1,000 sentences of the original.
    """

    grouping: str
    group: str
    type: str
    decisions: int
    passages: int
    beads: int
    confirmed: int
    expected: float
    share: float | None
    low: float | None
    high: float | None
    per_1000: float | None
    expected_per_1000: float | None


def counts(findings: Findings) -> list[Count]:
    """Count decisions over all texts, for each text and for each group; every type has a row, be it of 0."""
    found: list[Count] = []
    by_text = _by_text(findings.decisions)
    for grouping, group, sizes in scopes(findings.sizes):
        rows = [row for size in sizes for row in by_text.get(size.text, ())]
        found += _of_scope(grouping, group, rows, sum(size.source_sentences for size in sizes))
    return found


def _by_text(decisions: Sequence[Decision]) -> dict[str, list[Decision]]:
    found: dict[str, list[Decision]] = {}
    for row in decisions:
        found.setdefault(row.text, []).append(row)
    return found


def scopes(sizes: Sequence[Size]) -> Iterator[tuple[str, str, Sequence[Size]]]:
    """Give what is counted: all texts, each text, each group of each grouping, with the texts that belong to it."""
    yield "all", "", sizes
    for size in sizes:
        yield "text", size.text, [size]
    for grouping in dict.fromkeys(name for size in sizes for name in size.groups):
        for group in dict.fromkeys(size.groups[grouping] for size in sizes if grouping in size.groups):
            yield grouping, group, [size for size in sizes if size.groups.get(grouping) == group]


def _of_scope(grouping: str, group: str, rows: Iterable[Decision], sentences: int) -> Iterator[Count]:
    by_type: dict[str, list[Decision]] = {type: [] for type in TYPES}
    aside: dict[str, list[Decision]] = {reason: [] for reason in ASIDES}
    for row in rows:
        (aside[row.aside] if row.aside else by_type[row.type]).append(row)
    beads = sum(row.beads for found in by_type.values() for row in found)
    for type, found in by_type.items():
        # a moved passage is one decision, though it takes up beads at two places
        low, high = wilson(len(found), beads)
        expected = sum((row.weight for row in found), 0.0)
        yield Count(
            grouping, group, type, len(found), _passages(found), sum(row.beads for row in found),
            sum(row.confirmed for row in found), expected, len(found) / beads if beads else None,
            low if beads else None, high if beads else None, 1000 * len(found) / sentences if sentences else None,
            1000 * expected / sentences if sentences else None,
        )  # fmt: skip
    for reason, found in aside.items():
        yield Count(
            grouping, group, f"aside: {reason}", len(found), _passages(found), sum(row.beads for row in found),
            sum(row.confirmed for row in found), sum((row.weight for row in found), 0.0), None, None, None, None, None,
        )  # fmt: skip


def _passages(rows: Sequence[Decision]) -> int:
    """Count passages: sentences that were omitted or added next to each other are one."""
    alone = sum(row.passage is None for row in rows)
    return alone + len({(row.text, row.passage) for row in rows if row.passage is not None})


@dataclass(frozen=True, slots=True)
class Tenth:
    """Hold how often a type of decision occurs in one tenth of the originals of a scope."""

    grouping: str
    group: str
    tenth: int
    type: str
    decisions: int
    beads: int
    expected: float
    share: float | None
    low: float | None
    high: float | None


def positions(findings: Findings) -> list[Tenth]:
    """Count decisions by tenths of the original, over all texts, for each text and each group; what is aside is not."""
    found: list[Tenth] = []
    by_text = _by_text(findings.decisions)
    for grouping, group, sizes in scopes(findings.sizes):
        found += _tenths(grouping, group, [row for size in sizes for row in by_text.get(size.text, ())])
    return found


def _tenths(grouping: str, group: str, rows: Sequence[Decision]) -> Iterator[Tenth]:
    held: dict[tuple[int, str], list[Decision]] = {}
    beads = [0] * TENTHS
    for row in rows:
        if not row.aside:
            at = tenth_of(row.source.position)
            held.setdefault((at, row.type), []).append(row)
            beads[at] += row.beads
    for at in range(TENTHS):
        for type in TYPES:
            found = held.get((at, type), [])
            low, high = wilson(len(found), beads[at])
            yield Tenth(
                grouping, group, at + 1, type, len(found), beads[at], sum((row.weight for row in found), 0.0),
                len(found) / beads[at] if beads[at] else None, low if beads[at] else None,
                high if beads[at] else None,
            )  # fmt: skip


def tenth_of(position: float) -> int:
    """Give the tenth of a text, from 0, that a position lies in.

    >>> tenth_of(0), tenth_of(0.1), tenth_of(1.0)
    (0, 1, 9)
    """
    return min(TENTHS - 1, int(position * TENTHS))
