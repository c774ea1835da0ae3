"""Connections to the corpus: each request has one to itself, and the next one takes it over."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterator
from pathlib import Path

from bialign.corpus import Corpus
from bialign.errors import BialignError, CorpusError

_KEPT = 4
"""Connections that are kept open between requests."""


class Pool:
    """Lend out connections to one corpus file; each is used by one thread at a time.

    A file that was removed, or replaced by another, is noticed before anything is written into what is no longer there.
    """

    def __init__(self, path: Path, *, read_only: bool = False, who: str = "") -> None:
        self.path, self.read_only, self._who = path, read_only, who
        self._lock = threading.Lock()
        self._idle: list[Corpus] = []
        self._kept = _KEPT
        self._file = self._identity()
        with self.corpus():
            pass

    @contextlib.contextmanager
    def corpus(self) -> Iterator[Corpus]:
        """Lend a connection for a ``with`` block; CorpusError where the corpus cannot be used."""
        self._check()
        with self._lock:
            opened = self._idle.pop() if self._idle else None
        if opened is None:
            opened = self._open()
        kept = False
        try:
            yield opened
            kept = True
        except (BialignError, ValueError):
            # the work was refused, and the connection is as good as before
            kept = not opened.store.database.connection.in_transaction
            raise
        finally:
            self._take_back(opened, kept)

    def close(self) -> None:
        """Close all connections; those in use when they are given back."""
        with self._lock:
            self._kept = 0
        self._drop_idle()

    def _drop_idle(self) -> None:
        with self._lock:
            idle, self._idle = self._idle, []
        for corpus in idle:
            corpus.close()

    def _open(self) -> Corpus:
        writable = not self.read_only and os.access(self.path, os.W_OK)
        if writable:
            try:
                return Corpus(self.path, who=self._who)
            except CorpusError:
                # what can be read is shown, also where nothing can be written beside it
                if os.access(self.path.parent, os.W_OK):
                    raise
        opened = Corpus(self.path, read_only=True, who=self._who)
        self.read_only = True
        return opened

    def _take_back(self, corpus: Corpus, kept: bool) -> None:
        with self._lock:
            if kept and len(self._idle) < self._kept:
                self._idle.append(corpus)
                return
        corpus.close()

    def _check(self) -> None:
        found = self._identity()
        if found != self._file:
            self._drop_idle()
            self._file = found

    def _identity(self) -> tuple[int, int]:
        try:
            state = self.path.stat()
        except FileNotFoundError:
            raise CorpusError("the corpus is not there: it was moved or removed", place=str(self.path)) from None
        except OSError as error:
            raise CorpusError(
                "the corpus cannot be used: {error}", place=str(self.path), error=error.strerror
            ) from None
        return state.st_dev, state.st_ino
