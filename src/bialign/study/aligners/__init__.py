"""Aligners beside each other on one's own text: how far they agree, and where they do not.

lexical      an aligner by words, in the manner of Moore and hunalign
methods      which aligners there are by name
agreement    each against each, in figures
differences  the places where they part, with what each says
comparison   all of it as one value
rows         the differences as a tidy table
page         all of it as one page
"""

from bialign.study.aligners.agreement import Agreement, agreements
from bialign.study.aligners.comparison import Comparison
from bialign.study.aligners.differences import Difference, differences
from bialign.study.aligners.methods import METHODS, Alignment, align_by

__all__ = ["METHODS", "Agreement", "Alignment", "Comparison", "Difference", "agreements", "align_by", "differences"]
