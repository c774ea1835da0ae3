"""A bitext as a side-by-side table for a terminal."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from bialign.bitext import Bead, Bitext, Document, Segment
from bialign.cli.console import printable
from bialign.cli.messages import Messages
from bialign.remarks import DOUBTFUL, name_of

if TYPE_CHECKING:
    from rich.console import Console as Terminal
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

    from bialign.termbase import Termbase

    Below = Callable[[Bead], Iterable[tuple[RenderableType, RenderableType]]]

CERTAIN = 0.9
PIECE = 50
NARROWEST = 60
WIDEST = 160
"""Columns of a terminal: below, the sides no longer fit beside each other; above, lines get too long to read."""


def print_table(bitext: Bitext, termbase: Termbase | None, say: Messages) -> None:
    """Print the beads of a bitext side by side, terms of the glossary underlined, doubtful beads in red.

    All columns have fixed widths, so a long bitext is printed piece by piece: it begins at once and looks the same.
    """
    print_rows(bitext, range(len(bitext.beads)), termbase, say)


def print_rows(
    bitext: Bitext, rows: Sequence[int], termbase: Termbase | None, say: Messages, below: Below | None = None
) -> None:
    """Print some beads of a bitext, given by their indices; `below` gives lines to put under each, as (sign, text)."""
    terminal, moved_to = open_terminal(), bitext.moved_to()
    pieces = [rows[start : start + PIECE] for start in range(0, len(rows), PIECE)] or [rows]
    if below:
        # a table cannot hold a line across its columns: each bead is one of its own, and what is said of it follows
        pieces = [[row] for row in rows]
    for number, piece in enumerate(pieces):
        if number:
            terminal.rule(style="dim")
        table = _empty_table(bitext, show_header=not number)
        for row in piece:
            bead = bitext.beads[row]
            nothing = say("(moved: {row})", row=moved_to[row] + 1) if row in moved_to else say("(nothing)")
            table.add_row(
                str(row + 1),
                _type(bead),
                _percent(bead),
                _cell(bitext.source_segments[slice(*bead.source)], bitext.source.lang, termbase, nothing),
                _cell(bitext.target_segments[slice(*bead.target)], bitext.target.lang, termbase, nothing),
            )
            table.add_section()
        terminal.print(table)
        if below:
            terminal.print(_below(bitext, below(bitext.beads[piece[0]])))


def _below(bitext: Bitext, lines: Iterable[tuple[RenderableType, RenderableType]]) -> Table:
    """Set lines under the texts of a bead, over both columns."""
    from rich.table import Table

    table = Table.grid(padding=(0, 1, 0, 0), expand=True)
    table.add_column(width=_number_width(bitext) + 2 * (3 + 1))
    table.add_column(width=1)
    table.add_column(ratio=1, overflow="fold")
    for sign, text in lines:
        table.add_row("", sign, text)
    return table


def _number_width(bitext: Bitext) -> int:
    return len(str(len(bitext.beads)))


def open_terminal() -> Terminal:
    """Give what tables are printed with, as wide as the terminal, in plain letters where stdout is none."""
    from rich.console import Console as Terminal

    class Pipeable(Terminal):
        """A terminal whose reader may go away; what that means is decided in one place for all commands."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    columns = shutil.get_terminal_size((80, 24)).columns
    return Pipeable(file=sys.stdout, width=max(NARROWEST, min(columns, WIDEST)), highlight=False)


def _empty_table(bitext: Bitext, *, show_header: bool) -> Table:
    from rich.box import Box
    from rich.table import Table

    # thin lines between the rows only: the texts are what one looks at
    box = Box("    \n    \n ── \n    \n ── \n ── \n    \n ── \n")
    table = Table(box=box, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), expand=True, show_header=show_header)
    table.border_style = "dim"
    table.add_column("", justify="right", style="dim", width=_number_width(bitext), no_wrap=True)
    table.add_column("", width=3, no_wrap=True)
    table.add_column("%", justify="right", width=3, no_wrap=True)
    for document in (bitext.source, bitext.target):
        table.add_column(_heading(document), ratio=1, overflow="fold")
    return table


def _heading(document: Document) -> Text:
    from rich.text import Text

    lang = f" ({document.lang})" if document.lang else ""
    return Text(f"{name_of(document)}{lang}", style="bold")


def _type(bead: Bead) -> Text:
    from rich.text import Text

    return Text(bead.type, style="dim" if bead.type == "1-1" else "magenta" if bead.is_null else "cyan")


def _percent(bead: Bead) -> Text:
    from rich.text import Text

    style = "green" if bead.probability >= CERTAIN else "yellow" if bead.probability >= DOUBTFUL else "bold red"
    return Text(f"{100 * bead.probability:.0f}", style=style)


def _cell(segments: Sequence[Segment], lang: str, termbase: Termbase | None, nothing: str) -> Text:
    """Show the segments of one side of a bead, each beginning a line, or `nothing`."""
    from rich.text import Text

    if not segments:
        return Text(nothing, style="dim italic")
    return Text("\n").join(_marked(printable(segment.text), lang, termbase) for segment in segments)


def _marked(text: str, lang: str, termbase: Termbase | None) -> Text:
    from rich.text import Text

    marked = Text(text)
    for hit in termbase.find(text, lang) if termbase is not None else ():
        marked.stylize("underline", hit.start, hit.stop)
    return marked
