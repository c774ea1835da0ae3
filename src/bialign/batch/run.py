"""The driver of a run: it hands out jobs, counts receipts, and never holds a text."""

from __future__ import annotations

import json
import shutil
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

from bialign.batch import manifest as manifests
from bialign.batch.folder import Folder, held
from bialign.batch.log import Log
from bialign.batch.plan import Part, Plan, cut, size_of, write_plan
from bialign.batch.schedulers import Outcome, Scheduler
from bialign.batch.settings import BatchSettings, versions
from bialign.batch.tables import Tables
from bialign.batch.work import Job, failed_tasks
from bialign.errors import BialignError
from bialign.formats.parquet import arrow

Progress = Callable[[str, float, str], None]
"""Gets the name of the stage, the share of it that is done, and the rate in words, or ""."""

_MOST_LOST = 5
"""Deaths of workers over one job, of which no document can be blamed, from which the run is ended."""


@dataclass(frozen=True, slots=True)
class Result:
    """Tell what came of a run: documents, how many of them failed, beads, sentences of the source; `folder` holds it.

    `new` counts the documents that were aligned now, the others were done before.
    """

    folder: Path
    documents: int
    failed: int
    beads: int
    sentences: int
    new: int


def run(
    manifest: Path,
    out: Path,
    settings: BatchSettings,
    scheduler: Scheduler,
    *,
    part: Part | None = None,
    retry_failed: bool = False,
    log: Path | None = None,
    progress: Progress | None = None,
) -> Result:
    """Align the document pairs of a manifest, and leave their beads in a folder as Parquet files with a manifest.

    What is done already is passed over; with `retry_failed` documents that failed are tried again. Of a `part` the
    results stand in a folder of its own inside `out`. A document that fails costs itself alone. Raises BialignError
    where the folder holds something else, or a run of another manifest or other settings; ReadError and FormatError for
    a manifest that cannot be read; MissingExtra without pyarrow.
    """
    arrow()
    part = part or Part()
    folder = Folder(out / part.folder if part.folder else out)
    with ExitStack() as stack:
        written = Log(log)
        stack.callback(written.close)
        # what can be told of files that are not there is told before anything is made
        head = _head(manifest, settings, part)
        fresh = _made(folder)
        try:
            stack.enter_context(held(folder))
            plan = _planned(manifest, folder, head, part, progress)
        except BaseException:
            if fresh and not folder.plan.is_file():
                shutil.rmtree(folder.root, ignore_errors=True)
            raise
        job = Job("align", folder.root.absolute(), manifests.base_of(manifest).absolute(), settings, versions(), 0)
        return _Driver(job, folder, plan, written, progress).run(scheduler, retry_failed)


def _made(folder: Folder) -> bool:
    """Make the folders of a run; tell whether there were none."""
    fresh = not folder.state.is_dir()
    if fresh and folder.root.is_dir() and any(folder.root.iterdir()):
        raise BialignError("this folder holds something else: name an empty one, or a new one", place=str(folder.root))
    folder.make()
    return fresh


def _head(manifest: Path, settings: BatchSettings, part: Part) -> dict[str, Any]:
    """Give what a run is of: it decides on every byte of the results."""
    langs = manifests.langs_of(settings.source_lang, settings.target_lang)
    return {
        "versions": versions(),
        "settings": settings.described(),
        "manifest": {"name": manifest.absolute().name, "sha256": manifests.fingerprint(manifest, langs)},
        "part": f"{part.number}/{part.of}",
    }


