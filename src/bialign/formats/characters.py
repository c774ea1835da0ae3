"""Characters that formats cannot hold: line ends inside a line, controls, lone surrogates."""

from __future__ import annotations

import html
import re

# where str.splitlines() or a spreadsheet would break a line
_BREAKS = re.compile("(?:\r\n|[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029])")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f]")
_SURROGATES = re.compile("[\ud800-\udfff]")
# everything outside the production Char of XML 1.0, section 2.2
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def one_line(text: str) -> str:
    r"""Make a text fit a field of a line: tabs and line ends become spaces, controls go, lone surrogates become U+FFFD.

    >>> one_line("uno\tdos\r\ntres\x00")
    'uno dos tres'
    """
    # nothing that goes or becomes a space is printable
    return text if text.isprintable() else encodable(_CONTROLS.sub("", _BREAKS.sub(" ", text)))


def encodable(text: str) -> str:
    r"""Replace lone surrogates, which no UTF-8 file can hold, by U+FFFD.

    >>> encodable("a\ud800b") == "a\ufffdb"
    True
    """
    return text if text.isascii() or text.isprintable() else _SURROGATES.sub("\ufffd", text)


def xml_text(text: str) -> tuple[str, int]:
    r"""Delete what XML 1.0 forbids; give the text and how many characters went.

    >>> xml_text("a\x0cb\ufffe")
    ('ab', 2)
    """
    return _NOT_XML.subn("", text)


def html_text(text: str) -> str:
    r"""Give a text as the text of an HTML element or of a quoted attribute, without what no XML holds.

    >>> html_text("a < \"b\"\x0c")
    'a &lt; &quot;b&quot;'
    """
    return html.escape(xml_text(text)[0])
