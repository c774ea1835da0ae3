"""Versions and revisions as files: tables, and pages that need nothing else; a revision also as a bitext to go on with.

marks   what differs, as pieces of text, the same for pages and terminals
page    the frame of a page, its style and its parts
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from bialign.errors import FormatError
from bialign.formats.files import Output
from bialign.study import tables
from bialign.study.saying import Saying

if TYPE_CHECKING:
    from bialign.study.versions.measures import Variation
    from bialign.study.versions.model import Collation
    from bialign.study.versions.revision import Revision

SUFFIXES = (".html", *tables.SUFFIXES)


def check_path(path: Path) -> None:
    """Raise FormatError unless the suffix of a path names a format."""
    if path.suffix.lower() not in SUFFIXES:
        reason = "cannot tell the format from this name: .html, .tsv, .jsonl, .xlsx and .parquet are written"
        raise FormatError(path, reason)
    if path.suffix.lower() != ".html":
        tables.check_path(path)


def output_of_collation(
    collation: Collation, found: Collection[Variation], path: Path, *, ui_lang: str = "en"
) -> Output:
    """Give what `write_whole` wants to write versions side by side; the suffix of the path names the format.

    A page also holds what was measured. Raises FormatError for an unknown suffix.
    """
    from bialign.study.versions.outputs.collation import chunks
    from bialign.study.versions.tables import rows_table

    check_path(path)
    if path.suffix.lower() == ".html":
        return path, chunks(collation, list(found), Saying(ui_lang))
    return tables.output(rows_table(collation), path)


def output_of_revision(revision: Revision, path: Path, *, ui_lang: str = "en") -> Output:
    """Give what `write_whole` wants to write what a revised source changes; the suffix of the path names the format."""
    from bialign.study.versions.outputs.revised import chunks
    from bialign.study.versions.tables import revision_table

    check_path(path)
    if path.suffix.lower() == ".html":
        return path, chunks(revision, Saying(ui_lang))
    return tables.output(revision_table(revision), path)
