"""A person's edits of a corpus as methods: each is done whole or not at all, and stands in the history."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bialign.bitext import Status
from bialign.store import Event, Store, edits, texts
from bialign.store.beads import Side


class Editing:
    """Change beads and texts of the corpus in `store`.

    Beads are named by their ids, segments by their document's id and their place; `corpus.beads` gives all of these.
    What a person makes is confirmed, and certain. With `seen`, the last event the caller knew of (`corpus.last`), an
    edit is refused with CorpusError where a later one has touched the same. Ids that are not there raise NotFound, what
    makes no sense (a bead with nothing to give away) ValueError.
    """

    store: Store

    def merge(self, ids: Sequence[int], *, seen: int | None = None) -> int:
        """Make one bead of several that stand one after the other; the first keeps its id, which is given."""
        with self.store.edit("merge", seen=seen) as edit:
            return edits.merge(edit, ids)

    def split(self, id: int, sources: int, targets: int, *, seen: int | None = None) -> tuple[int, int]:
        """Cut a bead in two after so many source and target segments; give both ids."""
        with self.store.edit("split", seen=seen) as edit:
            return edits.split(edit, id, sources, targets)

    def shift(self, id: int, side: Side, count: int = 1, *, seen: int | None = None) -> None:
        """Give a bead's last `count` segments of a side to the next one; with a negative count take some from it."""
        with self.store.edit("shift", seen=seen) as edit:
            edits.shift(edit, id, side, count)

    def make_null(self, id: int, reason: str = "", *, seen: int | None = None) -> list[int]:
        """Say that a bead's segments do not translate each other: each stands alone. Give their beads' ids."""
        with self.store.edit("make_null", seen=seen) as edit:
            return edits.make_null(edit, id, reason)

    def link(self, sources: Sequence[int], targets: Sequence[int], *, seen: int | None = None) -> int:
        """Say that null beads of the source were moved to where those of the target stand; give the move's id."""
        with self.store.edit("link", seen=seen) as edit:
            return edits.link(edit, sources, targets)

    def unlink(self, move: int, *, seen: int | None = None) -> None:
        """Take back that a passage was moved."""
        with self.store.edit("unlink", seen=seen) as edit:
            edits.unlink(edit, move)

    def judge(self, ids: Iterable[int], status: Status, *, seen: int | None = None) -> None:
        """Give beads a status: confirmed, rejected, doubtful or unreviewed."""
        with self.store.edit("judge", seen=seen) as edit:
            edits.judge(edit, ids, status)

    def confirm(self, ids: Iterable[int], *, seen: int | None = None) -> None:
        """Say that beads are right."""
        self.judge(ids, "confirmed", seen=seen)

    def comment(self, id: int, text: str, *, seen: int | None = None) -> None:
        """Write a comment on a bead, instead of the one it has; "" takes that away."""
        with self.store.edit("comment", seen=seen) as edit:
            edits.comment(edit, id, text)

    def join(self, document: int, place: float, *, seen: int | None = None) -> None:
        """Join a segment with the next one of its paragraph and bead."""
        with self.store.edit("join", seen=seen) as edit:
            texts.join(edit, document, place)

    def cut(self, document: int, place: float, at: int, *, seen: int | None = None) -> float:
        """Cut a segment in two before its letter number `at`, from 0; give the place of the second part."""
        with self.store.edit("cut", seen=seen) as edit:
            return texts.cut(edit, document, place, at)

    def correct(self, document: int, place: float, text: str, *, seen: int | None = None) -> None:
        """Put another text in the place of a segment's."""
        with self.store.edit("correct", seen=seen) as edit:
            texts.correct(edit, document, place, text)

    def undo(self, event: int | None = None) -> Event:
        """Take back the last edit, or the one named where no later one touched the same; give it.

        Raises NotFound where there is nothing to undo.
        """
        return self.store.journal.undo(self.store.who, event)

    def redo(self) -> Event:
        """Do again what was undone last, and give it; NotFound where there is nothing to redo."""
        return self.store.journal.redo(self.store.who)
