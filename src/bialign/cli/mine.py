"""``bialign mine``: sentences that translate each other, out of texts that do not."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bialign.cli.command import Argument, Command, shared_options
from bialign.cli.console import Console
from bialign.cli.outputs import check_profile, formats_of, outputs_option, profile_options, write_all
from bialign.cli.results import check_outputs

if TYPE_CHECKING:
    from bialign.bitext import Bitext

SHARE = click.FloatRange(0, 1)


@click.command("mine", cls=Command, example="bialign mine news.en.txt news.es.txt -o pairs.tmx --threshold 0.9")
@click.argument("source", cls=Argument, metavar="SOURCE", note="Text in one language.")
@click.argument("target", cls=Argument, metavar="TARGET", note="Text in the other; no translation, but on the like.")
@outputs_option("File to write; may be given several times. By default the pairs go to stdout as a table.")
@click.option(
    "--threshold",
    type=SHARE,
    default=0.5,
    metavar="SHARE",
    help="Probability from which a pair is taken, 0 to 1; by default 0.5. For training data take 0.9.",
)
@click.option("--lines", is_flag=True, help="Take texts as split already: one segment a line.")
@click.option(
    "--index",
    type=click.Choice(("auto", "exact", "faiss")),
    default="auto",
    metavar="INDEX",
    help="How neighbours are found: exact, faiss (quick, not quite exact), or auto (the default): exact up to 200,000 "
    "sentences a side, faiss above where it is installed.",
)
@profile_options
@click.option(
    "--source-lang", metavar="LANG", default="", help="Language of SOURCE: en, es, es-PE ...; else it is guessed."
)
@click.option("--target-lang", metavar="LANG", default="", help="Language of TARGET.")
@click.option("--encoding", metavar="NAME", help="Encoding of the files: cp1252, utf-16 ...; else it is detected.")
@shared_options
@click.pass_obj
def mine(
    console: Console,
    /,
    *,
    source: str,
    target: str,
    outputs: tuple[str, ...],
    threshold: float,
    lines: bool,
    index: str,
    profile: str,
    source_code: str,
    target_code: str,
    source_lang: str,
    target_lang: str,
    encoding: str | None,
) -> None:
    """Find sentences that translate each other in two texts that are no translations, as news on one day.

    Where a sentence stands does not matter. Each is in one pair at most; equal ones count once, and what stands
    untranslated in both texts is left out.
    """
    from bialign.cli.progress import ProgressBar
    from bialign.mining.files import mine_files
    from bialign.mining.neighbours import has_index

    start = time.perf_counter()
    paths, inputs = [Path(name) for name in outputs], [Path(source), Path(target)]
    check_outputs(console, inputs, paths)
    check_profile(console.say, profile, formats_of(paths, None))
    if index == "faiss" and not has_index():
        from bialign.errors import MissingExtra

        raise MissingExtra("--index faiss", "mining")
    with ProgressBar(console) as progress:
        bitext = mine_files(
            *inputs,
            lines=lines,
            langs=(source_lang, target_lang),
            encoding=encoding,
            threshold=threshold,
            index="exact" if index == "exact" else "faiss" if index == "faiss" else "auto",
            progress=progress,
        )
    if paths:
        codes = source_code, target_code
        write_all(bitext, paths, None, profile=profile, codes=codes, ui_lang=console.say.lang, inputs=inputs)
    else:
        console.write("".join(_table(bitext)))
    counted = console.say.count(len(bitext.beads), "{count} pair of sentences", "{count} pairs of sentences")
    goal = f" → {', '.join(outputs)}" if outputs else ""
    console.note(f"{counted} ({time.perf_counter() - start:.1f} s){goal}")


def _table(bitext: Bitext) -> Iterator[str]:
    from bialign.formats.records import tsv_lines

    if not bitext.beads:
        return iter(["probability\tsource\ttarget\n"])
    rows = [
        {
            "probability": f"{bead.probability:.4f}",
            "source": bitext.source_text(bead),
            "target": bitext.target_text(bead),
        }
        for bead in bitext.beads
    ]
    return tsv_lines(rows, str)
