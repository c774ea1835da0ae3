"""What the commands of ``bialign terms`` share: the glossary, and what reading it brought to light."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from bialign.cli.console import Console

if TYPE_CHECKING:
    from bialign.glossaries import Remark
    from bialign.termbase import Termbase

Function = TypeVar("Function", bound=Callable[..., Any])

_MOST = 20
"""Remarks on one file that are said; beyond, their number is."""


def glossary_option(function: Function) -> Function:
    """Add the option --glossary, which these commands cannot do without."""
    return click.option(
        "--glossary", metavar="FILE", required=True, help="The glossary: YAML, TBX, OmegaT's, CSV, TSV or xlsx."
    )(function)


def load_glossary(console: Console, name: str) -> Termbase:
    """Read a glossary and tell of what was mended in it."""
    from bialign import glossaries

    loaded = glossaries.load(Path(name))
    tell_remarks(console, name, loaded.remarks)
    return loaded.termbase


def tell_remarks(console: Console, file: str, remarks: Sequence[Remark]) -> None:
    """Warn of what there is to say of a glossary, a line each."""
    for remark in remarks[:_MOST]:
        place = f"{file}:{remark.line}" if remark.line else file
        console.warn(f"{place}: {console.say(remark.template, **remark.fields)}")
    if len(remarks) > _MOST:
        console.warn(f"{file}: {console.say('{count} more of the same kind', count=len(remarks) - _MOST)}")


def tell_left(console: Console, file: str, left: Sequence[Remark]) -> None:
    """Tell what a file that was written has no place for."""
    for remark in left:
        fields = {
            name: console.say(value) if isinstance(value, str) else value for name, value in remark.fields.items()
        }
        console.note(f"{file}: {console.say(remark.template, **fields)}")


def counted(console: Console, termbase: Termbase) -> str:
    """Count concepts and terms, and name the languages."""
    say = console.say
    count = sum(len(concept.terms) for concept in termbase.concepts)
    parts = say.count(len(termbase.concepts), "{count} concept", "{count} concepts")
    return f"{parts}, {say.count(count, '{count} term', '{count} terms')} ({', '.join(termbase.languages)})"
