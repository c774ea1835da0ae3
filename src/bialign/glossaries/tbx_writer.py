"""Termbases as TBX: version 3 in the dialect TBX-Basic (DCA), and version 2 (martif) for tools that read only that."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from bialign.glossaries.tbx_names import KIND_NAMES, STATUS_NAMES, kind_of, part_of_speech_name, status_of
from bialign.glossaries.tbx_properties import (
    DEFAULT_ENCODING,
    DEFAULT_SOURCE,
    NAME,
    OURS,
    fits,
    label,
    note_of,
    to_json,
)
from bialign.glossaries.tbx_rules import GENDERS, PARTS_OF_SPEECH
from bialign.glossaries.tbx_tree import NAMESPACE
from bialign.termbase import Concept, Property, Term, Termbase, likely_case, tidy

_NAMES_IN_2 = {
    "tbx": "martif",
    "tbxHeader": "martifHeader",
    "conceptEntry": "termEntry",
    "langSec": "langSet",
    "termSec": "tig",
}
_HEADER = ("fileDesc", "encodingDesc", "revisionDesc")


def chunks(termbase: Termbase, version: int = 3) -> Iterator[str]:
    """Give a TBX file piece by piece, a concept each; nothing of the termbase is left out.

    What TBX-Basic has no place for stands in notes that begin with "bialign:", so that it can be read back.
    """
    return _Writer(termbase, version).chunks()


class _Writer:
    def __init__(self, termbase: Termbase, version: int) -> None:
        self.termbase, self.version = termbase, version
        self.known = {concept.id: concept for concept in termbase.concepts}
        self.used: set[str] = set()
        self.ids = self._ids()
        self.goals = {*self.ids.values(), *(id for one in _all_properties(termbase) for id in _ids_of(one))}

    def _ids(self) -> dict[str, str]:
        """Give each concept an id that XML allows, its own where it is one."""
        ids = {id: id for id in self.known if NAME.fullmatch(id)}
        free = (name for number in itertools.count(1) if (name := f"c{number}") not in ids)
        for id in self.known:
            if id not in ids:
                ids[id] = next(free)
        self.used = set(ids.values())
        for one in self.termbase.properties:
            self.used |= set(_ids_of(one))
        return ids

    def name(self, element: str) -> str:
        return _NAMES_IN_2.get(element, element) if self.version == 2 else element

    def chunks(self) -> Iterator[str]:
        held = {one.element: one for one in self.termbase.properties}
        lang = held["tbx"].attributes["xml:lang"] if "tbx" in held else "en"
        yield '<?xml version="1.0" encoding="UTF-8"?>\n'
        if self.version == 2:
            yield '<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">\n'
            yield f'<martif type="TBX-Basic" xml:lang={quoteattr(lang)}>\n'
        else:
            yield f'<tbx type="TBX-Basic" style="dca" xml:lang={quoteattr(lang)} xmlns="{NAMESPACE}">\n'
        yield f"<{self.name('tbxHeader')}>\n"
        for part in self._header(held):
            yield _indented(self.element(part), 1)
        yield f"</{self.name('tbxHeader')}>\n<text>\n<body>\n"
        for concept in self.termbase.concepts:
            yield self.concept(concept)
        yield "</body>\n"
        if "back" in held:
            yield _indented(self.element(held["back"]), 0)
        yield f"</text>\n</{self.name('tbx')}>\n"

    def _header(self, held: Mapping[str, Property]) -> Iterator[Property]:
        yield held.get("fileDesc", DEFAULT_SOURCE)
        encoding = held.get("encodingDesc", DEFAULT_ENCODING if self.version == 2 else None)
        appearing = dict.fromkeys(term.lang for concept in self.termbase.concepts for term in concept.terms)
        if tuple(appearing) != self.termbase.languages:
            said = Property("p", OURS, note_of(languages=list(self.termbase.languages)).removeprefix(f"{OURS}: "))
            encoding = Property("encodingDesc", parts=(*(encoding.parts if encoding else ()), said))
        if encoding is not None:
            yield encoding
        if "revisionDesc" in held:
            yield held["revisionDesc"]

    def concept(self, concept: Concept) -> str:
        langs = list(dict.fromkeys(term.lang for term in concept.terms))
        parts = [Property("descrip", "subjectField", concept.subject)] if concept.subject else []
        properties = list(concept.properties.get("", ()))
        parts += self.defined(concept.definition.get("", ""), "definition", properties)
        parts += [self._note(concept.note)] if concept.note else []
        for id in concept.related:
            if id in self.ids:
                goal = Property("ref", "relatedConcept", label(self.known[id]), {"target": self.ids[id]})
                parts.append(goal)
        ours = self._said_without_terms(concept, langs)
        if self.ids[concept.id] != concept.id:
            ours["id"] = concept.id
        parts += [Property("note", text=note_of(**ours))] if ours else []
        pieces = [f"<{self.name('conceptEntry')} id={quoteattr(self.ids[concept.id])}>\n"]
        pieces += [_indented(self.element(one), 1) for one in (*parts, *self.kept(properties, "conceptEntry"))]
        pieces += [self.section(concept, lang) for lang in langs]
        return "".join([*pieces, f"</{self.name('conceptEntry')}>\n"])

    def _said_without_terms(self, concept: Concept, langs: list[str]) -> dict[str, Any]:
        ours: dict[str, Any] = {}
        for name in ("definition", "source"):
            texts: Mapping[str, str] = getattr(concept, name)
            left = {lang: text for lang, text in texts.items() if lang not in langs and (lang or name == "source")}
            if left:
                ours[name] = left
        left_properties = {lang: some for lang, some in concept.properties.items() if lang and lang not in langs}
        if left_properties:
            ours["properties"] = {lang: [to_json(one) for one in some] for lang, some in left_properties.items()}
        return ours

    def section(self, concept: Concept, lang: str) -> str:
        properties = list(concept.properties.get(lang, ()))
        parts = self.defined(concept.definition.get(lang, ""), "definition", properties)
        pieces = [f"  <{self.name('langSec')} xml:lang={quoteattr(lang)}>\n"]
        pieces += [_indented(self.element(one), 2) for one in (*parts, *self.kept(properties, "langSec"))]
        source = concept.source.get(lang, "")
        for term in (term for term in concept.terms if term.lang == lang):
            pieces.append(self.term(term, source))
            source = ""
        return "".join([*pieces, f"  </{self.name('langSec')}>\n"])

    def term(self, term: Term, source: str) -> str:
        properties = list(term.properties)
        attributes = {"term": "", "termSec": ""}
        for one in term.properties:
            if one.element in attributes and set(one.attributes) == {"id"} and self._takes_ids(one):
                attributes[one.element] = _attributes(one)
                properties.remove(one)
        context = self.defined(source, "context", properties)
        notes, ours = self._fields(term, properties)
        if likely_case(term.text, term.kind, term.part_of_speech) != term.case_policy:
            ours["case"] = term.case_policy
        for name in ("inflects", "since", "until"):
            if getattr(term, name):
                ours[name] = getattr(term, name)
        if term.forms:
            ours["forms"] = list(term.forms)
        kept = self.kept(properties, "termSec")
        notes += [one for one in kept if one.element in {"termNote", "termNoteGrp"}]
        behind = [self._note(term.note)] if term.note else []
        behind += [Property("note", text=note_of(**ours))] if ours else []
        behind += [*context, *(one for one in kept if one.element not in {"termNote", "termNoteGrp"})]
        name, text = self.name("termSec"), _text(" ".join(term.text.split()))
        lines = "".join(_indented(self.element(one), 3) for one in (*notes, *behind))
        head = f"    <{name}{attributes['termSec']}>\n      <term{attributes['term']}>{text}</term>\n"
        return f"{head}{lines}    </{name}>\n"

    def _fields(self, term: Term, properties: list[Property]) -> tuple[list[Property], dict[str, Any]]:
        """Give the notes of a term's fields, and the fields that TBX-Basic has no value for."""
        notes: list[Property] = []
        ours: dict[str, Any] = {}
        pairs = (
            ("part_of_speech", "partOfSpeech", part_of_speech_name(term.part_of_speech), PARTS_OF_SPEECH),
            ("gender", "grammaticalGender", term.gender, GENDERS),
        )
        for field, type, value, known in pairs:
            if value and (value in known or self.version == 2):
                notes.append(Property("termNote", type, value))
            elif value:
                ours[field] = getattr(term, field)
        said = {one.type: one for one in properties if one.element == "termNote" and self._is_said(one)}
        kind, status = said.get("termType"), said.get("administrativeStatus")
        if kind is None or kind_of(kind.text) != (term.kind, False):
            notes.append(Property("termNote", "termType", KIND_NAMES[term.kind]))
        if status is None or status_of(status.text) != (term.status, False):
            notes.append(Property("termNote", "administrativeStatus", STATUS_NAMES[term.status]))
        return notes, ours

    def _is_said(self, one: Property) -> bool:
        return self.version == 2 or fits(one, "termSec")

    def _note(self, text: str) -> Property:
        return Property("note", text=note_of(note=text) if text.startswith(OURS) else text)

    def defined(self, text: str, type: str, properties: list[Property]) -> list[Property]:
        """Give the description of a field, in a group with what belongs to it; that is taken from the properties."""
        if not text:
            return []
        head = Property("descrip", type, text)
        rest = next((one for one in properties if one.element == "descripGrp" and one.type == type), None)
        if rest is None:
            return [head]
        group = Property("descripGrp", attributes=rest.attributes, parts=(head, *rest.parts))
        if not self.fits(group, "termSec" if type == "context" else "langSec"):
            return [head]
        properties.remove(rest)
        return [group]

    def kept(self, properties: Iterable[Property], level: str) -> list[Property]:
        """Give properties as they stand in the file: those it has no place for as notes that say what they are."""
        return [
            one if self.fits(one, level) else Property("note", text=note_of(property=to_json(one)))
            for one in properties
        ]

    def fits(self, one: Property, level: str) -> bool:
        """Tell whether a property can be written as it is, and take its ids; version 2 has a place for nearly all."""
        if self.version == 3:
            return fits(one, level) and set(_targets_of(one)) <= self.goals and self._takes_ids(one)
        half = one.element == "descripGrp" and bool(one.type)
        ours = one.element == "note" and one.text.startswith(OURS)
        structure = one.element in {"conceptEntry", "langSec", "termSec", "term"}
        return not (half or ours or structure) and bool(NAME.fullmatch(one.element)) and self._takes_ids(one)

    def _takes_ids(self, one: Property) -> bool:
        """Tell whether the ids of a property are ids, and of nothing else in the file; if so they are its own."""
        ids = list(_ids_of(one))
        if not all(map(NAME.fullmatch, ids)) or len(set(ids)) < len(ids) or self.used & set(ids):
            return False
        self.used |= set(ids)
        return True

    def element(self, one: Property) -> str:
        """Give a property as XML, its parts on lines of their own."""
        type = f" type={quoteattr(one.type)}" if one.type else ""
        begin = f"{one.element}{type}{_attributes(one)}"
        if one.parts:
            parts = "".join(_indented(self.element(part), 1) for part in one.parts)
            return f"<{begin}>{_text(one.text)}\n{parts}</{one.element}>\n"
        return f"<{begin}>{_text(one.text)}</{one.element}>\n" if one.text else f"<{begin}/>\n"


def _all_properties(termbase: Termbase) -> Iterator[Property]:
    yield from termbase.properties
    for concept in termbase.concepts:
        for some in concept.properties.values():
            yield from some
        for term in concept.terms:
            yield from term.properties


def _targets_of(one: Property) -> Iterator[str]:
    """Give what a property and its parts refer to within the file."""
    if "target" in one.attributes and one.element != "xref":
        yield one.attributes["target"]
    for part in one.parts:
        yield from _targets_of(part)


def _ids_of(one: Property) -> Iterator[str]:
    if "id" in one.attributes:
        yield one.attributes["id"]
    for part in one.parts:
        yield from _ids_of(part)


def _attributes(one: Property) -> str:
    return "".join(f" {name}={quoteattr(tidy(value))}" for name, value in one.attributes.items())


def _text(text: str) -> str:
    return escape(tidy(text))


def _indented(xml: str, depth: int) -> str:
    """Indent the elements of a piece of XML; the lines of its texts stay as they are."""
    return "".join(
        "  " * depth + line if line.lstrip().startswith("<") else line for line in xml.splitlines(keepends=True)
    )
