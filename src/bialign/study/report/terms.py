"""The section on terms: how the concepts of the glossary are rendered, how consistently, and what the check finds."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bialign.citation import Citations
from bialign.study.report.alignment import trust
from bialign.study.report.blocks import Block, Command, Example, Examples, Prose, Section, Shown
from bialign.study.saying import Saying
from bialign.study.sources import StudyText
from bialign.study.tables import Column, Table, Value

if TYPE_CHECKING:
    from bialign.corpus import Corpus
    from bialign.termbase import Concept, Termbase
    from bialign.terms import BeadText, Finding

_DOUBTFUL = 0.5
"""Beads less likely right than this do not count: what stands in them is as likely something else."""
_LINKED = 20_000
"""Beads of a text up to which word links are drawn, which find terms left out; it takes a second for 1,000."""
_SHOWN = 6
_GRAVE = frozenset({"error", "warning"})

_CONCEPTS = (
    Column("concept", "category", "id of the concept in the glossary"),
    Column("term", "text", "preferred term of the source language"),
    Column("places", "count", "places of the source where one of its terms stands, in beads that are likely right"),
    Column("known", "count", "of these, places with one of the glossary's renderings in the same bead"),
    Column("preferred", "number", "share of known places with the preferred rendering", "0 to 1"),
    Column("renderings", "count", "different renderings of the glossary that are used"),
    Column("entropy", "number", "entropy of the renderings that are used: 0 where one alone is", "bits",
           formula="-sum p log2 p over the renderings, p = share of known places", source="Shannon 1948",
           caveat="renderings outside the glossary do not count; with few places it is too low"),
)  # fmt: skip
_RENDERINGS = (
    Column("text", "category", "name of the bitext"),
    Column("concept", "category", "id of the concept in the glossary"),
    Column("rendering", "text", "term of the glossary that stands in the translation"),
    Column("status", "category", "what the glossary says of it: preferred, admitted, deprecated, superseded"),
    Column("count", "count", "places"),
)
_FINDINGS = (
    Column("text", "category", "name of the bitext"),
    Column("bead", "count", "number of the bead"),
    Column("rule", "category", "rule of the check of terms that found it"),
    Column("severity", "category", "error, warning, hint"),
    Column("concept", "category", "id of the concept, empty where it is about none"),
    Column("subject", "text", "term, number or name it is about"),
    Column("source", "text", "text of the source"),
    Column("target", "text", "text of the target"),
)


class Terms:
    """Tells how a corpus renders the concepts of its glossary."""

    def __init__(self, corpus: Corpus, say: Saying) -> None:
        self.say, self.path = say, corpus.path.name
        self.termbase: Termbase | None = corpus.glossary()
        self.ignored = corpus.ignored()
        self.places: Counter[str] = Counter()
        self.known: Counter[str] = Counter()
        self.renderings: Counter[tuple[str, str, str, str]] = Counter()
        self.findings: list[tuple[Value, ...]] = []
        self.examples: list[Example] = []
        self.unlinked = False

    def add(self, text: StudyText) -> None:
        """Look terms up in a text, and check them."""
        if self.termbase is None:
            return
        from bialign.terms import BeadText, Checker

        bitext = text.bitext
        langs = bitext.source.lang or "en", bitext.target.lang or "es"
        beads = [
            BeadText(bitext.source_text(b), bitext.target_text(b), b.probability, b.status, text.bead_id(n))
            for n, b in enumerate(bitext.beads)
        ]
        for bead, held in zip(bitext.beads, beads, strict=True):
            if not bead.is_null and trust(bead) >= _DOUBTFUL:
                self._look_up(self.termbase, text.name, held, langs)
        linked = len(beads) <= _LINKED
        self.unlinked |= not linked
        checker = Checker(beads, self.termbase, langs, document=text.name, links=linked)
        cite = Citations(bitext, self.say.lang)
        for found, held in checker.with_texts(ignored=self.ignored):
            if found.severity != "tolerated":
                self._keep(text, found, held, cite)

    def _look_up(self, termbase: Termbase, name: str, held: BeadText, langs: tuple[str, str]) -> None:
        hits = termbase.find(held.source, langs[0])
        if not hits:
            return
        there: defaultdict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
        for hit in termbase.find(held.target, langs[1]):
            there[hit.concept.id][hit.term.text, hit.term.status] += 1
        here = Counter(hit.concept.id for hit in hits)
        for concept, places in here.items():
            self.places[concept] += places
            left = places
            # a concept named twice may be rendered in two ways: each rendering takes a place of its own
            for (term, status), count in there[concept].most_common():
                taken = min(count, left)
                left -= taken
                if taken:
                    self.known[concept] += taken
                    self.renderings[name, concept, term, status] += taken

    def _keep(self, text: StudyText, found: Finding, held: BeadText, cite: Citations) -> None:
        self.findings.append(
            (text.name, text.bead_id(found.bead), found.rule, found.severity, found.concept, found.subject,
             held.source, held.target)
        )  # fmt: skip
        if found.severity in _GRAVE and len(self.examples) < _SHOWN:
            bitext = text.bitext
            where = self.say("{text}, bead {bead}", text=text.name, bead=text.bead_id(found.bead))
            label = f"{self.say(_RULES[found.rule])}: {found.subject}"
            langs = bitext.source.lang, bitext.target.lang
            places = cite(bitext.beads[found.bead])
            self.examples.append(Example(label, held.source, held.target, langs, *places, where))

    def tables(self) -> Iterator[Table]:
        """Give concepts, their renderings by text, and findings."""
        if self.termbase is None:
            return
        concepts = [self._concept(one) for one in self.termbase.concepts if self.places[one.id]]
        concepts.sort(key=lambda row: (-int(row[2] or 0), str(row[1])))
        yield Table("concepts", "Concepts of the glossary", _CONCEPTS, concepts)
        rows = [(*key, count) for key, count in sorted(self.renderings.items())]
        yield Table("renderings", "Renderings of the glossary, by text", _RENDERINGS, rows)
        yield Table("findings", "Findings of the check of terms", _FINDINGS, self.findings)

    def _concept(self, concept: Concept) -> tuple[Value, ...]:
        by_term: Counter[tuple[str, str]] = Counter()
        for (_, id, term, status), count in self.renderings.items():
            if id == concept.id:
                by_term[term, status] += count
        known = by_term.total()
        preferred = sum(count for (_, status), count in by_term.items() if status == "preferred")
        entropy = -sum(count / known * math.log2(count / known) for count in by_term.values())
        name = next((term.text for term in concept.terms if term.status == "preferred"), concept.terms[0].text)
        return (
            concept.id, name, self.places[concept.id], known, preferred / known if known else None, len(by_term),
            abs(entropy) if known else None,
        )  # fmt: skip

    def section(self) -> Section | None:
        """Tell of the concepts that stand in the texts; None without a glossary or where none does."""
        if self.termbase is None or not self.places:
            return None
        say = self.say
        concepts, _, _ = self.tables()
        graves = Counter(str(row[2]) for row in self.findings if row[3] in _GRAVE)
        told = say(
            "{count} concepts of the glossary stand in the source texts, at {places} places; at {share} % of these the "
            "translation has a rendering of the glossary.",
            count=say.number(len(self.places)),
            places=say.number(self.places.total()),
            share=say.number(100 * self.known.total() / self.places.total(), 1),
        )
        listed = ", ".join(f"{say(_RULES[rule])} {say.number(count)}" for rule, count in graves.most_common())
        found = (
            say("The check of terms finds {count} places to be looked at: {rules}.",
                count=say.number(graves.total()), rules=listed)
            if graves
            else say("The check of terms finds nothing that is likely wrong.")
        )  # fmt: skip
        headings = {
            "term": say("Term"), "places": say("Places"), "known": say("Rendered by the glossary"),
            "preferred": say("Preferred, share"), "renderings": say("Renderings"), "entropy": say("Entropy, bits"),
        }  # fmt: skip
        blocks: list[Block] = [
            Prose(told),
            Shown(concepts, say("Concepts by how often they stand in the source."), headings),
            Prose(found),
        ]
        if self.unlinked:
            blocks.append(Prose(say("Terms left out are not looked for in texts of more than {count} beads.",
                                    count=say.number(_LINKED)), note=True))  # fmt: skip
        if self.examples:
            blocks.append(Examples(say("What the check of terms finds"), tuple(self.examples)))
        blocks.append(Command(f"bialign terms check {self.path}"))
        return Section("terms", say("Terms"), tuple(blocks))


_RULES = {
    "rendering": "another rendering",
    "omitted": "left out",
    "forbidden": "deprecated term",
    "superseded": "term no longer in use",
    "mixed": "mixed renderings",
    "acronym": "acronym before its words",
    "number": "numbers differ",
    "date": "dates differ",
    "name": "names differ",
}
