"""What pages of documentation show: their commands, and what these print, held against what is printed today."""

import io
import itertools
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_BLOCKS = re.compile(
    r"^```console\n(?P<commands>.*?)^```$|^```text(?: lines=(?P<lines>\S+))?\n(?P<shown>.*?)^```$|"
    r"^<!-- in the browser: (?P<deeds>.*?) -->$",
    re.MULTILINE | re.DOTALL,
)
_COLOURS = re.compile(r"\x1b\[[\d;?]*[A-Za-z]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*(?:[ \xa0]?%)?")
# what is another one on each machine, or each day
_PASSING = (
    (re.compile(r"\b[0-9a-f]{32}\b"), "IDENTITY"),
    (re.compile(r"\b\d{4}-\d\d-\d\d \d\d:\d\d\b"), "DATE"),
    (re.compile(r"\b\d+[.,]\d s\b"), "SECONDS"),
    (re.compile(r"\b\d+\.\d+\.\d+(?:\.dev\d+)?\b"), "VERSION"),
)
LEFT_OUT = "..."
"""A line that stands for lines that a page leaves out."""


@dataclass(frozen=True)
class Step:
    """Hold what a reader does: commands, with what the page says they print; or `deeds` in the browser.

    `lines` says which of the lines printed are shown, such as "1-3,-1"; `start` and `stop` where they are on the page.
    """

    commands: tuple[str, ...]
    shown: str | None = None
    lines: str = ""
    start: int = 0
    stop: int = 0
    deeds: str = ""


def blocks(path: Path, language: str) -> list[str]:
    """Give the fenced blocks of a page that are in one language."""
    return re.findall(rf"^```{language}\n(.*?)^```", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def arguments(line: str) -> list[str]:
    """Give the arguments of a command line that begins with bialign."""
    program, *rest = shlex.split(line)
    assert program == "bialign", line
    return rest


def steps(text: str) -> Iterator[Step]:
    """Give the steps of a page: each console block with the text block behind it, and deeds in the browser."""
    for block, after in itertools.pairwise([*_BLOCKS.finditer(text), None]):
        if block["deeds"]:
            yield Step((), deeds=block["deeds"])
        elif block["commands"] is not None:
            commands = tuple(block["commands"].splitlines())
            if after and after["shown"] is not None:
                yield Step(commands, after["shown"], after["lines"] or "", *after.span("shown"))
            else:
                yield Step(commands)


class Screen(io.StringIO):
    """A terminal in memory: commands write to it as they do for a person; both channels end in one text."""

    def isatty(self) -> bool:
        return True

    def text(self) -> str:
        """Give what is to be read on it."""
        lines = (line.rstrip() for line in _COLOURS.sub("", self.getvalue()).splitlines())
        return "".join(f"{line}\n" for line in lines)


class Beside(io.StringIO):
    """The channel for messages, which end on a screen too; it is no terminal, so that no bars of progress are drawn."""

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self.screen = screen

    def write(self, text: str) -> int:
        return self.screen.write(text)


def picked(printed: str, lines: str) -> str:
    """Give some lines of a text, "..." standing for those between; all of it without `lines`.

    >>> picked("a\\nb\\nc\\nd\\n", "1,-2--1")
    'a\\n...\\nc\\nd\\n'
    """
    if not lines:
        return printed
    there = printed.splitlines()
    wanted: list[int] = []
    for part in lines.split(","):
        first, last = re.fullmatch(r"(-?\d+)(?:-(-?\d+))?", part).groups()
        ends = [number - 1 if number > 0 else len(there) + number for number in (int(first), int(last or first))]
        wanted += range(ends[0], ends[1] + 1)
    given: list[str] = [] if wanted[0] == 0 else [LEFT_OUT]
    for number, after in itertools.pairwise([*wanted, len(there)]):
        given += [there[number]] if after == number + 1 else [there[number], LEFT_OUT]
    return "".join(f"{line}\n" for line in given)


def difference(shown: str, printed: str) -> str:
    """Tell where a page shows what is not printed, empty where it holds; numbers may be off as platforms round."""
    for wanted, got in itertools.zip_longest(shown.splitlines(), printed.splitlines()):
        if wanted is None or got is None or not alike(wanted, got):
            return f"the page shows   {wanted!r}\nwhat is printed  {got!r}\nall of it:\n{printed}"
    return ""


def alike(shown: str, printed: str) -> bool:
    """Tell whether two lines say the same: decimals and per cents within 2%, whole numbers exactly.

    One of the last place is let pass too.

    >>> alike("12  11.8  11.1%", "12  11.81  11.1%"), alike("12 11.8", "13 11.8")
    (True, False)
    """
    sides = [_lasting(line) for line in (shown, printed)]
    words = [" ".join(_NUMBER.sub("#", line).split()) for line in sides]
    numbers = [_NUMBER.findall(line) for line in sides]
    return words[0] == words[1] and all(map(_close, *numbers))


def _lasting(line: str) -> str:
    for pattern, name in _PASSING:
        line = pattern.sub(name, line)
    return line


def _close(one: str, other: str) -> bool:
    if one == other:
        return True
    matches = [re.fullmatch(r"(\d+)(?:[.,](\d{1,4}))?([ \xa0]?%)?", number) for number in (one, other)]
    decimals = [match for match in matches if match and (match[2] or match[3])]
    if len(decimals) < len(matches):
        return False
    first, second = (float(f"{match[1]}.{match[2] or 0}") for match in decimals)
    least = 10 ** -min(len(match[2] or "") for match in decimals)
    return abs(first - second) <= max(0.02 * max(first, second), 1.01 * least)
