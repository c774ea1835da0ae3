"""The translator's decisions as a summary for a terminal: how often, with bars, and where along the text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bialign.cli.console import printable
from bialign.cli.messages import Messages
from bialign.study.saying import Saying

if TYPE_CHECKING:
    from bialign.study.decisions import Decision, Findings
    from bialign.study.decisions.counting import Count

BAR = 16
_STEPS = " ▁▂▃▄▅▆▇█"
_EIGHTHS = " ▏▎▍▌▋▊▉"
_WIDTH = 80


def summary(say: Messages, found: Findings, types: Sequence[str], show: int) -> str:
    """Write how often each type occurs, with bars on one scale, and how it lies over the tenths of the texts."""
    from bialign.study.decisions.counting import counts, positions

    said = Saying(say.lang)
    rows = {row.type: row for row in counts(found) if row.grouping == "all"}
    along: dict[str, list[int]] = {}
    for tenth in positions(found):
        if tenth.grouping == "all":
            along.setdefault(tenth.type, []).append(tenth.decisions)
    lines = [*_head(say, found, rows), "", *_table(say, said, rows, along, types)]
    lines += ["", *_shifts(said, found)] if found.candidates else []
    shown = [row for row in found.decisions if not row.aside and (row.type in types if types else row.type != "kept")]
    for row in shown[:show]:
        lines += ["", *_passages(said, row)]
    return "\n".join(lines) + "\n"


def _head(say: Messages, found: Findings, rows: dict[str, Count]) -> Iterator[str]:
    said = Saying(say.lang)
    sentences = sum(size.source_sentences for size in found.sizes), sum(size.target_sentences for size in found.sizes)
    texts = say.count(len(found.sizes), "{count} text", "{count} texts")
    yield say(
        "{texts}: {source} sentences, {target} in the translation, {beads} beads",
        texts=texts,
        source=said.number(sentences[0]),
        target=said.number(sentences[1]),
        beads=said.number(sum(size.beads for size in found.sizes)),
    )
    aside = [
        f"{said(type.removeprefix('aside: '))} {said.number(row.beads)}"
        for type, row in rows.items()
        if type.startswith("aside") and row.beads
    ]
    if aside:
        text = say("set aside, as none of the translator's doing: {reasons}", reasons=", ".join(aside))
        yield from textwrap.wrap(text, _WIDTH)
    confirmed = sum(row.confirmed for type, row in rows.items() if not type.startswith("aside"))
    total = sum(row.decisions for type, row in rows.items() if not type.startswith("aside"))
    yield say(
        "{confirmed} of {total} decisions are confirmed by a person, the others inferred",
        confirmed=said.number(confirmed),
        total=said.number(total),
    )


def _table(
    say: Messages, said: Saying, rows: dict[str, Count], along: dict[str, list[int]], types: Sequence[str]
) -> Iterator[str]:
    chosen = [row for type, row in rows.items() if not type.startswith("aside") and (not types or type in types)]
    # what is kept is most: on its scale nothing else could be seen
    scale = max((row.share or 0 for row in chosen if row.type != "kept"), default=0) or 1
    width = max(len(said(row.type)) for row in chosen)
    head = f"{say('number'):>8}{say('expected'):>10}{'%':>6}  {say('95% interval'):<15}{say('along the text')}"
    yield f"{'':{width}}{head}".rstrip()
    for row in chosen:
        share, low, high = (_percent(said, value) for value in (row.share, row.low, row.high))
        interval = f"{low}–{high}" if row.share is not None else ""
        bar = "" if row.type == "kept" else bar_of((row.share or 0) / scale, BAR)
        yield (
            f"{said(row.type):{width}}{said.number(row.decisions):>8}{said.number(row.expected, 1):>10}{share:>6}"
            f"  {interval:<15}{sparks(along[row.type])}  {bar}"
        ).rstrip()


def bar_of(share: float, width: int) -> str:
    """Draw a bar of so many columns, by eighths of them.

    >>> bar_of(0.5, 3), bar_of(0, 3)
    ('█▌', '')
    """
    eighths = round(min(1.0, max(0.0, share)) * width * 8)
    return ("█" * (eighths // 8) + _EIGHTHS[eighths % 8]).rstrip()


def sparks(values: Sequence[int]) -> str:
    """Draw a row of numbers as columns of their height, a blank for 0.

    >>> sparks([0, 1, 4, 8])
    ' ▁▄█'
    """
    most = max(values, default=0) or 1
    return "".join(_STEPS[-(-value * (len(_STEPS) - 1) // most)] for value in values)


def _percent(said: Saying, share: float | None) -> str:
    if share is None:
        return "-"
    text = f"{100 * share:.1f}"
    return text.replace(".", ",") if said.lang == "es" else text


def _shifts(said: Saying, found: Findings) -> Iterator[str]:
    """Count the candidates for shifts in explicitness by their kinds."""
    counted: dict[tuple[str, str], int] = {}
    for row in found.candidates:
        counted[row.shift, row.kind] = counted.get((row.shift, row.kind), 0) + 1
    for shift in ("explicitation", "implicitation"):
        kinds = {kind: number for (of, kind), number in counted.items() if of == shift}
        if kinds:
            listed = ", ".join(f"{said(kind)} {said.number(number)}" for kind, number in kinds.items())
            head = f"{said('candidates for ' + shift)}: {said.number(sum(kinds.values()))}"
            yield from textwrap.wrap(f"{head} ({listed})", _WIDTH)


def _passages(said: Saying, row: Decision) -> Iterator[str]:
    sure = said("confirmed") if row.confirmed else f"{_percent(said, row.probability)} %"
    yield f"{said(row.type)}  {row.text} {row.bead}  {sure}  {row.source.place or row.target.place}".rstrip()
    for sign, passage in (("<", row.source), (">", row.target)):
        text = printable(passage.text) or "-"
        yield from textwrap.wrap(text, _WIDTH, initial_indent=f"  {sign} ", subsequent_indent="    ")
