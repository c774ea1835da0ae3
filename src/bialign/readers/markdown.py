"""Markdown (CommonMark with tables and footnotes), without its marks."""

from __future__ import annotations

import re
from typing import Any

from bialign.bitext import Document
from bialign.readers.draft import Draft
from bialign.readers.markup import Walker, parse_markup
from bialign.readers.source import Source

_FRONT = re.compile(r"\A---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)

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
    authors = front.get("author") or front.get("authors") or ()
    draft.authors += [str(author) for author in (authors if isinstance(authors, list) else [authors])]
    parser = MarkdownIt("commonmark", {"html": True}).enable("table").use(footnote_plugin).use(deflist_plugin)
    page = parser.render(_ATTRIBUTES.sub("", text))
    root = parse_markup(f"<html><body>{page}</body></html>", source, is_xml=False)
    if root is not None:
        walker = Walker(draft)
        walker.walk(root)
        walker.add_notes()
    return draft.document(source, encoding)


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
