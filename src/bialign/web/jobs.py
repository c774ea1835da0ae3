"""Long work in a thread of its own: its progress can be asked for, and it can be stopped."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable
from typing import Any, Literal

State = Literal["waiting", "running", "done", "failed", "stopped"]

# texts are aligned one after the other: each takes all processors
_ALIGNING = threading.Lock()


class Stopped(Exception):
    """Ends the work of a job that somebody stopped; nothing has come of it."""


class Job:
    """Hold one piece of long work; `result` is what it gave, `error` why it failed."""

    def __init__(self, id: int, work: Callable[[Job], Any]) -> None:
        self.id, self._work = id, work
        self.state: State = "waiting"
        self.stage, self.share = "", 0.0
        self.result: Any = None
        self.error: Exception | None = None
        self._stop = threading.Event()
        self._begun = time.monotonic()
        self._thread = threading.Thread(target=self._run, name=f"job-{id}", daemon=True)

    def start(self) -> None:
        """Begin the work."""
        self._thread.start()

    def stop(self) -> None:
        """Ask the work to end; it ends at its next step."""
        self._stop.set()

    def join(self, seconds: float) -> None:
        """Wait until the work has ended."""
        self._thread.join(seconds)

    def progress(self, stage: str, share: float) -> None:
        """Note that a share (0 to 1) of a stage is done; raises Stopped where the work is to end."""
        if self._stop.is_set():
            raise Stopped
        if stage != self.stage:
            self._begun = time.monotonic()
        self.stage, self.share = stage, share

    @property
    def seconds_left(self) -> float | None:
        """Estimate the seconds the stage still takes, from those it took; None where too little is known."""
        elapsed = time.monotonic() - self._begun
        if self.state != "running" or self.share <= 0.02 or elapsed < 0.5:
            return None
        return elapsed * (1 - self.share) / self.share

    def _run(self) -> None:
        try:
            with _ALIGNING:
                self.progress("", 0)
                self.state = "running"
                self.result = self._work(self)
            self.state = "done"
        except Stopped:
            self.state = "stopped"
        except Exception as error:
            # told to whoever asks for the job
            self.error = error
            self.state = "failed"


class Jobs:
    """Begin jobs, and find them by their number."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self._held: dict[int, Job] = {}

    def start(self, work: Callable[[Job], Any]) -> Job:
        """Begin a piece of work."""
        job = Job(next(self._numbers), work)
        self._held[job.id] = job
        for old in [id for id in self._held if id < job.id - 20]:
            del self._held[old]
        job.start()
        return job

    def find(self, id: int) -> Job | None:
        """Give a job by its number."""
        return self._held.get(id)

    def stop_all(self) -> None:
        """Ask all work to end, and wait a little for it."""
        for job in self._held.values():
            job.stop()
        for job in self._held.values():
            job.join(2)
