"""Termbases as rows: our table of terms (TSV, CSV, xlsx) and OmegaT's glossary of pairs, with what they leave out."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bialign.formats.cells import made_cell
from bialign.formats.characters import one_line
from bialign.formats.files import write_whole
from bialign.glossaries.checks import Remark
from bialign.glossaries.table_terms import COLUMNS, rows_of
from bialign.termbase import Concept, Term, Termbase, primary

_FORMULA = tuple("=+-@'")


def write(termbase: Termbase, path: Path, format: str) -> tuple[Remark, ...]:
    """Write a termbase in one of the formats of rows; give what the file does not hold."""
    left: Counter[str] = Counter()
    if format == "omegat":
        text = "".join(_omegat(termbase, left))
        write_whole([(path, [text])])
    elif format == "xlsx":
        write_whole([(path, _workbook(termbase))])
    else:
        write_whole([(path, _delimited(termbase, "\t" if format == "tsv" else ","))])
    if format != "omegat":
        left["properties that only TBX and YAML have a place for"] += _properties(termbase)
    return tuple(
        Remark("left out: {count} {what}", {"count": count, "what": what}) for what, count in left.items() if count
    )


def _properties(termbase: Termbase) -> int:
    count = len(termbase.properties)
    for concept in termbase.concepts:
        count += sum(map(len, concept.properties.values())) + sum(len(term.properties) for term in concept.terms)
    return count


def _delimited(termbase: Termbase, delimiter: str) -> Iterator[str]:
    """Give a table piece by piece; CSV begins with the mark by which Excel knows UTF-8."""
    if delimiter == ",":
        yield "\ufeff"
    for row in [
        dict(zip(COLUMNS, COLUMNS, strict=True)),
        *(row for concept in termbase.concepts for row in rows_of(concept)),
    ]:
        line = io.StringIO()
        # a cell that a spreadsheet would take for a formula is masked, as spreadsheets themselves do
        cells = [row.get(name, "") for name in COLUMNS]
        masked = ["'" + cell if cell.startswith(_FORMULA) else cell for cell in cells]
        csv.writer(line, delimiter=delimiter, lineterminator="\n").writerow(masked)
        yield line.getvalue()


def _workbook(termbase: Termbase) -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("terms")
    sheet.freeze_panes = "A2"
    sheet.append([made_cell(sheet, name, bold=True) for name in COLUMNS])
    for concept in termbase.concepts:
        for row in rows_of(concept):
            sheet.append([made_cell(sheet, row[name]) if row.get(name) else None for name in COLUMNS])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _omegat(termbase: Termbase, left: Counter[str]) -> Iterator[str]:
    """Give the rows of OmegaT's glossary: source, target and comment, a row for each pair of synonyms."""
    yield "# -*- coding: utf-8 -*-\n"
    langs = termbase.languages
    if len(langs) > 2:
        left["languages: the file holds the first two"] = len(langs) - 2
    for concept in termbase.concepts:
        sources, targets = (_side(concept, lang) for lang in (*langs[:2], "", "")[:2])
        if not sources or not targets:
            left["concepts without a term in both languages"] += 1
        left["properties that only TBX and YAML have a place for"] += sum(map(len, concept.properties.values()))
        for source in sources:
            if source.text.startswith("#"):
                left["terms that begin with #, which is a comment there"] += 1
                continue
            for target in targets:
                cells = (source.text, target.text, _comment(concept, source, target))
                yield "\t".join(" ".join(one_line(cell).split()) for cell in cells).rstrip("\t") + "\n"


def _side(concept: Concept, lang: str) -> list[Term]:
    return list(concept.terms_in(lang)) if lang and primary(lang) else []


def _comment(concept: Concept, source: Term, target: Term) -> str:
    """Say in words what OmegaT has no column for."""
    said = [concept.subject]
    for term in (source, target):
        said += [f"{term.text}: {word}" for word in _marks(term)]
    said += [concept.definition_in(source.lang), concept.note]
    return "; ".join(filter(None, said))


def _marks(term: Term) -> Iterator[str]:
    if term.status != "preferred":
        yield term.status + (f" ({term.since}-{term.until})" if term.since or term.until else "")
    if term.kind != "full form":
        yield term.kind
    if term.case_policy == "exact" and term.kind != "acronym":
        yield "case"
    if term.note:
        yield term.note
