"""Annotations as lines for a terminal of 80 columns."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from bialign.cli.console import printable

if TYPE_CHECKING:
    from bialign.cli.messages import Messages
    from bialign.corpus.annotation_views import AnnotationView

WIDTH = 80


def annotation_lines(say: Messages, view: AnnotationView) -> list[str]:
    """Show an annotation: its id, label, annotator and bead, then the words of each side, then what else is to say."""
    one = view.annotation
    beads = ", ".join(map(str, view.beads))
    head = [f"[{one.id}]", one.label or say("(none fits)"), one.who, f"{view.bitext}: {beads}", f"({one.scheme})"]
    lines = [printable("  ".join(head))]
    for mark, side in (("<", "source"), (">", "target")):
        text = view.text("source" if side == "source" else "target")
        if text:
            lines += textwrap.wrap(printable(text), WIDTH, initial_indent=f"  {mark} ", subsequent_indent="    ")
    notes = []
    if one.note:
        notes.append(say("note: {text}", text=one.note))
    if one.decides:
        notes.append(say("decides: {ids}", ids=", ".join(map(str, one.decides))))
    if one.was:
        notes.append(say("its words have been corrected; they were: {text}", text=one.was))
    for note in notes:
        lines += textwrap.wrap(printable(note), WIDTH, initial_indent="  ", subsequent_indent="    ")
    return lines
