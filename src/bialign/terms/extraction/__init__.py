"""Candidates for a glossary from aligned texts: what stands out, and what renders it on the other side.

patterns   what a term looks like, as data
lines      where candidates are found: bitexts, corpora
counting   runs of words, plurals folded, C-value
general    general language, log-likelihood
acronyms   "National Intelligence Service (SIN)"
pairing    what renders what, from both sides, by word links
ranking    pairs measured and scored
concepts   pairs gathered: renderings, synonyms, acronyms; terms and names
proposal   candidates as concepts of a glossary
finding    all of it one after the other
"""

from bialign.terms.extraction.finding import extract
from bialign.terms.extraction.model import Candidate, CandidateKind, Evidence, Expression, Measures

__all__ = ["Candidate", "CandidateKind", "Evidence", "Expression", "Measures", "extract"]
