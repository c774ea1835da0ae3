"""What a reader of an alignment ought to be warned of, and from where on a bead is in doubt."""

from __future__ import annotations

from pathlib import PurePath

from bialign.bitext import Bitext, Document, Remark

LONG_SEGMENT = 2_000
"""Characters from which a segment is hardly one sentence."""

DOUBTFUL = 0.5
"""The probability below which a bead is more likely wrong than right."""


def remarks(bitext: Bitext) -> tuple[Remark, ...]:
    """Give what a user should be told about a bitext: same or unknown languages, giant segments, few partners."""
    found = list(bitext.remarks)
    source, target = bitext.source, bitext.target
    for document in (source, target):
        if not document.lang:
            template = "the language of {name} was not recognised: name it with {option}"
            option = "--source-lang" if document is source else "--target-lang"
            found.append(Remark(template, {"name": name_of(document), "option": option}))
    if source.text == target.text:
        found.append(Remark("the two texts are identical", {}))
    elif source.lang and source.lang == target.lang:
        template = "both texts seem to be in the same language ({lang}): is one of them a translation?"
        found.append(Remark(template, {"lang": source.lang}))
    for document, segments in ((source, bitext.source_segments), (target, bitext.target_segments)):
        if not segments:
            found.append(
                Remark("{name} is empty: nothing in the other text has a partner", {"name": name_of(document)})
            )
            continue
        longest = max(segments, key=lambda segment: len(segment.text))
        if len(longest.text) >= LONG_SEGMENT:
            template = "{name} has a segment of {size} characters (number {number}) that could not be split"
            fields = {"name": name_of(document), "size": len(longest.text), "number": longest.index + 1}
            found.append(Remark(template, fields))
    if bitext.source_segments and bitext.target_segments:
        paired = sum(len(bead.source) + len(bead.target) for bead in bitext.beads if not bead.is_null)
        share = paired / (len(bitext.source_segments) + len(bitext.target_segments))
        if share < 0.5:
            template = "only {percent}% of the segments found a partner: are these two versions of the same text?"
            found.append(Remark(template, {"percent": int(100 * share)}))
    return tuple(found)


def boilerplate_found(document: Document, count: int) -> Remark:
    """Tell of lines of a document that look like boilerplate."""
    template = "{name}: {count} lines look like running heads or other boilerplate; --drop boilerplate removes them"
    return Remark(template, {"name": name_of(document), "count": count})


def name_of(document: Document) -> str:
    """Name a document for people: by its file, else by its id."""
    return PurePath(document.origin).name or document.id
