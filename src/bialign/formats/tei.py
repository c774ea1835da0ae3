"""TEI P5: both texts with their paragraphs, pages and notes, and the alignment as links that stand off from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bialign import __version__
from bialign.bitext import STATUSES, Anchor, Bead, Bitext, Document, Extra, Segment, Span
from bialign.formats import xml
from bialign.formats.files import Output
from bialign.formats.identifiers import bead_id, lang_code
from bialign.formats.options import Options
from bialign.formats.report import Tally
from bialign.formats.structure import Block, blocks

_NOTES = {"footnote": "foot", "endnote": "end"}
_MEANINGS = {
    "confirmed": "a person has confirmed it",
    "rejected": "a person has rejected it",
    "doubtful": "a person doubts it",
    "unreviewed": "nobody has looked at it yet",
}

_SAID = {
    "attribute": "an attribute that another program gave the unit",
    "prop": "a property that another program gave the unit",
    "note": "a note that another program gave the unit",
}


def outputs(bitext: Bitext, path: Path, options: Options, tally: Tally) -> list[Output]:
    """Give the one file."""
    return [(path, chunks(bitext, tally))]


def chunks(bitext: Bitext, tally: Tally | None = None, created: datetime | None = None) -> Iterator[str]:
    """Give the file piece by piece: header, alignment, then the source text and the target text.

    A bead is a ``link`` with `n` its id, `type`, `cert` its probability and `ana` its status. A link joins two things
    at least, so a null bead is a ``span``. Reasons are spans on what they tell of, moves links of their own.
    """
    tally = tally or Tally()
    moment = (created or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%d")
    yield f'{xml.DECLARATION}<TEI xmlns="http://www.tei-c.org/ns/1.0"{xml.attributes(n=bitext.id)}>\n'
    yield from _header(bitext, moment)
    yield "<standOff>\n"
    yield from _alignment(bitext, tally)
    yield "</standOff>\n<text>\n<group>\n"
    for name, document, segments in _sides(bitext):
        yield from _text(name, document, segments, tally)
    yield "</group>\n</text>\n</TEI>\n"


def _sides(bitext: Bitext) -> Iterator[tuple[str, Document, Sequence[Segment]]]:
    yield "source", bitext.source, bitext.source_segments
    yield "target", bitext.target, bitext.target_segments


def _header(bitext: Bitext, moment: str) -> Iterator[str]:
    titles = [document.title or document.id for document in (bitext.source, bitext.target)]
    yield "<teiHeader>\n<fileDesc>\n<titleStmt>" + "".join(f"<title>{xml.text(title)}</title>" for title in titles)
    yield "</titleStmt>\n<publicationStmt>\n<publisher>unpublished</publisher>\n"
    licences = dict.fromkeys(document.licence for document in (bitext.source, bitext.target) if document.licence)
    if licences:
        yield "<availability>" + "".join(f"<licence>{xml.text(licence)}</licence>" for licence in licences)
        yield "</availability>\n"
    yield "</publicationStmt>\n<sourceDesc>\n"
    for name, document, _ in _sides(bitext):
        origin = f"<note>{xml.text(document.origin)}</note>" if document.origin else ""
        title = xml.text(document.title or document.id)
        yield f'<bibl xml:id="{name}-bibl" xml:lang="{lang_code(document.lang)}"'
        yield f"{xml.attributes(n=document.id)}><title>{title}</title>{origin}</bibl>\n"
    yield "</sourceDesc>\n</fileDesc>\n<encodingDesc>\n"
    yield f'<appInfo><application ident="bialign" version="{__version__}"><label>bialign</label>'
    yield f"{f'<desc>{xml.text(bitext.signature)}</desc>' if bitext.signature else ''}</application></appInfo>\n"
    yield '<classDecl><taxonomy xml:id="status">'
    for status in STATUSES:
        yield f'<category xml:id="{status}"><catDesc>{_MEANINGS[status]}</catDesc></category>'
    yield '</taxonomy><taxonomy xml:id="said">'
    for kind, meaning in _SAID.items():
        yield f'<category xml:id="{kind}"><catDesc>{meaning}</catDesc></category>'
    langs = dict.fromkeys(lang_code(document.lang) for document in (bitext.source, bitext.target))
    yield "</taxonomy></classDecl>\n</encodingDesc>\n<profileDesc><langUsage>"
    yield "".join(f'<language ident="{lang}">{lang}</language>' for lang in langs)
    yield "</langUsage></profileDesc>\n"
    yield f'<revisionDesc><change when="{moment}">written by bialign</change></revisionDesc>\n</teiHeader>\n'


def _alignment(bitext: Bitext, tally: Tally) -> Iterator[str]:
    yield '<linkGrp type="alignment">\n'
    for number, bead in enumerate(bitext.beads):
        if not bead.is_null:
            tally.units += 1
            yield f"<link{_facts(bitext, bead, number)}/>\n"
    nulls = [(number, bead) for number, bead in enumerate(bitext.beads) if bead.is_null]
    reasons = [(number, bead) for number, bead in enumerate(bitext.beads) if bead.reason and not bead.is_null]
    yield "</linkGrp>\n"
    if nulls:
        yield '<spanGrp type="alignment">\n'
        for number, bead in nulls:
            tally.units += 1
            yield f"<span{_facts(bitext, bead, number)}>{xml.text(bead.reason)}</span>\n"
        yield "</spanGrp>\n"
    if reasons:
        yield '<spanGrp type="reasons">\n'
        yield from (f'<span target="#bead.{number + 1}">{xml.text(bead.reason)}</span>\n' for number, bead in reasons)
        yield "</spanGrp>\n"
    yield from _said(bitext)
    if bitext.moves:
        yield '<linkGrp type="moves">\n'
        for move in bitext.moves:
            yield f'<link target="{_targets(move.source, move.target)}" cert="{move.probability:.4f}"/>\n'
        yield "</linkGrp>\n"


def _said(bitext: Bitext) -> Iterator[str]:
    """Give the comments on beads, and what other programs said of them: `ana` tells its kind, `n` its name."""
    beads = [(number, bead) for number, bead in enumerate(bitext.beads) if any(e.kind != "id" for e in bead.extras)]
    for group, whole in (("comments", True), ("said", False)):
        spans = [
            f'<span target="#bead.{number + 1}"{"" if whole else _kind(extra)}>{xml.text(extra.value)}</span>\n'
            for number, bead in beads
            for extra in (extra for extra in bead.extras if extra.kind != "id" and (extra is _first(bead)) == whole)
        ]
        if spans:
            yield f'<spanGrp type="{group}">\n{"".join(spans)}</spanGrp>\n'


def _first(bead: Bead) -> Extra | None:
    return next((extra for extra in bead.extras if extra.is_comment), None)


def _kind(extra: Extra) -> str:
    return f' ana="#{extra.kind}"{xml.attributes(n=extra.name, corresp=extra.side and f"#{extra.side}")}'


def _facts(bitext: Bitext, bead: Bead, number: int) -> str:
    return (
        f' xml:id="bead.{number + 1}"{xml.attributes(n=bead_id(bitext, bead))} type="{bead.type}"'
        f' target="{_targets(bead.source, bead.target)}" cert="{bead.probability:.4f}" ana="#{bead.status}"'
    )


def _targets(source: Span, target: Span) -> str:
    sides = (("source", source), ("target", target))
    return " ".join(f"#{name}.{index + 1}" for name, span in sides for index in span.indices)


def _text(name: str, document: Document, segments: Sequence[Segment], tally: Tally) -> Iterator[str]:
    yield f'<text xml:id="{name}" xml:lang="{lang_code(document.lang)}" decls="#{name}-bibl">\n<body>\n<div>\n'
    empty = True
    for block in blocks(document, segments):
        empty = False
        yield _block(name, block, tally)
    yield f"{'<p/>' if empty else ''}</div>\n</body>\n</text>\n"


def _block(name: str, block: Block, tally: Tally) -> str:
    inner = "".join(
        f'{"".join(map(_mark, anchors))}<s xml:id="{name}.{segment.index + 1}">{xml.text(segment.text, tally)}</s>\n'
        for segment, anchors in block.segments
    )
    if block.kind == "text":
        return f"<p>{inner}</p>\n"
    if block.kind in _NOTES:
        return f'<note place="{_NOTES[block.kind]}"><p>{inner}</p></note>\n'
    return f'<ab type="{block.kind}">{inner}</ab>\n'


def _mark(anchor: Anchor) -> str:
    label = xml.attributes(n=anchor.label)
    return f"<pb{label}/>" if anchor.kind == "page" else f'<milestone unit="{anchor.kind}"{label}/>'
