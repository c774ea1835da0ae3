"""The glossary at work in a corpus, as methods: the check of terms, what is ignored, how a concept is rendered."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from bialign.corpus.glossary import read_glossary
from bialign.errors import CorpusError, NotFound
from bialign.store import Store, listing
from bialign.store.beads import SIDES, Side
from bialign.store.changes import Change

if TYPE_CHECKING:
    from bialign.termbase import Termbase
    from bialign.terms import Checker, ConceptRenderings, Finding, Rule, TextOf

TOPIC = "check"
_SAYING = frozenset(
    {"ignore", "unignore", "verdicts", "scheme", "annotate", "reannotate", "unannotate", "decide", "import annotations"}
)
"""Edits that change nothing that is checked."""
IGNORED = "ignored"


class _Kept(NamedTuple):
    """Hold the checks that were made last, of the corpus as it stood after an event."""

    event: int
    given: Termbase | None
    termbase: Termbase
    checkers: dict[str, Checker]


class Checking:
    """Check the terms of the corpus in `store`, and remember which findings are to be ignored."""

    store: Store

    _kept: _Kept | None = None

    def glossary(self) -> Termbase | None:
        """Give the glossary of the corpus, None where it has none."""
        return read_glossary(self.store)

    def checker(self, name: str, termbase: Termbase | None = None) -> Checker:
        """Give the check of a bitext, which can be asked for any part of it, as long as the corpus does not change.

        The last one is kept: asking again costs nothing until a text, a bead or the glossary has changed. Raises
        NotFound where there is no bitext of that name, CorpusError where the corpus has no glossary and no `termbase`
        is given.
        """
        from bialign.terms import Checker

        kept = self._kept
        if kept is None or kept.given is not termbase or not self._is_fresh(kept.event):
            event = self.store.journal.last()
            kept = self._kept = _Kept(event, termbase, termbase or self._needed_glossary(), {})
        if name not in kept.checkers:
            text = self._text_of(name)
            # one at a time: a text of 50,000 beads takes 50 MB
            kept.checkers.clear()
            kept.checkers[name] = Checker(text.beads, kept.termbase, text.langs, document=name)
        return kept.checkers[name]

    def check_terms(
        self,
        names: Sequence[str] = (),
        *,
        start: int = 0,
        limit: int | None = None,
        rules: Collection[Rule] | None = None,
        ignored: bool = False,
        termbase: Termbase | None = None,
    ) -> Iterator[Finding]:
        """Check texts against the glossary: findings bitext by bitext, in the order of their text.

        `names` are the bitexts, by default all. Of each, `limit` beads are looked at from number `start` on, so that a
        page can ask for the part it shows. `rules` chooses rules. Findings that are ignored are left out, unless
        `ignored` is set. `termbase` is a glossary to use instead of the corpus's. Raises what `checker` does.
        """
        from bialign.terms import RULES

        leave_out = frozenset[str]() if ignored else self.ignored().keys()
        for name in names or [entry.name for entry in self.store.contents.entries()]:
            checker = self.checker(name, termbase)
            stop = None if limit is None else start + limit
            yield from checker.findings(start, stop, rules=RULES if rules is None else rules, ignored=leave_out)

    def ignore(self, key: str, note: str = "", *, seen: int | None = None) -> None:
        """Remember that a finding, named by its key, is to be ignored; `note` may say why. `undo` takes it back."""
        id = f"{TOPIC} {key}"
        if not key or len(id) > 200 or key != "".join(key.split()):
            raise ValueError(f"no key of a finding: {key!r}")
        with self.store.edit("ignore", seen=seen) as edit:
            before = listing.verdicts(edit.database, TOPIC).get(key)
            if before is None or before != (IGNORED, note):
                edit.apply(Change("verdict", id, (id, *before) if before else None, (id, IGNORED, note)))
            edit.details |= {"key": key}

    def unignore(self, key: str, *, seen: int | None = None) -> None:
        """Tell of a finding again; NotFound where it is not ignored."""
        with self.store.edit("unignore", seen=seen) as edit:
            if key not in listing.verdicts(edit.database, TOPIC):
                raise NotFound("no finding {key} is ignored in this corpus", place=str(self.store.path), key=key)
            edit.delete("verdict", f"{TOPIC} {key}")
            edit.details |= {"key": key}

    def ignored(self) -> dict[str, str]:
        """Give the keys of the findings that are ignored, each with its note."""
        found = listing.verdicts(self.store.database, TOPIC)
        return {key: note for key, (verdict, note) in found.items() if verdict == IGNORED}

    def renderings(
        self,
        concept: str,
        *,
        side: Side = "source",
        names: Sequence[str] = (),
        termbase: Termbase | None = None,
        **options: Any,
    ) -> ConceptRenderings:
        """Tell how a concept, named by its id or one of its terms, is rendered: counts, examples, documents.

        With `side` "target" it is looked for in the translations, and what it stands for there is told. `names` are the
        bitexts to look in, by default all; `options` those of `bialign.terms.concept_renderings`. Raises NotFound where
        the glossary has no such concept, CorpusError where the corpus has no glossary and no `termbase` is given.
        """
        from bialign.terms import concept_renderings

        glossary = termbase or self._needed_glossary()
        chosen = names or [entry.name for entry in self.store.contents.entries()]
        return concept_renderings(map(self._text_of, chosen), glossary, concept, side=side, **options)

    def _needed_glossary(self) -> Termbase:
        found = self.glossary()
        if found is None:
            reason = "the corpus has no glossary: bialign terms import brings one in"
            raise CorpusError(reason, place=str(self.store.path))
        return found

    def _is_fresh(self, event: int) -> bool:
        """Tell whether nothing has changed since an event but what people said of findings."""
        journal = self.store.journal
        for later in journal.events(event):
            what = later.what if later.undoes is None else journal.events(later.undoes - 1, 1)[0].what
            if what not in _SAYING:
                return False
        return True

    def _text_of(self, name: str) -> TextOf:
        """Read the texts of a bitext bead by bead."""
        from bialign.store.lookup import Lookup
        from bialign.terms import BeadText, TextOf

        store = self.store
        with store.database.snapshot():
            id = store.contents.bitext_id(name)
            lookup = Lookup(store.database, store.beads)
            lookup.refresh()
            pairing = lookup.pairings()[id]
            beads = []
            for bead in store.beads.of(id):
                source, target = (
                    " ".join(lookup.run(pairing.document(side).id, bead.place(side), bead.count(side))[0])
                    for side in SIDES
                )
                beads.append(BeadText(source, target, float(bead.probability), bead.status, bead.id))
            origins = {entry.id: entry.origin for entry in listing.documents(store.database).values()}
        said = " ".join([pairing.source.title, origins.get(pairing.source.id, ""), pairing.target.title])
        return TextOf(name, beads, (pairing.source.lang or "en", pairing.target.lang or "es"), said)
