"""Web pages: their main text, without navigation and what else surrounds it on a site."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from bialign.bitext import Document
from bialign.charset import decode
from bialign.readers.chrome import is_chrome, main_parts
from bialign.readers.draft import Draft
from bialign.readers.markup import Walker, elements, flat_text, parse_markup
from bialign.readers.source import Source

if TYPE_CHECKING:
    from lxml import etree

_CHARSET = re.compile(
    rb"<meta[^>]{1,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)|\A\s*<\?xml[^>]*encoding=[\"']([\w.:-]+)", re.I
)
_SEPARATOR = re.compile(r"\s+[-–—|·•»:]\s+")


def document(source: Source) -> Document:
    """Read a web page: its headings, paragraphs, lists, cells and notes, in order."""
    text, encoding = decoded_page(source)
    draft = Draft()
    is_xml = source.data[:200].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml")
    root = parse_markup(text, source, is_xml=is_xml)
    if root is not None:
        draft.title, draft.lang = _title(root), page_lang(root)
        draft.authors += _metas(root, "author", "article:author", "dc.creator")
        walker = Walker(draft, skip=is_chrome)
        for part in main_parts(root):
            walker.walk(part)
        walker.add_notes()
    return draft.document(source, encoding)


def decoded_page(source: Source) -> tuple[str, str]:
    """Decode a page: as UTF-8 if it is that, else as it says of itself if that may be, else as it is found to be."""
    if not source.encoding:
        try:
            source.data.decode("utf-8")
        except UnicodeDecodeError:
            found = _CHARSET.search(source.data[:4096])
            declared = (found[1] or found[2]).decode("ascii") if found else ""
            if _fits(source.data, declared):
                return decode(source.data, source.file, declared)
    return source.decoded()


def _fits(data: bytes, encoding: str) -> bool:
    try:
        # browsers take latin-1 for cp1252, and a page that says UTF-8 was tried already
        return codecs.lookup(encoding).name not in {"utf-8", "iso8859-1"} and bool(data.decode(encoding))
    except (LookupError, UnicodeDecodeError):
        return False


def page_lang(root: etree._Element) -> str:
    """Give the language a page says it is in, "" if it does not."""
    for element in (root, *elements(root, "body")):
        lang = element.get("lang") or element.get("{http://www.w3.org/XML/1998/namespace}lang")
        if lang:
            return lang.replace("_", "-")
    return ""


def _title(root: etree._Element) -> str:
    """Give the page's title without the name of its site."""
    whole = next(map(flat_text, elements(root, "title")), "")
    for heading in elements(root, "h1"):
        text = flat_text(heading)
        if text and (text in whole or not whole):
            return text
    shared = next(iter(_metas(root, "og:title")), "")
    if shared and (shared in whole or not whole):
        return shared
    return max(_SEPARATOR.split(whole), key=len) if whole else ""


def _metas(root: etree._Element, *names: str) -> list[str]:
    found = []
    for meta in elements(root, "meta"):
        name = (meta.get("name") or meta.get("property") or "").lower()
        content = " ".join((meta.get("content") or "").split())
        if name in names and content and "://" not in content and content not in found:
            found.append(content)
    return found
