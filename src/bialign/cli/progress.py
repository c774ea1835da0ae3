"""A bar with an estimate on stderr, for work a person has to wait for."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

from bialign.cli.console import Console

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

PATIENCE = 0.5
"""Seconds of work that need no bar."""


class ProgressBar:
    """Show stages and their share done, once the work takes longer than a moment and stderr is a terminal."""

    def __init__(self, console: Console) -> None:
        self._say = console.say
        self._shown = sys.stderr.isatty() and not console.quiet
        self._start = time.monotonic()
        self._bar: Progress | None = None
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def __call__(self, stage: str, share: float, rate: str = "") -> None:
        """Note that a share (0 to 1) of a stage is done, at a rate that stands beside it."""
        if not self._shown or (self._bar is None and time.monotonic() - self._start < PATIENCE):
            return
        bar = self._bar or self._open()
        if stage not in self._tasks:
            self._tasks[stage] = bar.add_task(self._say(stage), total=1.0, rate="")
        bar.update(self._tasks[stage], completed=share, rate=rate)

    def _open(self) -> Progress:
        from rich.console import Console as Terminal
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

        description, rate = TextColumn("{task.description}"), TextColumn("{task.fields[rate]}")
        columns = (description, BarColumn(), TaskProgressColumn(), TimeRemainingColumn(), rate)
        # transient: the bars leave no trace above the result
        self._bar = Progress(*columns, console=Terminal(stderr=True), transient=True)
        self._bar.start()
        return self._bar
