"""Krippendorff's alpha for unitizing: do annotators mark the same stretches, with their borders and their lengths?

A continuum of letters is cut by each annotator into units of a label and the gaps between them. Source: Krippendorff
(2004), "Content Analysis", second edition, section 11.6.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

Unit = tuple[int, int]
"""A stretch that was marked: the first letter and the letter after the last."""

_Section = tuple[int, int, bool]
"""Where a section begins, how long it is, whether it is a unit; else it is a gap."""


def alpha_u(marked: Sequence[Iterable[Unit]], length: int) -> float | None:
    """Give alpha of the units of one label, by annotator, on a continuum of `length` letters.

    Units of one annotator that overlap or touch are one. None where nobody marked anything, or nothing could differ.

    >>> alpha_u([[(2, 5)], [(2, 5)]], 10), alpha_u([[(2, 5)], [(6, 9)]], 10) < 0
    (1.0, True)
    """
    return alpha_of_all([marked], length)


def alpha_of_all(labels: Iterable[Sequence[Iterable[Unit]]], length: int) -> float | None:
    """Give alpha of several labels together, each given as in `alpha_u`; None where nobody marked anything.

    The disagreements of all labels are summed before they are held against each other.
    """
    observed = expected = 0.0
    for marked in labels:
        sections = [list(_sections(units, length)) for units in marked]
        expected += _expected(sections, length)
        observed += _observed(sections, length)
    return 1 - observed / expected if expected else None


def _sections(units: Iterable[Unit], length: int) -> Iterator[_Section]:
    """Cut the continuum into units and gaps."""
    at = 0
    for start, stop in _joined(units):
        if start > at:
            yield at, start - at, False
        yield start, stop - start, True
        at = stop
    if at < length:
        yield at, length - at, False


def _joined(units: Iterable[Unit]) -> list[Unit]:
    found: list[Unit] = []
    for start, stop in sorted(units):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(stop, found[-1][1])
        else:
            found.append((start, stop))
    return found


def _observed(sections: Sequence[Sequence[_Section]], length: int) -> float:
    """Give the observed disagreement: of all pairs of annotators, the differences of sections that overlap."""
    many = len(sections)
    total = sum(
        2 * difference(one, other)
        for number, mine in enumerate(sections)
        for theirs in sections[number + 1 :]
        for one, other in _overlapping(mine, theirs)
    )
    return total / (many * (many - 1) * length**2)


def _overlapping(mine: Sequence[_Section], theirs: Sequence[_Section]) -> Iterator[tuple[_Section, _Section]]:
    """Give the pairs of sections that share a letter; both lists cover the continuum."""
    i = j = 0
    while i < len(mine) and j < len(theirs):
        yield mine[i], theirs[j]
        ends = mine[i][0] + mine[i][1], theirs[j][0] + theirs[j][1]
        i, j = i + (ends[0] <= ends[1]), j + (ends[1] <= ends[0])


def difference(one: _Section, other: _Section) -> int:
    """Give the squared difference of two sections that overlap.

    Of two units it is that of their beginnings and that of their ends, squared each; a unit that lies within a gap
    differs by its length squared; all else by nothing, since the sections beside tell it.

    >>> difference((225, 70, True), (220, 80, True)), difference((400, 50, False), (400, 20, True))
    (50, 400)
    """
    (start, length, is_unit), (other_start, other_length, other_is_unit) = one, other
    if is_unit and other_is_unit:
        return (start - other_start) ** 2 + (start + length - other_start - other_length) ** 2
    if is_unit == other_is_unit:
        return 0
    unit, gap = (one, other) if is_unit else (other, one)
    inside = gap[0] <= unit[0] and unit[0] + unit[1] <= gap[0] + gap[1]
    return unit[1] ** 2 if inside else 0


def _expected(sections: Sequence[Sequence[_Section]], length: int) -> float:
    """Give the disagreement to be expected if the sections of all annotators were put together by chance."""
    many = len(sections)
    units = [size for held in sections for _, size, is_unit in held if is_unit]
    gaps = [size for held in sections for _, size, is_unit in held if not is_unit]
    whole = many * length
    pairs = whole * (whole - 1) - sum(size * (size - 1) for size in units)
    if not units or not pairs:
        return 0.0
    within = sum((len(units) - 1) / 3 * (2 * size**3 - 3 * size**2 + size) for size in units)
    beside = sum(size**2 * sum(gap - size + 1 for gap in gaps if gap >= size) for size in units)
    return 2 / length * (within + beside) / pairs