def _planned(manifest: Path, folder: Folder, head: Mapping[str, Any], part: Part, progress: Progress | None) -> Plan:
    """Give the plan of a run; one that is there must be of the same manifest, settings and versions."""
    folder.sweep()
    if folder.plan.is_file():
        plan = Plan(folder.plan)
        _check_same(folder, plan.head, head)
        return plan
    if progress:
        progress("read the manifest", 0.0, "")
    base = manifests.base_of(manifest)
    settings = head["settings"]
    langs = manifests.langs_of(settings["source_lang"], settings["target_lang"])
    sized = ((pair, size_of(base, pair)) for pair in part.rows(manifests.read_pairs(manifest, langs)))
    tasks = cut(sized, settings["task_cost"], settings["shard_cost"])
    first = next(tasks, None)
    if first is None and part.of == 1:
        raise BialignError("the manifest names no documents", place=str(manifest))
    write_plan(folder.plan, head, chain([first] if first else [], tasks))
    return Plan(folder.plan)


def _check_same(folder: Folder, found: Mapping[str, Any], wanted: Mapping[str, Any]) -> None:
    """Refuse to go on with other documents, settings or versions: no one could tell what the result is of."""
    for name in ("manifest", "part"):
        if found[name] != wanted[name]:
            reason = "the run in this folder is of another {what}: name another folder, or give it the same"
            raise BialignError(reason, place=str(folder.root), what=name)
    for kind in ("settings", "versions"):
        for name, value in wanted[kind].items():
            if found[kind].get(name) != value:
                reason = "the run in this folder has another {name} ({found}, not {wanted}): name another folder"
                told = {"found": _told(found[kind].get(name)), "wanted": _told(value)}
                raise BialignError(reason, place=str(folder.root), name=name.replace("_", "-"), **told)


def _told(value: object) -> str:
    if isinstance(value, dict):
        return f"{value['name']} {value['sha256'][:8]}"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "-")


