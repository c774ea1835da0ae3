"""A workbook that went out for review and came back: what it was, and what people have changed in it.

Rows are told by the names in the hidden column, beads as they were by the hidden sheet, so that sorting, filtering and
deleting rows does no harm.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from bialign.bitext import STATUSES, Bitext, Extra, Remark, Status, comment_of, commented
from bialign.errors import FormatError
from bialign.formats.xlsx import COLUMNS, HIDDEN, KEPT
from bialign.readers.bilingual.columns import Row
from bialign.readers.bilingual.spreadsheet import opened, sheet_rows
from bialign.readers.bilingual.units import Content, Unit, cut_into, make_bitext, probability_of, status_of
from bialign.readers.source import Source, file_bytes


@dataclass(frozen=True, slots=True)
class Kept:
    """Hold a bead as it was when the workbook was written; `source` and `target` are its segments."""

    id: str
    status: Status
    probability: float
    reason: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    extras: tuple[Extra, ...] = ()
    moved_to: str = ""
    move_probability: float = 1.0


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Hold what came back of a bead: `was` before, and its segments, status and comment now; `row` as Excel counts."""

    was: Kept
    status: Status
    source: tuple[str, ...]
    target: tuple[str, ...]
    comment: str
    row: int = 0

    @property
    def changed(self) -> bool:
        """Tell whether a person has changed anything."""
        same = (self.status, self.source, self.target) == (self.was.status, self.was.source, self.was.target)
        return not same or self.comment != comment_of(self.was.extras)


@dataclass(frozen=True, slots=True)
class Review:
    """Hold a workbook that came back: the bitext's id, languages and beads in their old order, and what to tell."""

    id: str
    langs: tuple[str, str]
    titles: tuple[str, str]
    signature: str
    beads: tuple[Reviewed, ...]
    remarks: tuple[Remark, ...] = ()

    @property
    def changed(self) -> tuple[Reviewed, ...]:
        """Give the beads that a person has changed."""
        return tuple(bead for bead in self.beads if bead.changed)


class _Cells(NamedTuple):
    row: int
    status: str
    source: str
    target: str
    comment: str


def read_review(path: str | os.PathLike[str]) -> Review:
    """Read a workbook that `bialign.formats` wrote for review, as it came back.

    Raises FormatError where it is none, or a status is none; ReadError where it cannot be read.
    """
    file = Path(path)
    review = _review(Source(file, file_bytes(file)))
    if review is None:
        raise FormatError(file, "this workbook was not written for review by bialign, or its hidden sheet is gone")
    return review


def read_reviewed(source: Source) -> Bitext | None:
    """Read a workbook as the bitext that its reviewers made of it; None where it was not written for review."""
    review = _review(source)
    if review is None:
        return None
    units = [
        Unit(
            bead.row, bead.source, bead.target, bead.was.probability, bead.status, bead.was.reason, id=bead.was.id,
            extras=_extras(bead), moved_to=bead.was.moved_to, move_probability=bead.was.move_probability,
        )
        for bead in review.beads
    ]  # fmt: skip
    content = Content(
        units, review.langs, "row", review.id, review.titles, review.signature, ours=True, remarks=review.remarks
    )
    return make_bitext(source.file, content)


def _extras(bead: Reviewed) -> tuple[Extra, ...]:
    return commented(tuple(extra for extra in bead.was.extras if extra.kind != "id"), bead.comment)


def _review(source: Source) -> Review | None:
    workbook = opened(source)
    names = workbook.sheetnames
    if HIDDEN not in names or len(names) < 2:
        return None
    kept_rows = list(sheet_rows(workbook, HIDDEN, source))
    if len(kept_rows) < 2 or tuple(kept_rows[1].cells[: len(KEPT)]) != KEPT:
        return None
    about = _loaded(kept_rows[0].cells[0], source, 1)
    kept = [_kept(row, source) for row in kept_rows[2:]]
    sheet = next(name for name in names if name != HIDDEN)
    cells, remarks = _cells(list(sheet_rows(workbook, sheet, source)), {bead.id for bead in kept}, source)
    langs = tuple("" if lang == "und" else str(lang) for lang in about["langs"])
    missing = sum(bead.id not in cells for bead in kept)
    if missing:
        remarks.append(
            Remark("rows that are not there any more: {count}; their beads stay as they were", {"count": missing})
        )
    beads = [_reviewed(bead, cells.get(bead.id), (langs[0], langs[1]), source, remarks) for bead in kept]
    titles = tuple(map(str, about["titles"]))
    return Review(
        str(about["id"]), (langs[0], langs[1]), (titles[0], titles[1]), str(about["signature"]), tuple(beads),
        tuple(remarks),
    )  # fmt: skip


