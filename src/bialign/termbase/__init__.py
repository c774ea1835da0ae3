"""The glossary as a termbase: concepts, each with its terms in several languages, found in texts.

The shape is that of ISO 30042 (TBX): a concept holds what is said of the thing, a term what is said of the word. Files
of glossaries are read and written by `bialign.glossaries`.
"""

from bialign.termbase.matching import TermHit
from bialign.termbase.model import (
    CASE_POLICIES,
    INFLECTIONS,
    KINDS,
    TERM_STATUSES,
    CasePolicy,
    Concept,
    Inflection,
    Kind,
    Property,
    Term,
    Termbase,
    TermStatus,
    likely_case,
    primary,
    tidy,
)

__all__ = [
    "CASE_POLICIES",
    "INFLECTIONS",
    "KINDS",
    "TERM_STATUSES",
    "CasePolicy",
    "Concept",
    "Inflection",
    "Kind",
    "Property",
    "Term",
    "TermHit",
    "TermStatus",
    "Termbase",
    "likely_case",
    "primary",
    "tidy",
]
