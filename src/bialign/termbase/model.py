"""What a termbase holds: concepts, their terms, and properties that only its file's format knows."""

from __future__ import annotations

import importlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from bialign.termbase.matching import Index, TermHit

Kind = Literal["full form", "acronym", "short form", "variant"]
TermStatus = Literal["preferred", "admitted", "deprecated", "superseded"]
CasePolicy = Literal["exact", "free"]
Inflection = Literal["", "yes", "no"]
KINDS: tuple[Kind, ...] = ("full form", "acronym", "short form", "variant")
TERM_STATUSES: tuple[TermStatus, ...] = ("preferred", "admitted", "deprecated", "superseded")
CASE_POLICIES: tuple[CasePolicy, ...] = ("exact", "free")
INFLECTIONS: tuple[Inflection, ...] = ("", "yes", "no")


@dataclass(frozen=True, slots=True)
class Property:
    """Hold something a file says of a concept or a term for which there is no field, as TBX would say it.

    `element` is the TBX element ("descrip", "admin", "transacGrp" ...), `type` its data category, `attributes` the
    others it has, `parts` what stands inside it.
    """

    element: str
    type: str = ""
    text: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict, hash=False)
    parts: tuple[Property, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """Hold one designation of a concept; `case_policy` "exact" keeps SIN, the agency, apart from the word "sin".

    `inflects` says whether other forms of its words name the concept too ("" for what its kind and case suggest),
    `forms` lists such forms that no rule gives. `since` and `until` are dates in ISO 8601 (2001, 2001-07 or 2001-07-15)
    between which the term was in use.
    """

    text: str
    lang: str
    kind: Kind = "full form"
    status: TermStatus = "preferred"
    case_policy: CasePolicy = "free"
    part_of_speech: str = ""
    gender: str = ""
    note: str = ""
    inflects: Inflection = ""
    forms: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    properties: tuple[Property, ...] = ()


@dataclass(frozen=True, slots=True)
class Concept:
    """Hold one concept: `definition` and `source` (a sentence where it occurs) by language, `related` as ids.

    A definition in the language "" is said without naming one. `properties` are those of the concept by language, ""
    for the concept as a whole.
    """

    id: str
    subject: str = ""
    definition: Mapping[str, str] = field(default_factory=dict, hash=False)
    terms: tuple[Term, ...] = ()
    note: str = ""
    source: Mapping[str, str] = field(default_factory=dict, hash=False)
    related: tuple[str, ...] = ()
    properties: Mapping[str, tuple[Property, ...]] = field(default_factory=dict, hash=False)

    def terms_in(self, lang: str) -> tuple[Term, ...]:
        """Give the concept's terms of a language, best first (preferred, admitted, deprecated, superseded)."""
        wanted = primary(lang)
        terms = [term for term in self.terms if primary(term.lang) == wanted]
        return tuple(sorted(terms, key=lambda term: TERM_STATUSES.index(term.status)))

    def definition_in(self, lang: str) -> str:
        """Give the definition in a language, else one that names none, else ""."""
        wanted = primary(lang)
        said = (text for code, text in self.definition.items() if primary(code) == wanted)
        return next(said, self.definition.get("", ""))


@dataclass(frozen=True, slots=True)
class Termbase:
    """Hold the concepts of a glossary, ids unique, in the order of its file; `properties` are the file's own."""

    languages: tuple[str, ...]
    concepts: tuple[Concept, ...]
    properties: tuple[Property, ...] = ()
    _indexes: dict[str, Index] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def load(cls, path: Path | str) -> Termbase:
        """Read a glossary: YAML, TBX, OmegaT's, CSV, TSV or xlsx, as its name ends.

        Raises FormatError with file, line and field for whatever breaks the format's rules.
        """
        termbase: Termbase = _files().load(Path(path)).termbase
        return termbase

    def save(self, path: Path | str) -> tuple[str, ...]:
        """Write the glossary, whole or not at all, in the format its name's end stands for.

        Gives, in a line each, what that format has no place for and the file does not hold. Raises FormatError for an
        unknown ending, BialignError where the file cannot be written.
        """
        return tuple(str(left) for left in _files().save(self, Path(path)))

    def find(self, text: str, lang: str) -> tuple[TermHit, ...]:
        """Find the terms of a language in a text, in order and without overlaps, the longest at each place.

        Terms match whole words. "exact" terms match as they are written; "free" ones in any case and in the other
        forms of their words ("death squads", "escuadrones", "llevó a cabo"). Time grows with the text, not with the
        number of terms.

        >>> sin = Term("SIN", "es", "acronym", "preferred", "exact")
        >>> base = Termbase(("en", "es"), (Concept("sin", "state", terms=(sin,)),))
        >>> [(hit.start, hit.stop) for hit in base.find("Actúa sin permiso del SIN.", "es-PE")]
        [(22, 25)]
        """
        return tuple(self._index(lang).find(text))

    def lookup(self, text: str, lang: str, *, overlapping: bool = False) -> tuple[TermHit, ...]:
        """Find the terms of a language in a text, as `find` does; with `overlapping` also those inside longer ones.

        With `overlapping`, a term that several concepts share is found once for each of them.

        >>> terms = (Term("golpe de Estado", "es"), Term("Estado", "es"))
        >>> base = Termbase(("es",), tuple(Concept(term.text, terms=(term,)) for term in terms))
        >>> [hit.term.text for hit in base.lookup("los golpes de estado", "es", overlapping=True)]
        ['golpe de Estado', 'Estado']
        """
        return tuple(self._index(lang).find(text, overlapping=overlapping))

    def suggest(self, text: str, lang: str) -> tuple[TermHit, ...]:
        """Find places where a term seems to be meant but is mistyped ("self-cuop"); none of them is a hit of `find`."""
        return tuple(self._index(lang).suggest(text))

    def concept(self, id: str) -> Concept | None:
        """Give the concept of an id, None where there is none."""
        return next((concept for concept in self.concepts if concept.id == id), None)

    def joined(self, other: Termbase) -> Termbase:
        """Give this glossary with the concepts of another whose ids it does not have, and its languages."""
        ids = {concept.id for concept in self.concepts}
        added = tuple(concept for concept in other.concepts if concept.id not in ids)
        return Termbase(
            tuple(dict.fromkeys((*self.languages, *other.languages))), self.concepts + added, self.properties
        )

    def _index(self, lang: str) -> Index:
        from bialign.termbase.matching import Index

        wanted = primary(lang)
        if wanted not in self._indexes:
            self._indexes[wanted] = Index(self.concepts, wanted)
        return self._indexes[wanted]


def _files() -> Any:
    """Give the package that reads and writes files, which stands on this one: found by name, when it is needed."""
    return importlib.import_module("bialign.glossaries")


def primary(lang: str) -> str:
    """Give the language of a BCP 47 code without script and region.

    >>> primary("es-PE"), primary("EN_us")
    ('es', 'en')
    """
    return re.split("[-_]", lang, maxsplit=1)[0].lower()


# what no XML file can hold, and a few signs that only say how a text was set
_UNWANTED = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff\ufeff\u00ad]")
_LINE_END = re.compile("[ \t\v\f\u00a0]*(?:\r\n|[\n\r\x85\u2028\u2029])[ \t\v\f\u00a0]*")


def tidy(text: str) -> str:
    r"""Give a text as a termbase holds it: composed, without blank ends, controls and soft hyphens.

    >>> tidy("  uno \r\n dos\x00 ")
    'uno\ndos'
    """
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    text = _UNWANTED.sub("", text).replace("\v", " ").replace("\f", " ")
    return _LINE_END.sub("\n", text).strip()


def likely_case(text: str, kind: str = "full form", part_of_speech: str = "") -> CasePolicy:
    """Tell how a term's case is likely meant where its file says nothing of it.

    Acronyms, names and single words with capitals inside are exact.

    >>> [likely_case(text) for text in ("SIN", "mRNA", "self-coup", "Golpe de Estado", "GOLPE DE ESTADO")]
    ['exact', 'exact', 'free', 'free', 'free']
    """
    if kind == "acronym" or part_of_speech == "proper noun":
        return "exact"
    inner = sum(map(str.isupper, text[1:]))
    return "exact" if inner and not any(map(str.isspace, text)) and len(text) <= 12 else "free"
