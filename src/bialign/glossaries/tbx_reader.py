"""TBX files as termbases: what has a field goes there, everything else is kept as a property."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from bialign.errors import FormatError
from bialign.glossaries import tbx_rules, tbx_tree
from bialign.glossaries.checks import Remark, check_term
from bialign.glossaries.loaded import Loaded
from bialign.glossaries.tbx_names import kind_of, part_of_speech_of, status_of
from bialign.glossaries.tbx_properties import OURS, canonical, from_json, is_default_header, label, said_in
from bialign.glossaries.tbx_tree import Node
from bialign.termbase import CASE_POLICIES, INFLECTIONS, Concept, Property, Term, Termbase, likely_case


def read(path: Path) -> Loaded:
    """Read a TBX file of version 2 (martif) or 3, DCA or DCT.

    Raises FormatError, with the line, where it is no such file or breaks the rules of its dialect. Remarks tell of what
    was mended.
    """
    tree = tbx_tree.load(path)
    tbx_rules.check(tree, path)
    return _Reader(path, tree).loaded()


_TERM_FIELDS = frozenset({"inflects", "since", "until", "part_of_speech", "gender", "note"})
_OUR_FIELDS = _TERM_FIELDS | {"case", "forms", "id", "definition", "source", "properties"}


class _Reader:
    def __init__(self, path: Path, tree: tbx_tree.Tree) -> None:
        self.path, self.tree = path, tree
        self.remarks: list[Remark] = []
        self.languages: dict[str, None] = {}
        self.ids: dict[str, int] = {}
        # ids that XML could not hold are said in notes of ours
        self.renamed: dict[str, str] = {}

    def loaded(self) -> Loaded:
        root = self.tree.root
        text = root.child("text")
        body = text.child("body") if text else None
        if text is None or body is None:
            raise FormatError(self.path, "no TBX file: it has no <body>", line=root.line)
        marked = [node for node in _all(root) if node.inline]
        if marked:
            template = "markup inside texts ({count} of them) was taken for its words alone"
            self.remarks.append(Remark(template, {"count": len(marked)}, marked[0].line))
        entries = [self.concept(entry) for entry in body.all("conceptEntry")]
        known = {concept.id: concept for concept in entries}
        concepts = tuple(self._with_related(concept, known) for concept in entries)
        properties, languages = self.header(root, text)
        return Loaded(Termbase(languages or tuple(self.languages), concepts, properties), tuple(self.remarks))

    def header(self, root: Node, text: Node) -> tuple[tuple[Property, ...], tuple[str, ...]]:
        """Give what the file says of itself, and the languages where it names them in our way."""
        found: list[Property] = []
        languages: tuple[str, ...] = ()
        if root.attributes.get("xml:lang", "en") != "en":
            found.append(Property("tbx", attributes={"xml:lang": root.attributes["xml:lang"]}))
        header = root.child("tbxHeader")
        for part in header.children if header else ():
            ours = [p for p in part.children if p.type == OURS]
            for p in ours:
                languages = tuple(map(str, said_in(f"{OURS}: {p.text}").get("languages", ())))
            part.children = [p for p in part.children if p.type != OURS]
            kept = _property(part)
            if (part.children or part.text or not ours) and not is_default_header(kept):
                found.append(kept)
        back = text.child("back")
        if back is not None and back.children:
            found.append(_property(back))
        return tuple(found), languages

    def concept(self, entry: Node) -> Concept:
        ours, properties = self.divided(part for part in entry.children if part.element != "langSec")
        id = str(ours.get("id", "")) or entry.attributes.get("id", "")
        if not id:
            # version 2 lets an entry go without
            id = next(name for number in range(len(self.ids) + 1, 10**9) if (name := f"c{number}") not in self.ids)
        if id in self.ids:
            reason = "concept {id} stands already in line {first}"
            raise FormatError(self.path, reason, line=entry.line, id=repr(id)[:80], first=self.ids[id])
        self.ids[id] = entry.line
        self.renamed[entry.attributes.get("id", id)] = id
        others = {name: value for name, value in entry.attributes.items() if name != "id"}
        if others:
            properties.insert(0, Property("conceptEntry", attributes=others))
        values: dict[str, Any] = {"definition": {}, "source": {}, "properties": {}, "terms": []}
        values["properties"][""] = self._said_of_all(properties, values)
        for section in entry.all("langSec"):
            self.section(section, values, id)
        self._said_without_terms(ours, values)
        if not values["terms"]:
            raise FormatError(self.path, "the concept has no term in any language", line=entry.line, element=id)
        kept = {lang: canonical(some) for lang, some in values["properties"].items() if some}
        return Concept(id, **cast(Any, values | {"properties": kept, "terms": by_language(values["terms"])}))

    def _said_of_all(self, properties: list[Property], values: dict[str, Any]) -> list[Property]:
        """Take the fields of a concept as a whole out of its properties; give the others."""
        left: list[Property] = []
        for one in properties:
            if one == Property("descrip", "subjectField", one.text) and "subject" not in values:
                values["subject"] = one.text
            elif one == Property("note", text=one.text) and "note" not in values:
                values["note"] = one.text
            else:
                left += _defined(one, "", values["definition"])
        return left

    def _said_without_terms(self, ours: dict[str, Any], values: dict[str, Any]) -> None:
        """Add what a note of ours says in languages that have no terms here."""
        for name in ("definition", "source"):
            if isinstance(ours.get(name), dict):
                values[name] |= {str(lang): str(text) for lang, text in ours[name].items()}
        if isinstance(ours.get("properties"), dict):
            for lang, some in ours["properties"].items():
                with contextlib.suppress(ValueError):
                    values["properties"][str(lang)] = [from_json(one) for one in some]

    def section(self, section: Node, values: dict[str, Any], id: str) -> None:
        """Read what a language says of the concept, and its terms."""
        lang = self.language(section)
        _, properties = self.divided(part for part in section.children if part.element != "termSec")
        kept = values["properties"].setdefault(lang, [])
        for one in properties:
            kept += _defined(one, lang, values["definition"])
        for part in section.all("termSec"):
            first = not any(term.lang == lang for term in values["terms"])
            values["terms"].append(self.term(part, lang, values["source"] if first else None, id))

    def language(self, section: Node) -> str:
        """Give the language of a section; a code that is written with an underscore is mended, and remarked on."""
        code = section.attributes.get("xml:lang") or section.attributes.get("lang", "")
        if not code:
            raise FormatError(self.path, "<langSec> says no language (xml:lang)", line=section.line)
        if not all(part.isalnum() and part.isascii() for part in code.replace("_", "-").split("-")):
            reason = "{code} is no language code: write en, es, es-PE ..."
            raise FormatError(self.path, reason, line=section.line, code=repr(code)[:60])
        if "_" in code:
            right = code.replace("_", "-")
            template = "the language code {code} is written with an underscore; taken as {right}"
            self.remarks.append(Remark(template, {"code": code, "right": right}, section.line))
            code = right
        self.languages.setdefault(code)
        return code

    def term(self, section: Node, lang: str, source: dict[str, str] | None, id: str) -> Term:
        node = section.child("term")
        text = " ".join(node.text.split()) if node else ""
        check_term(text, self.path, (node or section).line, f"{id}: {lang}")
        ours, properties = self.divided(part for part in section.children if part is not node)
        if node is not None and node.attributes:
            properties.insert(0, Property("term", attributes=node.attributes))
        if section.attributes:
            properties.insert(0, Property("termSec", attributes=section.attributes))
        values: dict[str, Any] = {}
        left: list[Property] = []
        for one in properties:
            if one.element == "termNote" and not one.attributes and self._term_field(one, values, left):
                continue
            if one == Property("note", text=one.text) and "note" not in values:
                values["note"] = one.text
            elif source is not None and lang not in source and (group := _field_of(one, "context")):
                source[lang], rest = group
                left += rest
            else:
                left.append(one)
        values |= {name: str(value) for name, value in ours.items() if name in _TERM_FIELDS}
        values["forms"] = tuple(map(str, ours.get("forms", ())))
        case = ours.get("case")
        if case not in CASE_POLICIES:
            case = likely_case(text, values.get("kind", ""), values.get("part_of_speech", ""))
        if values.get("inflects", "") not in INFLECTIONS:
            del values["inflects"]
        return Term(text, lang, case_policy=case, properties=canonical(left), **values)

    def _term_field(self, one: Property, values: dict[str, Any], left: list[Property]) -> bool:
        """Take a note of a term as one of its fields; give whether it is one."""
        match one.type:
            case "partOfSpeech" if "part_of_speech" not in values:
                values["part_of_speech"] = part_of_speech_of(one.text)
            case "grammaticalGender" if "gender" not in values:
                values["gender"] = one.text
            case "termType" if "kind" not in values:
                values["kind"], whole = kind_of(one.text)
                left += [] if whole else [one]
            case "administrativeStatus" | "usageStatus" if "status" not in values:
                values["status"], whole = status_of(one.text)
                left += [] if whole else [one]
            case _:
                return False
        return True

    def divided(self, parts: Iterable[Node]) -> tuple[dict[str, Any], list[Property]]:
        """Give what notes of ours say, and the other parts as properties."""
        ours: dict[str, Any] = {}
        found: list[Property] = []
        for part in parts:
            said = said_in(part.text) if part.element == "note" else {}
            try:
                if "property" in said:
                    found.append(from_json(said["property"]))
                elif said and not set(said) - _OUR_FIELDS:
                    ours |= said
                else:
                    found.append(_property(part))
            except ValueError:
                found.append(_property(part))
        return ours, found

    def _with_related(self, concept: Concept, known: dict[str, Concept]) -> Concept:
        """Take references to concepts of this file as relations; their own text is kept as a property."""
        related: list[str] = []
        left: list[Property] = []
        for one in concept.properties.get("", ()):
            goal = self.renamed.get(one.attributes.get("target", "").removeprefix("#"), "")
            if one.element == "ref" and one.type in {"relatedConcept", "crossReference"} and goal:
                related += [goal] if goal not in related else []
                if (
                    one.text in {"", goal, label(known[goal])}
                    and one.type == "relatedConcept"
                    and set(one.attributes) == {"target"}
                ):
                    continue
            left.append(one)
        properties = {lang: some for lang, some in concept.properties.items() if lang}
        if left:
            properties = {"": tuple(left), **properties}
        return replace(concept, related=tuple(related), properties=properties)


def by_language(terms: Iterable[Term]) -> tuple[Term, ...]:
    """Put a concept's terms together by language, as every format has them."""
    sides: dict[str, list[Term]] = {}
    for term in terms:
        sides.setdefault(term.lang, []).append(term)
    return tuple(term for side in sides.values() for term in side)


def _field_of(one: Property, type: str) -> tuple[str, list[Property]] | None:
    """Give the text of a description of a type, and what its group says besides; None where it is another."""
    if one == Property("descrip", type, one.text) and one.text:
        return one.text, []
    first = one.parts[0] if one.parts else one
    if one.element == "descripGrp" and first == Property("descrip", type, first.text) and first.text:
        rest = Property("descripGrp", type, attributes=one.attributes, parts=one.parts[1:])
        return first.text, [rest] if rest.parts or rest.attributes else []
    return None


def _defined(one: Property, lang: str, definitions: dict[str, str]) -> Iterator[Property]:
    """Take a definition out of a property; give what is left of it, or the property where it is none."""
    group = _field_of(one, "definition") if lang not in definitions else None
    if group is None:
        yield one
        return
    definitions[lang] = group[0]
    yield from group[1]


def _all(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _all(child)


def _property(node: Node) -> Property:
    return Property(node.element, node.type, node.text, dict(node.attributes), tuple(map(_property, node.children)))
