"""Beads of many bitexts, written as they come: files of any size in bounded memory.

TSV, JSON Lines, TMX, Moses, Parquet and folders of Parquet shards are written so; of what goes to another format a
bitext is made first. A row that comes from Parquet and goes to Parquet stays as it is, with all of its columns.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple, Protocol

from bialign.bitext import Bead, Bitext, Document, Extra, Span, Status, comment_of, commented, plain_segments
from bialign.formats import jsonl, tmx
from bialign.formats.characters import encodable, one_line
from bialign.formats.files import Pending
from bialign.formats.identifiers import default_id, side_names
from bialign.formats.registry import format_of, stem_of
from bialign.formats.report import Tally
from bialign.formats.tsv import COLUMNS

if TYPE_CHECKING:
    import pyarrow

SHARDS = "shards"
"""The name of the format that is a folder of Parquet files."""


class Item(NamedTuple):
    """Hold a bead of some bitext `doc` with its texts, given whole or by segments; `at` is where its segments begin.

    `sizes` are the numbers of segments, `places` what is cited.
    """

    doc: str
    id: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    sizes: tuple[int, int]
    at: tuple[int, int]
    probability: float = 1.0
    status: Status = "unreviewed"
    reason: str = ""
    extras: tuple[Extra, ...] = ()
    moved_to: str = ""
    move_probability: float | None = None
    places: tuple[str, str] = ("", "")

    @property
    def texts(self) -> tuple[str, str]:
        """Give the texts of both sides."""
        return " ".join(self.source), " ".join(self.target)


Rows = tuple[Any, Sequence[int]]
"""A pyarrow table that items are read of, and which of its rows they are; (None, ()) where they are of no table."""


NO_TABLE: Rows = (None, ())


class Sink(Protocol):
    """Take items in their order."""

    def add(self, items: Sequence[Item], rows: Rows = NO_TABLE) -> None:
        """Write items."""

    def close(self) -> None:
        """Write what comes last."""


def record(item: Item, sides: tuple[str, str]) -> dict[str, object]:
    """Give the record that JSON Lines and Parquet have of an item, as `bialign.formats.jsonl.records` does."""
    spans = [list(range(at, at + size)) for at, size in zip(item.at, item.sizes, strict=True)]
    return {
        "id": encodable(item.id),
        "doc": encodable(item.doc),
        "type": f"{item.sizes[0]}-{item.sizes[1]}",
        "status": item.status,
        "probability": round(item.probability, 4),
        "translation": {side: encodable(text) for side, text in zip(sides, item.texts, strict=True)},
        **{f"{side}_ids": span for side, span in zip(sides, spans, strict=True)},
        "reason": encodable(item.reason),
        "moved_to": encodable(item.moved_to),
        **{f"{side}_place": encodable(place) for side, place in zip(sides, item.places, strict=True)},
        "move_probability": item.move_probability,
        "comment": encodable(comment_of(item.extras)),
        "extras": [
            {name: encodable(value) for name, value in extra._asdict().items()}
            for extra in commented(item.extras, "")
            if extra.kind != "id"
        ],
    }


def bitext_of(items: Sequence[Item], langs: tuple[str, str], name: str) -> Bitext:
    """Make one bitext of items, whatever bitexts they are of; each bead keeps its name."""
    texts: tuple[list[str], list[str]] = ([], [])
    beads = []
    for item in items:
        spans = []
        for held, side in zip(texts, (item.source, item.target), strict=True):
            spans.append(Span(len(held), len(held) + len(side)))
            held.extend(side)
        bead = Bead(spans[0], spans[1], item.probability, item.status, item.reason)
        extras = tuple(extra for extra in item.extras if extra.kind != "id")
        if item.id and item.id != default_id(name, bead):
            extras = (Extra("id", "", item.id), *extras)
        beads.append(replace(bead, extras=extras))
    documents = [Document(f"{name}.{lang or side}", lang, "", "\n".join(held)) for lang, side, held in
                 zip(langs, ("source", "target"), texts, strict=True)]  # fmt: skip
    return Bitext(name, documents[0], documents[1], plain_segments(texts[0]), plain_segments(texts[1]), tuple(beads))


def open_sink(
    pending: Pending,
    path: Path,
    format: str | None,
    langs: tuple[str, str],
    *,
    schema: pyarrow.Schema | None = None,
    tally: Tally | None = None,
) -> Sink:
    """Open a file, or for "shards" a folder, for items in two languages; its suffix tells the format if none is given.

    `schema` is that of the Parquet tables that items are read of, if they are. Raises FormatError for an unknown
    suffix, MissingExtra without pyarrow where it is needed.
    """
    name = format or (SHARDS if not path.suffix else format_of(path))
    tally = tally or Tally()
    if name in {"parquet", SHARDS}:
        from bialign.formats.sharded import ParquetSink

        return ParquetSink(pending, path, langs, schema, tally, shards=name == SHARDS)
    kinds: dict[str, type[_TextSink]] = {"jsonl": _JsonLines, "tsv": _Table, "tmx": _Memory, "moses": _Moses}
    return kinds.get(name, _Whole)(pending, path, langs, tally, name)


class _TextSink:
    def __init__(self, pending: Pending, path: Path, langs: tuple[str, str], tally: Tally, name: str) -> None:
        self.pending, self.path, self.langs, self.tally, self.name = pending, path, langs, tally, name
        self.sides = side_names(bitext_of((), langs, "-"))
        self.start()

    def start(self) -> None:
        self.file = self.pending.open(self.path)

    def write(self, pieces: Iterable[str], file: IO[bytes] | None = None) -> None:
        (file or self.file).write("".join(pieces).encode("utf-8"))

    def add(self, items: Sequence[Item], rows: Rows = NO_TABLE) -> None:
        raise NotImplementedError

    def close(self) -> None:
        pass


class _JsonLines(_TextSink):
    def add(self, items: Sequence[Item], rows: Rows = NO_TABLE) -> None:
        self.write(jsonl.line(record(item, self.sides)) for item in items)
        self.tally.units += len(items)


class _Memory(_TextSink):
    def start(self) -> None:
        super().start()
        self.created = datetime.now(UTC)
        self.write(tmx.head(bitext_of((), self.langs, self.path.stem), self.created))

    def add(self, items: Sequence[Item], rows: Rows = NO_TABLE) -> None:
        for doc, group in itertools.groupby(items, lambda item: item.doc):
            self.write(tmx.units(bitext_of(list(group), self.langs, doc), self.tally, self.created))

    def close(self) -> None:
        self.write([tmx.END])


class _Moses(_TextSink):
    def start(self) -> None:
        stem = f"{stem_of(self.path, 'moses')}.{'-'.join(sorted(self.sides))}"
        self.files = [self.pending.open(self.path.with_name(f"{stem}.{end}")) for end in (*self.sides, "ids")]

    def add(self, items: Sequence[Item], rows: Rows = NO_TABLE) -> None:
        for item in items:
            lines = [one_line(text).strip() for text in item.texts]
            if not all(lines):
                self.tally.left_out["beads", "one side holds no text"] += 1
                continue
            kind = f"{item.sizes[0]}-{item.sizes[1]}"
            lines.append(f"{one_line(item.id)}\t{item.probability:.4f}\t{item.status}\t{kind}")
            self.tally.units += 1
            for line, file in zip(lines, self.files, strict=True):
                self.write([line, "\n"], file)


class _Table(_TextSink):
    """Write a table; which columns it needs for what others said is known at the end only."""

    def start(self) -> None:
        super().start()
        self.names: dict[str, str] = {}
        self.rows = self.pending.temporary(self.path)

    def add(self, items: Sequence[Item], rows: Rows = NO_TABLE) -> None:
        for item in items:
            said: dict[str, list[str]] = {}
            for extra in item.extras:
                if extra.kind == "prop":
                    said.setdefault(extra.name, []).append(extra.value)
            for name in said:
                self._name(name)
            cells = (*_cells(item), *("; ".join(said.get(name, ())) for name in self.names))
            self.write(["\t".join(map(one_line, cells)), "\n"], self.rows)
        self.tally.units += len(items)

    def _name(self, name: str) -> None:
        """Give a property a column, unless another has that name; one called as ours would be taken for it."""
        column = one_line(name).strip()
        column = f"x-{column}" if column.lower() in COLUMNS else column
        if column and name not in self.names and column not in self.names.values():
            self.names[name] = column

    def close(self) -> None:
        self.write(["\t".join([*COLUMNS, *self.names.values()]), "\n"])
        width = len(COLUMNS) + len(self.names)
        self.rows.seek(0)
        for line in self.rows:
            self.file.write(line[:-1] + b"\t" * (width - 1 - line.count(b"\t")) + b"\n")


def _cells(item: Item) -> tuple[str, ...]:
    spans = [" ".join(map(str, range(at, at + size))) for at, size in zip(item.at, item.sizes, strict=True)]
    chance = "" if item.move_probability is None else f"{item.move_probability:.4f}"
    kind = f"{item.sizes[0]}-{item.sizes[1]}"
    return (
        item.id, kind, f"{item.probability:.4f}", item.status, *item.texts, *spans, item.reason, *item.places,
        comment_of(item.extras), item.moved_to, chance,
    )  # fmt: skip


class _Whole(_TextSink):
    """Gather all items, and write them as one bitext in whatever format."""

    def start(self) -> None:
        self.items: list[Item] = []

    def add(self, items: Sequence[Item], rows: Rows = NO_TABLE) -> None:
        self.items += items

    def close(self) -> None:
        from bialign.formats import write

        docs = {item.doc for item in self.items}
        name = docs.pop() if len(docs) == 1 else self.path.stem
        report = write(bitext_of(self.items, self.langs, name), self.path, self.name)
        self.tally.units += report.units
        for left in report.left_out:
            self.tally.left_out[left.what, left.why] += left.count
