"""``bialign realign``, ``decisions``, ``replay`` and ``merge``: what people decided outlives all else."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bialign.cli.command import Argument, Command, shared_options
from bialign.cli.console import Console, printable
from bialign.cli.corpus_options import corpus_argument, count, name_argument, open_to_read
from bialign.errors import CorpusError

if TYPE_CHECKING:
    from bialign.corpus import Corpus
    from bialign.corpus.decisions import Decision, Unplaced
    from bialign.corpus.realign import Plan

WIDTH = 80


@click.command("realign", cls=Command, example="bialign realign peru.bialign letter --dry-run")
@corpus_argument
@name_argument()
@click.option("--from", "first", callback=count, metavar="BEAD", help="The first bead of a stretch to align alone.")
@click.option("--to", "last", callback=count, metavar="BEAD", help="The last bead of that stretch.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@shared_options
@click.pass_obj
def realign(console: Console, /, *, corpus: str, name: str, first: int | None, last: int | None, dry_run: bool) -> None:
    """Align a bitext anew between the beads that are confirmed, which are never touched.

    bialign undo takes it back.
    """
    from bialign.cli.progress import ProgressBar
    from bialign.corpus import Corpus

    if (first is None) != (last is None):
        raise click.UsageError(console.say("a stretch has a first bead (--from) and a last one (--to)"))
    with open_to_read(corpus) if dry_run else Corpus(corpus) as opened:
        beads = None if first is None or last is None else (first, last)
        if beads is not None:
            _check_stretch(opened, name, beads)
        with ProgressBar(console) as progress:
            plan = opened.plan_realign(name, beads, progress=lambda stage, share: progress(console.say(stage), share))
        changes = [stretch for stretch in plan.stretches if stretch.changes]
        if dry_run:
            console.write("".join(_changes(opened, plan)))
        elif changes:
            opened.realign(plan)
        told = console.say.count(len(changes), "{count} place changes", "{count} places change")
        (console.write if dry_run else console.done)(f"{name}: {told}")


def _check_stretch(corpus: Corpus, name: str, beads: tuple[int, int]) -> None:
    for id in beads:
        found = corpus.bead(id)
        if found.bitext != name:
            template = "bead {id} is one of {other}, not of {name}"
            raise CorpusError(template, place=str(corpus.path), id=id, other=found.bitext, name=name)


def _changes(corpus: Corpus, plan: Plan) -> Iterable[str]:
    """Show the stretches that change: the beads that go, those that come, as groups of sentences."""
    for stretch in plan.stretches:
        if not stretch.changes:
            continue
        texts = [
            [segment.text for bead in stretch.old for segment in corpus.store.beads.segments(bead, side)]
            for side in ("source", "target")
        ]
        new = ", ".join(f"{k}-{m}" for k, m, *_ in stretch.new)
        yield f"# {', '.join(bead.type for bead in stretch.old)} → {new}\n"
        i = j = 0
        for k, m, probability, *_ in stretch.new:
            yield from _pair(" ".join(texts[0][i : i + k]), " ".join(texts[1][j : j + m]), f"{probability:.2f}")
            i, j = i + k, j + m
        yield "\n"


def _pair(source: str, target: str, mark: str) -> Iterable[str]:
    for label, text in ((mark, source), ("", target)):
        yield f"{label:>5}  {textwrap.shorten(printable(text) or '—', WIDTH - 8, placeholder=' …')}\n"


@click.command("decisions", cls=Command, example="bialign decisions peru.bialign -o decisions.yaml")
@corpus_argument
@click.option("-o", "--output", metavar="OUT", help="File to write; by default they go to stdout.")
@shared_options
@click.pass_obj
def decisions(console: Console, /, *, corpus: str, output: str | None) -> None:
    """Write what people have decided as a readable file: beads judged, texts corrected, comments.

    It names beads by their texts, so it can be kept under version control and done again on a fresh build.
    """
    from bialign.cli.texts import deliver
    from bialign.corpus import decisions_file

    with open_to_read(corpus) as opened:
        found = opened.decisions()
    deliver(console, decisions_file.dumps(found), output)
    number = sum(map(len, found.values()))
    console.note(
        console.say.count(number, "{count} decision", "{count} decisions") + (f" → {output}" if output else "")
    )


@click.command("replay", cls=Command, example="bialign replay peru.bialign decisions.yaml")
@corpus_argument
@click.argument("file", cls=Argument, metavar="FILE", note="A file of decisions, as bialign decisions writes it.")
@shared_options
@click.pass_obj
def replay(console: Console, /, *, corpus: str, file: str) -> None:
    """Do decisions again, wherever the same texts stand; those that cannot be placed are listed.

    What has been decided in the corpus already stays as it is.
    """
    from bialign.cli.progress import ProgressBar
    from bialign.corpus import Corpus, decisions_file

    decided = decisions_file.load(Path(file))
    with Corpus(corpus) as opened, ProgressBar(console) as progress:
        unplaced = opened.replay(decided, progress=lambda stage, share: progress(console.say(stage), share))
    number = sum(map(len, decided.values()))
    tell_unplaced(console, unplaced)
    done = number - sum(map(len, unplaced.values()))
    console.done(console.say("done: {done} of {count}", done=done, count=number))


@click.command("merge", cls=Command, example="bialign merge peru.bialign peru-eva.bialign")
@corpus_argument
@click.argument("other", cls=Argument, metavar="OTHER", note="Another corpus file, which stays as it is.")
@shared_options
@click.pass_obj
def merge(console: Console, /, *, corpus: str, other: str) -> None:
    """Bring another person's corpus into this one: its bitexts, and its decisions on those that both have.

    Where both have decided otherwise, this corpus stays as it is, and the conflict is listed.
    """
    from bialign.cli.progress import ProgressBar
    from bialign.corpus import Corpus

    if Path(corpus).exists() and Path(other).exists() and Path(corpus).samefile(other):
        raise click.UsageError(console.say("both are the same corpus"))
    with Corpus(corpus) as mine, open_to_read(other) as theirs, ProgressBar(console) as progress:
        merged = mine.merge_with(theirs, progress=lambda stage, share: progress(console.say(stage), share))
    for name in merged.added:
        console.done(console.say("{name}: added", name=name))
    for name, number in merged.taken.items():
        told = console.say.count(number, "{count} decision taken over", "{count} decisions taken over")
        console.done(f"{name}: {told}")
    if merged.concepts:
        console.done(console.say.count(merged.concepts, "{count} concept added", "{count} concepts added"))
    if merged.verdicts:
        told = console.say.count(
            merged.verdicts,
            "{count} finding or candidate left aside, as there",
            "{count} findings and candidates left aside, as there",
        )
        console.done(told)
    tell_unplaced(console, merged.conflicts)
    for id in merged.differing:
        console.warn(console.say("the concept {id} is not the same in both: this corpus keeps its own", id=id))
    if not (merged.added or merged.taken or merged.concepts or merged.verdicts):
        console.done(console.say("there was nothing to take over"))


def tell_unplaced(console: Console, unplaced: Mapping[str, Sequence[Unplaced]]) -> None:
    """List decisions that could not be placed, each with its texts and the reason."""
    for name, ones in unplaced.items():
        for one in ones:
            console.warn(f"{name}: {console.say(one.template, **one.fields)}: {_quoted(one.decision)}")


def _quoted(decision: Decision) -> str:
    """Show the texts a decision is about."""
    from bialign.corpus.decisions import TextDecision

    sides = (
        (decision.before, decision.after) if isinstance(decision, TextDecision) else (decision.source, decision.target)
    )
    return " | ".join(textwrap.shorten(" ".join(side) or "—", 50, placeholder=" …") for side in sides)
