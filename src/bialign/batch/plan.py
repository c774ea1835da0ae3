"""A manifest cut into tasks, and these into shards: the same cut for the same manifest, files and settings.

The plan is a file: its head says what the run is of, each further line is a task. A process that follows it holds two
numbers a task, and reads a task when it is its turn.
"""

from __future__ import annotations

import json
import re
from array import array
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from bialign.batch.manifest import Pair
from bialign.batch.settings import DOCUMENT_COST
from bialign.formats.files import write_whole

_LONG = 2
"""Times the usual cost from which a task is begun early."""


class Part(NamedTuple):
    """Name a slice of a manifest, as one of several jobs takes it: part 3 of 16 has each 16th row from the third on.

    >>> Part.parse("3/16").folder
    'part-03-of-16'
    """

    number: int = 1
    of: int = 1

    @classmethod
    def parse(cls, text: str) -> Part | None:
        """Read "3/16"; None for what is no part."""
        match = re.fullmatch(r"(\d{1,6})/(\d{1,6})", text.strip(), re.ASCII)
        part = cls(int(match[1]), int(match[2])) if match else cls(0, 0)
        return part if 1 <= part.number <= part.of else None

    @property
    def folder(self) -> str:
        """Name the folder of the part's results; "" for the whole."""
        return f"part-{self.number:0{len(str(self.of))}}-of-{self.of}" if self.of > 1 else ""

    def rows(self, pairs: Iterable[Pair]) -> Iterator[Pair]:
        """Give the pairs of this part; all are read, so that each part sees the faults of the whole."""
        for number, pair in enumerate(pairs):
            if number % self.of == self.number - 1:
                yield pair


class Task(NamedTuple):
    """Hold the documents of a task; `number` counts within the shard."""

    shard: int
    number: int
    cost: int
    pairs: tuple[Pair, ...]


def cut(pairs: Iterable[tuple[Pair, int]], task_cost: int, shard_cost: int) -> Iterator[Task]:
    """Cut document pairs, each with its bytes, into tasks in their order.

    A task ends where the next document would make it dearer than `task_cost`, a shard where it has reached
    `shard_cost`; a document is never cut.

    >>> pairs = [(Pair(name, name, name), size) for name, size in zip("abcd", (60_000, 50_000, 900_000, 10))]
    >>> [(task.shard, task.number, [pair.id for pair in task.pairs]) for task in cut(pairs, 100_000, 900_000)]
    [(0, 0, ['a']), (0, 1, ['b']), (0, 2, ['c']), (1, 0, ['d'])]
    """
    held: list[Pair] = []
    shard = number = cost = in_shard = 0
    for pair, size in pairs:
        more = size + DOCUMENT_COST
        if held and cost + more > task_cost:
            yield Task(shard, number, cost, tuple(held))
            number, in_shard = number + 1, in_shard + cost
            held, cost = [], 0
            if in_shard >= shard_cost:
                shard, number, in_shard = shard + 1, 0, 0
        held.append(pair)
        cost += more
    if held:
        yield Task(shard, number, cost, tuple(held))


def size_of(base: Path, pair: Pair) -> int:
    """Give the bytes of both files of a pair; what is not there costs nothing, and fails when its turn comes."""
    size = 0
    for name in (pair.source, pair.target):
        try:
            size += (base / name).stat().st_size
        except (OSError, ValueError):
            continue
    return size


def write_plan(path: Path, head: Mapping[str, Any], tasks: Iterable[Task]) -> None:
    """Write a plan, whole or not at all."""

    def lines() -> Iterator[str]:
        yield json.dumps(head, ensure_ascii=True) + "\n"
        for task in tasks:
            # a pair's empty fields at its end are left out: most have three
            pairs = [[*_shortened(pair)] for pair in task.pairs]
            yield json.dumps([task.shard, task.number, task.cost, pairs], ensure_ascii=True) + "\n"

    write_whole([(path, lines())])


def _shortened(pair: Pair) -> tuple[str, ...]:
    size = len(pair)
    while size > 3 and not pair[size - 1]:
        size -= 1
    return tuple(pair)[:size]


class Plan:
    """Follow a plan that was written: `head`, and the tasks by their number in the whole."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._offsets, self._costs, self._firsts = array("q"), array("q"), array("q")
        self.documents = 0
        with path.open("rb") as file:
            line = file.readline()
            self.head: dict[str, Any] = json.loads(line)
            offset = len(line)
            for line in file:
                _, number, cost, pairs = json.loads(line)
                if number == 0:
                    self._firsts.append(len(self._costs))
                self._offsets.append(offset)
                self._costs.append(cost)
                self.documents += len(pairs)
                offset += len(line)

    def __len__(self) -> int:
        return len(self._costs)

    @property
    def shards(self) -> int:
        """Give the number of shards."""
        return len(self._firsts)

    @property
    def cost(self) -> int:
        """Give the cost of all tasks."""
        return sum(self._costs)

    def cost_of(self, index: int) -> int:
        """Give the cost of a task."""
        return self._costs[index]

    def tasks_of(self, shard: int) -> range:
        """Give the indices of a shard's tasks."""
        stop = self._firsts[shard + 1] if shard + 1 < len(self._firsts) else len(self)
        return range(self._firsts[shard], stop)

    def place_of(self, index: int) -> tuple[int, int]:
        """Give the shard of a task and its number in it."""
        from bisect import bisect_right

        shard = bisect_right(self._firsts, index) - 1
        return shard, index - self._firsts[shard]

    def task(self, index: int) -> Task:
        """Read a task."""
        with self._path.open("rb") as file:
            file.seek(self._offsets[index])
            shard, number, cost, pairs = json.loads(file.readline())
        return Task(shard, number, cost, tuple(Pair(*pair) for pair in pairs))

    def order(self) -> Iterator[int]:
        """Give the tasks as they are begun: long ones first, the longest before all, lest one is left for the end.

        The others follow as they stand, so that one shard after the other is finished.
        """
        usual = _LONG * int(self.head["settings"]["task_cost"])
        long = sorted((index for index in range(len(self)) if self._costs[index] >= usual), key=self._longest)
        yield from long
        began = set(long)
        yield from (index for index in range(len(self)) if index not in began)

    def _longest(self, index: int) -> tuple[int, int]:
        return -self._costs[index], index
