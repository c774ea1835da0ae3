"""How many threads work, and on what: one BLAS thread each, over independent blocks.

Two BLAS threads fighting over one product are 5-10 times slower on a busy machine than two workers with a product each.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, TypeVar

T = TypeVar("T")


@lru_cache(maxsize=1)
def worker_count() -> int:
    """Give the number of worker threads: BIALIGN_THREADS, or the processors this process may use, at most 16."""
    wanted = os.environ.get("BIALIGN_THREADS", "")
    if wanted.isdigit() and int(wanted) > 0:
        return int(wanted)
    affinity = getattr(os, "sched_getaffinity", None)
    return min(16, len(affinity(0)) if affinity else os.cpu_count() or 1)


@lru_cache(maxsize=1)
def _blas() -> Any:
    import numpy  # noqa: F401 - the controller finds only libraries that are loaded
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


@contextmanager
def one_blas_thread() -> Iterator[None]:
    """Hold numpy's matrix products to one thread each while the block runs."""
    with _blas().limit(limits=1, user_api="blas"):
        yield


_inside = threading.local()


def in_threads(work: Callable[[T], None], items: Sequence[T]) -> None:
    """Call `work` on every item, spread over the worker threads; the first error is raised.

    Called from within such a worker, it works through the items in that thread.
    """
    workers = min(worker_count(), len(items))
    if getattr(_inside, "working", False) or workers < 2:
        with one_blas_thread():
            for item in items:
                work(item)
        return

    def mark() -> None:
        _inside.working = True

    with one_blas_thread(), ThreadPoolExecutor(workers, initializer=mark) as pool:
        for _ in pool.map(work, items):
            pass
