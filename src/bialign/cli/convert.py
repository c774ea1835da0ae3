"""``bialign convert``: a file that holds both languages in, other formats out."""

from __future__ import annotations

import time
from pathlib import Path

import click

from bialign.cli.command import Argument, Command, shared_options
from bialign.cli.console import Console
from bialign.cli.results import check_outputs, tell


@click.command("convert", cls=Command, example="bialign convert memory.tmx -o memory.html -o memory.tsv")
@click.argument(
    "file", cls=Argument, metavar="FILE", note="A TMX, XLIFF, TSV, CSV, xlsx or JSON Lines file with both languages."
)
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    required=True,
    metavar="OUT",
    help="File to write, its suffix names the format: .html, .tmx, .tsv, .jsonl or .beads; may be given several times.",
)
@click.option(
    "--source-lang",
    metavar="LANG",
    default="",
    help="Language to take as the source: en, es, es-PE ...; needed where the file holds others than English and "
    "Spanish, or several.",
)
@click.option("--target-lang", metavar="LANG", default="", help="Language to take as the target.")
@click.option(
    "--encoding", metavar="NAME", help="Encoding of the file: cp1252, utf-16 ...; else it is declared or detected."
)
@click.option("--sheet", metavar="NAME", default="", help="Sheet of a workbook; else the first that fits.")
@shared_options
@click.pass_obj
def convert(
    console: Console,
    /,
    *,
    file: str,
    outputs: tuple[str, ...],
    source_lang: str,
    target_lang: str,
    encoding: str | None,
    sheet: str,
) -> None:
    """Convert a file that holds both languages: translation memory, XLIFF, table, workbook.

    Nothing is aligned: what the file says belongs together stays together, in its order.
    """
    from bialign import formats
    from bialign.readers.bilingual import read_bitext

    start = time.perf_counter()
    paths = [Path(name) for name in outputs]
    check_outputs(console, [Path(file)], paths)
    bitext = read_bitext(Path(file), source_lang=source_lang, target_lang=target_lang, encoding=encoding, sheet=sheet)
    reports = [formats.write(bitext, path, ui_lang=console.say.lang) for path in paths]
    tell(console, bitext, reports, time.perf_counter() - start)
