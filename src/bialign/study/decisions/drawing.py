"""Plots of decisions: how often each type occurs, with intervals, and where along the texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bialign.study.decisions.counting import Count, counts, positions
from bialign.study.decisions.model import TYPES, Decision, Findings, Type
from bialign.study.plots import COLOURS, DASHES, HATCHES, MARKS, svg
from bialign.study.saying import Saying

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SHOWN: tuple[Type, ...] = tuple(type for type in TYPES if type != "kept")
"""Types that plots show: what is kept would leave no room for the others, and is what remains of 100%."""

_MANY = 600  # marks of a strip from which they no longer stand apart
_MOST_GROUPS = len(COLOURS)
_ROW = 0.42  # inches


def plot_frequencies(findings: Findings, *, lang: str = "en", grouping: str = "") -> str:
    """Draw how often each type occurs, in shares of the beads with 95% intervals; by group if a grouping is named.

    Gives an ``<svg>`` element. Only the first 8 groups are drawn. Raises MissingExtra without matplotlib.
    """
    say = Saying(lang)
    chosen = [count for count in counts(findings) if count.grouping == (grouping or "all") and count.type in SHOWN]
    groups = list(dict.fromkeys(count.group for count in chosen))[:_MOST_GROUPS]
    title = say("How often each type of decision occurs")
    told = "; ".join(
        f"{say(count.type)}{f' ({count.group})' if count.group else ''}: {_percent(say, count.share)}"
        for count in chosen
        if count.group in groups and count.share is not None
    )
    height = 0.9 + _ROW * len(SHOWN) * max(1.0, 0.5 * len(groups))
    return svg(
        lambda axes: _bars(axes, chosen, groups, say), title=title, description=told, height=height, lang=lang
    )  # fmt: skip


def _bars(axes: Axes, chosen: Sequence[Count], groups: Sequence[str], say: Saying) -> None:
    thick = 0.8 / max(1, len(groups))
    for place, group in enumerate(groups):
        rows = {count.type: count for count in chosen if count.group == group}
        shares = [100 * (rows[type].share or 0) for type in SHOWN]
        low = [100 * ((rows[type].share or 0) - (rows[type].low or 0)) for type in SHOWN]
        high = [100 * ((rows[type].high or 0) - (rows[type].share or 0)) for type in SHOWN]
        at = [number + (place - (len(groups) - 1) / 2) * thick for number in range(len(SHOWN))]
        axes.barh(
            at, shares, thick, color=COLOURS[place], hatch=HATCHES[place], edgecolor="white", label=group,
            xerr=[[max(0.0, value) for value in low], [max(0.0, value) for value in high]],
            error_kw={"elinewidth": 0.9, "capsize": 2, "ecolor": "#333333"},
        )  # fmt: skip
        if len(groups) == 1:
            for y, type in zip(at, SHOWN, strict=True):
                count = rows[type]
                axes.annotate(
                    say.number(count.decisions), (100 * (count.high or 0), y), (4, 0), textcoords="offset points",
                    va="center", color="#333333",
                )  # fmt: skip
    axes.set_yticks(range(len(SHOWN)), [say(type) for type in SHOWN])
    axes.invert_yaxis()
    axes.grid(visible=False, axis="y")
    axes.set_xlim(left=0)
    axes.margins(x=0.12)
    axes.set_xlabel(say("% of the beads, with 95% intervals"))
    if len(groups) > 1:
        axes.legend(loc="lower right")


def plot_positions(findings: Findings, *, lang: str = "en") -> str:
    """Draw where along the original and the translation decisions stand: marks, or lines by tenths if there are many.

    Several texts lie upon each other, each from its beginning (0) to its end (1). Gives an ``<svg>`` element. Raises
    MissingExtra without matplotlib.
    """
    say = Saying(lang)
    title = say("Where along the texts decisions stand")
    by_type = {type: [row for row in findings.decisions if row.type == type and not row.aside] for type in SHOWN}
    told = "; ".join(f"{say(type)}: {say.number(len(rows))}" for type, rows in by_type.items())
    if max(len(rows) for rows in by_type.values()) > _MANY:
        return svg(lambda axes: _lines(axes, findings, say), title=title, description=told, height=3.4, lang=lang)
    return svg(
        lambda axes: _strips(axes, by_type, say), title=title, description=told, height=0.9 + _ROW * len(SHOWN),
        lang=lang,
    )  # fmt: skip


def _strips(axes: Axes, by_type: dict[Type, list[Decision]], say: Saying) -> None:
    """Draw two rugs for each type: marks above the line are places of the original, below it of the translation."""
    for number, (type, rows) in enumerate(by_type.items()):
        for side, shift in ((0, -0.2), (1, 0.2)):
            confirmed = [_place(row, side) for row in rows if row.confirmed]
            inferred = [_place(row, side) for row in rows if not row.confirmed]
            colour = COLOURS[(0, 5)[side]]
            for places, width in ((confirmed, 1.8), (inferred, 0.9)):
                if places:
                    axes.eventplot(
                        places, lineoffsets=number + shift, linelengths=0.34, colors=colour, linewidths=width
                    )  # fmt: skip
        for row in rows if type == "moved" else ():
            ends = (_place(row, 0), _place(row, 1)), (number - 0.03, number + 0.03)
            axes.plot(*ends, color="#777777", linewidth=0.7)
    axes.set_yticks(range(len(by_type)), [say(type) for type in by_type])
    axes.set_ylim(len(by_type) - 0.5, -0.5)
    axes.set_xlim(0, 1)
    axes.grid(visible=False, axis="y")
    axes.set_xlabel(say("share of the text; above: original, below: translation"))


def _place(row: Decision, side: int) -> float:
    return (row.source, row.target)[side].position


def _lines(axes: Axes, findings: Findings, say: Saying) -> None:
    """Draw the share of each type by tenths of the original."""
    chosen = [row for row in positions(findings) if row.grouping == "all"]
    for number, type in enumerate(SHOWN):
        rows = [row for row in chosen if row.type == type]
        if any(row.decisions for row in rows):
            axes.plot(
                [row.tenth for row in rows], [100 * (row.share or 0) for row in rows], color=COLOURS[number],
                linestyle=DASHES[number], marker=MARKS[number], markersize=4, label=say(type),
            )  # fmt: skip
    axes.set_xticks(range(1, 11))
    axes.set_ylim(bottom=0)
    axes.set_xlabel(say("tenth of the original"))
    axes.set_ylabel(say("% of the beads"))
    axes.legend(loc="center left", bbox_to_anchor=(1, 0.5))


def _percent(say: Saying, share: float | None) -> str:
    return f"{say.number(100 * (share or 0), 1)}%" if say.lang == "en" else f"{say.number(100 * (share or 0), 1)} %"
