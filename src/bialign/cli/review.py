"""``bialign review``: a workbook that came back from its reviewers into a corpus."""

from __future__ import annotations

from pathlib import Path

import click

from bialign.cli.command import Argument, Command, shared_options
from bialign.cli.console import Console
from bialign.cli.corpus_options import corpus_argument, name_argument
from bialign.cli.decisions import tell_unplaced


@click.command("review", cls=Command, example="bialign review peru.bialign letter letter-reviewed.xlsx --by Ana")
@corpus_argument
@name_argument()
@click.argument(
    "workbook", cls=Argument, metavar="WORKBOOK", note="An xlsx file that bialign export wrote, with its changes."
)
@click.option("--by", metavar="NAME", default="", help="Who reviewed it; else the user's name.")
@shared_options
@click.pass_obj
def review(console: Console, /, *, corpus: str, name: str, workbook: str, by: str) -> None:
    """Take what reviewers changed in a workbook over into a corpus: statuses, comments, corrected texts.

    Rows are told by hidden names, so they may be sorted and filtered. What is confirmed stays, the rest is aligned anew
    around it; bialign undo takes all of it back.
    """
    from bialign.corpus import Corpus
    from bialign.corpus.reviewed import decisions_of
    from bialign.readers.bilingual.review import read_review

    say = console.say
    found = read_review(Path(workbook))
    for remark in found.remarks:
        console.warn(say(remark.template, **remark.fields))
    decisions = decisions_of(found, by)
    if not decisions:
        console.note(say("nothing was changed in {path}", path=workbook))
        return
    with Corpus(corpus, who=by) as opened:
        unplaced = opened.replay({name: decisions})
    tell_unplaced(console, unplaced)
    done = len(decisions.texts) + len(decisions.beads) - sum(map(len, unplaced.values()))
    console.note(say.count(done, "{count} decision taken over", "{count} decisions taken over"))
