"""The section on annotations: how often each label was given and by whom, how far annotators agree, examples."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bialign.study.report.blocks import Block, Command, Example, Examples, Prose, Section, Shown, typed
from bialign.study.saying import Saying
from bialign.study.sources import StudyText
from bialign.study.tables import Column, Table, Value

if TYPE_CHECKING:
    from bialign.corpus import Corpus
    from bialign.corpus.annotation_views import AnnotationView

_EXAMPLES = 6
_LABELS = (
    Column("scheme", "category", "scheme of annotation"),
    Column("label", "category", "label"),
    Column("who", "category", "annotator"),
    Column("decided", "truth", "whether it decides between annotators"),
    Column("count", "count", "annotations"),
)


class Annotated:
    """Tells what annotators marked in the texts of the report."""

    def __init__(self, corpus: Corpus, say: Saying, seed: int = 1) -> None:
        self.corpus, self.say, self.seed = corpus, say, seed
        self.names: list[str] = []
        self.langs: dict[str, tuple[str, str]] = {}

    def add(self, text: StudyText) -> None:
        """Note the text: its annotations are read when all texts are in."""
        self.names.append(text.name)
        self.langs[text.name] = text.bitext.source.lang, text.bitext.target.lang

    @functools.cached_property
    def views(self) -> list[AnnotationView]:
        """Give the annotations of the texts."""
        return [view for view in self.corpus.annotations() if view.bitext in self.langs]

    @functools.cached_property
    def agreements(self) -> list[Table]:
        """Give how far annotators agree, for each scheme that two of them used."""
        from bialign.study.annotation import agreement, units

        found = []
        people: dict[str, set[str]] = {}
        for view in self.views:
            if not view.annotation.decides:
                people.setdefault(view.annotation.scheme, set()).add(view.annotation.who)
        for scheme, who in people.items():
            if len(who) > 1:
                gathered = units.units_of(self.corpus, self.names, scheme=scheme)
                found.append(agreement.table(agreement.agreement(gathered, seed=self.seed)))
        return found

    def tables(self) -> Iterator[Table]:
        """Give annotations, their counts, and agreement."""
        from bialign.study.annotation import rows

        if not self.views:
            return
        yield rows.table(self.views)
        yield Table("labels", "Labels of annotations", _LABELS, list(self._counts()))
        for number, table in enumerate(self.agreements):
            yield Table(f"agreement{number + 1 if number else ''}", table.title, table.columns, table.rows)

    def _counts(self) -> Iterator[tuple[Value, ...]]:
        held = (view.annotation for view in self.views)
        counted = Counter((one.scheme, one.label, one.who, bool(one.decides)) for one in held)
        for key, count in sorted(counted.items(), key=lambda pair: (pair[0][0], -pair[1], pair[0])):
            yield (*key, count)

    def section(self) -> Section | None:
        """Tell of labels, annotators and agreement; None where nothing is annotated."""
        if not self.views:
            return None
        say = self.say
        people = sorted({view.annotation.who for view in self.views})
        told = say("{count} annotations by {who}.", count=say.number(len(self.views)), who=", ".join(people))
        headings = {"label": say("Label"), "who": say("Annotator"), "decided": say("Decision"), "count": say("Number")}
        table = Table("labels", "Labels of annotations", _LABELS, [self._named(row) for row in self._counts()])
        blocks: list[Block] = [Prose(told), Shown(table, say("Labels by annotator."), headings)]
        for agreed in self.agreements:
            columns = {
                "label": say("Label"), "who": say("Annotators"), "measure": say("Measure"), "value": say("Value"),
                "low": say("from"), "high": say("to"), "beads": say("Beads"),
            }  # fmt: skip
            shown = {name: said for name, said in columns.items() if name in agreed.names}
            blocks.append(Shown(agreed, say("Agreement between annotators, with 95% intervals."), shown))
        blocks.append(Examples(say("Annotated passages"), tuple(map(self._example, self.views[:_EXAMPLES]))))
        blocks.append(Command(f"bialign annotate export {typed(self.corpus.path.name)} annotations.tsv"))
        return Section("annotations", say("Annotations"), tuple(blocks))

    def _named(self, row: tuple[Value, ...]) -> tuple[Value, ...]:
        return row[0], self._label(str(row[0]), str(row[1])), *row[2:]

    def _label(self, scheme: str, name: str) -> str:
        """Give what a label is called in the language of the report."""
        found = self.corpus.scheme(scheme).label(name) if scheme in self.corpus.schemes() else None
        return (found.title(self.say.lang) if found else "") or name

    def _example(self, view: AnnotationView) -> Example:
        one = view.annotation
        label = f"{self._label(one.scheme, one.label)} · {one.who}"
        where = self.say("{text}, bead {bead}", text=view.bitext, bead=", ".join(map(str, view.beads)))
        return Example(label, view.text("source"), view.text("target"), self.langs[view.bitext], "", "", where)
