"""Glossaries in YAML, read node by node so that each error names its line and field."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from bialign.errors import FormatError, ReadError
from bialign.glossaries.checks import check_term
from bialign.termbase import (
    CASE_POLICIES,
    INFLECTIONS,
    KINDS,
    TERM_STATUSES,
    Concept,
    Property,
    Term,
    Termbase,
    tidy,
)

if TYPE_CHECKING:
    from yaml import Node

_CONCEPT_FIELDS = ("id", "subject", "definition", "terms", "note", "source", "related", "extra")
_TERM_FIELDS = (
    *("text", "kind", "status", "case", "part_of_speech", "gender", "note"),
    *("inflects", "forms", "since", "until", "extra"),
)
_EXTRA_FIELDS = ("element", "type", "text", "attributes", "parts")
# a glossary has far fewer collections inside one another
_DEEPEST = 40
_MOST_PROPERTIES = 5_000_000
_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?", re.ASCII)


def read(path: Path) -> Termbase:
    """Read a glossary in YAML; raise FormatError with line and field for whatever breaks its rules."""
    return _Reader(path).termbase()


class _Reader:
    """Turn the nodes of a YAML file into a termbase; nodes, not values, since they know their line.

    Scalars are taken as they are written, so that the term NO stays a word and does not become false.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.properties_read = 0

    def termbase(self) -> Termbase:
        root = self.mapping(self.root(), "", ("version", "languages", "concepts", "extra"))
        if "version" in root and self.text(root["version"], "version") != "1":
            found = root["version"]
            value = str(getattr(found, "value", ""))
            raise self.error(found, "version", "glossary version {value}; this bialign reads 1", value=value[:60])
        for name in ("languages", "concepts"):
            if name not in root:
                raise FormatError(self.path, "the glossary has no {field}", line=1, element=name, field=name)
        languages = tuple(self.text(node, "languages") for node in self.sequence(root["languages"], "languages"))
        nodes = self.sequence(root["concepts"], "concepts")
        lines: dict[str, int] = {}
        concepts = tuple(self.concept(node, languages, lines) for node in nodes)
        for node, concept in zip(nodes, concepts, strict=True):
            for id in concept.related:
                if id not in lines:
                    reason = "there is no concept {id} to be related to"
                    raise self.error(node, f"{concept.id}: related", reason, id=repr(id))
        return Termbase(languages, concepts, self.extra(root["extra"], "extra") if "extra" in root else ())

    def root(self) -> Node:
        """Parse the file; libyaml's composer would overflow the stack on deep nesting, so depth is measured first."""
        import yaml

        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        depth = 0
        try:
            text = self.path.read_bytes().decode("utf-8-sig")
            for event in yaml.parse(text, Loader=loader):
                depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
                if depth > _DEEPEST:
                    raise FormatError(self.path, "nested far too deeply for a glossary")
            root = yaml.compose(text, Loader=loader)
        except OSError as error:
            raise ReadError(self.path, "cannot be read: {why}", why=error.strerror or error) from None
        except UnicodeDecodeError as error:
            reason = "not UTF-8 at byte {offset}; save the glossary as UTF-8"
            raise FormatError(self.path, reason, offset=error.start) from None
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            why = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be parsed"
            if "nesting" in why:  # newer parsers have a limit of their own
                raise FormatError(self.path, "nested far too deeply for a glossary") from None
            reason = "not well-formed YAML: {why}"
            raise FormatError(self.path, reason, line=mark.line + 1 if mark else None, why=why) from None
        if root is None:
            raise FormatError(self.path, "the glossary is empty")
        return root

    def concept(self, node: Node, languages: tuple[str, ...], lines: dict[str, int]) -> Concept:
        fields = self.mapping(node, "concepts", _CONCEPT_FIELDS)
        id = self.text(fields["id"], "id") if "id" in fields else ""
        if not id:
            raise self.error(node, "id", "a concept without an id")
        if id in lines:
            reason = "concept {id} stands already in line {first}"
            raise self.error(fields["id"], "id", reason, id=repr(id), first=lines[id])
        lines[id] = fields["id"].start_mark.line + 1
        sides = self.mapping(fields["terms"], f"{id}: terms", languages) if "terms" in fields else {}
        terms = tuple(
            self.term(entry, f"{id}: terms.{lang}", lang)
            for lang, side in sides.items()
            for entry in self.sequence(side, f"{id}: terms.{lang}")
        )
        if not terms:
            raise self.error(node, f"{id}: terms", "the concept has no term in any language")
        by_lang = {
            name: self.by_language(fields[name], f"{id}: {name}", languages)
            for name in ("definition", "source")
            if name in fields
        }
        plain = {name: self.text(fields[name], f"{id}: {name}") for name in ("subject", "note") if name in fields}
        related = self.texts(fields["related"], f"{id}: related") if "related" in fields else ()
        return Concept(
            id,
            terms=terms,
            related=related,
            properties=self.properties(fields.get("extra"), f"{id}: extra", languages),
            **cast(Any, plain | by_lang),
        )

    def by_language(self, node: Node, place: str, languages: tuple[str, ...]) -> dict[str, str]:
        """Give texts by language; a text alone is one in the language ""."""
        from yaml import ScalarNode

        if isinstance(node, ScalarNode):
            text = self.text(node, place)
            return {"": text} if text else {}
        pairs = self.mapping(node, place, ("", *languages)).items()
        said = {lang: self.text(value, f"{place}.{lang}") for lang, value in pairs}
        return {lang: text for lang, text in said.items() if text}

    def term(self, node: Node, place: str, lang: str) -> Term:
        fields = self.mapping(node, place, _TERM_FIELDS)
        forms = self.texts(fields.pop("forms"), f"{place}.forms") if "forms" in fields else ()
        extra = self.extra(fields.pop("extra"), f"{place}.extra") if "extra" in fields else ()
        values = {name: self.text(value, f"{place}.{name}") for name, value in fields.items()}
        text = " ".join(values.pop("text", "").split())
        line = fields.get("text", node).start_mark.line + 1
        check_term(text, self.path, line, f"{place}.text")
        choices = {"kind": KINDS, "status": TERM_STATUSES, "case": CASE_POLICIES, "inflects": INFLECTIONS}
        for name, known in choices.items():
            if name in values and values[name] not in known:
                value, listed = repr(values[name])[:60], ", ".join(filter(None, known))
                reason = "{value} is none of {known}"
                raise self.error(fields[name], f"{place}.{name}", reason, value=value, known=listed)
        for name in ("since", "until"):
            if values.get(name) and not _DATE.fullmatch(values[name]):
                reason = "{value} is no date as 2001, 2001-07 or 2001-07-15"
                raise self.error(fields[name], f"{place}.{name}", reason, value=repr(values[name])[:60])
        if "case" in values:
            values["case_policy"] = values.pop("case")
        elif values.get("kind") == "acronym":
            values["case_policy"] = "exact"
        return Term(text, lang, forms=forms, properties=extra, **cast(Any, values))

    def properties(self, node: Node | None, place: str, languages: tuple[str, ...]) -> dict[str, tuple[Property, ...]]:
        if node is None:
            return {}
        pairs = self.mapping(node, place, ("", *languages)).items()
        return {lang: self.extra(value, f"{place}.{lang}") for lang, value in pairs}

    def extra(self, node: Node, place: str) -> tuple[Property, ...]:
        return tuple(self.property(entry, place) for entry in self.sequence(node, place))

    def property(self, node: Node, place: str) -> Property:
        self.properties_read += 1
        if self.properties_read > _MOST_PROPERTIES:
            # aliases of aliases, which grow without end
            raise self.error(node, place, "far too many properties for a glossary")
        fields = self.mapping(node, place, _EXTRA_FIELDS)
        if "element" not in fields:
            raise self.error(node, place, "the field {name} is missing", name="element")
        texts = {name: self.text(fields[name], place) for name in ("element", "type", "text") if name in fields}
        attributes = self.mapping(fields["attributes"], place, None) if "attributes" in fields else {}
        return Property(
            **texts,
            attributes={name: self.text(value, place) for name, value in attributes.items()},
            parts=self.extra(fields["parts"], place) if "parts" in fields else (),
        )

    def mapping(self, node: Node, place: str, known: tuple[str, ...] | None) -> dict[str, Node]:
        """Give a mapping's nodes by key; refuse other nodes, unknown keys and keys written twice."""
        from yaml import MappingNode, ScalarNode

        if not isinstance(node, MappingNode):
            raise self.error(node, place, "a mapping (name: value) is expected here")
        result: dict[str, Node] = {}
        for key, value in node.value:
            if not isinstance(key, ScalarNode) or (known is not None and key.value not in known):
                name = repr(key.value)[:60] if isinstance(key, ScalarNode) else "[...]"
                listed = ", ".join(filter(None, known or ()))
                raise self.error(key, place, "the field {name} is none of {known}", name=name, known=listed)
            if key.value in result:
                raise self.error(key, place, "the field {name} is written twice", name=key.value)
            result[key.value] = value
        return result

    def sequence(self, node: Node, place: str) -> list[Node]:
        from yaml import SequenceNode

        if not isinstance(node, SequenceNode):
            raise self.error(node, place, "a list (- ...) is expected here")
        return list(node.value)

    def texts(self, node: Node, place: str) -> tuple[str, ...]:
        return tuple(self.text(entry, place) for entry in self.sequence(node, place))

    def text(self, node: Node, place: str) -> str:
        from yaml import ScalarNode

        if not isinstance(node, ScalarNode):
            raise self.error(node, place, "a text is expected here")
        null = node.tag == "tag:yaml.org,2002:null"
        return "" if null else tidy(str(node.value))

    def error(self, node: Node, place: str, reason: str, **fields: object) -> FormatError:
        return FormatError(self.path, reason, line=node.start_mark.line + 1, element=place, **fields)
