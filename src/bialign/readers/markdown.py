"""Markdown (CommonMark with tables and footnotes, and what Pandoc adds), without its marks."""

from __future__ import annotations

import re
from typing import Any

from bialign.bitext import Document
from bialign.readers.draft import Draft
from bialign.readers.markup import Walker, parse_markup
from bialign.readers.pandoc import as_commonmark
from bialign.readers.source import Source

_FRONT = re.compile(r"\A---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TITLE_BLOCK = re.compile(
    r"\A% (?P<title>\S.*(?:\n[ \t]+\S.*)*)(?:\n%(?P<authors>.*(?:\n[ \t]+\S.*)*))?(?:\n%.*)?(?:\n|\Z)"
)

# what Pandoc lets stand behind a heading: {#intro .unnumbered}
_ATTRIBUTES = re.compile(r"(?<=\S)[ \t]+\{[#.][^{}\n]*\}(?=[ \t]*$)", re.MULTILINE)


def document(source: Source) -> Document:
    """Read Markdown: paragraphs, headings, lists, quotations, cells and notes; front matter gives title and author."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    text, encoding = source.decoded()
    front, text = _front_matter(text)
    draft = Draft(_word(front, "title"), _word(front, "lang") or _word(front, "language"))
    authors = front.get("author") or front.get("authors") or []
    draft.authors += [str(author) for author in (authors if isinstance(authors, list) else [authors])]
    block, text = _title_block(text)
    if block:
        draft.title = draft.title or block[0]
        draft.add(block[0], "title")
        draft.authors += [author.strip() for author in block[1].split(";")]
    parser = MarkdownIt("commonmark", {"html": True}).enable("table").use(footnote_plugin).use(deflist_plugin)
    page = parser.render(as_commonmark(_ATTRIBUTES.sub("", text)))
    root = parse_markup(f"<html><body>{page}</body></html>", source, is_xml=False)
    if root is not None:
        walker = Walker(draft)
        walker.walk(root)
        walker.add_notes()
    return draft.document(source, encoding)


def _title_block(text: str) -> tuple[tuple[str, str] | None, str]:
    """Part a text from Pandoc's lines "% title", "% authors" and "% date" before it; give title and authors."""
    found = _TITLE_BLOCK.match(text)
    if found is None:
        return None, text
    title, authors = (" ".join((found[name] or "").split()) for name in ("title", "authors"))
    return (title, authors), text[found.end() :]


def _front_matter(text: str) -> tuple[dict[str, Any], str]:
    """Part a text from the YAML before it; what is no YAML of fields is text."""
    import yaml

    found = _FRONT.match(text)
    if found is None:
        return {}, text
    try:
        fields = yaml.safe_load(found[1])
    except yaml.YAMLError:
        return {}, text
    return (fields, text[found.end() :]) if isinstance(fields, dict) else ({}, text)


def _word(fields: dict[str, Any], name: str) -> str:
    value = fields.get(name)
    return str(value) if isinstance(value, str | int | float) else ""
