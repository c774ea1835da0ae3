"""What the commands of studies look at: texts of corpora and of files with both languages, and their groups."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bialign.cli.command import Argument, Function
from bialign.cli.console import Console
from bialign.cli.corpus_options import is_corpus, open_to_read

if TYPE_CHECKING:
    from bialign.study.sources import Groups, StudyText


def study_options(function: Function) -> Function:
    """Add the argument FILES and the options --text and --groups."""
    return _options(function, required=True)


def optional_study_options(function: Function) -> Function:
    """Add the same for a command that may do without files."""
    return _options(function, required=False)


def _options(function: Function, *, required: bool) -> Function:
    note = "Corpora, or files with both languages (TMX, XLIFF, tables ...)."
    options: tuple[Callable[[Function], Function], ...] = (
        click.argument("files", cls=Argument, metavar="FILES", nargs=-1, required=required, note=note),
        click.option(
            "--text", "names", multiple=True, metavar="NAME", help="Only this bitext; may be given several times."
        ),
        click.option(
            "--groups",
            metavar="TABLE",
            help="A table with tabs: a header, then the name of a bitext and its groups (genre, translator ...).",
        ),
    )
    for option in reversed(options):
        function = option(function)
    return function


@contextlib.contextmanager
def study_texts(
    console: Console, files: Sequence[str], names: Sequence[str], groups: str | None
) -> Iterator[tuple[Iterator[StudyText], int]]:
    """Open what is to be studied; give its texts, one in memory at a time where a corpus holds them, and their number.

    Raises NotFound for a name or a text of the groups that is nowhere; a click error where two texts have one name.
    """
    from bialign.errors import NotFound
    from bialign.study.sources import check_groups, read_groups

    known = read_groups(Path(groups)) if groups else {}
    with contextlib.ExitStack() as stack:
        sources = [_source(stack, Path(file)) for file in files]
        there = [name for listed, _ in sources for name in listed]
        for name in names:
            if name not in there:
                raise NotFound("no bitext is called {name} here", place=", ".join(files), name=name)
        chosen = [name for name in there if not names or name in names]
        twice = next((name for name in chosen if chosen.count(name) > 1), None)
        if twice is not None:
            raise click.UsageError(console.say("two texts are called {name}; name the files one by one", name=twice))
        check_groups(known, there)
        yield (
            (text for listed, read in sources for text in read([n for n in listed if n in chosen], known)),
            len(chosen),
        )


def _source(
    stack: contextlib.ExitStack, path: Path
) -> tuple[list[str], Callable[[list[str], Groups], Iterator[StudyText]]]:
    """Give the names of the texts of a file, and what reads those that are wanted."""
    from bialign.readers.bilingual import read_bitext
    from bialign.study.sources import of_bitexts, of_corpus

    if is_corpus(path):
        corpus = stack.enter_context(open_to_read(str(path)))
        listed = [info.name for info in corpus.bitexts()]

        def of_names(names: list[str], groups: Groups) -> Iterator[StudyText]:
            mine = {name: known for name, known in groups.items() if name in listed}
            return of_corpus(corpus, names, mine) if names else iter(())

        return listed, of_names
    bitext = read_bitext(path)
    return [bitext.id], lambda names, groups: of_bitexts(
        [bitext] if names else [], {name: known for name, known in groups.items() if name in names}
    )
