"""What extraction gives: candidates, each two expressions that render each other, with what speaks for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bialign.termbase import Kind

CandidateKind = Literal["term", "name"]


@dataclass(frozen=True, slots=True)
class Expression:
    """Hold words of one language as a glossary would list them; `forms` are those of the texts, most frequent first.

    `count` tells how often it stands in the lines that were looked at.
    """

    text: str
    lang: str
    kind: Kind = "full form"
    count: int = 0
    forms: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """Hold a pair of texts where both sides of a candidate stand: ``source[start:stop]`` of each span.

    `bead` is the bead's id in a corpus; in a bitext its number, from 0.
    """

    bitext: str
    bead: int
    source: str
    target: str
    source_span: tuple[int, int]
    target_span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Measures:
    """Hold what a candidate is ranked by.

    c_value (Frantzi, Ananiadou & Mima 2000) and log_likelihood (Dunning 1993, against general language; of the most
    telling word) are geometric means of both sides. confidence is the geometric mean of how often each side is rendered
    by the other; association the log-likelihood of both standing in one pair of texts. nominal tells, from 0 to 1, how
    often a word that goes before nouns stands before the Spanish side. cohesion is the share of their words' places
    where they stand together (Dice 1945, for any number of words), the geometric mean of both sides; 0 for single
    words. consensus tells how evenly the texts have it: the entropy of its places over them as a share of the
    greatest (after Navigli & Velardi 2004), the mean of both sides; 0 where there is but one text.
    """

    c_value: float
    log_likelihood: float
    confidence: float
    association: float
    nominal: float
    cohesion: float
    consensus: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """Hold a pair of expressions that may be a term; `key` names it in verdicts, whatever else changes.

    `kind` keeps names of people and places apart from terms. `also` are other expressions of the same, in either
    language: acronyms, other renderings. `count` is how often both were linked, `score` what the list is sorted by,
    from 0 to 1.
    """

    key: str
    kind: CandidateKind
    score: float
    source: Expression
    target: Expression
    also: tuple[Expression, ...]
    count: int
    measures: Measures
    evidence: tuple[Evidence, ...]

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """Give all expressions, the main ones first."""
        return self.source, self.target, *self.also
