"""Indicators of two groups compared: text by text, or by blocks of segments where there are too few texts."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from bialign.errors import NotFound
from bialign.study.comparing.statistics import Difference, difference, holm
from bialign.study.indicators.measuring import Studied, lang_of, sides_of
from bialign.study.indicators.model import Indicator, Side
from bialign.study.tables import Column, Table

FEWEST = 3
"""Texts that each group must have for texts to be compared; with fewer, blocks of segments are."""
BLOCK = 100
"""Beads of a block: long enough for most indicators, and more or less independent of its neighbours."""

Unit = Literal["document", "block"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Hold how an indicator of one side differs between two groups; `p_corrected` is by Holm within the grouping.

    `unit` is what the values are of: documents, or blocks of segments, which tell of these texts only.
    """

    grouping: str
    groups: tuple[str, str]
    side: Side
    lang: str
    indicator: str
    unit: Unit
    found: Difference
    p_corrected: float


def compare(
    studied: Sequence[Studied], indicators: Sequence[Indicator[Any]], grouping: str, *, block: int = BLOCK,
    seed: int = 0,
) -> list[Comparison]:  # fmt: skip
    """Compare the groups of a grouping, each with each, by every indicator that has two values in both.

    Texts are what is permuted and resampled where every group has three or more, else blocks of `block` beads: then
    only these texts differ, which says nothing of other texts of the same groups. Sides are compared by language; the
    groups are in the order of their first texts. The same seed gives the same result.

    Raises NotFound where no text has the grouping, or all are of one group.
    """
    names = list(dict.fromkeys(text.groups[grouping] for text in studied if text.groups.get(grouping)))
    if len(names) < 2:
        raise NotFound("there are no two groups of {grouping} to compare", grouping=grouping)
    members = {name: [text for text in studied if text.groups.get(grouping) == name] for name in names}
    unit: Unit = "document" if min(map(len, members.values())) >= FEWEST else "block"
    units = {
        name: [part for text in texts for part in ([text] if unit == "document" else blocks(text, block))]
        for name, texts in members.items()
    }
    found = []
    for one, other in itertools.combinations(names, 2):
        for (side, lang, indicator), samples in _samples(units[one], units[other], indicators, unit):
            tested = difference(*samples, seed=seed)
            found.append(Comparison(grouping, (one, other), side, lang, indicator, unit, tested, 1.0))
    corrected = holm([one.found.p for one in found])
    return [_corrected(one, p) for one, p in zip(found, corrected, strict=True)]


def _corrected(one: Comparison, p: float) -> Comparison:
    from dataclasses import replace

    return replace(one, p_corrected=p)


def blocks(text: Studied, size: int) -> list[Studied]:
    """Cut a text into blocks of `size` beads; what is left at the end belongs to the last one, if it is no half block.

    A text of fewer beads is one block.
    """
    total = len(text.pair)
    starts = list(range(0, total, size))
    if len(starts) > 1 and total - starts[-1] < size / 2:
        starts.pop()
    ends = [*starts[1:], total]
    return [
        Studied(f"{text.name} {start + 1}-{end}", text.groups, text.langs, text.pair.part(start, end))
        for start, end in zip(starts, ends, strict=True)
    ]


def _samples(
    one: Sequence[Studied], other: Sequence[Studied], indicators: Sequence[Indicator[Any]], unit: Unit
) -> Iterator[tuple[tuple[Side, str, str], tuple[list[float], list[float]]]]:
    """Give the values of both groups for each side, language and indicator that both have."""
    for indicator in indicators:
        if indicator.theme == "size" and unit == "block":
            # how large a block is was not for the texts to say
            continue
        measured = [_values(texts, indicator) for texts in (one, other)]
        for key in measured[0]:
            samples = measured[0][key], measured[1].get(key, [])
            if min(map(len, samples)) >= 2:
                yield (*key, indicator.name), samples


def _values(texts: Sequence[Studied], indicator: Indicator[Any]) -> dict[tuple[Side, str], list[float]]:
    found: dict[tuple[Side, str], list[float]] = {}
    for text in texts:
        for side in sides_of(indicator, text.langs):
            value = indicator.of(text.side(side)).value
            if value is not None:
                found.setdefault((side, lang_of(side, text.langs)), []).append(value)
    return found


def table(compared: Sequence[Comparison]) -> Table:
    """Give comparisons as a table, one row each."""
    columns = (
        Column("grouping", "category", "what the groups are by"),
        Column("group_1", "category", "the first group"),
        Column("group_2", "category", "the second group"),
        Column("side", "category", "source, target, or pair for both together"),
        Column("lang", "category", "the language of the side"),
        Column("indicator", "category", "the name of the indicator"),
        Column("unit", "category", "what is permuted and resampled: documents, or blocks of segments",
               caveat="Blocks tell that these texts differ, and nothing of other texts of their groups."),
        Column("n_1", "count", "units of the first group"),
        Column("n_2", "count", "units of the second group"),
        Column("mean_1", "number", "mean of the first group's units"),
        Column("mean_2", "number", "mean of the second group's units"),
        Column("difference", "number", "mean of the first group less that of the second"),
        Column("low", "number", "lower end of the 95 % interval of the difference", source="Efron 1987",
               formula="bootstrap, bias-corrected and accelerated, 9,999 resamples"),
        Column("high", "number", "upper end of the 95 % interval of the difference", source="Efron 1987",
               formula="bootstrap, bias-corrected and accelerated, 9,999 resamples"),
        Column("cliffs_delta", "number", "size of the effect, from -1 to 1", source="Cliff 1993",
               formula="P(x > y) − P(x < y)"),
        Column("hedges_g", "number", "size of the effect, in standard deviations", source="Hedges 1981",
               formula="(x̄ − ȳ) / pooled s × (1 − 3 / (4 (n + m) − 9))"),
        Column("p", "number", "share of the permutations that differ as much, two-sided", source="Pitman 1937",
               formula="permutation test of the difference of means, 9,999 permutations or all"),
        Column("p_corrected", "number", "p corrected for the number of comparisons", source="Holm 1979"),
    )  # fmt: skip
    rows = [
        (
            one.grouping, *one.groups, one.side, one.lang, one.indicator, one.unit, *one.found.n, *one.found.means,
            one.found.difference, one.found.low, one.found.high, one.found.cliffs_delta, one.found.hedges_g,
            one.found.p, one.p_corrected,
        )
        for one in compared
    ]  # fmt: skip
    return Table("comparisons", "Groups compared", columns, rows)
