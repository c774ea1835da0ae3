"""``bialign annotate schemes``, ``import`` and ``export``: the labels there are, and annotations as tables."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bialign.cli.command import Argument, Command, shared_options
from bialign.cli.console import Console, printable
from bialign.cli.corpus_options import corpus_argument, open_to_read

if TYPE_CHECKING:
    from bialign.study.annotation.schemes import Scheme

WIDTH = 80


@click.command("schemes", cls=Command, example="bialign annotate schemes --show vinay-darbelnet")
@click.argument("corpus", cls=Argument, metavar="CORPUS", required=False, note="A corpus, whose schemes are added.")
@click.option("--show", metavar="SCHEME", help="Show the labels of a scheme, with their keys and what they mean.")
@click.option("--write", metavar="FILE", help="Write the scheme of --show as YAML, to be edited.")
@click.option("--use", metavar="FILE", help="Take a scheme of one's own into the corpus.")
@shared_options
@click.pass_obj
def schemes(console: Console, /, *, corpus: str | None, show: str | None, write: str | None, use: str | None) -> None:
    """List the schemes of annotation, show one, write one as a file, or take one's own into a corpus.

    A scheme that is changed and taken in again takes the place of the old one; labels in use have to stay.
    """
    from bialign.corpus import Corpus
    from bialign.study.annotation import schemes as known

    if use is not None:
        if corpus is None:
            raise click.UsageError(console.say("--use takes a scheme into a corpus: name it"))
        scheme = known.load(Path(use))
        with Corpus(corpus) as opened:
            opened.set_scheme(scheme)
        told = console.say.count(len(scheme.labels), "{count} label", "{count} labels")
        console.done(f"{scheme.scheme} ({told}) → {corpus}")
        return
    held = {name: known.built_in(name) for name in known.BUILT_IN}
    if corpus is not None:
        with open_to_read(corpus) as opened:
            held |= opened.schemes()
    if show is None and write is not None:
        raise click.UsageError(console.say("--show names the scheme that is to be written"))
    if show is None:
        for scheme in held.values():
            console.write("\n".join(_head(console, scheme)))
        return
    if show not in held:
        known_names = ", ".join(held)
        raise click.UsageError(
            console.say("there is no scheme {name}; there are: {known}", name=show, known=known_names)
        )
    if write is None:
        console.write("\n".join([*_head(console, held[show]), *_labels(console, held[show])]))
        return
    from bialign.formats.files import write_whole

    write_whole([(Path(write), [known.dumps(held[show])])])
    console.done(f"{show} → {write}")


def _head(console: Console, scheme: Scheme) -> list[str]:
    lang = console.say.lang
    told = console.say.count(len(scheme.labels), "{count} label", "{count} labels")
    lines = [f"{scheme.scheme}: {printable(scheme.title(lang))} ({told})"]
    if scheme.source:
        lines += textwrap.wrap(printable(scheme.source), WIDTH, initial_indent="  ", subsequent_indent="  ")
    return lines


def _labels(console: Console, scheme: Scheme) -> list[str]:
    lang = console.say.lang
    lines = []
    for label in scheme.labels:
        lines += ["", printable(f"  {label.key}  {label.name}: {label.title(lang)}")]
        told = [label.definition(lang), *(f"{one.en} → {one.es}" for one in label.examples)]
        for text in filter(None, told):
            lines += textwrap.wrap(printable(text), WIDTH, initial_indent="     ", subsequent_indent="     ")
    return lines


@click.command("export", cls=Command, example="bialign annotate export peru.bialign shifts.tsv")
@corpus_argument
@click.argument("output", cls=Argument, metavar="OUT", note="File to write: .tsv, .jsonl, .xlsx or .parquet.")
@click.option("--name", metavar="NAME", default="", help="Only annotations of one bitext.")
@click.option("--scheme", metavar="SCHEME", default="", help="Only annotations of a scheme.")
@click.option("--who", metavar="NAME", default="", help="Only annotations by one person.")
@click.option("--settled", is_flag=True, help="Only what stands in the end: what all agree on, and what was decided.")
@shared_options
@click.pass_obj
def export_annotations(
    console: Console, /, *, corpus: str, output: str, name: str, scheme: str, who: str, settled: bool
) -> None:
    """Write annotations as a table: a row for each stretch of words, with its place in the text."""
    from bialign.study import tables
    from bialign.study.annotation import adjudication
    from bialign.study.annotation.rows import table

    tables.check_path(Path(output))
    with open_to_read(corpus) as opened:
        if settled:
            found = adjudication.settled(opened, [name] if name else [], scheme=scheme)
            found = [view for view in found if who in {"", view.annotation.who}]
        else:
            found = opened.annotations(name, scheme=scheme, who=who)
    tables.write([(table(found), Path(output))], inputs=[Path(corpus)])
    told = console.say.count(len(found), "{count} annotation", "{count} annotations")
    console.done(f"{told} → {output}")


@click.command("import", cls=Command, example="bialign annotate import shifts.tsv peru.bialign")
@click.argument("file", cls=Argument, metavar="FILE", note="A table, as export writes it: .tsv, .jsonl or .xlsx.")
@corpus_argument
@shared_options
@click.pass_obj
def import_annotations(console: Console, /, *, file: str, corpus: str) -> None:
    """Bring annotations in from a table, all or none; those that are there already are not added again.

    The columns bitext, bead, label and who are enough, with side and text where only some words are meant.
    """
    from bialign.corpus import Corpus
    from bialign.study.annotation.bringing_in import bring_in

    with Corpus(corpus) as opened:
        done = bring_in(opened, Path(file))
    told = console.say.count(done.added, "{count} annotation added", "{count} annotations added")
    known = console.say("{count} there already", count=done.known)
    console.done(f"{told}, {known}" if done.known else told)
