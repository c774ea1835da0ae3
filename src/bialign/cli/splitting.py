"""How texts are split, for the commands that split them: the options, and the splitter's decisions shown."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bialign.cli.command import Function
from bialign.cli.console import Console
from bialign.cli.places import CONTEXT, Places, visible

if TYPE_CHECKING:
    from bialign.split import Decision


def splitting_options(function: Function) -> Function:
    """Add the options --exceptions and --srx."""
    exceptions = click.option(
        "--exceptions",
        metavar="FILE",
        help="Abbreviations of your texts after which no sentence ends, in YAML:  es: [Edo., Mpio.]",
    )
    srx = click.option("--srx", metavar="FILE", help="Split by the rules of an SRX 2.0 file instead of bialign's own.")
    return exceptions(srx(function))


def load_splitting(exceptions: str | None, srx: str | None) -> dict[str, Any]:
    """Read the files that the options name; give the settings for the splitter."""
    from bialign.split import load_exceptions

    settings: dict[str, Any] = {"exceptions": load_exceptions(Path(exceptions)) if exceptions else (), "rules": None}
    if srx:
        from bialign.split.srx import load_srx

        settings["rules"] = load_srx(Path(srx))
    return settings


def explain_cuts(console: Console, text: str, decisions: tuple[Decision, ...]) -> list[str]:
    """Show each decision on a line that fits 80 columns: place, what was done, the rule, the text around.

    Behind them stands how often each rule cut and joined.
    """
    lines, places = [], Places(text)
    words = {True: console.say("cut"), False: console.say("join")}
    width = max(map(len, words.values()))
    for decision in decisions:
        place = "{}:{}".format(*places.of(decision.offset))
        before = visible(text[max(0, decision.offset - CONTEXT) : decision.offset])[-CONTEXT:]
        after = visible(text[decision.offset :][:CONTEXT])[: CONTEXT - 6]
        mark = "‖" if decision.cut else "·"
        rule = f"{words[decision.cut]:<{width}} {decision.rule}"
        lines.append(f"{place:>9} {rule:<{width + 20}}{before:>{CONTEXT}}{mark}{after}".rstrip() + "\n")
    counts = Counter((decision.rule, decision.cut) for decision in decisions)
    if counts:
        lines.append("\n")
    lines += [f"{count:9} {words[cut]:<{width}} {rule}\n" for (rule, cut), count in counts.most_common()]
    return lines
