"""``bialign history``, ``undo`` and ``redo``: what was done to a corpus, in words, and taking it back."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from bialign.cli.command import Command, shared_options
from bialign.cli.console import Console, printable
from bialign.cli.corpus_options import corpus_argument, count, json_option, open_to_read

if TYPE_CHECKING:
    from bialign.cli.messages import Messages
    from bialign.corpus import HistoryEntry
    from bialign.store import Event

EVENTS = {
    "add": "{bitext} added",
    "remove": "{bitext} removed",
    "merge": "{bitext}: beads {beads} merged",
    "split": "{bitext}: bead split into {beads}",
    "shift": "{bitext}: segments shifted between the beads {beads}",
    "make_null": "{bitext}: bead {beads} taken apart, its segments are left alone",
    "link": "{bitext}: beads {beads} linked as moved",
    "unlink": "{bitext}: beads no longer linked as moved",
    "judge": "{bitext}: beads {beads} {status}",
    "comment": "{bitext}: comment on bead {beads}: “{comment}”",
    "join": "{bitext}: two segments joined",
    "cut": "{bitext}: a segment cut in two",
    "correct": "{bitext}: “{before}” corrected to “{after}”",
    "ignore": "finding {key} ignored",
    "unignore": "finding {key} no longer ignored",
    "verdicts": "findings and candidates left aside as in another corpus: {count}",
    "glossary": "glossary brought in ({concepts} concepts)",
    "concept": "glossary: entry {concept} changed",
    "accept": "candidates taken into the glossary: {keys}",
    "reject": "candidates refused: {keys}",
    "audit": "judged for an audit: {key}",
    "realign": "{bitext}: aligned anew around what is confirmed",
    "replay": "{bitext}: recorded decisions carried out",
    "replay texts": "{bitext}: recorded corrections carried out",
    "scheme": "scheme of annotation {scheme} taken into the corpus",
    "annotate": "{bitext}: annotation {annotations} made: {label}",
    "reannotate": "{bitext}: annotation {annotations} changed",
    "unannotate": "{bitext}: annotations {annotations} removed",
    "decide": "{bitext}: decided between annotations: {annotations}",
    "import annotations": "{bitext}: annotations brought in from a file",
}
"""What each kind of edit is called, with its details."""

STATUS_WORDS = {
    "confirmed": "confirmed",
    "rejected": "rejected",
    "doubtful": "called doubtful",
    "unreviewed": "no longer reviewed",
}
"""What happened to a bead by its status."""

_NAMED = 5
_SHOWN = 30


def say_event(what: str, event: Event, bitext: str, say: Messages) -> str:
    """Say what an edit did; one that has no words of its own is called by its name."""
    details = dict(event.details)
    for change in details.get("texts", ())[:1]:
        details |= {side: " ".join(change[side]) for side in ("before", "after")}
    fields = {
        "bitext": bitext or details.get("bitext", "?"),
        "beads": _listed(details.get("beads", ())),
        "annotations": _listed(details.get("annotations", ())),
        "status": say(STATUS_WORDS.get(str(details.get("status")), str(details.get("status")))),
        "concepts": details.get("concepts", 0),
        "key": details.get("key", ""),
        "keys": _clipped(", ".join(map(str, details.get("keys", ())))),
        **{
            name: _clipped(str(details.get(name, "")))
            for name in ("comment", "concept", "before", "after", "label", "scheme")
        },
    }
    return say(EVENTS[what], **fields) if what in EVENTS else f"{bitext}: {say(what)}" if bitext else say(what)


def say_entry(entry: HistoryEntry, say: Messages) -> str:
    """Say what a change of the history did, an undo or redo with what it was of."""
    event = entry.event
    if entry.of:
        change = say_event(entry.of, event, entry.bitext, say)
        return (
            say("undone: {change}", change=change) if event.what == "undo" else say("redone: {change}", change=change)
        )
    return say_event(event.what, event, entry.bitext, say)


def moment(at: str) -> str:
    """Give a moment as the clock on the wall shows it, "2026-11-24 14:30"."""
    return datetime.datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M")


def _listed(ids: Sequence[int]) -> str:
    """Name some things by their ids, and tell how many more there are."""
    more = f" … (+{len(ids) - _NAMED})" if len(ids) > _NAMED else ""
    return ", ".join(map(str, ids[:_NAMED])) + more


def _clipped(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


@click.command("history", cls=Command, example="bialign history peru.bialign --limit 10")
@corpus_argument
@click.option("--limit", callback=count, default="20", metavar="N", help="How many changes to show; 20.")
@json_option
@shared_options
@click.pass_obj
def history(console: Console, /, *, corpus: str, limit: int, as_json: bool) -> None:
    """Tell the last changes of a corpus, newest first: when, by whom, what."""

    with open_to_read(corpus) as opened:
        entries = opened.history(limit)
    if as_json:
        console.write(json.dumps([_as_json(entry) for entry in entries], ensure_ascii=False))
        return
    for entry in entries:
        event = entry.event
        undone = f" ({console.say('undone')})" if event.state != "in force" else ""
        line = f"{event.id:5}  {moment(event.at)}  {event.who}: {say_entry(entry, console.say)}{undone}"
        console.write(printable(line))
    if not entries:
        console.note(console.say("nothing has been done to this corpus yet"))


def _as_json(entry: HistoryEntry) -> dict[str, object]:
    event = entry.event
    return {
        "id": event.id,
        "at": event.at,
        "who": event.who,
        "what": event.what,
        "of": entry.of,
        "bitext": entry.bitext,
        "details": dict(event.details),
        "undoes": event.undoes,
        "state": event.state,
    }


@click.command("undo", cls=Command, example="bialign undo peru.bialign")
@corpus_argument
@shared_options
@click.pass_obj
def undo(console: Console, /, *, corpus: str) -> None:
    """Take back the last change of a corpus, whoever made it, and say what it was. Nothing is lost: see redo."""
    _step(console, corpus, back=True)


@click.command("redo", cls=Command, example="bialign redo peru.bialign")
@corpus_argument
@shared_options
@click.pass_obj
def redo(console: Console, /, *, corpus: str) -> None:
    """Do again what was undone last."""
    _step(console, corpus, back=False)


def _step(console: Console, corpus: str, *, back: bool) -> None:
    from bialign.corpus import Corpus

    with Corpus(corpus) as opened:
        if back:
            opened.undo()
        else:
            opened.redo()
        entry = opened.history(1)[0]
    console.done(printable(say_entry(entry, console.say)))
