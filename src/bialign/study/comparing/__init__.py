"""Groups of texts compared: sizes of effects, permutation tests, bootstrap intervals, corrected for their number.

statistics   two samples of numbers
groups       indicators of groups of texts, or of blocks of segments where texts are too few
"""

from bialign.study.comparing.groups import BLOCK, FEWEST, Comparison, compare, table
from bialign.study.comparing.statistics import Difference, cliffs_delta, difference, hedges_g, holm

__all__ = [
    "BLOCK", "FEWEST", "Comparison", "Difference", "cliffs_delta", "compare", "difference", "hedges_g", "holm", "table",
]  # fmt: skip
