"""HTML and XHTML as paragraphs: what web pages, e-books and Markdown have in common."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from bialign.bitext import ParagraphKind
from bialign.errors import ReadError
from bialign.languages import word_set
from bialign.readers.draft import Draft, Mark
from bialign.readers.source import Source
from bialign.readers.xml import parse_xml

if TYPE_CHECKING:
    from lxml import etree

SKIPPED = word_set(
    """
head script style template noscript svg iframe object embed canvas audio video select button input textarea datalist
rt rp map area frameset
"""
)
"""Elements whose content no reader of the page sees as text."""

_BLOCKS = word_set(
    """
address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer
form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section summary table tbody td tfoot th
thead title tr ul
"""
)
_KINDS: dict[str, ParagraphKind] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"), "pre": "code", "caption": "caption",
    "figcaption": "caption", "td": "table-cell", "th": "table-cell", "li": "list-item", "blockquote": "quotation",
}  # fmt: skip
_ORDER: tuple[ParagraphKind, ...] = (
    "footnote", "title", "heading", "code", "caption", "table-cell", "verse", "list-item", "quotation",
)  # fmt: skip
"""Which kind counts where elements stand inside each other."""

_SPACE = re.compile(r"[ \t\n\r\f]+")
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31});")
_LONGEST = 10_000_000
_HUGE_TAG = re.compile(rf"<[^<>]{{{_LONGEST}}}")
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_STOP = re.compile(r"[.,;:!?]")
_NOTE_MARK = re.compile(r"\W{0,2}(?:\d{1,4}|[a-z]{1,2}|[ivxlc]{1,6}|[*†‡§¶]{1,4})\W{0,2}\Z")
# links back to a mark, and those of a heading to itself
_BACK = re.compile(r"[\s↩↑⬆⏎^←#¶🔗\ufe0e\ufe0f\[\]]+\Z")
_NOTES = re.compile(r"(?:^|[\s_-])(?:foot|end)notes?(?:$|[\s_-])|^sd(?:foot|end)note\d+$", re.I)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


def parse_markup(text: str, source: Source, part: str = "", *, is_xml: bool) -> etree._Element | None:
    """Parse a page and give its root, None where it is empty; what is no well-formed XML is read as a browser would."""
    from lxml import etree

    text = _DECLARATION.sub("", text, count=1)
    if is_xml:
        try:
            return parse_xml(_ENTITY.sub(_character, text).encode("utf-8", "replace"), source, part)
        except ReadError:
            # many e-books are not well-formed, and every program shows them all the same
            pass
    # the parser of HTML has no limit of its own, as that of XML has
    if len(text) > _LONGEST and _HUGE_TAG.search(text):
        reason = "a tag has more than {count} characters: get a whole copy of the page"
        raise ReadError(source.file, reason, count=_LONGEST)
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root: etree._Element | None = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    return root


def _character(found: re.Match[str]) -> str:
    whole = html.unescape(found.group())
    return html.escape(whole) if whole != found.group() else found.group()


def name_of(element: etree._Element) -> str:
    """Give an element's name without its namespace, in small letters; "" for a comment and the like."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def flat_text(element: etree._Element) -> str:
    """Give all text of an element on one line."""
    return " ".join("".join(element.itertext()).split())


def attribute(element: etree._Element, name: str) -> str:
    """Give an attribute by its local name ("type" of epub:type too is asked for as "epub:type"), "" if absent."""
    value = element.get(name)
    if value is None and ":" in name:
        value = element.get("{http://www.idpf.org/2007/ops}" + name.partition(":")[2])
    return value or ""


def role(element: etree._Element) -> str:
    """Give what an element says it is: its ARIA role and its epub:type, in small letters."""
    return f"{attribute(element, 'role')} {attribute(element, 'epub:type')}".lower()


def is_hidden(element: etree._Element) -> bool:
    """Tell whether a browser would not show an element."""
    return (
        name_of(element) in SKIPPED
        or element.get("hidden") is not None
        or bool(_HIDDEN.search(attribute(element, "style")))
    )


