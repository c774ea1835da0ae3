"""``bialign doctor``: what a file is, which programs would refuse it, where, and what cures it."""

from __future__ import annotations

import json
import shutil
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bialign.cli.command import Argument, Command, shared_options
from bialign.cli.console import Console, as_argument, printable
from bialign.cli.messages import Messages

if TYPE_CHECKING:
    from bialign.doctor import Finding, Report

_WIDTH = 80
_SIGNS = {"refuses": "✗", "loses": "!", "warns": "·"}
_SEVERITIES = {"refuses": "refused by {programs}", "loses": "lost in {programs}", "warns": "to look at, for {programs}"}
PROGRAM_IDS = (
    "omegat", "omegat-old", "trados", "memoq", "xmllint", "opus", "moses", "excel-en", "excel-es", "bialign", "all",
)  # fmt: skip


@click.command("doctor", cls=Command, example="bialign doctor memory.tmx --for omegat --fix mended.tmx")
@click.argument("file", cls=Argument, metavar="FILE", note="The file to examine; it is left as it is.")
@click.option(
    "--for",
    "programs",
    multiple=True,
    type=click.Choice(PROGRAM_IDS),
    metavar="PROGRAM",
    help="Program that is to read the file: omegat (6.1 and later), omegat-old, trados, memoq, xmllint (strict "
    "schemas), opus, moses, excel-en, excel-es, bialign, or all; may be given several times.",
)
@click.option("--fix", "out", metavar="OUT", help="Write the file with all that can safely be cured to OUT.")
@click.option("--overwrite", is_flag=True, help="Let OUT be the file itself.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@shared_options
@click.pass_obj
def doctor(
    console: Console,
    /,
    *,
    file: str,
    programs: tuple[str, ...],
    out: str | None,
    overwrite: bool,
    as_json: bool,
) -> None:
    """Tell what a file is, which programs would refuse it or lose a part of it, where, and what cures it.

    Memories (TMX), XLIFF, TBX, SRX, TEI, XCES, tables, Moses pairs, JSON Lines, plain text, xlsx and docx. The exit
    status is 0 where nothing was found, else 1.
    """
    from bialign.doctor import examine, fix

    report = examine(Path(file), programs)
    if as_json:
        console.write(json.dumps(_translated(report, console.say), ensure_ascii=False, indent=2))
    else:
        console.write("\n".join(_lines(report, console.say, out)) + "\n")
    if out is not None:
        after = fix(Path(file), Path(out), programs, replace=overwrite)
        left = sum(after.counts.values())
        said = console.say("written: {file}", file=out) + "; "
        console.note(said + (console.say.count(left, "{count} finding is left", "{count} findings are left")))
        report = after
    if not report.healthy:
        click.get_current_context().exit(1)


def _lines(report: Report, say: Messages, out: str | None) -> Iterator[str]:
    """Give the report as lines that fit a terminal."""
    width = min(_WIDTH, shutil.get_terminal_size((_WIDTH, 24)).columns)
    yield from textwrap.wrap(f"{printable(str(report.path))}: {_what(report, say)}", width, subsequent_indent="  ")
    if report.healthy:
        yield say("nothing was found")
        return
    seen: set[str] = set()
    for finding in report.findings:
        if finding.rule in seen:
            continue
        seen.add(finding.rule)
        same = [other for other in report.findings if other.rule == finding.rule]
        yield ""
        yield from _rule(same, report.counts.get(finding.rule, len(same)), say, width)
    if report.fixable and out is None:
        yield ""
        cured = say("what is marked + can be cured: bialign doctor {file} --fix OUT", file=as_argument(report.path))
        yield from textwrap.wrap(cured, width, break_on_hyphens=False)


def _rule(findings: list[Finding], count: int, say: Messages, width: int) -> Iterator[str]:
    first = findings[0]
    yield from textwrap.wrap(
        f"{_SIGNS[first.severity]} {_said(say, first)}", width, subsequent_indent="  ", break_on_hyphens=False
    )
    for finding in findings:
        place = _place(finding, say)
        line = f"    {place}  {finding.excerpt}".rstrip()
        if line.strip():
            yield line if len(line) <= width else line[: width - 1] + "…"
    if count > len(findings):
        yield "    " + say("and {count} more", count=count - len(findings))
    sign = "+" if any(finding.fixable for finding in findings) else ">"
    yield from _indented(f"{sign} {_said(say, first, cure=True)}", width)
    yield from _indented(_effects(first, say), width)
    yield from _indented("[" + first.rule + "] " + "; ".join(first.evidence), width)


def _indented(text: str, width: int) -> list[str]:
    return textwrap.wrap(
        text, width, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False, break_long_words=False
    )


def _said(say: Messages, finding: Finding, cure: bool = False) -> str:
    fields = {name: say(value) if isinstance(value, str) else value for name, value in finding.fields.items()}
    template = finding.cure if cure else finding.template
    return printable(say(template, **fields) if fields else say(template))


def _effects(finding: Finding, say: Messages) -> str:
    parts = []
    for severity, template in _SEVERITIES.items():
        names = [name for name, effect in finding.effects if effect == severity]
        if names:
            parts.append(say(template, programs=", ".join(names)))
    return "; ".join(parts)


def _place(finding: Finding, say: Messages) -> str:
    place = finding.place
    parts = [
        place.part,
        say("line {line}", line=place.line) if place.line else "",
        place.cell,
        f"({place.element})" if place.element else "",
    ]
    return printable(" ".join(part for part in parts if part))


def _what(report: Report, say: Messages) -> str:
    what = report.what
    named = " ".join(part for part in (what.format.upper(), what.version) if part)
    if not named:
        # of a file that is no text, what it is
        return say(what.program or "a file of no known kind")
    parts = [
        named,
        what.encoding,
        what.packed,
        say("by {program}", program=what.program) if what.program else "",
        ", ".join(what.langs),
        say.count(what.units, "{count} unit", "{count} units") if what.units is not None else "",
    ]
    return printable(", ".join(part for part in parts if part))


def _translated(report: Report, say: Messages) -> dict[str, object]:
    """Give the report as data, its texts in the user's language."""
    data = report.as_dict()
    for plain, finding in zip(data["findings"], report.findings, strict=True):
        plain["message"], plain["cure"] = _said(say, finding), _said(say, finding, cure=True)
    return data
