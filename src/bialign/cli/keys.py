"""One key at a time, for what is decided bead by bead or term by term in a terminal."""

from __future__ import annotations

from collections.abc import Collection

import click

QUIT = "q"
_ENDING = frozenset({"\x03", "\x04", "\x1b"})
_NEXT = frozenset({" ", "\r", "\n"})


def read_key(wanted: Collection[str], *, next_key: str = "") -> str:
    """Wait for one of the keys and give it; Ctrl-C, Ctrl-D and Escape are "q", space and Enter are `next_key`."""
    while True:
        key = click.getchar().lower()
        if key in _ENDING:
            return QUIT
        if key in _NEXT and next_key:
            return next_key
        if key in wanted:
            return key
