"""Glossaries with a row for each pair of terms: OmegaT's, and tables with a column for each language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bialign.glossaries.checks import Remark, check_term
from bialign.glossaries.loaded import Loaded
from bialign.glossaries.rows import Row, read_rows
from bialign.glossaries.table_terms import read_terms
from bialign.languages import guess_language
from bialign.readers.bilingual.pair import column_of
from bialign.termbase import Concept, Property, Term, Termbase, likely_case, tidy
from bialign.termbase.forms import is_word, without_accents

_SUBJECTS = frozenset({"subject", "subjectfield", "domain", "tema", "campo", "dominio", "área"})
_NOTES = frozenset({"note", "notes", "comment", "comments", "nota", "notas", "comentario", "comentarios"})
_DEFINITIONS = frozenset({"definition", "definición"})
_IDS = frozenset({"id", "concept", "concept id", "concept_id"})
UNKNOWN = ("qaa", "qab")
"""Private codes for the languages of a source and a target that nobody names."""


def read(path: Path, format: str, source_lang: str = "", target_lang: str = "") -> Loaded:
    """Read a glossary of rows: OmegaT's text files, TSV, CSV or a workbook's first sheet.

    Raises ReadError for what cannot be read, FormatError, with the line, for a row at fault.
    """
    rows = read_rows(path, format)
    header = [tidy(cell).casefold() for cell in rows[0].cells] if rows else []
    if {"term", "lang"} <= set(header):
        return read_terms(path, rows)
    if not rows:
        return Loaded(Termbase((), ()), (Remark("the glossary holds no entries"),))
    return _Pairs(path, rows, header, (source_lang, target_lang)).loaded()


class _Pairs:
    """Make a concept of each row."""

    def __init__(self, path: Path, rows: list[Row], header: list[str], asked: tuple[str, str]) -> None:
        self.path = path
        self.remarks: list[Remark] = []
        self.ids: set[str] = set()
        self.names: dict[int, str] = {}
        self.columns = _named(header)
        if self.columns:
            self.rows = rows[1:]
            self.names = {at: name for at, name in enumerate(header) if at not in self.columns.values() and name}
            if "source" in self.columns:
                self.columns = self._with_languages(self.columns["source"], self.columns["target"], asked)
        else:
            self.rows = rows
            self.columns = self._with_languages(0, 1, asked)
            width = max(len(row.cells) for row in rows)
            self.names = dict.fromkeys(range(2, width), "comment")

    def _with_languages(self, source: int, target: int, asked: tuple[str, str]) -> dict[str, int]:
        """Find the languages of the two columns of terms."""
        texts = [[_cell(row, at) for row in self.rows[:2_000]] for at in (source, target)]
        found = [given.replace("_", "-") or _language_of(some) for given, some in zip(asked, texts, strict=True)]
        if found[0] == found[1]:
            found = [given.replace("_", "-") for given in asked]
        langs = [lang or unknown for lang, unknown in zip(found, UNKNOWN, strict=True)]
        if not all(found):
            template = "the languages were not recognised: name them with --source-lang and --target-lang"
            self.remarks.append(Remark(template))
        return {langs[0]: source, langs[1]: target}

    def loaded(self) -> Loaded:
        concepts = tuple(concept for row in self.rows if (concept := self.concept(row)) is not None)
        return Loaded(Termbase(tuple(self.columns), concepts), tuple(self.remarks))

    def concept(self, row: Row) -> Concept | None:
        terms = tuple(self.terms(row))
        if not terms:
            return None
        if len(terms) == 1 and len(self.columns) == 2:
            empty = next(lang for lang in self.columns if lang != terms[0].lang)
            template = "{term} has no translation ({lang})"
            self.remarks.append(Remark(template, {"term": repr(terms[0].text), "lang": empty}, row.line))
        said: dict[str, list[str]] = {"subject": [], "note": [], "definition": [], "id": []}
        others: list[Property] = []
        for at, name in self.names.items():
            text = tidy(_cell(row, at))
            field = _field(name)
            if text and field:
                said[field].append(text)
            elif text:
                others.append(Property("admin", name, text))
        definition = "\n".join(said["definition"])
        return Concept(
            self.id(said["id"], terms),
            "; ".join(said["subject"]),
            {"": definition} if definition else {},
            terms,
            "; ".join(said["note"]),
            properties={"": tuple(others)} if others else {},
        )

    def terms(self, row: Row) -> Iterator[Term]:
        for lang, at in self.columns.items():
            text = " ".join(tidy(_cell(row, at)).split())
            if not text:
                continue
            check_term(text, self.path, row.line, lang)
            kind = "acronym" if text.isupper() and text.isalpha() and 1 < len(text) < 7 else "full form"
            yield Term(text, lang, "acronym" if kind == "acronym" else "full form", case_policy=likely_case(text, kind))

    def id(self, given: Sequence[str], terms: Sequence[Term]) -> str:
        """Give a concept an id: the one it has, else one after its first term."""
        wanted = given[0] if given else _slug(terms[0].text)
        id = next(name for name in _numbered(wanted) if name not in self.ids)
        self.ids.add(id)
        return id


def _named(header: Sequence[str]) -> dict[str, int]:
    """Give the columns of terms a header names, by language; {} where it is no header."""
    found: dict[str, int] = {}
    for at, name in enumerate(header):
        kind = column_of(name)
        if kind:
            found.setdefault(kind, at)
    langs = {kind: at for kind, at in found.items() if kind not in {"source", "target"}}
    if len(langs) >= 2:
        return langs
    return {kind: found[kind] for kind in ("source", "target")} if {"source", "target"} <= set(found) else {}


def _field(name: str) -> str:
    fields: Mapping[str, frozenset[str]] = {
        "subject": _SUBJECTS, "note": _NOTES, "definition": _DEFINITIONS, "id": _IDS,
    }  # fmt: skip
    return next((field for field, names in fields.items() if name in names), "")


def _language_of(terms: Sequence[str]) -> str:
    """Tell the language of a list of terms, which holds few function words: by the dictionaries."""
    text = "\n".join(terms)
    guess = guess_language(text)
    if guess:
        return guess
    words = re.findall(r"[^\W\d_]{3,}", text.casefold())[:1_000]
    english, spanish = (sum(is_word(word, lang) for word in words) for lang in ("en", "es"))
    if max(english, spanish) < 0.5 * max(1, len(words)) or min(english, spanish) > 0.8 * max(english, spanish):
        return ""
    return "en" if english > spanish else "es"


def _cell(row: Row, at: int) -> str:
    return row.cells[at] if at < len(row.cells) else ""


def _slug(text: str) -> str:
    """Make an id of a term.

    >>> _slug("Golpe de Estado"), _slug("¡árbol!")
    ('golpe-de-estado', 'arbol')
    """
    plain = without_accents(text.casefold()).replace("ñ", "n")
    return re.sub(r"[\W_]+", "-", plain).strip("-")[:60] or "term"


def _numbered(name: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        yield f"{name}-{number}"
        number += 1
