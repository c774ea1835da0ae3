"""The text of a Word document in the order in which it is read (ISO/IEC 29500-1, 17): paragraphs, tables, boxes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from bialign.bitext import ParagraphKind
from bialign.readers.docx.parts import attribute, child, is_on, name
from bialign.readers.docx.runs import DROPPED, Line, Runs
from bialign.readers.docx.styles import Styles
from bialign.readers.story import Note, Story

if TYPE_CHECKING:
    from lxml import etree

_SKIPPED = DROPPED | {"w:sectPr", "w:tblPr", "w:tblGrid", "w:trPr", "w:tcPr"}


class Body:
    """Write a document's paragraphs into a story; `notes` holds those of each kind by their ids."""

    def __init__(self, story: Story, styles: Styles, notes: Mapping[str, Mapping[str, etree._Element]]) -> None:
        self._story, self._styles = story, styles
        self._runs = Runs(story, styles, notes)
        self._line: Line = Line()
        self._kind: ParagraphKind = "text"
        self._sections: Iterator[str] = iter(())

    def write(self, root: etree._Element) -> None:
        """Write the body, then the notes it refers to."""
        # a section says of itself how it begins, in what stands at its end
        begins = [child(element, "w:type") for element in root.iter() if name(element.tag) == "w:sectPr"]
        self._sections = iter([attribute(kind, "val") if kind is not None else "" for kind in begins[1:]])
        self._flow(root)
        self._story.finish(self._note)

    def _note(self, note: Note) -> None:
        self._flow(note.body)

    def _flow(self, container: etree._Element) -> None:
        """Write what stands in the body, a cell, a box or a note, which holds whole paragraphs."""
        outer, self._line = self._line, Line()
        with self._runs.story_of(container):
            self._blocks(container)
            self._end_paragraph()
        self._line = outer

    def _blocks(self, parent: etree._Element) -> None:
        for element in parent:
            kind = name(element.tag)
            if kind == "w:p":
                self._paragraph(element)
            elif kind == "w:tbl":
                self._end_paragraph()
                self._table(element)
            elif kind.startswith("m:"):
                self._runs.read_formula(element, self._line)
                self._end_paragraph()
            elif kind == "mc:AlternateContent":
                self._blocks(self._runs.choose(element))
            elif kind not in _SKIPPED:
                # content controls, custom XML, moved and inserted blocks hold further ones
                self._blocks(element)

    def _paragraph(self, element: etree._Element) -> None:
        properties = child(element, "w:pPr")
        if self._story.paged and self._styles.breaks_page(properties):
            self._story.break_page()
        self._kind = self._styles.kind(properties)
        self._runs.read(element, self._line)
        if not _goes_on(properties):
            self._end_paragraph()
        if child(properties, "w:sectPr") is not None and next(self._sections, "") not in {"continuous", "nextColumn"}:
            self._story.break_page()

    def _end_paragraph(self) -> None:
        line, self._line = self._line, Line()
        self._story.add(line.parts, self._kind)
        self._kind = "text"
        for box in line.boxes:
            with self._story.inside("text-box"):
                self._flow(box)

    def _table(self, table: etree._Element) -> None:
        with self._story.inside("table-cell"):
            self._rows(table)

    def _rows(self, parent: etree._Element) -> None:
        for element in parent:
            kind = name(element.tag)
            if kind == "w:tr":
                if child(element, "w:trPr", "w:del") is None:
                    with self._story.row() as next_cell:
                        self._cells(element, next_cell)
            elif kind not in _SKIPPED:
                self._rows(element)

    def _cells(self, parent: etree._Element, next_cell: Callable[[], None]) -> None:
        for element in parent:
            kind = name(element.tag)
            if kind == "w:tc":
                properties = child(element, "w:tcPr")
                if not _is_merged(properties):
                    next_cell()
                    self._flow(element)
            elif kind not in _SKIPPED:
                self._cells(element, next_cell)


def _is_merged(properties: etree._Element | None) -> bool:
    """Tell whether a cell is the rest of a merged one, or was deleted; w:vMerge without a value goes on."""
    merges = (child(properties, "w:vMerge"), child(properties, "w:hMerge"))
    goes_on = any(found is not None and attribute(found, "val") != "restart" for found in merges)
    return goes_on or child(properties, "w:cellDel") is not None


def _goes_on(properties: etree._Element | None) -> bool:
    """Tell whether a paragraph is shown as one with the next: its end was deleted or is hidden, or it is an initial."""
    mark = child(properties, "w:rPr")
    if any(child(mark, change) is not None for change in ("w:del", "w:moveFrom")) or is_on(child(mark, "w:vanish")):
        return True
    frame = child(properties, "w:framePr")
    return frame is not None and attribute(frame, "dropCap") in {"drop", "margin"}
