"""The section on terms: how the concepts of the glossary are rendered, how consistently, and what the check finds."""

from __future__ import annotations

import functools
import math
import random
from collections import Counter
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
    from bialign.terms import BeadText, ConceptRenderings, Finding
    from bialign.words import WordAligner
    from bialign.words.vectors import WordVectors

_DOUBTFUL = 0.5
"""Beads less likely right than this do not count: what stands in them is as likely something else."""
_LINKED = 20_000
"""Beads of a text up to which word links are drawn, which find terms left out; it takes a second for 1,000."""
_SHOWN = 6
_MOST = 6
"""Renderings of a concept that a page shows."""
_GRAVE = frozenset({"error", "warning"})

_SAMPLE = 300
"""Beads of a concept that its renderings are looked up in; of more, so many at random."""

_CONCEPTS = (
    Column("concept", "category", "id of the concept in the glossary"),
    Column("term", "text", "preferred term of the source language"),
    Column("beads", "count", "beads of the source with one of its terms that are likely right"),
    Column("places", "count", "places looked at: those of these beads, or of so many drawn at random"),
    Column("rendered", "number", "share of these places where something stands for it", "0 to 1"),
    Column("preferred", "number", "share of rendered places with the preferred rendering", "0 to 1"),
    Column("renderings", "count", "different renderings, forms of one lemma taken together"),
    Column("entropy", "number", "entropy of the renderings: 0 where there is one alone", "bits",
           formula="-sum p log2 p over the renderings, p = share of rendered places", source="Shannon 1948",
           caveat="with few places it is too low; word links may be wrong"),
)  # fmt: skip
_RENDERINGS = (
    Column("concept", "category", "id of the concept in the glossary"),
    Column("rendering", "text", "what stands for it in the translation: a term of the glossary, or a lemma"),
    Column("status", "category", "what the glossary says of it: preferred ..., empty for what it does not have"),
    Column("text", "category", "name of the bitext"),
    Column("count", "count", "places"),
    Column("score", "number", "how sure the word links are, the mean over all texts; 1 for a term of the glossary",
           "0 to 1"),
)  # fmt: skip
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

    def __init__(
        self, corpus: Corpus, say: Saying, path: str, seed: int = 1, vectors: WordVectors | None = None
    ) -> None:
        self.vectors = vectors
        self.say, self.path = say, path
        self.termbase: Termbase | None = corpus.glossary()
        self.ignored = corpus.ignored()
        self.beads: Counter[str] = Counter()
        self.kept: dict[str, list[tuple[str, tuple[str, str], BeadText]]] = {}
        self.random = random.Random(seed)
        self.findings: list[tuple[Value, ...]] = []
        self.examples: list[Example] = []
        self.unlinked = False
        self.with_terms = 0

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
        checker = Checker(beads, self.termbase, langs, document=text.name, links=linked, aligner=self.aligner)
        cite = Citations(bitext, self.say.lang)
        for found, held in checker.with_texts(ignored=self.ignored):
            if found.severity != "tolerated":
                self._keep(text, found, held, cite)

    def _look_up(self, termbase: Termbase, name: str, held: BeadText, langs: tuple[str, str]) -> None:
        found = {hit.concept.id: None for hit in termbase.find(held.source, langs[0])}
        self.with_terms += bool(found)
        for concept in found:
            self.beads[concept] += 1
            kept = self.kept.setdefault(concept, [])
            if len(kept) < _SAMPLE:
                kept.append((name, langs, held))
            elif (place := self.random.randrange(self.beads[concept])) < _SAMPLE:
                # a reservoir (Vitter 1985): each bead has the same chance, however many there are
                kept[place] = name, langs, held

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

    @functools.cached_property
    def aligner(self) -> WordAligner:
        """Give the aligner of words, one for all texts."""
        from bialign.words import WordAligner

        return WordAligner(context=False, vectors=self.vectors)

    @functools.cached_property
    def rendered(self) -> list[ConceptRenderings]:
        """Give how concepts are rendered, those in most beads first."""
        from bialign.terms import TextOf, concept_renderings

        if self.termbase is None:
            return []
        found = []
        for concept, _ in sorted(self.beads.items(), key=lambda pair: (-pair[1], pair[0])):
            texts: dict[tuple[str, tuple[str, str]], list[BeadText]] = {}
            for name, langs, held in self.kept[concept]:
                texts.setdefault((name, langs), []).append(held)
            given = [TextOf(name, beads, langs) for (name, langs), beads in texts.items()]
            found.append(concept_renderings(given, self.termbase, concept, examples=1, aligner=self.aligner))
        return found

    def tables(self) -> Iterator[Table]:
        """Give concepts, their renderings by text, and findings."""
        if self.termbase is None:
            return
        yield Table("concepts", "Concepts of the glossary", _CONCEPTS, [self._concept(one) for one in self.rendered])
        rows = [
            (found.concept.id, one.text, one.status, text, count, one.score)
            for found in self.rendered
            for one in found.renderings
            for text, count in one.documents
        ]
        yield Table("renderings", "Renderings of concepts, by text", _RENDERINGS, rows)
        yield Table("findings", "Findings of the check of terms", _FINDINGS, self.findings)

    def _concept(self, found: ConceptRenderings) -> tuple[Value, ...]:
        counts = [one.count for one in found.renderings]
        rendered = sum(counts)
        preferred = sum(one.count for one in found.renderings if one.status == "preferred")
        entropy = -sum(count / rendered * math.log2(count / rendered) for count in counts)
        _, (lang, _), _ = self.kept[found.concept.id][0]
        return (
            found.concept.id, _name(found.concept, lang), self.beads[found.concept.id], found.looked_at,
            rendered / found.looked_at if found.looked_at else None, preferred / rendered if rendered else None,
            len(counts), abs(entropy) if rendered else None,
        )  # fmt: skip

    def _shown(self) -> Table:
        """Give a row for each concept with its renderings and their counts in one cell, as people read it."""
        columns = (*_CONCEPTS[1:4], Column("rendered_as", "text", "renderings, and how often"), _CONCEPTS[7])
        rows = [
            (row[1], row[2], row[3], ", ".join(f"{one.text} {one.count}" for one in found.renderings[:_MOST]), row[7])
            for found in self.rendered
            if (row := self._concept(found))
        ]
        return Table("concepts", "Concepts of the glossary", columns, rows)

    def section(self) -> Section | None:
        """Tell of the concepts that stand in the texts; None without a glossary or where none does."""
        if self.termbase is None or not self.beads:
            return None
        say = self.say
        graves = Counter(str(row[2]) for row in self.findings if row[3] in _GRAVE)
        told = say(
            "{count} concepts of the glossary stand in the source texts, in {beads} beads. What renders them is told "
            "by the glossary, and elsewhere by word links; forms of one lemma count as one rendering.",
            count=say.number(len(self.beads)),
            beads=say.number(self.with_terms),
        )
        listed = ", ".join(f"{say(_RULES[rule])} {say.number(count)}" for rule, count in graves.most_common())
        found = (
            say("The check of terms finds {count} places to be looked at: {rules}.",
                count=say.number(graves.total()), rules=listed)
            if graves
            else say("The check of terms finds nothing that is likely wrong.")
        )  # fmt: skip
        headings = {
            "term": say("Term"), "beads": say("Beads"), "places": say("Places looked at"),
            "rendered_as": say("Rendered as"), "entropy": say("Entropy, bits"),
        }  # fmt: skip
        caption = say("Concepts by the beads of the source they stand in.")
        blocks: list[Block] = [Prose(told), Shown(self._shown(), caption, headings), Prose(found)]
        if self.unlinked:
            blocks.append(Prose(say("Terms left out are not looked for in texts of more than {count} beads.",
                                    count=say.number(_LINKED)), note=True))  # fmt: skip
        if self.examples:
            blocks.append(Examples(say("What the check of terms finds"), tuple(self.examples)))
        blocks.append(Command(f"bialign terms check {self.path}"))
        return Section("terms", say("Terms"), tuple(blocks))


def _name(concept: Concept, lang: str) -> str:
    """Give what a concept is called in a language: by its preferred term, else by any."""
    terms = concept.terms_in(lang) or concept.terms
    return next((term.text for term in terms if term.status == "preferred"), terms[0].text)


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
