"""Indicators of both sides together: ratios of length, cognates, how variously words and concepts are rendered."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from bialign.study.indicators.model import NOTHING, Array, Found, Indicator, ratio, ratios
from bialign.study.indicators.pairing import Pair, mean_entropy, sizes

OFTEN = 10
"""Times a lemma must have been linked for the entropy of its renderings to count."""
CONCEPT = 2
"""Times a concept must stand in a text for the entropy of its renderings to count."""

_BOTH = "Beads with both sides; the ratio of languages is not 1 by nature."
_LINKS = "By word links, on at most so many beads of each text, drawn at random with the seed."


def _words(pair: Pair) -> Array:
    left, right = pair.words()
    return np.asarray(ratios(right, np.where(right > 0, left, 0)))


def _characters(pair: Pair) -> tuple[Array, Array]:
    """Give the characters of the beads that have both sides."""
    left, right = pair.by_bead(sizes)
    both = (left > 0) & (right > 0)
    return left[both], right[both]


def _of_ratios(measure: Callable[[Array], float], least: int = 1) -> Callable[[Pair], Found]:
    def of(pair: Pair) -> Found:
        found = _words(pair)
        found = found[~np.isnan(found)]
        return Found(float(measure(found)), len(found)) if len(found) >= least else NOTHING

    return of


def _whole_ratio(pair: Pair) -> Found:
    left, right = pair.words()
    both = (left > 0) & (right > 0)
    return Found(float(right[both].sum() / left[both].sum()), int(both.sum())) if both.any() else NOTHING


def _character_ratio(pair: Pair) -> Found:
    left, right = _characters(pair)
    return Found(float(right.sum() / left.sum()), len(left)) if len(left) else NOTHING


def _cognates(pair: Pair) -> Found:
    return ratio(pair.links.cognates, pair.links.pairs) if pair.links else NOTHING


def _false_friends(pair: Pair) -> Found:
    return ratio(pair.links.false_friends, pair.links.pairs, 1000) if pair.links else NOTHING


def _rendering_entropy(pair: Pair) -> Found:
    return Found(*mean_entropy(pair.links.renderings, OFTEN)) if pair.links else NOTHING


def _term_entropy(pair: Pair) -> Found:
    return Found(*mean_entropy(pair.terms.renderings, CONCEPT)) if pair.terms else NOTHING


def _preferred(pair: Pair) -> Found:
    return ratio(pair.terms.preferred, pair.terms.places) if pair.terms else NOTHING


LENGTHS: tuple[Indicator[Pair], ...] = (
    Indicator("length_ratio", "Length ratio in words", "words of the target / words of the source", "ratio", "beads",
              _whole_ratio, "Frankenberg-Garcia 2009, Are translations longer than source texts?", _BOTH,
              parts=_words, theme="pair"),
    Indicator("length_ratio_characters", "Length ratio in characters",
              "characters of the target / characters of the source", "ratio", "beads", _character_ratio,
              "Gale & Church 1993, A program for aligning sentences", _BOTH, theme="pair"),
    Indicator("length_ratio_mean", "Length ratio by bead", "mean over the beads of words target / words source",
              "ratio", "beads", _of_ratios(np.mean), "Frankenberg-Garcia 2009", _BOTH, theme="pair"),
    Indicator("length_ratio_variance", "Length ratio by bead, variance",
              "variance over the beads, with n − 1, of words target / words source", "ratio squared", "beads",
              _of_ratios(lambda found: float(np.var(found, ddof=1)), least=2),
              "Baker 1996, Corpus-based translation studies (levelling out)", _BOTH, theme="pair"),
)  # fmt: skip

LINKS: tuple[Indicator[Pair], ...] = (
    Indicator("cognates", "Cognates", "linked pairs of lexical words that are cognates / linked pairs of lexical words",
              "share of pairs", "pairs", _cognates,
              "Melamed 1999, Bitext maps and alignment (longest common subsequence ratio from 0.58)",
              _LINKS + " By letters without accents, words of 4 letters or more; names count. False friends are aside.",
              theme="links"),
    Indicator("false_friends", "False friends", "1,000 × linked pairs on a list of false friends / linked pairs of "
              "lexical words", "per 1,000 pairs", "pairs", _false_friends,
              "Chamizo-Domínguez & Nerlich 2002, False friends",
              _LINKS + " The list is short, and many of these pairs are right in some places.", theme="links"),
    Indicator("rendering_entropy", "Entropy of renderings",
              "mean over the lemmas linked 10 times or more of −Σ p log₂ p + (m − 1) / (2 n ln 2), of m renderings "
              "in n places", "bits", "lemmas", _rendering_entropy,
              "Miller 1955, Note on the bias of information estimates; Carl & Schaeffer 2017 (word translation)",
              _LINKS + " Wrong links make it higher.", theme="links"),
)  # fmt: skip

TERMS: tuple[Indicator[Pair], ...] = (
    Indicator("term_entropy", "Term consistency: entropy",
              "mean over the concepts rendered twice or more of −Σ p log₂ p + (m − 1) / (2 n ln 2), of m terms in n "
              "places", "bits", "concepts", _term_entropy, "Miller 1955; Merkel 1998 (consistency)",
              "Only of concepts of the glossary, and of renderings it knows; a place with none is left out.",
              theme="terms"),
    Indicator("preferred_terms", "Term consistency: preferred terms",
              "places rendered by a preferred term / places rendered by a term of the glossary", "share of places",
              "places", _preferred, "ISO 30042:2019 (TBX) for the status of terms",
              "Only of concepts of the glossary that have a preferred term in the target, and of renderings it knows.",
              theme="terms"),
)  # fmt: skip
