"""How many threads work, and on what: one BLAS thread each, over independent blocks.

Two BLAS threads fighting over one product are 5-10 times slower on a busy machine than two workers with a product each.
"""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from operator import length_hint
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

T = TypeVar("T")
R = TypeVar("R")


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


@dataclass(slots=True)
class Work:
    """Add up what matrix products did: floating-point operations, and the seconds of processor time they took."""

    operations: float = 0.0
    seconds: float = 0.0


_measured: list[Work] = []
_adding = threading.Lock()


@contextmanager
def measured_products() -> Iterator[Work]:
    """Measure the products of `product` while the block runs, whichever threads they run in."""
    work = Work()
    _measured.append(work)
    try:
        yield work
    finally:
        _measured.remove(work)


def product(a: Floats, b: Floats, out: Floats | None = None) -> Floats:
    """Multiply two matrices; the encoder's products all come through here, so that they can be measured."""
    import numpy

    if not _measured:
        return numpy.asarray(numpy.matmul(a, b, out=out))
    start = time.thread_time()
    result = numpy.asarray(numpy.matmul(a, b, out=out))
    seconds = time.thread_time() - start
    with _adding:
        for work in _measured:
            work.operations += 2.0 * result.size * a.shape[-1]
            work.seconds += seconds
    return result


class Buffers:
    """Hold memory that one worker uses again and again; fresh memory costs a page fault every 4 KB."""

    def __init__(self) -> None:
        self._held: dict[str, Floats] = {}

    def get(self, name: str, rows: int, width: int) -> Floats:
        """Give an array (rows, width) with anything in it; the next call with this name may hand out its memory."""
        held = self._held.get(name)
        if held is None or held.size < rows * width:
            import numpy

            held = self._held[name] = numpy.empty(int(rows * width * 1.25), numpy.float32)
        return held[: rows * width].reshape(rows, width)


class BufferPool:
    """Lend `Buffers` to whoever needs some, one at a time each."""

    def __init__(self) -> None:
        self._idle: list[Buffers] = []

    @contextmanager
    def lend(self) -> Iterator[Buffers]:
        """Lend one for the duration of the block."""
        try:
            buffers = self._idle.pop()
        except IndexError:
            buffers = Buffers()
        yield buffers
        self._idle.append(buffers)


_inside = threading.local()
_AHEAD = 3  # items waiting for each worker: enough that none idles while the caller is busy with a result


def in_threads(work: Callable[[T], R], items: Sequence[T]) -> list[R]:
    """Call `work` on every item, spread over the worker threads; give what it returns, or raise the first error.

    Called from within such a worker, it works through the items in that thread.
    """
    workers = min(worker_count(), len(items))
    if _alone(workers):
        with one_blas_thread():
            return [work(item) for item in items]
    with one_blas_thread(), ThreadPoolExecutor(workers, initializer=_mark) as pool:
        return list(pool.map(work, items))


def in_order(work: Callable[[T], R], items: Iterable[T]) -> Iterator[R]:
    """Yield what `work` makes of each item, in order, while the worker threads are a few items ahead.

    The items are drawn, and the results used, in the caller's thread while the workers go on; what is drawn and not yet
    yielded is bounded, so that it can be large. Raises the first error.
    """
    workers = min(worker_count(), length_hint(items, worker_count()))
    if _alone(workers):
        with one_blas_thread():
            yield from map(work, items)
        return
    running: deque[Future[R]] = deque()
    with one_blas_thread(), ThreadPoolExecutor(workers, initializer=_mark) as pool:
        try:
            for item in items:
                running.append(pool.submit(work, item))
                if len(running) > _AHEAD * workers:
                    yield running.popleft().result()
            while running:
                yield running.popleft().result()
        finally:
            for future in running:
                future.cancel()


def _alone(workers: int) -> bool:
    """Tell whether work is done in the caller's thread: it is a worker itself, or there would be one at most."""
    return getattr(_inside, "working", False) or workers < 2


def _mark() -> None:
    _inside.working = True
