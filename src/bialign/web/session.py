"""What one run of the server knows: the folder it works in, the corpus that is open, uploads and jobs."""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

from bialign.errors import CorpusError
from bialign.web.exports import Exports
from bialign.web.jobs import Jobs
from bialign.web.pool import Pool
from bialign.web.uploads import Uploads

SUFFIX = ".bialign"


@dataclass(frozen=True, slots=True)
class Found:
    """Tell of a corpus file in the folder; `changed` is a POSIX time stamp in seconds."""

    name: str
    path: Path
    size: int
    changed: float


class Session:
    """Hold the state of a server; `folder` is where new corpora are written.

    One that is `confined` opens no corpus outside of its folder: those who use it may be other people than the one
    whose machine this is.
    """

    def __init__(
        self, corpus: Path | None = None, *, folder: Path | None = None, who: str = "", confined: bool = False
    ) -> None:
        self.who, self.confined = who, confined
        self.folder = folder or (corpus.absolute().parent if corpus else _folder())
        self.jobs = Jobs()
        self._temporary = Path(tempfile.mkdtemp(prefix="bialign-"))
        self.uploads = Uploads(self._temporary)
        self.exports = Exports(self._temporary)
        self.words: dict[tuple[str, int, int], int] = {}
        self._lock = threading.Lock()
        self._pool: Pool | None = None
        if corpus is not None:
            self.open(corpus)

    def open(self, path: Path) -> None:
        """Make a corpus file the one that is open; CorpusError where it is none, and the other stays open then."""
        pool = Pool(path.absolute(), who=self.who)
        with self._lock:
            old, self._pool = self._pool, pool
        if old is not None:
            old.close()

    def path_of(self, named: str) -> Path:
        """Give the path of a corpus that a page names; CorpusError where it may not be opened from there."""
        if "\0" in named:
            raise CorpusError("it is not in the folder of this server: {path}", path=named.replace("\0", ""))
        path = Path(named) if self.confined else Path(named).expanduser()
        path = path if path.is_absolute() else self.folder / path
        # where a link leads is what counts
        if self.confined and (path.suffix != SUFFIX or path.resolve().parent != self.folder.resolve()):
            raise CorpusError("it is not in the folder of this server: {path}", path=path.name)
        return path

    def shown(self, path: Path) -> str:
        """Give a path as pages show it: to others, what stands outside of the folder is nobody's business."""
        return path.name if self.confined else str(path)

    def shut(self) -> None:
        """Close the corpus; the first page is the start page again."""
        with self._lock:
            old, self._pool = self._pool, None
        if old is not None:
            old.close()

    @property
    def pool(self) -> Pool | None:
        """Give the connections to the corpus that is open, None where none is."""
        return self._pool

    def needed(self) -> Pool:
        """Give the connections to the corpus; CorpusError where none is open."""
        if self._pool is None:
            raise CorpusError("no corpus is open: choose one on the first page")
        return self._pool

    def corpora(self) -> list[Found]:
        """List the corpus files of the folder, the last changed first."""
        found = []
        try:
            for path in self.folder.glob(f"*{SUFFIX}"):
                if path.is_file() and not path.name.startswith("."):
                    state = path.stat()
                    found.append(Found(path.stem, path, state.st_size, state.st_mtime))
        except OSError:
            return []
        return sorted(found, key=lambda one: -one.changed)

    def close(self) -> None:
        """End all work, close the corpus, and remove what was uploaded."""
        self.jobs.stop_all()
        self.shut()
        shutil.rmtree(self._temporary, ignore_errors=True)


def _folder() -> Path:
    """Choose where new corpora go: here, or at home where nothing can be written here."""
    here = Path.cwd()
    return here if os.access(here, os.W_OK) else Path.home()
