"""What a finished run tells of itself: a table of its documents, one of those that failed, and its manifest."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from bialign.batch.folder import Folder
from bialign.formats.characters import one_line
from bialign.formats.files import write_whole

_DOCUMENTS = (
    "id", "status", "shard", "beads", "source", "target", "source_lang", "target_lang", "source_segments",
    "target_segments", "source_sha256", "target_sha256", "glossary_sha256",
)  # fmt: skip
_FAILURES = ("id", "source", "target", "reason", "traceback")
_TERMS = re.compile(r";terms:\d+$")


class Tables:
    """Make the tables of a run from its receipts, and count meanwhile."""

    def __init__(self, folder: Folder, shards: int) -> None:
        self._folder, self._shards = folder, shards
        self.counts = dict.fromkeys(("documents", "failed", "beads", "source_segments", "target_segments"), 0)
        self._files: list[dict[str, object]] = []
        self._signatures: set[str] = set()
        self._hash = hashlib.sha256()

    def write(self, head: Mapping[str, Any]) -> None:
        """Write the tables and the manifest of the run, all or none; each document is in memory alone."""
        folder = self._folder
        outputs = [(folder.documents, self._documents()), (folder.failures, self._failures())]
        write_whole([*outputs, (folder.run, self._run(head))])

    def _receipts(self) -> Iterator[tuple[int, dict[str, Any], Iterator[dict[str, Any]]]]:
        for shard in range(self._shards):
            with self._folder.receipt(shard).open(encoding="utf-8") as file:
                about = json.loads(next(file))
                yield shard, about, (one for line in file for one in json.loads(line)["documents"])

    def _documents(self) -> Iterator[str]:
        yield self._hashed("\t".join(_DOCUMENTS) + "\n")
        for shard, about, documents in self._receipts():
            name = self._folder.shard(shard).relative_to(self._folder.root).as_posix()
            self._files.append({"file": name} | {told: about[told] for told in ("rows", "bytes", "sha256")})
            for document in documents:
                self._count(document)
                status = "failed" if document["reason"] else "aligned"
                yield self._hashed(_line(document | {"status": status, "shard": name}, _DOCUMENTS))

    def _count(self, document: Mapping[str, Any]) -> None:
        self.counts["documents"] += 1
        self.counts["failed"] += bool(document["reason"])
        for name in ("beads", "source_segments", "target_segments"):
            self.counts[name] += document.get(name, 0)
        if "signature" in document:
            # how many terms a glossary had there is not a setting
            self._signatures.add(_TERMS.sub("", document["signature"]))

    def _failures(self) -> Iterator[str]:
        yield "\t".join(_FAILURES) + "\n"
        for _, _, documents in self._receipts():
            for document in documents:
                if document["reason"]:
                    trace = document["traceback"].replace("\\", "\\\\").replace("\n", "\\n")
                    yield _line(document | {"traceback": trace}, _FAILURES)

    def _run(self, head: Mapping[str, Any]) -> Iterator[str]:
        documents = {"file": self._folder.documents.name, "sha256": self._hash.hexdigest()}
        found = {**head, "signatures": sorted(self._signatures), "counts": self.counts}
        yield json.dumps(found | {"documents": documents, "shards": self._files}, ensure_ascii=False, indent=2) + "\n"

    def _hashed(self, line: str) -> str:
        self._hash.update(line.encode("utf-8"))
        return line


def _line(row: Mapping[str, Any], names: tuple[str, ...]) -> str:
    return "\t".join(one_line(str(row.get(name, ""))) for name in names) + "\n"
