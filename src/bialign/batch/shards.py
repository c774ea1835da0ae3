"""Shards: Parquet files of beads, with the same columns whatever the documents are.

Equal beads make equal files: a file's row groups are cut by the number of rows, not by how the work was parted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from bialign.bitext import Bitext
from bialign.formats.files import pieces_of
from bialign.formats.identifiers import side_names
from bialign.formats.jsonl import records
from bialign.formats.parquet import arrow
from bialign.formats.parquet import written as written_rows

if TYPE_CHECKING:
    import pyarrow

_GROUP = 16_384
"""Rows of a row group: what a reader holds at once."""

_SIDES = ("source", "target")


def schema() -> pyarrow.Schema:
    """Give the columns of a shard and their types.

    `doc` is the document's id, `id` the bead's; `source` and `target` are its texts, "" on the empty side of a null
    bead; `source_ids` and `target_ids` number its segments from 0. `moved_to` is the id of the bead where the
    translation of a moved one begins, "" where it was not moved.
    """
    pa = arrow()
    text, numbers = pa.string(), pa.list_(pa.int32())
    fields = [("doc", text), ("id", text), ("type", text), ("probability", pa.float32())]
    fields += [(side, text) for side in _SIDES]
    fields += [(f"{side}_lang", text) for side in _SIDES]
    fields += [(f"{side}_ids", numbers) for side in _SIDES]
    fields += [(f"{side}_place", text) for side in _SIDES]
    fields += [("moved_to", text), ("move_probability", pa.float32())]
    return pa.schema([pa.field(name, kind, nullable=name == "move_probability") for name, kind in fields])


def rows(bitext: Bitext) -> Iterator[dict[str, object]]:
    """Give the beads of a bitext as rows of a shard."""
    names = side_names(bitext)
    langs = {"source_lang": bitext.source.lang, "target_lang": bitext.target.lang}
    for record in records(bitext, bitext.beads):
        row: dict[str, object] = {name: record[name] for name in ("doc", "id", "type", "probability", "moved_to")}
        texts: Any = record["translation"]
        for side, name in zip(_SIDES, names, strict=True):
            row |= {side: texts[name], f"{side}_ids": record[f"{name}_ids"], f"{side}_place": record[f"{name}_place"]}
        yield row | langs | {"move_probability": record["move_probability"]}


def written(found: Iterable[dict[str, object]]) -> Iterator[bytes]:
    """Give a Parquet file of rows in pieces."""
    yield from written_rows(schema(), found)


def joined(parts: Iterable[Path]) -> Iterator[bytes]:
    """Give the Parquet file of all rows of several, in pieces; a row group, and one part, are in memory at once."""
    pa = arrow()

    def write(file: IO[bytes]) -> None:
        with pa.parquet.ParquetWriter(file, schema(), compression="zstd") as writer:
            for group in _groups(_read(part) for part in parts):
                writer.write_table(group, row_group_size=_GROUP)

    yield from pieces_of(write)


def _groups(tables: Iterable[pyarrow.Table]) -> Iterator[pyarrow.Table]:
    """Give tables of `_GROUP` rows, and a last one of what is left."""
    pa = arrow()
    held: list[Any] = []
    count = 0
    for table in tables:
        held.append(table)
        count += table.num_rows
        if count >= _GROUP:
            whole = pa.concat_tables(held).combine_chunks()
            for start in range(0, count - count % _GROUP, _GROUP):
                yield whole.slice(start, _GROUP)
            count %= _GROUP
            held = [whole.slice(whole.num_rows - count)] if count else []
    if count:
        yield pa.concat_tables(held).combine_chunks()


def parted(shard: Path, sizes: Sequence[int]) -> Iterator[Iterator[bytes]]:
    """Give Parquet files of the rows of one, as many rows each as `sizes` says."""
    pa = arrow()
    table, start = _read(shard), 0
    for size in sizes:
        piece = table.slice(start, size)

        def write(file: IO[bytes], piece: Any = piece) -> None:
            with pa.parquet.ParquetWriter(file, schema(), compression="zstd") as writer:
                writer.write_table(piece)

        yield pieces_of(write)
        start += size


def _read(path: Path) -> pyarrow.Table:
    with arrow().parquet.ParquetFile(path) as file:
        return file.read(use_threads=False).cast(schema())
