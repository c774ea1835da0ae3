"""``bialign clean``: what a text holds that is not the author's, shown first and removed when asked."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bialign.cli.command import Argument, Command, Function, reading_options, shared_options
from bialign.cli.console import Console
from bialign.cli.places import visible
from bialign.cli.texts import explain_fixes, read_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bialign.bitext import Document
    from bialign.boilerplate import Boilerplate

DROPPED = ("boilerplate", "running-head", "page-number", "navigation", "notice")
"""What --drop takes; the first means all of the others."""


def drop_option(function: Function) -> Function:
    """Add --drop to a command."""
    return click.option(
        "--drop",
        multiple=True,
        type=click.Choice(DROPPED),
        metavar="WHAT",
        help="Remove boilerplate, or one kind of it: running-head, page-number, navigation, notice. May be given "
        "several times; nothing is removed without it.",
    )(function)


@click.command("clean", cls=Command, example="bialign clean book.txt --explain")
@click.argument("file", cls=Argument, metavar="FILE", note="A text, in any format that can be read.")
@click.option("-o", "--output", metavar="OUT", help="File to write, in UTF-8; by default the text goes to stdout.")
@click.option(
    "--explain", is_flag=True, help="Show each line of boilerplate and each fix with its reason, instead of the text."
)
@drop_option
@click.option(
    "--keep",
    multiple=True,
    metavar="LINE",
    help="With --drop: a line to leave where it is, by its text or its place, as --explain shows them. May be given "
    "several times.",
)
@click.option(
    "--removed",
    metavar="TSV",
    help="With --drop: a file for the record of what is removed: place, rule, evidence and text of each line.",
)
@reading_options
@shared_options
@click.pass_obj
def clean(
    console: Console,
    /,
    *,
    file: str,
    output: str | None,
    explain: bool,
    drop: tuple[str, ...],
    keep: tuple[str, ...],
    removed: str | None,
    lang: str,
    encoding: str | None,
) -> None:
    """Find running heads, page numbers, navigation and notices, and remove them when asked.

    The text is repaired too, as `bialign repair` does.
    """
    from bialign.boilerplate import chosen, find
    from bialign.boilerplate import drop as remove
    from bialign.formats.files import write_whole

    if (keep or removed) and not drop:
        raise click.UsageError(console.say("{option} goes with --drop", option="--keep" if keep else "--removed"))
    original, document = read_text(file, lang, encoding)
    found = find(document)
    if explain:
        console.write("".join(_explain(console, file, document, found)))
        console.write("".join(explain_fixes(console, file, original, document.fixes)))
    going = _without_kept(console, document, found, chosen(found, drop), keep)
    text = remove(document, going).text
    if output is None and not explain:
        console.write(text)
    files = {Path(output): [text]} if output is not None else {}
    if removed is not None:
        _check_other(console, removed, file, output)
        files[Path(removed)] = list(_record(console, document, going))
    write_whole(list(files.items()))
    counted = console.say.count(len(found), "{count} line of boilerplate", "{count} lines of boilerplate")
    counted += f" ({console.say('removed: {count}', count=len(going))})" if going else ""
    fixes = console.say.count(len(document.fixes), "{count} fix", "{count} fixes")
    console.note(f"{file}: {counted}, {fixes}" + (f" → {output}" if output else ""))
    if found and not drop:
        hint = "nothing was removed: --explain shows the lines, --drop boilerplate removes them"
        console.note(console.say(hint))


def _check_other(console: Console, removed: str, *others: str | None) -> None:
    """Refuse a file for the record that is the text itself, before or after."""
    if removed in others:
        template = "{path} would be overwritten: it is an input or named twice"
        raise click.UsageError(console.say(template, path=removed))


def _without_kept(
    console: Console,
    document: Document,
    found: Sequence[Boilerplate],
    going: Sequence[Boilerplate],
    keep: Sequence[str],
) -> list[Boilerplate]:
    """Leave out the lines whose text or place is among `keep`; a name for none of them is a mistake."""
    from bialign.citation import Places

    places = Places(document)
    names = {item.start: {_text(document, item), places.cite(item.start, console.say.lang)} for item in found}
    wanted = {" ".join(line.split()) for line in keep}
    for line in keep:
        if not any(" ".join(line.split()) in known for known in names.values()):
            template = "no line of boilerplate is {line}: --explain shows them"
            raise click.UsageError(console.say(template, line=line))
    return [item for item in going if not wanted & names[item.start]]


def _text(document: Document, item: Boilerplate) -> str:
    return " ".join(document.text[item.start : item.stop].split())


def _record(console: Console, document: Document, going: Sequence[Boilerplate]) -> Iterator[str]:
    """Give the lines of a table of what is removed."""
    from bialign.citation import Places
    from bialign.formats.characters import one_line

    yield "place\trule\tevidence\ttext\n"
    places = Places(document)
    for item in going:
        evidence = console.say(item.template, **item.fields)
        row = places.cite(item.start, console.say.lang), item.rule, evidence, _text(document, item)
        yield "\t".join(map(one_line, row)) + "\n"


def _explain(console: Console, file: str, document: Document, found: Sequence[Boilerplate]) -> list[str]:
    from bialign.boilerplate import RULES
    from bialign.citation import Places

    places, lines = Places(document), []
    for item in found:
        place = places.cite(item.start, console.say.lang)
        evidence = console.say(item.template, **item.fields)
        shown = visible(_text(document, item))
        lines.append(f"{file}: {place}: [{shown}]  {item.rule}: {evidence}\n")
    counts = Counter(item.rule for item in found)
    lines += ["\n"] if counts else []
    for rule, count in counts.most_common():
        english, spanish = RULES[rule]
        lines.append(f"{count:6}  {rule}: {spanish if console.say.lang == 'es' else english}\n")
    return [*lines, "\n"] if counts and document.fixes else lines
