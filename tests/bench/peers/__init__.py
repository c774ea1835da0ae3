"""The peers, run on the same segments as bialign and with the same vectors; their beads are kept in a cache.

A peer encodes every overlap of segments as a text of its own. Where only its accuracy is asked for, it is given the
vectors of bialign's single pass for exactly these texts, which agree with the package's to within 1e-6 (a test looks
after that); where its time is, the encoder's own package encodes them, and that time is the peer's.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from bialign.bitext import Bead, Span, check_tiling, null_beads

from .cache import cache_folder, digest
from .environments import BERTALIGN, LIGHT, Environment, Unavailable, versions

WORKER = Path(__file__).with_name("worker.py")
LONGEST_TEXT = 10_000  # characters: Bertalign cuts overlaps off here
BATCH = 12_000  # segments handed to one process, as their vectors lie on disk meanwhile
PADDING = ("PAD", "BLANK_LINE")  # texts the peers make up themselves


class Found(NamedTuple):
    """Hold what a peer made of one document; no beads where it failed, and `error` says how."""

    beads: list[Bead]
    seconds: float
    error: str = ""


@dataclass(frozen=True)
class Peer:
    """Hold how a peer is run: where, up to how many segments it joins (0: it takes no vectors), and its settings."""

    name: str
    environment: Environment | None  # None: this process
    overlaps: int = 0
    settings: dict[str, Any] = field(default_factory=dict)

    def interpreter(self) -> Path:
        """Give the Python it runs with; Unavailable where there is none."""
        return self.environment.ready() if self.environment else Path(sys.executable)

    def version(self) -> str:
        distribution = {"Gale-Church": "nltk"}.get(self.name, self.name)
        return versions(self.interpreter())[distribution.lower()]

    def align(self, documents: Sequence[tuple[Sequence[str], Sequence[str]]]) -> list[Found]:
        """Align documents, given as (source, target), from the cache where it has them."""
        place = cache_folder("beads", f"{self.name}-{self.version()}")
        clean = [(_lines(source), _lines(target)) for source, target in documents]
        files = [place / f"{self._key(*pair)}.json" for pair in clean]
        todo = [number for number, file in enumerate(files) if not file.exists()]
        for batch in _batches(todo, clean):
            results = self._run([clean[number] for number in batch])
            for number, result in zip(batch, results, strict=True):
                part = files[number].with_suffix(".part")
                part.write_text(json.dumps(result), encoding="utf-8")
                part.replace(files[number])
        found = [json.loads(file.read_text(encoding="utf-8")) for file in files]
        return [_found(result, len(pair[0]), len(pair[1])) for result, pair in zip(found, clean, strict=True)]

    def _key(self, source: list[str], target: list[str]) -> str:
        from bialign.encode import default_encoder

        return digest(source, target, self.settings, default_encoder().name if self.overlaps else "")

    def _run(self, documents: Sequence[tuple[list[str], list[str]]]) -> list[dict[str, Any]]:
        if self.environment is None:
            return [_by_length(*pair) for pair in documents]
        return run_worker(self.interpreter(), self.name, documents, self.settings, self.overlaps)


PEERS = (
    Peer("bertalign", BERTALIGN, 4, {"max_align": 5}),
    Peer("sentweave", LIGHT, 8, {"alignment_max_size": 8}),
    Peer("galechurch", LIGHT),
    Peer("Gale-Church", None),
)


def available() -> tuple[list[Peer], dict[str, str]]:
    """Give the peers that can be run here, and for the others why they cannot."""
    ready, missing = [], {}
    for peer in PEERS:
        try:
            peer.interpreter()
        except Unavailable as reason:
            missing[peer.name] = str(reason)
        else:
            ready.append(peer)
    return ready, missing


def run_worker(
    python: Path,
    aligner: str,
    documents: Sequence[tuple[list[str], list[str]]],
    settings: dict[str, Any],
    overlaps: int = 0,
    *,
    threads: int = 1,
    given: bool = True,
) -> list[dict[str, Any]]:
    """Run an aligner in a process of its own; with `given`, on vectors of ours for up to `overlaps` segments."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        job = {"aligner": aligner, "documents": len(documents), "settings": settings, "threads": threads}
        (folder / "job.json").write_text(json.dumps(job), encoding="utf-8")
        for number, (source, target) in enumerate(documents):
            content: dict[str, Any] = {"source": source, "target": target}
            if given:
                import numpy as np

                content["texts"], vectors = overlap_vectors((source, target), overlaps)
                np.save(folder / f"{number}.npy", vectors)
            (folder / f"{number}.json").write_text(json.dumps(content), encoding="utf-8")
        environment = {**os.environ, "OMP_NUM_THREADS": str(threads), "OPENBLAS_NUM_THREADS": str(threads)}
        environment |= {"BIALIGN_THREADS": str(threads), "HF_HUB_OFFLINE": "1", "PYTHONIOENCODING": "utf-8"}
        if given:
            environment["NUMBA_NUM_THREADS"] = "1"
        done = subprocess.run(
            [str(python), str(WORKER), str(folder)],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
            env=environment,
        )
        results = []
        for number in range(len(documents)):
            file = folder / f"{number}.result.json"
            if not file.exists():
                raise RuntimeError(f"{aligner} ended with status {done.returncode}: {done.stderr[-2000:]}")
            results.append(json.loads(file.read_text(encoding="utf-8")))
        return results


