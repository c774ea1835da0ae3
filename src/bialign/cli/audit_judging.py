"""The beads of a sample on the terminal, one after the other, to be judged by a key."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from bialign.cli.console import Console, printable
from bialign.cli.keys import QUIT, read_key
from bialign.cli.table import open_terminal

if TYPE_CHECKING:
    from rich.text import Text

    from bialign.study.audit import Item, Judgement

Keep = Callable[["Item", "Judgement | None"], None]
"""Keeps what was said of an item; None takes it back."""

_RIGHT, _WRONG, _LATER, _UNDO = "ynsu"
_KEYS = {"y": "y", "n": "n", "s": "s", "u": "u", QUIT: QUIT}
_SPANISH = {"s": "y", "n": "n", "d": "s", "u": "u", QUIT: QUIT}
"""In Spanish s is sí, and d (después) what s is in English."""


def check_terminal(console: Console) -> None:
    """Refuse to ask where nobody can answer."""
    if not sys.stdin.isatty():
        say = console.say
        raise click.UsageError(say("beads are judged in a terminal; elsewhere use --sheet, and --judged afterwards"))


def judge(console: Console, items: Sequence[Item], keep: Keep, by: str) -> list[Item]:
    """Ask of each item that nobody has judged; each answer is kept at once, u takes the last one back."""
    from dataclasses import replace

    found, done = list(items), list[int]()
    open_ = [number for number, item in enumerate(found) if item.judgement is None]
    at = 0
    while at < len(open_):
        number = open_[at]
        _show(console, found[number], number + 1, len(found), sum(item.judgement is not None for item in found))
        said = _ask(console, found[number], by)
        if said == QUIT:
            break
        if said == _UNDO:
            if done:
                at = open_.index(done.pop())
                found[open_[at]] = replace(found[open_[at]], judgement=None)
                keep(found[open_[at]], None)
            continue
        if not isinstance(said, str):
            found[number] = replace(found[number], judgement=said)
            keep(found[number], said)
            done.append(number)
        at += 1
    return found


def _ask(console: Console, item: Item, by: str) -> Judgement | str:
    from bialign.study.audit import right

    say = console.say
    keys = _SPANISH if say.lang == "es" else _KEYS
    console.note(say("y right, n wrong, s leaves it for later, u takes the last one back, q ends"))
    key = keys[read_key(keys)]
    now = datetime.now(UTC).isoformat(timespec="seconds")
    if key == _RIGHT:
        return right(item.unit, by, now)
    return _truth(console, item, by, now) if key == _WRONG else key


def _truth(console: Console, item: Item, by: str, now: str) -> Judgement:
    """Ask what begins in the source segments of a bead that is wrong, until the answer makes sense."""
    from bialign.study.audit import parse_truth, wrong

    say = console.say
    if not item.unit.source:
        return wrong(item.unit, (), by, now)
    while True:
        console.note(say("Which true beads begin in the source sentences shown? Types, as 12 or 11 10; - for none:"))
        answer = click.prompt("", prompt_suffix="> ", default="", show_default=False, err=True)
        try:
            return wrong(item.unit, parse_truth(answer), by, now)
        except ValueError:
            console.warn(say("{answer} does not fit a bead {type}", answer=answer, type=item.unit.type))


def _show(console: Console, item: Item, number: int, total: int, done: int) -> None:
    from rich.table import Table
    from rich.text import Text

    say, terminal = console.say, open_terminal()
    terminal.print()
    head = Text(f"{number}/{total}  {item.unit.type}", style="bold")
    head.append(f"  {printable(item.unit.text)}  {say('{done} judged', done=done)}", style="not bold dim")
    terminal.print(head)
    table = Table(box=None, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0), expand=True, show_header=False)
    for _ in range(2):
        table.add_column(ratio=1, overflow="fold")
    table.add_row(*(Text(printable(text) or "·", style="dim") for text in item.before))
    table.add_row(*(_segments(text, say("(nothing)")) for text in item.texts))
    table.add_row(*(Text(printable(text) or "·", style="dim") for text in item.after))
    terminal.print(table)


def _segments(text: str, nothing: str) -> Text:
    """Show the segments of a side, each with a mark at its beginning."""
    from rich.text import Text

    from bialign.study.audit.sheet import BETWEEN

    if not text:
        return Text(nothing, style="italic")
    return Text("\n").join(Text(f"▸ {printable(segment)}", style="bold") for segment in text.split(BETWEEN))


def judge_name(given: str) -> str:
    """Say who judges: the name given, else the user's."""
    return given or os.environ.get("USER") or os.environ.get("USERNAME") or ""
