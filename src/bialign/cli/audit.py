"""``bialign audit``: precision and recall of an alignment, told from a sample that people judge."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bialign.cli.audit_judging import Keep, check_terminal, judge, judge_name
from bialign.cli.command import Argument, Command, shared_options
from bialign.cli.console import Console
from bialign.cli.corpus_options import count, is_corpus, json_option, open_to_read, share
from bialign.errors import BialignError

if TYPE_CHECKING:
    from bialign.bitext import Bitext
    from bialign.study.audit import Audit, Estimate, Item, Judgement
    from bialign.study.audit.kept import Drawn


@click.command("audit", cls=Command, example="bialign audit letter.jsonl --sheet sample.tsv")
@click.argument(
    "files",
    cls=Argument,
    metavar="FILES",
    nargs=-1,
    note="A corpus, or files with both languages that say how probable their beads are, as JSON Lines.",
)
@click.option("-n", "--size", callback=count, default="200", metavar="N", help="How many beads to judge; 200.")
@click.option("--seed", type=int, default=0, metavar="N", help="Another number draws another sample; 0.")
@click.option(
    "--text", "names", multiple=True, metavar="NAME", help="Only this bitext of the corpus; may be given several times."
)
@click.option(
    "-o",
    "--sheet",
    metavar="OUT",
    help="Write the sample as a table with tabs, to be judged in a spreadsheet, and ask nothing.",
)
@click.option(
    "--judged",
    "sheets",
    multiple=True,
    metavar="FILE",
    help="A sheet that was judged, to tell the result of; one more of the same sample tells how far two people agree.",
)
@click.option("--by", metavar="WHO", default="", help="Who judges; by default the user.")
@click.option(
    "--margin", callback=share, metavar="M", help="Say how many judgements a margin of ± M would take: 0.01 ..."
)
@json_option
@shared_options
@click.pass_obj
def audit(
    console: Console, /, *, files: tuple[str, ...], size: int, seed: int, names: tuple[str, ...], sheet: str | None,
    sheets: tuple[str, ...], by: str, margin: float | None, as_json: bool,
) -> None:  # fmt: skip
    """Tell how good an alignment is: a sample is judged, bead by bead, and gives precision and recall with intervals.

    In a terminal each bead is shown with its neighbours and judged by a key; judgements are kept, so that one can stop
    and go on another day.
    """
    say = console.say
    if bool(files) == bool(sheets):
        raise click.UsageError(say("a corpus or files are wanted, or sheets that were judged (--judged)"))
    if sheets:
        items = _judged_sheets(console, sheets)
    else:
        items = _drawn(console, files, names, size, seed)
        if sheet:
            _write_sheet(console, items, Path(sheet), files)
            return
        from bialign.study.audit.kept import Drawn

        items = _judge(console, files, items, judge_name(by), Drawn(size, seed, names))
        if {item.stratum for item in items if item.judgement} < {item.stratum for item in items}:
            done = sum(item.judgement is not None for item in items)
            template = "{done} of {count} judged so far: the same command goes on, and tells the result"
            console.note(say(template, done=done, count=len(items)))
            return
    _tell(console, items, margin, as_json)


def _judged_sheets(console: Console, sheets: Sequence[str]) -> list[Item]:
    """Read sheets: the last word on each bead counts; of each two that follow, tell how far they agree."""
    from bialign.study.audit import agreement, with_judgements
    from bialign.study.audit.sheet import read

    say, read_ = console.say, [read(Path(name)) for name in sheets]
    items = read_[0]
    for name, other in zip(sheets[1:], read_[1:], strict=True):
        if {item.key for item in other} != {item.key for item in items}:
            raise BialignError("this is a sheet of another sample", place=name)
        both, alike, kappa = agreement(items, other)
        if both:
            shown = "–" if kappa is None else f"{kappa:.2f}"
            template = "{name}: {count} beads judged by both, {percent}% alike (kappa {kappa})"
            console.note(say(template, name=name, count=both, percent=round(100 * alike), kappa=shown))
        items = with_judgements(items, {item.key: item.judgement for item in other if item.judgement})
    return items


def _drawn(console: Console, files: Sequence[str], names: Sequence[str], size: int, seed: int) -> list[Item]:
    """Draw the sample, with what has been judged of it before."""
    from bialign.study.audit import with_judgements
    from bialign.study.audit.kept import kept
    from bialign.study.audit.sheet import read

    if is_corpus(files[0]):
        if len(files) > 1:
            raise click.UsageError(console.say("one corpus, or files with both languages"))
        with open_to_read(files[0]) as corpus:
            bitexts = [corpus.bitext(name) for name in names or [info.name for info in corpus.bitexts()]]
            return with_judgements(_sample(console, bitexts, size, seed), kept(corpus))
    if names:
        raise click.UsageError(console.say("--text names a bitext of a corpus"))
    from bialign.readers.bilingual import read_bitext

    items = _sample(console, [read_bitext(Path(name)) for name in files], size, seed)
    path = _beside(files)
    known = read(path) if path.exists() else []
    return with_judgements(items, {item.key: item.judgement for item in known if item.judgement})


def _beside(files: Sequence[str]) -> Path:
    """Name the sheet that keeps what is judged of files."""
    return Path(files[0]).with_name(f"{Path(files[0]).stem}.audit.tsv")


def _sample(console: Console, bitexts: Sequence[Bitext], size: int, seed: int) -> list[Item]:
    from bialign.study.audit import sample

    if not any(bitext.beads for bitext in bitexts):
        raise BialignError("there are no beads to judge")
    if len({bitext.id for bitext in bitexts}) < len(bitexts):
        raise BialignError("two of the files have the same name: they cannot be told apart")
    if len({bead.probability for bitext in bitexts for bead in bitext.beads}) == 1:
        console.warn(console.say("all beads are equally probable: the sample cannot look where errors are likely"))
    return sample(bitexts, size, seed)


def _write_sheet(console: Console, items: Sequence[Item], path: Path, files: Sequence[str]) -> None:
    from bialign.formats.files import write_whole
    from bialign.study.audit.sheet import lines

    write_whole([(path, lines(items))], inputs=[Path(name) for name in files])
    counted = console.say.count(len(items), "{count} bead to judge", "{count} beads to judge")
    console.note(f"{counted} → {path}")


def _judge(console: Console, files: Sequence[str], items: list[Item], by: str, drawn: Drawn) -> list[Item]:
    """Judge in the terminal what nobody has judged; with everything judged before, ask nothing."""
    from bialign.study.audit.kept import keep, remember
    from bialign.study.audit.sheet import write

    if is_corpus(files[0]):
        from bialign.corpus import Corpus

        with Corpus(files[0], who=by) as corpus:
            if not all(item.judgement for item in items):
                check_terminal(console)
                remember(corpus, drawn)
            return _ask(console, items, lambda item, said: keep(corpus, item.key, said), by)
    path, held = _beside(files), {item.key: item for item in items}

    def keep_in_file(item: Item, said: Judgement | None) -> None:
        held[item.key] = replace(item, judgement=said)
        write(list(held.values()), path)

    found = _ask(console, items, keep_in_file, by)
    console.note(console.say("judgements are kept in {path}", path=path))
    return found


def _ask(console: Console, items: list[Item], keep: Keep, by: str) -> list[Item]:
    if all(item.judgement for item in items):
        return items
    check_terminal(console)
    return judge(console, items, keep, by)


def _tell(console: Console, items: Sequence[Item], margin: float | None, as_json: bool) -> None:
    from bialign.study.audit import estimate, judged, needed

    say, found = console.say, judged(items)
    if not found:
        raise BialignError("nothing has been judged yet")
    if left := len(items) - len(found):
        console.warn(
            say.count(
                left,
                "{count} bead is not judged: the result holds if those left are like the others",
                "{count} beads are not judged: the result holds if those left are like the others",
            )
        )
    if {item.stratum for item in items} - {one.stratum for one in found}:
        raise BialignError("some kinds of beads have not been judged at all: judge at least one bead of each stratum")
    result = estimate(found)
    wanted = {
        name: needed(result, value, margin)
        for name, value in (("precision", result.precision), ("recall", result.recall))
        if margin and value
    }
    if as_json:
        console.write(json.dumps(asdict(result) | {"needed": wanted}, ensure_ascii=False, indent=2))
        return
    console.write(render(result, console))
    if result.unsaid:
        console.warn(
            say("no recall: of {count} wrong beads nobody said what is right (column truth)", count=result.unsaid)
        )
    for name, number in wanted.items():
        template = "{measure}: ± {margin} would take about {count} judgements in all"
        console.write(say(template, measure=say(name), margin=f"{margin:g}", count=number))


def render(result: Audit, console: Console) -> str:
    """Render a result as a table in plain text."""
    say = console.say
    head = ("", say("precision"), "95%", say("recall"), "95%", say("judged"), say("of"))
    rows = [head]
    if result.precision:
        rows.append((say("beads"), *_cells(result.precision), *_cells(result.recall), "", ""))
    for name, group in result.types.items():
        label = say("other types") if name == "other" else name
        rows.append((label, *_cells(group.precision), *_cells(group.recall), str(group.judged), str(group.units)))
    rows.append((say("all"), "", "", "", "", str(result.judged), str(result.units)))
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    return "\n".join(
        "  ".join(
            cell.rjust(w) if n else cell.ljust(w) for n, (cell, w) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def _cells(estimate: Estimate | None) -> tuple[str, str]:
    if estimate is None:
        return "–", ""
    return f"{estimate.value:.3f}", f"{estimate.low:.3f}–{estimate.high:.3f}"
