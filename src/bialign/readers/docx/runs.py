"""What is shown of a paragraph's runs (ISO/IEC 29500-1, 17.3.2, 17.13 and 17.16): text, breaks, results of fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bialign.bitext import ParagraphKind
from bialign.readers.docx.parts import attribute, child, is_on, name
from bialign.readers.docx.styles import Styles
from bialign.readers.docx.symbols import symbol
from bialign.readers.draft import Mark
from bialign.readers.story import Story

if TYPE_CHECKING:
    from lxml import etree

DROPPED = frozenset({
    "w:del", "w:moveFrom", "w:delText", "w:instrText", "w:delInstrText", "w:rt", "w:pPr", "w:rPr", "w:sdtPr",
    "w:sdtEndPr", "w:tblPrEx", "w:customXmlPr", "w:smartTagPr", "m:dPr", "m:fPr", "m:naryPr",
})  # fmt: skip
"""Elements that hold nothing which is shown: what was deleted, instructions, readings above characters, properties."""

_TEXT = {"w:tab": "\t", "w:ptab": "\t", "w:cr": "\n", "w:noBreakHyphen": "\u2011", "w:softHyphen": "", "m:den": "/"}
_NOTES: dict[str, ParagraphKind] = {"w:footnoteReference": "footnote", "w:endnoteReference": "endnote"}
_CONTAINERS = frozenset({"w:txbxContent", "w:tc"})
_READABLE = frozenset({"w:t", "m:t", "w:sym", "w:footnoteReference", "w:endnoteReference"})


@dataclass(slots=True)
class Line:
    """Collect the parts of a paragraph, and the text boxes that are anchored in it."""

    parts: list[str | Mark] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)


class Runs:
    """Read the content of paragraphs; `notes` holds the notes of each kind by their ids."""

    def __init__(self, story: Story, styles: Styles, notes: Mapping[str, Mapping[str, etree._Element]]) -> None:
        self._story, self._styles, self._notes = story, styles, notes
        self._line, self._hidden = Line(), False
        self._style_hides: bool | None = None
        self._fields: list[bool] = []
        self._begins: set[etree._Element] = set()
        self._referred: set[etree._Element] = set()
        self._numbers: dict[ParagraphKind, int] = {"footnote": 0, "endnote": 0}
        self._typed: dict[etree._Element, str] = {}
        self._typed_mark = ""
        self._actions: dict[str, Callable[[etree._Element], None]] = {
            "w:r": self._run, "w:t": self._text, "m:t": self._text, "w:br": self._break, "w:sym": self._symbol,
            "w:lastRenderedPageBreak": self._turn, "w:fldChar": self._field, "w:footnoteReference": self._reference,
            "w:endnoteReference": self._reference, "w:txbxContent": self._box, "w:ruby": self._ruby,
            "m:d": self._bracket,
            "mc:AlternateContent": lambda element: self._walk(self.choose(element)),
        }  # fmt: skip

    @contextmanager
    def story_of(self, container: etree._Element) -> Iterator[None]:
        """Read a container's paragraphs: no field reaches beyond it, and one that does not end in it is none."""
        outer = self._fields, self._begins, self._typed_mark
        self._fields, self._begins = [], _whole_fields(container)
        self._typed_mark = self._typed.get(container, "")
        yield
        self._fields, self._begins, self._typed_mark = outer

    def read(self, paragraph: etree._Element, line: Line) -> None:
        """Add what is shown of a paragraph to a line."""
        self._line, self._hidden = line, False
        style = child(paragraph, "w:pPr", "w:pStyle")
        self._style_hides = self._styles.is_hidden(attribute(style, "val") if style is not None else "")
        self._walk(paragraph)

    def read_formula(self, formula: etree._Element, line: Line) -> None:
        """Add what is shown of a formula that stands between paragraphs."""
        self._line, self._hidden, self._style_hides = line, False, None
        self._walk(formula)

    def choose(self, alternatives: etree._Element) -> etree._Element:
        """Give the first of the alternatives to one content that holds text, else the first."""
        for element in alternatives:
            if any(name(inner.tag) in _READABLE for inner in element.iter()):
                return element
        return alternatives[0] if len(alternatives) else alternatives

    def _walk(self, parent: etree._Element) -> None:
        for element in parent:
            kind = name(element.tag)
            if kind in DROPPED:
                continue
            if kind in _TEXT:
                self._write(_TEXT[kind])
            elif kind in {"w:drawing", "w:pict"}:
                self._story.wrote()
            action = self._actions.get(kind)
            if action is not None:
                action(element)
            else:
                # links, controls, smart tags, insertions, formulas: what is in them is read
                self._walk(element)

    def _write(self, text: str) -> None:
        if self._hidden or not all(self._fields):
            return
        if self._typed_mark and text.strip():
            text = text.lstrip().removeprefix(self._typed_mark)
            self._typed_mark = ""
        if text.strip():
            self._story.wrote()
        self._line.parts.append(text)

    def _run(self, run: etree._Element) -> None:
        outer, self._hidden = self._hidden, self._hidden or self._hides(run)
        reference = next((inner for inner in run if name(inner.tag) in _NOTES), None)
        if reference is not None and attribute(reference, "customMarkFollows") in {"1", "true", "on"}:
            # the rest of the run is the mark
            self._reference(reference, "".join(self._mark(inner) for inner in run))
        else:
            self._walk(run)
        self._hidden = outer

    def _hides(self, run: etree._Element) -> bool:
        properties = child(run, "w:rPr")
        vanish = child(properties, "w:vanish")
        if vanish is not None:
            return is_on(vanish)
        style = child(properties, "w:rStyle")
        hides = self._styles.is_hidden(attribute(style, "val")) if style is not None else None
        return bool(self._style_hides if hides is None else hides)

    def _text(self, element: etree._Element) -> None:
        # a line end in the file is a space, as everywhere in XML
        self._write((element.text or "").replace("\n", " "))

    def _symbol(self, element: etree._Element) -> None:
        self._write(symbol(attribute(element, "font"), attribute(element, "char")))

    def _break(self, element: etree._Element) -> None:
        self._write("\n")
        if attribute(element, "type") == "page":
            self._turn(element)

    def _turn(self, _: etree._Element) -> None:
        self._line.parts += self._story.turn_page()

    def _field(self, element: etree._Element) -> None:
        kind = attribute(element, "fldCharType")
        if kind == "begin" and element in self._begins:
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _reference(self, element: etree._Element, mark: str = "") -> None:
        kind = _NOTES[name(element.tag)]
        body = self._notes[kind].get(attribute(element, "id"))
        if body is None or body in self._referred or self._hidden or not all(self._fields):
            return
        self._referred.add(body)
        if mark:
            self._typed[body] = mark
        else:
            self._numbers[kind] += 1
        self._story.refer(kind, mark or str(self._numbers[kind]), body)

    def _box(self, element: etree._Element) -> None:
        if not self._hidden:
            self._line.boxes.append(element)

    def _ruby(self, element: etree._Element) -> None:
        base = child(element, "w:rubyBase")
        if base is not None:
            self._walk(base)

    def _bracket(self, element: etree._Element) -> None:
        properties = child(element, "m:dPr")
        marks = []
        for end, usual in (("m:begChr", "("), ("m:endChr", ")")):
            said = child(properties, end)
            marks.append(usual if said is None else attribute(said, "val"))
        self._write(marks[0])
        self._walk(element)
        self._write(marks[1])

    @staticmethod
    def _mark(element: etree._Element) -> str:
        if name(element.tag) == "w:sym":
            return symbol(attribute(element, "font"), attribute(element, "char"))
        return (element.text or "").strip() if name(element.tag) == "w:t" else ""


def _whole_fields(container: etree._Element) -> set[etree._Element]:
    """Find where fields begin that also end in the same container."""
    found, open_fields = set(), []
    for element in container.iter("{*}fldChar"):
        if not _belongs(element, container):
            continue
        kind = attribute(element, "fldCharType")
        if kind == "begin":
            open_fields.append(element)
        elif kind == "end" and open_fields:
            found.add(open_fields.pop())
    return found


def _belongs(element: etree._Element, container: etree._Element) -> bool:
    for outer in element.iterancestors():
        if outer is container:
            return True
        kind = name(outer.tag)
        if kind in _CONTAINERS or kind in DROPPED:
            return False
    return False
