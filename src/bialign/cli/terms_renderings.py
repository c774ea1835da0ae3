"""``bialign terms renderings``: what stands for a concept in a corpus, how often, where, since when."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Literal

import click

from bialign.cli.command import Argument, Command, shared_options
from bialign.cli.console import Console, printable
from bialign.cli.corpus_options import json_option
from bialign.cli.messages import Messages
from bialign.cli.terms_findings import cropped
from bialign.cli.terms_texts import given, texts_options

if TYPE_CHECKING:
    from rich.text import Text

    from bialign.terms import ConceptRenderings, Example, Rendered

_COLUMNS = ("rendering", "glossary", "count", "share", "score", "forms", "documents", "years")
_NAMED = 6
"""Forms and documents that are named in a terminal."""


@click.command("renderings", cls=Command, example="bialign terms renderings SIN peru.bialign")
@click.argument("concept", cls=Argument, metavar="CONCEPT", note="The id of a concept, or one of its terms.")
@texts_options
@click.option(
    "--side",
    metavar="SIDE",
    type=click.Choice(("source", "target")),
    default="source",
    help="Where to look for the concept: source (by default) or target.",
)
@click.option("--new", is_flag=True, help="Only renderings that are not in the glossary.")
@json_option
@shared_options
@click.pass_obj
def renderings(
    console: Console,
    /,
    *,
    concept: str,
    files: tuple[str, ...],
    glossary: str | None,
    names: tuple[str, ...],
    source_lang: str,
    target_lang: str,
    side: Literal["source", "target"],
    new: bool,
    as_json: bool,
) -> None:
    """Tell how a concept is rendered: by the glossary and by word links, with counts, examples, texts and years.

    Years are those that the titles, names or origins of the texts give.
    """
    from bialign.terms import concept_renderings

    with given(console, files, glossary, names, (source_lang, target_lang)) as opened:
        if opened.corpus is not None:
            found = opened.corpus.renderings(concept, side=side, names=names, termbase=opened.termbase)
        else:
            assert opened.text is not None
            assert opened.termbase is not None
            found = concept_renderings([opened.text], opened.termbase, concept, side=side)
    shown = [one for one in found.renderings if not (new and one.status)]
    if as_json:
        console.write(json.dumps(_as_json(found, shown), ensure_ascii=False, indent=2))
    elif sys.stdout.isatty():
        _print(console, found, shown)
    else:
        console.write("".join(_rows(shown)))
    _tell(console, found)


def _as_json(found: ConceptRenderings, shown: list[Rendered]) -> dict[str, object]:
    return {
        "concept": found.concept.id,
        "side": found.side,
        "places": found.places,
        "looked_at": found.looked_at,
        "none": found.none,
        "doubtful": found.doubtful,
        "terms": dict(found.terms),
        "renderings": [
            asdict(one) | {"forms": dict(one.forms), "documents": dict(one.documents), "years": dict(one.years)}
            for one in shown
        ],
        "unused": list(found.unused),
        "missing": [asdict(one) for one in found.missing],
    }


def _rows(shown: list[Rendered]) -> Iterator[str]:
    from bialign.formats.characters import one_line

    yield "\t".join(_COLUMNS) + "\n"
    for one in shown:
        lists = (_counted(pairs) for pairs in (one.forms, one.documents, one.years))
        cells = (one.text, one.status, one.count, f"{one.share:.3f}", f"{one.score:.2f}", *lists)
        yield "\t".join(one_line(str(cell)) for cell in cells) + "\n"


def _counted(pairs: tuple[tuple[str, int], ...]) -> str:
    return "; ".join(f"{name} {count}" for name, count in pairs)


def _print(console: Console, found: ConceptRenderings, shown: list[Rendered]) -> None:
    from rich.text import Text

    from bialign.cli.table import open_terminal

    terminal, say = open_terminal(), console.say
    for one in shown:
        head = Text(f"{one.count:>5} {100 * one.share:5.1f}%  ")
        head.append(printable(one.text), style="bold")
        status = say(one.status) if one.status else say("not in the glossary")
        head.append(f"  [{status}]", style="dim" if one.status else "yellow")
        terminal.print(head)
        for name, pairs in ((say("forms"), one.forms), (say("texts"), one.documents), (say("years"), one.years)):
            if len(pairs) > 1:
                more = f", +{len(pairs) - _NAMED}" if len(pairs) > _NAMED else ""
                listed = ", ".join(f"{text} {count}" for text, count in pairs[:_NAMED])
                terminal.print(Text(f"             {name}: {printable(listed)}{more}", style="dim"))
        for example in one.examples[:2]:
            for line in _example(example, found.side):
                terminal.print(line)
    for example in found.missing[:2]:
        terminal.print(Text(f"             {say('nothing stands for it:')}", style="dim"))
        for line in _example(example, found.side):
            terminal.print(line)


def _example(example: Example, side: str) -> Iterator[Text]:
    here, there = (example.source, example.target) if side == "source" else (example.target, example.source)
    yield cropped(here, (example.here,))
    yield cropped(there, (example.there,) if example.there[1] else ())


def _tell(console: Console, found: ConceptRenderings) -> None:
    say: Messages = console.say
    told = [
        say.count(found.places, "{count} place", "{count} places"),
        say("without a rendering: {count}", count=found.none),
    ]
    if found.doubtful:
        told.append(say("in doubtful beads, not looked at: {count}", count=found.doubtful))
    if found.looked_at + found.doubtful < found.places:
        told.append(say("looked at: {count}, chosen at random", count=found.looked_at))
    if found.unused:
        told.append(say("in the glossary, not used: {terms}", terms=", ".join(found.unused)))
    console.note(f"{found.concept.id}: {', '.join(told)}")
