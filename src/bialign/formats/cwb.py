"""Corpus Workbench and Manatee (Sketch Engine, NoSketch, KonText): two vertical texts and their alignment."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bialign.bitext import Bitext, Document, Segment, Span
from bialign.formats import xml
from bialign.formats.files import Output
from bialign.formats.identifiers import lang_code, side_names
from bialign.formats.options import Options, Tokenise
from bialign.formats.registry import stem_of
from bialign.formats.report import NULL_BEADS, Tally
from bialign.formats.structure import blocks

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|\w+(?:['’\-]\w+)*|\.{3}|[^\w\s]")
_LONGEST = 4_000
"""Bytes of a token that the Corpus Workbench surely takes; it cuts what is longer than 4,096."""


def tokens(text: str, lang: str = "") -> list[str]:
    """Cut a text into words, numbers and punctuation marks, where no better way is given.

    >>> tokens("El SIN—3.500 agentes—actuó.")
    ['El', 'SIN', '—', '3.500', 'agentes', '—', 'actuó', '.']
    """
    return _TOKEN.findall(text)


def outputs(bitext: Bitext, path: Path, options: Options, tally: Tally) -> list[Output]:
    """Give a vertical text a side, the alignment in both directions, and a note on how to encode them."""
    sides = side_names(bitext)
    stem = _ascii(stem_of(path, "cwb"))
    names = f"{stem}_{sides[0]}", f"{stem}_{sides[1]}"
    cut = options.tokenise or tokens
    texts = _Side(bitext.source, bitext.source_segments, cut), _Side(bitext.target, bitext.target_segments, cut)
    verticals = [
        (path.with_name(f"{name}.vrt"), _vertical(text, tally)) for name, text in zip(names, texts, strict=True)
    ]
    manatee = options.profile == "manatee"
    alignment = _manatee if manatee else _cwb
    tally.units = len(bitext.beads)
    ending = "aligndef" if manatee else "align"
    aligned: list[Output] = [
        (path.with_name(f"{names[one]}-{names[1 - one]}.{ending}"), alignment(bitext, names, one, texts))
        for one in (0, 1)
    ]
    if not manatee:
        nulls = sum(bead.is_null for bead in bitext.beads)
        why = "an alignment of the Corpus Workbench has two sides; the texts are there"
        tally.left_out[NULL_BEADS, why] += nulls
    guide = _manatee_guide if manatee else _cwb_guide
    return [*verticals, *aligned, (path.with_name(f"{stem}.txt"), guide(names, bitext))]


def _ascii(name: str) -> str:
    """Make a name that corpora may have: lower-case ASCII letters, digits, underscores.

    >>> _ascii("Año 1992")
    'ano_1992'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    found = re.sub(r"[^a-z0-9_]+", "_", plain).strip("_") or "corpus"
    return found if found[0].isalpha() else f"c_{found}"


@dataclass(frozen=True, slots=True)
class _Side:
    """Hold one text, and how it is cut into words."""

    document: Document
    segments: Sequence[Segment]
    tokenise: Tokenise

    def words(self, segment: Segment) -> list[str]:
        """Give the words of a segment, one at least: no corpus can hold a structure without positions."""
        words = (" ".join(word.split()) for word in self.tokenise(segment.text, self.document.lang))
        return [word for word in words if word] or ["_"]


def _vertical(side: _Side, tally: Tally) -> Iterator[str]:
    document = side.document
    named = xml.attributes(id=document.id, title=document.title, lang=lang_code(document.lang))
    yield f"<text{named}>\n"
    for block in blocks(document, side.segments):
        yield f'<p id="{block.number + 1}" type="{block.kind}">\n'
        for segment, _ in block.segments:
            yield f'<s id="{segment.index + 1}">\n'
            for token in side.words(segment):
                yield f"{_shortened(xml.text(token, tally), tally)}\n"
            yield "</s>\n"
        yield "</p>\n"
    yield "</text>\n"


def _shortened(token: str, tally: Tally) -> str:
    if len(token) < _LONGEST // 4 or len(token.encode("utf-8")) <= _LONGEST:
        return token
    tally.changes["words shortened to 4,000 bytes"] += 1
    return token.encode("utf-8")[:_LONGEST].decode("utf-8", "ignore")


def _cwb(bitext: Bitext, names: tuple[str, str], first: int, texts: tuple[_Side, _Side]) -> Iterator[str]:
    """Give the alignment in corpus positions, from one side to the other, as cwb-align-encode reads it."""
    positions = [_positions(side) for side in texts]
    yield f"{names[first]}\ts\t{names[1 - first]}\ts\n"
    for bead in bitext.beads:
        if bead.is_null:
            continue
        spans = (bead.source, bead.target)
        for side in (first, 1 - first):
            yield f"{positions[side][spans[side].start]}\t{positions[side][spans[side].stop] - 1}\t"
        yield f"{len(spans[first])}:{len(spans[1 - first])}\t{round(100 * bead.probability)}\n"


def _positions(side: _Side) -> list[int]:
    """Give the corpus position where each segment begins, and where the last one ends."""
    found = [0]
    for segment in side.segments:
        found.append(found[-1] + len(side.words(segment)))
    return found


def _manatee(bitext: Bitext, names: tuple[str, str], first: int, texts: tuple[_Side, _Side]) -> Iterator[str]:
    """Give the alignment in numbers of structures from 0, "5", "5,7" or "-1", as an ALIGNDEF file has them."""
    for bead in bitext.beads:
        spans = (bead.source, bead.target)
        yield f"{_numbers(spans[first])}\t{_numbers(spans[1 - first])}\n"


def _numbers(span: Span) -> str:
    if not span:
        return "-1"
    return str(span.start) if len(span) == 1 else f"{span.start},{span.stop - 1}"


def _cwb_guide(names: tuple[str, str], bitext: Bitext) -> Iterator[str]:
    yield "The Corpus Workbench encodes these files with the commands below; REGISTRY and DATA are your folders.\n\n"
    for name in names:
        yield f"mkdir -p DATA/{name}\ncwb-encode -c utf8 -xsB -d DATA/{name} -f {name}.vrt -R REGISTRY/{name}"
        yield " -P word -S text:0+id+title+lang -S p:0+id+type -S s:0+id\n"
        yield f"cwb-make -r REGISTRY -V {name.upper()}\n"
    for one, other in (names, names[::-1]):
        yield f"echo ALIGNED {other} >> REGISTRY/{one}\n"
        yield f"cwb-align-encode -r REGISTRY -D {one}-{other}.align\n"


def _manatee_guide(names: tuple[str, str], bitext: Bitext) -> Iterator[str]:
    yield "Manatee compiles these files with compilecorp and a registry file for each side; FOLDER is where they are.\n"
    documents = (bitext.source, bitext.target)
    for (one, other), document in zip((names, names[::-1]), documents, strict=True):
        yield f'\n--- {one}\nNAME "{one}"\nPATH "FOLDER/data/{one}"\nVERTICAL "FOLDER/{one}.vrt"\nENCODING "UTF-8"\n'
        yield f'LANGUAGE "{lang_code(document.lang)}"\nALIGNED "{other}"\nALIGNSTRUCT "s"\n'
        yield f'ALIGNDEF "FOLDER/{one}-{other}.aligndef"\nATTRIBUTE word\n'
        for structure, names_ in (("text", ("id", "title", "lang")), ("p", ("id", "type")), ("s", ("id",))):
            inner = "".join(f"    ATTRIBUTE {name}\n" for name in names_)
            yield f"STRUCTURE {structure} {{\n{inner}}}\n"
