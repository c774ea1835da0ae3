"""``bialign annotate agreement`` and ``adjudicate``: how far annotators agree, and deciding where they do not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bialign.cli.annotation_lines import annotation_lines
from bialign.cli.command import Command, shared_options
from bialign.cli.console import Console, printable
from bialign.cli.corpus_options import corpus_argument, count, json_option, name_argument, open_to_read

if TYPE_CHECKING:
    from bialign.cli.messages import Messages
    from bialign.study.annotation.adjudication import Difference
    from bialign.study.annotation.agreement import Agreement

WIDTH = 80
_TITLE = 23
_CHOICES = ("marked", "shared", "all")


@click.command("agreement", cls=Command, example="bialign annotate agreement peru.bialign --scheme shifts")
@corpus_argument
@name_argument(required=False)
@click.option("--scheme", metavar="SCHEME", default="", help="The scheme; by default the one of the corpus, or shifts.")
@click.option("--who", metavar="NAME", multiple=True, help="Only these annotators; by default all.")
@click.option(
    "--beads",
    "choice",
    type=click.Choice(_CHOICES),
    metavar="WHICH",
    default="marked",
    help="Which beads count: marked, those in which anybody marked something; shared, those in which all did; all.",
)
@click.option("--resamples", metavar="N", callback=count, default="1000", help="Samples for the intervals; 1000.")
@click.option("-o", "--output", metavar="OUT", help="Write all figures as a table: .tsv, .jsonl, .xlsx or .parquet.")
@json_option
@shared_options
@click.pass_obj
def agreement(
    console: Console,
    /,
    *,
    corpus: str,
    name: str | None,
    scheme: str,
    who: Sequence[str],
    choice: str,
    resamples: int,
    output: str | None,
    as_json: bool,
) -> None:
    """Measure how far annotators agree: kappa, alpha and the words marked, with 95 % intervals.

    The unit is the bead: whether a label was given in it or not, and for all labels together which labels were given. A
    bead in which somebody marked nothing counts as one without labels.
    """
    from bialign.formats.records import json_lines
    from bialign.study import tables
    from bialign.study.annotation import agreement as measures
    from bialign.study.annotation.units import CHOICES, units_of

    if output is not None:
        tables.check_path(Path(output))
    beads = next(one for one in CHOICES if one == choice)
    with open_to_read(corpus) as opened:
        units = units_of(opened, [name] if name else [], scheme=scheme, who=who, choice=beads)
    found = measures.agreement(units, resamples=resamples)
    table = measures.table(found)
    if output is not None:
        tables.write([(table, Path(output))], inputs=[Path(corpus)])
        console.note(f"→ {output}")
    if as_json:
        console.write("".join(json_lines(table.records())))
    elif output is None:
        console.write("\n".join(_figures(console.say, found, units.who, choice)))


def _figures(say: Messages, found: Sequence[Agreement], who: tuple[str, ...], choice: str) -> Iterator[str]:
    """Give the lines of tables of 80 columns: labels, then words marked, of all annotators; then each pair."""
    beads = say.count(found[0].units, "{count} bead", "{count} beads")
    yield printable(f"{', '.join(who)} · {beads} ({say(choice)})")
    rows: dict[tuple[tuple[str, ...], str], dict[str, Agreement]] = {}
    for one in found:
        rows.setdefault((one.who, one.label), {})[one.measure] = one
    mine = {label or say("all labels"): row for (names, label), row in rows.items() if names == who}
    pairs = {" – ".join(names): row for (names, label), row in rows.items() if names != who and not label}
    yield _line(say("labels of beads"), say("observed"), "kappa", "alpha")
    for number, (title, row) in enumerate((mine | pairs).items()):
        yield _line(title, *(_with_ends(say, row[name]) for name in ("observed", "kappa", "alpha")))
        if not number:
            yield _line(f"  {say('sets (MASI)')}", "", "", _with_ends(say, row["alpha-masi"]))
    yield ""
    yield _line(say("words marked"), "F1", "alpha-U")
    for title, row in (mine | pairs).items():
        yield _line(title, *(_with_ends(say, row[name]) for name in ("span-f1", "alpha-u")))


def _line(title: str, *figures: str) -> str:
    name = printable(title) if len(title) < _TITLE else f"{printable(title)[: _TITLE - 2]}…"
    return f"{name:<{_TITLE}}{''.join(f'{figure:<19}' for figure in figures)}".rstrip()


def _number(say: Messages, value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.2f}".replace(".", "," if say.lang == "es" else ".")


def _with_ends(say: Messages, one: Agreement) -> str:
    if one.value is None or one.low is None or one.high is None:
        return _number(say, one.value)
    return f"{_number(say, one.value)} [{_number(say, one.low)}; {_number(say, one.high)}]"


@click.command("adjudicate", cls=Command, example="bialign annotate adjudicate peru.bialign --bead 12 --take 3")
@corpus_argument
@name_argument(required=False)
@click.option("--scheme", metavar="SCHEME", default="", help="The scheme; by default the one of the corpus, or shifts.")
@click.option("--bead", callback=count, metavar="BEAD", help="Decide about a bead, with --take or --none.")
@click.option("--take", multiple=True, type=int, metavar="ID", help="An annotation that is right.")
@click.option("--none", "nothing", is_flag=True, help="None of the annotations is right.")
@click.option("--who", metavar="NAME", default="", help="Who decides; by default you.")
@click.option("--note", metavar="TEXT", default="", help="Why.")
@click.option("--decided", is_flag=True, help="List what has been decided too.")
@shared_options
@click.pass_obj
def adjudicate(
    console: Console,
    /,
    *,
    corpus: str,
    name: str | None,
    scheme: str,
    bead: int | None,
    take: Sequence[int],
    nothing: bool,
    who: str,
    note: str,
    decided: bool,
) -> None:
    """List the beads in which annotators differ, or decide about one of them.

    A decision is kept as an annotation by who decides, which names those that it settles; these stay.
    """
    from bialign.corpus import Corpus
    from bialign.study.annotation.adjudication import differences

    if bead is None and (take or nothing):
        raise click.UsageError(console.say("a decision is about a bead: name it with --bead"))
    if bead is not None and bool(take) == nothing:
        raise click.UsageError(console.say("a decision takes annotations (--take) or none of them (--none)"))
    names = [name] if name else []
    if bead is None:
        with open_to_read(corpus) as opened:
            found = differences(opened, names, scheme=scheme)
        _tell(console, found, decided=decided)
        return
    with Corpus(corpus) as opened:
        here = next((one for one in differences(opened, names, scheme=scheme) if one.bead == bead), None)
        _check_decision(console, bead, here, take)
        for id in opened.decide(here.ids if here else (), take, who=who, note=note):
            console.write("\n".join(annotation_lines(console.say, opened.annotation(id))))


def _check_decision(console: Console, bead: int, here: Difference | None, take: Sequence[int]) -> None:
    """Refuse what does not decide between annotations that differ."""
    if here is None:
        raise click.UsageError(console.say("annotators do not differ in bead {id}", id=bead))
    wrong = set(take) - set(here.ids)
    if wrong:
        template = "annotation {id} is none of those that differ there: {known}"
        raise click.UsageError(console.say(template, id=min(wrong), known=", ".join(map(str, here.ids))))


def _tell(console: Console, found: Sequence[Difference], *, decided: bool) -> None:
    open_ = [one for one in found if not one.is_decided]
    for one in found if decided else open_:
        console.write(printable(f"# {one.bitext}: {one.bead}"))
        for view in (*one.views, *(one.decisions if decided else ())):
            console.write("\n".join(annotation_lines(console.say, view)))
        if one.silent:
            console.write(printable(console.say("nothing marked by {names}", names=", ".join(one.silent))))
    told = console.say.count(
        len(found), "{count} bead in which annotators differ", "{count} beads in which annotators differ"
    )
    rest = console.say("{count} not decided", count=len(open_))
    console.note(f"{told}, {rest}")
