"""The machine the benches run on."""

import os
import platform
import re
import time
from functools import cache
from pathlib import Path


def cores() -> int:
    """Give the number of processors this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


@cache
def machine() -> str:
    """Describe the machine: system, processor, cores this process may use, peak of float32 matrix products."""
    threads = os.environ.get("OPENBLAS_NUM_THREADS") or os.environ.get("OMP_NUM_THREADS") or str(cores())
    peak = f"{gemm_peak() / 1e9:.0f} GFLOP/s in float32 matrix products of 2048 x 2048 by {threads} threads"
    return f"{platform.system()}, {_processor()}, {cores()} cores, {peak}"


def gemm_peak(size: int = 2048, times: int = 5) -> float:
    """Measure the best rate of a square float32 matrix product, in FLOP/s."""
    import numpy as np

    a = np.ones((size, size), np.float32)
    a @ a
    best = 0.0
    for _ in range(times):
        start = time.perf_counter()
        a @ a
        best = max(best, 2 * size**3 / (time.perf_counter() - start))
    return best


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    if information.exists():
        text = information.read_text(encoding="utf-8", errors="replace")
        if found := re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE):
            number = re.search(r"^model\s*:\s*(\d+)$", text, re.MULTILINE)
            return found[1].strip() + (f" (model {number[1]})" if number else "")
    return platform.processor() or platform.machine()
