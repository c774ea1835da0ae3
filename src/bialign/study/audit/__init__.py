"""How good an alignment is, told from a sample that people judge: precision and recall with intervals.

units        what is judged, and what is said of it
sampling     which units: strata, allocation, seed
sheet        a sample as a table, and its judgements
kept         judgements in a corpus
estimating   from judgements to measures
"""

from bialign.study.audit.estimating import Audit, Estimate, Group, Judged, estimate, needed
from bialign.study.audit.sheet import Item, agreement, judged, sample, with_judgements
from bialign.study.audit.units import GoldJudge, Judgement, Unit, parse_truth, right, units_of, wrong

__all__ = [
    "Audit", "Estimate", "GoldJudge", "Group", "Item", "Judged", "Judgement", "Unit", "agreement", "estimate", "judged",
    "needed", "parse_truth", "right", "sample", "units_of", "with_judgements", "wrong",
]  # fmt: skip
