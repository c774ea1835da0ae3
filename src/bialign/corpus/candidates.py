"""Candidates for the glossary, found in a corpus; what became of them stands in its glossary and its verdicts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from bialign.corpus.glossary import read_glossary, write_glossary
from bialign.store import Store, listing
from bialign.store.changes import Change, read_row
from bialign.termbase import Termbase

if TYPE_CHECKING:
    from bialign.terms.extraction import Candidate, CandidateKind

TOPIC = "extraction"


class Candidates:
    """Find candidates in the corpus in `store`, and take or refuse them; each of these stands in the history."""

    store: Store

    def candidates(
        self,
        limit: int | None = None,
        *,
        kind: CandidateKind | None = None,
        bitexts: Sequence[str] = (),
        least: int = 2,
        evidence: int = 3,
        progress: Callable[[float], None] | None = None,
    ) -> list[Candidate]:
        """Find pairs of expressions that may be terms, the likeliest first; see `bialign.terms.extraction.extract`.

        Terms come before names of people and places; `kind` chooses "term" or "name". Those that the glossary has and
        those that were rejected are left out. `bitexts` chooses some by their names.
        Raises NotFound for a bitext that is not here, BialignError where none is in English and Spanish.
        """
        from bialign.terms.extraction import extract
        from bialign.terms.extraction.lines import StoreLines
        from bialign.terms.extraction.proposal import known_in

        with self.store.database.snapshot():
            lines = StoreLines(self.store, bitexts)
            rejected = set(self.rejected())
            glossary = read_glossary(self.store)
            found = extract(lines, kind=kind, least=least, evidence=evidence, without=rejected, progress=progress)
        fresh = [one for one in found if glossary is None or not known_in(glossary, one)]
        return fresh[:limit]

    def accept(
        self, candidates: Candidate | Iterable[Candidate], *, subject: str = "", seen: int | None = None
    ) -> list[str]:
        """Take candidates into the glossary, which is made where there is none; give the ids of their concepts.

        What was rejected before is so no longer. An expression may be changed before: see `dataclasses.replace`.
        """
        from bialign.terms.extraction.model import Candidate
        from bialign.terms.extraction.proposal import with_candidates

        wanted = [candidates] if isinstance(candidates, Candidate) else list(candidates)
        with self.store.edit("accept", seen=seen) as edit:
            glossary = read_glossary(self.store) or Termbase(("en", "es"), ())
            glossary, ids = with_candidates(glossary, wanted, subject=subject)
            write_glossary(edit, glossary)
            for one in wanted:
                edit.delete("verdict", f"{TOPIC} {one.key}")
            edit.details |= {"keys": [one.key for one in wanted]}
        return ids

    def reject(self, keys: str | Iterable[str], *, note: str = "", seen: int | None = None) -> None:
        """Say that candidates, by their keys, are no terms: they are not proposed again."""
        with self.store.edit("reject", seen=seen) as edit:
            wanted = [keys] if isinstance(keys, str) else list(keys)
            for key in wanted:
                id = f"{TOPIC} {key}"
                before, after = read_row(edit.database, "verdict", id), (id, "rejected", note)
                if before != after:
                    edit.apply(Change("verdict", id, before, after))
            edit.details |= {"keys": wanted}

    def rejected(self) -> dict[str, str]:
        """Give the keys of the candidates that were rejected, each with its note."""
        found = listing.verdicts(self.store.database, TOPIC)
        return {key: note for key, (verdict, note) in found.items() if verdict == "rejected"}
