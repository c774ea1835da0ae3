"""``bialign convert``: a file that holds both languages in, other formats out."""

from __future__ import annotations

import time
from pathlib import Path

import click

from bialign.cli.command import Argument, Command, shared_options
from bialign.cli.console import Console
from bialign.cli.outputs import SUFFIXES, TO, check_profile, formats_of, profile_options, write_all
from bialign.cli.results import check_outputs, tell
from bialign.formats.registry import FORMATS


@click.command("convert", cls=Command, example="bialign convert memory.tmx -o memory.html -o memory.tsv")
@click.argument(
    "file",
    cls=Argument,
    metavar="FILE",
    note="A TMX, XLIFF, TSV, CSV, xlsx, JSON Lines or TEI file with both languages, a file of XCES links, or one file "
    "of a Moses pair.",
)
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    required=True,
    metavar="OUT",
    help=f"File to write, its suffix names the format: {SUFFIXES}; may be given several times.",
)
@click.option("--to", "format", type=click.Choice(tuple(FORMATS)), metavar="FORMAT", help=TO)
@profile_options
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
    format: str | None,
    profile: str,
    source_code: str,
    target_code: str,
    source_lang: str,
    target_lang: str,
    encoding: str | None,
    sheet: str,
) -> None:
    """Convert a file that holds both languages: translation memory, XLIFF, table, workbook.

    Nothing is aligned: what the file says belongs together stays together, in its order.
    """
    from bialign.readers.bilingual import beside, read_bitext

    start = time.perf_counter()
    paths = [Path(name) for name in outputs]
    if format and len(paths) > 1:
        raise click.UsageError(console.say("--to fits one -o only; let the suffixes name the formats of several"))
    check_outputs(console, [Path(file)], paths, format)
    check_profile(console.say, profile, formats_of(paths, format))
    bitext = read_bitext(Path(file), source_lang=source_lang, target_lang=target_lang, encoding=encoding, sheet=sheet)
    codes, inputs = (source_code, target_code), [Path(file), *beside(Path(file))]
    reports = write_all(bitext, paths, format, profile=profile, codes=codes, ui_lang=console.say.lang, inputs=inputs)
    tell(console, bitext, reports, time.perf_counter() - start)
