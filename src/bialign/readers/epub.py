"""E-books in EPUB 2 and 3: their documents in reading order, with chapters and pages as anchors."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

from bialign.bitext import Document
from bialign.errors import ReadError
from bialign.readers.draft import Draft, Mark
from bialign.readers.html import decoded_page, page_lang
from bialign.readers.markup import Walker, attribute, elements, flat_text, name_of, parse_markup
from bialign.readers.package import Package
from bialign.readers.source import Source
from bialign.readers.xml import parse_xml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
"""Ways to scramble fonts alone, which leave the text as it is."""
_PAGES = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml"})


@dataclass
class _Book:
    """Hold what the package says of itself; `pages` are the names of the text's parts, in reading order."""

    package: Package
    source: Source
    folder: str = ""
    pages: list[str] = field(default_factory=list)
    contents: list[str] = field(default_factory=list)
    marks: defaultdict[str, dict[str, dict[str, Mark]]] = field(default_factory=lambda: defaultdict(dict))
    """By name of the part, by id in it ("" for the part as a whole), by kind."""

    def path(self, href: str, base: str) -> tuple[str, str]:
        """Give the name of the part that a link in the part `base` leads to, and the id in it."""
        target, _, fragment = href.partition("#")
        name = posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(target))) if target else base
        return name.lstrip("./"), unquote(fragment)

    def xml(self, name: str) -> etree._Element:
        return parse_xml(self.package.read(name), self.source, name)


def document(source: Source) -> Document:
    """Read an e-book; raises ReadError where it is damaged or protected."""
    with Package(source) as package:
        book = _Book(package, source)
        _check_protection(book)
        root = book.xml("META-INF/container.xml")
        opf = next((attribute(item, "full-path") for item in elements(root, "rootfile")), "")
        if opf not in package:
            raise ReadError(source.file, "the file is damaged: it lacks its part {part}", part=opf or "content.opf")
        draft = Draft()
        _read_package(book, opf, draft)
        for name in book.contents:
            _read_contents(book, name)
        encoding = "utf-8"
        walker = Walker(draft)
        for name in book.pages:
            encoding = _read_page(book, name, draft, walker)
        walker.add_notes()
    return draft.document(source, encoding)


def _check_protection(book: _Book) -> None:
    if "META-INF/encryption.xml" not in book.package:
        return
    for item in elements(book.xml("META-INF/encryption.xml"), "encrypteddata"):
        methods = [attribute(method, "Algorithm") for method in elements(item, "encryptionmethod")]
        if not set(methods) <= set(_FONTS):
            raise ReadError(book.source.file, "the e-book is protected against copying, so its text cannot be read")


def _read_package(book: _Book, opf: str, draft: Draft) -> None:
    root = book.xml(opf)
    for item in elements(root, "title", "creator", "language"):
        text = flat_text(item)
        if name_of(item) == "title":
            draft.title = draft.title or text
        elif name_of(item) == "creator":
            draft.authors.append(text)
        else:
            draft.lang = draft.lang or text
    items = {attribute(item, "id"): item for item in elements(root, "item")}
    navigation = set()
    for item in items.values():
        kind, properties = attribute(item, "media-type"), attribute(item, "properties").split()
        name, _ = book.path(attribute(item, "href"), opf)
        if "nav" in properties or kind == "application/x-dtbncx+xml":
            navigation.add(name)
            # where both are there, the newer one is read last and wins
            book.contents.insert(0 if kind == "application/x-dtbncx+xml" else len(book.contents), name)
    for itemref in elements(root, "itemref"):
        entry = items.get(attribute(itemref, "idref"))
        if entry is None or attribute(entry, "media-type") not in _PAGES:
            continue
        name, _ = book.path(attribute(entry, "href"), opf)
        if name not in navigation:
            book.pages.append(name)


def _read_contents(book: _Book, name: str) -> None:
    """Read the table of contents and the list of pages: a navigation document, or the NCX of EPUB 2."""
    if name not in book.package:
        return
    try:
        root = book.xml(name)
    except ReadError:
        # the text can be read without
        return
    for label, href, is_page in (*_ncx_entries(root), *_nav_entries(root)):
        part, place = book.path(href, name)
        if label:
            mark = Mark("page" if is_page else "chapter", label)
            book.marks[part].setdefault(place, {})[mark.kind] = mark


def _ncx_entries(root: etree._Element) -> Iterator[tuple[str, str, bool]]:
    for point in elements(root, "navpoint", "pagetarget"):
        label = next((flat_text(child) for child in point if name_of(child) == "navlabel"), "")
        href = next((attribute(child, "src") for child in point if name_of(child) == "content"), "")
        yield label, href, name_of(point) == "pagetarget"


def _nav_entries(root: etree._Element) -> Iterator[tuple[str, str, bool]]:
    for nav in elements(root, "nav"):
        kind = attribute(nav, "epub:type")
        if kind in {"toc", "page-list"}:
            for link in elements(nav, "a"):
                yield flat_text(link), attribute(link, "href"), kind == "page-list"


def _read_page(book: _Book, name: str, draft: Draft, walker: Walker) -> str:
    source = Source(book.source.file, book.package.read(name))
    text, encoding = decoded_page(source)
    root = parse_markup(text, source, name, is_xml=True)
    if root is not None:
        marks = {place: kinds.values() for place, kinds in book.marks[name].items()}
        for mark in marks.pop("", ()):
            draft.begin(*mark)
        draft.lang = draft.lang or page_lang(root)
        body = next(iter(elements(root, "body")), root)
        walker.walk(body, marks)
    return encoding
