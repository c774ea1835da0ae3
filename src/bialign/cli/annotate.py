"""``bialign annotate``: labels on stretches of both texts, made, listed, changed and removed."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

import click

from bialign.cli.annotate_files import export_annotations, import_annotations, schemes
from bialign.cli.annotate_study import adjudicate, agreement
from bialign.cli.annotation_lines import annotation_lines
from bialign.cli.command import Argument, Command, Function, Group, shared_options
from bialign.cli.console import Console
from bialign.cli.corpus_options import corpus_argument, count, json_option, name_argument, open_to_read

if TYPE_CHECKING:
    from bialign.corpus import Corpus
    from bialign.store.beads import Side
    from bialign.store.marking import Mark

_LETTERS = re.compile(r"(\d{1,9})-(\d{1,9})")


@click.group(
    "annotate",
    cls=Group,
    invoke_without_command=True,
    example='bialign annotate add peru.bialign 12 omission --source "at dawn"',
)
@shared_options
@click.pass_context
def annotate(ctx: click.Context) -> None:
    """Annotate what the translator did: label words of both texts, compare annotators, decide between them.

    The labels come from a scheme: see bialign annotate schemes. On a page of bialign serve it is done with mouse and
    keys.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def _who_option(help: str) -> Callable[[Function], Function]:
    return click.option("--who", metavar="NAME", default="", help=help)


scheme_option = click.option(
    "--scheme", metavar="SCHEME", default="", help="The scheme; by default the one of the corpus, or shifts."
)


def _marks_options(function: Function) -> Function:
    """Add the options that say what is marked."""
    help = {
        "source": "Words of the source, as they stand in the bead; may be given several times.",
        "target": "Words of the target, as they stand in the bead; may be given several times.",
    }
    for side in ("target", "source"):
        letters = f"Letters of the {side} instead of words, from 0, as 4-11."
        function = click.option(f"--{side}-letters", metavar="FROM-TO", multiple=True, help=letters)(function)
        function = click.option(f"--{side}", metavar="WORDS", multiple=True, help=help[side])(function)
    return function


@click.command("add", cls=Command, example='bialign annotate add peru.bialign 12 omission --source "at dawn"')
@corpus_argument
@click.argument("bead", cls=Argument, metavar="BEAD", callback=count, note="The id of a bead, as show gives it.")
@click.argument("label", cls=Argument, metavar="LABEL", note="A label of the scheme.")
@_marks_options
@scheme_option
@_who_option("The annotator; by default you.")
@click.option("--note", metavar="TEXT", default="", help="A note.")
@shared_options
@click.pass_obj
def add(
    console: Console,
    /,
    *,
    corpus: str,
    bead: int,
    label: str,
    scheme: str,
    who: str,
    note: str,
    **marked: Sequence[str],
) -> None:
    """Give a label to words of a bead, on one side or both; without any words to the whole bead."""
    from bialign.corpus import Corpus

    with Corpus(corpus) as opened:
        opened.bead(bead)
        marks = list(_marks(console, opened, bead, marked))
        try:
            id = opened.annotate(bead, label, marks, scheme=scheme, who=who, note=note)
        except ValueError:
            raise click.UsageError(console.say("this cannot be annotated: no words are marked")) from None
        console.write("\n".join(annotation_lines(console.say, opened.annotation(id))))


@click.command("change", cls=Command, example="bialign annotate change peru.bialign 3 --label addition")
@corpus_argument
@click.argument("id", cls=Argument, metavar="ID", callback=count, note="An annotation, as list gives it.")
@click.option("--label", metavar="LABEL", help="Another label.")
@click.option("--note", metavar="TEXT", help="Another note.")
@_marks_options
@shared_options
@click.pass_obj
def change(
    console: Console, /, *, corpus: str, id: int, label: str | None, note: str | None, **marked: Sequence[str]
) -> None:
    """Give an annotation another label, note or words; without options say that it is right as it stands.

    Where its words have been corrected since, list says so; this takes the sign away.
    """
    from bialign.corpus import Corpus

    with Corpus(corpus) as opened:
        view = opened.annotation(id)
        marks = [mark for one in view.beads[:1] for mark in _marks(console, opened, one, marked)]
        opened.change_annotation(id, label=label, note=note, marks=marks or None)
        console.write("\n".join(annotation_lines(console.say, opened.annotation(id))))


