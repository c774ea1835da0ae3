"""The whole bitext at a glance: the figures above the text and the strip that shows where it is doubtful."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterator

from bialign.bitext import Bead, Bitext

# below this probability a bead is more likely wrong than right, and a reader is asked to look twice
DOUBTFUL = 0.5
_GRAVE = 0.25
_SURE = 0.9
_STRIP_COLUMNS = 480
_STRIP_HEIGHT = 32


def is_doubtful(bead: Bead) -> bool:
    """Tell whether a bead wants a second look: marked so by a person, or unreviewed and improbable."""
    return bead.status == "doubtful" or (bead.status == "unreviewed" and bead.probability < DOUBTFUL)


def happened(bead: Bead) -> str:
    """Name what the translator did: "split", "join", "regrouped", "omission", "addition", or "" for 1-1."""
    source, target = len(bead.source), len(bead.target)
    if not target:
        return "omission"
    if not source:
        return "addition"
    if source == target == 1:
        return ""
    return "split" if source == 1 else "join" if target == 1 else "regrouped"


def figures(bitext: Bitext, say: dict[str, str]) -> str:
    """Give the counts as the inside of a definition list; those that are zero are left out."""
    beads = bitext.beads
    kinds = Counter(map(happened, beads))
    total = len(beads)
    entries: list[tuple[str, str]] = [(named("beads", total), _number(total, say))]
    if beads:
        entries.append(("one_to_one", _percent(100 * kinds[""] / total, say)))
    counts = {
        "splits": kinds["split"],
        "joins": kinds["join"],
        "regroupings": kinds["regrouped"],
        "omissions": kinds["omission"],
        "additions": kinds["addition"],
        "moves": len(bitext.moves),
    }
    entries += [(named(key, count), _number(count, say)) for key, count in counts.items() if count]
    if beads:
        entries.append(("confidence", _percent(100 * sum(bead.probability for bead in beads) / total, say)))
        doubtful = sum(map(is_doubtful, beads))
        entries.append((named("doubtful", doubtful), _number(doubtful, say)))
    return "".join(
        f'<div><dt data-t="{key}">{html.escape(say[key])}</dt><dd {value}</dd></div>' for key, value in entries
    )


def named(key: str, count: int) -> str:
    """Give the key of what is counted, in the singular for one."""
    return f"{key}_one" if count == 1 else key


def _number(value: int, say: dict[str, str]) -> str:
    # the page's script writes numbers the same way when the language changes
    return f'data-n="{value}">{grouped(value, say)}'


def _percent(value: float, say: dict[str, str]) -> str:
    whole = round(value)
    return f'data-percent="{whole}">{whole}{chr(0xA0) if _spanish(say) else ""}%'


def _spanish(say: dict[str, str]) -> bool:
    return say["close"] == "Cerrar"


def grouped(value: int, say: dict[str, str]) -> str:
    """Write a whole number as English (12,345) or Spanish (12 345; four digits stay together) has it."""
    if _spanish(say):
        return str(value) if value < 10_000 else f"{value:,}".replace(",", "\u202f")
    return f"{value:,}"


def filters(bitext: Bitext, say: dict[str, str]) -> str:
    """Give the options of the page's filter, each with its count; their values are the rows' classes."""
    beads = bitext.beads
    options = (
        ("", "filter_all", len(beads)),
        ("d", "filter_doubtful", sum(map(is_doubtful, beads))),
        ("x", "filter_changed", sum(bead.type != "1-1" for bead in beads)),
        ("o", "filter_null", sum(bead.is_null for bead in beads)),
    )
    return "".join(
        f'<option value="{value}" data-label="{key}" data-count="{count}">'
        f"{html.escape(say[key])} ({grouped(count, say)})</option>"
        for value, key, count in options
    )


def strip(bitext: Bitext) -> str:
    """Draw the overview: each column is a run of beads, its bar the doubt of the worst, its marks the null beads."""
    beads = bitext.beads
    columns = max(1, min(_STRIP_COLUMNS, len(beads)))
    paths: dict[str, list[str]] = {"fair": [], "doubt": [], "grave": [], "null": []}
    for column in range(columns):
        run = beads[column * len(beads) // columns : (column + 1) * len(beads) // columns]
        for name, top, height in _marks(run):
            paths[name].append(f"M{column} {top:g}h1v{height:g}h-1z")
    drawn = "".join(f'<path class="{name}" d="{"".join(parts)}"/>' for name, parts in paths.items() if parts)
    return (
        f'<svg viewBox="0 0 {columns} {_STRIP_HEIGHT}" preserveAspectRatio="none" aria-hidden="true" '
        f'shape-rendering="crispEdges"><rect class="ground" y="5" width="{columns}" height="22"/>{drawn}</svg>'
    )


def _marks(run: tuple[Bead, ...]) -> Iterator[tuple[str, float, float]]:
    """Give a column's marks as (class, top, height); the band between 5 and 27 is for doubt."""
    worst = min((bead.probability for bead in run if bead.status in ("unreviewed", "doubtful")), default=1.0)
    if worst < _SURE:
        name = "fair" if worst >= DOUBTFUL else "doubt" if worst >= _GRAVE else "grave"
        height = round(max(3.0, 22 * (1 - worst)), 1)
        yield name, 27 - height, height
    if any(not bead.target for bead in run):
        yield "null", 0, 4
    if any(not bead.source for bead in run):
        yield "null", 28, 4
