"""XML parts of documents, parsed without entities, network or external files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bialign.errors import ReadError
from bialign.readers.source import Source
from bialign.safe_xml import XmlFault, parse

if TYPE_CHECKING:
    from lxml import etree

TAGS = 20_000_000
"""Tags that one part may hold; as parsed, each takes more than 100 bytes of memory, however few it has in the file."""


def parse_xml(data: bytes, source: Source, part: str = "") -> etree._Element:
    """Parse a part of a document and give its root.

    Raises ReadError where it is not well-formed, nested too deeply, larger than memory holds, or declares entities,
    which no document needs and which can make it grow without end.
    """
    place = part or source.file.name
    if data.count(b"<") > TAGS:
        template = "{part} holds more than {count} million XML tags: is it really a text?"
        raise ReadError(source.file, template, part=place, count=TAGS // 1_000_000)
    try:
        # comments and instructions, of which a text holds none, would part it
        return parse(data)
    except XmlFault as fault:
        if not fault.problem:
            template = "{part} declares XML entities, which is not allowed in a document"
            raise ReadError(source.file, template, part=place) from None
        template = "{part} is not well-formed XML at line {line}: {problem}"
        raise ReadError(source.file, template, part=place, line=fault.line, problem=fault.problem) from None
