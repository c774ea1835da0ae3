"""Hits and renderings in a terminal: both sides, what was found in colour, where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bialign.cli.console import printable
from bialign.cli.messages import Messages
from bialign.cli.table import open_terminal

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from bialign.concordance import Dispersion, Hit, Page, Renderings
    from bialign.store.beads import Side

NODE, ALSO, COUNTERPART = "bold red", "bold", "bold cyan"
_PIECE = 50
"""Hits that are laid out at once: a long page begins at once."""
_FORMS = 4
_PARTS = 20


def print_hits(page: Page, say: Messages) -> None:
    """Print hits with both sides of their beads, and below each where it stands."""
    terminal = open_terminal()
    width = len(str(page.hits[-1].number + 1)) if page.hits else 1
    for start in range(0, len(page.hits), _PIECE):
        table = _empty_table(width)
        for hit in page.hits[start : start + _PIECE]:
            nothing = say("(nothing)")
            table.add_row(str(hit.number + 1), _side(hit, "source", nothing), _side(hit, "target", nothing))
            table.add_row("", *_places(hit, say))
            table.add_section()
        terminal.print(table)


def print_kwic(page: Page) -> None:
    """Print a line for each hit, what was found one below the other."""
    from rich.text import Text

    terminal = open_terminal()
    number = len(str(page.hits[-1].number + 1)) if page.hits else 1
    bead = max((len(str(hit.bead)) for hit in page.hits), default=1)
    for hit in page.hits:
        node = printable(hit.node)
        room = terminal.width - number - bead - 4 - len(node)
        left = max(0, room // 2)
        line = Text(f"{hit.number + 1:>{number}}  ", style="dim")
        before = printable(hit.left)
        line.append(f"{before[max(0, len(before) - left) :]:>{left}}", style="default not dim")
        line.append(node, style=f"not dim {NODE}")
        after = max(0, room - left)
        line.append(f"{printable(hit.right)[:after]:<{after}}", style="default not dim")
        line.append(f"  {hit.bead:>{bead}}")
        terminal.print(line, no_wrap=True, crop=True, overflow="crop")


def print_renderings(found: Renderings, examples: Sequence[Hit], say: Messages) -> None:
    """Print renderings with their counts and forms, and an example of each with its place."""
    from rich.text import Text

    terminal = open_terminal()
    table = _grid()
    table.add_column(justify="right", width=len(str(found.looked_at)) + 1)
    table.add_column(justify="right", width=5)
    table.add_column(ratio=1, overflow="fold")
    table.add_column(ratio=2, overflow="fold")
    shown = iter(examples)
    for group in found.groups:
        forms = ", ".join(f"{form} {count}" for form, count in group.forms[:_FORMS])
        more = len(group.forms) - _FORMS
        name = Text(printable(group.lemma), style="bold")
        if [form for form, _ in group.forms] != [group.lemma]:
            name.append(f"\n{printable(forms)}{f', +{more}' if more > 0 else ''}", style="not bold dim")
        for number, (rendered, hit) in enumerate(zip(group.rendered, shown, strict=False)):
            other: Side = "target" if hit.side == "source" else "source"
            text = Text(printable(hit.target if other == "target" else hit.source))
            text.stylize(COUNTERPART, rendered.start, rendered.stop)
            text.append(f"\n{printable(hit.citation())}", style="dim")
            head = (str(group.count), f"{100 * group.share:.1f}%", name) if not number else ("", "", "")
            table.add_row(*head, text)
        table.add_section()
    terminal.print(table)


def print_dispersion(found: Dispersion, say: Messages) -> None:
    """Print how many hits each document has, and how evenly they are spread."""
    terminal = open_terminal()
    table = _grid(show_header=True)
    table.add_column(say("document"), ratio=1, overflow="fold")
    for name in (say("hits"), say("words"), say("per million")):
        table.add_column(name, justify="right")
    for part in found.parts[:_PARTS]:
        table.add_row(printable(part.document), str(part.hits), str(part.words), f"{part.per_million:.1f}")
    terminal.print(table)


def _grid(*, show_header: bool = False) -> Table:
    from rich.table import Table

    return Table(box=None, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), expand=True, show_header=show_header)


def _empty_table(width: int) -> Table:
    from rich.box import Box
    from rich.table import Table

    box = Box("    \n    \n    \n    \n    \n ── \n    \n    \n")
    table = Table(box=box, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), expand=True, show_header=False)
    table.border_style = "dim"
    table.add_column(justify="right", style="dim", width=width, no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    table.add_column(ratio=1, overflow="fold")
    return table


def _side(hit: Hit, side: Side, nothing: str) -> Text:
    from rich.text import Text

    text = hit.source if side == "source" else hit.target
    if not text:
        return Text(nothing, style="dim italic")
    # letter by letter the same, so that the marks stay where they are
    shown = Text(printable(text))
    for start, stop in hit.side_marks(side):
        node = side == hit.side and (start, stop) == (hit.start, hit.stop)
        shown.stylize(NODE if node else ALSO if side == hit.side else COUNTERPART, start, stop)
    return shown


def _places(hit: Hit, say: Messages) -> tuple[Text, Text]:
    from rich.text import Text

    facts = [say("bead {id}", id=hit.bead)]
    if hit.type != "1-1":
        facts.append(hit.type)
    if hit.status != "unreviewed":
        facts.append(say(hit.status))
    elif hit.probability < 1:
        facts.append(f"{100 * hit.probability:.0f}%")
    first = [hit.source_title, hit.source_place] if hit.source else []
    second = [hit.target_title, hit.target_place] if hit.target else []
    source = printable(", ".join(filter(None, first)))
    target = printable(", ".join(filter(None, second)))
    return Text(source, style="dim"), Text(" · ".join(filter(None, [target, *facts])), style="dim")


def spoken_counts(page: Page, hits: int, say: Messages, *, whole: bool = True) -> str:
    """Say which hits of how many a page shows."""
    if not page.hits:
        return say("nothing found")
    first, last = page.hits[0].number + 1, page.hits[-1].number + 1
    if whole:
        return say("{first}-{last} of {count} hits", first=first, last=last, count=hits)
    return say("{first}-{last} of more than {count} hits", first=first, last=last, count=hits)