@click.command("list", cls=Command, example="bialign annotate list peru.bialign --label omission")
@corpus_argument
@name_argument(required=False)
@click.option("--scheme", metavar="SCHEME", default="", help="Only annotations of a scheme.")
@click.option("--label", metavar="LABEL", default="", help="Only annotations with a label.")
@click.option("--bead", callback=count, metavar="BEAD", help="Only annotations of a bead.")
@_who_option("Only annotations by one person.")
@click.option("--corrected", is_flag=True, help="Only annotations whose words have been corrected since.")
@json_option
@shared_options
@click.pass_obj
def list_annotations(
    console: Console,
    /,
    *,
    corpus: str,
    name: str | None,
    scheme: str,
    label: str,
    who: str,
    bead: int | None,
    corrected: bool,
    as_json: bool,
) -> None:
    """List annotations with their words, in the order of the text."""
    from bialign.study.annotation.rows import table

    with open_to_read(corpus) as opened:
        found = opened.annotations(name or "", scheme=scheme, label=label, who=who, bead=bead)
    found = [view for view in found if view.annotation.was or not corrected]
    if as_json:
        lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in table(found).records())
        console.write("".join(lines))
        return
    for view in found:
        console.write("\n".join(annotation_lines(console.say, view)))
    console.note(console.say.count(len(found), "{count} annotation", "{count} annotations"))


@click.command("remove", cls=Command, example="bialign annotate remove peru.bialign 3 4")
@corpus_argument
@click.argument("ids", cls=Argument, metavar="ID", nargs=-1, required=True, note="Annotations, as list gives them.")
@shared_options
@click.pass_obj
def remove(console: Console, /, *, corpus: str, ids: Sequence[str]) -> None:
    """Remove annotations; bialign undo brings them back."""
    from bialign.corpus import Corpus

    if any(not (id.isascii() and id.isdigit() and len(id) < 18) for id in ids):
        raise click.UsageError(console.say("annotations are named by their numbers"))
    with Corpus(corpus) as opened:
        opened.remove_annotations(map(int, ids))
    console.done(console.say.count(len(set(ids)), "{count} annotation removed", "{count} annotations removed"))


def _marks(console: Console, corpus: Corpus, bead: int, marked: dict[str, Sequence[str]]) -> Iterable[Mark]:
    """Find the words that a call names."""
    view = corpus.bead(bead)
    sides: tuple[tuple[Side, str], ...] = (("source", view.source_text), ("target", view.target_text))
    for side, text in sides:
        for words in marked[side]:
            number = text.count(words) if words.strip() else 0
            if number != 1:
                template = "the words “{words}” stand {count} times on this side of the bead: name letters instead"
                shown = textwrap.shorten(words, 40, placeholder="…")
                raise click.UsageError(console.say(template, words=shown, count=number))
            start = text.index(words)
            yield from corpus.marks_in(bead, side, start, start + len(words))
        for letters in marked[f"{side}_letters"]:
            found = _LETTERS.fullmatch(letters)
            try:
                if found is None:
                    raise ValueError(letters)
                yield from corpus.marks_in(bead, side, int(found[1]), int(found[2]))
            except ValueError:
                template = "this side of the bead has no letters {letters}; it has {count}"
                raise click.UsageError(console.say(template, letters=letters, count=len(text))) from None


for _command in (
    schemes, add, list_annotations, change, remove, agreement, adjudicate, export_annotations, import_annotations,
):  # fmt: skip
    annotate.add_command(_command)
