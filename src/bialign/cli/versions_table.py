"""Versions and revisions in a terminal: in columns where these are wide enough, else one version under the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from bialign.cli.console import printable
from bialign.cli.messages import Messages
from bialign.cli.table import PIECE, open_terminal
from bialign.study.saying import Saying
from bialign.study.versions.measures import Summary
from bialign.study.versions.model import Collation
from bialign.study.versions.outputs.marks import Part, parts_of
from bialign.study.versions.outputs.page import figure, label
from bialign.study.versions.outputs.revised import kind_name, source_parts, task
from bialign.study.versions.revision import TRANSLATION, Revision
from bialign.study.versions.tables import summary_table

if TYPE_CHECKING:
    from rich.console import Console as Terminal
    from rich.table import Table
    from rich.text import Text

NARROWEST = 28
"""Letters of a column below which versions stand under each other."""
_SIGNS = {"removed": ("[-", "-]", "red strike"), "added": ("{+", "+}", "bold green"), "other": ("", "", "underline")}


def print_collation(collation: Collation, rows: Sequence[int], say: Messages) -> None:
    """Print rows of versions, given by their numbers."""
    terminal = open_terminal()
    about = len(str(len(collation.rows))) + len(collation.rows[0].type if collation.rows else "") + 8
    beside = (terminal.width - about) // len(collation.versions) >= NARROWEST
    for start in range(0, len(rows), PIECE):
        part = rows[start : start + PIECE]
        if beside:
            _print_columns(terminal, collation, part, say, header=not start)
        else:
            _print_stacked(terminal, collation, part, say)


def _print_columns(
    terminal: Terminal, collation: Collation, rows: Sequence[int], say: Messages, *, header: bool
) -> None:
    table = _table(terminal, show_header=header)
    table.add_column("", justify="right", style="dim", width=len(str(len(collation.rows))), no_wrap=True)
    table.add_column("", width=max(len(row.type) for row in collation.rows), no_wrap=True)
    table.add_column("%", justify="right", width=3, no_wrap=True)
    for version in collation.versions:
        table.add_column(_bold(printable(version.name)), ratio=1, overflow="fold")
    moved = collation.moved_to()
    for number in rows:
        row = collation.rows[number]
        cells = [drawn(parts, empty) for parts, empty in _cells(collation, number, moved, say)]
        table.add_row(str(number + 1), row.type, f"{100 * row.probability:.0f}", *cells)
        table.add_section()
    terminal.print(table)


def _print_stacked(terminal: Terminal, collation: Collation, rows: Sequence[int], say: Messages) -> None:
    from rich.table import Table

    moved = collation.moved_to()
    for number in rows:
        row = collation.rows[number]
        terminal.print(f"{number + 1}  {row.type}  {100 * row.probability:.0f}%", style="dim", markup=False)
        grid = Table.grid(padding=(0, 1, 0, 0), expand=True)
        grid.add_column(width=2)
        grid.add_column(width=min(14, max(len(version.name) for version in collation.versions)), overflow="fold")
        grid.add_column(ratio=1, overflow="fold")
        cells = _cells(collation, number, moved, say)
        for version, (parts, empty) in zip(collation.versions, cells, strict=True):
            grid.add_row("", _bold(printable(version.name)), drawn(parts, empty))
        terminal.print(grid)
        terminal.print()


def _cells(
    collation: Collation, number: int, moved: Mapping[tuple[int, int], int], say: Messages
) -> list[tuple[list[Part], str]]:
    """Give for each version its pieces in a row, and what to say where it has none."""
    cells = []
    for version, parts in enumerate(parts_of(collation, collation.rows[number])):
        goal = moved.get((number, version))
        cells.append((parts, say("(nothing)") if goal is None else say("(moved: {row})", row=goal + 1)))
    return cells


def print_summaries(collation: Collation, found: Sequence[Summary], say: Messages) -> None:
    """Print what was measured over all rows: a line for each measure, a column for each pair of versions."""
    saying, table = Saying(say.lang), summary_table(collation, found)
    terminal = open_terminal()
    shown = _table(terminal, show_header=True)
    shown.add_column("", ratio=2, overflow="fold")
    for row in table.rows:
        shown.add_column(_bold(printable(f"{row[0]} – {row[1]}")), justify="right", ratio=1, overflow="fold")
    for place, column in enumerate(table.columns[2:], 2):
        if any(row[place] is not None for row in table.rows):
            shown.add_row(label(column, saying), *(figure(row[place], saying) for row in table.rows))
    terminal.print(shown)


def print_revision(revision: Revision, say: Messages, *, all_rows: bool) -> None:
    """Print what is to be done with a translation, or all passages."""
    from rich.text import Text

    saying = Saying(say.lang)
    terminal = open_terminal()
    width = len(str(len(revision.entries)))
    for number, entry in enumerate(revision.entries, 1):
        done = task(entry, saying)
        if not (done or all_rows):
            continue
        head = f"{number:>{width}}  {kind_name(entry.kind, saying)}" + (f": {done}" if done else "")
        terminal.print(Text(head, style="bold" if done else "dim"))
        translation = revision.text(entry.translation, TRANSLATION)
        below = [source_parts(revision, entry), [Part("same", translation, glued=True)] if translation else []]
        for parts in below:
            terminal.print(_indented(drawn(parts, say("(nothing)")), width + 2))
        terminal.print()


def _indented(text: Text, by: int) -> Table:
    from rich.table import Table

    grid = Table.grid(expand=True)
    grid.add_column(width=by)
    grid.add_column(ratio=1, overflow="fold")
    grid.add_row("", text)
    return grid


def drawn(parts: Iterable[Part], nothing: str) -> Text:
    """Draw pieces of text: removed [-so-], added {+so+}, others underlined."""
    from rich.text import Text

    found = Text()
    for part in parts:
        before, after, style = _SIGNS.get(part.mark, ("", "", ""))
        found.append("" if part.glued or not found else " ")
        found.append(f"{before}{printable(part.text)}{after}", style=style or None)
    return found if found else Text(nothing, style="dim italic")


def _bold(text: str) -> Text:
    from rich.text import Text

    return Text(text, style="bold")


def _table(terminal: Terminal, *, show_header: bool) -> Table:
    from rich.box import Box
    from rich.table import Table

    box = Box("    \n    \n ── \n    \n ── \n ── \n    \n ── \n")
    table = Table(box=box, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), expand=True, show_header=show_header)
    table.border_style = "dim"
    return table
