"""What happened to a text since a page last looked: the beads that are other, those that are gone, what they are by."""

from __future__ import annotations

from collections.abc import Iterable

from bialign.corpus import Corpus
from bialign.corpus.views import HistoryEntry
from bialign.store.beads import SIDES
from bialign.web.views import Json, beads_by_id, moves

_MOST = 400
"""Beads that are told one by one; of more the page takes the whole outline."""

_TOLD = frozenset(
    {"merge", "split", "shift", "make_null", "link", "unlink", "judge", "comment", "join", "cut", "correct"}
) | {"scheme", "annotate", "reannotate", "unannotate", "decide", "import annotations"}
"""Edits whose details name every bead and segment they touched; those of annotations touch none."""


def since(corpus: Corpus, bitext: int, seen: int, who: str = "") -> Json:
    """Give the patch that brings a page from event `seen` to now.

    `beads` are those touched, each with `after`, the id of the one before it (0: none); `whole` says that there is too
    much to tell; `others` counts the changes by other people than `who`.
    """
    store = corpus.store
    with store.database.snapshot():
        last = corpus.last
        entries = corpus.history(last - seen) if last > seen else []
        ours = [entry for entry in entries if entry.event.id > seen and _concerns(corpus, bitext, entry)]
        patch: Json = {"last": last, "others": sum(entry.event.who != who for entry in ours)}
        if not ours:
            return patch
        if any((entry.of or entry.event.what) not in _TOLD for entry in ours):
            return patch | {"whole": True}
        ids = _touched(corpus, bitext, ours)
        if len(ids) > _MOST:
            return patch | {"whole": True}
        found = [bead for bead in map(store.beads.find, ids) if bead is not None and bead.bitext == bitext]
        found.sort(key=lambda bead: (bead.source, bead.target))
        before = [store.beads.before(bead) for bead in found]
        told = beads_by_id(corpus, bitext, (bead.id for bead in found))
        for one, previous in zip(told, before, strict=True):
            one["after"] = previous[0].id if previous else 0
        gone = sorted(ids - {bead.id for bead in found})
        return patch | {"beads": told, "gone": gone, "moves": moves(corpus, bitext)}


def _concerns(corpus: Corpus, bitext: int, entry: HistoryEntry) -> bool:
    """Tell whether a change is one of this text; its documents may be those of another too."""
    event = entry.event
    segments = event.details.get("segments")
    if event.bitext in {bitext, None} or not segments:
        return event.bitext in {bitext, None}
    return any(named == bitext for document, _ in segments for named, _ in corpus.store.beads.bitexts_of(document))


def _touched(corpus: Corpus, bitext: int, entries: Iterable[HistoryEntry]) -> set[int]:
    store = corpus.store
    sides = {store.beads.document(bitext, side): side for side in SIDES}
    ids: set[int] = set()
    for entry in entries:
        details = entry.event.details
        ids.update(details.get("beads", ()))
        for document, place in details.get("segments", ()):
            if document in sides:
                bead = store.beads.at(bitext, sides[document], place)
                if bead is not None:
                    ids.add(bead.id)
    return ids
