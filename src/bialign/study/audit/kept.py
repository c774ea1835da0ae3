"""Judgements kept in a corpus, beside its other verdicts: each an edit of the history, to be taken back by undo."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bialign.store import listing
from bialign.store.changes import Change, read_row
from bialign.study.audit.units import Judgement

if TYPE_CHECKING:
    from bialign.corpus import Corpus

_TOPIC = "audit"


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
