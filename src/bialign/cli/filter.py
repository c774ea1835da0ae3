"""``bialign filter``: pairs that are unfit left out of a file, a folder of shards or a corpus, and why."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bialign.cli.command import Argument, Command, shared_options
from bialign.cli.console import Console, printable
from bialign.cli.outputs import SUFFIXES, outputs_option
from bialign.formats.registry import FORMATS

if TYPE_CHECKING:
    from bialign.filtering.rules import Rule
    from bialign.filtering.running import Report
    from bialign.formats.report import Tally

_FORMATS = (*FORMATS, "shards")
_SHOWN = 3
"""Examples of each rule that are printed."""
_LONGEST = 160


@click.command("filter", cls=Command, example="bialign filter memory.tmx -o clean.tmx --rejected rejected.tsv")
@click.argument(
    "source",
    cls=Argument,
    metavar="IN",
    required=False,
    note="A file with both languages, a folder of Parquet files, or a corpus.",
)
@outputs_option(
    f"File for the pairs that are kept, its suffix names the format: {SUFFIXES}, .bialign; without a suffix, a "
    "folder of Parquet files. Without -o they are only counted."
)
@click.option("--to", "format", type=click.Choice(_FORMATS), metavar="FORMAT", help="The format of OUT, or shards.")
@click.option("--recipe", metavar="FILE", help="YAML file with the rules and their parameters; else those by default.")
@click.option("--show-recipe", is_flag=True, help="Print the recipe and do nothing else: a file to begin with.")
@click.option("--rejected", metavar="FILE", help="File of any format for the pairs that are left out, with the rule.")
@click.option("--report", "table", metavar="FILE", help="TSV, JSON Lines or xlsx table: counts and examples by rule.")
@click.option("--explain", is_flag=True, help="Print what each rule leaves out, with examples.")
@click.option("--source-lang", metavar="LANG", default="", help="Language to take as the source.")
@click.option("--target-lang", metavar="LANG", default="", help="Language to take as the target.")
@click.option(
    "--encoding", metavar="NAME", help="Encoding of the file: cp1252, utf-16 ...; else it is declared or detected."
)
@shared_options
@click.pass_obj
def filter_pairs(
    console: Console,
    /,
    *,
    source: str | None,
    outputs: tuple[str, ...],
    format: str | None,
    recipe: str | None,
    show_recipe: bool,
    rejected: str | None,
    table: str | None,
    explain: bool,
    source_lang: str,
    target_lang: str,
    encoding: str | None,
) -> None:
    """Leave out pairs that are unfit: duplicates, wrong language, untranslated, misaligned, damaged, boilerplate.

    Every rule is counted. What is kept stays as it was; files of any size are read pair by pair.
    """
    from bialign.filtering.recipe import default_rules, load_rules, written
    from bialign.formats.report import Tally

    say, start = console.say, time.perf_counter()
    rules = load_rules(Path(recipe)) if recipe else default_rules()
    if show_recipe:
        console.write("".join(written(rules, say)))
        return
    if source is None:
        raise click.UsageError(say("{name} is missing", name=say("IN")))
    paths = [Path(output) for output in outputs]
    _check(console, paths, format, [Path(name) for name in (rejected, table) if name])
    tally = Tally()
    work = _Work(console, Path(source), rules, (source_lang, target_lang), encoding)
    report = work.run(paths, format, Path(rejected) if rejected else None, Path(table) if table else None, tally)
    if explain:
        _explain(console, report)
    _tell(console, report, paths, time.perf_counter() - start)
    for left, count in tally.left_out.items():
        template = "{count} {what} left out: {why}"
        console.note(say(template, count=count, what=say(left[0]), why=say(left[1])))


def _check(console: Console, paths: list[Path], format: str | None, others: list[Path]) -> None:
    """Refuse what cannot be written, before the work begins."""
    from bialign.formats import format_of

    say = console.say
    if format and len(paths) > 1:
        raise click.UsageError(say("--to fits one -o only; let the suffixes name the formats of several"))
    for path in [*paths, *others]:
        if not path.absolute().parent.is_dir():
            raise click.UsageError(say("there is no folder {path}", path=path.parent))
        if path.suffix and path.suffix != ".bialign" and not format:
            format_of(path)
    for path in paths:
        if path.exists() and (path.is_dir() or path.suffix == ".bialign"):
            raise click.UsageError(say("{path} is there already: name another", path=path))


class _Work:
    """Hold what is to be filtered, and by what."""

    def __init__(
        self, console: Console, source: Path, rules: Sequence[Rule], langs: tuple[str, str], encoding: str | None
    ) -> None:
        self._console, self._source, self._rules, self._langs = console, source, rules, langs
        self._encoding = encoding

    def run(
        self, paths: Sequence[Path], format: str | None, rejected: Path | None, table: Path | None, tally: Tally
    ) -> Report:
        """Filter, and write everything whole or not at all."""
        from bialign.readers.bilingual.streams import OtherLanguages

        try:
            return self._run(paths, format, rejected, table, tally)
        except OtherLanguages as error:
            tally.units = 0
            tally.left_out.clear()
            return self._run(paths, format, rejected, table, tally, codes=error.codes)

    def _run(
        self,
        paths: Sequence[Path],
        format: str | None,
        rejected: Path | None,
        table: Path | None,
        tally: Tally,
        *,
        codes: Sequence[str] = (),
    ) -> Report:
        from bialign.cli.progress import ProgressBar
        from bialign.filtering.running import run
        from bialign.filtering.sources import open_any, open_goal
        from bialign.formats.files import Pending
        from bialign.formats.report import Tally
        from bialign.formats.streams import open_sink

        with ProgressBar(self._console) as bar:
            stream = open_any(
                self._source, self._langs, encoding=self._encoding, codes=codes, progress=lambda s: bar("filter", s)
            )
            with Pending([self._source, *stream.files]) as pending:
                kept = [open_goal(pending, path, format, stream, tally) for path in paths]
                others = [open_sink(pending, rejected, None, stream.langs, tally=Tally())] if rejected else []
                report = run(stream, self._rules, kept, others)
                for sink in [*kept, *others]:
                    sink.close()
                if table:
                    with pending.open(table) as file:
                        file.write(_table(self._console, report, table))
                pending.finish()
        return report


def _table(console: Console, report: Report, path: Path) -> bytes:
    from bialign.formats.records import json_lines, tsv_lines, workbook

    rows = [{**row, "meaning": console.say(str(row["meaning"]))} for row in report.rows()]
    if path.suffix.lower() == ".xlsx":
        return workbook(rows, str, bold="rule")
    lines = json_lines(rows) if path.suffix.lower() == ".jsonl" else tsv_lines(rows, str)
    return "".join(lines).encode("utf-8")


def _explain(console: Console, report: Report) -> None:
    from bialign.filtering.recipe import name_of

    say = console.say
    for count in report.counts:
        if not count.all:
            continue
        template = "{first} first, {all} in all, {alone} by it alone"
        counted = say(template, first=count.first, all=count.all, alone=count.alone)
        console.write(f"{name_of(count.rule)}: {say(count.rule.meaning)}: {counted}")
        for item in count.examples[:_SHOWN]:
            source, target = (printable(text)[:_LONGEST] for text in item.texts)
            console.write(f"    {printable(item.id)}\n      {source}\n      {target}")
    console.done(say("kept: {kept} of {pairs}", kept=report.kept, pairs=report.pairs))


def _tell(console: Console, report: Report, paths: Sequence[Path], seconds: float) -> None:
    from bialign.filtering.recipe import name_of

    say = console.say
    for count in report.counts:
        if count.first:
            template = "{count} {what} left out: {why}"
            why = f"{name_of(count.rule)} ({say(count.rule.meaning)})"
            console.note(say(template, count=count.first, what=say("pairs"), why=why))
    told = say("kept: {kept} of {pairs}", kept=report.kept, pairs=report.pairs)
    goal = f" → {', '.join(map(str, paths))}" if paths else ""
    console.note(f"{told}{goal} ({seconds:.1f} s)")
