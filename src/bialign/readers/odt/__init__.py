"""OpenDocument texts (.odt, .ott and flat .fodt): what is shown of the text, tracked changes accepted."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from bialign.bitext import Document
from bialign.errors import ReadError
from bialign.readers.draft import Draft
from bialign.readers.odt.body import Body
from bialign.readers.odt.styles import Styles, get, name
from bialign.readers.package import Package, encrypted
from bialign.readers.properties import sensible_authors, sensible_title
from bialign.readers.source import Source
from bialign.readers.story import Story
from bialign.readers.xml import parse_xml

if TYPE_CHECKING:
    from lxml import etree


def document(source: Source) -> Document:
    """Read an OpenDocument text; its notes stand at the end of the text, in the order of their references.

    Raises ReadError where the package or one of the parts that are needed is damaged, encrypted or too large.
    """
    content, styles, meta = (
        _flat(source) if source.data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") else _packed(source)
    )
    found = content.find("{*}body/{*}text")
    if found is None or name(found.tag) != "office:text":
        raise ReadError(source.file, "this OpenDocument file holds no text: save it anew as .odt")
    known = Styles(styles, content)
    draft = Draft(lang=known.lang)
    pages = _properties(draft, meta)
    story = Story(draft, paged=_is_paged(found, known, pages))
    Body(story, known).write(found)
    return draft.document(source, "utf-8")


_Parts = tuple["etree._Element", "etree._Element | None", "etree._Element | None"]


def _flat(source: Source) -> _Parts:
    root = parse_xml(source.data, source)
    return root, root, root


def _packed(source: Source) -> _Parts:
    with Package(source) as package:
        manifest = package.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in package else b""
        if b"encryption-data" in manifest or "encrypted-package" in package:
            raise encrypted(source)
        content = parse_xml(package.read("content.xml"), source, "content.xml")
        styles = parse_xml(package.read("styles.xml"), source, "styles.xml") if "styles.xml" in package else None
        meta = None
        if "meta.xml" in package:
            # the text does not need it
            with suppress(ReadError):
                meta = parse_xml(package.read("meta.xml"), source, "meta.xml")
        return content, styles, meta


def _properties(draft: Draft, root: etree._Element | None) -> int:
    """Set title, authors and language as the properties have them; give the number of pages they state, else 0."""
    said: dict[str, str] = {}
    pages = 0
    meta = root.find("{*}meta") if root is not None else None
    for element in meta if meta is not None else ():
        said.setdefault(name(element.tag), element.text or "")
        if name(element.tag) == "meta:document-statistic":
            stated = get(element, "meta:page-count")[:9]
            pages = int(stated) if stated.isdecimal() else 0
    draft.title = sensible_title(said.get("dc:title", ""))
    draft.authors = sensible_authors([said.get("meta:initial-creator") or said.get("dc:creator", "")])
    draft.lang = said.get("dc:language", "").strip() or draft.lang
    return pages


def _is_paged(text: etree._Element, styles: Styles, pages: int) -> bool:
    """Tell whether the file says where its pages begin: as laid out, or by breaks that are as many as its pages."""
    breaks = 0
    for element in text.iter():
        short = name(element.tag)
        if short == "text:soft-page-break":
            return True
        breaks += short in {"text:p", "text:h", "table:table"} and styles.breaks_page(element) != ""
    return breaks > 0 and breaks + 1 >= pages
