"""What the styles of an OpenDocument text say of a paragraph, and short names of its elements and attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from bialign.bitext import ParagraphKind
from bialign.readers.names import Names
from bialign.readers.story import kind_by_name

if TYPE_CHECKING:
    from lxml import etree

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_NAMESPACES = {
    "office": _OASIS + "office:1.0", "text": _OASIS + "text:1.0", "table": _OASIS + "table:1.0",
    "draw": _OASIS + "drawing:1.0", "style": _OASIS + "style:1.0", "meta": _OASIS + "meta:1.0",
    "fo": _OASIS + "xsl-fo-compatible:1.0", "dc": "http://purl.org/dc/elements/1.1/",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
}  # fmt: skip
_CODED = re.compile(r"_([0-9a-f]{2,4})_")

name = Names({namespace: prefix for prefix, namespace in _NAMESPACES.items()})


def get(element: etree._Element | None, attribute: str) -> str:
    """Give an attribute by its short name ("text:style-name"), "" where there is none."""
    prefix, _, local = attribute.partition(":")
    return element.get(f"{{{_NAMESPACES[prefix]}}}{local}", "") if element is not None else ""


class Styles:
    """Look up styles by family and name, with their parents; `lang` is the language of the default style."""

    def __init__(self, *roots: etree._Element | None) -> None:
        self._styles: dict[tuple[str, str], etree._Element] = {}
        self._kinds: dict[str, ParagraphKind] = {}
        self._breaks: dict[tuple[str, str], str] = {}
        self._hidden: dict[tuple[str, str], bool] = {}
        self.lang = ""
        for element in (element for root in roots if root is not None for element in _style_elements(root)):
            family = get(element, "style:family")
            if name(element.tag) == "style:style":
                # what the content itself defines comes last, and counts
                self._styles[family, get(element, "style:name")] = element
            elif family == "paragraph":
                self.lang = _language(_properties(element, "style:text-properties")) or self.lang

    def kind(self, style: str) -> ParagraphKind:
        """Tell what kind of paragraph a style makes."""
        if style not in self._kinds:
            names = [title for element in self._chain("paragraph", style) for title in _titles(element)]
            found = (kind_by_name(title) for title in names or [_decoded(style)])
            self._kinds[style] = next((kind for kind in found if kind != "text"), "text")
        return self._kinds[style]

    def breaks_page(self, element: etree._Element) -> Literal["", "before", "after"]:
        """Tell whether a page begins before a paragraph or table, or after it."""
        family = "table" if name(element.tag) == "table:table" else "paragraph"
        style = get(element, f"{'table' if family == 'table' else 'text'}:style-name")
        for found in self._chain(family, style):
            properties = _properties(found, f"style:{family}-properties")
            before, after = get(properties, "fo:break-before"), get(properties, "fo:break-after")
            if get(found, "style:master-page-name") or before == "page":
                return "before"
            if after == "page":
                return "after"
            if before or after:
                return ""
        return ""

    def is_hidden(self, family: str, style: str) -> bool:
        """Tell whether a style hides text."""
        key = family, style
        if key not in self._hidden:
            shown = (get(_properties(found, "style:text-properties"), "text:display") for found in self._chain(*key))
            self._hidden[key] = next((value for value in shown if value), "") == "none"
        return self._hidden[key]

    def _chain(self, family: str, style: str) -> Iterator[etree._Element]:
        seen = set()
        while (family, style) in self._styles and style not in seen:
            seen.add(style)
            yield self._styles[family, style]
            style = get(self._styles[family, style], "style:parent-style-name")


def _style_elements(root: etree._Element) -> Iterator[etree._Element]:
    for group in root:
        if name(group.tag) in {"office:styles", "office:automatic-styles"}:
            yield from (element for element in group if name(element.tag) in {"style:style", "style:default-style"})


def _properties(style: etree._Element, kind: str) -> etree._Element | None:
    return next((element for element in style if name(element.tag) == kind), None)


def _titles(style: etree._Element) -> Iterator[str]:
    yield get(style, "style:display-name") or _decoded(get(style, "style:name"))


def _decoded(style: str) -> str:
    return _CODED.sub(lambda found: chr(int(found[1], 16)), style)


def _language(properties: etree._Element | None) -> str:
    language, country = get(properties, "fo:language"), get(properties, "fo:country")
    if language in {"", "none", "zxx"}:
        return ""
    return f"{language}-{country}" if country not in {"", "none"} else language
