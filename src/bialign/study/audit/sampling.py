"""Which units of an alignment are judged: a stratified random sample, more of it where the outcome is less certain.

Strata are types of beads, cut by probability into parts that hold equally much of the uncertainty (the rule of
Dalenius & Hodges 1959 with the standard deviation that the probability itself foretells). Most of the sample goes where
Neyman (1934) would have it, to N * sqrt(p * (1 - p)); a part goes to strata by their size, since probabilities may be
wrong, and a part to each type alike, so that rare types are seen. No probability is quite believed: each counts as if
it were a little nearer to one half.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bialign.study.audit.units import Unit

OTHER = "other"
_LEAST_OF_TYPE = 25  # units that make a type a stratum of its own
_LEAST_IN_PART = 20
_PARTS = 8  # of all types together, if all are large enough
_DOUBT = 0.02  # of being wrong about a probability
_EVENLY = 0.2  # of the sample, to each type alike
_BY_SIZE = 0.35  # of the sample, to strata by their size
_LEAST_DRAWN = 4  # of each stratum, where it has as many


@dataclass(frozen=True, slots=True)
class Stratum:
    """Hold units alike, by their indices, in the random order in which they are drawn; `group` is their type."""

    name: str
    group: str
    drawn: tuple[int, ...]
    deviation: float
    """The standard deviation of being right that the probabilities foretell."""
    mean: float
    """The mean probability."""

    def __len__(self) -> int:
        return len(self.drawn)


def strata_of(units: Sequence[Unit], seed: int = 0) -> tuple[Stratum, ...]:
    """Part units into strata; the same units and seed give the same strata, drawn in the same order.

    A larger sample by the same seed holds every smaller one.
    """
    count = Counter(unit.type for unit in units)
    members: dict[str, list[int]] = {}
    for index, unit in enumerate(units):
        known = unit.is_null or count[unit.type] >= _LEAST_OF_TYPE
        members.setdefault(unit.type if known else OTHER, []).append(index)
    whole = sum(map(_deviation, (unit.probability for unit in units)))
    found = []
    for group in sorted(members, key=lambda name: (name == OTHER, -len(members[name]), name)):
        ranked = sorted(members[group], key=lambda index: (units[index].probability, index))
        share = sum(_deviation(units[index].probability) for index in ranked) / whole
        parts = max(1, min(round(_PARTS * share), len(ranked) // _LEAST_IN_PART))
        for number, part in enumerate(_parts(ranked, units, parts), 1):
            found.append(_stratum(group, number, part, units, seed))
    return tuple(found)


def _deviation(probability: float) -> float:
    p = _believed(probability)
    return float((p * (1 - p)) ** 0.5)


def _believed(probability: float) -> float:
    return _DOUBT / 2 + (1 - _DOUBT) * probability


def _parts(ranked: Sequence[int], units: Sequence[Unit], parts: int) -> list[list[int]]:
    """Cut units that stand in the order of their probability into parts of equally much uncertainty."""
    total = sum(_deviation(units[index].probability) for index in ranked)
    found: list[list[int]] = [[]]
    gathered = 0.0
    for place, index in enumerate(ranked):
        full = gathered >= total * len(found) / parts and len(found[-1]) >= _LEAST_IN_PART
        if full and len(found) < parts and len(ranked) - place >= _LEAST_IN_PART:
            found.append([])
        found[-1].append(index)
        gathered += _deviation(units[index].probability)
    return found


def _stratum(group: str, number: int, part: Sequence[int], units: Sequence[Unit], seed: int) -> Stratum:
    name = f"{group}/{number}"
    order = list(part)
    random.Random(f"{seed} {name}").shuffle(order)
    believed = [_believed(units[index].probability) for index in part]
    deviation = (sum(p * (1 - p) for p in believed) / len(part)) ** 0.5
    return Stratum(name, group, tuple(order), deviation, sum(units[i].probability for i in part) / len(part))


def allocate(strata: Sequence[Stratum], size: int) -> list[int]:
    """Say how many units of each stratum are drawn for a sample of `size`; all where there are no more.

    ValueError unless there is one at least.
    """
    if size < 1:
        raise ValueError("a sample of one unit at least is wanted")
    groups = Counter(stratum.group for stratum in strata)
    uncertain = sum(len(stratum) * stratum.deviation for stratum in strata)
    units = sum(map(len, strata))
    neyman = 1 - _EVENLY - _BY_SIZE
    shares = [
        neyman * len(s) * s.deviation / uncertain + _BY_SIZE * len(s) / units + _EVENLY / len(groups) / groups[s.group]
        for s in strata
    ]
    given = [min(len(stratum), _LEAST_DRAWN) for stratum in strata]
    size = min(max(size, sum(given)), units)
    while sum(given) < size:
        # to the one that has least of what is due to it
        open_ = [n for n, stratum in enumerate(strata) if given[n] < len(stratum)]
        given[min(open_, key=lambda n: (given[n] + 1) / shares[n])] += 1
    return given


def draw(strata: Sequence[Stratum], size: int) -> list[tuple[int, Stratum]]:
    """Give a sample: the index of each unit with its stratum, in the order of the text."""
    sizes = allocate(strata, size)
    found = [(index, s) for s, count in zip(strata, sizes, strict=True) for index in s.drawn[:count]]
    return sorted(found, key=lambda pair: pair[0])
