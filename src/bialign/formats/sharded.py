"""Parquet written as rows come: one file, or a folder of shards with up to a million rows each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bialign import __version__
from bialign.formats.files import Pending
from bialign.formats.identifiers import side_names
from bialign.formats.parquet import arrow, schema
from bialign.formats.report import Tally
from bialign.formats.streams import NO_TABLE, Item, Rows, bitext_of, record

if TYPE_CHECKING:
    import pyarrow

_SHARD = 1_000_000
_GROUP = 16_384
"""Rows of a row group, which are held at once."""


class ParquetSink:
    """Take items into Parquet; rows of tables with the `given` schema as they are, all others as records."""

    def __init__(
        self,
        pending: Pending,
        path: Path,
        langs: tuple[str, str],
        given: pyarrow.Schema | None,
        tally: Tally,
        *,
        shards: bool,
    ) -> None:
        arrow()
        self._pending, self._path, self._tally, self._shards = pending, path, tally, shards
        self._sides = side_names(bitext_of((), langs, "-"))
        self._given = given
        self._schema = schema(self._sides, {"bialign": __version__}) if given is None else given
        self._held: list[Any] = []
        self._count = self._written = self._files = 0
        self._writer: Any = None
        if shards:
            pending.folder(path)

    def add(self, items: Sequence[Item], rows: Rows = NO_TABLE) -> None:
        """Write items, a row group at a time."""
        if not items:
            return
        pa = arrow()
        table, numbers = rows
        if table is not None and self._given is not None:
            found = table.take(pa.array(numbers, pa.int64()))
        else:
            found = pa.Table.from_pylist([record(item, self._sides) for item in items], schema=self._schema)
        self._held.append(found)
        self._count += len(items)
        self._tally.units += len(items)
        while self._count >= _GROUP:
            self._write()

    def close(self) -> None:
        """Write what is held; a file without rows has its columns all the same."""
        while self._count or self._writer is None:
            self._write()
            if not self._count:
                break
        self._writer.close()

    def _write(self) -> None:
        pa = arrow()
        if self._writer is None:
            self._writer = self._open()
        if not self._held:
            return
        whole = pa.concat_tables(self._held)
        size = min(_GROUP, self._count, _SHARD - self._written if self._shards else _GROUP)
        self._writer.write_table(whole.slice(0, size).combine_chunks())
        self._held = [whole.slice(size)] if size < self._count else []
        self._count -= size
        self._written += size
        if self._shards and self._written >= _SHARD and self._count:
            self._writer.close()
            self._writer, self._written = None, 0

    def _open(self) -> Any:
        path = self._path / f"{self._files:05}.parquet" if self._shards else self._path
        self._files += 1
        file = self._pending.open(path)
        writer = arrow().parquet.ParquetWriter(file, self._schema, compression="zstd")
        self._pending.at_end(writer.close)
        return writer
