"""The search itself: beads that can hold a hit by the index, or all of them where it cannot tell; each looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from bialign.bitext import STATUSES
from bialign.concordance.candidates import NOTHING, Candidates
from bialign.concordance.deadline import Deadline
from bialign.concordance.hits import Found
from bialign.concordance.matching import Matcher, matcher
from bialign.concordance.query import Query, Regex, Term
from bialign.errors import NotFound
from bialign.languages import LANGUAGES
from bialign.store.beads import SIDES, Side, StoredBead
from bialign.store.filter import Filter
from bialign.store.folding import fold
from bialign.store.lookup import Lookup, Pairing
from bialign.store.stretches import Stretch

_CHECK_EVERY = 256
"""Beads between two looks at the clock."""


@dataclass(slots=True)
class Search:
    """Hold one query made ready for a corpus."""

    lookup: Lookup
    query: Query
    deadline: Deadline
    pairings: dict[int, Pairing] = field(init=False)
    sides: dict[int, tuple[Side, ...]] = field(init=False)
    """On which sides of each bitext hits are looked for."""
    filter: Filter = field(init=False)
    _matchers: dict[tuple[Term, Side], Matcher] = field(init=False, default_factory=dict)
    _langs: dict[Side, tuple[str, ...]] = field(init=False)
    _read: tuple[StoredBead | None, Side, tuple[list[str], list[float]]] = (None, "source", ([], []))
    """What was read last: a side is asked for again where something was found in it."""

    def __post_init__(self) -> None:
        self.lookup.refresh()
        self.pairings = self.lookup.pairings()
        chosen = {id: pairing for id, pairing in self.pairings.items() if _named(pairing, self.query.bitexts)}
        if self.query.bitexts and not chosen:
            names = ", ".join(self.query.bitexts)
            reason = "there is no bitext or document called {name} in this corpus; bialign list names them"
            raise NotFound(reason, place=self.lookup.path, name=names)
        self.sides = {id: sides for id, pairing in chosen.items() if (sides := self._sides_of(pairing))}
        if self.query.lang and chosen and not self.sides:
            reason = "no text of this corpus is in the language {lang}"
            raise NotFound(reason, place=self.lookup.path, lang=self.query.lang)
        self._langs = {side: self._languages(side) for side in SIDES}
        self.filter = self._filter()

    def found(self) -> Iterator[Found]:
        """Give what is found, bead by bead in the order of the index, or by document where all has to be read."""
        if not self.sides:
            return
        candidates = Candidates(self.query, self._words, self._langs, self.deadline)
        expression = candidates.expression({side: None for sides in self.sides.values() for side in sides})
        if expression is None:
            yield from self._read_through()
        elif expression != NOTHING:
            for number, bead in enumerate(self.lookup.matching(expression, self.filter)):
                if number % _CHECK_EVERY == 0:
                    self.deadline.left()
                for side in self.sides.get(bead.bitext, ()):
                    spans = self.spans(bead, side)
                    if spans:
                        yield Found(bead, side, spans)

    def spans(self, bead: StoredBead, side: Side) -> list[tuple[int, int]]:
        """Give where the first term stands on a side of a bead, if all else that the query wants is true of it."""
        text = self.text(bead, side)
        spans = self.matcher(self.query.find[0], side).spans(text)
        if not spans or not all(self.matcher(term, side).spans(text) for term in self.query.find[1:]):
            return []
        if self.query.rendered or self.query.without:
            other = _other(side)
            text = self.text(bead, other)
            if not all(self.matcher(term, other).spans(text) for term in self.query.rendered):
                return []
            if any(self.matcher(term, other).spans(text) for term in self.query.without):
                return []
        return spans

    def text(self, bead: StoredBead, side: Side) -> str:
        """Give the segments of one side of a bead, joined by spaces."""
        texts = self.segments(bead, side)[0]
        return texts[0] if len(texts) == 1 else " ".join(texts)

    def segments(self, bead: StoredBead, side: Side) -> tuple[list[str], list[float]]:
        """Give the texts and places of the segments of one side of a bead."""
        kept, of, found = self._read
        if kept is not bead or of != side:
            document = self.pairings[bead.bitext].document(side)
            found = self.lookup.run(document.id, bead.place(side), bead.count(side))
            self._read = bead, side, found
        return found

    def langs_of(self, bead: StoredBead) -> tuple[str, str]:
        """Give the languages of a bead's two texts."""
        pairing = self.pairings[bead.bitext]
        return pairing.source.lang, pairing.target.lang

    def matcher(self, term: Term, side: Side) -> Matcher:
        """Give what finds a term on a side."""
        found = self._matchers.get((term, side))
        if found is None:
            found = self._matchers[term, side] = matcher(term, self.query, self._langs[side], self.deadline)
        return found

    def _read_through(self) -> Iterator[Found]:
        for id, sides in self.sides.items():
            for side in sides:
                yield from self._read_side(self.pairings[id], side)

    def _read_side(self, pairing: Pairing, side: Side) -> Iterator[Found]:
        """Look at the passages of a document as wholes, and at the beads of those where something is found."""
        inner = self.lookup.inner_places(pairing.id, side)
        occurs = self._occurs(side)
        filter = self.filter._replace(bitexts=None)
        for first, stop, text in _passages(self.lookup.stretches(pairing.document(side).id), inner):
            self.deadline.left()
            if not occurs(text):
                continue
            for bead in self.lookup.beads_between(pairing.id, side, first, stop, filter):
                spans = self.spans(bead, side)
                if spans:
                    yield Found(bead, side, spans)

    def _occurs(self, side: Side) -> Callable[[str], bool]:
        """Give what tells whether a passage is worth a closer look."""
        first = self.query.find[0]
        if isinstance(first, Regex) and _looks_around(first.pattern):
            # it may depend on what stands in the next bead: each is looked at by itself
            return lambda text: any(map(self.matcher(first, side).occurs, text.split("\n")))
        return self.matcher(first, side).occurs

    def _words(self, side: Side) -> str:
        return self.lookup.vocabulary(side).lines

    def _sides_of(self, pairing: Pairing) -> tuple[Side, ...]:
        sides = SIDES if self.query.side == "either" else (self.query.side,)
        wanted = self.query.lang.lower()
        return tuple(side for side in sides if _speaks(pairing.document(side).lang.lower(), wanted))

    def _languages(self, side: Side) -> tuple[str, ...]:
        """Give the languages of the texts on a side, as far as their lemmas are known."""
        found = {self.pairings[id].document(side).lang[:2].lower() for id in self.sides}
        return tuple(sorted(found & set(LANGUAGES))) if found & set(LANGUAGES) else tuple(LANGUAGES)

    def _filter(self) -> Filter:
        query = self.query
        exact = tuple((int(m), int(n)) for type in query.types if "-" in type for m, n in [type.split("-")])
        moved = self.lookup.moved() if query.only else []
        return Filter(
            bitexts=tuple(self.sides) if len(self.sides) < len(self.pairings) else None,
            statuses=tuple(STATUSES.index(status) for status in query.statuses) or None,
            types=exact or None,
            null="null" in query.types or None,
            many="many" in query.types or None,
            probability=query.probability if query.probability != (0.0, 1.0) else None,
            ids=tuple(moved) if query.only == "moved" else None,
            not_ids=tuple(moved) if query.only == "omitted" else (),
            empty=query.only == "omitted",
        )


