"""Plain text, in any encoding."""

from __future__ import annotations

import itertools

from bialign.bitext import Anchor, Document
from bialign.charset import plain_line_ends
from bialign.readers.draft import make_document
from bialign.readers.source import Source


def document(source: Source) -> Document:
    """Read plain text; its paragraphs end at blank lines, and at every line end unless it is wrapped.

    Form feeds, with which programs part the pages of a text, become anchors.
    """
    text, encoding = source.decoded(keep_line_ends=True)
    pages = [plain_line_ends(page) for page in text.split("\f")]
    # what parted two pages is a line end from here on
    text = "\n".join(pages)
    if text and not text.endswith("\n"):
        text += "\n"
    starts = itertools.accumulate((len(page) + 1 for page in pages), initial=0)
    numbered = enumerate(zip(pages, starts, strict=False), 1)
    anchors = [Anchor(start, "page", str(number)) for number, (page, start) in numbered if page.strip()]
    return make_document(source, text, encoding, anchors=anchors if len(pages) > 1 else ())
