"""Where annotators differ, what was decided between them, and what stands in the end.

Annotators differ in a bead where they gave it other labels, where one of them gave it none, or where they gave it the
same label and marked words that have nothing in common.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bialign.corpus import Corpus
    from bialign.corpus.annotation_views import AnnotationView


@dataclass(frozen=True, slots=True)
class Difference:
    """Hold the annotations of a bead in which annotators differ, and the decisions about them that are in force.

    A decision is no longer in force where a later one settles all that it settled, and more. `silent` are the
    annotators who marked nothing there.
    """

    bitext: str
    bead: int
    views: tuple[AnnotationView, ...]
    silent: tuple[str, ...]
    decisions: tuple[AnnotationView, ...] = ()

    @property
    def ids(self) -> tuple[int, ...]:
        """Give the ids of the annotations that differ."""
        return tuple(view.id for view in self.views)

    @property
    def is_decided(self) -> bool:
        """Tell whether all of them have been decided."""
        settled = {id for view in self.decisions for id in view.annotation.decides}
        return settled.issuperset(self.ids)


def differences(corpus: Corpus, names: Sequence[str] = (), *, scheme: str = "") -> list[Difference]:
    """Give the beads in which annotators differ, of bitexts (by default all) in the order of the text.

    An annotation that reaches over several beads belongs to the first of them.
    """
    return [one for one in _groups(corpus, names, scheme) if _differs(one)]


def among(bitext: str, views: Sequence[AnnotationView]) -> list[Difference]:
    """Give the differences among the annotations of one bitext in one scheme, decisions included."""
    return [one for one in _by_bead(bitext, views) if _differs(one)]


def settled(corpus: Corpus, names: Sequence[str] = (), *, scheme: str = "") -> list[AnnotationView]:
    """Give what stands in the end: decisions, and of what nobody disputes one annotation of each label in a bead.

    What differs and is not decided is left out.
    """
    found: list[AnnotationView] = []
    for group in _groups(corpus, names, scheme):
        if group.decisions and group.is_decided:
            found += [view for view in group.decisions if view.annotation.label]
        elif not _differs(group):
            first = group.views[0].annotation.who
            found += [view for view in group.views if view.annotation.who == first]
    return found


def _groups(corpus: Corpus, names: Sequence[str], scheme: str) -> list[Difference]:
    """Give the annotations by bead, whether they differ or not."""
    name = corpus.scheme(scheme).scheme
    return [
        group
        for bitext in names or [info.name for info in corpus.bitexts()]
        for group in _by_bead(bitext, corpus.annotations(bitext, scheme=name))
    ]


def _by_bead(bitext: str, views: Sequence[AnnotationView]) -> list[Difference]:
    made = [view for view in views if not view.annotation.decides]
    people = sorted({view.annotation.who for view in made})
    by_bead: dict[int, list[AnnotationView]] = {}
    for view in made:
        by_bead.setdefault(view.beads[0], []).append(view)
    deciding: dict[int, list[AnnotationView]] = {}
    for view in views:
        for id in view.annotation.decides:
            deciding.setdefault(id, []).append(view)
    found = []
    for bead, held in by_bead.items():
        silent = tuple(one for one in people if all(view.annotation.who != one for view in held))
        about = {view.id: view for one in held for view in deciding.get(one.id, ())}
        found.append(Difference(bitext, bead, tuple(held), silent, tuple(_in_force(about[id] for id in sorted(about)))))
    return found


def _in_force(decisions: Iterable[AnnotationView]) -> Iterator[AnnotationView]:
    held = list(decisions)
    for one in held:
        settled = set(one.annotation.decides)
        if not any(other.id > one.id and settled < set(other.annotation.decides) for other in held):
            yield one


def _differs(one: Difference) -> bool:
    if one.silent:
        return True
    by: dict[str, dict[str, set[tuple[str, float, int]]]] = {}
    for view in one.views:
        letters = by.setdefault(view.annotation.who, {}).setdefault(view.annotation.label, set())
        for mark in view.annotation.marks:
            letters.update((mark.side, mark.place, n) for n in range(mark.start, mark.stop))
    for first, second in itertools.combinations(by.values(), 2):
        if first.keys() != second.keys() or any(first[label].isdisjoint(second[label]) for label in first):
            return True
    return False
