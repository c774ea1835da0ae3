"""Versions of a text, given as files, documents or a corpus, brought into rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bialign import __version__
from bialign.bitext import Bead, Document, Move, Segment, Span
from bialign.errors import AlignmentError
from bialign.pipeline import Text, document_of
from bialign.study.versions.model import Collation, Version, VersionMove, names_of
from bialign.study.versions.rows import Linked, rows_of

if TYPE_CHECKING:
    from bialign.encode import Encoder
    from bialign.study.versions.together import Pair, PairBeads

Progress = Callable[[str, float], None]


def collate(
    texts: Sequence[Text],
    *,
    langs: Sequence[str] = (),
    encoding: str | None = None,
    drop: Sequence[str] = (),
    splitting: Mapping[str, Any] | None = None,
    encoder: Encoder | None = None,
    progress: Progress | None = None,
) -> Collation:
    """Align versions of one text, paths or documents, the base first, and give them in rows.

    All pairs are aligned and help each other (`together.align_together`), those in one language too. `langs` are the
    languages, "" for what is to be guessed; `splitting` holds `exceptions` and `rules` as `bialign.align` takes them.
    Raises ValueError for less than two texts, ReadError for what cannot be read, AlignmentError for an empty text.
    """
    if len(texts) < 2:
        raise ValueError("one version has nothing to be compared with")
    documents = [
        document_of(text, lang, encoding, drop) for text, lang in zip(texts, _filled(langs, texts), strict=True)
    ]
    names = names_of(documents)
    versions = [_version(name, document, splitting or {}) for name, document in zip(names, documents, strict=True)]
    return align_versions(versions, encoder=encoder, progress=progress)


def read_version(
    text: Text,
    *,
    langs: Sequence[str] = (),
    encoding: str | None = None,
    drop: Sequence[str] = (),
    splitting: Mapping[str, Any] | None = None,
) -> Version:
    """Read and split one version; options and errors as in `collate`."""
    document = document_of(text, langs[0] if langs else "", encoding, drop)
    return _version(names_of([document])[0], document, splitting or {})


def align_versions(
    versions: Sequence[Version], *, encoder: Encoder | None = None, progress: Progress | None = None
) -> Collation:
    """Align versions that are split already, the base first, and give them in rows."""
    from bialign.encode import default_encoder
    from bialign.study.versions.together import align_together

    encoder = encoder or default_encoder()
    found = align_together(
        [[segment.text for segment in version.segments] for version in versions],
        langs=[version.lang for version in versions],
        paragraphs=[[segment.paragraph for segment in version.segments] for version in versions],
        encoder=encoder,
        progress=progress,
    )
    sizes = [len(version.segments) for version in versions]
    moves = [VersionMove(y, move) for (x, y), pair in found.items() if x == 0 for move in pair.moves]
    signature = f"bialign:{__version__};encoder:{encoder.name};versions:{len(versions)}"
    return Collation(tuple(versions), rows_of(sizes, linked(found)), tuple(moves), signature)


def linked(found: Mapping[Pair, PairBeads]) -> list[Linked]:
    """Choose the beads that make rows: those of the base, and those by which what one version adds is in another too.

    What the versions' own beads say of the rest has been heard already, when the pairs were aligned together: as links
    they would only make rows larger. Those that tell of different places of the base are left out.
    """
    chosen = [Linked(x, y, pair.beads) for (x, y), pair in found.items() if x == 0]
    places = {version: _places(beads) for _, version, beads in chosen}
    for (x, y), pair in found.items():
        if x:
            chosen.append(Linked(x, y, [bead for bead in pair.beads if _adds(bead, places[x], places[y])]))
    return chosen


def _places(beads: Sequence[Bead]) -> list[Span]:
    """Give for each segment of a version where it stands in the base: a span, empty where the base has nothing."""
    return [bead.source for bead in beads for _ in bead.target.indices]


def _adds(bead: Bead, first: Sequence[Span], second: Sequence[Span]) -> bool:
    """Tell whether a bead of two versions has a segment that the base lacks, at one place of the base."""
    if bead.is_null:
        return False
    sides = [first[slice(*bead.source)], second[slice(*bead.target)]]
    if all(place for side in sides for place in side):
        return False
    hulls = [(min(place.start for place in side), max(place.stop for place in side)) for side in sides]
    return max(hulls[0][0], hulls[1][0]) <= min(hulls[0][1], hulls[1][1])


def with_additions(
    versions: Sequence[Version], beads: Sequence[Sequence[Bead]], encoder: Encoder | None = None
) -> list[Linked]:
    """Link the beads of the base with each version, as they are, and what several versions add at the same place.

    `beads` tile the base (source) and versions 1, 2 ... (target).
    """
    from bialign.study.versions.together import align_together

    chosen = [Linked(0, number, one) for number, one in enumerate(beads, 1)]
    added = [_additions(one) for one in beads]
    for x in range(1, len(versions)):
        for y in range(x + 1, len(versions)):
            found: list[Bead] = []
            for place in sorted(added[x - 1].keys() & added[y - 1].keys()):
                spans = added[x - 1][place], added[y - 1][place]
                texts = [
                    [segment.text for segment in versions[number].segments[slice(*span)]]
                    for number, span in zip((x, y), spans, strict=True)
                ]
                langs = [versions[number].lang for number in (x, y)]
                pair = align_together(texts, langs=langs, encoder=encoder)[0, 1]
                found += [
                    replace(bead, source=_shifted(bead.source, spans[0]), target=_shifted(bead.target, spans[1]))
                    for bead in pair.beads
                    if not bead.is_null
                ]
            if found:
                chosen.append(Linked(x, y, found))
    return chosen


def _shifted(span: Span, by: Span) -> Span:
    return Span(span.start + by.start, span.stop + by.start)


def _additions(beads: Sequence[Bead]) -> dict[int, Span]:
    """Give the runs of segments that the base does not have, by the place of the base where they stand."""
    found: dict[int, Span] = {}
    for bead in beads:
        if not bead.source:
            start = found[bead.source.start].start if bead.source.start in found else bead.target.start
            found[bead.source.start] = Span(start, bead.target.stop)
    return found


def turned(beads: Sequence[Bead]) -> list[Bead]:
    """Give beads with their sides exchanged."""
    return [replace(bead, source=bead.target, target=bead.source) for bead in beads]


def turned_moves(moves: Sequence[Move]) -> list[Move]:
    """Give moves with their sides exchanged."""
    return [replace(move, source=move.target, target=move.source) for move in moves]


def _filled(langs: Sequence[str], texts: Sequence[Text]) -> list[str]:
    return [*langs, *[""] * len(texts)][: len(texts)]


def _version(name: str, document: Document, splitting: Mapping[str, Any]) -> Version:
    from bialign.split import split

    found = split(
        document.text,
        document.lang,
        splitting.get("exceptions", ()),
        document.paragraphs,
        rules=splitting.get("rules"),
    )
    if not found:
        raise AlignmentError("no text to align: the file is empty or blank", place=document.origin or document.id)
    return Version(name, document, found)


def version_of(document: Document, segments: Sequence[Segment], name: str = "") -> Version:
    """Make a version of a document that is split already."""
    return Version(name or document.id or document.title, document, tuple(segments))
