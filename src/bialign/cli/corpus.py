"""``bialign init``, ``list``, ``status`` and ``remove``: a corpus in one file, made and looked at as a whole."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bialign.cli.command import Argument, Command, shared_options
from bialign.cli.console import Console, as_argument, printable
from bialign.cli.corpus_options import corpus_argument, json_option, name_argument, open_to_read
from bialign.cli.history import moment, say_entry

if TYPE_CHECKING:
    from bialign.corpus import BitextInfo, Corpus

BAR = 40
"""Letters of the bar that shows how much is reviewed."""


@click.command("init", cls=Command, example="bialign init peru.bialign --title 'Peru, 1990-2001'")
@click.argument("corpus", cls=Argument, metavar="CORPUS", note="The corpus file to make.")
@click.option("--title", metavar="TEXT", default="", help="What the corpus is called; by default as its file.")
@shared_options
@click.pass_obj
def init(console: Console, /, *, corpus: str, title: str) -> None:
    """Make an empty corpus: one file for texts, beads, glossary and history."""
    from bialign.corpus import Corpus

    path = Path(corpus)
    if not path.absolute().parent.is_dir():
        raise click.UsageError(console.say("there is no folder {path}", path=path.parent))
    with Corpus.create(path, title=title) as made:
        console.done(console.say("{path}: an empty corpus, “{title}”", path=path, title=made.title))
    console.note(console.say("bialign add {path} FILES... brings texts in", path=as_argument(path)))


@click.command("list", cls=Command, example="bialign list peru.bialign")
@corpus_argument
@json_option
@shared_options
@click.pass_obj
def list_bitexts(console: Console, /, *, corpus: str, as_json: bool) -> None:
    """List the bitexts of a corpus: their documents, languages, beads and types of beads."""

    with open_to_read(corpus) as opened:
        infos = [(info, opened.types(info.name)) for info in opened.bitexts()]
    if as_json:
        console.write(json.dumps([asdict(info) | {"types": types} for info, types in infos], ensure_ascii=False))
        return
    for info, types in infos:
        console.write("".join(f"{line}\n" for line in _described(console, info, types)))
    if not infos:
        path = as_argument(corpus)
        console.note(console.say("the corpus is empty: bialign add {path} FILES... brings texts in", path=path))


def _described(console: Console, info: BitextInfo, types: dict[str, int]) -> list[str]:
    """Describe a bitext in lines."""
    say = console.say
    counts = [say.count(info.beads, "{count} bead", "{count} beads")]
    counts += [say("reviewed: {count}", count=info.reviewed), say("doubtful: {count}", count=info.doubtful)]
    sides = [
        f"{side.origin or side.name}" + (f" ({side.lang})" if side.lang else "") for side in (info.source, info.target)
    ]
    listed = ", ".join(f"{type}: {count}" for type, count in types.items())
    lines = [f"{info.name}: {', '.join(counts)}", f"  {' | '.join(sides)}", *([f"  {listed}"] if listed else [])]
    return [printable(line) for line in lines]


@click.command("status", cls=Command, example="bialign status peru.bialign")
@corpus_argument
@json_option
@shared_options
@click.pass_obj
def status(console: Console, /, *, corpus: str, as_json: bool) -> None:
    """Say how far the work on a corpus is: documents, beads, how many are reviewed or doubtful, the last change."""

    with open_to_read(corpus) as opened:
        console.write(_status_json(opened) if as_json else "\n".join(_status(console, opened)))


def _totals(infos: Sequence[BitextInfo]) -> Counter[str]:
    totals: Counter[str] = Counter()
    for info in infos:
        totals.update(beads=info.beads, reviewed=info.reviewed, doubtful=info.doubtful)
    totals["documents"] = len({side.id for info in infos for side in (info.source, info.target)})
    return totals


def _status_json(corpus: Corpus) -> str:
    infos = corpus.bitexts()
    totals, last = _totals(infos), corpus.history(1)
    glossary = corpus.glossary()
    said = {
        "title": corpus.title,
        "version": corpus.version,
        "bitexts": len(infos),
        **{name: totals[name] for name in ("documents", "beads", "reviewed", "doubtful")},
        "concepts": len(glossary.concepts) if glossary else 0,
        "changed": last[0].event.at if last else None,
    }
    return json.dumps(said, ensure_ascii=False, indent=2)


def _status(console: Console, corpus: Corpus) -> list[str]:
    say, infos = console.say, corpus.bitexts()
    totals, last, glossary = _totals(infos), corpus.history(1), corpus.glossary()
    counts = [
        say.count(len(infos), "{count} bitext", "{count} bitexts"),
        say.count(totals["documents"], "{count} document", "{count} documents"),
        say.count(totals["beads"], "{count} bead", "{count} beads"),
    ]
    if glossary:
        counts.append(say.count(len(glossary.concepts), "{count} concept", "{count} concepts"))
    lines = [printable(corpus.title), ", ".join(counts)]
    if totals["beads"]:
        share = totals["reviewed"] / totals["beads"]
        reviewed = say("reviewed: {count}", count=totals["reviewed"])
        lines.append(
            f"{bar(share)} {100 * share:.0f}%  {reviewed}, {say('doubtful: {count}', count=totals['doubtful'])}"
        )
    if last:
        entry = last[0]
        change = f"{moment(entry.event.at)}, {entry.event.who}: {say_entry(entry, say)}"
        lines.append(say("last change: {change}", change=printable(change)))
    return [*lines, say("version: {version}", version=corpus.version)]


def bar(share: float) -> str:
    """Draw a share, 0 to 1; it is full only if nothing is left to do.

    >>> bar(0.999).count("█"), bar(1).count("█"), bar(0.0001).count("█")
    (39, 40, 1)
    """
    full = BAR if share >= 1 else min(BAR - 1, max(round(share * BAR), int(share > 0)))
    return "█" * full + "░" * (BAR - full)


@click.command("remove", cls=Command, example="bialign remove peru.bialign letter")
@corpus_argument
@name_argument()
@shared_options
@click.pass_obj
def remove(console: Console, /, *, corpus: str, name: str) -> None:
    """Take a bitext out of a corpus, with the work done on it. bialign undo brings all of it back."""
    from bialign.corpus import Corpus

    with Corpus(corpus) as opened:
        opened.remove(name)
    console.done(console.say("removed: {name}", name=name))
