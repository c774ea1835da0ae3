"""Versions of one text side by side: rows of segments that belong together, the first version being the base."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bialign.bitext import Document, Move, Segment, Span


@dataclass(frozen=True, slots=True)
class Version:
    """Hold one version of a text: what it is called, its document and segments."""

    name: str
    document: Document
    segments: tuple[Segment, ...]

    @property
    def lang(self) -> str:
        """Give the language without its region: "es" of "es-PE"."""
        return self.document.lang[:2].lower()


@dataclass(frozen=True, slots=True)
class Row:
    """Hold one span of each version, in their order, empty where a version has nothing; never are all empty.

    `probability` is that of the least probable bead the row is made of.
    """

    spans: tuple[Span, ...]
    probability: float = 1.0

    @property
    def type(self) -> str:
        """Give the number of segments of each version: "1-2-0"."""
        return "-".join(str(len(span)) for span in self.spans)


@dataclass(frozen=True, slots=True)
class VersionMove:
    """Say that segments of version number `version` stand at another place than those of the base they belong to."""

    version: int
    move: Move


@dataclass(frozen=True, slots=True)
class Collation:
    """Hold versions, the base first, and the rows that tile all of them in order; `signature` says how it was made."""

    versions: tuple[Version, ...]
    rows: tuple[Row, ...]
    moves: tuple[VersionMove, ...] = ()
    signature: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        at = [0] * len(self.versions)
        for number, row in enumerate(self.rows):
            if len(row.spans) != len(at) or not any(row.spans) or [span.start for span in row.spans] != at:
                raise ValueError(f"row {number} does not go on where the one before it ends")
            at = [span.stop for span in row.spans]
        if at != [len(version.segments) for version in self.versions]:
            raise ValueError("the rows do not end where the versions do")

    def text(self, row: Row, version: int) -> str:
        """Give the segments of a version in a row joined by a space, "" where it has none."""
        span = row.spans[version]
        return " ".join(segment.text for segment in self.versions[version].segments[span.start : span.stop])

    def texts(self, row: Row) -> tuple[str, ...]:
        """Give the text of every version in a row."""
        return tuple(self.text(row, number) for number in range(len(self.versions)))

    def moved_to(self) -> dict[tuple[int, int], int]:
        """Map rows and versions that have nothing there to the row where what belongs there stands."""
        rows = [
            {n: number for number, row in enumerate(self.rows) for n in row.spans[version].indices}
            for version in range(len(self.versions))
        ]
        found: dict[tuple[int, int], int] = {}
        for one in self.moves:
            # one segment after the other, as far as there are as many
            here = [rows[0][i] for i in one.move.source.indices]
            there = [rows[one.version][j] for j in one.move.target.indices]
            found |= {(row, one.version): there[min(n, len(there) - 1)] for n, row in enumerate(here)}
            found |= {(row, 0): here[min(n, len(here) - 1)] for n, row in enumerate(there)}
        return {(row, version): goal for (row, version), goal in found.items() if not self.rows[row].spans[version]}

    def alike(self) -> list[tuple[int, int]]:
        """List the pairs of versions in one language, the base among them where it is in that language too."""
        langs = [version.lang for version in self.versions]
        numbers = range(len(langs))
        return [(a, b) for a in numbers for b in numbers[a + 1 :] if langs[a] and langs[a] == langs[b]]


def names_of(documents: Sequence[Document]) -> list[str]:
    """Name versions by their documents, apart from each other.

    >>> names_of([Document("a", "en", "", ""), Document("a", "es", "", "")])
    ['a', 'a (2)']
    """
    found: list[str] = []
    for document in documents:
        plain = document.id or document.title or "?"
        number = 1
        while (name := plain if number == 1 else f"{plain} ({number})") in found:
            number += 1
        found.append(name)
    return found
