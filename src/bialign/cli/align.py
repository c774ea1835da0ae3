"""``bialign align``: two texts in, aligned text out."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bialign import formats
from bialign.cli.clean import drop_option
from bialign.cli.command import Argument, Command, shared_options
from bialign.cli.console import Console
from bialign.cli.outputs import check_profile, profile_options, write_all
from bialign.cli.outputs import formats_of as outputs_formats
from bialign.cli.results import check_outputs, mean_probability, tell
from bialign.cli.splitting import load_splitting, splitting_options

if TYPE_CHECKING:
    from bialign.bitext import Bitext
    from bialign.formats import Report
    from bialign.termbase import Termbase

FORMATS = ("table", *formats.FORMATS)
"""What --to takes; "table" is for the terminal only."""


@click.command("align", cls=Command, example="bialign align letter.en.txt letter.es.txt -o letter.html -o letter.tmx")
@click.argument("source", cls=Argument, metavar="SOURCE", note="The text in one language.")
@click.argument("target", cls=Argument, metavar="TARGET", note="Its version in the other language.")
@click.option(
    "-o", "--output", "outputs", multiple=True, metavar="OUT", help="File to write; may be given several times."
)
@click.option(
    "--to",
    "format",
    type=click.Choice(FORMATS),
    metavar="FORMAT",
    help="table, beads, tsv, csv, tmx, jsonl, html, xliff, tei, xces, moses, cwb, xlsx, docx, parquet or huggingface; "
    "by default what the suffix of OUT says. Without -o: what goes to stdout, by default a table on a terminal and "
    "beads elsewhere.",
)
@profile_options
@click.option(
    "--lines", is_flag=True, help="Take both files as split already: one segment a line, in any two languages."
)
@click.option(
    "--source-lang", metavar="LANG", default="", help="Language of SOURCE: en, es, es-PE ...; else it is guessed."
)
@click.option("--target-lang", metavar="LANG", default="", help="Language of TARGET.")
@click.option("--source-encoding", metavar="NAME", help="Encoding of SOURCE: cp1252, utf-16 ...; else it is detected.")
@click.option("--target-encoding", metavar="NAME", help="Encoding of TARGET.")
@click.option(
    "--method",
    type=click.Choice(("vectors", "lengths")),
    metavar="METHOD",
    default="vectors",
    help="vectors, or lengths: by sentence lengths alone, for any pair of languages, as a baseline.",
)
@click.option(
    "--keep",
    metavar="BEADS",
    help="Bead file with beads to keep as they are (a null bead: that segment has no counterpart); the rest is aligned "
    "around them.",
)
@drop_option
@splitting_options
@click.option(
    "--explain",
    is_flag=True,
    help="Say why beads are doubtful or have no partner: the table shows only those, with reasons; files get them too.",
)
@click.option(
    "--glossary",
    metavar="FILE",
    help="Glossary (YAML, TBX, CSV ...); its terms help to align, and are marked in the table and in HTML.",
)
@click.option("--json", "as_json", is_flag=True, help="Print a summary as JSON on stdout (needs -o).")
@shared_options
@click.pass_obj
def align(
    console: Console,
    /,
    source: str,
    target: str,
    *,
    outputs: tuple[str, ...],
    format: str | None,
    explain: bool,
    glossary: str | None,
    as_json: bool,
    profile: str,
    source_code: str,
    target_code: str,
    **settings: Any,
) -> None:
    """Align two texts, sentence by sentence.

    English and Spanish are recognised and may come in either order; the texts are repaired and split first.
    """
    start = time.perf_counter()
    paths = [Path(name) for name in outputs]
    inputs = [Path(source), Path(target)]
    _check_call(console, inputs, paths, format, as_json)
    check_profile(console.say, profile, [name for name in outputs_formats(paths, format) if name != "table"])
    if explain:
        format = _check_explain(console, paths, format, settings["method"])
    if settings["lines"] and (settings["exceptions"] or settings["srx"]):
        raise click.UsageError(console.say("--exceptions and --srx say how to split, and --lines not to"))
    settings |= load_splitting(settings.pop("exceptions"), settings.pop("srx"))
    termbase = _load_glossary(glossary)
    bitext = _align(console, source, target, settings | {"explain": explain, "termbase": termbase})
    if explain:
        from bialign.cli.reasons import with_reasons, worth_a_look

        bitext = with_reasons(bitext, console.say)
        if settings["method"] != "lengths" and not any(map(worth_a_look, bitext.beads)):
            console.note(console.say("nothing to explain: every bead is certain and has a partner"))
    if paths:
        codes, lang = (source_code, target_code), console.say.lang
        more: dict[str, Any] = {
            "profile": profile,
            "codes": codes,
            "termbase": termbase,
            "ui_lang": lang,
            "inputs": inputs,
        }
        reports = write_all(bitext, paths, format, **more)
    else:
        reports = []
        _write_stdout(console, bitext, format, termbase, profile)
    tell(console, bitext, reports, time.perf_counter() - start)
    if as_json:
        console.write(json.dumps(_summary(bitext, reports), ensure_ascii=False, indent=2))


def _check_call(console: Console, inputs: list[Path], paths: list[Path], format: str | None, as_json: bool) -> None:
    """Refuse what cannot work before the work begins."""
    say = console.say
    if as_json and not paths:
        raise click.UsageError(say("--json needs -o: without it, stdout holds the aligned text itself"))
    if format == "table" and paths:
        raise click.UsageError(say("a table is for the terminal: name another format for {path}", path=paths[0]))
    if format and format != "table" and not paths and formats.FORMATS[format].files != "text":
        raise click.UsageError(say("{format} is nothing for stdout: name a file with -o", format=format))
    if format and len(paths) > 1:
        raise click.UsageError(say("--to fits one -o only; let the suffixes name the formats of several"))
    check_outputs(console, inputs, paths, format)


def _check_explain(console: Console, paths: list[Path], format: str | None, method: str) -> str | None:
    """Refuse to explain into what holds no reasons; give the format, which on stdout is the table unless named."""
    from bialign.cli.reasons import HOLD_NONE
    from bialign.formats import format_of

    say = console.say
    if method == "lengths":
        console.warn(say("--explain: beads aligned by length alone have nothing to explain"))
    formats = {format or format_of(path) for path in paths} if paths else {format or "table"}
    if formats <= HOLD_NONE:
        raise click.UsageError(say("--explain: beads hold no reasons; name tsv, jsonl, html, tmx or table"))
    return format or (None if paths else "table")


def _load_glossary(name: str | None) -> Termbase | None:
    if name is None:
        return None
    from bialign.termbase import Termbase

    return Termbase.load(Path(name))


def _align(console: Console, source: str, target: str, settings: dict[str, Any]) -> Bitext:
    from bialign import pipeline
    from bialign.aligner import AlignOptions, Constraints
    from bialign.cli.progress import ProgressBar
    from bialign.formats.beads import load_beads

    options, keep = AlignOptions(method=settings.pop("method")), settings.pop("keep")
    if keep and options.method == "lengths":
        raise click.UsageError(console.say("--keep needs --method vectors"))
    constraints = Constraints(load_beads(keep)) if keep else None
    with ProgressBar(console) as progress:
        return pipeline.align(source, target, options=options, constraints=constraints, progress=progress, **settings)


def _write_stdout(
    console: Console, bitext: Bitext, format: str | None, termbase: Termbase | None, profile: str
) -> None:
    format = format or ("table" if sys.stdout.isatty() else "beads")
    if format == "table":
        from bialign.cli.reasons import print_explained, worth_a_look
        from bialign.cli.table import print_table

        shown = print_explained if any(map(worth_a_look, bitext.beads)) else print_table
        shown(bitext, termbase, console.say)
    else:
        told: dict[str, Any] = {"termbase": termbase, "ui_lang": console.say.lang}
        console.write(formats.dumps(bitext, format, profile=profile, **told))


def _summary(bitext: Bitext, reports: list[Report]) -> dict[str, object]:
    from bialign.remarks import DOUBTFUL, remarks

    sides = (("source", bitext.source, bitext.source_segments), ("target", bitext.target, bitext.target_segments))
    return {
        "id": bitext.id,
        **{
            name: {
                "file": document.origin,
                "lang": document.lang,
                "encoding": document.encoding,
                "segments": len(segments),
                "fixes": len(document.fixes),
            }
            for name, document, segments in sides
        },
        "beads": len(bitext.beads),
        "types": dict(Counter(bead.type for bead in bitext.beads).most_common()),
        "mean_probability": round(mean_probability(bitext), 4) if bitext.beads else None,
        "doubtful": sum(bead.probability < DOUBTFUL for bead in bitext.beads),
        "moves": len(bitext.moves),
        "signature": bitext.signature,
        "files": [str(path) for report in reports for path in report.files],
        "left_out": [str(left) for report in reports for left in report.left_out],
        "warnings": [str(remark) for remark in remarks(bitext)],
    }
