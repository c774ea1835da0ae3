"""The bilingual concordance: every place where a word, a phrase or a pattern stands, with its translation.

query        what can be asked, and how it is written
fragments    what every match of a regular expression holds
candidates   from a query to an expression for the index of words
matching     where a term stands in a text
engine       the search: by the index, or through all texts
hits         what it gives
surroundings the words around a hit, and its citation
order        sorting
counting     how many, and how evenly
renderings   what a word becomes in the translation
outputs      tables, TSV, JSON lines, workbooks, pages
"""

from __future__ import annotations

from bialign.concordance.counting import Dispersion, Part
from bialign.concordance.deadline import SearchTimeout
from bialign.concordance.hits import Counts, Hit, Page, Piece
from bialign.concordance.query import Phrase, Query, Regex, Word, from_json, parse, regex_term
from bialign.concordance.renderers import CountRenderer, LinkRenderer
from bialign.concordance.renderings import Group, Rendered, Renderer, Renderings
from bialign.concordance.search import Concordance, search
from bialign.concordance.surroundings import Context

__all__ = [
    "Concordance",
    "Context",
    "CountRenderer",
    "Counts",
    "Dispersion",
    "Group",
    "Hit",
    "LinkRenderer",
    "Page",
    "Part",
    "Phrase",
    "Piece",
    "Query",
    "Regex",
    "Rendered",
    "Renderer",
    "Renderings",
    "SearchTimeout",
    "Word",
    "from_json",
    "parse",
    "regex_term",
    "search",
]
