"""Take boilerplate out of a document, recorded as repairs are, and put it back."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bialign.bitext import Boilerplate, Document, Fix, Paragraph
from bialign.boilerplate.lines import goes_on
from bialign.repair import amend, moved, replay


def drop(document: Document, found: Iterable[Boilerplate]) -> Document:
    """Give the document without what was found; ``repair.revert`` still gives the text as it was read.

    A paragraph that a page cut in two is one again where it goes on in mid-sentence. Each removal is a fix of the
    document, by a rule called "boilerplate:running-head" and the like, and can be undone by `restore`.
    """
    found = sorted(found, key=lambda item: item.start)
    if not found:
        return document
    if document.dropped:
        # lines of what was left the first time, at their places in the whole
        places = iter(_in_whole(document, [offset for item in found for offset in (item.start, item.stop)]))
        found = [replace(item, start=next(places), stop=next(places)) for item in found]
        return drop(_whole(document), (*document.dropped, *found))
    steps, joints = _steps(document, found)
    text, fixes = amend(document.text, document.fixes, steps)
    places_of_anchors = moved([anchor.offset for anchor in document.anchors], steps)
    anchors = zip(document.anchors, places_of_anchors, strict=True)
    return replace(
        document,
        text=text,
        fixes=fixes,
        anchors=tuple(replace(item, offset=place) for item, place in anchors),
        paragraphs=tuple(_paragraphs(document.paragraphs, steps, joints, text)),
        dropped=tuple(found),
        whole=document,
    )


def restore(document: Document, found: Iterable[Boilerplate] | None = None) -> Document:
    """Put lines back that `drop` removed: all, or those of ``document.dropped`` that are given.

    With all of them back, text, fixes, anchors and paragraphs are what they were. Raises ValueError for lines that
    were not removed, and where the text has been changed since.

    >>> page = Boilerplate(9, 11, "page-number", "its place on the page")
    >>> less = drop(Document("a", "en", "", "The old\\n\\n12\\n\\nhouse was.\\n"), [page])
    >>> less.text, restore(less).text
    ('The old house was.\\n', 'The old\\n\\n12\\n\\nhouse was.\\n')
    """
    back = document.dropped if found is None else tuple(found)
    if not back:
        return document
    strangers = [item for item in back if item not in document.dropped]
    if strangers:
        raise ValueError(f"{document.id}: nothing was removed at {strangers[0].start}")
    whole = _whole(document)
    return drop(whole, [item for item in document.dropped if item not in back])


def _whole(document: Document) -> Document:
    """Give the document as it was before anything was dropped, but with what else it is now said to be."""
    if document.whole is None:
        raise ValueError(f"{document.id}: nothing is known of what was removed")
    if replay(document.whole.text, _steps(document.whole, document.dropped)[0]) != document.text:
        raise ValueError(f"{document.id}: the text was changed after lines were removed")
    whole = document.whole
    return replace(
        document,
        text=whole.text,
        fixes=whole.fixes,
        anchors=whole.anchors,
        paragraphs=whole.paragraphs,
        dropped=(),
        whole=None,
    )


def _in_whole(document: Document, offsets: Sequence[int]) -> list[int]:
    """Turn offsets of what is left into those of the whole document."""
    back, shift = [], 0
    for step in _steps(_whole(document), document.dropped)[0]:
        back.append(Fix(step.start + shift, step.after, step.before, step.rules))
        shift += len(step.after) - len(step.before)
    return moved(offsets, back)


def _steps(document: Document, found: Sequence[Boilerplate]) -> tuple[list[Fix], set[int]]:
    """Give the fixes that remove lines, and the starts of those that join two paragraphs."""
    steps, joints = [], set()
    for start, stop, rules in _blocks(document.text, found):
        after, joins = _replacement(document, start, stop)
        steps.append(Fix(start, document.text[start:stop], after, tuple(f"boilerplate:{rule}" for rule in rules)))
        if joins:
            joints.add(start)
    return steps, joints


def _blocks(text: str, found: Sequence[Boilerplate]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Give the stretches to remove, from the end of the text before to the beginning of the text behind."""
    block: list[Boilerplate] = []
    for item in [*found, None]:
        if block and (item is None or text[block[-1].stop : item.start].strip()):
            head, tail = text[: block[0].start], text[block[-1].stop :]
            start, stop = len(head.rstrip()), block[-1].stop + len(tail) - len(tail.lstrip())
            yield start, stop, tuple(dict.fromkeys(one.rule for one in block))
            block = []
        if item is not None:
            block.append(item)


def _replacement(document: Document, start: int, stop: int) -> tuple[str, bool]:
    """Give what is to stand for a stretch that is removed, and whether that joins two paragraphs."""
    text = document.text
    if not start or stop == len(text):
        return ("\n" if start else ""), False
    inside = any(item.start < start and stop < item.stop for item in document.paragraphs)
    if inside:
        return "\n", False
    before, after = text[:start].rpartition("\n")[2], text[stop:].partition("\n")[0]
    if goes_on(before, after):
        return " ", True
    return ("\n\n" if "\n\n" in text[start:stop] else "\n"), False


def _paragraphs(
    paragraphs: Sequence[Paragraph], steps: Sequence[Fix], joints: set[int], text: str
) -> Iterator[Paragraph]:
    """Move paragraphs to where they are after the removal; those removed go, those joined are one."""
    offsets = moved([offset for item in paragraphs for offset in (item.start, item.stop)], steps)
    last: Paragraph | None = None
    for item, start, stop in zip(paragraphs, offsets[::2], offsets[1::2], strict=True):
        piece = text[start:stop]
        step = _step_at(steps, item.start)
        if not piece.strip() or (step is not None and item.stop <= step.start + len(step.before)):
            continue
        first = start + len(piece) - len(piece.lstrip())
        here = Paragraph(first, first + len(piece.strip()), item.kind)
        if last is not None and step is not None and step.start in joints:
            last = replace(last, stop=here.stop)
            continue
        if last is not None:
            yield last
        last = here
    if last is not None:
        yield last


def _step_at(steps: Sequence[Fix], offset: int) -> Fix | None:
    """Give the step that removes what stands at an offset, or ends there."""
    number = bisect.bisect_right(steps, offset, key=lambda step: step.start) - 1
    return steps[number] if number >= 0 and offset <= steps[number].start + len(steps[number].before) else None
