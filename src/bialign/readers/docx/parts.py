"""The parts of a Word package, found by their relationships (ISO/IEC 29500-2), and short names of their elements."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

from bialign.errors import ReadError
from bialign.readers.names import Names
from bialign.readers.package import Package
from bialign.readers.source import Source
from bialign.readers.xml import parse_xml

if TYPE_CHECKING:
    from lxml import etree

_TRANSITIONAL = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"
_PREFIXES = {
    _TRANSITIONAL + "wordprocessingml/2006/main": "w",
    _STRICT + "wordprocessingml/main": "w",
    _TRANSITIONAL + "officeDocument/2006/math": "m",
    _STRICT + "officeDocument/math": "m",
    _TRANSITIONAL + "markup-compatibility/2006": "mc",
}
_SPACES = tuple("{" + namespace + "}" for namespace, prefix in _PREFIXES.items() if prefix in {"w", "m"})

name = Names(_PREFIXES)


def attribute(element: etree._Element, local: str) -> str:
    """Give an attribute of an element of text or formulas, "" where it has none."""
    for namespace in _SPACES:
        value = element.get(namespace + local)
        if value is not None:
            return value
    return ""


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """Follow a path of short names down from an element."""
    for step in path:
        element = next((inner for inner in element if name(inner.tag) == step), None) if element is not None else None
    return element


def is_on(element: etree._Element | None) -> bool:
    """Tell whether a switch such as w:vanish is there and not turned off."""
    return element is not None and attribute(element, "val").lower() not in {"0", "false", "off"}


class Parts:
    """Find parts of a Word package by what they are related as."""

    def __init__(self, package: Package, source: Source) -> None:
        self._package, self._source = package, source
        # part names do not tell small letters from capitals
        self._names = {"/" + part.replace("\\", "/").lstrip("/").lower(): part for part in package.names}
        self._main = next(self._targets("/", "officeDocument"), "") or "/word/document.xml"

    def main(self) -> etree._Element:
        """Parse the main part; raises ReadError where there is none, or it is no Word text."""
        root = parse_xml(self._package.read(self._names.get(self._main, self._main[1:])), self._source, self._main[1:])
        if name(root.tag) != "w:document":
            raise ReadError(
                self._source.file, "{part} holds no Word text: save the file anew as .docx", part=self._main[1:]
            )
        return root

    def related(self, kind: str) -> etree._Element | None:
        """Parse the part of a kind ("styles", "footnotes") that belongs to the main part; None where there is none."""
        return self._parse(next(self._targets(self._main, kind), ""))

    def properties(self, kind: str) -> etree._Element | None:
        """Parse a part of properties ("core-properties"); None where there is none, or it is damaged."""
        try:
            return self._parse(next(self._targets("/", kind), ""))
        except ReadError:
            return None

    def _parse(self, part: str) -> etree._Element | None:
        if part not in self._names:
            return None
        return parse_xml(self._package.read(self._names[part]), self._source, part[1:])

    def _targets(self, part: str, kind: str) -> Iterator[str]:
        folder, _, file = part.rpartition("/")
        relations = self._parse(f"{folder}/_rels/{file}.rels".lower())
        for relation in relations if relations is not None else ():
            if relation.get("Type", "").rpartition("/")[2] == kind and relation.get("TargetMode") != "External":
                target = unquote(relation.get("Target", "")).replace("\\", "/")
                yield posixpath.normpath(posixpath.join(folder or "/", target)).lower()
