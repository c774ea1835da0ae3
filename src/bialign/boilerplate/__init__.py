"""Boilerplate: running heads, page numbers, navigation and notices that stand between the lines of a text.

They are found by three kinds of evidence - what repeats, where it stands on its page, what shape it has - and removed
only when asked, so that they can be put back. Lines are compared by their shape: without case, every number alike
("THE HOUSE 12", "The House 14").
"""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterable, Iterator

from bialign.bitext import Boilerplate, Document, Segment
from bialign.boilerplate.dropping import drop, restore
from bialign.boilerplate.lines import lines_of
from bialign.boilerplate.repeats import at_borders, at_distances
from bialign.boilerplate.words import links, notices
from bialign.citation import LAYOUT

__all__ = ["RULES", "Boilerplate", "chosen", "drop", "find", "heads_among", "restore", "without"]

RULES: dict[str, tuple[str, str]] = {
    "running-head": (
        "the head or foot that a page repeats",
        "El título o pie que se repite en cada página",
    ),
    "page-number": ("the number of a page", "El número de una página"),
    "navigation": ("links to other parts of a site", "Enlaces a otras partes de un sitio"),
    "notice": ("a notice of rights", "Un aviso de derechos"),
}
"""What each kind of boilerplate is, in English and in Spanish."""


def find(document: Document) -> tuple[Boilerplate, ...]:
    """Find the lines of a document that are boilerplate, in order.

    A reader that knows where a line stands on its page has said so by the paragraph's kind. Where the document's pages
    are known, what repeats at their borders is found, else what comes again and again at the distance of a page and
    interrupts sentences, or counts on by one.
    """
    lines = lines_of(document.text, ())
    found = {item.start: item for item in itertools.chain(_of_kind(document), notices(document, lines), links(lines))}
    pages = sorted({anchor.offset for anchor in document.anchors if anchor.kind == "page"})
    while True:
        # once a head is known, the foot before it is seen to interrupt a sentence
        lines = lines_of(document.text, found)
        repeated = at_borders(lines, pages) if len(pages) >= 3 else at_distances(lines)
        new = {item.start: item for item in repeated if item.start not in found}
        if not new:
            return tuple(found[start] for start in sorted(found))
        found |= new


def heads_among(segments: Iterable[Segment], found: Iterable[Boilerplate]) -> frozenset[int]:
    """Give the numbers of a document's segments that are running heads or page numbers, by what `find` found in it."""
    heads = [item for item in found if item.rule in LAYOUT]
    starts = [item.start for item in heads]
    held = set()
    for segment in segments:
        at = bisect.bisect_right(starts, segment.start) - 1
        if at >= 0 and segment.stop <= heads[at].stop:
            held.add(segment.index)
    return frozenset(held)


def without(document: Document, names: Iterable[str]) -> Document:
    """Give a document without the boilerplate of some rules; see `chosen` for their names."""
    return drop(document, chosen(find(document), names))


def chosen(found: Iterable[Boilerplate], names: Iterable[str]) -> list[Boilerplate]:
    """Pick what some rules found; "boilerplate" names them all. Raises ValueError for a name that is no rule."""
    wanted = set(names)
    unknown = wanted - {"boilerplate", *RULES}
    if unknown:
        raise ValueError(f"no rule for boilerplate: {', '.join(sorted(unknown))}")
    return [item for item in found if "boilerplate" in wanted or item.rule in wanted]


def _of_kind(document: Document) -> Iterator[Boilerplate]:
    for paragraph in document.paragraphs:
        if paragraph.kind in LAYOUT:
            yield Boilerplate(paragraph.start, paragraph.stop, paragraph.kind, "its place on the page")
