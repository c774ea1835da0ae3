"""``bialign mt``: data to train machine translation with, made of a corpus or of files with both languages."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bialign.cli.command import Argument, Command, shared_options
from bialign.cli.console import Console
from bialign.cli.corpus_options import count, is_corpus, open_to_read, share

if TYPE_CHECKING:
    from bialign.bitext import Bitext


def _ratio(ctx: click.Context, parameter: click.Parameter, value: str) -> float:
    try:
        number = float(value.replace(",", "."))
    except ValueError:
        number = 0.0
    if not 1 <= number < 1e6:
        raise click.BadParameter("a number from 1 on is wanted", ctx, parameter)
    return number


@click.command("mt", cls=Command, example="bialign mt peru.bialign -o data --subword 8000")
@click.argument(
    "sources",
    cls=Argument,
    metavar="SOURCES",
    nargs=-1,
    required=True,
    note="Corpus files, or files with both languages (TMX, XLIFF, tables ...); each bitext is a document.",
)
@click.option("-o", "--output", "output", metavar="FOLDER", required=True, help="Folder for the files.")
@click.option(
    "--to",
    "formats",
    multiple=True,
    type=click.Choice(("moses", "jsonl", "parquet")),
    metavar="FORMAT",
    help="moses, jsonl or parquet; may be given several times. By default moses.",
)
@click.option(
    "--min-probability", metavar="SHARE", default="0.5", callback=share, help="Least probability of a pair; 0.5."
)
@click.option(
    "--max-ratio", metavar="RATIO", default="2.5", callback=_ratio, help="How much longer one side may be; 2.5."
)
@click.option("--max-words", metavar="NUMBER", default="200", callback=count, help="Most words of a side; 200.")
@click.option("--confirmed", is_flag=True, help="Only pairs that a person has confirmed.")
@click.option("--dev", metavar="SHARE", default="0.05", callback=share, help="Share of the pairs for dev; 0.05.")
@click.option("--test", metavar="SHARE", default="0.05", callback=share, help="Share of the pairs for test; 0.05.")
@click.option("--seed", metavar="NUMBER", default="1", callback=count, help="Number that the draw depends on; 1.")
@click.option(
    "--subword",
    metavar="NUMBER",
    callback=count,
    help="Learn a joint SentencePiece model of as many subwords from the train part.",
)
@shared_options
@click.pass_obj
def mt(
    console: Console,
    /,
    *,
    sources: tuple[str, ...],
    output: str,
    formats: tuple[str, ...],
    min_probability: float,
    max_ratio: float,
    max_words: int,
    confirmed: bool,
    dev: float,
    test: float,
    seed: int,
    subword: int | None,
) -> None:
    """Make data for machine translation: clean pairs, each once, in train, dev and test.

    No document is in two parts. A manifest.json says how everything came about; the same command gives the same files.
    """
    from bialign.mt import Filters, Recipe, build

    start, say, folder = time.perf_counter(), console.say, Path(output)
    if dev + test >= 1:
        raise click.UsageError(say("--dev and --test leave nothing to train with"))
    if not folder.absolute().parent.is_dir():
        raise click.UsageError(say("there is no folder {path}", path=folder.parent))
    filters = Filters(min_probability, max_ratio, max_words, confirmed)
    recipe = Recipe(filters, dev, test, seed, subword or 0, formats or ("moses",))
    bitexts = [bitext for source in sources for bitext in _bitexts(Path(source))]
    built = build(bitexts, folder, recipe, command=" ".join(["bialign", *sys.argv[1:]]))
    for rule, number in built.left_out.items():
        if number:
            template = "{count} {what} left out: {why}"
            console.note(say(template, count=number, what=say("pairs"), why=say(rule)))
    if built.unit == "blocks":
        console.note(say("there are too few documents to part them: blocks of pairs were drawn"))
    told = ", ".join(f"{name} {size}" for name, size in built.sizes.items())
    if built.vocabulary:
        told += f"; {say('vocabulary {size}', size=built.vocabulary)}"
    console.note(f"{told} → {folder} ({time.perf_counter() - start:.1f} s)")


def _bitexts(path: Path) -> list[Bitext]:
    from bialign.readers.bilingual import read_bitext

    if is_corpus(path):
        with open_to_read(str(path)) as corpus:
            return [corpus.bitext(info.name) for info in corpus.bitexts()]
    return [read_bitext(path)]
