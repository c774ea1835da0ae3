"""A corpus: many bitexts in one file, with their history and glossary; what most callers want of `bialign.store`.

views      what a corpus tells of itself
editing    a person's edits as methods
recipes    how texts came in
glossary   the glossary in the file
checking   the glossary at work: the check of terms, what is ignored, renderings
realign    aligning anew what nobody has confirmed
decisions  what people decided, as data, and done again; `decisions_file` keeps it
annotating labels on stretches of both texts, by several people, and decisions between them
candidates what may become terms of the glossary
merging    two people's corpora into one
adding     files and folders in, by a plan that is shown first
pairing    which files belong together, by their names; `likeness` tells it by what they hold
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bialign.bitext import Bitext, Document, Status
from bialign.corpus import merging, realign
from bialign.corpus.annotating import Annotating
from bialign.corpus.candidates import Candidates
from bialign.corpus.checking import Checking
from bialign.corpus.decisions import Decisions, Unplaced, replay, taken_from
from bialign.corpus.editing import Editing
from bialign.corpus.excerpt import excerpt
from bialign.corpus.glossary import write_glossary
from bialign.corpus.names import readable
from bialign.corpus.recipes import recipe_of
from bialign.corpus.views import BeadView, BitextInfo, HistoryEntry, bead_view, bitext_info, history
from bialign.errors import CorpusError
from bialign.store import Pair, Store, check, listing
from bialign.store.listing import Choice

if TYPE_CHECKING:
    from bialign.concordance import Page, Query
    from bialign.corpus.merging import Merged
    from bialign.corpus.realign import Plan
    from bialign.formats import Report
    from bialign.pipeline import Text
    from bialign.store.check import Finding
    from bialign.termbase import Termbase

__all__ = ["BeadView", "BitextInfo", "Corpus", "HistoryEntry", "Pair"]


class Corpus(Editing, Checking, Candidates, Annotating):
    """Open a corpus file; use it in a ``with`` block, or close it.

    `who` stands in the history beside each change, by default the user's name. With `read_only` nothing is written, so
    that a corpus on a disk or in a folder that cannot be written may be read. Raises CorpusError, in one line, for
    what is no corpus or cannot be opened, and SchemaMismatch for one of another version of bialign. Any number of
    processes may have it open; a writer waits for another up to ten seconds.
    """

    def __init__(self, path: Path | str, *, read_only: bool = False, who: str = "") -> None:
        self.store = Store(path, read_only=read_only, who=who)

    @classmethod
    def create(cls, path: Path | str, *, title: str = "", who: str = "") -> Corpus:
        """Make an empty corpus file and open it; CorpusError where the path is taken."""
        with Store(path, create=True, who=who) as store:
            if title:
                listing.set_meta(store.database, "title", title)
        return cls(path, who=who)

    def __enter__(self) -> Corpus:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; every change is in it already."""
        self.store.close()

    def check_writable(self) -> None:
        """Raise CorpusError where the corpus cannot be written now, before work begins that would be lost."""
        with self.store.database.transaction():
            pass

    @property
    def path(self) -> Path:
        """Give the path of the file."""
        return self.store.path

    @property
    def title(self) -> str:
        """Give the title; without one it is the file's name."""
        return self.store.meta("title")

    @property
    def last(self) -> int:
        """Give the number of the last event: what `seen` of an edit is."""
        return self.store.journal.last()

    @property
    def version(self) -> str:
        """Give what a citation names: the corpus's own id, and the last event of its history."""
        return f"{self.store.meta('uuid')}:{self.last}"

    def bitexts(self) -> list[BitextInfo]:
        """Tell of all bitexts, in the order they came in."""
        with self.store.database.snapshot():
            documents = listing.documents(self.store.database)
            return [bitext_info(entry, documents) for entry in self.store.contents.entries()]

    def recipes(self) -> list[tuple[str, dict[str, Any]]]:
        """Tell how the texts of each bitext came in, by its name."""
        return [(name, json.loads(recipe)) for name, recipe in listing.recipes(self.store.database)]

    def bitext(self, name: str) -> Bitext:
        """Give a bitext as it stands; NotFound where there is none of that name."""
        return self.store.bitext(name)

    def excerpt(self, ids: Iterable[int], *, name: str = "") -> Bitext:
        """Give beads by their ids, as a search finds them, as a bitext of their own that any format can be made of.

        Each comes once, in the order of `ids`, with all that is known of it, called "letter#12" after its text; a
        property names the titles of its texts. The bitext is called `name`, by default after the corpus. Raises
        NotFound for a bead that is not there, FormatError where there are none.
        """
        return excerpt(self.store, ids, name=name)

    def types(self, name: str) -> dict[str, int]:
        """Count the beads of a bitext by type ("1-1", "1-2" ...), the most frequent first."""
        return listing.types(self.store.database, self.store.contents.bitext_id(name))

    def beads(
        self,
        name: str,
        *,
        status: Status | None = None,
        type: str | None = None,
        below: float | None = None,
        start: int = 0,
        limit: int = 100,
        doubtful_first: bool = False,
    ) -> list[BeadView]:
        """Give beads of a bitext with their texts: `limit` of them from number `start` on, in the order of the text.

        They may be chosen by status, type ("1-2") and probability (less than `below`); with `doubtful_first` the least
        probable come first. ValueError for a status or type that is none.
        """
        store = self.store
        with store.database.snapshot():
            id = store.contents.bitext_id(name)
            documents = store.beads.document(id, "source"), store.beads.document(id, "target")
            choice = Choice(status, type, below)
            found = listing.page(store.database, id, choice, start, limit, doubtful_first=doubtful_first)
            return [bead_view(store, bead, name, documents) for bead in found]

    def count(
        self, name: str, *, status: Status | None = None, type: str | None = None, below: float | None = None
    ) -> int:
        """Count beads of a bitext, chosen as in `beads`."""
        return listing.count(self.store.database, self.store.contents.bitext_id(name), Choice(status, type, below))

    def bead(self, id: int) -> BeadView:
        """Give a bead by its id; NotFound where there is none."""
        store = self.store
        with store.database.snapshot():
            bead = store.beads.get(id)
            documents = store.beads.document(bead.bitext, "source"), store.beads.document(bead.bitext, "target")
            return bead_view(store, bead, listing.names(store.database)[bead.bitext], documents)

    def add(self, source: Text, target: Text, *, name: str = "", **options: Any) -> str:
        """Align two texts, given as paths or documents, and bring them in; give the bitext's name.

        `options` are those of `bialign.align`, `termbase` by default the corpus's glossary; they are kept with the
        files' hashes in the bitext's recipe. Without a `name` it is called after its texts. Raises what `bialign.align`
        does, and CorpusError where the name is taken: nothing has come in then.
        """
        from bialign.pipeline import align

        bitext = align(source, target, **self._glossed(options))
        recipe = recipe_of("aligned", (source, target), options, signature=bitext.signature)
        return self.add_bitext(bitext, name=name, recipe=recipe)

    def add_bitext(self, bitext: Bitext, *, name: str = "", recipe: str = "") -> str:
        """Bring in a bitext as it is, and give its name; `recipe` is JSON that says how it came about."""
        source, target = (
            replace(side, id=readable(side.id), title=readable(side.title), origin=readable(side.origin))
            for side in (bitext.source, bitext.target)
        )
        bitext = replace(bitext, id=readable(name or bitext.id), source=source, target=target)
        self.store.add(bitext, recipe or recipe_of("given", signature=bitext.signature))
        return bitext.id

    def add_pairs(
        self,
        name: str,
        pairs: Iterable[Pair],
        *,
        langs: tuple[str, str] = ("en", "es"),
        documents: tuple[Document, Document] | None = None,
        recipe: str = "",
    ) -> str:
        """Bring in a bitext of pairs as they come, a few thousand in memory at once; give its name.

        `documents`, with empty texts, say what is known of both sides; else they have the name and the `langs`.
        """
        sides = documents or (
            Document(f"{name}.{langs[0] or 'source'}", langs[0], name, ""),
            Document(f"{name}.{langs[1] or 'target'}", langs[1], name, ""),
        )
        self.store.add_pairs(name, sides, pairs, recipe or recipe_of("given"))
        return name

    def remove(self, name: str) -> None:
        """Take a bitext out, with the documents no other has; `undo` brings all of it back."""
        self.store.remove(name)

    def history(self, limit: int = -1) -> list[HistoryEntry]:
        """Give the last changes (-1: all), newest first."""
        return history(self.store, limit)

    def plan_realign(self, name: str, beads: tuple[int, int] | None = None, **options: Any) -> Plan:
        """Align a bitext anew between what is confirmed, and tell what would change; nothing is changed.

        `beads` are the first and the last one, by their ids, of a stretch to be aligned alone; `options` those of
        `bialign.corpus.realign.plan`. The corpus's glossary helps, unless another `termbase` is given.
        """
        return realign.plan(self.store, self.store.contents.bitext_id(name), beads, **self._glossed(options))

    def realign(self, plan: Plan) -> list[int]:
        """Do what was planned, and give the ids of the beads that came of it.

        Raises CorpusError where somebody has changed the same since the plan was made.
        """
        with self.store.edit("realign", seen=plan.seen) as edit:
            return realign.carry_out(edit, plan)

    def decisions(self) -> dict[str, Decisions]:
        """Give what people have decided, by bitext; `bialign.corpus.decisions_file` writes and reads it."""
        found = {entry.name: taken_from(self.store, entry.id) for entry in self.store.contents.entries()}
        return {name: one for name, one in found.items() if one}

    def replay(self, decided: Mapping[str, Decisions], **options: Any) -> dict[str, list[Unplaced]]:
        """Do decisions again, by the texts they are about; give by bitext those that could not be placed.

        `options` are those of `bialign.corpus.realign.plan`. Raises NotFound for a bitext that is not here.
        """
        ids = {name: self.store.contents.bitext_id(name) for name in decided}
        options = self._glossed(options)
        found = {name: replay(self.store, ids[name], one, **options) for name, one in decided.items()}
        return {name: unplaced for name, unplaced in found.items() if unplaced}

    def merge_with(self, other: Corpus, **options: Any) -> Merged:
        """Add what another corpus has: its bitexts, and the decisions on those that both have; see `merging.merge`."""
        return merging.merge(self.store, other.store, **self._glossed(options))

    def _glossed(self, options: dict[str, Any]) -> dict[str, Any]:
        return {"termbase": self.glossary(), **options}

    def set_glossary(self, termbase: Termbase, *, seen: int | None = None) -> None:
        """Make a glossary that of the corpus, instead of the one it has."""
        with self.store.edit("glossary", seen=seen) as edit:
            write_glossary(edit, termbase)

    def export(self, name: str, path: Path | str, format: str | None = None, *, ui_lang: str = "en") -> Report:
        """Write a bitext to a file, as `bialign.formats.write` does; give its report."""
        from bialign import formats

        return formats.write(self.bitext(name), path, format, termbase=self.glossary(), ui_lang=ui_lang)

    def check(self, *, mend: bool = False) -> list[Finding]:
        """Tell what is damaged; with `mend` the indexes are made anew where they are wrong."""
        return check.check(self.store.database, self.store.beads, mend=mend)

    def backup(self, path: Path | str) -> None:
        """Copy the corpus as it stands into a new file; others may go on writing. CorpusError if it exists."""
        path = Path(path)
        if path.exists():
            raise CorpusError("it exists already; nothing was changed", place=str(path))
        self.store.database.backup(path)

    def search(self, query: Query | str, **options: Any) -> Page:
        """Find every place where words stand on either side, with their translation; see `bialign.concordance.search`.

        For renderings, counts or hits one by one make a `bialign.concordance.Concordance` of `store`.
        """
        from bialign.concordance import search

        return search(self.store, query, **options)
