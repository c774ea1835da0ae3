"""What the rules read of a text: its terms on both sides, found once, and word links where they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from bialign.termbase import Concept, Term, Termbase, TermHit, primary
from bialign.terms.beads import BeadText

if TYPE_CHECKING:
    from bialign.words import WordAligner

Kept = TypeVar("Kept")

DOUBTFUL = 0.5
"""Probability below which a bead that nobody confirmed is more likely wrong: its terms are not compared."""
SURE = 0.9
ACCEPTED = frozenset({"preferred", "admitted"})


class Named(NamedTuple):
    """Hold a term of the source, ``source[start:stop]``, with all the concepts it may name."""

    start: int
    stop: int
    text: str
    hits: tuple[TermHit, ...]

    @property
    def concepts(self) -> frozenset[str]:
        """Give the ids of the concepts."""
        return frozenset(hit.concept.id for hit in self.hits)


class Linked(NamedTuple):
    """Hold what stands for a term by word links, ``target[start:stop]``, and how sure that is, 0 to 1; or nothing."""

    start: int
    stop: int
    score: float


@dataclass(frozen=True, slots=True)
class Use:
    """Hold a place where an accepted rendering stands for a term of the source, in bead `bead`."""

    bead: int
    named: Named
    hit: TermHit


class Reading:
    """Hold a text with its glossary; what is asked for is looked up once."""

    def __init__(
        self,
        beads: Sequence[BeadText],
        termbase: Termbase,
        langs: tuple[str, str],
        *,
        links: bool = True,
        aligner: WordAligner | None = None,
    ) -> None:
        self.beads, self.termbase, self.langs = beads, termbase, langs
        self.links = links
        self._aligners: dict[bool, WordAligner] = {} if aligner is None else {False: aligner, True: aligner}
        self._named: dict[int, tuple[Named, ...]] = {}
        self._used: dict[int, tuple[TermHit, ...]] = {}
        self._kept: dict[Callable[[Reading], Any], Any] = {}

    def once(self, compute: Callable[[Reading], Kept]) -> Kept:
        """Give what a function makes of the whole text; it is asked once."""
        if compute not in self._kept:
            self._kept[compute] = compute(self)
        found: Kept = self._kept[compute]
        return found

    def named(self, n: int) -> tuple[Named, ...]:
        """Give the terms of a bead's source, the longest at each place, with all concepts that share them."""
        if n not in self._named:
            text = self.beads[n].source
            self._named[n] = tuple(_longest(text, self.termbase.lookup(text, self.langs[0], overlapping=True)))
        return self._named[n]

    def used(self, n: int) -> tuple[TermHit, ...]:
        """Give all terms of a bead's target, those inside longer ones too."""
        if n not in self._used:
            self._used[n] = self.termbase.lookup(self.beads[n].target, self.langs[1], overlapping=True)
        return self._used[n]

    def speaks(self, lang: str) -> bool:
        """Tell whether the glossary has terms in a language."""
        wanted = primary(lang)
        return any(primary(term.lang) == wanted for concept in self.termbase.concepts for term in concept.terms)

    def comparable(self, n: int) -> bool:
        """Tell whether a bead's sides can be held against each other: both there, and likely each other's."""
        bead = self.beads[n]
        if not bead.source.strip() or not bead.target.strip() or bead.status == "rejected":
            return False
        return bead.status == "confirmed" or bead.probability >= DOUBTFUL

    def sure(self, n: int) -> bool:
        """Tell whether a bead is as good as certain."""
        bead = self.beads[n]
        return bead.status == "confirmed" or (bead.probability >= SURE and bead.status == "unreviewed")

    def neighbours(self, n: int) -> list[int]:
        """Give the numbers of the beads beside one, the one before first, passing over one without a target."""
        found = []
        for step in (-1, 1):
            at = n + step
            if 0 <= at < len(self.beads) and not self.beads[at].target:
                at += step
            if 0 <= at < len(self.beads) and self.beads[at].target:
                found.append(at)
        return found

    def accepted(self, named: Named) -> tuple[Term, ...]:
        """Give the renderings that the glossary has for a term, best first, each once."""
        found: dict[str, Term] = {}
        for hit in named.hits:
            for term in hit.concept.terms_in(self.langs[1]):
                if term.status in ACCEPTED:
                    found.setdefault(term.text, term)
        return tuple(found.values())

    def rendered(self, named: Named, n: int) -> list[TermHit]:
        """Give the places in the target of a bead where an accepted rendering of a term stands."""
        ids = named.concepts
        return [hit for hit in self.used(n) if hit.concept.id in ids and hit.term.status in ACCEPTED]

    def uses(self) -> Iterator[Use]:
        """Give every term of the text that is rendered as the glossary has it; reads the whole text."""
        for n in range(len(self.beads)):
            if not self.comparable(n):
                continue
            for named in self.named(n):
                for hit in self.rendered(named, n):
                    yield Use(n, named, hit)

    def linked(self, wanted: Sequence[tuple[int, int, int]], *, context: bool = False) -> list[Linked]:
        """Give what stands for each place of the source, (bead, start, stop), by word links.

        With `context` words are looked at in their sentences, which is five times as slow, and sees more.
        """
        if not self.links or not wanted:
            return [Linked(0, 0, 0.0)] * len(wanted)
        pairs = [(self.beads[n].source, self.beads[n].target) for n, _, _ in wanted]
        return link(self._aligner_of(context), pairs, self.langs, [(start, stop) for _, start, stop in wanted])

    def _aligner_of(self, context: bool) -> WordAligner:
        """Give the word aligner, made when it is first needed."""
        if context not in self._aligners:
            from bialign.words import WordAligner

            self._aligners[context] = WordAligner(context=context)
        return self._aligners[context]


def link(
    aligner: WordAligner,
    pairs: Sequence[tuple[str, str]],
    langs: tuple[str, str],
    places: Sequence[tuple[int, int]],
) -> list[Linked]:
    """Give what stands for one place of each pair's first text in its second, by word links."""
    from bialign.bitext import Span
    from bialign.words import renderings, tokenise

    tokens = [tuple(tokenise(text, primary(lang)) for text, lang in zip(pair, langs, strict=True)) for pair in pairs]
    hits = []
    for number, (start, stop) in enumerate(places):
        inside = [n for n, token in enumerate(tokens[number][0]) if token.start < stop and token.stop > start]
        hits.append((number, Span(inside[0], inside[-1] + 1) if inside else Span(0, 0)))
    words = [([t.text for t in source], [t.text for t in target]) for source, target in tokens]
    found = []
    for number, rendering in enumerate(renderings(aligner, words, hits)):
        run = tokens[number][1][rendering.start : rendering.stop]
        found.append(Linked(run[0].start, run[-1].stop, rendering.score) if run else Linked(0, 0, 0.0))
    return found


def concept_terms(concept: Concept, lang: str) -> tuple[Term, ...]:
    """Give the accepted terms of a concept in a language."""
    return tuple(term for term in concept.terms_in(lang) if term.status in ACCEPTED)


def _longest(text: str, hits: Sequence[TermHit]) -> Iterator[Named]:
    """Choose among overlapping hits, place by place and longest first, and gather those of one place."""
    free_from = 0
    ordered = sorted(hits, key=lambda hit: (hit.start, -hit.stop))
    at = 0
    while at < len(ordered):
        start, stop = ordered[at].start, ordered[at].stop
        same = [hit for hit in ordered[at:] if (hit.start, hit.stop) == (start, stop)]
        at += len(same)
        if start >= free_from:
            free_from = stop
            yield Named(start, stop, text[start:stop], tuple(same))
