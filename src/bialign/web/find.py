"""Words found in the text of one bitext, without regard to case and accents."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import NamedTuple

from bialign.corpus import Corpus
from bialign.store.beads import SIDES
from bialign.store.folding import fold


class Hits(NamedTuple):
    """Hold the ids of the beads that were found, in order; `more` tells that there are others."""

    ids: list[int]
    more: bool


def find(corpus: Corpus, bitext: int, query: str, limit: int = 5_000) -> Hits:
    """Find the beads that hold a passage on either side, over the borders of their segments too."""
    sought = " ".join(fold(query).split())
    if not sought:
        return Hits([], False)
    with corpus.store.database.snapshot():
        found = list(itertools.islice(_holding(corpus, bitext, sought), limit + 1))
    return Hits(found[:limit], len(found) > limit)


def _holding(corpus: Corpus, bitext: int, sought: str) -> Iterator[int]:
    store = corpus.store
    sides = [store.reader.all(store.beads.document(bitext, side)) for side in SIDES]
    for bead in list(store.beads.of(bitext)):
        held = [
            " ".join(segment.text for segment in itertools.islice(segments, count))
            for segments, count in zip(sides, (bead.sources, bead.targets), strict=True)
        ]
        if any(sought in " ".join(fold(text).split()) for text in held):
            yield bead.id
