"""Worker processes on this machine; one that dies costs its job and is replaced.

They are spawned, not forked, so that they are the same on all systems and hold nothing of the driver's. Each uses one
processor; when the driver is gone, however it went, they end at once.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from dataclasses import dataclass
from multiprocessing import connection
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any, Self

from bialign.batch.schedulers import Outcome
from bialign.batch.work import Job, perform

ONE_THREAD = ("BIALIGN_THREADS", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def processors() -> int:
    """Give the number of processors this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


@dataclass(slots=True)
class _Worker:
    """Hold a process, the line to it, and the job it is at."""

    process: SpawnProcess
    line: Connection
    job: Job | None = None


class Pool:
    """Have jobs done by processes of this machine."""

    deaths = 2

    def __init__(self, workers: int = 0) -> None:
        self._size = workers or processors()
        self._context = multiprocessing.get_context("spawn")
        self._workers: list[_Worker] = []

    def __enter__(self) -> Self:
        self._workers = [self._start() for _ in range(self._size)]
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: object) -> None:
        for worker in self._workers:
            if kind is not None:
                worker.process.terminate()
            worker.line.close()
        for worker in self._workers:
            worker.process.join()
        self._workers = []

    def room(self) -> int:
        """Want a job for each worker that has none; one that waited behind a long one would be late."""
        return sum(worker.job is None for worker in self._workers)

    def submit(self, job: Job) -> None:
        """Give a job to a worker that has none."""
        worker = next(worker for worker in self._workers if worker.job is None)
        worker.job = job
        # where it has died, waiting for it will tell
        with contextlib.suppress(OSError):
            worker.line.send(job)

    def wait(self) -> list[Outcome]:
        """Wait for the next worker that is done, or dies."""
        lines = {worker.line: worker for worker in self._workers}
        found = []
        for line in connection.wait(list(lines)):
            worker = lines[line]  # type: ignore[index]
            job, worker.job = worker.job, None
            try:
                receipt = worker.line.recv()
            except (EOFError, OSError):
                receipt = None
                self._replace(worker)
            if job is not None:
                how = _end_of(worker.process) if receipt is None else ""
                found.append(Outcome(job, receipt, f"process {worker.process.pid}", how))
        return found

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs,), daemon=True)
        process.start()
        # so that the line breaks when the worker dies
        theirs.close()
        return _Worker(process, ours)

    def _replace(self, worker: _Worker) -> None:
        worker.line.close()
        worker.process.join()
        self._workers[self._workers.index(worker)] = self._start()


def _end_of(process: SpawnProcess) -> str:
    code = process.exitcode or 0
    if code < 0:
        try:
            return signal.Signals(-code).name
        except ValueError:
            return f"signal {-code}"
    return f"exit status {code}"


def _serve(line: Connection) -> None:
    """Do one job after the other, until there is nobody any more who asks."""
    # before numpy is loaded: as many workers as processors are at work, so one thread each
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))
    # Ctrl-C is the driver's affair
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_driver, daemon=True).start()
    while True:
        try:
            job: Any = line.recv()
        except (EOFError, OSError):
            return
        receipt = perform(job)
        try:
            line.send(receipt)
        except OSError:
            return


def _end_with_driver() -> None:
    """End this process when the driver has gone, in the middle of a document too."""
    driver = multiprocessing.parent_process()
    if driver is not None:
        connection.wait([driver.sentinel])
        os._exit(1)