class Walker:
    """Fill a draft with the paragraphs of markup.

    `skip` tells which elements are left out. Footnotes are kept back until `add_notes`, as in other documents they
    stand at the end of the text.
    """

    def __init__(self, draft: Draft, skip: Callable[[etree._Element], bool] = is_hidden) -> None:
        self._draft, self._skip = draft, skip
        self._marks: Mapping[str, Iterable[Mark]] = {}
        self._parts: list[str | Mark] = []
        self._kinds: list[ParagraphKind] = []
        self._pre = 0
        self._notes = 0  # how many elements around this place hold notes
        self._number = 0
        self._behind_mark = False
        self._kept: list[list[str | Mark]] = []

    def add_notes(self) -> None:
        """Add the footnotes of all that was walked, in order."""
        for parts in self._kept:
            self._draft.add(parts, "footnote")
        self._kept = []

    def walk(self, root: etree._Element, marks: Mapping[str, Iterable[Mark]] | None = None) -> None:
        """Add all paragraphs under an element, in the order in which they stand, but for the footnotes.

        `marks` are marks to put where an element of that id begins.
        """
        from lxml import etree

        self._marks = marks or {}
        self._number = 0

        walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        skipped = None
        for event, element in walker:
            if event == "start":
                if self._left_out(element):
                    skipped = element
                    walker.skip_subtree()
                    continue
                self._start(element)
                self._add(element.text)
            elif event == "end" and element is not skipped:
                self._end(element)
            if event != "start":
                skipped = None
                if element is not root:
                    self._add(element.tail)
        self._flush()

    def _add(self, text: str | None) -> None:
        if not text:
            return
        last = self._parts[-1] if self._parts else None
        if self._behind_mark and isinstance(last, str) and _STOP.match(text):
            # the mark of the note stood between a space and the full stop
            self._parts[-1] = last.rstrip()
        self._behind_mark = False
        self._parts.append(text if self._pre else _SPACE.sub(" ", text))

    def _left_out(self, element: etree._Element) -> bool:
        if "pagebreak" in role(element):
            label = element.get("title") or element.get("aria-label") or flat_text(element)
            label = label or re.sub(r"\A\D*?(?=\d+\Z)", "", element.get("id") or "")
            if label:
                self._parts.append(Mark("page", label))
            return True
        self._behind_mark = _is_reference(element, self._notes > 0)
        return self._skip(element) or self._behind_mark

    def _start(self, element: etree._Element) -> None:
        name = name_of(element)
        if name in _BLOCKS:
            self._flush()
        place = element.get("id") or (element.get("name") if name == "a" else None) or ""
        self._parts.extend(self._marks.get(place, ()))
        if name == "br":
            self._parts.append("\n")
        elif name == "pre":
            self._pre += 1
        elif name == "ol" and self._notes and (element.get("start") or "").isdecimal():
            self._number = int(element.get("start") or 1) - 1
        elif name == "q":
            self._parts.append("“")
        if name in _KINDS:
            # as Pandoc writes the title of a text
            titled = name == "h1" and "title" in attribute(element, "class").split()
            self._kinds.append("title" if titled else _KINDS[name])
        elif _is_verse(element):
            self._kinds.append("verse")
        if _holds_notes(element):
            self._notes += 1
            self._kinds.append("footnote")
            if name not in {"section", "ol", "ul"} and not any(name_of(child) in {"ol", "ul"} for child in element):
                self._begin_note(element)
        elif name == "li" and self._notes:
            self._begin_note(element)

    def _begin_note(self, element: etree._Element) -> None:
        self._number += 1
        symbol = next((link for link in element.iter() if "notesym" in (link.get("class") or "")), None)
        label = flat_text(symbol) if symbol is not None else element.get("value") or ""
        self._parts.append(Mark("note", label or str(self._number)))

    def _end(self, element: etree._Element) -> None:
        name = name_of(element)
        if name == "q":
            self._parts.append("”")
        if name in _BLOCKS:
            self._flush()
        if name == "pre":
            self._pre -= 1
        if _holds_notes(element):
            self._notes -= 1
            self._kinds.pop()
        if name in _KINDS or _is_verse(element):
            self._kinds.pop()

    def _flush(self) -> None:
        parts, self._parts = self._parts, []
        if not parts:
            return
        kind: ParagraphKind = next((kind for kind in _ORDER if kind in self._kinds), "text")
        if kind == "footnote":
            self._kept.append(parts)
        else:
            self._draft.add(parts, kind)


def _is_verse(element: etree._Element) -> bool:
    """Tell whether an element holds lines as Pandoc writes those of a poem."""
    return name_of(element) == "div" and "line-block" in attribute(element, "class").split()


def _holds_notes(element: etree._Element) -> bool:
    said = role(element)
    if re.search(r"doc-(?:foot|end)notes?\b|(?<!-)\b(?:foot|end|rear)notes?\b", said):
        return True
    if name_of(element) not in {"section", "div", "ol", "ul", "aside"}:
        return False
    return any(_NOTES.search(attribute(element, name)) for name in ("class", "id"))


def _is_reference(element: etree._Element, in_notes: bool) -> bool:
    """Tell whether an element is the mark of a note, or the link from a note back to its mark."""
    name = name_of(element)
    if name not in {"a", "sup"}:
        return False
    said = f"{role(element)} {attribute(element, 'class')}".lower()
    if "noteref" in said or "backlink" in said or re.search(r"footnote-(?:ref|back)|notesym|noteanc", said):
        return True
    text = "".join(element.itertext()).strip()
    links = [element] if name == "a" else [child for child in element if name_of(child) == "a"]
    if not text or not any("#" in (link.get("href") or "") for link in links):
        return False
    return bool(_BACK.match(text)) or (bool(_NOTE_MARK.match(text)) and (name == "sup" or text[0] == "[" or in_notes))


def elements(root: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Give the elements of some names, in order, whatever their namespace."""
    wanted = frozenset(names)
    return (element for element in root.iter() if name_of(element) in wanted)
