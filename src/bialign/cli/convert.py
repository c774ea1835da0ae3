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
    "of a Moses pair; or a folder of Parquet files.",
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
    if Path(file).is_dir():
        _convert_shards(console, Path(file), paths, format, (source_lang, target_lang))
        return
    bitext = read_bitext(Path(file), source_lang=source_lang, target_lang=target_lang, encoding=encoding, sheet=sheet)
    codes, inputs = (source_code, target_code), [Path(file), *beside(Path(file))]
    reports = write_all(bitext, paths, format, profile=profile, codes=codes, ui_lang=console.say.lang, inputs=inputs)
    tell(console, bitext, reports, time.perf_counter() - start)


def _convert_shards(
    console: Console, folder: Path, paths: list[Path], format: str | None, langs: tuple[str, str]
) -> None:
    """Write the documents of a folder of Parquet files to files, all of them to each, a few thousand beads at once."""
    from bialign.cli.progress import ProgressBar
    from bialign.formats.files import Pending
    from bialign.formats.report import Tally
    from bialign.formats.streams import open_sink
    from bialign.readers.bilingual.streams import open_stream

    start, say, beads = time.perf_counter(), console.say, 0
    tallies = [Tally() for _ in paths]
    with ProgressBar(console) as bar:
        stream = open_stream(folder, *langs, progress=lambda share: bar("convert", share))
        with Pending(stream.files) as pending:
            sinks = [
                open_sink(pending, path, format, stream.langs, schema=stream.schema, tally=tally)
                for path, tally in zip(paths, tallies, strict=True)
            ]
            for batch in stream.batches():
                beads += len(batch.items)
                for sink in sinks:
                    sink.add(batch.items, (batch.table, range(len(batch.items))))
            for sink in sinks:
                sink.close()
            pending.finish()
    told = say.count(beads, "{count} bead", "{count} beads")
    console.note(f"{told} → {', '.join(map(str, paths))} ({time.perf_counter() - start:.1f} s)")
    for path, tally in zip(paths, tallies, strict=True):
        for (what, why), count in tally.left_out.items():
            template = "{count} {what} left out: {why}"
            console.note(f"{path}: {say(template, count=count, what=say(what), why=say(why))}")
