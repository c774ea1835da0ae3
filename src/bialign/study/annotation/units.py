"""What agreement is measured on: for each bead, the set of labels that each annotator gave anywhere in it.

A bead in which an annotator marked nothing counts as "no label" by that annotator, so the measures need to know which
beads were looked at: all in which anybody marked something ("marked"), those in which everybody did ("shared"), or all
of the text ("all"), where each annotator has read the whole of it.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from bialign.errors import CorpusError
from bialign.store.beads import SIDES

if TYPE_CHECKING:
    from bialign.corpus import Corpus
    from bialign.corpus.annotation_views import AnnotationView

Choice = Literal["marked", "shared", "all"]
CHOICES: tuple[Choice, ...] = ("marked", "shared", "all")

Letter = tuple[str, str, float, int]
"""A letter with a label: the label, the side, the place of the segment, the letter's number in it."""


@dataclass(frozen=True, slots=True)
class Units:
    """Hold what annotators said: `labels` and `letters` by annotator, each in the order of `beads`.

    `names` are the labels that anybody gave, in the order of the scheme. `stretches` are by annotator and label, first
    letter and letter after the last, on a continuum of `length` letters: the segments of the beads, those of the target
    after those of the source, one bitext after the other, a letter apart.
    """

    who: tuple[str, ...]
    names: tuple[str, ...]
    beads: tuple[tuple[str, int], ...]
    labels: Mapping[str, Sequence[frozenset[str]]]
    letters: Mapping[str, Sequence[frozenset[Letter]]]
    stretches: Mapping[str, Mapping[str, Sequence[tuple[int, int]]]] = field(default_factory=dict)
    length: int = 0


def units_of(
    corpus: Corpus, names: Sequence[str] = (), *, scheme: str = "", who: Sequence[str] = (), choice: Choice = "marked"
) -> Units:
    """Gather what annotators said of bitexts, by default all, in one scheme; decisions are left out.

    `who` chooses annotators, by default all. Raises CorpusError where there are not two of them, NotFound for bitexts
    and schemes that are not there.
    """
    found = corpus.scheme(scheme)
    views = [
        view
        for name in names or [""]
        for view in corpus.annotations(name, scheme=found.scheme)
        if not view.annotation.decides and (not who or view.annotation.who in who)
    ]
    people = tuple(sorted({view.annotation.who for view in views}))
    if len(people) < 2:
        reason = "agreement needs two annotators at least; in the scheme {scheme} there are: {who}"
        raise CorpusError(reason, place=str(corpus.path), scheme=found.scheme, who=", ".join(people) or "-")
    said = _said(views)
    beads = _chosen(corpus, said, people, names, choice)
    labels = {one: [said.get(bead, {}).get(one, frozenset()) for bead in beads] for one in people}
    used = {view.annotation.label for view in views}
    marked = _letters(views)
    letters = {one: [frozenset(marked[one].get(bead, ())) for bead in beads] for one in people}
    starts, length = _continuum(corpus, beads)
    stretches = {one: _stretches(views, one, starts) for one in people}
    known = tuple(name for name in found.names if name in used)
    return Units(people, known, tuple(beads), labels, letters, stretches, length)


_Letters = Mapping[str, Mapping[tuple[str, int], set[Letter]]]
_Said = Mapping[tuple[str, int], Mapping[str, frozenset[str]]]


def _said(views: Iterable[AnnotationView]) -> _Said:
    found: dict[tuple[str, int], dict[str, frozenset[str]]] = {}
    for view in views:
        for bead in view.beads:
            by = found.setdefault((view.bitext, bead), {})
            by[view.annotation.who] = by.get(view.annotation.who, frozenset()) | {view.annotation.label}
    return found


def _chosen(
    corpus: Corpus, said: _Said, people: Sequence[str], names: Sequence[str], choice: Choice
) -> list[tuple[str, int]]:
    if choice == "marked":
        return list(said)
    if choice == "shared":
        return [bead for bead, by in said.items() if all(by.get(one) for one in people)]
    wanted = names or [info.name for info in corpus.bitexts()]
    contents = corpus.store.contents
    return [(name, bead) for name in wanted for bead in contents.ids(contents.bitext_id(name))]


def _letters(views: Iterable[AnnotationView]) -> _Letters:
    found: dict[str, dict[tuple[str, int], set[Letter]]] = {}
    for view in views:
        one, by = view.annotation, found.setdefault(view.annotation.who, {})
        for mark, bead in zip(one.marks, view.stands, strict=True):
            letters = by.setdefault((view.bitext, bead), set())
            letters.update((one.label, mark.side, mark.place, n) for n in range(mark.start, mark.stop))
    return found


_Starts = Mapping[tuple[str, str, float], int]
"""Where segments begin on the continuum, by bitext, side and place."""


def _continuum(corpus: Corpus, beads: Sequence[tuple[str, int]]) -> tuple[_Starts, int]:
    """Put the segments of beads one after the other; give where each begins, and where all end."""
    store, starts, at = corpus.store, dict[tuple[str, str, float], int](), 0
    chosen: dict[str, set[int]] = {}
    for name, bead in beads:
        chosen.setdefault(name, set()).add(bead)
    for name, ids in chosen.items():
        bitext = store.contents.bitext_id(name)
        stored = [one for one in store.beads.of(bitext) if one.id in ids]
        for side in SIDES:
            segments = list(store.reader.all(store.beads.document(bitext, side)))
            places = [segment.place for segment in segments]
            for one in stored:
                first = bisect.bisect_left(places, one.place(side))
                for segment in segments[first : first + one.count(side)]:
                    starts[name, side, segment.place] = at
                    at += len(segment.text) + 1
    return starts, at


def _stretches(views: Iterable[AnnotationView], who: str, starts: _Starts) -> dict[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = {}
    for view in views:
        for mark in view.annotation.marks if view.annotation.who == who else ():
            start = starts.get((view.bitext, mark.side, mark.place))
            if start is not None:
                found.setdefault(view.annotation.label, []).append((start + mark.start, start + mark.stop))
    return found
