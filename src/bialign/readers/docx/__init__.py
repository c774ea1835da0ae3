"""Word documents (.docx, .docm, .dotx), transitional or strict: what is shown of the text, tracked changes accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bialign.bitext import Document
from bialign.readers.docx.body import Body
from bialign.readers.docx.parts import Parts, attribute, name
from bialign.readers.docx.styles import Styles
from bialign.readers.draft import Draft
from bialign.readers.package import Package
from bialign.readers.properties import sensible_authors, sensible_title
from bialign.readers.source import Source
from bialign.readers.story import Story

if TYPE_CHECKING:
    from lxml import etree


def document(source: Source) -> Document:
    """Read a Word document; its notes stand at the end of the text, in the order of their references.

    Raises ReadError where the package or one of the parts that are needed is damaged, encrypted or too large.
    """
    with Package(source) as package:
        parts = Parts(package, source)
        root = parts.main()
        styles = Styles(parts.related("styles"), parts.related("numbering"))
        draft = Draft(lang=styles.lang)
        _properties(draft, parts.properties("core-properties"))
        story = Story(draft, paged=_is_paged(root, parts))
        notes = {kind: _notes(parts.related(f"{kind}s")) for kind in ("footnote", "endnote")}
        Body(story, styles, notes).write(root)
    return draft.document(source, "utf-8")


def _properties(draft: Draft, root: etree._Element | None) -> None:
    said: dict[str, str] = {}
    for element in root if root is not None else ():
        if isinstance(element.tag, str):
            said[element.tag.rpartition("}")[2]] = element.text or ""
    draft.title = sensible_title(said.get("title", ""))
    draft.authors = sensible_authors([said.get("creator", "")])
    draft.lang = said.get("language", "").strip() or draft.lang


def _notes(root: etree._Element | None) -> dict[str, etree._Element]:
    if root is None:
        return {}
    return {attribute(note, "id"): note for note in root if name(note.tag) in {"w:footnote", "w:endnote"}}


def _is_paged(root: etree._Element, parts: Parts) -> bool:
    """Tell whether the file says where its pages begin: as laid out, or by breaks that are as many as its pages."""
    breaks = 0
    for element in root.iter():
        short = name(element.tag)
        if short == "w:lastRenderedPageBreak":
            return True
        breaks += short == "w:br" and attribute(element, "type") == "page"
    properties = parts.properties("extended-properties")
    pages = properties.findtext("{*}Pages") if properties is not None else None
    stated = int(pages[:9]) if pages and pages[:9].isdecimal() else 0
    return breaks > 0 and breaks + 1 >= stated
