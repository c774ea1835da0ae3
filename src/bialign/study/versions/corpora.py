"""Versions in a corpus: texts whose bitexts share a document, as two translations share their source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bialign.bitext import Bead
from bialign.errors import NotFound
from bialign.study.versions.collate import turned, turned_moves, version_of, with_additions
from bialign.study.versions.model import Collation, Version, VersionMove
from bialign.study.versions.rows import rows_of

if TYPE_CHECKING:
    from bialign.corpus import BitextInfo, Corpus
    from bialign.encode import Encoder
    from bialign.store.listing import DocumentEntry


@dataclass(frozen=True, slots=True)
class Base:
    """Hold a document that several bitexts of a corpus have in common, and these bitexts."""

    document: DocumentEntry
    bitexts: tuple[BitextInfo, ...]


def bases(corpus: Corpus) -> list[Base]:
    """Give the documents of a corpus that two or more bitexts share, in the order they came in."""
    found: dict[int, tuple[DocumentEntry, list[BitextInfo]]] = {}
    for info in corpus.bitexts():
        for document in dict.fromkeys((info.source, info.target)):
            found.setdefault(document.id, (document, []))[1].append(info)
    return [Base(document, tuple(held)) for _, (document, held) in sorted(found.items()) if len(held) > 1]


def base_of(corpus: Corpus, name: str = "") -> Base:
    """Give the base of that name, title or id; without a name the first. Raises NotFound where there is none."""
    found = bases(corpus)
    if not found:
        reason = "no two texts of this corpus share a document: add a second translation of one with bialign add"
        raise NotFound(reason, place=str(corpus.path))
    for base in found:
        document = base.document
        if not name or name in {document.name, document.title, str(document.id)}:
            return base
    known = ", ".join(base.document.name for base in found)
    raise NotFound("no base is called {name} here; there are: {known}", place=str(corpus.path), name=name, known=known)


def collation_of(corpus: Corpus, base: Base, *, encoder: Encoder | None = None) -> Collation:
    """Give the versions of a base in rows, by the beads of the corpus as they stand.

    Nothing is aligned anew but what several versions add to the base at the same place.
    """
    versions: list[Version] = []
    beads: list[list[Bead]] = []
    moves: list[VersionMove] = []
    with corpus.store.database.snapshot():
        held = [(info, corpus.store.contents.bitext(info.id)) for info in base.bitexts]
    for number, (info, bitext) in enumerate(held, 1):
        forward = info.source == base.document
        sides = [(bitext.source, bitext.source_segments), (bitext.target, bitext.target_segments)]
        own, other = sides if forward else reversed(sides)
        if not versions:
            versions.append(version_of(*own))
        versions.append(version_of(*other, name=info.name))
        beads.append(list(bitext.beads) if forward else turned(bitext.beads))
        found = bitext.moves if forward else turned_moves(bitext.moves)
        moves += [VersionMove(number, move) for move in found]
    rows = rows_of([len(version.segments) for version in versions], with_additions(versions, beads, encoder))
    return Collation(tuple(versions), rows, tuple(moves), corpus.version)
