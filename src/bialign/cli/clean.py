"""``bialign clean``: what a text holds that is not the author's, shown first and removed when asked."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from bialign.cli.command import Argument, Command, Function, reading_options, shared_options
from bialign.cli.console import Console
from bialign.cli.places import visible
from bialign.cli.texts import deliver, explain_fixes, read_text

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    lang: str,
    encoding: str | None,
) -> None:
    """Find running heads, page numbers, navigation and notices, and remove them when asked.

    The text is repaired too, as `bialign repair` does.
    """
    from bialign.boilerplate import chosen, find
    from bialign.boilerplate import drop as remove

    original, document = read_text(file, lang, encoding)
    found = find(document)
    if explain:
        console.write("".join(_explain(console, file, document, found)))
        console.write("".join(explain_fixes(console, file, original, document.fixes)))
    removed = chosen(found, drop)
    if output is not None or not explain:
        deliver(console, remove(document, removed).text, output)
    counted = console.say.count(len(found), "{count} line of boilerplate", "{count} lines of boilerplate")
    fixes = console.say.count(len(document.fixes), "{count} fix", "{count} fixes")
    console.note(
        f"{file}: {counted}"
        + (f" ({console.say('removed: {count}', count=len(removed))})" if removed else "")
        + f", {fixes}"
        + (f" → {output}" if output else "")
    )
    if found and not drop:
        hint = "nothing was removed: --explain shows the lines, --drop boilerplate removes them"
        console.note(console.say(hint))


def _explain(console: Console, file: str, document: Document, found: Sequence[Boilerplate]) -> list[str]:
    from bialign.boilerplate import RULES
    from bialign.citation import Places

    places, lines = Places(document), []
    for item in found:
        place = places.cite(item.start, console.say.lang)
        evidence = console.say(item.template, **item.fields)
        shown = visible(document.text[item.start : item.stop].strip())
        lines.append(f"{file}: {place}: [{shown}]  {item.rule}: {evidence}\n")
    counts = Counter(item.rule for item in found)
    lines += ["\n"] if counts else []
    for rule, count in counts.most_common():
        english, spanish = RULES[rule]
        lines.append(f"{count:6}  {rule}: {spanish if console.say.lang == 'es' else english}\n")
    return [*lines, "\n"] if counts and document.fixes else lines
