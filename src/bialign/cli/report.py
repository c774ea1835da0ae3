"""``bialign report``: what was found in a corpus, as one page, with tables beside it."""

from __future__ import annotations

from pathlib import Path

import click

from bialign.cli.command import Argument, Command, shared_options
from bialign.cli.console import Console
from bialign.cli.corpus_options import count, open_to_read
from bialign.cli.messages import LANGUAGES


@click.command("report", cls=Command, example="bialign report peru.bialign -o report.html")
@click.argument("corpus", cls=Argument, metavar="CORPUS", note="A corpus file, as bialign init makes it.")
@click.option(
    "-o",
    "--output",
    metavar="OUT",
    required=True,
    help="The page to write: report.html; its tables go into a folder beside it, report-tables.",
)
@click.option(
    "--text", "names", multiple=True, metavar="NAME", help="Only this bitext of the corpus; may be given several times."
)
@click.option(
    "--groups",
    metavar="FILE",
    help="Groups that are compared: a table with the names of bitexts, then a column for each grouping (genre ...).",
)
@click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    metavar="en|es",
    help="Language of the report; by default that of the messages.",
)
@click.option(
    "--seed", metavar="N", default="1", callback=count, help="Another number draws other samples; by default 1."
)
@shared_options
@click.pass_obj
def report(
    console: Console,
    /,
    *,
    corpus: str,
    output: str,
    names: tuple[str, ...],
    groups: str | None,
    lang: str | None,
    seed: int,
) -> None:
    """Write a report on a corpus: sources and methods, alignment, translator's decisions, indicators, terms.

    It is one page that needs nothing else, to be read in a browser or printed from there. Every table of it lies
    beside it as TSV, with what its columns mean, a script that loads them in R and a notebook for pandas.
    """
    from bialign.cli.progress import ProgressBar
    from bialign.study import report as reports
    from bialign.study.sources import read_groups

    path = Path(output)
    reports.check_path(path)
    belongs = read_groups(Path(groups)) if groups else None
    with open_to_read(corpus) as opened, ProgressBar(console) as progress:
        made = reports.report(
            opened, names=names, groups=belongs, lang=lang or console.say.lang, seed=seed, progress=progress
        )
    reports.write(made, path, inputs=[Path(corpus)])
    console.note(f"{corpus} → {path}, {reports.tables_folder(path)}")
