"""Workers of a dask cluster: one that runs already, one that Slurm is asked for, or one in this process for trials.

The cluster does what the pool does, by the same function; the folder of the run and the texts must be where the workers
find them under the same paths. dask does the jobs of a worker that died again elsewhere; a job over which too many died
comes back as lost.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

from bialign.batch.pool import ONE_THREAD
from bialign.batch.schedulers import Outcome
from bialign.batch.work import Job, perform
from bialign.errors import BialignError, FormatError, MissingExtra, ReadError

_AHEAD = 2
"""Jobs that are with the cluster for each thread of its workers, so that none waits for the driver."""

_ASKED_EVERY = 2.0
"""Seconds between questions how large the cluster is now."""


class Cluster:
    """Have jobs done by the workers of a dask scheduler: its address, or a cluster object of dask's.

    What `cluster` is given is closed at the end, unless it is an address. Raises MissingExtra without dask, and
    BialignError where nobody answers at the address.
    """

    # dask has tried several workers before it gives a job up
    deaths = 1

    def __init__(self, cluster: Any) -> None:
        distributed()
        self._given = cluster
        self._held = ExitStack()
        self._jobs: dict[Any, Job] = {}
        self._threads, self._asked = 0, 0.0

    def __enter__(self) -> Self:
        dask = distributed()
        if not isinstance(self._given, str):
            self._held.enter_context(self._given)
        try:
            self._client = self._held.enter_context(dask.Client(self._given, set_as_default=False))
        except (OSError, ValueError) as error:
            self._held.close()
            reason = "no dask scheduler answers here ({error})"
            said = " ".join(str(error).split()) or type(error).__name__
            raise BialignError(reason, place=str(self._given), error=said) from None
        self._ready = dask.as_completed(loop=self._client.loop)
        return self

    def __exit__(self, *error: object) -> None:
        for future in self._jobs:
            future.release()
        self._jobs.clear()
        self._held.close()

    def room(self) -> int:
        """Want two jobs for each thread of the workers there are now, and a few while there is none yet."""
        if time.monotonic() - self._asked > _ASKED_EVERY:
            self._threads = sum(self._client.nthreads().values())
            self._asked = time.monotonic()
        return max(4, _AHEAD * self._threads) - len(self._jobs)

    def submit(self, job: Job) -> None:
        """Give a job to the cluster."""
        future = self._client.submit(_perform, job, pure=False)
        self._jobs[future] = job
        self._ready.add(future)

    def wait(self) -> list[Outcome]:
        """Wait for the next jobs that are done, or lost."""
        found = []
        for future in [next(self._ready), *self._ready.next_batch(block=False)]:
            job = self._jobs.pop(future)
            if future.status == "finished":
                receipt = future.result()
                found.append(Outcome(job, receipt, str(receipt.pop("where", ""))))
            elif future.status == "error" and isinstance(future.exception(), distributed().KilledWorker):
                found.append(Outcome(job, None, "dask", str(getattr(future.exception(), "last_worker", ""))))
            elif future.status == "error":
                raise BialignError("the cluster cannot do the work: {error}", error=repr(future.exception()))
            else:
                reason = "the dask scheduler is gone; the same command goes on where it stopped"
                raise BialignError(reason, place=str(self._given))
            future.release()
        return found


def _perform(job: Job) -> dict[str, Any]:
    """Do a job in a worker of dask, by one thread."""
    for name in ONE_THREAD:
        os.environ.setdefault(name, "1")
    receipt = perform(job)
    return receipt | {"where": distributed().get_worker().address}


def distributed() -> Any:
    """Give the package; raises MissingExtra where it is not installed."""
    try:
        import distributed
    except ImportError:
        raise MissingExtra("a cluster", "cluster") from None
    return distributed


def slurm_cluster(path: Path) -> Any:
    """Ask Slurm for workers as a YAML file says: the options of dask-jobqueue's SLURMCluster, and how many.

    Of its keys `jobs` is the number of Slurm jobs to keep, or `adapt` their `minimum` and `maximum`, as there is work;
    `processes` is by default `cores`, so that each worker has one processor. Raises ReadError, FormatError for what is
    no such file, and MissingExtra without dask-jobqueue.
    """
    options, jobs, adapt = slurm_options(path)
    try:
        from dask_jobqueue.slurm import SLURMCluster
    except ImportError:
        raise MissingExtra("Slurm", "cluster") from None
    try:
        cluster: Any = SLURMCluster(**options)
    except (TypeError, ValueError) as error:
        raise FormatError(path, "these are no options of a SLURMCluster: {error}", error=str(error)) from None
    if adapt:
        cluster.adapt(minimum_jobs=adapt.get("minimum", 0), maximum_jobs=adapt["maximum"])
    else:
        cluster.scale(jobs=jobs)
    return cluster


def slurm_options(path: Path) -> tuple[dict[str, Any], int, Mapping[str, int]]:
    """Read what `slurm_cluster` takes: the options of the cluster, the number of jobs, and its bounds instead of it."""
    import yaml

    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ReadError(path, "cannot be read: {why}", why=error.strerror or error) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        raise FormatError(path, "this is no YAML", line=mark.line + 1 if mark else None) from None
    if not isinstance(found, dict) or not {"cores", "memory"} <= set(found):
        raise FormatError(path, "options of a SLURMCluster are wanted: cores, memory, queue, walltime ...")
    jobs, adapt = found.pop("jobs", 1), found.pop("adapt", {})
    counts = [jobs, *(adapt.values() if isinstance(adapt, dict) else [-1])]
    known = not adapt or (isinstance(adapt, dict) and set(adapt) <= {"minimum", "maximum"} and "maximum" in adapt)
    if not known or not all(isinstance(count, int) and count >= 0 for count in counts):
        raise FormatError(path, "jobs is a number, or adapt holds minimum and maximum")
    found.setdefault("processes", found["cores"])
    return {str(name): value for name, value in found.items()}, jobs, adapt
