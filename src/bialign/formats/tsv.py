"""Beads as a table of tab-separated columns: UTF-8 without BOM, LF, one header; plain, or quoted for R and pandas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from bialign.bitext import Bead, Bitext
from bialign.citation import Citations
from bialign.formats.characters import one_line
from bialign.formats.files import Output
from bialign.formats.identifiers import bead_id
from bialign.formats.jsonl import goals
from bialign.formats.options import Options
from bialign.formats.report import Tally

COLUMNS = (
    "bead", "type", "probability", "status", "source", "target", "source_ids", "target_ids", "reason", "source_place",
    "target_place", "comment", "moved_to", "move_probability",
)  # fmt: skip


def outputs(bitext: Bitext, path: Path, options: Options, tally: Tally) -> list[Output]:
    """Give the one file: plain (nothing is quoted), or with quotation marks doubled as R and pandas expect it."""
    if options.profile == "plain":
        return [(path, chunks(bitext, bitext.beads, tally))]
    from bialign.formats.csv import quoted

    return [(path, quoted(rows(bitext, bitext.beads, tally), "\t"))]


def chunks(bitext: Bitext, beads: Iterable[Bead], tally: Tally | None = None) -> Iterator[str]:
    """Give the lines: the columns of COLUMNS, segment indices from 0 with spaces between them, places as people cite.

    What other programs said of units (TMX props, columns of their tables) has columns of its own after these.
    Tabs and line ends inside texts become spaces; programs that treat quotes specially (R, pandas) must be told not to.
    """
    for row in rows(bitext, beads, tally):
        yield "\t".join(row) + "\n"


def rows(bitext: Bitext, beads: Iterable[Bead], tally: Tally | None = None) -> Iterator[tuple[str, ...]]:
    """Give the header and a row for each bead, each cell on one line."""
    cite, moved = Citations(bitext), goals(bitext)
    names = _others(bitext)
    yield (*COLUMNS, *names.values())
    for bead in beads:
        goal, chance = moved.get(id(bead), (None, None))
        said: dict[str, list[str]] = {}
        for extra in bead.extras:
            if extra.kind == "prop":
                said.setdefault(extra.name, []).append(extra.value)
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
            bead.comment,
            bead_id(bitext, goal) if goal else "",
            "" if chance is None else f"{chance:.4f}",
            *("; ".join(said.get(name, ())) for name in names),
        )
        yield tuple(map(one_line, fields))
        if tally:
            tally.units += 1


def _others(bitext: Bitext) -> dict[str, str]:
    """Give the names of what other programs said of units, and the columns for it."""
    found = dict.fromkeys(extra.name for bead in bitext.beads for extra in bead.extras if extra.kind == "prop")
    names: dict[str, str] = {}
    for name in found:
        column = one_line(name).strip()
        # a column that is called as one of ours would be taken for it
        if column.lower() in COLUMNS:
            column = f"x-{column}"
        if column and column not in names.values():
            names[name] = column
    return names
