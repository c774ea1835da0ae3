"""Beads as a table of tab-separated columns: UTF-8 without BOM, LF, one header line, nothing quoted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bialign.bitext import Bead, Bitext
from bialign.citation import Citations
from bialign.formats.characters import one_line
from bialign.formats.identifiers import bead_id
from bialign.formats.report import Tally

COLUMNS = (
    "bead", "type", "probability", "status", "source", "target", "source_ids", "target_ids", "reason", "source_place",
    "target_place",
)  # fmt: skip


def chunks(bitext: Bitext, beads: Iterable[Bead], tally: Tally | None = None) -> Iterator[str]:
    """Give the lines: the columns of COLUMNS, segment indices from 0 with spaces between them, places as people cite.

    Tabs and line ends inside texts become spaces; programs that treat quotes specially (R, pandas) must be told not to.
    """
    cite = Citations(bitext)
    yield "\t".join(COLUMNS) + "\n"
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
        yield "\t".join(map(one_line, fields)) + "\n"
        if tally:
            tally.units += 1
