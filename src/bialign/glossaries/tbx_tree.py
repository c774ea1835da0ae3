"""TBX files as one kind of tree: version 2 and 3, data categories as attributes (DCA) and as elements (DCT)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from bialign.errors import FormatError, ReadError
from bialign.safe_xml import XmlFault, parse
from bialign.termbase import tidy

if TYPE_CHECKING:
    from lxml import etree

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NAMES_OF_2 = {
    "martif": "tbx",
    "martifHeader": "tbxHeader",
    "termEntry": "conceptEntry",
    "langSet": "langSec",
    "tig": "termSec",
    "ntig": "termSec",
}
_CATEGORIES = {
    "termNote": "partOfSpeech administrativeStatus usageStatus grammaticalGender grammaticalNumber termType "
    "geographicalUsage termLocation register transferComment normativeAuthorization",
    "admin": "source customerSubset projectSubset productSubset businessUnitSubset originatingDatabase entrySource",
    "ref": "crossReference relatedConcept relatedTerm",
    "xref": "xGraphic externalCrossReference",
    "transac": "transactionType",
    "transacNote": "responsibility usageCount",
    "descrip": "subjectField definition context example explanation",
}
_ELEMENT_OF = {name: element for element, names in _CATEGORIES.items() for name in names.split()}


@dataclass(slots=True)
class Node:
    """Hold one element: its name as TBX 3 (DCA) has it, its data category, its text on one line or more."""

    element: str
    line: int
    type: str = ""
    text: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)
    inline: bool = False
    """Whether the text held markup, which is gone."""

    def child(self, element: str) -> Node | None:
        """Give the first child of a name."""
        return next((child for child in self.children if child.element == element), None)

    def all(self, element: str) -> Iterator[Node]:
        """Give the children of a name."""
        return (child for child in self.children if child.element == element)


@dataclass(slots=True)
class Tree:
    """Hold a TBX file: its root, version (2 or 3) and dialect ("TBX-Basic")."""

    root: Node
    version: int
    dialect: str


_INLINE = frozenset(["hi", "foreign", "sc", "ec", "ph", "bpt", "ept", "it", "ut"])


def load(path: Path) -> Tree:
    """Parse a TBX file; raise FormatError, with the line, where it is no XML or no TBX."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(path, "cannot be read: {why}", why=error.strerror or error) from None
    if not data.strip():
        raise FormatError(path, "the glossary is empty")
    try:
        root = parse(data.lstrip(b" \t\r\n"))
    except XmlFault as fault:
        if not fault.problem:
            raise FormatError(path, "the file declares XML entities, which is not allowed here", line=1) from None
        if re.search("encoding|not proper UTF-8", fault.problem, re.IGNORECASE):
            reason = "not in the encoding it declares: save it as UTF-8, or correct its first line"
            raise FormatError(path, reason, line=fault.line) from None
        problem = re.sub(r",? line \d+, column \d+.*$|\(<string>.*$", "", fault.problem).strip()
        reason = "not well-formed XML: {problem}"
        raise FormatError(path, reason, line=fault.line, problem=problem) from None
    name = _local(root)
    if name not in {"tbx", "martif"}:
        reason = "no TBX file: it begins with <{name}>, not with <tbx> or <martif>"
        raise FormatError(path, reason, line=root.sourceline or 1, name=name)
    dialect = root.get("type") or "TBX"
    return Tree(_node(root, ""), 3 if name == "tbx" else 2, dialect)


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _node(element: etree._Element, parent: str) -> Node:
    name = _NAMES_OF_2.get(_local(element), _local(element))
    node = Node(name, element.sourceline or 1)
    for key, value in element.attrib.items():
        plain = "xml:lang" if key == LANG else str(key).rpartition("}")[2]
        if plain == "type":
            node.type = tidy(str(value))
        else:
            node.attributes[plain] = tidy(str(value))
    space = str(element.tag).rpartition("}")[0].removeprefix("{")
    if space not in {"", NAMESPACE}:
        # a data category as an element: what it would be as an attribute follows from its name, else from its place
        node.element, node.type = _ELEMENT_OF.get(name) or _element_in(parent, element), name
    children = [child for child in element if isinstance(child.tag, str)]
    if children and all(_local(child) in _INLINE for child in children):
        node.text, node.inline = _flat("".join(element.itertext())), True
        return node
    node.text = _flat("".join([element.text or "", *(child.tail or "" for child in children)]))
    for child in children:
        inner = _node(child, node.element)
        # version 2 puts a term and its notes into a group of their own
        if inner.element == "termGrp":
            node.children += inner.children
        else:
            node.children.append(inner)
    return node


def _element_in(parent: str, element: etree._Element) -> str:
    first = element.getprevious() is None
    if parent == "transacGrp":
        return "transac" if first else "transacNote"
    if parent == "descripGrp":
        return "descrip" if first else "admin"
    if parent == "adminGrp":
        return "admin" if first else "adminNote"
    if parent == "termSec":
        return "termNote"
    return "descrip"


_WRAPPED = re.compile(r"[ \t]*\r?\n[ \t]+(?=\S)")


def _flat(text: str) -> str:
    """Undo the line breaks of pretty-printed XML, which indents what follows; keep those that are the text's own."""
    return tidy(_WRAPPED.sub(" ", text))