class _Driver:
    """Bring a plan to its end."""

    def __init__(self, job: Job, folder: Folder, plan: Plan, log: Log, progress: Progress | None) -> None:
        self._folder, self._plan, self._log, self._progress = folder, plan, log, progress
        self._job = job
        self._again: deque[Job] = deque()
        self._left: Counter[int] = Counter()
        self._deaths: Counter[tuple[str, int]] = Counter()
        self._running = 0
        self._done_cost = self._new = self._sentences = 0
        self._start = time.monotonic()

    def run(self, scheduler: Scheduler, retry_failed: bool) -> Result:
        """Do what is not done yet; give what came of it all."""
        shards = range(self._plan.shards)
        finished = {shard for shard in shards if self._folder.receipt(shard).is_file()}
        if retry_failed:
            again = [shard for shard in sorted(finished) if failed_tasks(self._folder.receipt(shard))]
        else:
            again = []
        if self._folder.run.is_file() and not again:
            return self._result(json.loads(self._folder.run.read_text(encoding="utf-8"))["counts"])
        self._folder.run.unlink(missing_ok=True)
        self._folder.make()
        self._log("start", folder=str(self._folder.root), documents=self._plan.documents, tasks=len(self._plan))
        if len(finished) < len(shards) or again:
            with scheduler:
                self._drive(scheduler, iter([self._shard_job("part", shard) for shard in again]))
                finished = {shard for shard in shards if self._folder.receipt(shard).is_file()}
                self._drive(scheduler, self._jobs(finished))
        return self._finish()

    def _jobs(self, finished: set[int]) -> Iterator[Job]:
        """Give the jobs of all shards that are not finished, one after the other; what is done is counted."""
        done = bytearray(len(self._plan))
        for shard in range(self._plan.shards):
            tasks = self._plan.tasks_of(shard)
            ready = self._folder.done_tasks(shard) if shard not in finished else range(len(tasks))
            for number in ready:
                done[tasks[number]] = True
            self._left[shard] = len(tasks) - len(ready)
            if shard in finished:
                self._folder.drop_parts(shard)
                continue
            self._folder.parts_of(shard).mkdir(parents=True, exist_ok=True)
            if not self._left[shard]:
                self._again.append(self._shard_job("join", shard))
        self._done_cost = sum(self._plan.cost_of(index) for index in range(len(done)) if done[index])
        for index in self._plan.order():
            if not done[index]:
                task = self._plan.task(index)
                yield replace(self._job, shard=task.shard, task=task.number, cost=task.cost, pairs=task.pairs)

    def _shard_job(self, kind: str, shard: int) -> Job:
        if kind == "part":
            self._folder.parts_of(shard).mkdir(parents=True, exist_ok=True)
        return replace(self._job, kind=kind, shard=shard, tasks=len(self._plan.tasks_of(shard)))

    def _drive(self, scheduler: Scheduler, jobs: Iterator[Job]) -> None:
        """Keep the workers busy until all jobs are done, those too that come of others."""
        more = True
        while True:
            for _ in range(scheduler.room()):
                job = self._again.popleft() if self._again else next(jobs, None)
                # the first look at the jobs may find shards that only want joining
                job = job or (self._again.popleft() if self._again else None)
                if job is None:
                    more = False
                    break
                scheduler.submit(job)
                self._running += 1
            if not self._running and not self._again and not more:
                return
            for outcome in scheduler.wait() if self._running else ():
                self._running -= 1
                self._take(scheduler, outcome)

    def _take(self, scheduler: Scheduler, outcome: Outcome) -> None:
        job, receipt = outcome.job, outcome.receipt
        if receipt is None:
            self._again.append(self._lost(scheduler, outcome))
            return
        if "error" in receipt:
            told = receipt["error"]
            self._log("stopped", job=job.name, **told)
            raise _error(told)
        self._log("done", job=job.name, worker=outcome.where, **receipt)
        if job.kind != "align":
            return
        self._left[job.shard] -= 1
        if not self._left[job.shard]:
            self._again.append(self._shard_job("join", job.shard))
        self._done_cost += job.cost
        self._new += receipt["documents"]
        self._sentences += receipt["segments"]
        if self._progress:
            rate = self._sentences / max(time.monotonic() - self._start, 1e-3)
            self._progress("align", self._done_cost / max(self._plan.cost, 1), f"{rate:,.0f}/s")

    def _lost(self, scheduler: Scheduler, outcome: Outcome) -> Job:
        """Give the job to do instead of one whose worker died: the same, at last without the document that kills."""
        job = outcome.job
        self._log("lost", job=job.name, worker=outcome.where, how=outcome.how)
        at = self._killed_at(job)
        self._deaths[job.name, at] += 1
        if at >= 0 and self._deaths[job.name, at] >= scheduler.deaths:
            reason = "the process that aligned it was killed each time: perhaps it needs more memory than there is"
            return replace(job, skip={**job.skip, at: reason})
        if self._deaths[job.name, at] >= _MOST_LOST:
            raise BialignError("workers die one after the other over {job}: give them more memory", job=job.name)
        return job

    def _killed_at(self, job: Job) -> int:
        """Give the number of the document that was being aligned when a worker died; -1 where there was none."""
        if job.kind != "align":
            return -1
        path = self._folder.at(job.shard, job.task)
        try:
            at = int(path.read_text(encoding="ascii"))
            path.unlink()
        except (OSError, ValueError):
            return -1
        return at

    def _finish(self) -> Result:
        """Write the tables, and clear away what was needed for the work alone."""
        tables = Tables(self._folder, self._plan.shards)
        tables.write(self._plan.head)
        self._folder.drop_parts()
        self._folder.sweep()
        result = self._result(tables.counts)
        told = {"documents": result.documents, "failed": result.failed, "beads": result.beads}
        self._log("end", seconds=round(time.monotonic() - self._start, 3), **told)
        return result

    def _result(self, counts: Mapping[str, int]) -> Result:
        numbers = counts["documents"], counts["failed"], counts["beads"], counts["source_segments"]
        return Result(self._folder.root, *numbers, self._new)


def _error(told: Mapping[str, Any]) -> BialignError:
    """Make the error that a worker met."""
    return BialignError(told["template"], place=told["place"], **told["fields"])
