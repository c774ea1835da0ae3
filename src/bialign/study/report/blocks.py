"""What a section of a report is made of: prose, plots, tables, examples with their citations, commands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from bialign.study.saying import Saying
from bialign.study.sources import StudyText
from bialign.study.tables import Table


@dataclass(frozen=True, slots=True)
class Prose:
    """Hold a paragraph; a `note` is set smaller: a caveat, a source."""

    text: str
    note: bool = False


@dataclass(frozen=True, slots=True)
class Plot:
    """Hold a plot as an ``<svg>`` element, with its caption."""

    svg: str
    caption: str


@dataclass(frozen=True, slots=True)
class Shown:
    """Hold a table to be shown: the columns that `headings` name, and the first `limit` rows.

    Where it is `even`, the numbers of a column are of one kind, and have as many digits as the largest of them.
    """

    table: Table
    caption: str
    headings: dict[str, str]
    limit: int = 25
    even: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """Hold a passage with its translation; places say where it stands, as people cite it; `where` names its bead."""

    label: str
    source: str
    target: str
    langs: tuple[str, str]
    source_place: str
    target_place: str
    where: str


@dataclass(frozen=True, slots=True)
class Examples:
    """Hold examples under one heading."""

    title: str
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Command:
    """Hold a command that works out what stands above it again."""

    text: str


Block = Prose | Plot | Shown | Examples | Command


@dataclass(frozen=True, slots=True)
class Section:
    """Hold a section: an id for links, a heading, its blocks."""

    id: str
    title: str
    blocks: tuple[Block, ...]


def typed(name: str, texts: Iterable[str] = ()) -> str:
    """Give a corpus, and the only texts of it that are wanted, as they are typed in a command.

    >>> typed("peru.bialign"), typed("my corpus.bialign", ["letter", "the end"])
    ('peru.bialign', '"my corpus.bialign" --text letter --text "the end"')
    """
    return " --text ".join(f'"{one}"' if " " in one else one for one in (name, *texts))


def percent(say: Saying, share: float, digits: int = 0) -> str:
    """Give a share in per cent, as it is written in the language.

    >>> percent(Saying("en"), 0.9912, 1), percent(Saying("es"), 0.9912, 1)
    ('99.1%', '99,1\\xa0%')
    """
    return f"{say.number(100 * share, digits)}{'%' if say.lang == 'en' else chr(0xA0) + '%'}"


class Part(Protocol):
    """Collects what one section tells, text by text."""

    def add(self, text: StudyText) -> None:
        """Take in a text; it is not kept."""

    def section(self) -> Section | None:
        """Give the section, None where there is nothing to tell; called once all texts are in."""

    def tables(self) -> Iterable[Table]:
        """Give the tables that go beside the page."""