def _loaded(text: str, source: Source, row: int) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise FormatError(source.file, "the hidden sheet of this workbook is damaged", line=row) from None


def _kept(row: Row, source: Source) -> Kept:
    id, status, probability, reason, first, second, extras, goal, chance = (*row.cells, *[""] * len(KEPT))[: len(KEPT)]
    texts = [_loaded(text or "[]", source, row.place) for text in (first, second)]
    more = tuple(Extra(*each) for each in _loaded(extras or "[]", source, row.place))
    known = status_of(status)
    value, move = probability_of(probability), probability_of(chance or "1")
    if known is None or value is None or move is None:
        raise FormatError(source.file, "the hidden sheet of this workbook is damaged", line=row.place)
    return Kept(id, known, value, reason, tuple(texts[0]), tuple(texts[1]), more, goal, move)


def _cells(rows: list[Row], known: set[str], source: Source) -> tuple[dict[str, _Cells], list[Remark]]:
    """Give the rows of the sheet by the names of their beads."""
    header = [name.strip().lower() for name in rows[0].cells] if rows else []
    if "bead" not in header or "status" not in header:
        reason = "the first row lacks its names of columns (status, bead): it must stay as it was"
        raise FormatError(source.file, reason, line=1)
    # the columns of the texts are called by their languages, and stand after the status
    at = {name: header.index(name) for name in ("status", "comment", "bead") if name in header}
    first = at["status"] + COLUMNS.index("source")
    found: dict[str, _Cells] = {}
    counts: Counter[str] = Counter()
    for row in rows[1:]:
        cells = [*row.cells, *[""] * len(header)]
        id = cells[at["bead"]]
        if id not in known or id in found:
            kind = "new" if id not in known else "twice"
            counts[kind] += 1
            continue
        comment = cells[at["comment"]].strip() if "comment" in at else ""
        found[id] = _Cells(row.place, cells[at["status"]], cells[first], cells[first + 1], comment)
    remarks = []
    if counts["new"]:
        remarks.append(Remark("rows that belong to no bead and were passed over: {count}", {"count": counts["new"]}))
    if counts["twice"]:
        remarks.append(Remark("rows that are there twice: {count}; the first one counts", {"count": counts["twice"]}))
    return found, remarks


def _reviewed(
    bead: Kept, cells: _Cells | None, langs: tuple[str, str], source: Source, remarks: list[Remark]
) -> Reviewed:
    as_it_was = Reviewed(bead, bead.status, bead.source, bead.target, comment_of(bead.extras))
    if cells is None:
        return as_it_was
    status = status_of(cells.status)
    if status is None:
        reason = "{found} is no status; it is one of {known}"
        raise FormatError(source.file, reason, line=cells.row, found=repr(cells.status[:20]), known=", ".join(STATUSES))
    sides = []
    for old, new, lang in zip((bead.source, bead.target), (cells.source, cells.target), langs, strict=True):
        if bool(old) != bool(new.strip()):
            template = "row {row}: a text cannot be added or taken away here; it stays as it was"
            remarks.append(Remark(template, {"row": cells.row}))
        sides.append(_edited(old, new, lang) if old and new.strip() else old)
    return replace(as_it_was, status=status, source=sides[0], target=sides[1], comment=cells.comment, row=cells.row)


def _edited(old: tuple[str, ...], new: str, lang: str) -> tuple[str, ...]:
    """Give the segments of a text that may have been edited; one cut off at what a cell can hold is not."""
    whole, text = " ".join(old), " ".join(new.split())
    if text == " ".join(whole.split()) or (new.endswith("…") and whole.startswith(new[:-1]) and len(new) >= 32_767):
        return old
    return cut_into((text,), len(old), lang)
