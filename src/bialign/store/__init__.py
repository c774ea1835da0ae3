"""The corpus file: one SQLite database with texts, beads, glossary and history; the only package that speaks SQL.

schema.sql   every table, and what it is for
database     opening, creating, migrating; transactions; SQLite's errors as one clear line
passages     the text: segments by place, packed
beads        beads by id and place
changes      rows before and after
journal      edits, undo, redo, any earlier state
index        which beads hold a word
intake       bringing bitexts in
contents     giving them back
marking      labels that people gave to stretches of both texts
edits, texts what a person may do to beads and to texts
check        is the file whole?
"""

from __future__ import annotations

import contextlib
import getpass
from collections.abc import Iterable, Iterator
from pathlib import Path

from bialign.bitext import Bitext, Document
from bialign.store import intake
from bialign.store.beads import Beads
from bialign.store.contents import Contents
from bialign.store.database import Database
from bialign.store.intake import Pair
from bialign.store.journal import Edit, Event, Journal
from bialign.store.passages import Reader

__all__ = ["Edit", "Event", "Pair", "Store"]


class Store:
    """Open a corpus file, and hold what its parts need: `database`, `reader`, `beads`, `contents`, `journal`.

    Close it, or use it in a ``with`` block. Not to be shared between threads; any number of processes may have the same
    file open. `who` stands in the history beside each change, by default the name of the user.
    """

    def __init__(self, path: Path | str, *, create: bool = False, read_only: bool = False, who: str = "") -> None:
        self.path = Path(path)
        self.who = who or _user()
        self.database = Database(self.path, create=create, read_only=read_only)
        self.reader = Reader(self.database)
        self.beads = Beads(self.database, self.reader)
        self.contents = Contents(self.database, self.beads)
        self.journal = Journal(self.database, self.beads)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self.database.close()

    def edit(self, what: str, *, seen: int | None = None) -> contextlib.AbstractContextManager[Edit]:
        """Begin an edit, to be done in a ``with`` block; see `Journal.edit`."""
        return self.journal.edit(what, self.who, seen=seen)

    def add(self, bitext: Bitext, recipe: str = "{}") -> int:
        """Bring a bitext in and give its id; `recipe` is JSON that says how its texts came about."""
        with self.edit("add") as edit:
            return intake.add_bitext(edit, bitext, recipe)

    def add_pairs(
        self, name: str, documents: tuple[Document, Document], pairs: Iterable[Pair], recipe: str = "{}"
    ) -> int:
        """Bring in a bitext of pairs, of which only some thousands are held in memory at once; give its id."""
        with self.edit("add") as edit:
            return intake.add_pairs(edit, name, documents, pairs, recipe)

    def remove(self, name: str) -> None:
        """Take a bitext out, with the documents that no other bitext has; undoing brings all of it back."""
        with self.edit("remove") as edit:
            intake.remove_bitext(edit, self.contents.bitext_id(name))

    def bitext(self, name: str) -> Bitext:
        """Give a bitext as it stands; NotFound where there is none of that name."""
        return self.contents.bitext(self.contents.bitext_id(name))

    @contextlib.contextmanager
    def at(self, event: int, beside: Path) -> Iterator[Store]:
        """Open a copy of the corpus, made at the path `beside`, as it stood after an event (0: when it was made)."""
        self.database.backup(beside)
        with Store(beside, who=self.who) as earlier:
            earlier.journal.take_back_to(event)
            yield earlier

    def meta(self, name: str) -> str:
        """Give what the corpus says of itself: its "title", "uuid" or when it was "created"."""
        row = self.database.row("SELECT value FROM meta WHERE name = ?", name)
        return str(row[0]) if row else ""


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a system without user names
        return "?"
