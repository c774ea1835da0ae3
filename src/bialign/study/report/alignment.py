"""The section on the alignment itself: types of beads, how sure they are, what people have confirmed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bialign.bitext import Bead
from bialign.citation import Citations
from bialign.study import plots
from bialign.study.report.blocks import Block, Example, Examples, Plot, Prose, Section, Shown, percent
from bialign.study.saying import Saying
from bialign.study.sources import StudyText
from bialign.study.tables import Column, Table, Value

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_BINS = 20
_SHOWN_TYPES = 12
_DOUBTS = 5
"""Examples of the least certain beads that a report shows."""

BEAD_COLUMNS = (
    Column("text", "category", "name of the bitext"),
    Column("bead", "count", "number of the bead, which stays the same whatever is changed around it"),
    Column("place", "count", "place of the bead in the bitext, from 1"),
    Column("type", "category", "source segments-target segments"),
    Column("sources", "count", "source segments"),
    Column("targets", "count", "target segments"),
    Column("source_characters", "count", "characters of the source"),
    Column("target_characters", "count", "characters of the target"),
    Column("probability", "number", "probability that exactly this bead is right", "0 to 1"),
    Column("status", "category", "what a person said of it: unreviewed, confirmed, rejected, doubtful"),
    Column("moved", "truth", "whether its translation stands elsewhere in the text"),
    Column("source_place", "text", "where the source stands, as it is cited"),
    Column("target_place", "text", "where the target stands"),
)
_TEXT_COLUMNS = (
    Column("text", "category", "name of the bitext"),
    Column("beads", "count", "beads"),
    Column("one_to_one", "number", "share of beads of one segment a side", "0 to 1"),
    Column("source_alone", "count", "source segments without a counterpart"),
    Column("target_alone", "count", "target segments without a counterpart"),
    Column("moved", "count", "beads whose translation stands elsewhere"),
    Column("expected_right", "number", "expected share of right beads: mean probability, 1 for confirmed ones",
           "0 to 1", formula="sum of p over beads, p = 1 where confirmed, 0 where rejected, / beads",
           caveat="as good as the calibration of the probabilities; an audit measures it"),
    Column("reviewed", "count", "beads that a person gave a status"),
)  # fmt: skip
_SURE = {"confirmed": 1.0, "rejected": 0.0}


def trust(bead: Bead) -> float:
    """Give how likely a bead is right, with what a person said of it: 1 where confirmed, 0 where rejected."""
    return _SURE.get(bead.status, bead.probability)


class Alignment:
    """Tells how texts are aligned, and how far that can be trusted."""

    def __init__(self, say: Saying) -> None:
        self.say = say
        self.beads: list[tuple[Value, ...]] = []
        self.texts: list[tuple[Value, ...]] = []
        self.types: Counter[str] = Counter()
        self.bins = [0] * _BINS
        self.doubts: list[tuple[float, Example]] = []

    def add(self, text: StudyText) -> None:
        """Take in the beads of a text."""
        bitext, cite, moved = text.bitext, Citations(text.bitext, self.say.lang), text.bitext.moved_to()
        least = sorted((n for n, bead in enumerate(bitext.beads) if bead.status != "confirmed" and not bead.is_null),
                       key=lambda n: bitext.beads[n].probability)[:_DOUBTS]  # fmt: skip
        for number, bead in enumerate(bitext.beads):
            places, source, target = cite(bead), bitext.source_text(bead), bitext.target_text(bead)
            id = text.bead_id(number)
            self.beads.append(
                (text.name, id, number + 1, bead.type, len(bead.source), len(bead.target), len(source), len(target),
                 round(bead.probability, 6), bead.status, number in moved, *places)
            )  # fmt: skip
            self.types[bead.type] += 1
            self.bins[min(_BINS - 1, int(trust(bead) * _BINS))] += 1
        for number in least:
            self.doubts.append((bitext.beads[number].probability, self._example(text, number, cite)))
        self.doubts = sorted(self.doubts, key=lambda pair: pair[0])[:_DOUBTS]
        self.texts.append(_counts(text, moved))

    def _example(self, text: StudyText, number: int, cite: Citations) -> Example:
        bitext = text.bitext
        bead = bitext.beads[number]
        label = f"{bead.type} · {percent(self.say, bead.probability)}"
        where = self.say("{text}, bead {bead}", text=text.name, bead=text.bead_id(number))
        langs = bitext.source.lang, bitext.target.lang
        return Example(label, bitext.source_text(bead), bitext.target_text(bead), langs, *cite(bead), where)

    def tables(self) -> Iterator[Table]:
        """Give the counts by text, and every bead without its words."""
        yield Table("alignment", "Alignment by text", _TEXT_COLUMNS, self.texts)
        yield Table("beads", "Beads", BEAD_COLUMNS, self.beads)

    def section(self) -> Section:
        """Tell of types and of trust."""
        say = self.say
        total = sum(self.types.values()) or 1
        blocks: list[Block] = [Prose(self._told(total)), self._types_plot(), self._trust_plot()]
        headings = {
            "text": say("Text"), "beads": say("Beads"), "one_to_one": say("1-1, share"),
            "source_alone": say("Source alone"), "target_alone": say("Target alone"), "moved": say("Moved"),
            "expected_right": say("Expected right"), "reviewed": say("Reviewed"),
        }  # fmt: skip
        blocks.append(Shown(next(self.tables()), say("The alignment, text by text."), headings, 40))
        if self.doubts and self.doubts[0][0] < 0.9:
            shown = tuple(example for probability, example in self.doubts if probability < 0.9)
            blocks.append(Examples(say("The least certain beads: to be looked at first"), shown))
        return Section("alignment", say("Alignment"), tuple(blocks))

    def _told(self, total: int) -> str:
        say = self.say
        right = sum(float(row[6] or 0) * int(row[1] or 0) for row in self.texts)
        reviewed = sum(int(row[7] or 0) for row in self.texts)
        parts = [
            say("There are {beads} beads; {share} of them are of one segment a side.", beads=say.number(total),
                share=percent(say, self.types["1-1"] / total, 1)),
            say(
                "By their probabilities {right} are expected to be right, that is, about {wrong} are wrong."
                if total - right >= 1.5
                else "By their probabilities {right} are expected to be right, that is, about one is wrong."
                if total - right >= 1
                else "By their probabilities {right} are expected to be right, that is, fewer than one is wrong.",
                right=percent(say, right / total, 1), wrong=say.number(round(total - right))),
        ]  # fmt: skip
        if reviewed:
            parts.append(say("People have reviewed {count} of them.", count=say.number(reviewed)))
        else:
            parts.append(say("Nobody has reviewed any of them yet: what follows is inferred."))
        return " ".join(parts)

    def _types_plot(self) -> Plot:
        say = self.say
        most = self.types.most_common(_SHOWN_TYPES)
        names, counts = [name for name, _ in most], [count for _, count in most]

        def draw(axes: Axes) -> None:
            bars = axes.barh(names[::-1], counts[::-1], color=plots.COLOURS[0])
            axes.bar_label(bars, [say.number(count) for count in counts[::-1]], padding=3)
            axes.set_xlabel(say("beads"))
            axes.margins(x=0.12)
            axes.grid(visible=False, axis="y")

        described = ", ".join(f"{name}: {say.number(count)}" for name, count in most)
        svg = plots.svg(draw, title=say("Beads by type"), description=described, lang=say.lang,
                        height=0.7 + 0.24 * max(3, len(most)))  # fmt: skip
        return Plot(svg, say("Beads by type: source segments-target segments. 1-0 are source segments without a "
                             "counterpart, 0-1 target segments without one."))  # fmt: skip

    def _trust_plot(self) -> Plot:
        say = self.say
        edges = [number / _BINS for number in range(_BINS)]

        def draw(axes: Axes) -> None:
            axes.bar(edges, self.bins, width=1 / _BINS, align="edge", color=plots.COLOURS[4], edgecolor="black",
                     linewidth=0.5)  # fmt: skip
            axes.set_yscale("symlog", linthresh=1)
            axes.set_ylim(0, 2 * max(self.bins))
            axes.set_xlim(0, 1)
            axes.set_xlabel(say("probability"))
            axes.set_ylabel(say("beads"))
            axes.yaxis.set_major_formatter(lambda value, _: say.number(value))

        sure = say.number(self.bins[-1])
        svg = plots.svg(draw, title=say("Beads by probability"), lang=say.lang, height=2.4,
                        description=say("{count} beads have a probability above 0.95.", count=sure))  # fmt: skip
        return Plot(svg, say("Beads by the probability that they are right (a confirmed bead counts as 1, a rejected "
                             "one as 0); the upright axis is logarithmic."))  # fmt: skip


def _counts(text: StudyText, moved: dict[int, int]) -> tuple[Value, ...]:
    beads = text.bitext.beads
    total = len(beads) or 1
    return (
        text.name,
        len(beads),
        sum(bead.type == "1-1" for bead in beads) / total,
        sum(len(bead.source) for n, bead in enumerate(beads) if not bead.target and n not in moved),
        sum(len(bead.target) for n, bead in enumerate(beads) if not bead.source and n not in moved),
        len(moved),
        sum(map(trust, beads)) / total,
        sum(bead.status != "unreviewed" for bead in beads),
    )
