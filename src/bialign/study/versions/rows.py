"""From the beads of pairs of texts to rows over all texts: the smallest groups that no bead reaches out of.

Segments that a bead holds together belong together, so a row is a connected component of the graph of all beads
(of the base with each version, and of versions with each other). Components that cross one another, as beads of
different pairs may, become one row, so that the rows tile every text in order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bialign.bitext import Bead, Span
from bialign.study.versions.model import Row


class Linked(NamedTuple):
    """Hold the beads of two of the texts, named by their numbers."""

    first: int
    second: int
    beads: Sequence[Bead]


class _Components:
    """Keep which segments belong together (union-find), and how sure the least sure bead of each group is."""

    def __init__(self, sizes: Sequence[int]) -> None:
        self.offsets = [sum(sizes[:number]) for number in range(len(sizes) + 1)]
        self.parents = list(range(self.offsets[-1]))
        self.chances = [1.0] * self.offsets[-1]
        self.members = [[node] for node in self.parents]

    def root(self, text: int, index: int) -> int:
        node = self.offsets[text] + index
        while self.parents[node] != node:
            self.parents[node] = self.parents[self.parents[node]]
            node = self.parents[node]
        return node

    def join(self, roots: Iterable[int], chance: float = 1.0) -> int:
        first, *others = dict.fromkeys(roots)
        if others and (largest := max((first, *others), key=lambda root: len(self.members[root]))) != first:
            others = [root for root in (first, *others) if root != largest]
            first = largest
        for root in others:
            self.parents[root] = first
            self.members[first] += self.members[root]
            self.members[root] = []
            chance = min(chance, self.chances[root])
        self.chances[first] = min(self.chances[first], chance)
        return first

    def hull(self, root: int) -> list[Span]:
        """Give the first and last segment of a group in each text, an empty span where it has none."""
        found = []
        for start, stop in zip(self.offsets, self.offsets[1:], strict=False):
            held = [node - start for node in self.members[root] if start <= node < stop]
            found.append(Span(min(held), max(held) + 1) if held else Span(0, 0))
        return found


def rows_of(sizes: Sequence[int], pairs: Iterable[Linked]) -> tuple[Row, ...]:
    """Give the rows that tile texts of these sizes.

    A segment alone in its null beads is a row of its own. Raises IndexError for beads that reach past a text.

    >>> base_a = Linked(0, 1, [Bead(Span(0, 1), Span(0, 1)), Bead(Span(1, 2), Span(1, 2))])
    >>> base_b = Linked(0, 2, [Bead(Span(0, 2), Span(0, 1), 0.8), Bead(Span(2, 2), Span(1, 2))])
    >>> [(row.type, row.probability) for row in rows_of((2, 2, 2), [base_a, base_b])]
    [('2-2-1', 0.8), ('0-0-1', 1.0)]
    """
    groups = _Components(sizes)
    for first, second, beads in pairs:
        for bead in beads:
            held = [groups.root(first, i) for i in bead.source.indices]
            groups.join([*held, *(groups.root(second, j) for j in bead.target.indices)], bead.probability)
    rows, at = [], [0] * len(sizes)
    while any(here < size for here, size in zip(at, sizes, strict=True)):
        row = _next(groups, at, sizes)
        rows.append(row)
        at = [span.stop for span in row.spans]
    return tuple(rows)


def _next(groups: _Components, at: Sequence[int], sizes: Sequence[int]) -> Row:
    """Give the row that begins at these places: a group all of whose segments are next, joined with what it crosses."""
    while True:
        roots = [groups.root(text, here) for text, here in enumerate(at) if here < sizes[text]]
        for root in dict.fromkeys(roots):
            hull = groups.hull(root)
            if all(span.start == here for span, here in zip(hull, at, strict=True) if span):
                inside = {groups.root(text, index) for text, span in enumerate(hull) for index in span.indices}
                if inside == {root}:
                    spans = tuple(span or Span(here, here) for span, here in zip(hull, at, strict=True))
                    return Row(spans, groups.chances[root])
                break
        else:
            # every group waits for another: they cross
            groups.join(roots)
            continue
        groups.join(inside)
