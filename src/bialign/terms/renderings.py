"""How is this concept rendered? By the glossary and by word links, with counts, forms, examples; text by text."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from bialign.errors import NotFound
from bialign.termbase import Concept, Termbase, TermStatus
from bialign.termbase.words import words_of
from bialign.terms.beads import BeadText
from bialign.terms.reading import DOUBTFUL, Linked, link

if TYPE_CHECKING:
    from bialign.words import WordAligner

MOST = 5_000
"""Places for which word links are drawn; of more, so many at random."""
_LEAST = 0.25
"""Score of a link below which a place counts as not rendered: what stands there is as likely something else."""
_YEAR = re.compile(r"(?<!\d)(?:1[4-9]|20)\d\d(?!\d)")


class TextOf(NamedTuple):
    """Hold a text that renderings are looked for in; `said` is what is known of it, where a year may stand."""

    name: str
    beads: Sequence[BeadText]
    langs: tuple[str, str]
    said: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """Hold a place where a concept is rendered: the bead's texts, and where the term and its rendering stand in them.

    `here` is on the side where the concept was looked for, `there` on the other: (0, 0) where nothing stands for it.
    """

    bitext: str
    bead: int
    id: int | None
    source: str
    target: str
    here: tuple[int, int]
    there: tuple[int, int]
    score: float


@dataclass(frozen=True, slots=True)
class Rendered:
    """Hold one rendering: its text, the forms it has, how often and where it stands.

    `status` is what the glossary says of it: "preferred", "admitted", "deprecated", "superseded", or "" for one that is
    not in the glossary. `score` is the mean of how sure its places are, `documents` counts them by bitext, `years` by
    the year that a text's title, name or origin gives.
    """

    text: str
    status: TermStatus | Literal[""]
    count: int
    share: float
    score: float
    forms: tuple[tuple[str, int], ...]
    documents: tuple[tuple[str, int], ...]
    years: tuple[tuple[str, int], ...]
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class ConceptRenderings:
    """Hold how a concept is rendered, the most frequent rendering first.

    `places` counts where its terms stand, `looked_at` those that were looked at (a random choice of very many), `none`
    those with nothing that stands for them, `doubtful` those in beads that are likely wrong, which are not looked at.
    `unused` are the accepted terms of the glossary that render nothing. `terms` counts the concept's own terms where
    it was looked for.
    """

    concept: Concept
    side: Literal["source", "target"]
    places: int
    looked_at: int
    none: int
    doubtful: int
    terms: tuple[tuple[str, int], ...]
    renderings: tuple[Rendered, ...]
    unused: tuple[str, ...]
    missing: tuple[Example, ...]


class _Place(NamedTuple):
    """Hold a place of a concept: its text and bead, where it stands, and what the glossary finds on the other side."""

    text: TextOf
    bead: int
    start: int
    stop: int
    term: str
    known: tuple[tuple[int, int, str, TermStatus], ...]


class _Found(NamedTuple):
    place: _Place
    there: Linked
    text: str
    status: TermStatus | Literal[""]


def concept_renderings(
    texts: Iterable[TextOf | tuple[str, Sequence[BeadText], tuple[str, str]]],
    termbase: Termbase,
    concept: str,
    *,
    side: Literal["source", "target"] = "source",
    examples: int = 3,
    seed: int = 0,
    aligner: WordAligner | None = None,
) -> ConceptRenderings:
    """Tell how a concept, named by its id or one of its terms, is rendered in texts: (name, beads, languages) each.

    What the glossary finds on the other side is its rendering; of several, and where there is none, word links tell.
    Forms of one lemma are one rendering. Raises NotFound where the glossary has no such concept.
    """
    wanted = named_concept(termbase, concept)
    places, doubtful = [], 0
    for given in texts:
        text = given if isinstance(given, TextOf) else TextOf(*given)
        if side == "target":
            text = text._replace(
                beads=[one._replace(source=one.target, target=one.source) for one in text.beads], langs=text.langs[::-1]
            )
        for place in _places(text, termbase, wanted):
            bead = text.beads[place.bead]
            if bead.status == "rejected" or (bead.probability < DOUBTFUL and bead.status != "confirmed"):
                doubtful += 1
            else:
                places.append(place)
    chosen = random.Random(seed).sample(places, MOST) if len(places) > MOST else places
    found = _rendered(chosen, aligner)
    made = _grouped([one for one in found if one.text], len(found), examples, side)
    other = {term.text for one in texts_langs(chosen) for term in wanted.terms_in(one)}
    used = {one.text for one in made}
    accepted = [term.text for term in wanted.terms if term.text in other and term.status in {"preferred", "admitted"}]
    none = [one for one in found if not one.text]
    return ConceptRenderings(
        wanted,
        side,
        len(places) + doubtful,
        len(found),
        len(none),
        doubtful,
        tuple(Counter(place.term for place in places).most_common()),
        made,
        tuple(dict.fromkeys(text for text in accepted if text not in used)),
        tuple(_example(one, side) for one in none[:examples]),
    )


def named_concept(termbase: Termbase, name: str) -> Concept:
    """Find a concept by its id, or by one of its terms in any form; NotFound where there is none."""
    found = termbase.concept(name) or next((c for c in termbase.concepts if c.id.casefold() == name.casefold()), None)
    if found is not None:
        return found
    for lang in termbase.languages:
        for hit in termbase.lookup(name, lang, overlapping=True):
            if (hit.start, hit.stop) == (0, len(name)):
                return hit.concept
    raise NotFound("the glossary has no concept {name}{hint}", name=repr(name), hint="")


def texts_langs(places: Iterable[_Place]) -> set[str]:
    """Give the languages of the other side."""
    return {place.text.langs[1] for place in places}


def _places(text: TextOf, termbase: Termbase, concept: Concept) -> Iterable[_Place]:
    """Find the concept in a text, but not inside longer terms of the glossary."""
    alone = Termbase(termbase.languages, (concept,))
    for n, bead in enumerate(text.beads):
        if not alone.find(bead.source, text.langs[0]):
            continue
        known = tuple(
            (hit.start, hit.stop, hit.term.text, hit.term.status) for hit in alone.find(bead.target, text.langs[1])
        )
        hits = termbase.lookup(bead.source, text.langs[0], overlapping=True)
        for hit in hits:
            longer = any(o.start <= hit.start and hit.stop <= o.stop and (o.start, o.stop) != hit[:2] for o in hits)
            if hit.concept.id == concept.id and not longer:
                yield _Place(text, n, hit.start, hit.stop, hit.term.text, known)


def _rendered(places: Sequence[_Place], aligner: WordAligner | None) -> list[_Found]:
    if aligner is None:
        from bialign.words import WordAligner

        aligner = WordAligner(context=False)
    links: dict[int, Linked] = {}
    by_langs: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, place in enumerate(places):
        if len(place.known) != 1 and place.text.beads[place.bead].target.strip():
            by_langs[place.text.langs].append(number)
    for langs, numbers in by_langs.items():
        beads = [places[number].text.beads[places[number].bead] for number in numbers]
        spans = [(places[number].start, places[number].stop) for number in numbers]
        drawn = link(aligner, [(bead.source, bead.target) for bead in beads], langs, spans)
        links |= zip(numbers, drawn, strict=True)
    return [_found(place, links.get(number)) for number, place in enumerate(places)]


def _found(place: _Place, linked: Linked | None) -> _Found:
    """Decide between what the glossary knows and what the links say."""
    if place.known:
        middle = (linked.start + linked.stop) / 2 if linked else 0.0
        best = min(place.known, key=lambda known: abs((known[0] + known[1]) / 2 - middle))
        return _Found(place, Linked(best[0], best[1], 1.0), best[2], best[3])
    nothing = _Found(place, Linked(0, 0, 0.0), "", "")
    if linked is None or linked.score < _LEAST:
        return nothing
    from bialign.concordance.lemmas import lemma

    words = words_of(place.text.beads[place.bead].target[linked.start : linked.stop])
    base = " ".join(lemma(word, place.text.langs[1]) for word in words.written if word.isalnum())
    return _Found(place, linked, base, "") if base else nothing


def _grouped(
    found: Sequence[_Found], total: int, examples: int, side: Literal["source", "target"]
) -> tuple[Rendered, ...]:
    groups: dict[tuple[str, str], list[_Found]] = defaultdict(list)
    for one in found:
        groups[one.text, one.status].append(one)
    made = [_group(members, total, examples, side) for members in groups.values()]
    return tuple(sorted(made, key=lambda one: (-one.count, -one.score, one.text)))


def _group(members: Sequence[_Found], total: int, examples: int, side: Literal["source", "target"]) -> Rendered:
    forms = Counter(_form(one) for one in members)
    documents = Counter(one.place.text.name for one in members)
    years = Counter(year for one in members if (year := _year(one.place.text)))
    best = sorted(members, key=lambda one: -one.there.score)[:examples]
    return Rendered(
        members[0].text,
        members[0].status,
        len(members),
        len(members) / total,
        sum(one.there.score for one in members) / len(members),
        tuple(forms.most_common()),
        tuple(documents.items()),
        tuple(sorted(years.items())),
        tuple(_example(one, side) for one in best),
    )


def _form(one: _Found) -> str:
    return " ".join(one.place.text.beads[one.place.bead].target[one.there.start : one.there.stop].lower().split())


def _year(text: TextOf) -> str:
    """Give the first year that stands in what is known of a text."""
    found = _YEAR.search(f"{text.said} {text.name}")
    return found[0] if found else ""


def _example(one: _Found, side: Literal["source", "target"]) -> Example:
    place = one.place
    bead = place.text.beads[place.bead]
    source, target = (bead.source, bead.target) if side == "source" else (bead.target, bead.source)
    here, there = (place.start, place.stop), (one.there.start, one.there.stop)
    return Example(place.text.name, place.bead, bead.id, source, target, here, there, one.there.score)
