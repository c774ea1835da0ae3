"""Searching a corpus: hits one by one or in pages, sorted or as a random sample; counts."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any
from weakref import WeakKeyDictionary

from bialign.concordance.counting import Dispersion, Part, dispersion
from bialign.concordance.deadline import SECONDS, Deadline, SearchTimeout
from bialign.concordance.engine import Search
from bialign.concordance.hits import Counts, Found, Hit, Occurrence, Page
from bialign.concordance.order import check_order, key
from bialign.concordance.query import Query, parse
from bialign.concordance.renderers import LinkRenderer
from bialign.concordance.renderings import Renderer, Renderings, group
from bialign.concordance.surroundings import Citing, Context, pieces_of
from bialign.store import Store
from bialign.store.beads import SIDES
from bialign.store.lookup import DocumentEntry, Lookup

_CONTEXT = Context()


class Concordance:
    """Search a corpus; made once, as it keeps what it has read as long as the corpus does not change.

    A search may take `seconds`, then it raises SearchTimeout. `lang` ("en" or "es") is that of the citations.
    """

    def __init__(self, store: Store, *, seconds: float = SECONDS, lang: str = "en") -> None:
        self.lookup = Lookup(store.database, store.beads)
        self.seconds, self.lang = seconds, lang
        self._renderer: Renderer | None = None
        self._deadline: Deadline | None = None

    def prepared(self, query: Query | str) -> Search:
        """Make a query ready; the clock begins to run."""
        query = query if isinstance(query, Query) else Query(parse(query))
        self._deadline = Deadline(self.seconds)
        return Search(self.lookup, query, self._deadline)

    def stop(self) -> None:
        """End the search that is under way in another thread, which raises SearchTimeout there."""
        if self._deadline is not None:
            self._deadline.end()

    def hits(self, query: Query | str, context: Context = _CONTEXT) -> Iterator[Hit]:
        """Give all hits one by one, as they are found: in the order of the index, or by document.

        They are those of the moment when the first is asked for. Until the last one has come, or the iterator is
        closed, this connection cannot change the corpus.
        """
        numbers = itertools.count()
        with self.lookup.reading():
            search = self.prepared(query)
            for found in search.found():
                for span in found.spans:
                    yield self._hit(search, found, span, next(numbers), context)

    def page(
        self,
        query: Query | str,
        *,
        offset: int = 0,
        limit: int = 20,
        sort: Sequence[str] = (),
        sample: int = 0,
        seed: int = 0,
        context: Context = _CONTEXT,
    ) -> Page:
        """Give `limit` hits from number `offset` on.

        `sort` orders them ("1L", "2L", "1R" ... by the words to the left or right, "node", "document", "place",
        "probability"); `sample` takes so many at random, the same for the same `seed`. Both look at all hits first.
        """
        check_order(sort)
        with self.lookup.reading():
            search = self.prepared(query)
            if sort or sample:
                every = self._every(search, sort, sample, seed)
                hits, more = (
                    self._some(search, every[offset : offset + limit], offset, context),
                    len(every) > offset + limit,
                )
            else:
                hits, more = self._first(search, offset, limit, context)
            version = self.lookup.version()
        return Page(search.query, version, tuple(hits), offset, more, tuple(sort), sample, seed)

    def counts(self, query: Query | str, most: int = 1_000_000, *, partial: bool = False) -> Counts:
        """Count hits, beads and bitexts; stop at `most` hits, and with `partial` where the time is over."""
        hits = 0
        beads: set[int] = set()  # where all is read through, the two sides of a bead come far apart
        bitexts: set[int] = set()
        with self.lookup.reading():
            try:
                for found in self.prepared(query).found():
                    if hits >= most:
                        return Counts(hits, len(beads), len(bitexts), whole=False)
                    hits += len(found.spans)
                    beads.add(found.bead.id)
                    bitexts.add(found.bead.bitext)
            except SearchTimeout:
                if not partial:
                    raise
                return Counts(hits, len(beads), len(bitexts), whole=False)
        return Counts(hits, len(beads), len(bitexts))

    def dispersion(self, query: Query | str) -> Dispersion:
        """Tell in which documents the hits are, and how evenly: all that were searched, in the languages of hits."""
        with self.lookup.reading():
            search = self.prepared(query)
            hits: Counter[DocumentEntry] = Counter()
            for found in search.found():
                hits[search.pairings[found.bead.bitext].document(found.side)] += len(found.spans)
            langs = {entry.lang for entry in hits}
            searched = {search.pairings[id].document(side) for id, sides in search.sides.items() for side in sides}
            return dispersion(
                [
                    Part(entry.name, entry.title, hits[entry], self.lookup.words_in(entry.id))
                    for entry in searched
                    if entry.lang in langs
                ]
            )

    def renderings(
        self, query: Query | str, renderer: Renderer | None = None, *, examples: int = 3, seed: int = 0
    ) -> Renderings:
        """Group what is found by what it becomes in the other text: by word links, unless another renderer is given."""
        with self.lookup.reading():
            return group(self.prepared(query), renderer or self._link_renderer(), examples=examples, seed=seed)

    def hits_of(self, query: Query | str, occurrences: Sequence[Occurrence], context: Context = _CONTEXT) -> list[Hit]:
        """Give the hits of occurrences that a query found, such as the examples of a rendering."""
        with self.lookup.reading():
            return self._some(self.prepared(query), occurrences, 0, context)

    def _link_renderer(self) -> Renderer:
        if self._renderer is None:
            self._renderer = LinkRenderer()
        return self._renderer

    def _first(self, search: Search, offset: int, limit: int, context: Context) -> tuple[list[Hit], bool]:
        hits: list[Hit] = []
        number = 0
        for found in search.found():
            if number + len(found.spans) <= offset:
                number += len(found.spans)
                continue
            for span in found.spans:
                if len(hits) >= limit:
                    return hits, True
                if number >= offset:
                    hits.append(self._hit(search, found, span, number, context))
                number += 1
        return hits, False

    def _every(self, search: Search, sort: Sequence[str], sample: int, seed: int) -> list[Occurrence]:
        """Give all occurrences, or so many of them, in their order."""
        keys = key(search, sort) if sort else None
        every: list[tuple[Any, Occurrence]] = [
            (keys and keys(found, start, stop), Occurrence(found.bead.id, found.side, start, stop))
            for found in search.found()
            for start, stop in found.spans
        ]
        if sample and sample < len(every):
            every = [every[number] for number in sorted(random.Random(seed).sample(range(len(every)), sample))]
        if keys:
            every.sort(key=lambda pair: pair[0])
        return [occurrence for _, occurrence in every]

    def _some(self, search: Search, wanted: Sequence[Occurrence], first: int, context: Context) -> list[Hit]:
        beads = self.lookup.chosen([occurrence.bead for occurrence in wanted])
        return [
            self._hit(search, Found(beads[o.bead], o.side, []), (o.start, o.stop), number, context)
            for number, o in enumerate(wanted, first)
        ]

    def _hit(self, search: Search, found: Found, span: tuple[int, int], number: int, context: Context) -> Hit:
        bead, side, (start, stop) = found.bead, found.side, span
        pairing = search.pairings[bead.bitext]
        other = SIDES[1 - SIDES.index(side)]
        texts, places = search.segments(bead, side)
        pieces = pieces_of(texts, places, start, stop)
        text, against = " ".join(texts), search.text(bead, other)
        query, document = search.query, pairing.document(side).id
        citing = Citing(self.lookup, self.lang)
        here = citing.cite(pairing.document(side), pieces[0].place, pieces[0].start)
        there = citing.cite(pairing.document(other), bead.place(other)) if bead.count(other) else ""
        source, target = (text, against) if side == "source" else (against, text)
        return Hit(
            number,
            bead.id,
            pairing.name,
            bead.type,
            bead.status,
            bead.probability,
            side,
            start,
            stop,
            pieces,
            source,
            target,
            pairing.source.lang,
            pairing.target.lang,
            tuple(span for term in query.find[1:] for span in search.matcher(term, side).spans(text)),
            tuple(span for term in query.rendered for span in search.matcher(term, other).spans(against)),
            context.before(self.lookup, document, pieces[0]),
            context.after(self.lookup, document, pieces[-1]),
            pairing.source.title or pairing.source.name,
            pairing.target.title or pairing.target.name,
            *((here, there) if side == "source" else (there, here)),
        )


_open: WeakKeyDictionary[Store, Concordance] = WeakKeyDictionary()


def search(
    store: Store,
    query: Query | str,
    *,
    offset: int = 0,
    limit: int = 20,
    sort: Sequence[str] = (),
    sample: int = 0,
    seed: int = 0,
    context: Context = _CONTEXT,
    seconds: float = SECONDS,
    lang: str = "en",
) -> Page:
    """Search a corpus and give a page of hits; see `Concordance.page`. What was read stays for the next search."""
    concordance = _open.get(store)
    if concordance is None:
        concordance = _open[store] = Concordance(store)
    concordance.seconds, concordance.lang = seconds, lang
    return concordance.page(query, offset=offset, limit=limit, sort=sort, sample=sample, seed=seed, context=context)
