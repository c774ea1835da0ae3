"""``bialign build`` and ``bialign train-weights``: what makes derived files from what people wrote."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bialign.cli.command import Argument, Command, shared_options
from bialign.cli.console import Console
from bialign.cli.decisions import tell_unplaced
from bialign.errors import BialignError

if TYPE_CHECKING:
    from bialign.build import BuiltDocument


@click.command("build", cls=Command, example="bialign build corpus")
@click.argument("corpus", cls=Argument, metavar="CORPUS", note="A folder with a recipe, bialign.yaml.")
@shared_options
@click.pass_obj
def build(console: Console, corpus: str) -> None:
    """Build a corpus from its recipe: check the seeds, align, write every format, measure against gold.

    Results go to the folder build inside the corpus: beads, TSV, TMX, JSON Lines and the HTML reader, and a corpus file
    with all documents.
    """
    from bialign import build as builder
    from bialign.cli.progress import ProgressBar

    with ProgressBar(console) as progress:
        built = builder.build(
            Path(corpus),
            ui_lang=console.say.lang,
            progress=lambda document, stage, share: progress(f"{document}: {console.say(stage)}", share),
        )
    for document in built:
        _tell(console, document)
    console.done(str(builder.corpus_path(Path(corpus))))


def _tell(console: Console, built: BuiltDocument) -> None:
    say, bitext = console.say, built.bitext
    sizes = f"{len(bitext.source_segments)} + {len(bitext.target_segments)}"
    console.done(say("{name}: {sizes} segments, {beads} beads", name=bitext.id, sizes=sizes, beads=len(bitext.beads)))
    if built.evaluation is not None:
        strict, lax = built.evaluation.strict.f1, built.evaluation.lax.f1
        console.done("  " + say("against the gold: strict F1 {strict:.4f}, lax F1 {lax:.4f}", strict=strict, lax=lax))
        if not built.same_segments:
            console.done("  " + say("(aligned anew from the hand-made segments: the splitter's differ from them)"))
    if built.decisions or built.unplaced:
        number = built.decisions + len(built.unplaced)
        console.done("  " + say("people's decisions done again: {done} of {count}", done=built.decisions, count=number))
        tell_unplaced(console, {bitext.id: built.unplaced})
    for path in built.files:
        console.done(f"  {path}")


@click.command("train-weights", cls=Command, example="bialign train-weights gold/novels -o weights.yaml")
@click.argument(
    "golddirs", cls=Argument, metavar="GOLDDIR", nargs=-1, required=True, note="Folders of .src, .tgt and .gold files."
)
@click.option(
    "--coarse", multiple=True, metavar="GOLDDIR", help="Folder whose beads may be larger than need be; can be repeated."
)
@click.option("-o", "--output", required=True, metavar="OUT", help="File to write the weights to.")
@shared_options
@click.pass_obj
def train_weights(console: Console, golddirs: tuple[str, ...], coarse: tuple[str, ...], output: str) -> None:
    """Train the aligner's weights on gold beads.

    The file names the sets, the date and the command, and can be read by people.
    """
    from bialign import gold
    from bialign.cli.progress import ProgressBar

    folders, outer = [Path(name) for name in golddirs], [Path(name) for name in coarse]
    for folder in (*folders, *outer):
        if not folder.is_dir():
            raise BialignError("there is no such folder", place=str(folder))
    with ProgressBar(console) as progress:
        gold.train_weights(folders, Path(output), outer, progress=progress)
    console.note(f"→ {output}")
