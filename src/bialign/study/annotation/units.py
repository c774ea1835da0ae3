"""What agreement is measured on: for each bead, the set of labels that each annotator gave anywhere in it.

A bead in which an annotator marked nothing counts as "no label" by that annotator, so the measures need to know which
beads were looked at: all in which anybody marked something ("marked"), those in which everybody did ("shared"), or all
of the text ("all"), where each annotator has read the whole of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from bialign.errors import CorpusError

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

    `names` are the labels that anybody gave, in the order of the scheme.
    """

    who: tuple[str, ...]
    names: tuple[str, ...]
    beads: tuple[tuple[str, int], ...]
    labels: Mapping[str, Sequence[frozenset[str]]]
    letters: Mapping[str, Sequence[frozenset[Letter]]]


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
    return Units(people, tuple(name for name in found.names if name in used), tuple(beads), labels, letters)


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
