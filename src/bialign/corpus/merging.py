"""Bringing two people's corpora together: what only one has is added, what both decided otherwise is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bialign.corpus import candidates, checking, decisions
from bialign.corpus.annotation_schemes import merge_schemes
from bialign.corpus.decisions import Decisions, Unplaced
from bialign.corpus.glossary import read_glossary, write_glossary
from bialign.store import listing
from bialign.store.changes import Change
from bialign.termbase import Termbase

if TYPE_CHECKING:
    from bialign.store import Store


@dataclass(frozen=True, slots=True)
class Merged:
    """Tell what came of merging: bitexts added, decisions taken over by bitext, and what could not be.

    `concepts` counts those added to the glossary, `differing` are the ids of those that both have, and not the same.
    `verdicts` counts findings of the check that are ignored now, and candidates that are not proposed again.
    """

    added: tuple[str, ...]
    taken: dict[str, int]
    conflicts: dict[str, tuple[Unplaced, ...]]
    concepts: int = 0
    differing: tuple[str, ...] = ()
    verdicts: int = 0


def merge(mine: Store, theirs: Store, **settings: Any) -> Merged:
    """Add to one corpus what another has: its bitexts, its decisions on those that both have, concepts of its glossary.

    Where both have decided about the same segments and not the same, this corpus stays as it is and the conflict is
    told. `settings` are those of `realign.plan`.
    """
    names = {entry.name: entry.id for entry in mine.contents.entries()}
    added: list[str] = []
    taken: dict[str, int] = {}
    conflicts: dict[str, tuple[Unplaced, ...]] = {}
    merge_schemes(mine, theirs)
    for entry in theirs.contents.entries():
        made = decisions.taken_from(theirs, entry.id)
        if entry.name not in names:
            id = mine.add(theirs.contents.bitext(entry.id), entry.recipe)
            added.append(entry.name)
            if made.annotations:
                decisions.replay(mine, id, Decisions(annotations=made.annotations))
            continue
        id = names[entry.name]
        before = mine.journal.last()
        unplaced = tuple(decisions.replay(mine, id, made, **settings))
        if mine.journal.last() > before:
            taken[entry.name] = len(made) - len(unplaced)
        if unplaced:
            conflicts[entry.name] = unplaced
    return Merged(
        tuple(added), taken, conflicts, *_merge_glossaries(mine, theirs), verdicts=_merge_verdicts(mine, theirs)
    )


def _merge_glossaries(mine: Store, theirs: Store) -> tuple[int, tuple[str, ...]]:
    ours, others = read_glossary(mine), read_glossary(theirs)
    if others is None:
        return 0, ()
    held = {concept.id: concept for concept in ours.concepts} if ours else {}
    new = tuple(concept for concept in others.concepts if concept.id not in held)
    differing = tuple(concept.id for concept in others.concepts if held.get(concept.id, concept) != concept)
    if new:
        languages = dict.fromkeys((*(ours.languages if ours else ()), *others.languages))
        with mine.edit("glossary") as edit:
            write_glossary(edit, Termbase(tuple(languages), (*held.values(), *new)))
    return len(new), differing


def _merge_verdicts(mine: Store, theirs: Store) -> int:
    """Take over what was said of findings and candidates that nothing was said of here; give how many."""
    new: dict[str, tuple[str, str]] = {}
    for topic in (checking.TOPIC, candidates.TOPIC):
        held = listing.verdicts(mine.database, topic)
        others = listing.verdicts(theirs.database, topic)
        new |= {f"{topic} {key}": verdict for key, verdict in others.items() if key not in held}
    if new:
        with mine.edit("verdicts") as edit:
            for id, verdict in new.items():
                edit.apply(Change("verdict", id, None, (id, *verdict)))
            edit.details |= {"count": len(new)}
    return len(new)
