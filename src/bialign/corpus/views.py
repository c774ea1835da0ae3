"""What a corpus tells of itself: bitexts with their counts, beads with their texts, the history with names."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from bialign.bitext import Status
from bialign.store import Event, Store, listing
from bialign.store.beads import Side, StoredBead
from bialign.store.contents import BitextEntry
from bialign.store.listing import DocumentEntry


@dataclass(frozen=True, slots=True)
class BitextInfo:
    """Tell of a bitext without its text; `recipe` is how its texts came in, as its command or caller said it.

    `reviewed` counts the beads that a person gave a status, `doubtful` those that are called so, or that are unreviewed
    and more likely wrong than right.
    """

    id: int
    name: str
    source: DocumentEntry
    target: DocumentEntry
    beads: int
    reviewed: int
    doubtful: int
    signature: str
    recipe: Mapping[str, Any]


class PlacedSegment(NamedTuple):
    """Hold a segment with what edits name it by, its document's id and its place, and its paragraph's number."""

    document: int
    place: float
    text: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class BeadView:
    """Hold a bead with its texts; `id` stays the same whatever happens to the beads around."""

    id: int
    bitext: str
    source: tuple[PlacedSegment, ...]
    target: tuple[PlacedSegment, ...]
    probability: float
    status: Status
    reason: str
    comment: str

    @property
    def type(self) -> str:
        """Give the alignment type, as "1-2"."""
        return f"{len(self.source)}-{len(self.target)}"

    @property
    def source_text(self) -> str:
        """Give the source segments joined by a space."""
        return " ".join(segment.text for segment in self.source)

    @property
    def target_text(self) -> str:
        """Give the target segments joined by a space."""
        return " ".join(segment.text for segment in self.target)


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """Tell of one change; `bitext` names where it happened, "" where that is no single place.

    `of` is what an "undo" took back or a "redo" brought again: "merge", "add" ...; else "".
    """

    event: Event
    bitext: str
    of: str = ""


def bitext_info(entry: BitextEntry, documents: Mapping[int, DocumentEntry]) -> BitextInfo:
    """Tell of a bitext."""
    return BitextInfo(
        entry.id,
        entry.name,
        documents[entry.source],
        documents[entry.target],
        entry.beads,
        entry.reviewed,
        entry.doubtful,
        entry.signature,
        json.loads(entry.recipe),
    )


def bead_view(store: Store, bead: StoredBead, bitext: str, documents: tuple[int, int]) -> BeadView:
    """Give a bead with its texts."""

    def side(document: int, name: Side) -> tuple[PlacedSegment, ...]:
        found = store.reader.run(document, bead.place(name), bead.count(name))
        return tuple(PlacedSegment(document, s.place, s.text, s.paragraph) for s in found)

    return BeadView(
        bead.id,
        bitext,
        side(documents[0], "source"),
        side(documents[1], "target"),
        float(bead.probability),
        bead.status,
        bead.reason or "",
        bead.comment or "",
    )


def history(store: Store, limit: int) -> list[HistoryEntry]:
    """Give the last events, newest first, with the names of their bitexts, of those that are gone too."""
    with store.database.snapshot():
        events = store.journal.events(limit=limit, newest_first=True)
        names = listing.names(store.database)
        known = {event.id: event for event in events}
        for event in events:
            if event.undoes is not None and event.undoes not in known:
                known[event.undoes] = store.journal.events(event.undoes - 1, 1)[0]
        if any(event.bitext is not None and event.bitext not in names for event in events):
            told = (event for event in store.journal.events() if event.bitext and "bitext" in event.details)
            names = {event.bitext or 0: str(event.details["bitext"]) for event in told} | names
    return [
        HistoryEntry(event, names.get(event.bitext or 0, ""), known[event.undoes].what if event.undoes else "")
        for event in events
    ]
