"""What the commands for a corpus share: its argument, the name of a bitext, JSON instead of words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bialign.cli.command import Argument, Function

if TYPE_CHECKING:
    from bialign.corpus import Corpus


def count(ctx: click.Context, parameter: click.Parameter, value: str | None) -> int | None:
    """Take a whole number from 1 on, as the callback of an option or argument."""
    if value is None:
        return None
    if not (value.isascii() and value.isdigit() and 0 < int(value) < 1 << 62):
        raise click.BadParameter("a whole number from 1 on is wanted", ctx, parameter)
    return int(value)


def share(ctx: click.Context, parameter: click.Parameter, value: str | None) -> float | None:
    """Take a number from 0 to 1, as the callback of an option."""
    if value is None:
        return None
    try:
        number = float(value.replace(",", "."))
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise click.BadParameter("a number from 0 to 1 is wanted", ctx, parameter)
    return number


def corpus_argument(function: Function) -> Function:
    """Add the argument CORPUS."""
    note = "A corpus file, as bialign init makes it."
    return click.argument("corpus", cls=Argument, metavar="CORPUS", note=note)(function)


def name_argument(*, required: bool = True) -> Callable[[Function], Function]:
    """Add the argument NAME."""
    note = "A bitext, as bialign list names it."
    return click.argument("name", cls=Argument, metavar="NAME", required=required, note=note)


def json_option(function: Function) -> Function:
    """Add the option --json."""
    return click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")(function)


def open_to_read(path: str) -> Corpus:
    """Open a corpus of which nothing will be changed, also where it cannot be written.

    See `bialign.corpus.opening.open_to_read`.
    """
    from bialign.corpus import opening

    return opening.open_to_read(path)


def is_corpus(path: Path | str) -> bool:
    """Tell whether a file is a corpus, see `bialign.corpus.opening.is_corpus`."""
    from bialign.corpus import opening

    return opening.is_corpus(path)
