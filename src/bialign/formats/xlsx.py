"""A workbook to review a bitext in: one row a bead, a list of statuses to choose from, a column for comments.

A hidden sheet keeps each bead as it was by its name, so that what a reviewer has changed can be told when the workbook
comes back, whatever was sorted, filtered or deleted meanwhile.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from bialign.bitext import STATUSES, Bitext
from bialign.citation import Citations
from bialign.formats.cells import LONGEST_CELL, made_cell
from bialign.formats.files import Output, pieces_of
from bialign.formats.identifiers import bead_id, lang_code, side_names
from bialign.formats.jsonl import goals
from bialign.formats.options import Options
from bialign.formats.report import Tally

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

HIDDEN = "bialign"
"""The sheet that keeps the beads as they were."""
COLUMNS = ("status", "source", "target", "comment", "probability", "source_place", "target_place", "reason", "bead")
KEPT = ("bead", "status", "probability", "reason", "source", "target", "extras", "moved_to", "move_probability")
"""Columns of the hidden sheet; the texts are lists of segments in JSON."""

_WIDTHS = (14, 62, 62, 32, 11, 18, 18, 28, 20)
"""Characters that a cell can hold (Excel's own limit)."""
_MOST_ROWS = 1_048_576


def outputs(bitext: Bitext, path: Path, options: Options, tally: Tally) -> list[Output]:
    """Give the one file."""
    return [(path, chunks(bitext, tally))]


def chunks(bitext: Bitext, tally: Tally | None = None) -> Iterator[bytes]:
    """Give the workbook; texts that are longer than a cell can hold are cut there, and counted."""
    from openpyxl import Workbook

    tally = tally or Tally()
    workbook = Workbook(write_only=True)
    beads = len(bitext.beads)
    if beads > _MOST_ROWS - 1:
        tally.left_out["beads", "a sheet has 1,048,576 rows"] += beads - _MOST_ROWS + 1
    _review(workbook, bitext, tally)
    _keep(workbook, bitext)
    yield from pieces_of(workbook.save)


def _review(workbook: Workbook, bitext: Bitext, tally: Tally) -> None:
    from openpyxl.styles import Alignment
    from openpyxl.worksheet.datavalidation import DataValidation

    rows = min(len(bitext.beads), _MOST_ROWS - 1)
    sheet = workbook.create_sheet("review")
    sheet.freeze_panes = "A2"
    for letter, width, name in zip("ABCDEFGHI", _WIDTHS, COLUMNS, strict=True):
        sheet.column_dimensions[letter].width = width
        sheet.column_dimensions[letter].hidden = name == "bead"
    if rows:
        choice = DataValidation(type="list", formula1=f'"{",".join(STATUSES)}"', allow_blank=False)
        choice.add(f"A2:A{rows + 1}")
        sheet.data_validations.append(choice)
        sheet.auto_filter.ref = f"A1:I{rows + 1}"
    wrapped, cite = Alignment(wrap_text=True, vertical="top"), Citations(bitext)
    sheet.append([made_cell(sheet, name, bold=True) for name in _header(bitext)])
    for bead in bitext.beads[:rows]:
        texts = (_fitting(text, tally) for text in (bitext.source_text(bead), bitext.target_text(bead)))
        places = cite(bead)
        values = (
            bead.status,
            *texts,
            bead.comment,
            round(bead.probability, 4),
            *places,
            bead.reason,
            bead_id(bitext, bead),
        )
        sheet.append([made_cell(sheet, value, alignment=wrapped) for value in values])
        tally.units += 1


def _header(bitext: Bitext) -> list[str]:
    names = dict(zip(("source", "target"), side_names(bitext), strict=True))
    return [names.get(column, column) for column in COLUMNS]


def _keep(workbook: Workbook, bitext: Bitext) -> None:
    sheet = workbook.create_sheet(HIDDEN)
    sheet.sheet_state = "veryHidden"
    langs = [lang_code(document.lang) for document in (bitext.source, bitext.target)]
    titles = [document.title for document in (bitext.source, bitext.target)]
    about = {"id": bitext.id, "langs": langs, "titles": titles, "signature": bitext.signature}
    sheet.append([made_cell(sheet, _json(about))])
    sheet.append([made_cell(sheet, name) for name in KEPT])
    moved = goals(bitext)
    for bead in bitext.beads[: _MOST_ROWS - 2]:
        source = [segment.text for segment in bitext.source_segments[bead.source.start : bead.source.stop]]
        target = [segment.text for segment in bitext.target_segments[bead.target.start : bead.target.stop]]
        texts = [text if len(text) <= LONGEST_CELL else "" for text in (_json(source), _json(target))]
        goal, chance = moved.get(id(bead), (None, ""))
        where = bead_id(bitext, goal) if goal else "", chance
        values = (bead_id(bitext, bead), bead.status, bead.probability, bead.reason, *texts, _json(bead.extras), *where)
        sheet.append([made_cell(sheet, value) for value in values])


def _json(value: object) -> str:
    # in ASCII, as a cell can hold neither controls nor lone surrogates
    return json.dumps(value)


def _fitting(text: str, tally: Tally) -> str:
    if len(text) <= LONGEST_CELL:
        return text
    tally.changes["texts cut at 32,767 characters, the most that a cell can hold"] += 1
    return text[: LONGEST_CELL - 1] + "…"
