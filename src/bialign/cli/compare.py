"""``bialign compare``: aligners beside each other on one's own text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bialign.cli.command import Argument, Command, shared_options
from bialign.cli.console import Console, printable
from bialign.cli.corpus_options import count
from bialign.cli.table import open_terminal

if TYPE_CHECKING:
    from bialign.bitext import Bead, Bitext
    from bialign.study.aligners import Agreement, Alignment, Comparison, Difference


@click.command(
    "compare",
    cls=Command,
    example="bialign compare letter.en.txt letter.es.txt --with lexical -o compare.html",
)
@click.argument("source", cls=Argument, metavar="SOURCE", note="The text in one language.")
@click.argument("target", cls=Argument, metavar="TARGET", note="Its version in the other language.")
@click.option(
    "--with",
    "others",
    multiple=True,
    metavar="WHAT",
    help="What to compare with: gale-church (by sentence lengths), lexical (by lengths and words learned from the "
    "texts), or a bead file of another aligner; may be given several times. By default gale-church and lexical.",
)
@click.option("--gold", metavar="BEADS", help="Bead file of what is right, to compare all with.")
@click.option("--lines", is_flag=True, help="Take both files as split already: one segment a line.")
@click.option(
    "--source-lang", metavar="LANG", default="", help="Language of SOURCE: en, es, es-PE ...; else it is guessed."
)
@click.option("--target-lang", metavar="LANG", default="", help="Language of TARGET.")
@click.option(
    "--limit", callback=count, default="20", metavar="N", help="How many differences to show in the terminal; 20."
)
@click.option(
    "-o", "--output", metavar="OUT", help="File to write the differences to: .html, .tsv, .jsonl, .xlsx or .parquet."
)
@shared_options
@click.pass_obj
def compare(
    console: Console, /, *, source: str, target: str, others: tuple[str, ...], gold: str | None, lines: bool,
    source_lang: str, target_lang: str, limit: int, output: str | None,
) -> None:  # fmt: skip
    """Compare aligners on a text: how far they agree, each with each, and where they do not.

    Bead files must be of the same segments as bialign has: with --lines, those of the lines.
    """
    from bialign.study.aligners import Comparison

    if output:
        _check_output(console, Path(output))
    bitext = _aligned(console, (source, target), lines, (source_lang, target_lang))
    alignments = _alignments(bitext, others or ("gale-church", "lexical"), gold)
    if len({one.name for one in alignments}) < len(alignments):
        raise click.UsageError(console.say("two of what is compared have the same name"))
    made = Comparison.of(bitext, alignments)
    console.write(render_agreements(console, made.agreements) + "\n" + _render_types(made))
    number = len(made.differences)
    told = console.say.count(number, "{count} place where not all agree", "{count} places where not all agree")
    if output:
        _write(console, Path(output), made, [Path(source), Path(target)])
        console.note(f"{told} → {output}")
        return
    console.note(told)
    for number, difference in enumerate(made.differences[:limit], 1):
        _show(console, made, number, difference)


def _check_output(console: Console, path: Path) -> None:
    from bialign.study.tables import check_path

    if path.suffix.lower() not in {".html", ".htm"}:
        check_path(path)


def _aligned(console: Console, texts: tuple[str, str], lines: bool, langs: tuple[str, str]) -> Bitext:
    from bialign.cli.progress import ProgressBar
    from bialign.pipeline import align

    with ProgressBar(console) as progress:
        return align(*texts, lines=lines, explain=True, source_lang=langs[0], target_lang=langs[1], progress=progress)


def _alignments(bitext: Bitext, others: Sequence[str], gold: str | None) -> list[Alignment]:
    from bialign.study.aligners import align_by
    from bialign.study.aligners.methods import GOLD, OURS, Alignment, of_file

    found = [Alignment(OURS, bitext.beads), *(align_by(name, bitext) for name in others)]
    return [of_file(Path(gold), bitext, GOLD), *found] if gold else found


def _write(console: Console, path: Path, made: Comparison, inputs: Sequence[Path]) -> None:
    from bialign.cli.reasons import spoken
    from bialign.formats.files import write_whole
    from bialign.study.aligners.page import chunks
    from bialign.study.aligners.rows import table
    from bialign.study.tables import write

    if path.suffix.lower() in {".html", ".htm"}:
        say = console.say
        page = chunks(made, lambda reason: spoken(reason, say), say.lang)
        write_whole([(path, page)], inputs=inputs)
    else:
        write([(table(made), path)], inputs=inputs)


def render_agreements(console: Console, pairs: Sequence[Agreement]) -> str:
    """Render how far each two alignments agree as a table in plain text."""
    say = console.say
    rows: list[tuple[str, ...]] = [("", "", say("strict F1"), say("lax F1"), say("nulls F1"))]
    for pair in pairs:
        scores = (pair.evaluation.strict.f1, pair.evaluation.lax.f1, pair.nulls.f1)
        rows.append((pair.first.name, pair.second.name, *(f"{score:.3f}" for score in scores)))
    return _columns(rows, names=2)


def _render_types(made: Comparison) -> str:
    rows = [["", *(alignment.name for alignment in made.alignments)]]
    rows += [[kind, *map(str, counts)] for kind, counts in made.types()]
    return _columns(rows, names=1)


def _columns(rows: Sequence[Sequence[str]], names: int) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = (
        [cell.ljust(w) if n < names else cell.rjust(w) for n, (cell, w) in enumerate(zip(row, widths, strict=True))]
        for row in rows
    )
    return "\n".join("  ".join(line).rstrip() for line in lines) + "\n"


def _show(console: Console, made: Comparison, number: int, difference: Difference) -> None:
    """Show a difference: the beads of each group of aligners side by side, ours with its probability and reasons."""
    from rich.table import Table
    from rich.text import Text

    from bialign.study.aligners.methods import OURS

    terminal, bitext, alignments = open_terminal(), made.bitext, made.alignments
    # of what all say alike nothing needs to be explained
    shared = set.intersection(*({(b.source, b.target) for b in beads} for beads in difference.beads))
    table = Table(box=None, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0), expand=True, show_header=False)
    table.add_column(width=3, no_wrap=True)
    for _ in range(2):
        table.add_column(ratio=1, overflow="fold")
    rows = list(_context(bitext, difference))
    table.add_row("", *(Text(text, style="dim") for text in rows[0]))
    for group in difference.alike():
        ours = [one for one in group if alignments[one].name == OURS]
        beads = difference.beads[(ours or group)[0]]
        names = ", ".join(alignments[one].name for one in group)
        table.add_row("", Text(printable(names), style="bold cyan" if ours else "bold"), "")
        for bead in beads:
            sides = ((bitext.source_segments, bead.source), (bitext.target_segments, bead.target))
            cells = [" ".join(printable(segment.text) for segment in held[slice(*span)]) for held, span in sides]
            table.add_row(Text(bead.type, style="dim"), *(cell or console.say("(nothing)") for cell in cells))
            if ours and (bead.source, bead.target) not in shared:
                for note in _notes(console, bead):
                    table.add_row("", Text(note, style="dim italic"), "")
    table.add_row("", *(Text(text, style="dim") for text in rows[1]))
    terminal.rule(str(number), style="dim", align="left")
    terminal.print(table)


def _context(bitext: Bitext, difference: Difference) -> Iterator[tuple[str, str]]:
    sides = ((bitext.source_segments, difference.source), (bitext.target_segments, difference.target))
    before = [printable(held[span.start - 1].text) if span.start else "·" for held, span in sides]
    after = [printable(held[span.stop].text) if span.stop < len(held) else "·" for held, span in sides]
    yield before[0], before[1]
    yield after[0], after[1]


def _notes(console: Console, bead: Bead) -> Iterator[str]:
    from bialign.cli.reasons import spoken

    yield f"{100 * bead.probability:.0f} %"
    for reason in bead.reasons:
        yield printable(spoken(reason, console.say))
