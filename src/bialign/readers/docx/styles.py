"""What the styles of a Word document say of a paragraph: heading, list item, hidden."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bialign.bitext import ParagraphKind
from bialign.readers.docx.parts import attribute, child, is_on, name
from bialign.readers.story import kind_by_name

if TYPE_CHECKING:
    from lxml import etree

_BODY_LEVEL = 9


class Styles:
    """Look up styles by id, with those they are based on; `lang` is the language of the default style."""

    def __init__(self, root: etree._Element | None, numbering: etree._Element | None) -> None:
        self._styles: dict[str, etree._Element] = {}
        self._default = ""
        self._kinds: dict[str, tuple[ParagraphKind, bool]] = {}
        self._unnumbered = _unnumbered(numbering)
        for style in root if root is not None else ():
            if name(style.tag) == "w:style":
                key = attribute(style, "styleId")
                self._styles.setdefault(key, style)
                if attribute(style, "type") == "paragraph" and attribute(style, "default") in {"1", "true", "on"}:
                    self._default = key
        defaults = child(root, "w:docDefaults", "w:rPrDefault", "w:rPr", "w:lang")
        own = child(self._styles.get(self._default), "w:rPr", "w:lang")
        said = [attribute(element, "val") for element in (own, defaults) if element is not None]
        self.lang = next((lang for lang in said if lang), "")

    def kind(self, properties: etree._Element | None) -> ParagraphKind:
        """Tell what kind of paragraph one with these properties is."""
        style = child(properties, "w:pStyle")
        kind, numbered = self._style_kind(attribute(style, "val") if style is not None else "")
        level = _level(properties)
        if level is not None:
            kind = "heading" if level < _BODY_LEVEL else "text" if kind == "heading" else kind
        own = _numbered(properties)
        if kind == "text" and (numbered if own is None else own not in self._unnumbered):
            return "list-item"
        return kind

    def is_hidden(self, style: str) -> bool | None:
        """Tell whether a style hides text; None where neither it nor those it is based on say."""
        for element in self._chain(style):
            vanish = child(element, "w:rPr", "w:vanish")
            if vanish is not None:
                return is_on(vanish)
        return None

    def breaks_page(self, properties: etree._Element | None) -> bool:
        """Tell whether a paragraph with these properties begins a page."""
        style = child(properties, "w:pStyle")
        chain = self._chain(attribute(style, "val") if style is not None else "")
        places = [properties, *(child(element, "w:pPr") for element in chain)]
        found = (child(place, "w:pageBreakBefore") for place in places)
        return is_on(next((element for element in found if element is not None), None))

    def _style_kind(self, style: str) -> tuple[ParagraphKind, bool]:
        if style not in self._kinds:
            chain = [*self._chain(style)]
            levels = (_level(child(element, "w:pPr")) for element in chain)
            level = next((level for level in levels if level is not None), None)
            named = [kind_by_name(title) for element in chain for title in _titles(element)]
            kind: ParagraphKind = next((kind for kind in named if kind != "text"), "text")
            lists = (_numbered(child(element, "w:pPr")) for element in chain)
            number = next((number for number in lists if number is not None), "0")
            if kind in {"text", "heading"} and level is not None:
                kind = "heading" if level < _BODY_LEVEL else "text"
            self._kinds[style] = kind, number not in self._unnumbered
        return self._kinds[style]

    def _chain(self, style: str) -> Iterator[etree._Element]:
        seen = set()
        style = style if style in self._styles else self._default
        while style in self._styles and style not in seen:
            seen.add(style)
            yield self._styles[style]
            based = child(self._styles[style], "w:basedOn")
            style = attribute(based, "val") if based is not None else ""


def _titles(style: etree._Element) -> Iterator[str]:
    title = child(style, "w:name")
    if title is not None:
        yield attribute(title, "val")
    yield attribute(style, "styleId")


def _level(properties: etree._Element | None) -> int | None:
    element = child(properties, "w:outlineLvl")
    value = attribute(element, "val") if element is not None else ""
    return int(value) if value.isdecimal() and len(value) < 3 else None


def _numbered(properties: etree._Element | None) -> str | None:
    """Give the list that properties put a paragraph into, "0" for none; None where they do not say."""
    element = child(properties, "w:numPr")
    number = child(element, "w:numId")
    return attribute(number, "val") if number is not None else None


def _unnumbered(numbering: etree._Element | None) -> set[str]:
    """Collect the lists whose items have neither numbers nor bullets at any level; "0" is none at all."""
    blank = {"0", ""}
    if numbering is None:
        return blank
    plain = set()
    for element in numbering:
        if name(element.tag) == "w:abstractNum":
            formats = [child(level, "w:numFmt") for level in element if name(level.tag) == "w:lvl"]
            if formats and all(found is not None and attribute(found, "val") == "none" for found in formats):
                plain.add(attribute(element, "abstractNumId"))
    for element in numbering:
        origin = child(element, "w:abstractNumId")
        if name(element.tag) == "w:num" and origin is not None and attribute(origin, "val") in plain:
            blank.add(attribute(element, "numId"))
    return blank
