"""Pieces of XML that writers put together: texts and attributes without what XML forbids."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from bialign.formats.characters import xml_text
from bialign.formats.report import Tally

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
BREAKS = re.compile("(?:\r\n|[\t\n\v\f\r\x85\u2028\u2029])")


def clean(text: str, tally: Tally | None = None) -> str:
    r"""Give a text on one line, without the characters that XML forbids, which are counted.

    >>> clean("one\ntwo\x0c\x00")
    'one two '
    """
    cleaned, count = xml_text(BREAKS.sub(" ", text))
    if count and tally:
        tally.changes["characters deleted that XML forbids"] += count
    return cleaned


def text(value: str, tally: Tally | None = None) -> str:
    """Give a text as the content of an element, on one line."""
    return escape(clean(value, tally))


def attributes(**values: str) -> str:
    """Give attributes with a space before each; those that are empty are left out, ``_`` in a name is ``:``.

    >>> attributes(xml_lang="es", n="", type_="x")
    ' xml:lang="es" type="x"'
    """
    return "".join(
        f" {name.rstrip('_').replace('_', ':')}={quoteattr(clean(value))}" for name, value in values.items() if value
    )
