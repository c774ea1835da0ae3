"""Links between words, for cognates and renderings; and the places where concepts of a glossary are rendered."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bialign.bitext import Bitext
from bialign.languages.closed_classes import CLOSED_CLASSES
from bialign.study.indicators.false_friends import is_false_friend
from bialign.study.indicators.pairing import LinkCounts, TermCounts

if TYPE_CHECKING:
    from bialign.termbase import Termbase

COGNATE = 0.58
"""Longest common subsequence, by the letters of the longer word, from which two words are cognates (Melamed 1999)."""
SHORTEST = 4
"""Letters of the shortest cognate: shorter words are alike by chance."""
LONGEST = 200
"""Words of the longest side of a bead that is linked."""
DOUBTFUL = 0.5
"""Probability below which a bead that nobody confirmed is left out, as it is more likely wrong than right."""


class Linker:
    """Link words of beads drawn at random; the same seed draws the same beads of the same text."""

    def __init__(self, most: int, seed: int) -> None:
        from bialign.words import WordAligner

        self._most, self._seed = most, seed
        self._aligner = WordAligner(context=False)

    def links(self, bitext: Bitext, langs: tuple[str, str]) -> LinkCounts:
        """Count the links of a text; they are learned from its own beads only."""
        from bialign.words import Lexicon, split_words

        pairs = []
        for number in self._drawn(bitext):
            bead = bitext.beads[number]
            pair = (split_words(bitext.source_text(bead), langs[0]), split_words(bitext.target_text(bead), langs[1]))
            if max(map(len, pair)) <= LONGEST:
                pairs.append(pair)
        self._aligner.lexicon = Lexicon()
        linked = self._aligner.learn_and_link(pairs, articles=False) if pairs else []
        found = LinkCounts(beads=len(pairs))
        for (source, target), links in zip(pairs, linked, strict=True):
            for left, right in lexical_links(source, target, links, langs):
                _count(found, left, right, langs)
        return found

    def _drawn(self, bitext: Bitext) -> list[int]:
        fit = [
            number
            for number, bead in enumerate(bitext.beads)
            if not bead.is_null
            and bead.status != "rejected"
            and (bead.probability >= DOUBTFUL or bead.status == "confirmed")
        ]
        if len(fit) <= self._most:
            return fit
        return sorted(random.Random(f"{self._seed} {bitext.id}").sample(fit, self._most))


def lexical_links(
    source: Sequence[str], target: Sequence[str], links: set[tuple[int, int]], langs: tuple[str, str]
) -> Iterator[tuple[str, str]]:
    """Give the linked words that are lexical on both sides, in small letters.

    >>> list(lexical_links(["the", "River"], ["el", "río"], {(0, 0), (1, 1)}, ("en", "es")))
    [('river', 'río')]
    """
    for i, j in sorted(links):
        words = (source[i].lower(), target[j].lower())
        if all(word[:1].isalpha() and not _is_closed(word, lang) for word, lang in zip(words, langs, strict=True)):
            yield words


def _is_closed(word: str, lang: str) -> bool:
    closed = CLOSED_CLASSES.get(lang)
    return closed is not None and closed.class_of(word) is not None


def _count(found: LinkCounts, left: str, right: str, langs: tuple[str, str]) -> None:
    from bialign.concordance.lemmas import lemma

    bases = lemma(left, langs[0]), lemma(right, langs[1])
    found.pairs += 1
    found.renderings[bases[0]][bases[1]] += 1
    if is_false_friend(*(bases if langs[0] == "en" else bases[::-1])):
        found.false_friends += 1
    elif is_cognate(left, right) or is_cognate(*bases):
        found.cognates += 1


def is_cognate(left: str, right: str) -> bool:
    """Tell whether two words are alike enough to be cognates, or the same name.

    >>> is_cognate("president", "presidente"), is_cognate("army", "ejército"), is_cognate("sol", "sol")
    (True, False, False)
    """
    from rapidfuzz.distance import LCSseq

    from bialign.termbase.forms import without_accents

    one, other = without_accents(left), without_accents(right)
    if min(len(one), len(other)) < SHORTEST:
        return False
    return LCSseq.similarity(one, other) / max(len(one), len(other)) >= COGNATE


def term_counts(bitext: Bitext, langs: tuple[str, str], termbase: Termbase) -> TermCounts:
    """Count how concepts that stand in the source of a bead are rendered in its target by terms of the glossary.

    Where a bead has a concept more often in the source than in the target, the rest are not rendered by the glossary;
    where it is the other way, as many as the source has are counted, in their order.
    """
    found = TermCounts()
    for bead in bitext.beads:
        if bead.is_null or bead.status == "rejected":
            continue
        named: dict[str, int] = {}
        for hit in termbase.find(bitext.source_text(bead), langs[0]):
            named[hit.concept.id] = named.get(hit.concept.id, 0) + 1
        if not named:
            continue
        for hit in termbase.find(bitext.target_text(bead), langs[1]):
            if named.get(hit.concept.id, 0):
                named[hit.concept.id] -= 1
                found.renderings[hit.concept.id][hit.term.text] += 1
                if any(term.status == "preferred" for term in hit.concept.terms_in(langs[1])):
                    found.places += 1
                    found.preferred += hit.term.status == "preferred"
    return found
