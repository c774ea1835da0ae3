"""Annotations of a corpus as methods: labels of a scheme on stretches of both texts, by several people, and decisions.

Each change is one edit, which stands in the history and can be undone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from bialign.corpus.annotation_schemes import keep, kept
from bialign.corpus.annotation_views import AnnotationView, in_order, views, whole
from bialign.errors import CorpusError, NotFound
from bialign.formats.characters import one_line
from bialign.store import Edit, Store, listing, marking
from bialign.store.beads import Side
from bialign.store.marking import Annotation, Mark
from bialign.study.annotation import schemes

if TYPE_CHECKING:
    from bialign.study.annotation.schemes import Scheme

_LONGEST_NAME = 100


class Annotating:
    """Annotate the corpus in `store`.

    `who` is the annotator, by default the corpus's own user. Raises NotFound for ids, schemes and labels that are not
    there, ValueError for what makes no sense, as letters that a text does not have; nothing is changed then.
    """

    store: Store

    def schemes(self) -> dict[str, Scheme]:
        """Give the schemes that the corpus keeps, by name."""
        return kept(self.store)

    def scheme(self, name: str = "") -> Scheme:
        """Give a scheme: one that the corpus keeps, or one that is built in.

        Without a name it is the one that the corpus keeps, where it keeps but one, else the default.
        """
        kept = self.schemes()
        if not name:
            name = next(iter(kept)) if len(kept) == 1 else schemes.DEFAULT
        if name not in kept and name not in schemes.BUILT_IN:
            known = ", ".join(dict.fromkeys((*kept, *schemes.BUILT_IN)))
            reason = "there is no scheme {name}; there are: {known}"
            raise NotFound(reason, place=str(self.store.path), name=name, known=known)
        return kept.get(name) or schemes.built_in(name)

    def set_scheme(self, scheme: Scheme, *, seen: int | None = None) -> None:
        """Let the corpus keep a scheme, instead of the one of its name.

        CorpusError where annotations have a label that it lacks.
        """
        with self.store.edit("scheme", seen=seen) as edit:
            for label, count in marking.used_labels(edit.database, scheme.scheme).items():
                if scheme.label(label) is None:
                    reason = "the scheme has no label {label}, which {count} annotations have: give it back, or relabel"
                    raise CorpusError(reason, place=str(self.store.path), label=label, count=count)
            keep(edit, scheme)

    def annotate(
        self,
        bead: int,
        label: str,
        marks: Iterable[Mark] = (),
        *,
        scheme: str = "",
        who: str = "",
        note: str = "",
        seen: int | None = None,
    ) -> int:
        """Give a label to stretches, by default to a whole bead, and give the annotation's id.

        `marks` may stand in other beads of the same bitext too; `marks_in` makes them of letters of a bead.
        """
        found = self.scheme(scheme)
        self._check_label(found, label)
        with self.store.edit("annotate", seen=seen) as edit:
            stored, who = edit.beads.get(bead), _name(who, self.store)
            marks = tuple(marks) or whole(stored, self.store)
            return self._add(
                edit, found, Annotation(0, stored.bitext, found.scheme, label, who, marks, one_line(note).strip())
            )

    def marks_in(self, bead: int, side: Side, start: int, stop: int) -> tuple[Mark, ...]:
        """Make marks of letters ``[start, stop)`` of a side of a bead, whose segments are joined by spaces."""
        stored = self.store.beads.get(bead)
        found, at = [], 0
        for segment in self.store.beads.segments(stored, side):
            first, last = max(start - at, 0), min(stop - at, len(segment.text))
            if first < last:
                found.append(Mark(side, segment.place, first, last))
            at += len(segment.text) + 1
        if not found or not 0 <= start < stop < at:
            raise ValueError(f"this side of bead {bead} has no letters {start}-{stop}")
        return tuple(found)

    def change_annotation(
        self,
        id: int,
        *,
        label: str | None = None,
        marks: Iterable[Mark] | None = None,
        note: str | None = None,
        seen: int | None = None,
    ) -> None:
        """Give an annotation another label, other marks or another note.

        Without any of these it is said to be right as it stands, though its words have been corrected.
        """
        before = marking.get(self.store.database, id)
        if label is not None:
            self._check_label(self.scheme(before.scheme), label)
        with self.store.edit("reannotate", seen=seen) as edit:
            before = marking.get(edit.database, id)
            after = replace(
                before,
                label=before.label if label is None else label,
                marks=before.marks if marks is None else tuple(marks),
                note=before.note if note is None else one_line(note).strip(),
                was=before.was if marks is None and (label, note) != (None, None) else "",
            )
            if after != before:
                marking.change(edit, after)

    def remove_annotations(self, ids: Iterable[int], *, seen: int | None = None) -> None:
        """Take annotations out; CorpusError where one that stays has decided one of them."""
        with self.store.edit("unannotate", seen=seen) as edit:
            marking.remove(edit, ids)

    def decide(
        self, ids: Iterable[int], take: Iterable[int] = (), *, who: str = "", note: str = "", seen: int | None = None
    ) -> list[int]:
        """Settle annotations that differ: those of `take` are right, the others of `ids` not. Give the decision's ids.

        Each that is taken is written once more as the decision of `who`, with reference to all of `ids`; where none is
        taken, one without a label says that none fits. A later decision about more annotations takes the place of one
        about some of them. ValueError where they are of several bitexts or schemes, CorpusError where there is a
        decision about the very same.
        """
        wanted = tuple(dict.fromkeys(ids))
        taken = tuple(dict.fromkeys(take))
        with self.store.edit("decide", seen=seen) as edit:
            held = {id: marking.get(edit.database, id) for id in wanted}
            if not held or not set(taken) <= set(wanted) or len({(a.bitext, a.scheme) for a in held.values()}) > 1:
                raise ValueError("annotations of one bitext and scheme are decided, and some of them taken")
            if any(one.decides for one in held.values()):
                raise ValueError("a decision is not decided again: remove it first")
            first, who = held[wanted[0]], _name(who, self.store)
            before = next(
                (a.id for a in marking.of(edit.database, first.bitext) if set(a.decides) == set(wanted)), None
            )
            if before is not None:
                reason = "this has been decided by annotation {id}: remove that decision first"
                raise CorpusError(reason, place=str(self.store.path), id=before)
            models = [held[id] for id in taken]
            # two annotators may have marked the very same
            same = {(one.label, one.marks): one for one in reversed(models)}
            models = [one for one in models if same[one.label, one.marks] is one] or [replace(first, label="")]
            scheme = self.scheme(first.scheme)
            return [
                self._add(
                    edit, scheme, replace(one, id=0, who=who, note=one_line(note).strip(), decides=wanted, was="")
                )
                for one in models
            ]

    def annotations(
        self, name: str = "", *, scheme: str = "", label: str = "", who: str = "", bead: int | None = None
    ) -> list[AnnotationView]:
        """Give annotations with their words, of all bitexts or one, in the order of the text.

        They may be chosen by scheme, label, annotator and bead.
        """
        with self.store.database.snapshot():
            entries = self.store.contents.entries()
            if name:
                id = self.store.contents.bitext_id(name)
                entries = [entry for entry in entries if entry.id == id]
            found: list[AnnotationView] = []
            for entry in entries:
                chosen = [
                    one
                    for one in marking.of(self.store.database, entry.id)
                    if scheme in {"", one.scheme} and label in {"", one.label} and who in {"", one.who}
                ]
                found += sorted(views(self.store, entry.id, entry.name, chosen), key=in_order)
        return [view for view in found if bead is None or bead in view.beads]

    def annotation(self, id: int) -> AnnotationView:
        """Give one annotation with its words."""
        with self.store.database.snapshot():
            one = marking.get(self.store.database, id)
            name = listing.names(self.store.database)[one.bitext]
            return next(views(self.store, one.bitext, name, [one]))

    def _check_label(self, scheme: Scheme, label: str) -> None:
        if scheme.label(label) is None:
            reason = "the scheme {scheme} has no label {label}; it has: {known}"
            known = ", ".join(scheme.names)
            raise NotFound(reason, place=str(self.store.path), scheme=scheme.scheme, label=label, known=known)

    def _add(self, edit: Edit, scheme: Scheme, new: Annotation) -> int:
        if scheme.scheme not in kept(self.store):
            keep(edit, scheme)
        return marking.add(edit, new)


def _name(who: str, store: Store) -> str:
    name = " ".join(who.split()) or store.who
    if len(name) > _LONGEST_NAME or not name.isprintable():
        raise CorpusError(
            "the name of an annotator has {count} letters at most, all of them printable", count=_LONGEST_NAME
        )
    return name
