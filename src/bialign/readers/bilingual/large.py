"""Large tables and translation memories, unit by unit: what `read_bitext` reads, in bounded memory.

What such a file holds is told by its first thousands of units; a memory that turns out to hold other languages later on
is read once more. A table with quotation marks is gone through once before, to learn whether they quote cells. Only
tables parted by tabs and TMX are read so, in UTF-8; what else there is, `large` says None to.
"""

from __future__ import annotations

import codecs
import csv
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from bialign.bitext import Extra
from bialign.errors import FormatError, ReadError
from bialign.languages import guess_language
from bialign.readers.bilingual.columns import OURS, Row, bitext_of, find_columns, unit_of
from bialign.readers.bilingual.pair import said
from bialign.readers.bilingual.tmx import Memory, RawUnit, raw_units
from bialign.readers.bilingual.tmx import unit_of as tmx_unit_of
from bialign.readers.bilingual.units import Unit, segments_of
from bialign.readers.source import Source
from bialign.termbase import primary

LARGE = 16 << 20
"""Bytes from which a file is read unit by unit."""
_SAMPLE = 2_000
_UNITS = 5_000
"""Units by which the languages of a memory are told."""
_HEAD = 1 << 16

Progress = Callable[[float], None]
"""Gets the share of the file that has been read, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Large:
    """Hold a large file that has been looked into: its languages, and `units`, which reads it.

    `rows` tells whether the units' places are rows of a table, which can be cited; the rest is what `Content` has.
    Reading the units raises OtherLanguages where the file holds others than its beginning.
    """

    langs: tuple[str, str]
    rows: bool
    units: Callable[[], Iterator[Unit]]
    id: str = ""
    titles: tuple[str, str] = ("", "")
    signature: str = ""
    extras: tuple[Extra, ...] = ()

    def segments(self) -> Iterator[tuple[Unit, tuple[tuple[str, ...], tuple[str, ...]]]]:
        """Give the units with the segments of both sides, without those that hold none."""
        for unit in self.units():
            texts = segments_of(unit, self.langs)
            if texts[0] or texts[1]:
                yield unit, texts


class OtherLanguages(Exception):
    """Tell that a memory is to be read again from its start: `codes` are all of its languages, most frequent first."""

    def __init__(self, codes: list[str]) -> None:
        super().__init__(", ".join(codes))
        self.codes = codes


def large(
    path: Path,
    source_lang: str = "",
    target_lang: str = "",
    *,
    codes: Sequence[str] = (),
    least: int = LARGE,
    progress: Progress | None = None,
) -> Large | None:
    """Look into a file that is large and can be read unit by unit; None for any other, which `read_bitext` reads.

    `codes` are the languages of a memory where they are known, as OtherLanguages tells them. Raises what `read_bitext`
    does, now or while the units are read.
    """
    try:
        size = path.stat().st_size
        if size < least:
            return None
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise ReadError(path, "cannot be read: {why}", why=error.strerror or error) from error
    if head.startswith((b"<?xml", b"<tmx")) and b"<tmx" in head:
        return _memory(path, (source_lang, target_lang), codes, progress)
    other = head.removeprefix(codecs.BOM_UTF8).startswith((b"<", b"{", b"PK\x03\x04", b"sep="))
    if b"\t" in head and not other:
        return _table(path, source_lang, target_lang, progress)
    return None


class _Watched:
    """Tell how much of a file has been read."""

    def __init__(self, file: BinaryIO, size: int, progress: Progress | None) -> None:
        self._file, self._size, self._progress, self._told = file, size, progress, 0.0

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self.note()
        return data

    def note(self) -> None:
        share = self._file.tell() / self._size
        if self._progress and (share - self._told > 0.005 or share >= 1):
            self._told = share
            self._progress(min(1.0, share))


def _memory(path: Path, asked: tuple[str, str], known: Sequence[str], progress: Progress | None) -> Large:
    source, memory = Source(path, b""), Memory()

    def raws(memory: Memory) -> Iterator[RawUnit]:
        with path.open("rb") as file:
            watched: BinaryIO = _Watched(file, path.stat().st_size, progress)  # type: ignore[assignment]
            yield from raw_units(source, memory, watched)

    rest = raws(memory)
    sample = list(itertools.islice(rest, _UNITS))
    if not sample:
        raise FormatError(path, "the translation memory holds no units")
    codes, pair = memory.pair(source, *asked, known)
    head = memory.content((), said(pair, asked))
    langs = _told(head.langs, lambda: (tmx_unit_of(raw, codes, pair) for raw in sample[:_SAMPLE]))
    begun = [(memory, itertools.chain(sample, rest))]

    def units() -> Iterator[Unit]:
        # the first time what was looked into is gone on with
        whole, found = begun.pop() if begun else (again := Memory(), raws(again))
        for raw in found:
            yield tmx_unit_of(raw, codes, pair)
        told, best = whole.pair(source, *asked)
        if not known and (best != pair or _order(told, pair) != _order(codes, pair)):
            raise OtherLanguages(told)

    return Large(langs, False, units, head.id, head.titles, head.signature, head.extras)


def _order(codes: Sequence[str], pair: tuple[str, str]) -> list[str]:
    """Give the languages that matter to which variants are read: those of a pair, of whatever region."""
    mains = {primary(code) for code in pair}
    return [code for code in codes if primary(code) in mains]


def _told(langs: tuple[str, str], units: Callable[[], Iterator[Unit]]) -> tuple[str, str]:
    """Guess the languages that are not said, by the first units."""
    if all(langs):
        return langs
    sample = list(itertools.islice(units(), _SAMPLE))
    source, target = ("\n".join(text for unit in sample for text in (unit.source, unit.target)[n]) for n in (0, 1))
    return langs[0] or guess_language(source), langs[1] or guess_language(target)


def _table(path: Path, source_lang: str, target_lang: str, progress: Progress | None) -> Large | None:
    try:
        if _is_quoted(path):
            return None
        sample = list(itertools.islice(_rows(path, None), _SAMPLE))
        # what comes later may be longer, and a sample has to tell the columns
        parted = sum(len(row.cells) > 1 for row in sample)
    except UnicodeDecodeError:
        return None
    if not sample or parted < len(sample) // 2:
        return None
    columns = find_columns(path, sample, source_lang, target_lang)

    def units() -> Iterator[Unit]:
        rows = _rows(path, progress)
        for row in itertools.islice(rows, int(columns.has_header), None):
            yield unit_of(path, row, columns)

    return Large(_told(columns.langs, units), rows=True, units=units, id=bitext_of(sample, columns))


def _rows(path: Path, progress: Progress | None) -> Iterator[Row]:
    """Give the rows of a table that are not blank, parted by tabs."""
    size = path.stat().st_size
    with path.open("rb") as raw:
        watched = _Watched(raw, size, progress)
        lines = codecs.getreader("utf-8-sig")(raw)
        for number, line in enumerate(_lines(lines), 1):
            if line.strip():
                yield Row(number, line.split("\t"))
            if number % 1000 == 0:
                watched.note()
        watched.note()


def _lines(text: codecs.StreamReader) -> Iterator[str]:
    r"""Give the lines of a text, which end in \n, \r or \r\n and nothing else."""
    rest = ""
    while piece := text.read(_HEAD):
        rest += piece
        lines = rest.replace("\r\n", "\n").replace("\r", "\n").split("\n") if not rest.endswith("\r") else None
        if lines is None:
            continue
        rest = lines.pop()
        yield from lines
    if rest:
        yield from rest.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _is_quoted(path: Path) -> bool:
    """Tell whether a table quotes its cells, as CSV has it: then a cell may run over lines. Ours never do."""
    first = next(_rows(path, None), Row(1, []))
    if set(OURS) <= set(first.cells):
        return False
    with path.open("rb") as file:
        if not any(b'"' in piece for piece in iter(lambda: file.read(1 << 20), b"")):
            return False
    limit = csv.field_size_limit(1 << 24)
    try:
        with path.open(encoding="utf-8-sig", newline="") as text:
            return any(_quotes(line) for line in text) and _is_csv(path)
    finally:
        csv.field_size_limit(limit)


def _quotes(line: str) -> bool:
    """Tell whether a line has a cell that begins with a quotation mark."""
    return line.startswith('"') or '\t"' in line


def _is_csv(path: Path) -> bool:
    with path.open(encoding="utf-8-sig", newline="") as text:
        try:
            for _ in csv.reader(text, delimiter="\t", strict=True):
                pass
        except csv.Error:
            return False
    return True
