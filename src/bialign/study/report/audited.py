"""The section on an audit: precision and recall with intervals, where a sample of the corpus has been judged."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bialign.study.report.blocks import Command, Prose, Section, Shown, typed
from bialign.study.saying import Saying
from bialign.study.sources import StudyText
from bialign.study.tables import Column, Table, Value

if TYPE_CHECKING:
    from bialign.bitext import Bitext
    from bialign.corpus import Corpus
    from bialign.study.audit import Audit, Estimate

_COLUMNS = (
    Column("type", "category", "all beads with both sides, or one type of beads"),
    Column("measure", "category", "precision: share of right beads; recall: share of the true beads that were found"),
    Column("value", "number", "estimate", "0 to 1", source="stratified sampling: Cochran 1977"),
    Column("low", "number", "lower end of the 95% interval"),
    Column("high", "number", "upper end of the 95% interval"),
    Column("judged", "count", "beads that were judged, null beads segment by segment"),
    Column("units", "count", "beads there are, null beads segment by segment"),
)


class Audited:
    """Tells what people found who judged a sample of the beads."""

    def __init__(self, corpus: Corpus, say: Saying) -> None:
        from bialign.study.audit.kept import kept, sample_of

        self.say, self.path = say, corpus.path.name
        self.drawn, self.said = sample_of(corpus), kept(corpus)
        self.order = [info.name for info in corpus.bitexts()]
        self.bitexts: dict[str, Bitext] = {}

    def add(self, text: StudyText) -> None:
        """Keep a text that the sample is of; of a corpus that nobody has judged nothing is kept."""
        if self.drawn and self.said and (not self.drawn.names or text.name in self.drawn.names):
            self.bitexts[text.name] = text.bitext

    @functools.cached_property
    def found(self) -> Audit | None:
        """Give the result; None where a stratum of the sample has not been judged, or a text of it is not here."""
        from bialign.study.audit import estimate, judged, sample, with_judgements

        names = (self.drawn.names if self.drawn else ()) or self.order
        if not self.drawn or not self.bitexts or any(name not in self.bitexts for name in names):
            return None
        bitexts = [self.bitexts[name] for name in names]
        items = with_judgements(sample(bitexts, self.drawn.size, self.drawn.seed), self.said)
        self.bitexts.clear()
        done = judged(items)
        return estimate(done) if {item.stratum for item in items} == {one.stratum for one in done} else None

    def tables(self) -> Iterator[Table]:
        """Give the estimates, one a row."""
        if self.found:
            yield Table("audit", "Audit", _COLUMNS, list(self._rows(self.found)))

    def _rows(self, found: Audit) -> Iterator[tuple[Value, ...]]:
        def row(
            type: str, measure: str, value: Estimate | None, judged: int, units: int
        ) -> Iterator[tuple[Value, ...]]:
            if value:
                yield type, measure, value.value, value.low, value.high, judged, units

        yield from row("all", "precision", found.precision, found.judged, found.units)
        yield from row("all", "recall", found.recall, found.judged, found.units)
        for name, group in found.types.items():
            yield from row(name, "precision", group.precision, group.judged, group.units)
            yield from row(name, "recall", group.recall, group.judged, group.units)

    def section(self) -> Section | None:
        """Tell how good the alignment is; None where no sample has been judged whole."""
        found, say = self.found, self.say
        if found is None or self.drawn is None:
            return None
        told = say(
            "People judged {judged} beads, drawn by strata of probability and type. A right bead has exactly the "
            "segments that belong together; null beads count by segments, in their types only.",
            judged=say.number(found.judged),
        )
        rows = [(self._type(str(row[0])), say(str(row[1])), *row[2:]) for row in self._rows(found)]
        headings = {
            "type": say("Type"), "measure": say("Measure"), "value": say("Estimate"), "low": say("from"),
            "high": say("to"), "judged": say("Judged"), "units": say("of"),
        }  # fmt: skip
        shown = Table("audit", "Audit", _COLUMNS, rows)
        path = typed(self.path, self.drawn.names)
        command = f"bialign audit {path} --size {self.drawn.size} --seed {self.drawn.seed}"
        blocks = (Prose(told), Shown(shown, say("Estimates with 95% intervals."), headings), Command(command))
        return Section("audit", say("Audit"), blocks)

    def _type(self, name: str) -> str:
        return self.say({"all": "all beads", "other": "other types"}.get(name, name))
