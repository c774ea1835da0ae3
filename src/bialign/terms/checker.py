"""The check of one text against a glossary, also of a part of it; what was read is kept for the next part."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bialign.bitext import Bitext
from bialign.termbase import Termbase
from bialign.terms.beads import BeadText, bead_texts
from bialign.terms.findings import RULES, Finding, Rule, key_of
from bialign.terms.reading import Reading

if TYPE_CHECKING:
    from bialign.words import WordAligner

_BLOCK = 128
"""Beads that are looked at together: word links are drawn for all of them at once."""
_OF_DOCUMENT = frozenset({"mixed", "acronym"})
"""Rules that look at the whole text: a finding of theirs is named by its document, not by the sentence."""


class Checker:
    """Check a text: made once for a text and a glossary, asked for the findings of any beads.

    `langs` are those of source and target; `document` names the text in findings. The first call reads the whole text
    where rules want that ("mixed", "acronym", "name"): seconds for 50,000 beads. Without `links` no word links
    are drawn, so that a finding cannot say what stands for the term instead, and there are no "omitted" ones.
    """

    def __init__(
        self,
        beads: Sequence[BeadText],
        termbase: Termbase,
        langs: tuple[str, str] = ("en", "es"),
        *,
        document: str = "",
        links: bool = True,
        aligner: WordAligner | None = None,
    ) -> None:
        self.reading = Reading(beads, termbase, langs, links=links, aligner=aligner)
        self.document = document

    def __len__(self) -> int:
        return len(self.reading.beads)

    def findings(
        self,
        start: int = 0,
        stop: int | None = None,
        *,
        rules: Collection[Rule] = RULES,
        ignored: Container[str] = (),
    ) -> Iterator[Finding]:
        """Give the findings of the beads `start` .. `stop` - 1 in the order of the text, without those ignored.

        `rules` chooses rules, `ignored` holds keys. Raises ValueError for a rule that is none.
        """
        from bialign.terms.rules import finders

        unknown = set(rules) - set(RULES)
        if unknown:
            raise ValueError(f"no rules: {', '.join(sorted(unknown))}")
        last = len(self) if stop is None else min(stop, len(self))
        chosen = finders(frozenset(rules))
        for first in range(start, last, _BLOCK):
            numbers = range(first, min(first + _BLOCK, last))
            found = [one for finder in chosen for one in finder(self.reading, numbers) if one.rule in rules]
            for one in sorted(found, key=lambda one: (one.bead, RULES.index(one.rule), one.source, one.target)):
                keyed = self._keyed(one)
                if keyed.key not in ignored:
                    yield keyed

    def with_texts(self, *args: Any, **options: Any) -> Iterator[tuple[Finding, BeadText]]:
        """Give findings, as `findings` does, each with the texts of its bead."""
        for found in self.findings(*args, **options):
            yield found, self.reading.beads[found.bead]

    def _keyed(self, found: Finding) -> Finding:
        bead = self.reading.beads[found.bead]
        context = (self.document,) if found.rule in _OF_DOCUMENT else (bead.source, bead.target)
        key = key_of(found.rule, found.subject, *context)
        return replace(found, key=key, id=bead.id, document=self.document)


def check(
    given: Bitext | Iterable[tuple[str, str]],
    termbase: Termbase,
    langs: tuple[str, str] | None = None,
    *,
    beads: range | None = None,
    rules: Collection[Rule] = RULES,
    ignored: Container[str] = (),
    links: bool = True,
) -> Iterator[Finding]:
    """Check a bitext, or pairs of source and target, against a glossary; give the findings in the order of the text.

    `langs` are the languages of both sides, by default those of the bitext, English and Spanish for pairs. `beads`
    are the numbers to look at, `rules` those to apply, `ignored` the keys of findings to leave out. For another part
    of the same text keep a `Checker`, which remembers what it has read.

    >>> from bialign.termbase import Concept, Term
    >>> words = (Term("raid", "en"), Term("redada", "es"), Term("razia", "es", status="deprecated"))
    >>> raid = Concept("raid", terms=words)
    >>> pairs = [("The raid failed.", "La redada fracasó."), ("A raid at dawn.", "Una razia al amanecer.")]
    >>> [(found.bead, found.rule) for found in check(pairs, Termbase(("en", "es"), (raid,)), links=False)]
    [(1, 'forbidden')]
    """
    name = given.id if isinstance(given, Bitext) else ""
    if langs is None:
        langs = (given.source.lang or "en", given.target.lang or "es") if isinstance(given, Bitext) else ("en", "es")
    checker = Checker(bead_texts(given), termbase, langs, document=name, links=links)
    numbers = range(len(checker)) if beads is None else beads
    yield from checker.findings(numbers.start, numbers.stop, rules=rules, ignored=ignored)
