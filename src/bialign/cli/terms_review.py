"""Candidates in a terminal: a list of them, and one after the other, to be decided by a key."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from bialign.cli.console import Console, printable
from bialign.cli.keys import read_key
from bialign.cli.table import open_terminal

if TYPE_CHECKING:
    from rich.text import Text

    from bialign.cli.terms_extract import Work
    from bialign.terms.extraction import Candidate, Evidence

_ACCEPT, _REJECT, _LATER, _QUIT = "arsq"


def print_candidates(console: Console, chosen: Sequence[Candidate]) -> None:
    """Print candidates with both sides, what else they are called, and a line of evidence."""
    from rich.table import Table
    from rich.text import Text

    terminal = open_terminal()
    table = Table(box=None, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), expand=True, show_header=False)
    table.add_column(justify="right", style="dim", width=len(str(len(chosen) or 1)), no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    table.add_column(ratio=1, overflow="fold")
    table.add_column(justify="right", style="dim", no_wrap=True)
    for number, one in enumerate(chosen, 1):
        sides = [_side(one, lang) for lang in (one.source.lang, one.target.lang)]
        table.add_row(str(number), *sides, f"{one.count}×")
        if one.evidence:
            shown = [_marked(one.evidence[0], side) for side in (0, 1)]
            for text in shown:
                text.stylize("dim")
            table.add_row("", *shown, Text(""))
    terminal.print(table)


def review(console: Console, work: Work, candidates: Sequence[Candidate]) -> None:
    """Show candidates one by one; a key accepts, rejects, leaves for later or ends. Each decision is kept at once."""
    if not sys.stdin.isatty():
        raise click.UsageError(
            console.say("candidates are reviewed in a terminal; elsewhere use --accept and --reject")
        )
    terminal = open_terminal()
    counts = {_ACCEPT: 0, _REJECT: 0}
    for number, one in enumerate(candidates, 1):
        terminal.print()
        terminal.print(_head(one, number, len(candidates)))
        for line in one.evidence:
            for side in (0, 1):
                terminal.print(_marked(line, side))
        key = _key(console)
        if key == _QUIT:
            break
        if key == _ACCEPT:
            work.accept([one])
        elif key == _REJECT:
            work.reject([one.key])
        if key in counts:
            counts[key] += 1
    accepted = console.say.count(counts[_ACCEPT], "{count} candidate accepted", "{count} candidates accepted")
    console.note(f"{accepted}, {console.say('{count} rejected', count=counts[_REJECT])}")


def _key(console: Console) -> str:
    console.note(console.say("a accepts, r rejects, s leaves it for later, q ends"))
    return read_key({_ACCEPT, _REJECT, _LATER, _QUIT}, next_key=_LATER)


def _head(one: Candidate, number: int, total: int) -> Text:
    from rich.text import Text

    head = Text(f"{number}/{total}  ", style="dim")
    head.append_text(_side(one, one.source.lang))
    head.append("  |  ", style="dim")
    head.append_text(_side(one, one.target.lang))
    head.append(f"  {one.count}×", style="dim")
    return head


def _side(one: Candidate, lang: str) -> Text:
    from rich.text import Text

    main, *others = [printable(each.text) for each in one.expressions if each.lang == lang]
    text = Text(main, style="bold")
    if others:
        text.append(f" ({'; '.join(others)})", style="not bold dim")
    return text


def _marked(line: Evidence, side: int) -> Text:
    from rich.text import Text

    text = Text(printable((line.source, line.target)[side]))
    text.stylize("bold cyan", *(line.source_span, line.target_span)[side])
    return text
