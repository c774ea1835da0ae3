"""What ``bialign align --explain`` says of beads, in the language of the user."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from bialign.bitext import Bead, Bitext, Reason
from bialign.cli.messages import Messages
from bialign.cli.table import CERTAIN, print_rows

if TYPE_CHECKING:
    from rich.console import RenderableType

    from bialign.termbase import Termbase

HOLD_NONE = frozenset({"beads"})
"""Formats that have no place for reasons."""


def worth_a_look(bead: Bead) -> bool:
    """Tell whether a bead is explained: one that is not certain, or that says a sentence has no partner."""
    return bool(bead.reasons) and (bead.probability < CERTAIN or bead.is_null)


def spoken(reason: Reason, say: Messages) -> str:
    """Say a reason; the words of ours in its fields are translated, the pieces of the texts are not."""
    fields = {
        name: ", ".join(map(say, value)) if isinstance(value, tuple) else value for name, value in reason.fields.items()
    }
    return say(reason.template, **fields)


def with_reasons(bitext: Bitext, say: Messages) -> Bitext:
    """Put into words, for files, why each bead worth a look is as it is; beads without reasons stay as they are."""
    beads = tuple(
        replace(bead, reason=" · ".join(spoken(r, say) for r in bead.reasons) if worth_a_look(bead) else "")
        if bead.reasons
        else bead
        for bead in bitext.beads
    )
    return replace(bitext, beads=beads)


def print_explained(bitext: Bitext, termbase: Termbase | None, say: Messages) -> None:
    """Print the beads worth a look, each with its reasons below."""
    rows = [number for number, bead in enumerate(bitext.beads) if worth_a_look(bead)]
    print_rows(bitext, rows, termbase, say, below=lambda bead: _lines(bead, say))


def _lines(bead: Bead, say: Messages) -> Iterator[tuple[RenderableType, RenderableType]]:
    """Give each reason with the sign of what it speaks for."""
    from rich.text import Text

    from bialign.cli.console import printable

    signs = {True: ("+", "green"), False: ("-", "red"), None: ("·", "dim")}
    for reason in bead.reasons:
        sign, style = signs[reason.supports]
        yield Text(sign, style=style), Text(printable(spoken(reason, say)))
