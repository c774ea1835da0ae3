"""Candidates as rows: TSV, JSON lines, workbooks; and as a glossary of the format that a file's name says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from bialign.errors import FormatError
from bialign.formats.files import write_whole
from bialign.formats.records import json_lines, tsv_lines, workbook
from bialign.terms.extraction.model import Candidate
from bialign.terms.extraction.proposal import termbase_of

Record = dict[str, Any]

TABLES = (".tsv", ".jsonl", ".xlsx")
GLOSSARIES = (".yaml", ".yml", ".tbx", ".martif")


def check_path(path: Path) -> None:
    """Raise FormatError unless the suffix of a path names a format."""
    if path.suffix.lower() not in (*TABLES, *GLOSSARIES):
        reason = "cannot tell the format from this name: .tsv, .jsonl and .xlsx are tables, .yaml and .tbx glossaries"
        raise FormatError(path, reason)


def write(candidates: Sequence[Candidate], path: Path) -> tuple[str, ...]:
    """Write candidates into a file, which appears whole; give what its format has no place for.

    .tsv, .jsonl and .xlsx hold all that is known of them, .yaml and .tbx are a glossary as it would be if all of them
    were accepted. Raises FormatError for another suffix, BialignError where nothing can be written.
    """
    check_path(path)
    suffix = path.suffix.lower()
    if suffix in GLOSSARIES:
        langs = (candidates[0].source.lang, candidates[0].target.lang) if candidates else ("en", "es")
        return termbase_of(candidates, langs).save(path)
    rows = list(records(candidates))
    content = workbook(rows, _text) if suffix == ".xlsx" else tsv(rows) if suffix == ".tsv" else jsonl(rows)
    write_whole([(path, content)])
    return ()


def records(candidates: Iterable[Candidate]) -> Iterator[Record]:
    """Give a row for each candidate; `rank` counts from 1, the spans in `evidence` count letters from 0."""
    for rank, one in enumerate(candidates, 1):
        measures = one.measures
        yield {
            "rank": rank,
            "kind": one.kind,
            "source": one.source.text,
            "target": one.target.text,
            "also": [f"{each.text} ({each.lang})" for each in one.also],
            "count": one.count,
            "score": round(one.score, 4),
            "c_value": round(measures.c_value, 2),
            "log_likelihood": round(measures.log_likelihood, 1),
            "confidence": round(measures.confidence, 4),
            "association": round(measures.association, 1),
            "nominal": round(measures.nominal, 4),
            "cohesion": round(measures.cohesion, 4),
            "consensus": round(measures.consensus, 4),
            "key": one.key,
            "evidence": [
                {
                    "bitext": line.bitext,
                    "bead": line.bead,
                    "source": line.source,
                    "target": line.target,
                    "source_span": list(line.source_span),
                    "target_span": list(line.target_span),
                }
                for line in one.evidence
            ],
        }


def tsv(rows: Sequence[Record]) -> Iterator[str]:
    """Give the lines of a table with a header; of the evidence its texts, both sides parted by " | "."""
    return tsv_lines(rows, _text)


def jsonl(rows: Iterable[Record]) -> Iterator[str]:
    """Give one object a line."""
    return json_lines(rows)


def _text(value: object) -> str:
    if not isinstance(value, list):
        return str(value)
    if value and isinstance(value[0], dict):
        return " || ".join(f"{line['source']} | {line['target']}" for line in value)
    return "; ".join(map(str, value))
