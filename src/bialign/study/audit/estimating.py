"""From judgements of a stratified sample to precision and recall of the whole alignment, with intervals.

What is wrong, and which true beads were missed, are totals of rare events, seen in a sample whose units stand for more
or fewer others. In each stratum the share of units with an event has a Beta posterior after those judged, and what the
units nobody judged come to is drawn from it again and again: a Pólya posterior for a finite population (Ghosh & Meeden
1997, "Bayesian Methods for Finite Population Sampling"). Half a pseudo-event in all, as in Jeffreys' interval, is laid
out over the strata, mostly where the calibrated probabilities expect errors, so that strata in which none was seen do
not count as perfect, nor as bad each by itself. A posterior of n judgements counts n - 3: with n - 2 it would have the
variance of the stratified estimator (Cochran 1977, "Sampling Techniques", 5.5), and that is itself only estimated. The
simulations are in tests/bench/audit.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from bialign.study.audit.sampling import OTHER
from bialign.study.audit.units import NULLS, Judgement

Draws = NDArray[np.float64]
"""One value a draw."""

DRAWS = 4_000
LEVEL = 0.95
_SEED = 20_240_229
_PRIOR = 0.5  # pseudo-events in all
_DOUBT = 0.3  # of them, to strata by their size, whatever their probabilities say
_FLOOR = 0.4


@dataclass(frozen=True, slots=True)
class Judged:
    """Hold a judged unit: its type, its stratum with the stratum's group, size and mean probability."""

    type: str
    stratum: str
    group: str
    size: int
    mean: float
    judgement: Judgement

    @property
    def is_null(self) -> bool:
        """Tell whether it is a segment without a partner."""
        return self.type in NULLS

    @property
    def truth(self) -> tuple[str, ...]:
        """Give the types of the true beads that begin here; none where nobody said."""
        return self.judgement.truth or ()


@dataclass(frozen=True, slots=True)
class Estimate:
    """Hold an estimated share with its interval; `deviation` is its standard error."""

    value: float
    low: float
    high: float
    deviation: float


@dataclass(frozen=True, slots=True)
class Group:
    """Hold the estimates of one type of beads, how many units were judged and how many there are."""

    judged: int
    units: int
    precision: Estimate
    recall: Estimate | None


@dataclass(frozen=True, slots=True)
class Audit:
    """Hold what a sample tells: strict measures over all beads with both sides, and each type's own.

    Null beads count in their types only, segment by segment, as in `bialign.evaluate`. `recall` is None where judges
    did not say what is right instead of `unsaid` wrong units; both are None where no bead has both sides.
    """

    judged: int
    units: int
    level: float
    precision: Estimate | None
    recall: Estimate | None
    types: dict[str, Group]
    unsaid: int = 0


_Strata = Sequence[Sequence[Judged]]


@dataclass(frozen=True, slots=True)
class _Drawing:
    """Hold where random numbers come from, the level of intervals, and the number of draws."""

    random: np.random.Generator
    level: float
    draws: int


def estimate(judged: Sequence[Judged], *, level: float = LEVEL, draws: int = DRAWS) -> Audit:
    """Estimate from the judged units of a sample; equal judgements give equal estimates.

    ValueError where there are none, or more of a stratum than it holds. Every stratum should be among them.
    """
    if not judged:
        raise ValueError("nothing has been judged")
    by_stratum: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        by_stratum[one.stratum].append(one)
    strata = list(by_stratum.values())
    for ones in strata:
        if len(ones) > ones[0].size:
            raise ValueError(f"{len(ones)} units judged of stratum {ones[0].stratum}, which has {ones[0].size}")
    unsaid = sum(one.judgement.truth is None for one in judged)
    drawing = _Drawing(np.random.default_rng(_SEED), level, draws)
    precision, recall = _overall(strata, drawing)
    names = list(dict.fromkeys(ones[0].group for ones in strata))
    types = {name: _group(name, names, strata, drawing, not unsaid) for name in names}
    units = sum(ones[0].size for ones in strata)
    return Audit(len(judged), units, level, precision, None if unsaid else recall, types, unsaid)


