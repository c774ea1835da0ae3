"""Aligners by name, and bead files, as alignments of one and the same pair of segment sequences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bialign.bitext import Bead, Bitext, Span, null_beads
from bialign.errors import FormatError

METHODS = ("gale-church", "lexical")
OURS = "bialign"
GOLD = "gold"


@dataclass(frozen=True, slots=True)
class Alignment:
    """Hold what an aligner made of the texts: its name, and beads that tile both."""

    name: str
    beads: tuple[Bead, ...]


def align_by(method: str, bitext: Bitext) -> Alignment:
    """Align the segments of a bitext by one of `METHODS` or by a bead file; what stands there already is not looked at.

    "gale-church" is nltk's, by sentence lengths; "lexical" is ours. Raises AlignmentError where the texts are too long
    for the method, ReadError or FormatError for a file that is no bead file of these texts.
    """
    if method not in METHODS:
        return of_file(Path(method), bitext)
    source, target = bitext.source_segments, bitext.target_segments
    texts = [[segment.text for segment in side] for side in (source, target)]
    if method == "gale-church":
        from bialign.aligner.lengths import align_by_length

        if bitext.source.paragraphs and bitext.target.paragraphs:
            paragraphs = [[segment.paragraph for segment in side] for side in (source, target)]
            return Alignment(method, tuple(align_by_length(texts[0], texts[1], paragraphs[0], paragraphs[1])))
        return Alignment(method, tuple(align_by_length(texts[0], texts[1])))
    from bialign.study.aligners.lexical import align_lexically

    return Alignment(method, tuple(align_lexically(texts[0], texts[1])))


def of_file(path: Path, bitext: Bitext, name: str = "") -> Alignment:
    """Read a bead file of the segments of a bitext; segments it leaves out are null beads."""
    from bialign.formats.beads import load_beads

    sizes = len(bitext.source_segments), len(bitext.target_segments)
    return Alignment(name or path.stem, tiled(load_beads(path), *sizes, path))


def tiled(beads: Iterable[Bead], source_size: int, target_size: int, path: Path) -> tuple[Bead, ...]:
    """Put null beads where beads leave segments out; FormatError where they cross, overlap or go beyond the texts."""
    found: list[Bead] = []
    i = j = 0
    for bead in sorted((b for b in beads if not b.is_null), key=lambda bead: (bead.source, bead.target)):
        if bead.source.start < i or bead.target.start < j:
            template = "beads cross or overlap at segments {source} and {target}"
            raise FormatError(path, template, source=bead.source.start, target=bead.target.start)
        if bead.source.stop > source_size or bead.target.stop > target_size:
            template = "a bead goes beyond the texts, which have {source} and {target} segments"
            raise FormatError(path, template, source=source_size, target=target_size)
        found += null_beads(Span(i, bead.source.start), Span(j, bead.target.start))
        found.append(bead)
        i, j = bead.source.stop, bead.target.stop
    return (*found, *null_beads(Span(i, source_size), Span(j, target_size)))
