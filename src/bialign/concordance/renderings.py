"""What a word becomes in the translation: how often, in which forms, where.

Which words of the translation stand for a hit is said by a `Renderer`: the word links of `bialign.words`, or counts of
the corpus alone.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from bialign.concordance.engine import Search
from bialign.concordance.hits import Occurrence
from bialign.concordance.lemmas import lemma
from bialign.concordance.query import Query
from bialign.store.beads import SIDES, Side, StoredBead
from bialign.store.index import WORD

MOST = 5_000
"""Hits that are looked at; of more, so many at random."""


class Rendered(NamedTuple):
    """Hold what stands for a hit in the other text, ``text[start:stop]``, and how sure that is, 0 to 1; or nothing."""

    start: int
    stop: int
    score: float


class Renderer(Protocol):
    """Finds what stands for a hit in the translation."""

    def render(
        self, pairs: Sequence[tuple[str, str]], langs: tuple[str, str], hits: Sequence[tuple[int, int, int]]
    ) -> list[Rendered]:
        """Give for each hit, (number of a pair, start, stop) in the first text of its pair, what renders it."""


@dataclass(frozen=True, slots=True)
class Group:
    """Hold one rendering: its lemma and language, its forms with their counts, and some of the places where it stands.

    `share` is that of all hits that were looked at, `score` the mean of how sure they are.
    """

    lemma: str
    lang: str
    count: int
    share: float
    score: float
    forms: tuple[tuple[str, int], ...]
    bitexts: tuple[tuple[str, int], ...]
    examples: tuple[Occurrence, ...]
    rendered: tuple[Rendered, ...]
    """What stands for each of the examples, in the other side of its bead."""


@dataclass(frozen=True, slots=True)
class Renderings:
    """Hold the renderings of what a query finds, the most frequent first; `none` counts hits without one.

    `hits` counts all that were found, `looked_at` those that were looked at, which are a random choice of them where
    they are fewer.
    """

    query: Query
    corpus: str
    hits: int
    looked_at: int
    none: int
    groups: tuple[Group, ...]


class _Read(NamedTuple):
    """Hold a hit with its rendering as it stands in the text."""

    occurrence: Occurrence
    rendered: Rendered
    form: str
    lemma: str
    lang: str
    bitext: str


def group(search: Search, renderer: Renderer, *, examples: int = 3, seed: int = 0) -> Renderings:
    """Group what a query finds by what it becomes in the other text; forms of one lemma are one rendering."""
    every = [
        (found.bead, Occurrence(found.bead.id, found.side, start, stop))
        for found in search.found()
        for start, stop in found.spans
    ]
    chosen = random.Random(seed).sample(every, MOST) if len(every) > MOST else every
    read: list[_Read] = []
    for key in dict.fromkeys((search.langs_of(bead), occurrence.side) for bead, occurrence in chosen):
        some = [pair for pair in chosen if (search.langs_of(pair[0]), pair[1].side) == key]
        read += _rendered(search, renderer, some, key[1])
    groups: dict[tuple[str, str], list[_Read]] = {}
    lemmas = Counter(one.lemma for one in read)
    for one in read:
        if one.form:
            groups.setdefault((_likelier(one, lemmas), one.lang), []).append(one)
    made = [_group(base, members, len(read), examples) for (base, _), members in groups.items()]
    made.sort(key=lambda group: (-group.count, -group.score, group.lemma))
    none = sum(not one.form for one in read)
    return Renderings(search.query, search.lookup.version(), len(every), len(chosen), none, tuple(made))


def _rendered(
    search: Search, renderer: Renderer, hits: Sequence[tuple[StoredBead, Occurrence]], side: Side
) -> list[_Read]:
    """Find the renderings of hits on one side, in texts of the same two languages."""
    other = SIDES[1 - SIDES.index(side)]
    beads = {bead.id: bead for bead, _ in hits}
    numbers = {id: number for number, id in enumerate(beads)}
    pairs = [(search.text(bead, side), search.text(bead, other)) for bead in beads.values()]
    langs = search.langs_of(hits[0][0])
    here, there = langs if side == "source" else langs[::-1]
    found = renderer.render(pairs, (here, there), [(numbers[o.bead], o.start, o.stop) for _, o in hits])
    read = []
    for (bead, occurrence), rendered in zip(hits, found, strict=True):
        text = pairs[numbers[bead.id]][1][rendered.start : rendered.stop]
        words = WORD.findall(text)
        base = " ".join(lemma(word, there) for word in words)
        form = " ".join(text.lower().split())
        read.append(_Read(occurrence, rendered, form if words else "", base, there, search.pairings[bead.bitext].name))
    return read


def _likelier(one: _Read, lemmas: Counter[str]) -> str:
    """Give the lemma of a rendering: "amiga" may be of "amigar" or "amigo", whichever else stands for the hits."""
    if one.lang[:2] == "es" and one.lemma.endswith("ar") and one.form.endswith(("a", "as")):
        masculine = lemma(one.form.removesuffix("s")[:-1] + "o", one.lang)
        if lemmas[masculine] > lemmas[one.lemma]:
            return masculine
    return one.lemma


def _group(base: str, members: Sequence[_Read], total: int, examples: int) -> Group:
    # the surest examples, of different forms before others of the same
    forms = Counter(member.form for member in members)
    seen: Counter[str] = Counter()
    ranked = []
    for member in sorted(members, key=lambda member: -member.rendered.score):
        ranked.append((seen[member.form], -member.rendered.score, member))
        seen[member.form] += 1
    best = [member for _, _, member in sorted(ranked, key=lambda each: each[:2])[:examples]]
    return Group(
        base,
        members[0].lang,
        len(members),
        len(members) / total,
        sum(member.rendered.score for member in members) / len(members),
        tuple(forms.most_common()),
        tuple(Counter(member.bitext for member in members).most_common()),
        tuple(member.occurrence for member in best),
        tuple(member.rendered for member in best),
    )
