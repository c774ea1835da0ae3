"""XML files of translation tools, read element by element so that a large one needs no tree; safe from its tricks."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html.entities import html5
from typing import TYPE_CHECKING, BinaryIO

from bialign.charset import decode
from bialign.errors import FormatError, WrongEncoding
from bialign.readers.source import Source
from bialign.safe_xml import declares_entities

if TYPE_CHECKING:
    from lxml import etree

_DECLARED = re.compile(r"(<\?xml[^>]*?)\s+encoding\s*=\s*(?:\"[^\"]*\"|'[^']*')", re.ASCII)
_SPACE = re.compile(r"[ \t]*[\n\r][ \t\n\r]*")
_BREAKS = frozenset({"lb", "x-lb", "br", "x-br", "x-linebreak", "linebreak", "xlf:lb"})
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def events(source: Source, opened: BinaryIO | None = None) -> Iterator[tuple[str, etree._Element]]:
    """Give each element's "start" and "end" in order; raises FormatError where the file is not well-formed.

    What is read is `opened`, piece by piece, where it is given, else the source's data. Entities are neither declared
    nor expanded, nothing outside the file is read. With the source's `encoding`, what the file says of its own is not
    believed.
    """
    from lxml import etree

    data, first = source.data, True
    if source.encoding:
        text, _ = decode(data, source.file, source.encoding, keep_line_ends=True)
        data = _DECLARED.sub(r"\1", text, count=1).encode("utf-8", "replace")
    parser = etree.iterparse(
        opened or io.BytesIO(data.lstrip(b" \t\r\n")),
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    try:
        for event, element in parser:
            if first:
                first = False
                _refuse_entities(element, source)
            yield event, element
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _damage(error, parser, source) from None


def _damage(error: Exception, parser: etree.iterparse[tuple[str, etree._Element]], source: Source) -> FormatError:
    """Make an error of the first thing the parser found wrong, which says more than the last."""
    first = next((entry for entry in parser.error_log if entry.level_name in {"ERROR", "FATAL"}), None)
    problem = (first.message if first else str(error)).partition("\n")[0]
    line = (first.line if first else getattr(error, "lineno", None)) or 1
    if re.search("encoding|not proper UTF-8", problem, re.IGNORECASE):
        return WrongEncoding(source.file, line)
    reason = "damaged or cut off, not well-formed XML: {problem}"
    return FormatError(source.file, reason, line=line, problem=problem)


def root_name(source: Source) -> str:
    """Give the local name of a file's root element."""
    return next((name_of(element) for _, element in events(source)), "")


def name_of(element: etree._Element) -> str:
    """Give an element's name without its namespace; "" for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def drop(element: etree._Element) -> None:
    """Free an element that has been read, and those before it."""
    element.clear(keep_tail=True)
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def text_of(element: etree._Element, codes: frozenset[str], source: Source) -> str:
    """Give the text of an element without that of inline `codes`, on one line; a code for a line break is a space.

    Named entities of HTML, which such files may not hold but do, are the characters they stand for.
    """
    return _SPACE.sub(" ", _inner(element, codes, source)).strip()


def _inner(element: etree._Element, codes: frozenset[str], source: Source) -> str:
    from lxml import etree

    pieces = [element.text or ""]
    for child in element:
        if isinstance(child, etree._Entity):
            pieces.append(_entity(child, source))
        elif name_of(child) in codes:
            pieces.append(_code(child))
        elif isinstance(child.tag, str):
            pieces.append(_inner(child, codes, source))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _code(child: etree._Element) -> str:
    if name_of(child) == "cp":
        # XLIFF 2 writes so the characters that XML forbids: none of them is text
        return ""
    kinds = (child.get("type"), child.get("ctype"), child.get("subType"))
    is_break = not _BREAKS.isdisjoint(kinds) or re.match(r"\s*<br\b", child.text or "")
    return "\n" if is_break else ""


def _entity(child: etree._Element, source: Source) -> str:
    written = child.text or ""
    text = html5.get(written.removeprefix("&"), "")
    if not text:
        raise FormatError(source.file, "there is no entity {name}", line=child.sourceline, name=written)
    return text


def _refuse_entities(root: etree._Element, source: Source) -> None:
    if declares_entities(root):
        raise FormatError(source.file, "the file declares XML entities, which is not allowed here")
