"""``bialign pair``: which documents of two folders are versions of one text."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bialign.cli.command import Argument, Command, shared_options
from bialign.cli.console import Console, printable
from bialign.cli.mine import SHARE
from bialign.cli.texts import deliver

if TYPE_CHECKING:
    from bialign.mining.folders import Pairing

_OTHER = {"en": "es", "es": "en"}
_LISTED = 20
"""Files without a partner that are named on the terminal; the table has all."""


@click.command("pair", cls=Command, example="bialign pair press/en press/es -o pairs.tsv --alone alone.tsv")
@click.argument("source", cls=Argument, metavar="SOURCE", note="Folder with the documents in one language.")
@click.argument("target", cls=Argument, metavar="TARGET", note="Folder with those in the other.")
@click.option(
    "-o",
    "--output",
    metavar="OUT",
    help="Table to write (TSV with the columns id, source, target, probability); by default it goes to stdout.",
)
@click.option(
    "--alone", metavar="FILE", help="Table to write of the files without a partner, and those that cannot be read."
)
@click.option(
    "--threshold",
    type=SHARE,
    default=0.5,
    metavar="SHARE",
    help="Probability from which two documents are a pair, 0 to 1; by default 0.5.",
)
@click.option("--no-names", is_flag=True, help="Don't look at the names of files.")
@click.option(
    "--source-lang", metavar="LANG", default="", help="Language that comes first: en, es, es-PE ...; else English."
)
@click.option("--target-lang", metavar="LANG", default="", help="Language of the other side.")
@click.option("--encoding", metavar="NAME", help="Encoding of the files: cp1252, utf-16 ...; else it is detected.")
@shared_options
@click.pass_obj
def pair(
    console: Console,
    /,
    *,
    source: str,
    target: str,
    output: str | None,
    alone: str | None,
    threshold: float,
    no_names: bool,
    source_lang: str,
    target_lang: str,
    encoding: str | None,
) -> None:
    """Find out which documents of two folders are versions of one text, by what they hold.

    Names may be anything; where they agree with what the documents hold, they help. The table names the files as seen
    from where it is written, and can be edited.
    """
    from bialign.cli.progress import ProgressBar
    from bialign.formats.files import write_whole
    from bialign.mining.folders import pair_folders
    from bialign.termbase import primary

    _check(console, [Path(name) for name in (output, alone) if name is not None])
    langs = source_lang or _OTHER.get(primary(target_lang), "en"), target_lang or _OTHER.get(primary(source_lang), "es")
    with ProgressBar(console) as progress:
        found = pair_folders(
            Path(source),
            Path(target),
            langs=langs,
            encoding=encoding,
            names=not no_names,
            threshold=threshold,
            progress=progress,
        )
    lines = "".join(_pairs(found, Path(output).parent if output else Path()))
    if output is not None and alone is not None:
        # both or none
        rest = "".join(_rest(console, found, Path(alone).parent))
        write_whole([(Path(output), [lines]), (Path(alone), [rest])])
    else:
        deliver(console, lines, output)
        if alone is not None:
            deliver(console, "".join(_rest(console, found, Path(alone).parent)), alone)
    _tell(console, found, output, listed=alone is None)


def _check(console: Console, paths: list[Path]) -> None:
    say = console.say
    for path in paths:
        if not path.resolve().parent.is_dir():
            raise click.UsageError(say("there is no folder {path}", path=path.parent))
    if len({path.resolve() for path in paths}) < len(paths):
        raise click.UsageError(say("{path} would be overwritten: it is an input or named twice", path=paths[0]))


def _pairs(found: Pairing, base: Path) -> Iterator[str]:
    from bialign.formats.characters import one_line

    yield "id\tsource\ttarget\tprobability\n"
    for each in found.pairs:
        cells = each.name, _seen_from(base, each.source), _seen_from(base, each.target), f"{each.probability:.4f}"
        yield "\t".join(map(one_line, cells)) + "\n"


def _rest(console: Console, found: Pairing, base: Path) -> Iterator[str]:
    from bialign.formats.characters import one_line

    yield "file\treason\n"
    for path in (*found.alone[0], *found.alone[1]):
        yield f"{one_line(_seen_from(base, path))}\t{console.say('no partner found')}\n"
    for path, why in found.unread:
        yield f"{one_line(_seen_from(base, path))}\t{one_line(console.say(why.template, **why.fields))}\n"


def _seen_from(base: Path, path: Path) -> str:
    """Give a path as it leads there from a folder; whole, where it is on another drive."""
    try:
        return Path(os.path.relpath(path, base)).as_posix()
    except ValueError:
        return path.resolve().as_posix()


def _tell(console: Console, found: Pairing, output: str | None, *, listed: bool) -> None:
    say = console.say
    for path, why in found.unread:
        console.warn(say("left: {path}: {why}", path=path, why=say(why.template, **why.fields)))
    alone = [*found.alone[0], *found.alone[1]]
    for path in alone[:_LISTED] if listed else ():
        console.note(printable(say("left: {path}: {why}", path=path, why=say("no partner found"))))
    if listed and len(alone) > _LISTED:
        console.note(say("{count} more have no partner: --alone FILE lists all", count=len(alone) - _LISTED))
    counted = say.count(len(found.pairs), "{count} pair of documents", "{count} pairs of documents")
    rest = say("without a partner: {source} and {target}", source=len(found.alone[0]), target=len(found.alone[1]))
    console.note(f"{counted}; {rest}" + (f" → {output}" if output else ""))
