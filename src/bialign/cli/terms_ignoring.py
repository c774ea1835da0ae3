"""Where it is kept which findings are ignored: in the corpus, or in a file of keys."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import click

from bialign.cli.console import Console
from bialign.errors import BialignError, NotFound

if TYPE_CHECKING:
    from bialign.corpus import Corpus


class Memory(Protocol):
    """Remembers keys."""

    def keys(self) -> set[str]:
        """Give the keys that are ignored."""

    def ignore(self, key: str, note: str) -> None:
        """Remember a key."""

    def unignore(self, key: str) -> None:
        """Forget a key; NotFound where it is not there."""

    def check_lasting(self) -> None:
        """Refuse, as a call at fault, where nothing can be remembered."""


class InCorpus:
    """Remember keys in a corpus, with its history."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus

    def keys(self) -> set[str]:
        """Give the keys that are ignored."""
        return set(self._corpus.ignored())

    def ignore(self, key: str, note: str) -> None:
        """Remember a key."""
        self._corpus.ignore(key, note)

    def unignore(self, key: str) -> None:
        """Forget a key."""
        self._corpus.unignore(key)

    def check_lasting(self) -> None:
        """See whether the corpus can be written."""
        self._corpus.check_writable()


class InFile:
    """Remember keys in a file, one a line, a note behind it; without a file nothing is remembered."""

    def __init__(self, console: Console, path: Path | None) -> None:
        self._console, self._path = console, path
        self._notes: dict[str, str] = {}
        if path is not None and path.exists():
            try:
                lines = path.read_text(encoding="utf-8-sig").splitlines()
            except (OSError, UnicodeDecodeError) as error:
                raise BialignError("cannot be read: {why}", place=str(path), why=error) from None
            for line in lines:
                key, _, note = line.strip().partition(" ")
                if key and not key.startswith("#"):
                    self._notes[key] = note.strip()

    def keys(self) -> set[str]:
        """Give the keys that are ignored."""
        return set(self._notes)

    def ignore(self, key: str, note: str) -> None:
        """Remember a key."""
        self._notes[key] = " ".join(note.split())
        self._write()

    def unignore(self, key: str) -> None:
        """Forget a key."""
        if key not in self._notes:
            raise NotFound("no finding {key} is ignored here", place=str(self._path), key=key)
        del self._notes[key]
        self._write()

    def check_lasting(self) -> None:
        """Refuse where there is no file."""
        if self._path is None:
            raise click.UsageError(self._console.say("what is ignored is kept in a corpus, or in a file: --ignored"))

    def _write(self) -> None:
        from bialign.formats.files import write_whole

        if self._path is not None:
            lines = [f"{key} {note}".rstrip() + "\n" for key, note in self._notes.items()]
            write_whole([(self._path, lines)])


def memory_of(console: Console, corpus: Corpus | None, path: Path | None) -> Memory:
    """Give the memory of a call: the corpus's, unless there is none."""
    if corpus is not None:
        if path is not None:
            raise click.UsageError(console.say("a corpus keeps what is ignored itself: leave --ignored out"))
        return InCorpus(corpus)
    return InFile(console, path)
