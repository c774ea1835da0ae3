"""Findings of the check of terms, as lines for people, as rows and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from bialign.cli.console import Console, printable
from bialign.cli.messages import Messages

if TYPE_CHECKING:
    from rich.text import Text

    from bialign.terms import BeadText, Finding
    from bialign.terms.findings import Spans

STYLES = {"error": "bold red", "warning": "yellow", "hint": "cyan", "tolerated": "dim"}
MARK = "bold underline"
_AROUND = 120
"""Letters of a long text that are shown on either side of the place a finding is about."""
COLUMNS = (
    "severity", "rule", "document", "bead", "id", "reason", "concept", "source_places", "target_places", "source",
    "target", "key",
)  # fmt: skip


def reason(found: Finding, say: Messages) -> str:
    """Say why, in the user's language; what stands in the texts is left as it is."""
    return say(found.template, **found.fields)


def as_row(found: Finding, texts: BeadText, say: Messages) -> str:
    """Give a finding as a row of a table; places count characters from 0, beads from 1."""
    from bialign.formats.characters import one_line

    places = (" ".join(f"{start}-{stop}" for start, stop in spans) for spans in (found.source, found.target))
    own = "" if found.id is None else found.id
    cells = (found.severity, found.rule, found.document, found.bead + 1, own, reason(found, say), found.concept)
    return "\t".join(one_line(str(cell)) for cell in (*cells, *places, texts.source, texts.target, found.key)) + "\n"


def as_json(found: Finding, texts: BeadText, say: Messages) -> dict[str, object]:
    """Give a finding as JSON; `number` counts the beads of its text from 1, `id` is the bead's own in a corpus."""
    return {
        "key": found.key,
        "severity": found.severity,
        "rule": found.rule,
        "reason": reason(found, say),
        "document": found.document,
        "number": found.bead + 1,
        "id": found.id,
        "concept": found.concept,
        "subject": found.subject,
        "fields": dict(found.fields),
        "source_places": [list(span) for span in found.source],
        "target_places": [list(span) for span in found.target],
        "source": texts.source,
        "target": texts.target,
    }


def print_findings(console: Console, found: Iterable[tuple[Finding, BeadText]]) -> None:
    """Print findings for a person: why, the places in both texts, the key."""
    from bialign.cli.table import open_terminal

    terminal = open_terminal()
    for one, texts in found:
        for line in lines_of(one, texts, console.say):
            terminal.print(line, soft_wrap=False)


def lines_of(found: Finding, texts: BeadText, say: Messages) -> Sequence[Text]:
    """Give the lines of a finding."""
    from rich.text import Text

    head = Text(say(found.severity), style=STYLES[found.severity])
    place = f"{found.document}:{found.bead + 1}" if found.document else str(found.bead + 1)
    head.append(f"  {printable(place)}  ", style="not bold dim")
    head.append(printable(reason(found, say)), style="default not bold not dim")
    head.append(f"  {found.key}", style="not bold dim")
    nothing = Text(f"   {say('(nothing)')}", style="dim italic")
    sides = [
        cropped(text, spans) if text else nothing
        for text, spans in ((texts.source, found.source), (texts.target, found.target))
    ]
    return [head, *sides, Text("")]


def cropped(text: str, spans: Spans) -> Text:
    """Give a text with the places marked; of a long one what stands around them."""
    from rich.text import Text

    first = min((start for start, _ in spans), default=0)
    last = max((stop for _, stop in spans), default=0)
    start, stop = max(0, first - _AROUND), min(len(text), last + _AROUND)
    if start < _AROUND // 4:
        start = 0
    before, after = "… " if start else "", " …" if stop < len(text) else ""
    shown = Text(f"   {before}{printable(text[start:stop])}{after}")
    shift = 3 + len(before) - start
    for place in spans:
        shown.stylize(MARK, place[0] + shift, place[1] + shift)
    return shown