def _passages(stretches: Iterator[Stretch], inner: set[float]) -> Iterator[tuple[float, float, str]]:
    """Give the texts of beads, one a line, by the passage; with the places of the first one and of the next passage's.

    The last bead of a passage may go on in the next one: it is given with that.
    """
    first, held = None, ""
    for stretch in stretches:
        texts = stretch.texts
        starts = [n for n in range(len(texts)) if stretch.place(n) not in inner] if inner else [len(texts) - 1]
        if not starts:
            held = " ".join([held, *texts])
            continue
        if first is None:
            first = stretch.place(0)
        last = starts[-1]
        if len(starts) == len(texts) or not inner:
            lines = "\n".join(texts[:last])
        else:
            begins = set(starts)
            lines = "".join(("\n" if n in begins else " ") + texts[n] for n in range(last))
        if last or held:
            yield first, stretch.place(last), f"{held}\n{lines}" if not inner or 0 in starts else f"{held}{lines}"
        first, held = stretch.place(last), " ".join(texts[last:])
    if first is not None:
        yield first, float("inf"), held


def _looks_around(pattern: str) -> bool:
    return any(sign in pattern for sign in ("(?=", "(?!", "(?<", r"\A", r"\Z", r"\z", "(?s", r"\G"))


def _named(pairing: Pairing, names: tuple[str, ...]) -> bool:
    own = [fold(name) for name in (pairing.name, pairing.source.name, pairing.target.name)]
    return not names or any(name == fold(wanted) or fnmatchcase(name, fold(wanted)) for wanted in names for name in own)


def _speaks(lang: str, wanted: str) -> bool:
    return not wanted or lang == wanted or lang.startswith(f"{wanted}-")


def _other(side: Side) -> Side:
    return SIDES[1 - SIDES.index(side)]
