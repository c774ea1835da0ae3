"""The translator's decisions: what became of each sentence, as rows, counts and plots; and shifts in explicitness.

model         types of decisions, and what was found
linked        the words of beads, and their links
shapes        what a bead's sentences say: kept, split, joined, recut, omitted, added
order         whether parts of a bead follow each other in another order
aside         what is the layout's, the edition's or a splitter's doing
finding       from texts to findings
counting      how often, with intervals and expected counts
candidates    where a translation may be more explicit than its original, or less
reports       findings as tidy tables
drawing       findings as plots
"""

from bialign.study.decisions.finding import find, find_in
from bialign.study.decisions.model import ASIDES, TYPES, Candidate, Decision, Findings, Passage, Size

__all__ = ["ASIDES", "TYPES", "Candidate", "Decision", "Findings", "Passage", "Size", "find", "find_in"]
