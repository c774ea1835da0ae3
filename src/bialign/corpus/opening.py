"""Which files are corpora, and opening one of which nothing will be changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bialign.errors import CorpusError, SchemaMismatch

if TYPE_CHECKING:
    from bialign.corpus import Corpus

_DATABASE = b"SQLite format 3\0"


def is_corpus(path: Path | str) -> bool:
    """Tell whether a file is a corpus, by its first bytes; one that cannot be read is, if it is called so."""
    path = Path(path)
    try:
        with path.open("rb") as file:
            return file.read(len(_DATABASE)) == _DATABASE
    except OSError:
        return path.suffix == ".bialign" and not path.is_dir()


def open_to_read(path: Path | str) -> Corpus:
    """Open a corpus of which nothing will be changed, also where it cannot be written.

    It is opened for writing where that can be, since only a writer clears away what SQLite keeps beside the file.
    Raises what `Corpus` does.
    """
    from bialign.corpus import Corpus

    try:
        return Corpus(path)
    except SchemaMismatch:
        raise
    except CorpusError:
        return Corpus(path, read_only=True)
