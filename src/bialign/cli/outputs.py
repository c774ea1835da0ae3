"""Options of all commands that write bitexts: the format, its profile, what the languages are called in it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bialign.cli.command import Function
from bialign.cli.messages import Messages
from bialign.formats.registry import FORMATS, format_of

if TYPE_CHECKING:
    from bialign.bitext import Bitext
    from bialign.formats import Report
    from bialign.termbase import Termbase

TO = "The format: " + ", ".join(FORMATS)
SUFFIXES = ", ".join(format.suffixes[0] for format in FORMATS.values() if format.suffixes)


def outputs_option(help: str) -> Callable[[Function], Function]:
    """Add the option -o, which may be given several times."""
    return click.option("-o", "--output", "outputs", multiple=True, metavar="OUT", help=help)


def profile_options(function: Function) -> Function:
    """Add the options --profile, --source-code and --target-code."""
    options: list[Callable[[Function], Function]] = [
        click.option(
            "--profile",
            metavar="NAME",
            default="",
            help="Form of the format that a program wants. tmx: neutral, omegat, trados, memoq; csv: excel-en, "
            "excel-es, r, pandas; tsv: plain, r, pandas; xliff: 1.2, 2.1; xces: opus, intertext; cwb: cwb, manatee.",
        ),
        click.option(
            "--source-code",
            metavar="LANG",
            default="",
            help="What the source language is called in the files: en-US ...",
        ),
        click.option(
            "--target-code",
            metavar="LANG",
            default="",
            help="What the target language is called in the files: es-PE ...",
        ),
    ]
    for option in reversed(options):
        function = option(function)
    return function


def check_profile(say: Messages, profile: str, formats: Iterable[str]) -> None:
    """Refuse a profile that none of the formats has, and formats whose packages are missing."""
    formats = list(formats)
    known = [name for format in formats for name in FORMATS[format].profiles]
    if profile and profile not in known:
        found = ", ".join(dict.fromkeys(known)) or "-"
        raise click.UsageError(say("no profile {name} here; there are: {known}", name=profile, known=found))
    if not {"parquet", "huggingface"}.isdisjoint(formats):
        from bialign.formats.parquet import arrow

        arrow()


def formats_of(paths: Iterable[Path], format: str | None) -> list[str]:
    """Give the formats that files are to be written in."""
    return [format or format_of(path) for path in paths]


def write_all(
    bitext: Bitext,
    paths: Iterable[Path],
    format: str | None,
    *,
    profile: str = "",
    codes: tuple[str, str] = ("", ""),
    termbase: Termbase | None = None,
    ui_lang: str = "en",
    inputs: Collection[Path] = (),
) -> list[Report]:
    """Write a bitext to files; those whose format has the profile get it."""
    from bialign import formats

    paths, tokenise = list(paths), None
    if "cwb" in formats_of(paths, format):
        from bialign.words import split_words

        tokenise = split_words
    return [
        formats.write(
            bitext,
            path,
            name,
            termbase=termbase,
            ui_lang=ui_lang,
            profile=profile if profile in FORMATS[name].profiles else "",
            codes=codes,
            inputs=inputs,
            tokenise=tokenise,
        )
        for path, name in ((path, format or format_of(path)) for path in paths)
    ]
