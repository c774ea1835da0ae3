"""Indicators of texts and translations: measured on texts that are cut once, each with formula, unit, source, caveat.

>>> from bialign.study import indicators
>>> [indicators.ALL[name].unit for name in ("ttr", "sentence_length", "commas")]
['', 'words', 'per 1,000 words']

lexis        texts as numbers of words and signs
richness     functions of richness of vocabulary
word_kinds   what words are by themselves; connectives
signs        punctuation and quotation
verb_forms   passives and progressives, by rules
linking      links between words, and terms
pairing      both sides together
of_words, of_sentences, of_pairs   the indicators as data
registry     all of them
measuring    from texts to values
tables       values as tables
"""

from bialign.study.indicators.measuring import (
    FEWEST_LINKS,
    LINKS,
    Counting,
    Studied,
    Value,
    count,
    grouped,
    of_documents,
    of_groups,
    sides_of,
)
from bialign.study.indicators.model import LEVELS, SIDES, Found, Indicator
from bialign.study.indicators.registry import ALL, OF_PAIRS, OF_SIDES, THEMES, chosen
from bialign.study.indicators.tables import definitions, segments, values, wide

__all__ = [
    "ALL", "FEWEST_LINKS", "LEVELS", "LINKS", "OF_PAIRS", "OF_SIDES", "SIDES", "THEMES", "Counting", "Found",
    "Indicator", "Studied", "Value", "chosen", "count", "definitions", "grouped", "of_documents", "of_groups",
    "segments", "sides_of", "values", "wide",
]  # fmt: skip
