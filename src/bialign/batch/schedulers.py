"""What the driver of a run asks of those who do the work, and the simplest of them: the process itself."""

from __future__ import annotations

from collections import deque
from types import TracebackType
from typing import Any, NamedTuple, Protocol, Self

from bialign.batch.work import Job, perform


class Outcome(NamedTuple):
    """Tell what came of a job: its receipt, or None where the worker died; `where` names the worker for people."""

    job: Job
    receipt: dict[str, Any] | None
    where: str = ""
    how: str = ""


class Scheduler(Protocol):
    """Have jobs done, some at a time."""

    deaths: int
    """Deaths of workers over one document from which that document is given up."""

    def __enter__(self) -> Self:
        """Get ready."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let the workers go; where there is an error, at once."""

    def room(self) -> int:
        """Tell how many more jobs are wanted now; more would only be held in memory."""

    def submit(self, job: Job) -> None:
        """Take a job."""

    def wait(self) -> list[Outcome]:
        """Wait until a job is done, and give those that are; none where nothing has happened for a while."""


class Alone:
    """Do each job in this process."""

    deaths = 1

    def __init__(self) -> None:
        self._jobs: deque[Job] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._jobs.clear()

    def room(self) -> int:
        """Take one job at a time."""
        return 1 - len(self._jobs)

    def submit(self, job: Job) -> None:
        """Keep a job until it is waited for."""
        self._jobs.append(job)

    def wait(self) -> list[Outcome]:
        """Do the next job."""
        job = self._jobs.popleft()
        return [Outcome(job, perform(job), "this process")]
