"""The folder of a run: what stands where, what is done by the files that are there, and who may work in it.

run.json documents.tsv failures.tsv    when all is done
shards/00000.parquet                   the beads
.batch/plan.jsonl                      what the run is of
.batch/receipts/00000.jsonl            of each finished shard: what came of its documents
.batch/parts/00000/0003.parquet        beads of a task whose shard is not finished, with its receipt beside
"""

from __future__ import annotations

import contextlib
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bialign.errors import BialignError


class Folder:
    """Name the files of a run."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.run, self.documents, self.failures = root / "run.json", root / "documents.tsv", root / "failures.tsv"
        self.shards, self.state = root / "shards", root / ".batch"
        self.plan, self.receipts, self.parts = self.state / "plan.jsonl", self.state / "receipts", self.state / "parts"

    def shard(self, shard: int) -> Path:
        """Give the file of a shard's beads."""
        return self.shards / f"{shard:05}.parquet"

    def receipt(self, shard: int) -> Path:
        """Give the file that is there when a shard is finished."""
        return self.receipts / f"{shard:05}.jsonl"

    def parts_of(self, shard: int) -> Path:
        """Give the folder of the parts of a shard."""
        return self.parts / f"{shard:05}"

    def part(self, shard: int, task: int) -> Path:
        """Give the file of a task's beads."""
        return self.parts_of(shard) / f"{task:04}.parquet"

    def part_receipt(self, shard: int, task: int) -> Path:
        """Give the file that is there when a task is done."""
        return self.parts_of(shard) / f"{task:04}.json"

    def at(self, shard: int, task: int) -> Path:
        """Give the file that says which document of a task is being aligned."""
        return self.parts_of(shard) / f"{task:04}.at"

    def make(self) -> None:
        """Make what is missing of the folders; BialignError where that cannot be done."""
        try:
            for folder in (self.shards, self.receipts, self.parts):
                folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise BialignError("cannot be written: {why}", place=str(self.root), why=error.strerror or error) from None

    def sweep(self) -> None:
        """Remove what a run that was killed left half-written."""
        for folder in (self.root, self.shards, self.state, self.receipts):
            for path in folder.glob(".bialign-*.tmp"):
                with contextlib.suppress(OSError):
                    path.unlink()
        for pattern in ("*/.bialign-*.tmp", "*/*.at"):
            for path in self.parts.glob(pattern):
                with contextlib.suppress(OSError):
                    path.unlink()

    def done_tasks(self, shard: int) -> set[int]:
        """Give the numbers of the tasks of a shard that are done."""
        return {int(path.stem) for path in self.parts_of(shard).glob("*.json")}

    def drop_parts(self, shard: int | None = None) -> None:
        """Remove the parts of a shard, or all; a worker that was given up may still be writing there, for a moment."""
        folder = self.parts if shard is None else self.parts_of(shard)
        for _ in range(50):
            shutil.rmtree(folder, ignore_errors=True)
            if not folder.exists():
                return
            time.sleep(0.1)


@contextlib.contextmanager
def held(folder: Folder) -> Iterator[None]:
    """Keep other runs out of a folder while the block runs; BialignError where another is at work in it.

    The lock is the system's, so that it goes with the process that held it, however that ends.
    """
    with (folder.state / "lock").open("a+b") as file:
        try:
            if sys.platform == "win32":
                import msvcrt

                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise BialignError("another run is at work in this folder", place=str(folder.root)) from None
        yield
