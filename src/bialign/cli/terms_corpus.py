"""``bialign terms import`` and ``export``: the glossary of a corpus brought in from a file, and written to one."""

from __future__ import annotations

from pathlib import Path

import click

from bialign.cli.command import Argument, Command, shared_options
from bialign.cli.console import Console
from bialign.cli.corpus_options import corpus_argument, open_to_read
from bialign.cli.terms_options import counted, tell_remarks
from bialign.errors import CorpusError


@click.command("import", cls=Command, example="bialign terms import glossary.yaml peru.bialign")
@click.argument("file", cls=Argument, metavar="FILE", note="A glossary of any format.")
@corpus_argument
@click.option("--add", "adding", is_flag=True, help="Keep the concepts the corpus has, and add the others.")
@click.option(
    "--source-lang", metavar="LANG", default="", help="Language of the first column, where a file names none."
)
@click.option("--target-lang", metavar="LANG", default="", help="Language of the second column.")
@shared_options
@click.pass_obj
def import_terms(
    console: Console, /, *, file: str, corpus: str, adding: bool, source_lang: str, target_lang: str
) -> None:
    """Make a glossary that of a corpus, instead of the one it has; it helps to align, to search and to check.

    bialign undo brings the old one back.
    """
    from bialign import glossaries
    from bialign.corpus import Corpus

    loaded = glossaries.load(Path(file), source_lang, target_lang)
    tell_remarks(console, file, loaded.remarks)
    with Corpus(corpus) as opened:
        kept = opened.glossary() if adding else None
        termbase = kept.joined(loaded.termbase) if kept else loaded.termbase
        opened.set_glossary(termbase)
    console.done(f"{counted(console, termbase)} → {corpus}")


@click.command("export", cls=Command, example="bialign terms export peru.bialign glossary.tbx")
@corpus_argument
@click.argument(
    "output",
    cls=Argument,
    metavar="OUT",
    note="File to write: .yaml, .tbx (TBX-Basic 3), .martif (TBX 2), .txt (OmegaT), .csv, .tsv or .xlsx.",
)
@shared_options
@click.pass_obj
def export_terms(console: Console, /, *, corpus: str, output: str) -> None:
    """Write the glossary of a corpus to a file; what the file has no place for is said."""
    from bialign import glossaries
    from bialign.cli.terms_options import tell_left

    goal = Path(output)
    glossaries.format_of(goal)
    if not goal.resolve().parent.is_dir():
        raise click.UsageError(console.say("there is no folder {path}", path=goal.parent))
    with open_to_read(corpus) as opened:
        termbase = opened.glossary()
    if termbase is None:
        raise CorpusError("the corpus has no glossary: bialign terms import brings one in", place=corpus)
    left = glossaries.save(termbase, goal)
    console.done(f"{counted(console, termbase)} → {output}")
    tell_left(console, output, left)
