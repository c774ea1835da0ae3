"""What a worker does, in whatever process it runs: align the documents of a task, or join the parts of a shard.

Each function leaves its result in the folder of the run and gives a short receipt. What it leaves depends on its job
alone, so that it does no harm if two workers do the same job, or one does it twice.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bialign.batch import shards
from bialign.batch.folder import Folder
from bialign.batch.manifest import Pair
from bialign.batch.settings import BatchSettings, align_options, termbase_of, versions
from bialign.errors import BialignError, ReadError
from bialign.formats.files import write_whole

if TYPE_CHECKING:
    from bialign.bitext import Bitext

_one_document = threading.Lock()
_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{6,}\b")


@dataclass(frozen=True, slots=True)
class Job:
    """Hold what a worker is asked to do: to `align` the documents of a task, to `join` a shard of `tasks` parts, or to
    `part` a shard again.

    `out` is the folder of the run, `base` that of the manifest. `skip` are documents, by their number in the task, that
    are not to be tried again, with the reason.
    """

    kind: str
    out: Path
    base: Path
    settings: BatchSettings
    versions: Mapping[str, str]
    shard: int
    task: int = 0
    cost: int = 0
    pairs: tuple[Pair, ...] = ()
    tasks: int = 0
    skip: Mapping[int, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Name the job for people and logs."""
        return f"{self.kind} {self.shard:05}" + (f"/{self.task:04}" if self.kind == "align" else "")


def perform(job: Job) -> dict[str, Any]:
    """Do a job and give its receipt; what stops the whole run, as a full disk does, is the receipt's `error`.

    Errors go back as plain values: an exception need not be one in another process.
    """
    try:
        _check_versions(job.versions)
        return _KINDS[job.kind](job, Folder(job.out))
    except BialignError as error:
        return {"error": {"template": error.template, "place": error.place, "fields": dict(error.fields)}}
    except Exception as error:
        # of no document, as those are caught one by one: the run cannot go on
        message = {"kind": type(error).__name__, "message": str(error)}
        template = "a fault of bialign itself ({kind}: {message}); BIALIGN_DEBUG=1 shows where, please report it"
        if os.environ.get("BIALIGN_DEBUG"):
            raise
        return {"error": {"template": template, "place": job.name, "fields": message}}


@lru_cache(maxsize=1)
def _own_versions() -> dict[str, str]:
    return versions()


def _check_versions(wanted: Mapping[str, str]) -> None:
    for name, version in _own_versions().items():
        if wanted.get(name) != version:
            reason = "a worker has {name} {found}, this run is made with {version}: install the same on all machines"
            raise BialignError(reason, name=name, found=version, version=wanted.get(name))


def _align(job: Job, folder: Folder) -> dict[str, Any]:
    """Align the documents of a task, one at a time; their beads go to the disk before the next is begun."""
    part, receipt = folder.part(job.shard, job.task), folder.part_receipt(job.shard, job.task)
    documents: list[dict[str, Any]] = []
    size = 0

    def rows() -> Iterator[dict[str, object]]:
        nonlocal size
        for number, pair in enumerate(job.pairs):
            # if this process dies, this tells of which document
            folder.at(job.shard, job.task).write_bytes(str(number).encode())
            # a process that has several threads does one document at a time, as if each were its first
            with _one_document:
                told, bitext = _document(job, pair, job.skip.get(number, ""))
            documents.append(told)
            if bitext is not None:
                size += len(bitext.beads)
                yield from shards.rows(bitext)

    def told() -> Iterator[str]:
        # asked for when the beads are written
        yield json.dumps({"task": job.task, "rows": size, "documents": documents}) + "\n"

    write_whole([(part, shards.written(rows())), (receipt, told())], lasting=True)
    with contextlib.suppress(OSError):
        folder.at(job.shard, job.task).unlink()
    failed = [{"id": one["id"], "reason": one["reason"]} for one in documents if one["reason"]]
    segments = sum(one.get("source_segments", 0) for one in documents)
    return {"documents": len(documents), "failed": failed, "beads": size, "segments": segments}


def _document(job: Job, pair: Pair, skip: str) -> tuple[dict[str, Any], Bitext | None]:
    """Align a document pair; give what is told of it, and nothing else where that failed."""
    told: dict[str, Any] = {"id": pair.id, "source": pair.source, "target": pair.target}
    told |= {f"{side}_sha256": _sha256(job.base / path) for side, path in _sides(pair)}
    trace = ""
    if not skip:
        try:
            bitext, used = _aligned(job, pair)
            return told | used | {"reason": "", "traceback": ""}, bitext
        except Exception as error:
            skip, trace = _reason(error), _trace(error)
    return told | {"reason": skip, "traceback": trace}, None


def _sides(pair: Pair) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("source", pair.source), ("target", pair.target)


