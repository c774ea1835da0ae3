"""``bialign check``, ``backup`` and ``export``: the file of a corpus looked after, and other files made of it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bialign.cli.command import Argument, Command, shared_options
from bialign.cli.console import Console
from bialign.cli.corpus_options import corpus_argument, name_argument, open_to_read
from bialign.cli.outputs import SUFFIXES, TO, check_profile, profile_options, write_all
from bialign.cli.outputs import formats_of as outputs_formats
from bialign.cli.results import check_outputs, tell
from bialign.errors import NotFound
from bialign.formats.registry import FORMATS

if TYPE_CHECKING:
    from bialign.bitext import Bitext
    from bialign.termbase import Termbase


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
        console.done(console.say("{path}: a copy of version {version}", path=copy, version=opened.version))


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
    help=f"File to write, its suffix names the format: {SUFFIXES}; may be given several times. With --all: the folder "
    "for the files.",
)
@click.option("--to", "format", type=click.Choice(tuple(FORMATS)), metavar="FORMAT", help=TO)
@profile_options
@click.option("--all", "whole", is_flag=True, help="Write every bitext, each to a file in the folder OUT; needs --to.")
@shared_options
@click.pass_obj
def export(
    console: Console,
    /,
    *,
    corpus: str,
    name: str | None,
    outputs: tuple[str, ...],
    format: str | None,
    whole: bool,
    profile: str,
    source_code: str,
    target_code: str,
) -> None:
    """Write bitexts of a corpus to files other programs read.

    CORPUS may also be a folder of Parquet files, and NAME a document of theirs.
    """
    say, paths = console.say, [Path(output) for output in outputs]
    if whole == (name is not None):
        raise click.UsageError(say("name one bitext, or all with --all"))
    if whole and (format is None or len(paths) != 1):
        raise click.UsageError(say("--all needs one folder (-o) and a format (--to)"))
    if format and len(paths) > 1:
        raise click.UsageError(say("--to fits one -o only; let the suffixes name the formats of several"))
    if not whole:
        check_outputs(console, [Path(corpus)], paths, format)
    check_profile(say, profile, [str(format)] if whole else outputs_formats(paths, format))
    more: dict[str, Any] = {"profile": profile, "codes": (source_code, target_code), "ui_lang": say.lang}
    for bitext, goals, glossary in _wanted(corpus, name, paths, str(format)):
        start = time.perf_counter()
        reports = write_all(bitext, goals, format, inputs=[Path(corpus)], termbase=glossary, **more)
        tell(console, bitext, reports, time.perf_counter() - start)


_Wanted = tuple["Bitext", list[Path], "Termbase | None"]


def _wanted(corpus: str, name: str | None, paths: list[Path], format: str) -> Iterator[_Wanted]:
    """Give the bitexts to be written, one by one, each with its files: the one of a name, or all."""
    from bialign.readers.bilingual.shards import shards_of

    if Path(corpus).is_dir() and shards_of(Path(corpus)):
        yield from _of_shards(Path(corpus), name, paths, format)
        return
    with open_to_read(corpus) as opened:
        if name is not None:
            yield opened.bitext(name), paths, opened.glossary()
            return
        names = [info.name for info in opened.bitexts()]
        for each, path in zip(names, _paths(paths[0], names, format), strict=True):
            yield opened.bitext(each), [path], opened.glossary()


def _of_shards(folder: Path, name: str | None, paths: list[Path], format: str) -> Iterator[_Wanted]:
    """Give documents of a folder of Parquet files; they are gone through once for their names."""
    from bialign.readers.bilingual.streams import bitexts_of, open_stream

    stream = open_stream(folder)
    if name is not None:
        bitext = next(bitexts_of(stream.only(name)), None)
        if bitext is None:
            raise NotFound("there is no document called {name} in these files", place=str(folder), name=name)
        yield bitext, paths, None
        return
    names = list(dict.fromkeys(item.doc for batch in stream.batches() for item in batch.items))
    for bitext, path in zip(bitexts_of(stream), _paths(paths[0], names, format), strict=True):
        yield bitext, [path], None


def _paths(folder: Path, names: list[str], format: str) -> list[Path]:
    """Name a file for each bitext, and make the folder if need be."""
    from bialign.corpus.names import file_names

    folder.mkdir(exist_ok=True)
    suffix = next(iter(FORMATS[format].suffixes), "")
    return [folder / f"{name}{suffix}" for name in file_names(names)]
