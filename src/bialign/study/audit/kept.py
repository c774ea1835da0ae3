"""Judgements kept in a corpus, beside its other verdicts: each an edit of the history, to be taken back by undo.

The sample they are of is kept too, as the numbers it was drawn with, so that a report can tell the result.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bialign.store import listing
from bialign.store.changes import Change, read_row
from bialign.study.audit.units import Judgement

if TYPE_CHECKING:
    from bialign.corpus import Corpus

_TOPIC = "audit"
_SAMPLE = "audit-sample"


@dataclass(frozen=True, slots=True)
class Drawn:
    """Hold how a sample was drawn: how many units with which seed, of which bitexts (none: of all)."""

    size: int
    seed: int
    names: tuple[str, ...] = ()


def remember(corpus: Corpus, drawn: Drawn) -> None:
    """Keep how the sample that is judged was drawn; nothing is changed where it is known already."""
    if sample_of(corpus) == drawn:
        return
    id = f"{_SAMPLE} last"
    note = json.dumps({"size": drawn.size, "seed": drawn.seed, "names": drawn.names}, ensure_ascii=False)
    with corpus.store.edit("audit") as edit:
        edit.details |= {"size": drawn.size, "seed": drawn.seed}
        edit.apply(Change("verdict", id, read_row(edit.database, "verdict", id), (id, "drawn", note)))


def sample_of(corpus: Corpus) -> Drawn | None:
    """Tell how the sample that was judged last was drawn; None where nothing has been judged."""
    found = listing.verdicts(corpus.store.database, _SAMPLE).get("last")
    if found is None:
        return None
    said = json.loads(found[1])
    names: Sequence[str] = said["names"]
    return Drawn(said["size"], said["seed"], tuple(names))


def keep(corpus: Corpus, key: str, judgement: Judgement | None) -> None:
    """Keep what was said of a unit, named by its key, instead of what was said before; None takes that away."""
    id = f"{_TOPIC} {key}"
    with corpus.store.edit("audit") as edit:
        edit.details |= {"key": key}
        if judgement is None:
            edit.delete("verdict", id)
            return
        note = json.dumps({"truth": judgement.truth, "by": judgement.by, "at": judgement.at}, ensure_ascii=False)
        before, after = read_row(edit.database, "verdict", id), (id, "right" if judgement.right else "wrong", note)
        if before != after:
            edit.apply(Change("verdict", id, before, after))


def kept(corpus: Corpus) -> dict[str, Judgement]:
    """Give all judgements of a corpus, by the keys of what they are about."""
    found = {}
    for key, (verdict, note) in listing.verdicts(corpus.store.database, _TOPIC).items():
        said = json.loads(note)
        truth = None if said["truth"] is None else tuple(said["truth"])
        found[key] = Judgement(verdict == "right", truth, said["by"], said["at"])
    return found
