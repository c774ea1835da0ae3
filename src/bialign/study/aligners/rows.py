"""Differences between alignments as a tidy table: one row for each aligner at each place where not all agree."""

from __future__ import annotations

from collections.abc import Sequence

from bialign.bitext import Bead, Bitext, Span
from bialign.study.aligners.comparison import Comparison
from bialign.study.aligners.methods import OURS
from bialign.study.tables import Column, Table, Value

COLUMNS = (
    Column("difference", "count", "number of the place, in the order of the text"),
    Column("source_first", "count", "number of the first source segment there, from 1"),
    Column("source_last", "count", "number of the last source segment there"),
    Column("target_first", "count", "number of the first target segment there, from 1"),
    Column("target_last", "count", "number of the last target segment there"),
    Column("aligner", "category", "which alignment the row is of"),
    Column("beads", "text", "types of its beads there, in order"),
    Column("alike", "text", "the other alignments that say just the same there"),
    Column(
        "probability", "number", "probability of the least certain of bialign's beads there", "share",
        caveat="empty for other aligners, which give none",
    ),
    Column("source", "text", "the source text of its beads there, with ‖ between beads"),
    Column("target", "text", "the target text of its beads there, with ‖ between beads"),
)  # fmt: skip

_BETWEEN = " ‖ "


def table(made: Comparison) -> Table:
    """Give the differences of a comparison as a table."""
    bitext, alignments = made.bitext, made.alignments
    rows: list[tuple[Value, ...]] = []
    for number, difference in enumerate(made.differences, 1):
        alike = {one: group for group in difference.alike() for one in group}
        for one, (alignment, beads) in enumerate(zip(alignments, difference.beads, strict=True)):
            others = ", ".join(alignments[other].name for other in alike[one] if other != one)
            chance = least(beads) if alignment.name == OURS else None
            place = (*_ends(difference.source), *_ends(difference.target))
            texts = (
                _BETWEEN.join(text_of(bitext, "source", bead.source) for bead in beads),
                _BETWEEN.join(text_of(bitext, "target", bead.target) for bead in beads),
            )
            rows.append((number, *place, alignment.name, types(beads), others, chance, *texts))
    return Table("differences", "Where alignments differ", COLUMNS, rows)


def _ends(span: Span) -> tuple[int | None, int | None]:
    return (span.start + 1, span.stop) if span else (None, None)


def types(beads: Sequence[Bead]) -> str:
    """Name the types of beads: "1-1 1-2"."""
    return " ".join(bead.type for bead in beads)


def least(beads: Sequence[Bead]) -> float | None:
    """Give the probability of the least certain bead."""
    return min((bead.probability for bead in beads), default=None)


def text_of(bitext: Bitext, side: str, span: Span) -> str:
    """Give the segments of a span of one side, joined by a space."""
    segments = bitext.source_segments if side == "source" else bitext.target_segments
    return " ".join(segment.text for segment in segments[slice(*span)])
