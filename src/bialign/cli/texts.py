"""``bialign repair`` and ``bialign split``: what happens to a text before it is aligned."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bialign.cli.command import Argument, Command, reading_options, shared_options
from bialign.cli.console import Console
from bialign.cli.places import CONTEXT, Places, visible
from bialign.cli.splitting import explain_cuts, load_splitting, splitting_options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bialign.bitext import Document, Fix

ALSO = ("quotes", "dashes")
"""What --also takes."""


@click.command("repair", cls=Command, example="bialign repair letter.txt --explain")
@click.argument("file", cls=Argument, metavar="FILE", note="A text, in any common encoding.")
@click.option("-o", "--output", metavar="OUT", help="File to write, in UTF-8; by default the text goes to stdout.")
@click.option("--explain", is_flag=True, help="Show each fix with its place, context and rule, instead of the text.")
@click.option(
    "--also",
    multiple=True,
    type=click.Choice(ALSO),
    metavar="WHAT",
    help="Change what is no damage too: quotes makes straight quotes and apostrophes those of print, dashes the "
    "hyphens that stand for dashes. May be given twice.",
)
@reading_options
@shared_options
@click.pass_obj
def repair(
    console: Console,
    /,
    *,
    file: str,
    output: str | None,
    explain: bool,
    also: tuple[str, ...],
    lang: str,
    encoding: str | None,
) -> None:
    """Repair a text: wrongly decoded letters, stray characters, spaces. Clean text is left as it is."""
    original, document = read_text(file, lang, encoding, also)
    if explain:
        console.write("".join(explain_fixes(console, file, original, document.fixes)))
    if output is not None or not explain:
        deliver(console, document.text, output)
    counted = console.say.count(len(document.fixes), "{count} fix", "{count} fixes")
    console.note(f"{file}: {document.encoding}, {counted}" + (f" → {output}" if output else ""))


def read_text(file: str, lang: str, encoding: str | None, also: Sequence[str] = ()) -> tuple[str, Document]:
    """Read a text; give it as it was before repair, and as it is after."""
    from bialign.readers import read
    from bialign.repair import revert

    document = read(Path(file), encoding=encoding, lang=lang or None, also=also)
    return revert(document.text, document.fixes), document


def explain_fixes(console: Console, file: str, original: str, fixes: tuple[Fix, ...]) -> list[str]:
    """Say of each fix where it is, what became what, by which rules; then what the rules do."""
    from bialign.repair import ALSO, RULES

    rules = RULES | ALSO
    lines, places = [], Places(original)
    for fix in fixes:
        line, column = places.of(fix.start)
        before = visible(original[max(0, fix.start - CONTEXT) : fix.start])
        after = visible(original[fix.start + len(fix.before) :][:CONTEXT])
        change = f"[{visible(fix.before)}→{visible(fix.after)}]"
        lines.append(f"{file}:{line}:{column}: {before}{change}{after}  ({', '.join(fix.rules)})\n")
    counts = Counter(rule for fix in fixes for rule in fix.rules)
    if counts:
        lines.append("\n")
    for rule, count in counts.most_common():
        explanation = rules[rule].spanish if console.say.lang == "es" else rules[rule].english
        lines.append(f"{count:6}  {rule}: {explanation}\n")
    return lines


@click.command("split", cls=Command, example="bialign split carta.txt --lang es --explain")
@click.argument("file", cls=Argument, metavar="FILE", note="A text, in any common encoding.")
@click.option("-o", "--output", metavar="OUT", help="File to write; by default the segments go to stdout.")
@click.option(
    "--explain", is_flag=True, help="Show at each candidate which rule cut or joined, instead of the segments."
)
@click.option("--paragraphs", is_flag=True, help="Put an empty line between paragraphs.")
@splitting_options
@reading_options
@shared_options
@click.pass_obj
def split(
    console: Console,
    /,
    *,
    file: str,
    output: str | None,
    explain: bool,
    paragraphs: bool,
    exceptions: str | None,
    srx: str | None,
    lang: str,
    encoding: str | None,
) -> None:
    """Split a text into sentences, one a line. The text is repaired first."""
    from bialign.split import explain as decide
    from bialign.split import split as cut

    settings = load_splitting(exceptions, srx)
    _, document = read_text(file, lang, encoding)
    settings |= {"paragraphs": document.paragraphs}
    segments = cut(document.text, document.lang, **settings)
    if explain:
        decisions = decide(document.text, document.lang, **settings)
        console.write("".join(explain_cuts(console, document.text, decisions)))
    if output is not None or not explain:
        lines = []
        for number, segment in enumerate(segments):
            if paragraphs and number and segment.paragraph != segments[number - 1].paragraph:
                lines.append("\n")
            # a segment may run over the line breaks of its document; here a line is a segment
            lines.append(" ".join(segment.text.split("\n")) + "\n")
        deliver(console, "".join(lines), output)
    counted = console.say.count(len(segments), "{count} segment", "{count} segments")
    details = ", ".join(detail for detail in (document.lang, document.encoding) if detail)
    console.note(f"{file}: {counted} ({details})" + (f" → {output}" if output else ""))


def deliver(console: Console, text: str, output: str | None) -> None:
    """Write a text to a file, or to stdout."""
    if output is None:
        console.write(text)
        return
    from bialign.formats.files import write_whole

    write_whole([(Path(output), [text])])
