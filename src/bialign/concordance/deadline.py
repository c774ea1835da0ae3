"""How long a search may take, so that no regular expression keeps a program busy for ever."""

from __future__ import annotations

import time

from bialign.errors import BialignError

_LONGEST = 1e6
"""Seconds that the package `regex` can count; infinity is none of them."""
SECONDS = 10.0
"""How long a search with regular expressions may take unless more is asked for."""


class SearchTimeout(BialignError):
    """Report a search that took longer than it may."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        template = (
            "the search took longer than {seconds} s: add a word that the passage must hold, make the pattern simpler, "
            "or give it more time (--time-limit)"
        )
        super().__init__(template, seconds=f"{seconds:g}")


class Deadline:
    """Count down the time a search has; it begins when this is made."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Give the seconds that are left; raise SearchTimeout where there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise SearchTimeout(self.seconds)
        return min(left, _LONGEST)

    def end(self) -> None:
        """Let no time be left: a search that another thread has under way stops soon, with SearchTimeout."""
        self._end = time.monotonic()

    def missed(self) -> SearchTimeout:
        """Give the error to raise when something else has run into the limit."""
        return SearchTimeout(self.seconds)
