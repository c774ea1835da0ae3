"""The aligner: two sequences of segments in, beads with probabilities out.

A band around a coarse path (band), cosines in it (similarity), a quick forward-backward that keeps the likely cuts
(scan), a lattice of all beads between these with richer features (features, cuts), and its best path and posteriors
(lattice). Nothing here reads files or knows of documents.
"""

from bialign.aligner.align import Alignment, AlignOptions, align_texts
from bialign.aligner.constraints import Constraints

__all__ = ["AlignOptions", "Alignment", "Constraints", "align_texts"]
