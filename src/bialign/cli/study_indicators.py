"""``bialign study indicators``: measures of texts and translations, by text, group and segment, and groups compared."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bialign.cli.command import Command, shared_options
from bialign.cli.console import Console
from bialign.cli.corpus_options import count
from bialign.cli.study_texts import optional_study_options, study_texts
from bialign.errors import NotFound

if TYPE_CHECKING:
    from bialign.study.indicators import Indicator, Studied
    from bialign.study.tables import Table
    from bialign.termbase import Termbase

_LEVELS = ("document", "segment", "group", "all")


def _names(ctx: click.Context, parameter: click.Parameter, value: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in value.split(",") if name.strip())


def _seed(ctx: click.Context, parameter: click.Parameter, value: str) -> int:
    if not (value.isascii() and value.isdigit() and int(value) < 1 << 32):
        raise click.BadParameter("a whole number from 0 on is wanted", ctx, parameter)
    return int(value)


@click.command("indicators", cls=Command, example="bialign study indicators peru.bialign -o indicators.tsv")
@optional_study_options
@click.option(
    "--only",
    metavar="NAMES",
    default="",
    callback=_names,
    help="Only these indicators or themes (sttr, mtld, punctuation ...); with commas.",
)
@click.option(
    "--level",
    metavar="LEVEL",
    default="all",
    type=click.Choice(_LEVELS),
    help="What the values in the table are of: document, segment, group; by default documents and groups.",
)
@click.option("--compare", "grouping", metavar="GROUPING", default="", help="Compare the groups of this grouping.")
@click.option(
    "--glossary", metavar="FILE", help="Glossary for the consistency of terms; by default that of the corpus."
)
@click.option("-o", "--output", metavar="FILE", help="Table of all values: .tsv, .jsonl, .xlsx or .parquet.")
@click.option("--wide", is_flag=True, help="A column for each indicator, in place of a row for each value.")
@click.option("--comparisons", metavar="FILE", help="Table of the groups compared.")
@click.option(
    "--definitions",
    is_flag=True,
    help="Print what each indicator is: formula, unit, source, caveat; with -o, write it beside the table too.",
)
@click.option(
    "--links",
    metavar="NUMBER",
    default="1000",
    callback=count,
    help="Beads whose words are linked, in all texts together.",
)
@click.option("--seed", metavar="NUMBER", default="0", callback=_seed, help="Seed of all that is drawn at random.")
@shared_options
@click.pass_obj
def indicators(
    console: Console,
    /,
    *,
    files: tuple[str, ...],
    names: tuple[str, ...],
    groups: str | None,
    only: tuple[str, ...],
    level: str,
    grouping: str,
    glossary: str | None,
    output: str | None,
    wide: bool,
    comparisons: str | None,
    definitions: bool,
    links: int,
    seed: int,
) -> None:
    """Measure texts and translations: vocabulary, sentences, punctuation, connectives, passives, cognates, terms.

    Each text, all texts together and each group are measured, every side by itself. Groups are compared by
    permutation tests and bootstrap intervals. docs/indicators.md says how each indicator is worked out.
    """
    from bialign.cli.study_measures import definitions_text, summary
    from bialign.formats.files import write_whole
    from bialign.study import comparing, tables
    from bialign.study import indicators as measures

    wanted = measures.chosen(only)
    if not files:
        if not definitions:
            raise click.UsageError(console.say("name a corpus or files to measure, or ask for --definitions"))
        console.write(definitions_text(console.say, wanted))
        return
    if comparisons and not grouping:
        raise click.UsageError(console.say("--comparisons wants --compare"))
    for wished in (output, comparisons):
        if wished:
            tables.check_path(Path(wished))
    termbase = _termbase(console, files, glossary, wanted)
    studied = _counted(console, (files, names, groups), wanted, termbase, (links, seed))
    if not any(measures.sides_of(one, text.langs) for text in studied for one in wanted):
        raise NotFound("there is no text here to measure with these indicators", place=", ".join(files))
    compared = comparing.compare(studied, wanted, grouping, seed=seed) if grouping else []
    written = []
    if output:
        path = Path(output)
        written.append(tables.output(_table(studied, wanted, level, wide), path))
        if definitions:
            written.append(tables.output(measures.definitions(wanted), path.with_suffix(f".definitions{path.suffix}")))
    if comparisons:
        written.append(tables.output(comparing.table(compared), Path(comparisons)))
    if written:
        write_whole(written, inputs=[Path(file) for file in files])
    console.write(summary(console.say, studied, wanted, compared, level))
    if definitions:
        console.write("\n" + definitions_text(console.say, wanted))
    for path, _ in written:
        console.note(f"→ {path}")


def _counted(
    console: Console,
    asked: tuple[tuple[str, ...], tuple[str, ...], str | None],
    wanted: tuple[Indicator[Any], ...],
    termbase: Termbase | None,
    drawn: tuple[int, int],
) -> list[Studied]:
    """Count texts (`asked`: files, names, a table of groups); `drawn` is how many beads are linked, and the seed."""
    from bialign.cli.progress import ProgressBar
    from bialign.study import indicators as measures

    with study_texts(console, *asked) as (texts, total), ProgressBar(console) as progress:
        done = iter(range(total))
        return measures.count(
            texts,
            wanted,
            termbase=termbase,
            links=max(measures.FEWEST_LINKS, drawn[0] // max(1, total)),
            seed=drawn[1],
            progress=lambda _: progress("counting the words", next(done, total) / max(1, total)),
        )


def _termbase(
    console: Console, files: tuple[str, ...], glossary: str | None, wanted: tuple[Indicator[Any], ...]
) -> Termbase | None:
    """Give the glossary that was named, else that of the first corpus that has one, where terms are measured."""
    from bialign.cli.corpus_options import is_corpus, open_to_read
    from bialign.cli.terms_options import load_glossary

    if not any(one.theme == "terms" for one in wanted):
        return None
    if glossary:
        return load_glossary(console, glossary)
    for file in files:
        if is_corpus(Path(file)):
            with open_to_read(file) as corpus:
                found = corpus.glossary()
            if found is not None:
                return found
    return None


def _table(studied: list[Studied], wanted: tuple[Indicator[Any], ...], level: str, wide: bool) -> Table:
    from bialign.study import indicators as measures

    if level == "segment":
        return measures.segments(studied, wanted)
    found = [
        *(measures.of_documents(studied, wanted) if level != "group" else ()),
        *(measures.of_groups(studied, wanted) if level != "document" else ()),
    ]
    return measures.wide(found, wanted) if wide else measures.values(found)
