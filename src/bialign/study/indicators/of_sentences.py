"""Indicators of the sentences of a side: how long, how punctuated, quoted, connected, passive, easy to read."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from bialign.languages.connectives import SENSES
from bialign.study.indicators.lexis import Counted, Ints, word_counts
from bialign.study.indicators.model import NOTHING, Array, Found, Indicator, ratios
from bialign.study.indicators.of_words import WORDS, rate
from bialign.study.indicators.signs import MARKS, punctuation, quoted_words
from bialign.study.indicators.verb_forms import MARKERS, Marker, markers
from bialign.study.indicators.word_kinds import connectives, syllables_of

_SPLIT = "A segment counts as a sentence; those without words are left out."
_TRANSLATIONESE = "Volansky et al. 2015, On the features of translationese"


def _lengths(text: Counted) -> Array:
    counts = text.column(word_counts)
    return np.asarray(counts[counts > 0])


def _length(
    name: str, title: str, formula: str, measure: Callable[[Array], float], least: int = 1
) -> Indicator[Counted]:
    def of(text: Counted) -> Found:
        lengths = text.once(_lengths)
        return Found(float(measure(lengths)), len(lengths)) if len(lengths) >= least else NOTHING

    source = "Laviosa 1998, Core patterns of lexical use" if name == "sentence_length" else ""
    return Indicator(name, title, formula, "words", "segments", of, source, _SPLIT, theme="sentences")


def _column(table: Callable[[Counted], Array], number: int) -> Callable[[Counted], Ints]:
    def count(text: Counted) -> Ints:
        return np.asarray(text.column(table)[:, number])

    return count


def _all_connectives(text: Counted) -> Ints:
    return np.asarray(text.column(connectives).sum(axis=1))


def _syllables(text: Counted) -> Ints:
    return text.of_feature(syllables_of)


SENTENCES: tuple[Indicator[Counted], ...] = (
    _length("sentence_length", "Sentence length", "words / segments", np.mean),
    _length("sentence_length_sd", "Sentence length, standard deviation", "standard deviation with n − 1",
            lambda lengths: float(np.std(lengths, ddof=1)), least=2),
    _length("sentence_length_q10", "Sentence length, 10 %", "10 % quantile, linear between values",
            lambda lengths: float(np.quantile(lengths, 0.1))),
    _length("sentence_length_median", "Sentence length, median", "median", lambda lengths: float(np.median(lengths))),
    _length("sentence_length_q90", "Sentence length, 90 %", "90 % quantile, linear between values",
            lambda lengths: float(np.quantile(lengths, 0.9))),
)  # fmt: skip

_MARK_TITLES = {
    "comma": ("commas", "Commas"),
    "semicolon": ("semicolons", "Semicolons"),
    "colon": ("colons", "Colons"),
    "full_stop": ("full_stops", "Full stops"),
    "ellipsis": ("ellipses", "Ellipses"),
    "question": ("questions", "Question marks"),
    "exclamation": ("exclamations", "Exclamation marks"),
    "dash": ("dashes", "Dashes"),
    "parenthesis": ("parentheses", "Parentheses and brackets"),
    "quote": ("quotations", "Quotation marks"),
}
_MARK_CAVEATS = {
    "full_stop": "Those of abbreviations are a part of their words, and not counted.",
    "question": "Of Spanish pairs, the mark that closes is counted.",
    "exclamation": "Of Spanish pairs, the mark that closes is counted.",
    "parenthesis": "The one that closes is counted.",
    "quote": "Pairs are counted; single quotation marks look like apostrophes, and are not.",
    "dash": "Hyphens are none, but two of them are.",
}
PUNCTUATION: tuple[Indicator[Counted], ...] = (
    *(
        rate(_MARK_TITLES[mark][0], _MARK_TITLES[mark][1], "1,000 × marks / words", _column(punctuation, number),
             source="Baker 1996; " + _TRANSLATIONESE, caveat=_MARK_CAVEATS.get(mark, ""), theme="punctuation")
        for number, mark in enumerate(MARKS)
    ),
    rate("quoted", "Quotation", "words in quotation marks, or in speech that a dash begins / words", quoted_words,
         unit="share of words", theme="punctuation",
         caveat="A quotation ends with its paragraph at the latest, or its segment where paragraphs are not known; a "
                "paragraph that begins with a dash is taken as speech, and each further dash ends or resumes it."),
)  # fmt: skip

CONNECTIVES: tuple[Indicator[Counted], ...] = (
    rate("connectives", "Connectives", "1,000 × connectives / words", _all_connectives, theme="connectives",
         source="Halliday & Hasan 1976, Cohesion in English; Martín Zorraquino & Portolés 1999; Baker 1996",
         caveat="By lists; words with other uses count at the beginning of a clause only. The lists of the two "
                "languages are not alike: compare texts of one language."),
    *(
        rate(f"connectives_{sense}", f"Connectives of {sense}", "1,000 × connectives of this sense / words",
             _column(connectives, number), source="Halliday & Hasan 1976; Martín Zorraquino & Portolés 1999",
             caveat="A connective has one sense in the list, whatever it says in its place.", theme="connectives")
        for number, sense in enumerate(SENSES)
    ),
)  # fmt: skip

_RULES = (
    "By rules over forms, no parser: tests/cases/study/verb_forms.yaml shows what they find, take wrongly and miss."
)


def _marker(
    name: str, title: str, what: str, marker: Marker, *, langs: tuple[str, ...] = ("en", "es"), caveat: str = _RULES
) -> Indicator[Counted]:
    count = _column(markers, MARKERS.index(marker))
    return rate(name, title, f"1,000 × {what} / words", count, source=_TRANSLATIONESE, caveat=caveat, langs=langs,
                theme="verbs")  # fmt: skip


VERBS: tuple[Indicator[Counted], ...] = (
    _marker("passives", "Passives", "be, or ser, with a participle", "passive"),
    _marker("get_passives", "Passives with get", "get with a participle", "get", langs=("en",)),
    _marker("se_candidates", "Candidates of the passive with se", "se before a verb", "se", langs=("es",),
            caveat="Candidates: passive, impersonal and reflexive se look alike. Verbs that are mostly pronominal, and "
                   "se before another pronoun, are left out."),
    _marker("progressives", "Progressives", "be with an -ing form, or estar with a gerund", "progressive"),
)  # fmt: skip


def _ease(constant: float, by_syllables: float, by_words: float) -> Callable[[Counted], Found]:
    """Make a formula of reading ease: constant - by_syllables (syllables / words) - by_words (words / sentences)."""

    def of(text: Counted) -> Found:
        words, sentences = int(text.column(word_counts).sum()), len(text.once(_lengths))
        if not words:
            return NOTHING
        syllables = float(text.column(_syllables).sum())
        return Found(constant - by_syllables * syllables / words - by_words * words / sentences, words)

    return of


_ESTIMATED = "Syllables are counted by rules. A courtesy: such formulas say little of how hard a text is."
READING: tuple[Indicator[Counted], ...] = (
    Indicator("syllables", "Syllables per word", "syllables / words", "syllables", WORDS,
              lambda text: Found(float(text.column(_syllables).sum()) / n, n)
              if (n := int(text.column(word_counts).sum())) else NOTHING,
              caveat="By rules: exact in Spanish but for some hiatuses, an estimate in English.", theme="reading",
              parts=lambda text: ratios(text.column(_syllables), text.column(word_counts))),
    Indicator("flesch", "Reading ease (Flesch)", "206.835 − 84.6 syllables / words − 1.015 words / segments",
              "points", WORDS, _ease(206.835, 84.6, 1.015), "Flesch 1948, A new readability yardstick", _ESTIMATED,
              langs=("en",), theme="reading"),
    Indicator("fernandez_huerta", "Reading ease (Fernández Huerta)",
              "206.84 − 60 syllables / words − 1.02 words / segments", "points", WORDS, _ease(206.84, 60.0, 1.02),
              "Fernández Huerta 1959, Medidas sencillas de lecturabilidad", _ESTIMATED, langs=("es",), theme="reading"),
    Indicator("szigriszt", "Perspicuity (Szigriszt Pazos)", "206.835 − 62.3 syllables / words − words / segments",
              "points", WORDS, _ease(206.835, 62.3, 1.0), "Szigriszt Pazos 1993, Sistemas predictivos de legibilidad",
              _ESTIMATED, langs=("es",), theme="reading"),
)  # fmt: skip
