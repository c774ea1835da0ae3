"""XCES: two texts with sentence marks and a file of links, as OPUS writes them or as InterText does.

The two agree on all but the order: in OPUS a link names the source's sentences first ("fromDoc;toDoc"), in InterText
the target's. InterText's names for sentences are numbers with at most two parts.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bialign.bitext import Bead, Bitext, Document, Segment, Span
from bialign.formats import xml
from bialign.formats.files import Output
from bialign.formats.identifiers import bead_id, lang_code, side_names
from bialign.formats.options import Options
from bialign.formats.registry import stem_of
from bialign.formats.report import Tally
from bialign.formats.structure import blocks

_DOCTYPE = '<!DOCTYPE cesAlign PUBLIC "-//CES//DTD XML cesAlign//EN" "">\n'


def outputs(bitext: Bitext, path: Path, options: Options, tally: Tally) -> list[Output]:
    """Give the file of links, which has the name that was asked for, then the texts ("letter.en.xml")."""
    stem = stem_of(path, "xces")
    names = side_names(bitext)
    # InterText's own names for its files: letter.en.es.xml beside letter.en.xml
    for ending in (f".{names[0]}.{names[1]}.xml", f".{names[0]}-{names[1]}.xml"):
        stem = stem.removesuffix(ending)
    files = [path.with_name(f"{stem}.{name}.xml") for name in names]
    sides = ((bitext.source, bitext.source_segments), (bitext.target, bitext.target_segments))
    ids = _ids(bitext, options.profile)
    links = _intertext if options.profile == "intertext" else _opus
    texts: list[Output] = [
        (file, _document(document, segments, own))
        for file, (document, segments), own in zip(files, sides, ids, strict=True)
    ]
    return [(path, links(bitext, (files[0].name, files[1].name), ids, tally)), *texts]


_Ids = tuple[list[str], list[str]]


def _ids(bitext: Bitext, dialect: str) -> _Ids:
    """Name the segments by paragraph and sentence: "s2.1", in InterText "2:1"."""
    first, between = ("", ":") if dialect == "intertext" else ("s", ".")
    sides = ((bitext.source, bitext.source_segments), (bitext.target, bitext.target_segments))
    found = [
        [
            f"{first}{block.number + 1}{between}{number}"
            for block in blocks(document, segments)
            for number, _ in enumerate(block.segments, 1)
        ]
        for document, segments in sides
    ]
    return found[0], found[1]


def _document(document: Document, segments: tuple[Segment, ...], ids: list[str]) -> Iterator[str]:
    yield f"{xml.DECLARATION}<text{xml.attributes(lang=lang_code(document.lang))}>\n<body>\n"
    names = iter(ids)
    for block in blocks(document, segments):
        kind = "" if block.kind == "text" else block.kind
        yield f'<p id="{block.number + 1}"{xml.attributes(type=kind)}>\n'
        for segment, _ in block.segments:
            yield f'<s id="{next(names)}">{xml.text(segment.text)}</s>\n'
        yield "</p>\n"
    yield "</body>\n</text>\n"


def _opus(bitext: Bitext, files: tuple[str, str], ids: _Ids, tally: Tally) -> Iterator[str]:
    yield f'{xml.DECLARATION}{_DOCTYPE}<cesAlign version="1.0">\n'
    yield f'<linkGrp targType="s"{xml.attributes(fromDoc=files[0], toDoc=files[1])}>\n'
    for bead in bitext.beads:
        tally.units += 1
        source, target = _names(ids[0], bead.source), _names(ids[1], bead.target)
        status = "" if bead.status == "unreviewed" else bead.status
        yield f'<link xtargets="{source};{target}"{xml.attributes(id=bead_id(bitext, bead))}'
        yield f' certainty="{bead.probability:.4f}"{xml.attributes(status=status)}/>\n'
    yield "</linkGrp>\n</cesAlign>\n"


def _intertext(bitext: Bitext, files: tuple[str, str], ids: _Ids, tally: Tally) -> Iterator[str]:
    yield f"{xml.DECLARATION}<linkGrp{xml.attributes(toDoc=files[1], fromDoc=files[0])}>\n"
    for bead in bitext.beads:
        tally.units += 1
        source, target = _names(ids[0], bead.source), _names(ids[1], bead.target)
        yield f'<link type="{len(bead.target)}-{len(bead.source)}" xtargets="{target};{source}"'
        mark = "1" if bead.status in {"doubtful", "rejected"} else ""
        yield f' status="{_status(bead)}"{xml.attributes(mark=mark)}/>\n'
    yield "</linkGrp>\n"
    if any(bead.probability < 1 for bead in bitext.beads):
        tally.left_out["probabilities of beads", "InterText has no place for them"] += tally.units
    if any(bead.status in {"doubtful", "rejected"} for bead in bitext.beads):
        tally.changes["doubtful and rejected beads are marked, without the difference"] += 1


def _status(bead: Bead) -> str:
    return "man" if bead.status == "confirmed" else "auto"


def _names(ids: list[str], span: Span) -> str:
    return " ".join(ids[span.start : span.stop])
