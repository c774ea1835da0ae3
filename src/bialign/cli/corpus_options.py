"""What the commands for a corpus share: its argument, the name of a bitext, JSON instead of words."""

from __future__ import annotations

from collections.abc import Callable

import click

from bialign.cli.command import Argument, Function


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
