"""``bialign show``: beads of a corpus on the terminal, chosen by status, type and probability."""

from __future__ import annotations

import json
import textwrap
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from bialign.bitext import STATUSES
from bialign.cli.command import Argument, Command, shared_options
from bialign.cli.console import Console, printable
from bialign.cli.corpus_options import corpus_argument, count, json_option, name_argument, open_to_read, share
from bialign.errors import CorpusError

if TYPE_CHECKING:
    from bialign.corpus import BeadView

WIDTH = 80


@click.command("show", cls=Command, example="bialign show peru.bialign letter --below 0.5")
@corpus_argument
@name_argument()
@click.argument("bead", cls=Argument, metavar="BEAD", callback=count, required=False, note="The id of one bead.")
@click.option("--status", type=click.Choice(STATUSES), metavar="STATUS", help="Only beads " + ", ".join(STATUSES) + ".")
@click.option("--type", "type_", metavar="TYPE", help="Only beads of a type, as 1-2.")
@click.option("--below", callback=share, metavar="P", help="Only beads less probable, 0 to 1.")
@click.option("--start", callback=count, default="1", metavar="N", help="From which of them on; 1.")
@click.option("--limit", callback=count, default="20", metavar="N", help="How many of them; 20.")
@json_option
@shared_options
@click.pass_obj
def show(
    console: Console,
    /,
    *,
    corpus: str,
    name: str,
    bead: int | None,
    start: int,
    limit: int,
    as_json: bool,
    **chosen: Any,
) -> None:
    """Show beads of a bitext with their ids, which stay the same whatever is changed around them."""

    choice = {"status": chosen["status"], "type": chosen["type_"], "below": chosen["below"]}
    with open_to_read(corpus) as opened:
        try:
            found = opened.beads(name, start=start - 1, limit=limit, **choice)
            number = opened.count(name, **choice)
        except ValueError:
            raise click.UsageError(console.say("a type of beads reads 1-2, not {type}", type=choice["type"])) from None
        if bead is not None:
            found, number = [opened.bead(bead)], 1
            if found[0].bitext != name:
                template = "bead {id} is one of {other}, not of {name}"
                raise CorpusError(template, place=corpus, id=bead, other=found[0].bitext, name=name)
    if as_json:
        console.write("".join(f"{json.dumps(_record(view), ensure_ascii=False)}\n" for view in found))
        return
    for view in found:
        console.write("\n".join(_lines(console, view)) + "\n")
    if bead is None:
        shown = console.say("{shown} of {count} beads", shown=len(found), count=number)
        console.note(shown)


def _record(view: BeadView) -> dict[str, object]:
    sides = {"source": view.source, "target": view.target}
    placed = {side: [segment._asdict() for segment in segments] for side, segments in sides.items()}
    return asdict(view) | placed | {"type": view.type}


def _lines(console: Console, view: BeadView) -> list[str]:
    """Show a bead in lines of 80 columns: id, type, probability and status, then one side after the other."""
    say = console.say
    words = [f"[{view.id}]", view.type, f"{100 * view.probability:.0f}%", say(view.status)]
    lines = ["  ".join(words)]
    for segments in (view.source, view.target):
        texts = [printable(segment.text) for segment in segments] or [say("(nothing)")]
        for text in texts:
            lines += textwrap.wrap(text, WIDTH, initial_indent="  ", subsequent_indent="    ") or ["  "]
    notes = [
        (say("reason: {text}", text=view.reason), view.reason),
        (say("comment: {text}", text=view.comment), view.comment),
    ]
    return lines + [printable(note) for note, text in notes if text]
