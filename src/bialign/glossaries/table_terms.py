"""Our own tables of glossaries, a row for each term: columns, and how they become concepts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast

from bialign.errors import FormatError
from bialign.glossaries.checks import check_term
from bialign.glossaries.loaded import Loaded
from bialign.glossaries.rows import Row
from bialign.termbase import (
    CASE_POLICIES,
    INFLECTIONS,
    KINDS,
    TERM_STATUSES,
    Concept,
    Term,
    Termbase,
    likely_case,
    tidy,
)

COLUMNS = (
    *("concept", "subject", "lang", "term", "kind", "status", "case", "part_of_speech", "gender", "note"),
    *("inflects", "forms", "since", "until", "definition", "concept_note", "source", "related"),
)
_CHOICES: dict[str, tuple[str, ...]] = {
    "kind": KINDS,
    "status": TERM_STATUSES,
    "case": CASE_POLICIES,
    "inflects": INFLECTIONS,
}
_TERM_FIELDS = ("kind", "status", "part_of_speech", "gender", "note", "inflects", "since", "until")


def rows_of(concept: Concept) -> Iterator[dict[str, str]]:
    """Give the rows of a concept: a row a term; what has no term of its language has a row without one."""
    about = {"subject": concept.subject, "concept_note": concept.note, "related": joined(concept.related)}
    said = {*concept.definition, *concept.source}
    langs = list(dict.fromkeys(term.lang for term in concept.terms))
    langs = [*langs, *(lang for lang in (*concept.definition, *concept.source) if lang not in langs)]
    for lang in dict.fromkeys(langs):
        terms: Sequence[Term | None] = [term for term in concept.terms if term.lang == lang] or [None]
        for number, term in enumerate(terms):
            row = {"concept": concept.id, "lang": lang, **about}
            about = {}
            if term is not None:
                row |= {name: getattr(term, name) for name in _TERM_FIELDS}
                row |= {"term": term.text, "case": term.case_policy, "forms": joined(term.forms)}
            if not number and lang in said:
                row |= {"definition": concept.definition.get(lang, ""), "source": concept.source.get(lang, "")}
            yield {name: value for name, value in row.items() if value}


def read_terms(path: Path, rows: Sequence[Row]) -> Loaded:
    """Make a termbase of a table whose first row names our columns; raise FormatError for a row at fault."""
    header = [tidy(cell).casefold() for cell in rows[0].cells]
    for name in header:
        if name and name not in COLUMNS:
            reason = "the field {name} is none of {known}"
            raise FormatError(path, reason, line=rows[0].line, name=repr(name)[:60], known=", ".join(COLUMNS))
    reader = _Reader(path, header)
    for row in rows[1:]:
        reader.add(row)
    return Loaded(reader.termbase())


class _Reader:
    def __init__(self, path: Path, header: Sequence[str]) -> None:
        self.path, self.header = path, header
        self.concepts: dict[str, dict[str, Any]] = {}
        self.lines: dict[str, int] = {}
        self.languages: dict[str, None] = {}

    def add(self, row: Row) -> None:
        if any(map(str.strip, row.cells[len(self.header) :])):
            reason = "{found} cells where the header names {usual}: a text that holds the separator must be quoted"
            raise FormatError(self.path, reason, line=row.line, found=len(row.cells), usual=len(self.header))
        cells = {name: tidy(cell) for name, cell in zip(self.header, row.cells, strict=False) if name and tidy(cell)}
        id = cells.get("concept", "")
        if not id:
            raise FormatError(self.path, "a concept without an id", line=row.line, element="concept")
        self.lines.setdefault(id, row.line)
        held = self.concepts.setdefault(id, {"definition": {}, "source": {}, "terms": []})
        lang = cells.get("lang", "").replace("_", "-")
        for name, field in (("subject", "subject"), ("concept_note", "note")):
            if name in cells:
                held.setdefault(field, cells[name])
        if "related" in cells:
            held.setdefault("related", parted(cells["related"]))
        for name in ("definition", "source"):
            if name in cells:
                held[name].setdefault(lang, cells[name])
        if "term" in cells or not {"definition", "source"} & set(cells):
            held["terms"].append(self.term(cells, lang, row.line))

    def term(self, cells: dict[str, str], lang: str, line: int) -> Term:
        text = " ".join(cells.get("term", "").split())
        check_term(text, self.path, line, "term")
        if not lang:
            raise FormatError(self.path, "a term without a language", line=line, element="lang")
        for name, known in _CHOICES.items():
            if name in cells and cells[name] not in known:
                value, listed = repr(cells[name])[:60], ", ".join(filter(None, known))
                reason = "{value} is none of {known}"
                raise FormatError(self.path, reason, line=line, element=name, value=value, known=listed)
        self.languages.setdefault(lang)
        values = {name: cells[name] for name in _TERM_FIELDS if name in cells}
        case = cells.get("case") or likely_case(text, cells.get("kind", ""), cells.get("part_of_speech", ""))
        forms = parted(cells["forms"]) if "forms" in cells else ()
        return Term(text, lang, case_policy=cast(Any, case), forms=forms, **cast(Any, values))

    def termbase(self) -> Termbase:
        for id, held in self.concepts.items():
            if not held["terms"]:
                reason = "the concept has no term in any language"
                raise FormatError(self.path, reason, line=self.lines[id], element=id)
            for other in held.get("related", ()):
                if other not in self.concepts:
                    reason = "there is no concept {id} to be related to"
                    raise FormatError(self.path, reason, line=self.lines[id], element="related", id=repr(other))
        made = (Concept(id, **held | {"terms": _by_language(held["terms"])}) for id, held in self.concepts.items())
        return Termbase(tuple(self.languages), tuple(made))


def _by_language(terms: Sequence[Term]) -> tuple[Term, ...]:
    langs = dict.fromkeys(term.lang for term in terms)
    return tuple(term for lang in langs for term in terms if term.lang == lang)


def joined(texts: Sequence[str]) -> str:
    """Put several texts into one cell.

    >>> joined(["a", "b|c"]), parted(joined(["a", "b|c"]))
    ('a | b\\\\|c', ('a', 'b|c'))
    """
    return " | ".join(text.replace("\\", "\\\\").replace("|", "\\|") for text in texts)


def parted(cell: str) -> tuple[str, ...]:
    """Take the texts of a cell apart again."""
    pieces = re.findall(r"(?:[^|\\]|\\.)+", cell, re.DOTALL)
    return tuple(re.sub(r"\\(.)", r"\1", piece, flags=re.DOTALL).strip() for piece in pieces)