def overlap_vectors(sides: Sequence[list[str]], overlaps: int) -> tuple[list[str], Any]:
    """Give every text a peer asks for, runs of up to `overlaps` segments joined by a space, and their unit vectors."""
    import numpy as np

    from bialign.encode import default_encoder

    encoder = default_encoder()
    texts: list[str] = []
    parts = [np.zeros((0, 512), np.float32)]
    rest = list(PADDING) if overlaps else []
    for side in sides if overlaps else ():
        spans = encoder.spans(side, overlaps)
        for length in range(1, overlaps + 1):
            starts = np.arange(max(0, len(side) - length + 1))
            joined = [" ".join(side[i : i + length]) for i in starts.tolist()]
            texts += joined
            parts.append(spans.vectors(length, starts) if len(starts) else parts[0])
            rest += [text[:LONGEST_TEXT] for text in joined if len(text) > LONGEST_TEXT]
    for text in dict.fromkeys(rest):
        texts.append(text)
        parts.append(encoder.spans([text], 1).vectors(1, np.zeros(1, np.int64)))
    return texts, np.concatenate(parts)


def _lines(side: Sequence[str]) -> list[str]:
    """Make each segment one line that is not blank, as a peer that reads lines would drop it otherwise."""
    return [" ".join(text.encode("utf-8", "replace").decode("utf-8").split()) or "." for text in side]


def _batches(numbers: list[int], documents: Sequence[tuple[list[str], list[str]]]) -> Iterator[list[int]]:
    batch: list[int] = []
    size = 0
    for number in numbers:
        count = sum(map(len, documents[number]))
        if batch and size + count > BATCH:
            yield batch
            batch, size = [], 0
        batch.append(number)
        size += count
    if batch:
        yield batch


def _by_length(source: list[str], target: list[str]) -> dict[str, Any]:
    import time

    from bialign.aligner import AlignOptions, align_texts
    from bialign.errors import AlignmentError

    start = time.perf_counter()
    try:
        beads = align_texts(source, target, options=AlignOptions(method="lengths")).beads
    except AlignmentError as error:
        return {"beads": [], "error": str(error), "seconds": time.perf_counter() - start}
    found = [(*bead.source, *bead.target) for bead in beads]
    return {"beads": found, "seconds": time.perf_counter() - start}


def _found(result: dict[str, Any], source_size: int, target_size: int) -> Found:
    """Check that a peer's beads tile the document, null beads between them taken apart."""
    if result.get("error"):
        return Found([], result["seconds"], result["error"])
    beads: list[Bead] = []
    i = j = 0
    for a, b, c, d in result["beads"]:
        if a == b or c == d:
            continue
        beads += null_beads(Span(i, a), Span(j, c))
        beads.append(Bead(Span(a, b), Span(c, d)))
        i, j = b, d
    beads += null_beads(Span(i, source_size), Span(j, target_size))
    check_tiling(beads, source_size, target_size)
    return Found(beads, result["seconds"])
