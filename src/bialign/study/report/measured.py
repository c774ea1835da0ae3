"""The section on indicators: both sides measured, groups compared, and what each indicator means."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from bialign.study import plots
from bialign.study.report.blocks import Block, Command, Plot, Prose, Section, Shown
from bialign.study.saying import Saying
from bialign.study.sources import StudyText
from bialign.study.tables import Column, Table, Value

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from bialign.study.comparing import Comparison
    from bialign.study.indicators import Counting, Studied
    from bialign.study.indicators import Value as Measured

_NAMES = frozenset({"indicator", "sides", "languages", "levels"})
"""Columns of definitions that hold names, or lists of them."""
_LEVEL = 0.05
_LONGEST = 60
"""Words of a sentence from which sentences are taken together in the plot."""


class Indicators:
    """Measures both sides of all texts."""

    def __init__(self, counting: Counting, say: Saying, path: str, seed: int = 1) -> None:
        self.counting, self.say, self.path, self.seed = counting, say, path, seed

    def add(self, text: StudyText) -> None:
        """Count a text."""
        self.counting.add(text)

    @property
    def studied(self) -> list[Studied]:
        """Give the texts as numbers."""
        return self.counting.studied

    @functools.cached_property
    def values(self) -> list[Measured]:
        """Give all values: of each text, of all together, of groups."""
        from bialign.study import indicators as measures

        wanted = self.counting.indicators
        return [*measures.of_documents(self.studied, wanted), *measures.of_groups(self.studied, wanted)]

    @functools.cached_property
    def compared(self) -> list[Comparison]:
        """Give the comparisons of groups, by every grouping that has two."""
        from bialign.study import comparing

        found = []
        for grouping in dict.fromkeys(name for text in self.studied for name in text.groups):
            if len({text.groups.get(grouping) for text in self.studied if text.groups.get(grouping)}) > 1:
                found += comparing.compare(self.studied, self.counting.indicators, grouping, seed=self.seed)
        return found

    def tables(self) -> Iterator[Table]:
        """Give values, one a row and one a column, definitions, and comparisons of groups."""
        from bialign.study import comparing
        from bialign.study import indicators as measures

        yield measures.values(self.values)
        yield measures.wide(self.values, self.counting.indicators)
        defined = measures.definitions(self.counting.indicators)
        # names stay as they are in all tables, so that these can be joined; what they mean is told in the language
        told = [name not in _NAMES for name in defined.names]
        rows = [
            tuple(
                self.say(cell) if in_words and isinstance(cell, str) else cell
                for in_words, cell in zip(told, row, strict=True)
            )
            for row in defined.rows
        ]
        yield replace(defined, rows=rows)
        if self.compared:
            yield comparing.table(self.compared)

    def section(self) -> Section:
        """Tell how both sides measure, and how groups differ."""
        say = self.say
        blocks: list[Block] = [
            Prose(say("Each indicator is measured on the source and on the target by itself, or on both together. Two "
                      "languages are not to be compared by every one of them: what each means, and what to beware of, "
                      "stands at the end.")),
            self._lengths(),
            *self._sides(),
            *self._pairs(),
            *self._comparisons(),
            Command(f"bialign study indicators {self.path} -o indicators.tsv --definitions"),
        ]  # fmt: skip
        return Section("indicators", say("Indicators"), tuple(blocks))

    def _whole(self) -> list[Measured]:
        """Give the values of all texts together; texts in other languages are other wholes."""
        return [one for one in self.values if one.level == "group" and one.unit.partition(" (")[0] == "all"]

    def _sides(self) -> Iterator[Block]:
        say = self.say
        by_name: dict[tuple[str, str], dict[str, float | None]] = {}
        for one in self._whole():
            if one.side != "pair":
                by_name.setdefault((one.unit, one.indicator), {})[one.side] = one.found.value
        titles = {one.name: one for one in self.counting.indicators}
        columns = (
            Column("indicator", "category", "the name of the indicator"),
            Column("source", "number", "its value for the source"),
            Column("target", "number", "its value for the target"),
            Column("unit", "category", "the unit of its values"),
        )
        headings = {
            "indicator": say("Indicator"), "source": say("Source"), "target": say("Target"), "unit": say("Unit"),
        }  # fmt: skip
        for unit in dict.fromkeys(unit for unit, _ in by_name):
            rows: list[tuple[Value, ...]] = [
                (say(titles[name].title), values.get("source"), values.get("target"), say(titles[name].unit))
                for (of, name), values in by_name.items()
                if of == unit and any(value is not None for value in values.values())
            ]
            languages = unit.partition(" (")[2].rstrip(")")
            caption = say("All texts together, each side by itself.") + (f" ({languages})" if languages else "")
            yield Shown(Table("indicators_wide", "Indicators", columns, rows), caption, headings, 100)

    def _pairs(self) -> Iterator[Block]:
        say = self.say
        titles = {one.name: one for one in self.counting.indicators}
        rows: list[tuple[Value, ...]] = [
            (say(titles[one.indicator].title), one.found.value, say(titles[one.indicator].unit), one.found.n)
            for one in self._whole()
            if one.side == "pair" and one.found.value is not None
        ]
        columns = (
            Column("indicator", "category", "the name of the indicator"),
            Column("value", "number", "its value"),
            Column("unit", "category", "the unit of its values"),
            Column("n", "count", "how many words, segments, beads ... the value rests on"),
        )
        headings = {
            "indicator": say("Indicator"), "value": say("Value"), "unit": say("Unit"), "n": say("Rests on"),
        }  # fmt: skip
        if rows:
            table = Table("indicators", "Indicators", columns, rows)
            yield Shown(table, say("All texts together, source and target at once."), headings, 50)

    def _comparisons(self) -> Iterator[Block]:
        for grouping in dict.fromkeys(one.grouping for one in self.compared):
            yield from self._grouping(grouping, [one for one in self.compared if one.grouping == grouping])

    def _grouping(self, grouping: str, compared: list[Comparison]) -> Iterator[Block]:
        """Tell how the groups of one grouping differ, and how much of that is left after the correction."""
        from bialign.study import comparing

        say = self.say
        titles = {one.name: say(one.title) for one in self.counting.indicators}
        ordered = sorted(compared, key=lambda one: (one.p_corrected, -abs(one.found.cliffs_delta)))
        table = comparing.table(ordered)
        told = {"indicator": titles, "side": {side: say(side) for side in ("source", "target", "pair")}}
        rows = [
            tuple(told[name].get(str(cell), cell) if name in told else cell
                  for name, cell in zip(table.names, row, strict=True))
            for row in table.rows
        ]  # fmt: skip
        headings = {
            "indicator": say("Indicator"), "side": say("Side"), "group_1": say("Group 1"), "group_2": say("Group 2"),
            "mean_1": say("Mean 1"), "mean_2": say("Mean 2"), "cliffs_delta": say("Cliff's delta"),
            "p": "p", "p_corrected": say("p, corrected"),
        }  # fmt: skip
        yield Prose(
            say("Groups are compared text by text, by permutation tests; p is corrected for their number (Holm 1979).")
            if compared[0].unit == "document"
            else say("There are too few texts in a group to compare texts: blocks of segments are compared. That tells "
                     "that these texts differ, and nothing of other texts like them.")
        )  # fmt: skip
        left = sum(one.p_corrected < _LEVEL for one in compared)
        yield Prose(
            say("{count} of {total} differences are left after the correction, at a level of 5%.", count=left,
                total=len(compared))
            if left
            else say("No difference of {total} is left after the correction, at a level of 5%: what stands out here "
                     "may be chance.", total=len(compared))
        )  # fmt: skip
        headings = {name: said for name, said in headings.items() if name in table.names}
        caption = say("Groups compared by {grouping}, the clearest first.", grouping=grouping)
        yield Shown(Table(table.name, table.title, table.columns, rows), caption, headings)

    def _lengths(self) -> Plot:
        """Draw how long sentences are on both sides."""
        from bialign.study.indicators import SIDES
        from bialign.study.indicators.lexis import word_counts

        say = self.say
        sides = [[word_counts(text.side(side)) for text in self.studied] for side in SIDES[:2]]
        shares = []
        for lengths in sides:
            together = np.minimum(np.concatenate(lengths), _LONGEST) if lengths else np.zeros(0, int)
            counted = np.bincount(together[together > 0], minlength=_LONGEST + 1)
            shares.append(100 * counted / max(1, counted.sum()))

        def draw(axes: Axes) -> None:
            for number, (share, name) in enumerate(zip(shares, (say("source"), say("target")), strict=True)):
                axes.plot(
                    range(1, _LONGEST + 1), share[1:], label=name, color=plots.COLOURS[(0, 5)[number]],
                    linestyle=plots.DASHES[number], marker=plots.MARKS[number], markevery=5, markersize=4,
                )  # fmt: skip
            axes.set_xlabel(say("words in a segment"))
            axes.set_ylabel(say("% of the segments"))
            axes.set_ylim(bottom=0)
            axes.legend()

        medians = [int(np.median(lengths)) if len(lengths) else 0 for lengths in map(np.concatenate, sides)]
        svg = plots.svg(
            draw, title=say("Length of segments"), lang=say.lang, height=2.7,
            description=say("Median of the source {source}, of the target {target} words.", source=medians[0],
                            target=medians[1]),
        )  # fmt: skip
        return Plot(svg, say("How long segments are, in words; {longest} stands for {longest} and more.",
                             longest=_LONGEST))  # fmt: skip


class Definitions:
    """Tells what each indicator means: the last section."""

    def __init__(self, counting: Counting, say: Saying) -> None:
        self.counting, self.say = counting, say

    def add(self, text: StudyText) -> None:
        """Take in nothing: it is the same for all texts."""

    def tables(self) -> tuple[Table, ...]:
        """Give no table: the definitions lie beside the indicators."""
        return ()

    def section(self) -> Section:
        """Print formula, unit, source and caveat of each indicator."""
        say = self.say
        columns = tuple(Column(name, "text", "") for name in ("title", "formula", "source", "caveat"))
        rows: list[tuple[Value, ...]] = [
            (
                f"{say(one.title)} ({say(one.unit)})" if one.unit else say(one.title), say(one.formula),
                say(one.source), say(one.caveat),
            )
            for one in self.counting.indicators
        ]  # fmt: skip
        headings = {
            "title": say("Indicator"), "formula": say("Formula"), "source": say("Source of the method"),
            "caveat": say("Beware"),
        }  # fmt: skip
        table = Table("definitions", "Definitions", columns, rows)
        shown = Shown(table, say("Indicators, with their units."), headings, len(rows))
        return Section("definitions", say("What the indicators mean"), (shown,))
