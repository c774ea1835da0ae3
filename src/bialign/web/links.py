"""Links between the words of a bead, drawn when a page asks for them and kept for the next time."""

from __future__ import annotations

import functools
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from bialign.corpus import Corpus
from bialign.store.beads import SIDES, Side

if TYPE_CHECKING:
    from bialign.words import WordAligner

_LONGEST = 20_000
"""Letters of a side that are looked at: the work grows with the square."""
_lock = threading.Lock()

Link = tuple[int, int, int, int]
"""Two words that go together: start and stop of one in the source, and of the other in the target."""


class Place(NamedTuple):
    """Name what stands on a side of a bead, from letter `start` to `stop` of its segments joined by spaces."""

    bead: int
    side: Side
    start: int
    stop: int


def bead_texts(corpus: Corpus, bead: int) -> tuple[tuple[str, str], tuple[str, str]]:
    """Give the two texts of a bead, segments joined by spaces, and their languages. NotFound where it is none."""
    from bialign.store import listing

    store = corpus.store
    held = store.beads.get(bead)
    documents = listing.documents(store.database)
    ids = [store.beads.document(held.bitext, side) for side in SIDES]
    source, target = (" ".join(segment.text for segment in store.beads.segments(held, side)) for side in SIDES)
    return (source, target), (documents[ids[0]].lang, documents[ids[1]].lang)


def word_links(corpus: Corpus, bead: int) -> tuple[Link, ...]:
    """Link the words of a bead; none where a side is empty or a whole book."""
    with corpus.store.database.snapshot():
        texts, langs = bead_texts(corpus, bead)
    return _linked(texts, langs)


@functools.lru_cache(2_000)
def _linked(texts: tuple[str, str], langs: tuple[str, str]) -> tuple[Link, ...]:
    from bialign.words import tokenise

    if not all(texts) or max(map(len, texts)) > _LONGEST:
        return ()
    source, target = (tokenise(text, lang) for text, lang in zip(texts, langs, strict=True))
    pair = [token.text for token in source], [token.text for token in target]
    with _lock:
        links = sorted(_aligner(context=True).links([pair])[0])
    return tuple((source[a].start, source[a].stop, target[b].start, target[b].stop) for a, b in links)


def links_of(corpus: Corpus, places: Sequence[Place]) -> list[tuple[int, int] | None]:
    """Tell what stands for some places in the other side of their beads; None where nothing does, or no bead is."""
    from bialign.concordance import LinkRenderer
    from bialign.errors import NotFound

    found: list[tuple[int, int] | None] = [None] * len(places)
    groups: dict[tuple[tuple[str, str], Side], list[tuple[int, tuple[str, str]]]] = {}
    with corpus.store.database.snapshot():
        for number, place in enumerate(places):
            try:
                texts, langs = bead_texts(corpus, place.bead)
            except NotFound:
                continue
            if all(texts) and max(map(len, texts)) <= _LONGEST:
                groups.setdefault((langs, place.side), []).append((number, texts))
    for (langs, side), members in groups.items():
        pairs = [_turned(texts, side) for _, texts in members]
        spans = [(n, places[number].start, places[number].stop) for n, (number, _) in enumerate(members)]
        with _lock:
            rendered = LinkRenderer(_aligner(context=False)).render(pairs, _turned(langs, side), spans)
        for (number, _), one in zip(members, rendered, strict=True):
            found[number] = (one.start, one.stop) if one.stop > one.start else None
    return found


def _turned(pair: tuple[str, str], side: Side) -> tuple[str, str]:
    """Give a pair with what belongs to a side first."""
    return pair if side == "source" else (pair[1], pair[0])


@functools.cache
def _aligner(*, context: bool) -> WordAligner:
    from bialign.words import WordAligner

    return WordAligner(context=context)
