"""What ``terms check`` and ``terms renderings`` look at: a corpus, a file with both languages, or two texts."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bialign.cli.command import Argument, Function
from bialign.cli.console import Console
from bialign.cli.corpus_options import is_corpus, open_to_read
from bialign.cli.terms_options import load_glossary

if TYPE_CHECKING:
    from bialign.corpus import Corpus
    from bialign.termbase import Termbase
    from bialign.terms import TextOf


@dataclass(slots=True)
class Given:
    """Hold what a command was given: a corpus or a text, and a glossary beside it, None for the corpus's own."""

    corpus: Corpus | None
    text: TextOf | None
    termbase: Termbase | None


def texts_options(function: Function) -> Function:
    """Add the argument FILES and the options for what they are."""
    note = "A corpus, a file with both languages, or two texts, which are aligned."
    files = click.argument("files", cls=Argument, metavar="FILES", nargs=-1, required=True, note=note)
    options: tuple[Callable[[Function], Function], ...] = (
        click.option(
            "--glossary",
            metavar="FILE",
            help="The glossary: YAML, TBX, OmegaT's, CSV, TSV or xlsx; by default that of the corpus.",
        ),
        click.option("--text", "names", multiple=True, metavar="NAME", help="Only this bitext of the corpus; may be "
                     "given several times."),
        click.option("--source-lang", metavar="LANG", default="", help="Language of the source, where it is guessed "
                     "wrong."),
        click.option("--target-lang", metavar="LANG", default="", help="Language of the target."),
    )  # fmt: skip
    for option in reversed(options):
        function = option(function)
    return files(function)


@contextlib.contextmanager
def given(
    console: Console, files: tuple[str, ...], glossary: str | None, names: tuple[str, ...], langs: tuple[str, str]
) -> Iterator[Given]:
    """Open a corpus, or read a bitext, or align two texts; with the glossary that was named."""
    say = console.say
    if len(files) > 2:
        raise click.UsageError(say("one corpus, one file with both languages, or two texts are wanted"))
    if len(files) == 1 and is_corpus(files[0]):
        termbase = load_glossary(console, glossary) if glossary else None
        with open_to_read(files[0]) as corpus:
            yield Given(corpus, None, termbase)
        return
    if not glossary:
        raise click.UsageError(say("without a corpus a glossary is wanted: --glossary"))
    if names:
        raise click.UsageError(say("--text names a bitext of a corpus"))
    yield Given(None, _text(console, files, langs), load_glossary(console, glossary))


def _text(console: Console, files: tuple[str, ...], langs: tuple[str, str]) -> TextOf:
    from bialign.terms import TextOf, bead_texts

    if len(files) == 1:
        from bialign.readers.bilingual import read_bitext

        bitext = read_bitext(Path(files[0]), source_lang=langs[0], target_lang=langs[1])
    else:
        from bialign.cli.progress import ProgressBar
        from bialign.pipeline import align

        with ProgressBar(console) as progress:
            bitext = align(files[0], files[1], source_lang=langs[0], target_lang=langs[1], progress=progress)
    found = bitext.source.lang or "en", bitext.target.lang or "es"
    return TextOf(bitext.id, bead_texts(bitext), found, f"{bitext.source.title} {bitext.source.origin}")
