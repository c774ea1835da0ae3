"""The text of an OpenDocument text in the order in which it is read (OpenDocument 1.3, part 3, 4 to 10)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bialign.bitext import ParagraphKind
from bialign.readers.draft import Mark
from bialign.readers.odt.styles import Styles, get, name
from bialign.readers.story import Note, Story

if TYPE_CHECKING:
    from lxml import etree

_SPACE = re.compile(r"[ \t\r\n]+")
_EMPTY = {"text:s": " ", "text:tab": "\t", "text:line-break": "\n"}
_DROPPED = frozenset({"text:tracked-changes", "text:note", "text:number", "text:script", "text:note-citation"})
_ROW_GROUPS = frozenset({"table:table-rows", "table:table-header-rows", "table:table-row-group"})
_MOST_COPIES = 100
"""How often a repeated cell or row is read at most: more of them are empty, or there to fill the memory."""


@dataclass(slots=True)
class _Line:
    parts: list[str | Mark] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    hidden: bool = False


class Body:
    """Write a document's paragraphs into a story."""

    def __init__(self, story: Story, styles: Styles) -> None:
        self._story, self._styles = story, styles
        self._lists = self._depth = 0
        self._numbers: dict[ParagraphKind, int] = {"footnote": 0, "endnote": 0}

    def write(self, text: etree._Element) -> None:
        """Write the body, then the notes it refers to."""
        self._blocks(text)
        self._story.finish(self._note)

    def _note(self, note: Note) -> None:
        self._flow(note.body)

    def _flow(self, container: etree._Element) -> None:
        """Write what stands in a cell, a box or a note: lists do not reach into it, and it begins no page."""
        lists, self._lists = self._lists, 0
        self._depth += 1
        self._blocks(container)
        self._depth -= 1
        self._lists = lists

    def _blocks(self, parent: etree._Element) -> None:
        for element in parent:
            kind = name(element.tag)
            if kind in {"text:p", "text:h"}:
                self._paragraph(element, kind)
            elif kind == "table:table":
                self._table(element)
            elif kind == "text:soft-page-break":
                self._story.break_page()
            elif kind in {"text:list", "text:numbered-paragraph"}:
                self._lists += 1
                self._blocks(element)
                self._lists -= 1
            elif kind.startswith("draw:"):
                self._boxes(_text_boxes(element))
            elif _has_blocks(element, kind):
                # sections, indexes, items of lists
                self._blocks(element)

    def _paragraph(self, element: etree._Element, tag: str) -> None:
        style = get(element, "text:style-name")
        breaks = self._styles.breaks_page(element) if self._story.paged and not self._depth else ""
        if breaks == "before":
            self._story.break_page()
        line = _Line(hidden=self._styles.is_hidden("paragraph", style))
        self._inline(element, line)
        if not line.hidden:
            self._story.add(line.parts, self._kind(style, tag))
        self._boxes(line.boxes)
        if breaks == "after":
            self._story.break_page()

    def _kind(self, style: str, tag: str) -> ParagraphKind:
        kind = self._styles.kind(style)
        if tag == "text:h":
            return kind if kind == "title" else "heading"
        return "list-item" if kind == "text" and self._lists else kind

    def _boxes(self, boxes: list[etree._Element]) -> None:
        for box in boxes:
            with self._story.inside("text-box"):
                self._flow(box)

    def _table(self, table: etree._Element) -> None:
        if self._story.paged and not self._depth and self._styles.breaks_page(table) == "before":
            self._story.break_page()
        with self._story.inside("table-cell"):
            self._rows(table)

    def _rows(self, parent: etree._Element) -> None:
        for element in parent:
            kind = name(element.tag)
            if kind == "text:soft-page-break":
                self._story.break_page()
            elif kind in _ROW_GROUPS:
                self._rows(element)
            elif kind == "table:table-row" and get(element, "table:visibility") in {"", "visible"}:
                for _ in range(_copies(element, "table:number-rows-repeated")):
                    with self._story.row() as next_cell:
                        self._cells(element, next_cell)

    def _cells(self, row: etree._Element, next_cell: Callable[[], None]) -> None:
        # what another cell covers is not shown
        for cell in (element for element in row if name(element.tag) == "table:table-cell"):
            for _ in range(_copies(cell, "table:number-columns-repeated")):
                next_cell()
                self._flow(cell)

    def _inline(self, element: etree._Element, line: _Line) -> None:
        self._write(element.text, line)
        for child in element:
            self._child(child, name(child.tag), line)
            self._write(child.tail, line)

    def _child(self, element: etree._Element, kind: str, line: _Line) -> None:
        if kind in _EMPTY:
            line.parts.append(_EMPTY[kind])
        elif kind == "text:soft-page-break":
            line.parts += self._story.turn_page()
        elif kind == "text:note":
            self._refer(element)
        elif kind == "text:ruby":
            for base in (inner for inner in element if name(inner.tag) == "text:ruby-base"):
                self._inline(base, line)
        elif kind == "text:hidden-paragraph" and get(element, "text:is-hidden") == "true":
            line.hidden = True
        elif kind.startswith("draw:"):
            self._story.wrote()
            line.boxes += _text_boxes(element)
        elif kind.startswith(("text:", "loext:")) and kind not in _DROPPED and not self._hides(element, kind):
            # spans, links, and fields with what they show
            self._inline(element, line)

    def _hides(self, element: etree._Element, kind: str) -> bool:
        if kind == "text:span":
            return self._styles.is_hidden("text", get(element, "text:style-name"))
        return kind == "text:hidden-text" and get(element, "text:is-hidden") == "true"

    def _write(self, text: str | None, line: _Line) -> None:
        if text:
            if text.strip():
                self._story.wrote()
            line.parts.append(_SPACE.sub(" ", text))

    def _refer(self, note: etree._Element) -> None:
        kind: ParagraphKind = "endnote" if get(note, "text:note-class") == "endnote" else "footnote"
        parts = {name(element.tag): element for element in note}
        citation, body = parts.get("text:note-citation"), parts.get("text:note-body")
        if body is None:
            return
        label = get(citation, "text:label")
        if not label:
            self._numbers[kind] += 1
            label = str(self._numbers[kind])
        self._story.refer(kind, label, body)


def _has_blocks(element: etree._Element, kind: str) -> bool:
    """Tell whether an element that is no paragraph holds paragraphs that are shown."""
    if kind == "text:section":
        shown = get(element, "text:display")
        return shown != "none" and not (shown == "condition" and get(element, "text:is-hidden") == "true")
    return kind.startswith(("text:", "loext:")) and kind not in _DROPPED and not kind.endswith("-source")


def _text_boxes(shape: etree._Element) -> list[etree._Element]:
    """Find the text boxes and shapes with text in a frame, a shape or a group of them."""
    if name(shape.tag) == "draw:text-box" or any(name(inner.tag) in {"text:p", "text:list"} for inner in shape):
        return [shape]
    return [box for inner in shape if name(inner.tag).startswith("draw:") for box in _text_boxes(inner)]


def _copies(element: etree._Element, attribute: str) -> int:
    """Tell how often a cell or row stands there; once if it holds no text."""
    number = get(element, attribute)
    if not number.isdecimal() or not any(text.strip() for text in element.itertext()):
        return 1
    return max(1, min(int(number[:9]), _MOST_COPIES))
