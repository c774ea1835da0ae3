"""What stands where in the texts of a bitext: paragraphs with their kinds, and the marks of pages and chapters."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bialign.bitext import Anchor, Document, ParagraphKind, Segment


@dataclass(frozen=True, slots=True)
class Block:
    """Hold the segments of a paragraph, its kind, and the anchors that stand before each segment."""

    number: int
    kind: ParagraphKind
    segments: tuple[tuple[Segment, tuple[Anchor, ...]], ...]


def blocks(document: Document, segments: Sequence[Segment]) -> Iterator[Block]:
    """Give the paragraphs of a document in order, numbered from 0; those without a segment are none.

    An anchor stands before the first segment that begins at it or after it; segments are numbered as they are.
    """
    anchors = iter(sorted(document.anchors, key=lambda anchor: anchor.offset))
    waiting = next(anchors, None)
    starts = [paragraph.start for paragraph in document.paragraphs]
    for number, (_, members) in enumerate(itertools.groupby(segments, key=lambda segment: segment.paragraph)):
        held = []
        for segment in members:
            before = []
            while waiting is not None and waiting.offset <= segment.start:
                before.append(waiting)
                waiting = next(anchors, None)
            held.append((segment, tuple(before)))
        at = bisect.bisect_right(starts, held[0][0].start) - 1
        kind = document.paragraphs[at].kind if at >= 0 else "text"
        yield Block(number, kind, tuple(held))
