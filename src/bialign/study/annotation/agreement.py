"""Agreement between annotators: observed, Cohen's kappa, Krippendorff's alpha, and overlap of the words marked.

The unit is the bead. Of each label alone it is asked whether an annotator gave it to the bead, yes or no; of all labels
together, whether the sets of labels are the same (nominal), or how alike they are (MASI). The values are nltk's; the
intervals are by resampling beads, see `bootstrap`.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from bialign.study.annotation import bootstrap
from bialign.study.annotation.bootstrap import Interval
from bialign.study.annotation.unitizing import alpha_of_all
from bialign.study.annotation.units import Units
from bialign.study.tables import Column, Table

Measure = Literal["observed", "kappa", "alpha", "alpha-masi", "span-f1", "alpha-u"]
ALL = ""
"""What stands for all labels together, and for all annotators."""

_NOTHING = frozenset({ALL})
"""The set of labels of a bead without any; an empty set would be like no other, itself included."""

Codes = Sequence[Sequence[Hashable]]
"""What each annotator said of each unit: one sequence for each annotator, all as long."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Hold one figure: `label` and `who` are what it is about (ALL: all of them), `value` None where it has none.

    `low` and `high` are the ends of the interval, None where there is none.
    """

    label: str
    who: tuple[str, ...]
    measure: Measure
    value: float | None
    low: float | None
    high: float | None
    units: int


def agreement(units: Units, *, resamples: int = 1000, seed: int = 0, level: float = 0.95) -> list[Agreement]:
    """Measure how far annotators agree: of all labels together, then of each; of all annotators, then of each pair.

    `resamples` is how often the beads are drawn anew for the intervals (0: no intervals), `level` how sure these are,
    `seed` the number that makes them the same each time.
    """
    interval = Interval(len(units.beads), resamples, seed, level)
    pairs = list(itertools.combinations(units.who, 2))
    groups = [units.who, *(pairs if len(units.who) > 2 else [])]
    found: list[Agreement] = []
    for label in (ALL, *units.names):
        for who in groups:
            found += _measured(units, label, who, interval)
    return found


def _measured(units: Units, label: str, who: tuple[str, ...], interval: Interval) -> Iterator[Agreement]:
    codes: Codes
    if label == ALL:
        codes = [[labels or _NOTHING for labels in units.labels[one]] for one in who]
    else:
        codes = [[label in labels for labels in units.labels[one]] for one in who]
    known = len(units.beads)

    def told(measure: Measure, value: float | None, ends: tuple[float, float] | None) -> Agreement:
        low, high = ends if ends and value is not None else (None, None)
        return Agreement(label, who, measure, value, low, high, known)

    yield told("observed", observed(codes), interval.observed(codes))
    yield told("kappa", kappa(codes), interval.kappa(codes))
    yield told("alpha", alpha(codes), interval.alpha(codes, nominal))
    if label == ALL:
        yield told("alpha-masi", alpha(codes, masi), interval.alpha(codes, masi))
    counts = _overlaps(units, label, who)
    yield told("span-f1", bootstrap.f1(counts), interval.f1(counts))
    names = units.names if label == ALL else [label]
    marked = [[units.stretches.get(one, {}).get(name, ()) for one in who] for name in names]
    # beads that are drawn anew would make another continuum
    yield told("alpha-u", alpha_of_all(marked, units.length), None)


def nominal(one: Hashable, other: Hashable) -> float:
    """Give the distance of two values that are the same or not."""
    return float(one != other)


def masi(one: Hashable, other: Hashable) -> float:
    """Give the distance of two sets of labels (Passonneau 2006, "Measuring Agreement on Set-valued Items")."""
    from nltk.metrics.distance import masi_distance

    return float(masi_distance(one, other))


Distance = Callable[[Hashable, Hashable], float]


def observed(codes: Codes) -> float | None:
    """Give the share of units that two annotators agree on, the mean of all pairs; None without units.

    >>> observed([[1, 1, 2, 2], [1, 2, 2, 2]])
    0.75
    """
    return float(_task(codes, nominal).avg_Ao()) if _units(codes) else None


def kappa(codes: Codes) -> float | None:
    """Give Cohen's kappa (1960), of more than two annotators the mean of all pairs; None where nothing varies.

    >>> kappa([[1, 1, 2, 2], [1, 2, 2, 2]])
    0.5
    """
    pairs = list(itertools.combinations(codes, 2))
    # where both give but one label, the same, chance alone explains all
    if not _units(codes) or any(len({*one, *other}) < 2 for one, other in pairs):
        return None
    return float(_task(codes, nominal).kappa())


def alpha(codes: Codes, distance: Distance = nominal) -> float | None:
    """Give Krippendorff's alpha for a distance of values; None where all values are the same.

    A value None is missing: the annotator did not look at the unit. Source: Krippendorff (2011), "Computing
    Krippendorff's Alpha-Reliability".

    >>> round(alpha([[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]), 3)
    0.095
    """
    several = [unit for unit in zip(*codes, strict=True) if sum(value is not None for value in unit) > 1]
    if len({value for unit in several for value in unit if value is not None}) < 2:
        return None
    return float(_task(codes, distance).alpha())


def _units(codes: Codes) -> int:
    return len(codes[0]) if codes else 0


def _task(codes: Codes, distance: Distance) -> Any:
    from nltk.metrics.agreement import AnnotationTask

    values = ((str(coder), unit, value) for coder, held in enumerate(codes) for unit, value in enumerate(held))
    return AnnotationTask([one for one in values if one[2] is not None], distance=distance)


def _overlaps(units: Units, label: str, who: tuple[str, ...]) -> list[tuple[int, int]]:
    """Give for each bead twice the letters that both of a pair marked, and the letters that either marked, summed.

    Their quotient is F1, of all pairs together; letters count for a label each.
    """
    counts = []
    for number in range(len(units.beads)):
        held = [{letter for letter in units.letters[one][number] if label in {ALL, letter[0]}} for one in who]
        pairs = list(itertools.combinations(held, 2))
        counts.append((sum(2 * len(a & b) for a, b in pairs), sum(len(a) + len(b) for a, b in pairs)))
    return counts


COLUMNS = (
    Column("label", "category", "the label, empty for all labels together"),
    Column("annotators", "text", "who is compared"),
    Column(
        "measure",
        "category",
        "observed: share of beads with the same labels; kappa: Cohen's; alpha: Krippendorff's, nominal; alpha-masi: "
        "the same with the MASI distance of sets of labels; span-f1: overlap of the letters marked; alpha-u: "
        "Krippendorff's for unitizing, of the same stretches marked",
        source="Cohen 1960; Krippendorff 2004, 2011; Passonneau 2006",
        caveat="of more than two annotators, observed and kappa are means of all pairs",
    ),
    Column("value", "number", "the figure, empty where nothing varies"),
    Column("low", "number", "lower end of the 95 % interval, by resampling beads"),
    Column("high", "number", "upper end of the 95 % interval, by resampling beads"),
    Column("beads", "count", "how many beads were compared"),
)


def table(found: Sequence[Agreement]) -> Table:
    """Give figures as a table."""
    rows = [(one.label, ", ".join(one.who), one.measure, one.value, one.low, one.high, one.units) for one in found]
    return Table("agreement", "Agreement between annotators", COLUMNS, rows)
