"""The corpus as the pages read it: short names, since a page asks for thousands of beads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from bialign.bitext import STATUSES
from bialign.corpus import BitextInfo, Corpus
from bialign.corpus.views import BeadView, bead_view
from bialign.errors import NotFound
from bialign.store import listing
from bialign.store.beads import SIDES, StoredBead
from bialign.store.contents import BitextEntry

Json = dict[str, Any]


def entry_of(corpus: Corpus, bitext: int) -> BitextEntry:
    """Give a bitext by its id; NotFound where there is none, as after its removal was done in another window."""
    for entry in corpus.store.contents.entries():
        if entry.id == bitext:
            return entry
    raise NotFound("there is no bitext {id} in this corpus", place=str(corpus.path), id=bitext)


def corpus_json(corpus: Corpus, *, read_only: bool) -> Json:
    """Tell of the whole corpus, for the first page."""
    return {
        "path": str(corpus.path),
        "title": corpus.title,
        "last": corpus.last,
        "who": corpus.store.who,
        "readOnly": read_only,
        "texts": [_info(info) for info in corpus.bitexts()],
    }


def _info(info: BitextInfo) -> Json:
    return {
        "id": info.id,
        "name": info.name,
        "langs": [info.source.lang, info.target.lang],
        "titles": [info.source.title or info.source.name, info.target.title or info.target.name],
        "beads": info.beads,
        "reviewed": info.reviewed,
        "doubtful": info.doubtful,
    }


def outline(corpus: Corpus, bitext: int) -> Json:
    """Give what a page must know of every bead to draw the whole text, in order; less than a megabyte for 50,000.

    `ids`, `p` and `k` are the columns of `listing.outline`, `comments` the ids of those that have one.
    """
    store = corpus.store
    with store.database.snapshot():
        entry = entry_of(corpus, bitext)
        documents = listing.documents(store.database)
        rows = listing.outline(store.database, bitext)
        sides = [documents[entry.source], documents[entry.target]]
        return {
            "id": entry.id,
            "name": entry.name,
            "last": corpus.last,
            "documents": [{"id": side.id, "lang": side.lang, "title": side.title or side.name} for side in sides],
            "ids": [row[0] for row in rows],
            "p": [row[1] for row in rows],
            "k": [row[2] for row in rows],
            "moves": moves(corpus, bitext),
            "comments": [row[0] for row in rows if row[3]],
        }


def thousandths(probability: float) -> int:
    """Give a probability in thousandths; only what is certain has a thousand."""
    return 1000 if probability >= 1 else min(999, int(probability * 1000))


def moves(corpus: Corpus, bitext: int) -> list[Json]:
    """Give the moves of a bitext with the beads at both ends."""
    store = corpus.store
    found = []
    for move in listing.moves(store.database, bitext):
        ends: list[list[int]] = []
        for side, place, count in zip(SIDES, (move.source, move.target), (move.sources, move.targets), strict=True):
            places = [segment.place for segment in store.reader.run(store.beads.document(bitext, side), place, count)]
            beads = [store.beads.at(bitext, side, one) for one in places]
            ends.append(list(dict.fromkeys(bead.id for bead in beads if bead is not None)))
        found.append({"id": move.id, "ends": ends})
    return found


def beads_by_id(corpus: Corpus, bitext: int, ids: Iterable[int]) -> list[Json]:
    """Give beads with their texts; one that is gone is left out."""
    store = corpus.store
    with store.database.snapshot():
        found = (store.beads.find(id) for id in ids)
        return list(_viewed(corpus, bitext, (bead for bead in found if bead is not None and bead.bitext == bitext)))


def beads_by_row(corpus: Corpus, bitext: int, start: int, limit: int) -> list[Json]:
    """Give `limit` beads from a row on, in the order of the text."""
    store = corpus.store
    with store.database.snapshot():
        return list(_viewed(corpus, bitext, listing.page(store.database, bitext, listing.Choice(), start, limit)))


def _viewed(corpus: Corpus, bitext: int, beads: Iterable[StoredBead]) -> Iterator[Json]:
    store = corpus.store
    documents = store.beads.document(bitext, "source"), store.beads.document(bitext, "target")
    for bead in beads:
        yield bead_json(bead_view(store, bead, "", documents))


def bead_json(bead: BeadView) -> Json:
    """Give a bead: the sides `s` and `t` as lists of place, text and paragraph."""
    return {
        "id": bead.id,
        "s": [[segment.place, segment.text, segment.paragraph] for segment in bead.source],
        "t": [[segment.place, segment.text, segment.paragraph] for segment in bead.target],
        "p": thousandths(bead.probability),
        "status": STATUSES.index(bead.status),
        "reason": bead.reason,
        "comment": bead.comment,
    }
