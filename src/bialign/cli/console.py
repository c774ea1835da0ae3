"""The two channels of a command: data goes to stdout, talk to stderr."""

from __future__ import annotations

import io
import os
import sys

from bialign.cli.messages import Messages

PIECE = 16_000


class Console:
    """Hold the language and the manners of one run."""

    def __init__(self, messages: Messages) -> None:
        self.say = messages
        self.quiet = False

    def note(self, text: str) -> None:
        """Tell the user something that was done; silent when quiet."""
        if not self.quiet:
            print(printable(text), file=sys.stderr)

    def warn(self, text: str) -> None:
        """Tell the user of something to look at."""
        print(f"{self.say('warning')}: {printable(text)}", file=sys.stderr)

    def fail(self, text: str) -> None:
        """Tell the user why the command stops, in one line."""
        print(f"{self.say('error')}: {printable(text)}", file=sys.stderr)

    def done(self, text: str) -> None:
        """Tell on stdout what became of a command that changes or makes something; silent when quiet."""
        if not self.quiet:
            self.write(text)

    def write(self, data: str) -> None:
        """Write data to stdout, ending in a newline."""
        data = data if data.endswith("\n") or not data else data + "\n"
        # in pieces: of a long write an unbuffered stdout (PYTHONUNBUFFERED) may take a part, and say nothing
        for start in range(0, len(data), PIECE):
            sys.stdout.write(data[start : start + PIECE])
        sys.stdout.flush()


def printable(text: str) -> str:
    r"""Put a text on one line without control characters, which could move the cursor of a terminal, or worse.

    >>> printable("a name\nwith \x1b[2J in it")
    'a name with  [2J in it'
    """
    return "".join(character if character.isprintable() else " " for character in text)


def as_argument(path: object) -> str:
    """Write a path as it is typed in a command: in quotation marks where it holds a space.

    >>> as_argument("my corpus.bialign"), as_argument("peru.bialign")
    ('"my corpus.bialign"', 'peru.bialign')
    """
    return f'"{path}"' if " " in str(path) else str(path)


def speak_utf8() -> None:
    """Make stdout write UTF-8 with plain newlines where it is no terminal, and let stderr never fail on a letter.

    Without this Windows would write pipes and files in a code page of its own, and a lone accent could end a run.
    """
    for stream in (sys.stdout, sys.stderr):
        if not isinstance(stream, io.TextIOWrapper):
            continue
        if os.name == "nt" or (stream is sys.stdout and not stream.isatty()):
            stream.reconfigure(encoding="utf-8", newline="\n" if not stream.isatty() else None)
        # a lone surrogate, or a letter the terminal's encoding lacks, is shown escaped rather than raising
        stream.reconfigure(errors="backslashreplace")


def on_terminal() -> bool:
    """Tell whether stdout is a terminal a person reads."""
    return sys.stdout.isatty()
