"""``bialign terms``: a glossary looked up in texts, found in them, checked, converted, kept in a corpus."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bialign.cli.command import Argument, Command, Group, shared_options
from bialign.cli.console import Console
from bialign.cli.terms_check import check_terms
from bialign.cli.terms_corpus import export_terms, import_terms
from bialign.cli.terms_extract import extract
from bialign.cli.terms_lookup import lookup
from bialign.cli.terms_options import counted, glossary_option, load_glossary, tell_left, tell_remarks
from bialign.cli.terms_renderings import renderings

if TYPE_CHECKING:
    from bialign.termbase import Concept, Termbase


@click.group(
    "terms",
    cls=Group,
    invoke_without_command=True,
    example='bialign terms lookup "the death squads of the SIN" --glossary glossary.yaml',
)
@shared_options
@click.pass_context
def terms(ctx: click.Context) -> None:
    """A glossary: look terms up in texts, find new ones, check translations against it, convert and list it.

    Glossaries are YAML, TBX (2 and 3), OmegaT's text files, CSV, TSV or xlsx.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


@click.command("convert", cls=Command, example="bialign terms convert glossary.yaml glossary.tbx")
@click.argument("file", cls=Argument, metavar="IN", note="The glossary; its suffix names the format.")
@click.argument(
    "output",
    cls=Argument,
    metavar="OUT",
    note="File to write: .yaml, .tbx (TBX-Basic 3), .martif (TBX 2), .txt (OmegaT), .csv, .tsv or .xlsx.",
)
@click.option(
    "--to",
    "format",
    metavar="FORMAT",
    type=click.Choice(["yaml", "tbx", "tbx2", "omegat", "csv", "tsv", "xlsx"]),
    help="yaml, tbx, tbx2, omegat, csv, tsv or xlsx; by default what the suffix of OUT says.",
)
@click.option(
    "--source-lang", metavar="LANG", default="", help="Language of the first column, where a file names none."
)
@click.option("--target-lang", metavar="LANG", default="", help="Language of the second column.")
@shared_options
@click.pass_obj
def convert_terms(
    console: Console, /, *, file: str, output: str, format: str | None, source_lang: str, target_lang: str
) -> None:
    """Convert a glossary; what the new file has no place for is said."""
    from bialign import glossaries

    say, goal = console.say, Path(output)
    if goal.resolve() == Path(file).resolve():
        raise click.UsageError(say("{path} would be overwritten: it is an input or named twice", path=goal))
    if not goal.resolve().parent.is_dir():
        raise click.UsageError(say("there is no folder {path}", path=goal.parent))
    if format is None:
        glossaries.format_of(goal)
    loaded = glossaries.load(Path(file), source_lang, target_lang)
    tell_remarks(console, file, loaded.remarks)
    left = glossaries.save(loaded.termbase, goal, format)
    console.done(f"{counted(console, loaded.termbase)} → {output}")
    tell_left(console, output, left)


@click.command("validate", cls=Command, example="bialign terms validate glossary.yaml")
@click.argument("files", cls=Argument, metavar="FILE", nargs=-1, required=True, note="A glossary of any format.")
@shared_options
@click.pass_obj
def validate(console: Console, /, *, files: tuple[str, ...]) -> None:
    """Check glossaries: the first error with its line, and what is likely a slip.

    A glossary at fault ends the command with status 1; slips alone do not.
    """
    from bialign import glossaries
    from bialign.glossaries.advice import advice

    for file in files:
        loaded = glossaries.load(Path(file))
        remarks = (*loaded.remarks, *advice(loaded.termbase))
        tell_remarks(console, file, remarks)
        verdict = "" if remarks else f"; {console.say('nothing to find fault with')}"
        console.write(f"{file}: {counted(console, loaded.termbase)}{verdict}")


@click.command("list", cls=Command, example="bialign terms list --glossary glossary.yaml")
@glossary_option
@click.option("--subject", metavar="NAME", default="", help="Only concepts of this subject.")
@shared_options
@click.pass_obj
def list_terms(console: Console, /, *, glossary: str, subject: str) -> None:
    """List the concepts: id, subject, and the terms of each language, parted by tabs."""
    termbase = load_glossary(console, glossary)
    rows = ["\t".join(["id", "subject", *termbase.languages])]
    for concept in termbase.concepts:
        if not subject or concept.subject.casefold() == subject.casefold():
            sides = ("; ".join(term.text for term in concept.terms_in(lang)) for lang in termbase.languages)
            rows.append("\t".join(_cell(text) for text in (concept.id, concept.subject, *sides)))
    console.write("\n".join(rows))


def _cell(text: str) -> str:
    return " ".join(text.split())


@click.command("show", cls=Command, example="bialign terms show sin --glossary glossary.yaml")
@click.argument("name", cls=Argument, metavar="CONCEPT", note="The id of a concept, or one of its terms.")
@glossary_option
@shared_options
@click.pass_obj
def show_term(console: Console, /, *, name: str, glossary: str) -> None:
    """Show everything a glossary says of a concept."""
    from bialign.cli.terms_entry import entry, print_lines
    from bialign.errors import NotFound

    termbase = load_glossary(console, glossary)
    found = _named(termbase, name)
    if not found:
        near = _nearest(termbase, name)
        hint = f": {console.say('did you mean {name}?', name=near)}" if near else ""
        raise NotFound("the glossary has no concept {name}{hint}", place=glossary, name=repr(name), hint=hint)
    for number, concept in enumerate(found):
        if number:
            console.write("\n")
        print_lines(console, entry(concept, console.say), colours=sys.stdout.isatty())


def _named(termbase: Termbase, name: str) -> list[Concept]:
    """Find a concept by its id, else all that have a term of this name, in any of its forms."""
    concept = termbase.concept(name)
    if concept is not None:
        return [concept]
    found: dict[str, Concept] = {}
    for lang in termbase.languages:
        for hit in termbase.lookup(name, lang, overlapping=True):
            if hit.start == 0 and hit.stop == len(name):
                found.setdefault(hit.concept.id, hit.concept)
    return list(found.values())


def _nearest(termbase: Termbase, name: str) -> str:
    from rapidfuzz import process

    names = [concept.id for concept in termbase.concepts]
    names += [term.text for concept in termbase.concepts for term in concept.terms]
    best = process.extractOne(name, names, score_cutoff=70)
    return str(best[0]) if best else ""


for command in (lookup, check_terms, renderings, extract, convert_terms, validate, list_terms, show_term):
    terms.add_command(command)
for command in (import_terms, export_terms):
    terms.add_command(command)
