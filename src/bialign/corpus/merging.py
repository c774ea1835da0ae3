"""Bringing two people's corpora together: what only one has is added, what both decided otherwise is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bialign.corpus import decisions
from bialign.corpus.decisions import Unplaced
from bialign.store import edits

if TYPE_CHECKING:
    from bialign.store import Store


@dataclass(frozen=True, slots=True)
class Merged:
    """Tell what came of merging: bitexts added, decisions taken over by bitext, and what could not be."""

    added: tuple[str, ...]
    taken: dict[str, int]
    conflicts: dict[str, tuple[Unplaced, ...]]


def merge(mine: Store, theirs: Store, **settings: Any) -> Merged:
    """Add to one corpus what another has: its bitexts, and its decisions on those that both have.

    Where both have decided about the same segments and not the same, this corpus stays as it is and the conflict is
    told. `settings` are those of `realign.plan`.
    """
    names = {entry.name: entry.id for entry in mine.contents.entries()}
    added: list[str] = []
    taken: dict[str, int] = {}
    conflicts: dict[str, tuple[Unplaced, ...]] = {}
    for entry in theirs.contents.entries():
        made = decisions.taken_from(theirs, entry.id)
        if entry.name not in names:
            _add(mine, theirs, entry.id, entry.recipe)
            added.append(entry.name)
            continue
        id = names[entry.name]
        before = mine.journal.last()
        unplaced = tuple(decisions.replay(mine, id, made, **settings))
        if mine.journal.last() > before:
            taken[entry.name] = len(made.texts) + len(made.beads) + len(made.moves) - len(unplaced)
        if unplaced:
            conflicts[entry.name] = unplaced
    return Merged(tuple(added), taken, conflicts)


def _add(mine: Store, theirs: Store, bitext: int, recipe: str) -> None:
    """Bring a whole bitext over, with what is said of its beads."""
    whole = theirs.contents.bitext(bitext)
    id = mine.add(whole, recipe)
    said = list(_comments(theirs, bitext))
    if said:
        ids = mine.contents.ids(id)
        with mine.edit("merge corpora") as edit:
            for number, comment in said:
                edits.comment(edit, ids[number], comment)


def _comments(store: Store, bitext: int) -> Iterator[tuple[int, str]]:
    for number, bead in enumerate(store.beads.of(bitext)):
        if bead.comment:
            yield number, bead.comment
