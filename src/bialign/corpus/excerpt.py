"""Beads of a corpus as a bitext of their own: what a search found, to be written in any format."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bialign.bitext import Bitext, Document, Extra
from bialign.errors import FormatError
from bialign.readers.bilingual.units import Content, Unit, make_bitext
from bialign.store import extras, listing

if TYPE_CHECKING:
    from bialign.store import Store
    from bialign.store.beads import StoredBead
    from bialign.store.listing import DocumentEntry


def excerpt(store: Store, ids: Iterable[int], *, name: str = "") -> Bitext:
    """Give beads as a bitext in the order of `ids`, each once; NotFound for one that is not there.

    Each bead is called by its own bitext and its id ("letter#12") unless a file once gave it a name, and keeps
    probability, status, reason, comment and what files said of it; a property "text" holds the titles of its texts. The
    bitext is called `name`, by default after the corpus; a side whose texts are not in one language has none. Raises
    FormatError where there are no beads.
    """
    with store.database.snapshot():
        names, titles = listing.names(store.database), listing.documents(store.database)
        beads = [store.beads.get(id) for id in dict.fromkeys(ids)]
        units, langs = [], (set[str](), set[str]())
        for number, bead in enumerate(beads, 1):
            documents = [titles[store.beads.document(bead.bitext, side)] for side in ("source", "target")]
            for held, document in zip(langs, documents, strict=True):
                held.add(document.lang)
            units.append(_unit(store, bead, number, names[bead.bitext], documents))
    path = store.database.path
    if not units:
        raise FormatError(path, "nothing was found that could be written")
    source, target = (held.pop() if len(held) == 1 else "und" for held in langs)
    made = make_bitext(path, Content(units, (source, target), id=name or path.stem, ours=True))
    return replace(made, source=_bare(made.source), target=_bare(made.target))


def _unit(store: Store, bead: StoredBead, number: int, name: str, documents: Sequence[DocumentEntry]) -> Unit:
    known = extras.of_bead(store.database, bead.bitext, bead.id)
    id = next((extra.value for extra in known if extra.kind == "id"), f"{name}#{bead.id}")
    said = [extra for extra in known if extra.kind != "id"]
    if bead.comment:
        said = [Extra("note", "", bead.comment), *(extra for extra in said if not extra.is_comment)]
    said.append(Extra("prop", "x-text", " | ".join(document.title or document.name for document in documents)))
    sides = [tuple(segment.text for segment in store.beads.segments(bead, side)) for side in ("source", "target")]
    return Unit(
        number, sides[0], sides[1], bead.probability, bead.status, bead.reason or "", id=id, extras=tuple(said)
    )  # fmt: skip


def _bare(document: Document) -> Document:
    """Give a document without the numbers of its units, which count nothing that could be cited."""
    return replace(document, anchors=(), lang="" if document.lang == "und" else document.lang)