def _aligned(job: Job, pair: Pair) -> tuple[Bitext, dict[str, Any]]:
    from bialign.encode.network import forget_texts
    from bialign.pipeline import align

    forget_texts()
    settings = job.settings
    glossary = job.base / pair.glossary if pair.glossary else Path(settings.glossary) if settings.glossary else None
    termbase, glossary_hash = termbase_of(glossary) if glossary else (None, "")
    bitext = align(
        job.base / pair.source,
        job.base / pair.target,
        source_lang=pair.source_lang or settings.source_lang,
        target_lang=pair.target_lang or settings.target_lang,
        source_encoding=pair.source_encoding or settings.encoding or None,
        target_encoding=pair.target_encoding or settings.encoding or None,
        termbase=termbase,
        **align_options(settings),
    )
    bitext = replace(bitext, id=pair.id)
    used = {
        "glossary_sha256": glossary_hash,
        "source_lang": bitext.source.lang,
        "target_lang": bitext.target.lang,
        "source_segments": len(bitext.source_segments),
        "target_segments": len(bitext.target_segments),
        "beads": len(bitext.beads),
        "signature": bitext.signature,
    }
    return bitext, used


def _reason(error: Exception) -> str:
    """Say in one line why a document failed; the same for the same failure, wherever it happens."""
    if isinstance(error, BialignError):
        said = str(error)
    elif isinstance(error, MemoryError):
        said = "not enough memory for texts of this size: align them in parts"
    elif isinstance(error, OSError):
        said = f"{error.filename}: {error.strerror}" if error.filename else str(error.strerror or error)
    else:
        said = f"a fault of bialign itself ({type(error).__name__}: {error})"
    return _ADDRESS.sub("0x...", " ".join(said.split()))


def _trace(error: Exception) -> str:
    return _ADDRESS.sub("0x...", "".join(traceback.format_exception(error)))


def _sha256(path: Path) -> str:
    """Give the SHA-256 of an input; "" for one that cannot be read, which is told elsewhere."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return ""


def _join(job: Job, folder: Folder) -> dict[str, Any]:
    """Join the parts of a shard, tell of all its tasks, and remove the parts; nothing where that is done."""
    if not folder.receipt(job.shard).is_file():
        try:
            _join_parts(job, folder)
        except (BialignError, OSError):
            # a worker that was taken for dead may have done it just now, and taken the parts away
            if not folder.receipt(job.shard).is_file():
                raise
    folder.drop_parts(job.shard)
    return {}


def _join_parts(job: Job, folder: Folder) -> None:
    shard = folder.shard(job.shard)
    parts = [folder.part(job.shard, task) for task in range(job.tasks)]
    write_whole([(shard, shards.joined(parts))], lasting=True)

    def told() -> Iterator[str]:
        tasks = [folder.part_receipt(job.shard, task).read_text(encoding="utf-8") for task in range(job.tasks)]
        rows = sum(json.loads(task)["rows"] for task in tasks)
        about = {"shard": job.shard, "tasks": job.tasks, "rows": rows, "bytes": shard.stat().st_size}
        yield json.dumps(about | {"sha256": _sha256(shard)}) + "\n"
        yield from tasks

    write_whole([(folder.receipt(job.shard), told())], lasting=True)


def _part(job: Job, folder: Folder) -> dict[str, Any]:
    """Make parts of a finished shard again, but for the tasks with documents that failed: those are to be redone."""
    if not folder.receipt(job.shard).is_file():
        # done before
        return {}
    with folder.receipt(job.shard).open(encoding="utf-8") as file:
        about, tasks = json.loads(file.readline()), [json.loads(line) for line in file]
    shard = folder.shard(job.shard)
    if _sha256(shard) != about["sha256"]:
        raise ReadError(shard, "this file is not as it was written: run the whole anew in another folder")
    for task, part in zip(tasks, shards.parted(shard, [task["rows"] for task in tasks]), strict=True):
        if not any(document["reason"] for document in task["documents"]):
            number = task["task"]
            told = json.dumps(task) + "\n"
            write_whole(
                [(folder.part(job.shard, number), part), (folder.part_receipt(job.shard, number), [told])], lasting=True
            )
    # from here on the shard counts as unfinished
    folder.receipt(job.shard).unlink()
    return {}


_KINDS: Mapping[str, Callable[[Job, Folder], dict[str, Any]]] = {"align": _align, "join": _join, "part": _part}


def failed_tasks(receipt: Path) -> bool:
    """Tell whether a finished shard has documents that failed; ReadError where its receipt cannot be read."""
    try:
        with receipt.open(encoding="utf-8") as file:
            next(file)
            return any(document["reason"] for line in file for document in json.loads(line)["documents"])
    except OSError as error:
        raise ReadError(receipt, "cannot be read: {why}", why=error.strerror or error) from None
