"""XML parsed without entities, network or external files, whatever the file declares."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree


class XmlFault(ValueError):
    """Tell what is wrong with XML, and in which line; `problem` is "" where it declares entities."""

    def __init__(self, problem: str, line: int = 1) -> None:
        self.problem, self.line = problem, line
        super().__init__(problem)


def parse(data: bytes) -> etree._Element:
    """Parse XML and give its root, without comments and instructions.

    Raises XmlFault where it is not well-formed, nested too deeply, or declares entities, which can make it grow without
    end.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise XmlFault(str(error).partition("\n")[0], getattr(error, "lineno", None) or 1) from None
    if declares_entities(root):
        raise XmlFault("")
    return root


def declares_entities(root: etree._Element) -> bool:
    """Tell whether the document of an element declares entities of its own."""
    declared = root.getroottree().docinfo.internalDTD
    return declared is not None and any(True for _ in declared.iterentities())
