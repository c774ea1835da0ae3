"""The files of a search: tables of hits with their citations, or the beads that hits are in, in any format."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bialign.cli.console import Console
from bialign.cli.failures import library_message
from bialign.cli.outputs import check_profile, formats_of, write_all
from bialign.cli.results import tell
from bialign.errors import BialignError
from bialign.formats.registry import FORMATS

if TYPE_CHECKING:
    from bialign.concordance import Page
    from bialign.corpus import Corpus


def holds_beads(path: Path) -> bool:
    """Tell whether a file is to hold whole beads, as an export does, and not a row for each hit."""
    from bialign.concordance.outputs import SUFFIXES

    suffix = path.suffix.lower()
    return suffix not in SUFFIXES and any(suffix in format.suffixes for format in FORMATS.values())


def check_outputs(console: Console, corpus: Path, paths: Sequence[Path], profile: str, *, only_hits: bool) -> None:
    """Refuse, before anything is searched, what cannot be written; `only_hits` leaves no beads to be written."""
    from bialign.concordance.outputs import check_path

    taken = {corpus.resolve()}
    for path in paths:
        if path.resolve() in taken:
            raise click.UsageError(console.say("{path} would be overwritten: it is an input or named twice", path=path))
        taken.add(path.resolve())
        if not path.resolve().parent.is_dir():
            raise click.UsageError(console.say("there is no folder {path}", path=path.parent))
        if only_hits or not holds_beads(path):
            try:
                check_path(path)
            except BialignError as error:
                raise click.UsageError(library_message(error, console.say)) from None
    check_profile(console.say, profile, formats_of(filter(holds_beads, paths), None))


def write_beads(
    console: Console, corpus: Corpus, page: Page, paths: Sequence[Path], options: Mapping[str, Any]
) -> None:
    """Write the beads that hits are in, in the order of the hits, and say what a format has no place for."""
    wanted = [path for path in paths if holds_beads(path)]
    if not wanted:
        return
    start = time.perf_counter()
    found = corpus.excerpt(hit.bead for hit in page.hits)
    codes = options["source_code"], options["target_code"]
    reports = write_all(found, wanted, None, profile=options["profile"], codes=codes, ui_lang=console.say.lang)
    tell(console, found, reports, time.perf_counter() - start)
