"""``bialign study decisions``: what a translator did with each sentence, as tables, plots and a summary."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bialign.cli.command import Command, shared_options
from bialign.cli.console import Console
from bialign.cli.corpus_options import count
from bialign.cli.study_summary import summary
from bialign.cli.study_texts import study_options, study_texts

if TYPE_CHECKING:
    from bialign.formats.files import Output
    from bialign.study.decisions import Findings

_TYPES = ("kept", "split", "joined", "recut", "omitted", "added", "moved", "reordered")


def _types(ctx: click.Context, parameter: click.Parameter, value: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in value.split(",") if name.strip())
    for name in names:
        if name not in _TYPES:
            raise click.BadParameter(f"{name}: {', '.join(_TYPES)}", ctx, parameter)
    return names


@click.command("decisions", cls=Command, example="bialign study decisions peru.bialign -o decisions.tsv")
@study_options
@click.option(
    "--type",
    "types",
    metavar="TYPES",
    default="",
    callback=_types,
    help="Only these: kept, split, joined, recut, omitted, added, moved, reordered; with commas.",
)
@click.option("-o", "--output", metavar="FILE", help="Table of all decisions: .tsv, .jsonl, .xlsx or .parquet.")
@click.option("--counts", metavar="FILE", help="Table of counts by text and group.")
@click.option("--positions", metavar="FILE", help="Table of counts by tenths of the texts.")
@click.option(
    "--candidates", metavar="FILE", help="Table of places where the translation may say more, or less, to be read."
)
@click.option("--plot", metavar="FILE", help="Plot (.svg) of where along the texts decisions stand.")
@click.option("--plot-counts", metavar="FILE", help="Plot (.svg) of how often they are, with intervals.")
@click.option("--by", "grouping", metavar="GROUPING", default="", help="Compare these groups in --plot-counts.")
@click.option(
    "--show", metavar="NUMBER", callback=count, help="Show the passages of so many decisions, other than kept."
)
@shared_options
@click.pass_obj
def decisions(
    console: Console,
    /,
    *,
    files: tuple[str, ...],
    names: tuple[str, ...],
    groups: str | None,
    types: tuple[str, ...],
    output: str | None,
    counts: str | None,
    positions: str | None,
    candidates: str | None,
    plot: str | None,
    plot_counts: str | None,
    grouping: str,
    show: int | None,
) -> None:
    """Tell what the translator did with each sentence: kept, split, joined, omitted, added, moved, reordered.

    Each decision has its passages, its place in both texts, and whether a person confirmed it or with which probability
    it is inferred. The source is taken for the original. docs/study.md defines the types and says what to beware of.
    """
    from bialign.cli.progress import ProgressBar
    from bialign.formats.files import write_whole
    from bialign.study.decisions import find

    tables = {"decisions": output, "counts": counts, "positions": positions, "candidates": candidates}
    _check_paths(console, tables, plot, plot_counts)
    with study_texts(console, files, names, groups) as (texts, total), ProgressBar(console) as progress:
        found = find(
            texts,
            lang=console.say.lang,
            with_candidates=bool(candidates),
            progress=lambda share: progress("reading the decisions", share),
            total=total,
        )
    _check_grouping(console, grouping, found)
    written = [*_tables(found, tables, types), *_plots(console, found, plot, plot_counts, grouping)]
    if written:
        write_whole(written, inputs=[Path(file) for file in files])
    console.write(summary(console.say, found, types, show or 0))
    for path, _ in written:
        console.note(f"→ {path}")


def _check_paths(console: Console, tables: Mapping[str, str | None], plot: str | None, plot_counts: str | None) -> None:
    """Refuse names of files that say no format, before any work is done."""
    from bialign.study.tables import check_path

    for name in tables.values():
        if name:
            check_path(Path(name))
    for name in (plot, plot_counts):
        if name and Path(name).suffix.lower() != ".svg":
            raise click.UsageError(console.say("{path}: plots are .svg files", path=name))


def _check_grouping(console: Console, grouping: str, found: Findings) -> None:
    there = list(dict.fromkeys(name for size in found.sizes for name in size.groups))
    if grouping and grouping not in there:
        known = ", ".join(there) or "-"
        raise click.UsageError(console.say("no grouping {name} here; there are: {known}", name=grouping, known=known))


def _tables(found: Findings, paths: Mapping[str, str | None], types: tuple[str, ...]) -> list[Output]:
    from bialign.study.decisions import reports
    from bialign.study.tables import output

    makers = {
        "decisions": lambda: reports.decisions_table(found, types),
        "counts": lambda: reports.counts_table(found),
        "positions": lambda: reports.positions_table(found),
        "candidates": lambda: reports.candidates_table(found),
    }
    return [output(makers[name](), Path(path)) for name, path in paths.items() if path]


def _plots(console: Console, found: Findings, plot: str | None, plot_counts: str | None, grouping: str) -> list[Output]:
    from bialign.study.decisions.drawing import plot_frequencies, plot_positions

    lang = console.say.lang
    drawn: list[Output] = []
    if plot:
        drawn.append((Path(plot), [plot_positions(found, lang=lang)]))
    if plot_counts:
        drawn.append((Path(plot_counts), [plot_frequencies(found, lang=lang, grouping=grouping)]))
    return drawn
