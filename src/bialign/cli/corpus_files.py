"""``bialign check``, ``backup`` and ``export``: the file of a corpus looked after, and other files made of it."""

from __future__ import annotations

import time
from pathlib import Path

import click

from bialign.cli.command import Argument, Command, shared_options
from bialign.cli.console import Console
from bialign.cli.corpus_options import corpus_argument, name_argument, open_to_read
from bialign.cli.results import check_outputs, tell

FORMATS = ("beads", "tsv", "tmx", "jsonl", "html")


@click.command("check", cls=Command, example="bialign check peru.bialign")
@corpus_argument
@click.option("--mend", is_flag=True, help="Make the index of words anew where it is wrong; texts are never changed.")
@shared_options
@click.pass_obj
def check(console: Console, /, *, corpus: str, mend: bool) -> None:
    """Check that a corpus file is whole: the database, every text and bead, the index of words."""
    from bialign.corpus import Corpus

    say = console.say
    with Corpus(corpus) if mend else open_to_read(corpus) as opened:
        found = opened.check(mend=mend)
        beads = sum(info.beads for info in opened.bitexts()) if not found else 0
    for finding in found:
        told = say(finding.template, **finding.fields)
        console.write(f"{told}: {say('mended')}" if finding.mended else told)
    if not found:
        console.write(say("{path}: whole, {count} beads", path=corpus, count=beads))
    elif not all(finding.mended for finding in found):
        console.note(say("bialign check --mend mends an index; texts and beads come from a backup"))
        raise click.exceptions.Exit(1)


@click.command("backup", cls=Command, example="bialign backup peru.bialign peru-2026-11-24.bialign")
@corpus_argument
@click.argument("copy", cls=Argument, metavar="COPY", note="The file to make; it must not exist yet.")
@shared_options
@click.pass_obj
def backup(console: Console, /, *, corpus: str, copy: str) -> None:
    """Copy a corpus as it stands, while others may go on working with it.

    A copy of the file by another program may lack the last changes.
    """

    if not Path(copy).absolute().parent.is_dir():
        raise click.UsageError(console.say("there is no folder {path}", path=Path(copy).parent))
    with open_to_read(corpus) as opened:
        opened.backup(copy)
        console.write(console.say("{path}: a copy of version {version}", path=copy, version=opened.version))


@click.command("export", cls=Command, example="bialign export peru.bialign letter -o letter.tmx -o letter.html")
@corpus_argument
@name_argument(required=False)
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    required=True,
    metavar="OUT",
    help="File to write, its suffix names the format: .html, .tmx, .tsv, .jsonl or .beads; may be given several times. "
    "With --all: the folder for the files.",
)
@click.option("--to", "format", type=click.Choice(FORMATS), metavar="FORMAT", help="The format: " + ", ".join(FORMATS))
@click.option("--all", "whole", is_flag=True, help="Write every bitext, each to a file in the folder OUT; needs --to.")
@shared_options
@click.pass_obj
def export(
    console: Console, /, *, corpus: str, name: str | None, outputs: tuple[str, ...], format: str | None, whole: bool
) -> None:
    """Write bitexts of a corpus to files other programs read."""
    from bialign import formats

    say, paths = console.say, [Path(output) for output in outputs]
    if whole == (name is not None):
        raise click.UsageError(say("name one bitext, or all with --all"))
    if whole and (format is None or len(paths) != 1):
        raise click.UsageError(say("--all needs one folder (-o) and a format (--to)"))
    if format and len(paths) > 1:
        raise click.UsageError(say("--to fits one -o only; let the suffixes name the formats of several"))
    with open_to_read(corpus) as opened:
        wanted = {str(name): paths}
        if whole:
            names = [info.name for info in opened.bitexts()]
            wanted = {each: [path] for each, path in zip(names, _paths(paths[0], names, str(format)), strict=True)}
        else:
            check_outputs(console, [Path(corpus)], paths, format)
        for each, goals in wanted.items():
            start = time.perf_counter()
            bitext, glossary = opened.bitext(each), opened.glossary()
            reports = [formats.write(bitext, goal, format, termbase=glossary, ui_lang=say.lang) for goal in goals]
            tell(console, bitext, reports, time.perf_counter() - start)


def _paths(folder: Path, names: list[str], format: str) -> list[Path]:
    """Name a file for each bitext, and make the folder if need be."""
    from bialign.corpus.names import file_names

    folder.mkdir(exist_ok=True)
    return [folder / f"{name}.{format}" for name in file_names(names)]