def needed(audit: Audit, estimate: Estimate, margin: float) -> int:
    """Give how many judgements in all it would take for an interval of about ± `margin`, drawn as these were.

    The variance of a sample without replacement goes down with 1/n - 1/N. At most the number of units.
    """
    z = NormalDist().inv_cdf((1 + audit.level) / 2)
    known = 1 / audit.judged - 1 / audit.units
    if known <= 0 or estimate.deviation == 0:
        return audit.judged
    wanted = (margin / z) ** 2 / estimate.deviation**2 * known + 1 / audit.units
    return min(audit.units, max(1, int(np.ceil(1 / wanted))))


def _overall(strata: _Strata, drawing: _Drawing) -> tuple[Estimate | None, Estimate | None]:
    whole = [ones for ones in strata if not ones[0].is_null]
    size = sum(ones[0].size for ones in whole)
    if not size:
        return None, None
    wrong, wrong_point = _total(whole, _is_wrong, drawing)
    # no true bead begins where there is no source segment
    sources = [ones for ones in strata if ones[0].type != "0-1"]
    missed, missed_point = _total(sources, _missed, drawing)
    true = size - wrong_point + missed_point
    # that what is wrong and what is missed go together is not drawn: the wider of both ways to count true beads holds
    ways = missed / max(true, 1), np.divide(missed, size - wrong + missed, out=missed * 0, where=missed > 0)
    recalls = [_interval(1 - way, 1 - missed_point / max(true, 1), drawing.level) for way in ways]
    recall = replace(recalls[0], low=min(r.low for r in recalls), high=max(r.high for r in recalls))
    return _interval(1 - wrong / size, 1 - wrong_point / size, drawing.level), recall


def _group(name: str, names: Sequence[str], strata: _Strata, drawing: _Drawing, said: bool) -> Group:
    inside = [ones for ones in strata if ones[0].group == name]
    size = sum(ones[0].size for ones in inside)

    def missed(one: Judged) -> int:
        if name == OTHER:
            true = sum(type not in names and type not in NULLS for type in one.truth)
        else:
            true = one.truth.count(name)
        return true - (one.judgement.right and one.group == name)

    wrong, point = _total(inside, _is_wrong, drawing)
    recall = None
    if said:
        holders = [ones for ones in strata if ones[0].type != ("1-0" if name == "0-1" else "0-1")]
        lost, lost_point = _total(holders, missed, drawing)
        right = size - wrong
        share = np.divide(right, right + lost, out=np.ones_like(right), where=right + lost > 0)
        true = size - point + lost_point
        recall = _interval(share, (size - point) / true if true else 1.0, drawing.level)
    return Group(sum(map(len, inside)), size, _interval(1 - wrong / size, 1 - point / size, drawing.level), recall)


def _is_wrong(one: Judged) -> int:
    return int(not one.judgement.right)


def _missed(one: Judged) -> int:
    true = sum(type not in NULLS for type in one.truth)
    return true - (one.judgement.right and not one.is_null)


def _total(strata: _Strata, events: Callable[[Judged], int], drawing: _Drawing) -> tuple[Draws, float]:
    """Draw the total of events of all units, also those not judged; give the stratified estimate of it too."""
    size = sum(ones[0].size for ones in strata)
    expected = [ones[0].size * (1 - ones[0].mean) for ones in strata]
    counts = [[events(one) for one in ones] for ones in strata]
    several = [count for values in counts for count in values if count]
    mean = sum(several) / len(several) if several else 1.0
    total, point = np.zeros(drawing.draws), 0.0
    for ones, expects, values in zip(strata, expected, counts, strict=True):
        held, n, seen = ones[0].size, len(ones), sum(count > 0 for count in values)
        by_size = held / size
        prior = _PRIOR * ((1 - _DOUBT) * (expects / sum(expected) if sum(expected) else by_size) + _DOUBT * by_size)
        counted = max((n - 3) / n, _FLOOR)
        share = drawing.random.beta(
            counted * seen + prior, counted * (n - seen) + max(_PRIOR - prior, 1e-9), drawing.draws
        )
        total += sum(values) + mean * drawing.random.binomial(held - n, share)
        point += held * sum(values) / n
    return total, point


def _interval(drawn: Draws, point: float, level: float) -> Estimate:
    low, high = np.clip(np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2]), 0, 1)
    # the estimate itself is never outside of its interval, as where nothing wrong was seen
    return Estimate(point, min(float(low), point), max(float(high), point), float(drawn.std()))
