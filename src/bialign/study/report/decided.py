"""The section on the translator's decisions: how often, where along the texts, with examples."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bialign.study.report.blocks import Block, Command, Example, Examples, Plot, Prose, Section, Shown, percent
from bialign.study.saying import Saying
from bialign.study.sources import StudyText
from bialign.study.tables import Column, Table

if TYPE_CHECKING:
    from bialign.study.decisions import Candidate, Decision, Findings, Size
    from bialign.words import WordAligner
    from bialign.words.vectors import WordVectors

_EACH = 2
"""Examples of each type that a report shows."""
_LONGEST = 400
"""Characters of a passage that is shown; longer ones are left to the table."""
_CANDIDATES = 6


class Decided:
    """Tells what the translator did with the sentences of the original."""

    def __init__(self, say: Saying, path: str, vectors: WordVectors | None = None) -> None:
        self.say, self.path, self.vectors = say, path, vectors
        self.decisions: list[Decision] = []
        self.candidates: list[Candidate] = []
        self.sizes: list[Size] = []
        self.langs: dict[str, tuple[str, str]] = {}

    @functools.cached_property
    def aligner(self) -> WordAligner:
        """Give the aligner of words, one for all texts."""
        from bialign.words import WordAligner

        return WordAligner(context=False, vectors=self.vectors)

    def add(self, text: StudyText) -> None:
        """Find the decisions of a text."""
        from bialign.study.decisions import Size, find_in

        found, maybe = find_in(text, self.aligner, lang=self.say.lang)
        self.decisions += found
        self.candidates += maybe
        bitext = text.bitext
        self.langs[text.name] = bitext.source.lang, bitext.target.lang
        size = len(bitext.beads), len(bitext.source_segments), len(bitext.target_segments)
        self.sizes.append(Size(text.name, text.groups, *size))

    @functools.cached_property
    def findings(self) -> Findings:
        """Give all that was found; asked for once all texts are in."""
        from bialign.study.decisions import Findings

        return Findings(tuple(self.decisions), tuple(self.candidates), tuple(self.sizes))

    def tables(self) -> Iterator[Table]:
        """Give decisions, how often and where they are, and candidates for shifts in explicitness."""
        from bialign.study.decisions import reports

        yield reports.decisions_table(self.findings)
        yield reports.counts_table(self.findings)
        yield reports.positions_table(self.findings)
        yield reports.candidates_table(self.findings)

    def section(self) -> Section:
        """Tell of types, places, groups; show examples."""
        from bialign.study.decisions import reports

        say = self.say
        counted = reports.counts_table(self.findings)
        anything = any(row.type != "kept" and not row.aside for row in self.decisions)
        groupings = list(dict.fromkeys(name for size in self.sizes for name in size.groups))
        blocks: list[Block] = [
            Prose(say("Each bead is one decision of the translator: a sentence was kept, split, joined with another, "
                      "cut otherwise, left out, added or moved; beside that, its parts may have been put in another "
                      "order. What the alignment infers is uncertain: “expected” adds up the probabilities of the "
                      "beads.")),
            self._counts(counted),
        ]  # fmt: skip
        if anything:
            blocks += self._plots(groupings)
        if shown := tuple(self._examples()):
            blocks.append(Examples(say("Decisions: examples, the surest of each type"), shown))
        blocks += self._explicitness()
        blocks.append(Command(f"bialign study decisions {self.path} -o decisions.tsv --counts counts.tsv"))
        return Section("decisions", say("The translator's decisions"), tuple(blocks))

    def _plots(self, groupings: list[str]) -> Iterator[Plot]:
        """Draw how often decisions are, where along the texts, and how often in each group."""
        from bialign.study.decisions import drawing

        say, lang = self.say, self.say.lang
        yield Plot(
            drawing.plot_frequencies(self.findings, lang=lang),
            say("How often each type of decision occurs; kept sentences are left out. Lines are 95% intervals "
                "(Wilson 1927)."),
        )  # fmt: skip
        yield Plot(
            drawing.plot_positions(self.findings, lang=lang),
            say("Where along the texts decisions stand, from the beginning (0) to the end (1)."),
        )
        for name in groupings:
            caption = say("How often each type of decision occurs, by {grouping}.", grouping=name)
            yield Plot(drawing.plot_frequencies(self.findings, lang=lang, grouping=name), caption)

    def _counts(self, counted: Table) -> Shown:
        """Show the counts over all texts; what was set aside comes last, and only where there is any."""
        say, names = self.say, counted.names
        type_, number = names.index("type"), names.index("decisions")
        rows = []
        for row in counted.rows:
            told = str(row[type_])
            aside = told.startswith("aside: ")
            if row[0] == "all" and (not aside or row[number]):
                said = say("set aside: {reason}", reason=say(told[7:])) if aside else say(told)
                rows.append((*row[:type_], said, *row[type_ + 1 :]))
        headings = {
            "type": say("Decision"), "decisions": say("Number"), "expected": say("Expected"),
            "confirmed": say("Confirmed"), "share": say("Share of the beads"), "low": say("from"), "high": say("to"),
            "per_1000": say("By 1,000 sentences"),
        }  # fmt: skip
        shown = Table(counted.name, counted.title, counted.columns, rows)
        return Shown(shown, say("How often each type of decision occurs in all texts."), headings, even=True)

    def _examples(self) -> Iterator[Example]:
        from bialign.study.decisions.drawing import SHOWN

        for type in SHOWN:
            rows = [
                row for row in self.decisions
                if row.type == type and not row.aside and max(len(row.source.text), len(row.target.text)) <= _LONGEST
            ]  # fmt: skip
            # sorted() keeps the order of the texts among equals, so that the same corpus shows the same examples
            for row in sorted(rows, key=lambda row: -row.weight)[:_EACH]:
                sure = self.say("confirmed") if row.confirmed else percent(self.say, row.probability)
                yield self._example(f"{self.say(type)} · {sure}", row)

    def _example(self, label: str, row: Decision | Candidate) -> Example:
        where = self.say("{text}, bead {bead}", text=row.text, bead=row.bead)
        places = row.source.place, row.target.place
        return Example(label, row.source.text, row.target.text, self.langs[row.text], *places, where)

    def _explicitness(self) -> Iterator[Block]:
        say = self.say
        if not self.candidates:
            return
        kinds = Counter((one.shift, one.kind) for one in self.candidates)
        columns = (
            Column("shift", "category", "explicitation: the translation says more; implicitation: it says less"),
            Column("kind", "category", "what speaks for it"),
            Column("count", "count", "candidates"),
        )
        rows = [(say(shift), say(kind), count) for (shift, kind), count in kinds.most_common()]
        yield Prose(say("The translation may say more than the original (explicitation, Blum-Kulka 1986) or less "
                        "(implicitation). These are candidates: places to read, no findings."))  # fmt: skip
        headings = {"shift": say("Shift"), "kind": say("What speaks for it"), "count": say("Candidates")}
        yield Shown(Table("candidates", "Candidates", columns, rows), say("Candidates by kind."), headings)
        best = [
            one for one in sorted(self.candidates, key=lambda one: -one.score)
            if max(len(one.source.text), len(one.target.text)) <= _LONGEST
        ][:_CANDIDATES]  # fmt: skip
        shown = tuple(self._example(f"{say(one.shift)}: {say(one.kind)} · {one.evidence}", one) for one in best)
        yield Examples(say("Candidates: the strongest"), shown)
