"""The texts of a study: bitexts of a corpus or of files, with what citations need and the groups they belong to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from bialign.bitext import Bitext
from bialign.errors import FormatError, NotFound

if TYPE_CHECKING:
    from bialign.corpus import Corpus

Groups = Mapping[str, Mapping[str, str]]
"""By the name of a bitext, the groups it belongs to: {"letter": {"genre": "letters", "translator": "A"}}."""


@dataclass(frozen=True, slots=True)
class StudyText:
    """Hold a bitext; `ids` are the ids of its beads in a corpus, empty for a file; `groups` say what it belongs to."""

    name: str
    bitext: Bitext
    ids: tuple[int, ...] = ()
    groups: Mapping[str, str] = field(default_factory=dict)

    def bead_id(self, number: int) -> int:
        """Give how bead `number` is called: by its id in the corpus, else by its number from 1."""
        return self.ids[number] if self.ids else number + 1


def of_corpus(corpus: Corpus, names: Sequence[str] = (), groups: Groups | None = None) -> Iterator[StudyText]:
    """Give bitexts of a corpus one after the other, by default all; only one is in memory.

    Raises NotFound for a name that is not there, before any text is read, and for groups of a text that is not.
    """
    there = [info.name for info in corpus.bitexts()]
    for name in names:
        if name not in there:
            raise NotFound("no bitext is called {name} here", place=str(corpus.path), name=name)
    check_groups(groups or {}, there)
    return _of_corpus(corpus, [name for name in there if not names or name in names], groups or {})


def _of_corpus(corpus: Corpus, names: Sequence[str], groups: Groups) -> Iterator[StudyText]:
    for name in names:
        with corpus.store.database.snapshot():
            bitext = corpus.store.bitext(name)
            ids = corpus.store.contents.ids(corpus.store.contents.bitext_id(name))
        yield StudyText(name, bitext, tuple(ids), groups.get(name, {}))


def of_bitexts(bitexts: Sequence[Bitext], groups: Groups | None = None) -> Iterator[StudyText]:
    """Give bitexts that are no corpus's."""
    check_groups(groups or {}, [bitext.id for bitext in bitexts])
    for bitext in bitexts:
        yield StudyText(bitext.id, bitext, groups=(groups or {}).get(bitext.id, {}))


def check_groups(groups: Groups, names: Sequence[str]) -> None:
    """Raise NotFound for groups of a text that is not there."""
    for name in groups:
        if name not in names:
            raise NotFound("groups are given for {name}, which is no bitext here", name=name)


def read_groups(path: Path) -> Groups:
    """Read which groups texts belong to: a TSV with a header, the names of bitexts first, a column for each grouping.

    Raises ReadError where it cannot be read, FormatError with the line where it is no such table.
    """
    from bialign.charset import decode
    from bialign.readers.source import file_bytes

    text = decode(file_bytes(path), path, None)[0]
    lines = [line.split("\t") for line in text.splitlines()]
    if not lines or len(lines[0]) < 2:
        raise FormatError(path, "a table with tabs is wanted: the names of bitexts, then a column for each grouping")
    header = [cell.strip() for cell in lines[0]]
    if "" in header or len(set(header)) < len(header):
        raise FormatError(path, "every column needs a name of its own", line=1)
    found: dict[str, Mapping[str, str]] = {}
    for number, cells in enumerate(lines[1:], 2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            template = "{found} cells where the header has {wanted}"
            raise FormatError(path, template, line=number, found=len(cells), wanted=len(header))
        name, *values = (cell.strip() for cell in cells)
        if name in found:
            raise FormatError(path, "{name} stands here twice", line=number, name=name)
        found[name] = dict(zip(header[1:], values, strict=True))
    return found
