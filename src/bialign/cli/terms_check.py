"""``bialign terms check``: is the glossary kept to? Findings shown, counted, ignored for good."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from bialign.cli.command import Command, shared_options
from bialign.cli.console import Console
from bialign.cli.corpus_options import json_option
from bialign.cli.terms_findings import COLUMNS, as_json, as_row, lines_of, print_findings
from bialign.cli.terms_ignoring import Memory, memory_of
from bialign.cli.terms_texts import Given, given, texts_options
from bialign.terms.findings import RULES, SEVERITIES, Rule, Severity

if TYPE_CHECKING:
    from bialign.terms import BeadText, Checker, Finding

_NEVER = "never"
_Found = tuple["Finding", "BeadText"]


@click.command("check", cls=Command, example="bialign terms check peru.bialign --text letter")
@texts_options
@click.option(
    "--rule",
    "rules",
    multiple=True,
    metavar="RULE",
    type=click.Choice(get_args(Rule)),
    help="Only this rule: rendering, omitted, forbidden, superseded, mixed, acronym, number, date or name; may be "
    "given several times.",
)
@click.option(
    "--least",
    metavar="SEVERITY",
    type=click.Choice(get_args(Severity)),
    default="warning",
    help="Show what is as grave as this, or graver: error, warning (by default), hint, tolerated.",
)
@click.option(
    "--fail-on",
    metavar="SEVERITY",
    type=click.Choice((*SEVERITIES[:3], _NEVER)),
    default="warning",
    help="End with status 1 where there is a finding as grave as this: error, warning (by default), hint; or never.",
)
@click.option("-i", "--interactive", is_flag=True, help="Show one finding after another; a key ignores it for good.")
@click.option("--ignore", "ignore", multiple=True, metavar="KEY", help="Ignore the finding of this key for good.")
@click.option("--unignore", multiple=True, metavar="KEY", help="No longer ignore the finding of this key.")
@click.option("--note", metavar="TEXT", default="", help="Why it is ignored.")
@click.option("--ignored", "file", metavar="FILE", help="Where ignored keys are kept if not in a corpus.")
@click.option("--all", "whole", is_flag=True, help="Show also what is ignored.")
@json_option
@shared_options
@click.pass_obj
def check_terms(
    console: Console,
    /,
    *,
    files: tuple[str, ...],
    glossary: str | None,
    names: tuple[str, ...],
    source_lang: str,
    target_lang: str,
    rules: tuple[Rule, ...],
    least: Severity,
    fail_on: Severity | str,
    interactive: bool,
    ignore: tuple[str, ...],
    unignore: tuple[str, ...],
    note: str,
    file: str | None,
    whole: bool,
    as_json: bool,
) -> None:
    """Check translations against a glossary: terms rendered otherwise, forbidden, mixed; numbers, dates, names.

    Each finding has a severity, a reason and a key by which it can be ignored for good; bialign undo takes that back.
    Inflected forms, a rendering in the next sentence and the like are let pass: --least tolerated shows them.
    """
    _check_call(console, interactive, as_json)
    with given(console, files, glossary, names, (source_lang, target_lang)) as opened:
        memory = memory_of(console, opened.corpus, Path(file) if file else None)
        if ignore or unignore:
            _remember(console, memory, ignore, unignore, note)
            return
        if interactive:
            memory.check_lasting()
        found = _findings(console, opened, names, rules, set() if whole else memory.keys())
        counts: Counter[Severity] = Counter()
        shown = _shown(found, least, counts)
        if interactive:
            _ask(console, memory, shown)
        elif as_json:
            console.write(json.dumps(_summary(console, shown, counts), ensure_ascii=False, indent=2))
        elif sys.stdout.isatty():
            print_findings(console, shown)
        else:
            console.write("\t".join(COLUMNS) + "\n")
            for one, texts in shown:
                console.write(as_row(one, texts, console.say))
    _tell(console, counts, least)
    if fail_on != _NEVER and any(counts[one] for one in SEVERITIES[: SEVERITIES.index(fail_on) + 1]):
        raise click.exceptions.Exit(1)


def _check_call(console: Console, interactive: bool, as_json: bool) -> None:
    if interactive and as_json:
        raise click.UsageError(console.say("--interactive and --json do not go together"))
    if interactive and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.UsageError(console.say("--interactive needs a terminal"))


def _remember(console: Console, memory: Memory, ignore: tuple[str, ...], unignore: tuple[str, ...], note: str) -> None:
    memory.check_lasting()
    for key in ignore:
        memory.ignore(key, note)
    for key in unignore:
        memory.unignore(key)
    console.note(console.say("ignored in all: {count}", count=len(memory.keys())))


def _findings(
    console: Console, opened: Given, names: tuple[str, ...], rules: tuple[Rule, ...], ignored: set[str]
) -> Iterator[_Found]:
    """Give findings with the texts of their beads, text by text."""
    from bialign.terms import Checker

    chosen = rules or RULES
    said: set[tuple[str, str]] = set()
    if opened.corpus is not None:
        for name in names or [info.name for info in opened.corpus.bitexts()]:
            checker = opened.corpus.checker(name, opened.termbase)
            _tell_languages(console, checker, said)
            yield from checker.with_texts(rules=chosen, ignored=ignored)
    elif opened.text is not None and opened.termbase is not None:
        checker = Checker(opened.text.beads, opened.termbase, opened.text.langs, document=opened.text.name)
        _tell_languages(console, checker, said)
        yield from checker.with_texts(rules=chosen, ignored=ignored)


def _tell_languages(console: Console, checker: Checker, said: set[tuple[str, str]]) -> None:
    """Warn, once, of texts in languages that the glossary has no terms in."""
    reading = checker.reading
    missing = [lang for lang in reading.langs if not reading.speaks(lang)]
    if missing and reading.langs not in said:
        said.add(reading.langs)
        console.warn(console.say("the glossary has no terms in {lang}", lang=", ".join(missing)))


def _shown(found: Iterator[_Found], least: Severity, counts: Counter[Severity]) -> Iterator[_Found]:
    """Count findings, and give those that are grave enough."""
    from bialign.terms import at_least

    for one, texts in found:
        counts[one.severity] += 1
        if at_least(one.severity, least):
            yield one, texts


def _summary(console: Console, shown: Iterator[_Found], counts: Counter[Severity]) -> dict[str, object]:
    findings = [as_json(one, texts, console.say) for one, texts in shown]
    return {"findings": findings, "counts": {severity: counts[severity] for severity in SEVERITIES}}


def _ask(console: Console, memory: Memory, shown: Iterator[_Found]) -> None:
    """Show findings one by one, and do what a key says: i ignores, q ends, any other goes on."""
    from bialign.cli.table import open_terminal

    terminal, number = open_terminal(), 0
    for one, texts in shown:
        for line in lines_of(one, texts, console.say):
            terminal.print(line)
        console.note(console.say("i: ignore for good, q: end, any other key: next"))
        key = click.getchar().lower()
        if key == "i":
            memory.ignore(one.key, "")
            number += 1
        elif key in {"q", "\x1b", "\x03"}:
            break
    console.note(console.say.count(number, "{count} finding ignored", "{count} findings ignored"))


def _tell(console: Console, counts: Counter[Severity], least: Severity) -> None:
    """Say how many there are, and how many more are not shown."""
    say = console.say
    told = [
        say.count(counts["error"], "{count} error", "{count} errors"),
        say.count(counts["warning"], "{count} warning", "{count} warnings"),
        say.count(counts["hint"], "{count} hint", "{count} hints"),
    ]
    hidden = [one for one in SEVERITIES[SEVERITIES.index(least) + 1 :] if counts[one]]
    passed = say("let pass: {count}", count=counts["tolerated"])
    console.note(", ".join([*told, passed]) + (f" (--least {hidden[-1]})" if hidden else ""))
