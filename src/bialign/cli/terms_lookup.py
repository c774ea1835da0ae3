"""``bialign terms lookup``: the terms of a glossary in a text, as rows, as marked text, as a page."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from bialign.cli.command import Argument, Command, reading_options, shared_options
from bialign.cli.console import Console, printable
from bialign.cli.terms_options import glossary_option, load_glossary

if TYPE_CHECKING:
    from bialign.termbase import Termbase, TermHit

_FILE_NAME = re.compile(r"\S+\.[A-Za-z]\w{1,4}")
_FEW = 3
_COLUMNS = ("start", "stop", "found", "lang", "concept", "term", "status", "equivalents")


class _Text(NamedTuple):
    """Hold what is looked up: its text, its language where that is known, its name, and whether it is a file's."""

    text: str
    lang: str
    name: str
    is_file: bool


@click.command(
    "lookup", cls=Command, example="bialign terms lookup letter.es.txt --glossary glossary.yaml -o letter-terms.html"
)
@click.argument(
    "text", cls=Argument, metavar="TEXT", note="A text in quotation marks, or a file; - reads what is piped in."
)
@glossary_option
@click.option(
    "-o",
    "--output",
    metavar="OUT",
    help="File to write: .html is a page to read with the terms marked, .tsv a table of them.",
)
@click.option("--overlapping", is_flag=True, help="Also the terms inside longer ones, and all concepts of a term.")
@click.option("--suggest", is_flag=True, help="Also places where a term seems to be meant but is mistyped.")
@reading_options
@shared_options
@click.pass_obj
def lookup(
    console: Console,
    /,
    *,
    text: str,
    glossary: str,
    output: str | None,
    overlapping: bool,
    suggest: bool,
    lang: str,
    encoding: str | None,
) -> None:
    """Look up which terms of a glossary a text holds, in whatever form they stand there.

    On a terminal the text is shown with its terms marked, and their entries; elsewhere the terms are rows of a table.
    """
    _check_output(console, output)
    termbase = load_glossary(console, glossary)
    given = _given(text, lang, encoding)
    langs = [given.lang] if given.lang else list(termbase.languages)
    found = [(code, hit) for code in langs for hit in termbase.lookup(given.text, code, overlapping=overlapping)]
    found.sort(key=lambda pair: (pair[1].start, -pair[1].stop))
    if output is not None:
        _write(console, Path(output), given, found, termbase)
    elif sys.stdout.isatty():
        _print_marked(console, given, found)
    else:
        console.write("".join(_rows(given.text, found)))
    if suggest or not given.is_file:
        _tell_suggestions(console, given, langs, termbase)
    concepts = len({hit.concept.id for _, hit in found})
    counted = console.say.count(len(found), "{count} term", "{count} terms")
    of = console.say.count(concepts, "{count} concept", "{count} concepts")
    console.note(f"{counted}, {of}" + (f" → {output}" if output else ""))


def _check_output(console: Console, output: str | None) -> None:
    if output is None:
        return
    path = Path(output)
    if path.suffix.lower() not in {".html", ".htm", ".tsv"}:
        raise click.UsageError(console.say("{path}: a page is .html, a table .tsv", path=path))
    if not path.resolve().parent.is_dir():
        raise click.UsageError(console.say("there is no folder {path}", path=path.parent))


def _given(text: str, lang: str, encoding: str | None) -> _Text:
    """Take the argument as a file where there is one, or where it looks like a name; else as the text itself."""
    from bialign.languages import guess_language

    if text == "-":
        piped = sys.stdin.read()
        return _Text(piped, lang or guess_language(piped), "-", True)
    if _FILE_NAME.fullmatch(text) or _is_file(text):
        from bialign.readers import read

        document = read(Path(text), encoding=encoding, lang=lang or None)
        return _Text(document.text, document.lang, document.title or document.id, True)
    # of a word or two nobody can tell the language: "SIN" looks as Spanish as the preposition
    return _Text(text, lang or (guess_language(text) if len(text.split()) > _FEW else ""), text, False)


def _is_file(name: str) -> bool:
    try:
        return Path(name).is_file()
    except (OSError, ValueError):
        return False


def _rows(text: str, found: Sequence[tuple[str, TermHit]]) -> Iterator[str]:
    """Give the hits as rows: places count characters from 0."""
    from bialign.formats.characters import one_line

    yield "\t".join(_COLUMNS) + "\n"
    for lang, hit in found:
        others = [term.text for term in hit.concept.terms if term.lang != hit.term.lang and term.status == "preferred"]
        cells = (hit.start, hit.stop, text[hit.start : hit.stop], lang, hit.concept.id, hit.term.text, hit.term.status)
        yield "\t".join(one_line(str(cell)) for cell in (*cells, "; ".join(others))) + "\n"


def _write(
    console: Console, path: Path, given: _Text, found: Sequence[tuple[str, TermHit]], termbase: Termbase
) -> None:
    from bialign.formats.files import write_whole
    from bialign.formats.html import terms as page

    if path.suffix.lower() == ".tsv":
        write_whole([(path, _rows(given.text, found))])
        return
    lang = given.lang or (found[0][0] if found else next(iter(termbase.languages), ""))
    hits = [hit for _, hit in found]
    write_whole([(path, page.chunks(given.text, hits, lang=lang, title=given.name, ui_lang=console.say.lang))])


def _print_marked(console: Console, given: _Text, found: Sequence[tuple[str, TermHit]]) -> None:
    """Show the text with its terms underlined and numbered, then the entries in the order of their numbers."""
    from rich.console import Console as Terminal
    from rich.text import Text

    from bialign.cli.terms_entry import entry, print_lines

    numbers: dict[str, int] = {}
    shown, last = Text(), 0
    for _, hit in found:
        number = numbers.setdefault(hit.concept.id, len(numbers) + 1)
        if hit.start < last:
            continue
        warned = hit.term.status in {"deprecated", "superseded"}
        shown.append(_visible(given.text[last : hit.start]))
        shown.append(printable(given.text[hit.start : hit.stop]), style="underline red" if warned else "underline")
        shown.append(f"[{number}]", style="cyan")
        last = hit.stop
    shown.append(_visible(given.text[last:]))
    terminal = Terminal(highlight=False)
    terminal.print(shown)
    concepts = {hit.concept.id: (hit.concept, lang) for lang, hit in reversed(found)}
    for id, number in numbers.items():
        concept, lang = concepts[id]
        terminal.print()
        terminal.print(Text(f"[{number}] ", style="cyan"), end="")
        print_lines(console, entry(concept, console.say, [lang]), colours=True)


def _visible(text: str) -> str:
    """Keep the lines of a text, but nothing that could move the cursor."""
    return "\n".join(map(printable, text.split("\n")))


def _tell_suggestions(console: Console, given: _Text, langs: Sequence[str], termbase: Termbase) -> None:
    for lang in langs:
        for hit in termbase.suggest(given.text, lang):
            said = console.say("did you mean {name}?", name=hit.term.text)
            console.note(f"{hit.start}: {printable(given.text[hit.start : hit.stop])}: {said}")
