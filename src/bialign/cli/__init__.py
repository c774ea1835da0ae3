"""The command line: one short function per command; the only layer that prints."""

from __future__ import annotations

from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line (by default the process's own) and return the exit status: 0, 1, 2 or 130."""
    try:
        from bialign.cli.app import run

        return run(arguments)
    except KeyboardInterrupt:
        # before the language is known
        return 130
