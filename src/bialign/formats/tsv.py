"""Beads as a table of tab-separated columns: UTF-8 without BOM, LF, one header; plain, or quoted for R and pandas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from bialign.bitext import Bead, Bitext
from bialign.citation import Citations
from bialign.formats.characters import one_line
from bialign.formats.files import Output
from bialign.formats.identifiers import bead_id
from bialign.formats.options import Options
from bialign.formats.report import Tally

COLUMNS = (
    "bead", "type", "probability", "status", "source", "target", "source_ids", "target_ids", "reason", "source_place",
    "target_place",
)  # fmt: skip


def outputs(bitext: Bitext, path: Path, options: Options, tally: Tally) -> list[Output]:
    """Give the one file: plain (nothing is quoted), or with quotation marks doubled as R and pandas expect it."""
    if options.profile == "plain":
        return [(path, chunks(bitext, bitext.beads, tally))]
    from bialign.formats.csv import quoted

    return [(path, quoted(rows(bitext, bitext.beads, tally), "\t"))]


def chunks(bitext: Bitext, beads: Iterable[Bead], tally: Tally | None = None) -> Iterator[str]:
    """Give the lines: the columns of COLUMNS, segment indices from 0 with spaces between them, places as people cite.

    Tabs and line ends inside texts become spaces; programs that treat quotes specially (R, pandas) must be told not to.
    """
    for row in rows(bitext, beads, tally):
        yield "\t".join(row) + "\n"


def rows(bitext: Bitext, beads: Iterable[Bead], tally: Tally | None = None) -> Iterator[tuple[str, ...]]:
    """Give the header and a row for each bead, each cell on one line."""
    cite = Citations(bitext)
    yield COLUMNS
    for bead in beads:
        fields = (
            bead_id(bitext, bead),
            bead.type,
            f"{bead.probability:.4f}",
            bead.status,
            bitext.source_text(bead),
            bitext.target_text(bead),
            " ".join(map(str, bead.source.indices)),
            " ".join(map(str, bead.target.indices)),
            bead.reason,
            *cite(bead),
        )
        yield tuple(map(one_line, fields))
        if tally:
            tally.units += 1
