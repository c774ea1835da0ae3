"""What commands that write bitexts share: which outputs they refuse, and what they say of what they wrote."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bialign.cli.console import Console
from bialign.cli.failures import library_message
from bialign.errors import FormatError

if TYPE_CHECKING:
    from bialign.bitext import Bitext
    from bialign.cli.messages import Messages
    from bialign.formats import Report


def check_outputs(console: Console, inputs: list[Path], paths: list[Path], format: str | None = None) -> None:
    """Refuse files that cannot be written or would destroy another, before the work begins."""
    from bialign.formats import FORMATS, format_of, unaligned_of

    say = console.say
    taken = {path.resolve() for path in inputs}
    for path in paths:
        if path.resolve() in taken:
            raise click.UsageError(say("{path} would be overwritten: it is an input or named twice", path=path))
        taken.add(path.resolve())
        if not path.resolve().parent.is_dir():
            raise click.UsageError(say("there is no folder {path}", path=path.parent))
        if not format:
            _check_suffix(path, say)
    # a file without a place for null beads may bring another with it
    formats = [format or format_of(path) for path in paths]
    lacking = (
        path for path, name in zip(paths, formats, strict=True) if name != "table" and FORMATS[name].nulls != "all"
    )
    for path in map(unaligned_of, lacking):
        if path.resolve() in taken:
            raise click.UsageError(say("{path} would be overwritten: it is an input or named twice", path=path))


def _check_suffix(path: Path, say: Messages) -> None:
    from bialign.formats import format_of

    try:
        format_of(path)
    except FormatError as error:
        raise click.UsageError(library_message(error, say)) from None


def tell(console: Console, bitext: Bitext, reports: list[Report], seconds: float) -> None:
    """Say in one line what was done, and in one line each what the user should look at."""
    from bialign.remarks import DOUBTFUL, remarks

    say = console.say
    for remark in remarks(bitext):
        console.warn(say(remark.template, **remark.fields))
    parts = [
        f"{_side(console, bitext, 0)} + {_side(console, bitext, 1)}",
        say.count(len(bitext.beads), "{count} bead", "{count} beads"),
    ]
    if bitext.beads:
        doubtful = sum(bead.probability < DOUBTFUL for bead in bitext.beads)
        parts.append(say("mean probability {mean}", mean=f"{mean_probability(bitext):.2f}"))
        parts.append(say("doubtful: {count}", count=doubtful))
    if bitext.moves:
        parts.append(say.count(len(bitext.moves), "{count} move", "{count} moves"))
    if reports:
        parts.append("→ " + ", ".join(str(report.files[0]) for report in reports))
    console.note("; ".join(parts) + f" ({seconds:.1f} s)")
    for report in reports:
        tell_left_out(console, report)


def tell_left_out(console: Console, report: Report) -> None:
    """Say what a file does not hold, and which file holds it instead."""
    say = console.say
    for what, count in report.changes.items():
        if count:
            console.note(f"{report.files[0]}: {count} {say(what)}")
    for left in report.left_out:
        template = "{count} {what} left out: {why}"
        text = say(template, count=left.count, what=say(left.what), why=say(left.why))
        console.note(f"{report.files[0]}: {text}" + (f" → {left.path}" if left.path else ""))


def _side(console: Console, bitext: Bitext, side: int) -> str:
    """Describe one text: "121 segments (en, utf-8, 34 fixes)"."""
    document = (bitext.source, bitext.target)[side]
    segments = (bitext.source_segments, bitext.target_segments)[side]
    details = [detail for detail in (document.lang, document.encoding) if detail]
    if document.fixes:
        details.append(console.say.count(len(document.fixes), "{count} fix", "{count} fixes"))
    counted = console.say.count(len(segments), "{count} segment", "{count} segments")
    return f"{counted} ({', '.join(details)})" if details else counted


def mean_probability(bitext: Bitext) -> float:
    """Give the mean probability of a bitext's beads, of which there is one at least."""
    return sum(bead.probability for bead in bitext.beads) / len(bitext.beads)
