"""Parquet: beads as a typed table, for pandas, Polars, DuckDB, Spark and the data sets of Hugging Face."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from bialign import __version__
from bialign.bitext import Bead, Bitext, Extra
from bialign.errors import MissingExtra
from bialign.formats.files import Output, pieces_of
from bialign.formats.identifiers import side_names
from bialign.formats.jsonl import records
from bialign.formats.options import Options
from bialign.formats.report import Tally

if TYPE_CHECKING:
    import pyarrow

_ROWS = 10_000
"""Beads that are held at once."""


def outputs(bitext: Bitext, path: Path, options: Options, tally: Tally) -> list[Output]:
    """Give the one file; raises MissingExtra where pyarrow is not installed."""
    arrow()
    return [(path, table(bitext, bitext.beads, tally))]


def arrow() -> Any:
    """Give pyarrow; raises MissingExtra where it is not installed."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise MissingExtra("Parquet", "parquet") from None
    return pyarrow


def table(bitext: Bitext, beads: Iterable[Bead], tally: Tally) -> Iterator[bytes]:
    """Give a Parquet file of beads in pieces: the columns of a JSON Lines record, with a `translation` by language."""
    sides = side_names(bitext)
    metadata = {"bialign": __version__, "signature": bitext.signature, "id": bitext.id}
    yield from written(schema(sides, metadata), records(bitext, beads, tally))


def schema(sides: tuple[str, str], metadata: dict[str, str]) -> pyarrow.Schema:
    """Give the columns and their types, which are the same whatever a table holds, so that tables can be joined."""
    pa = arrow()
    text, category, numbers = pa.string(), pa.dictionary(pa.int32(), pa.string()), pa.list_(pa.int32())
    fields = [("id", text), ("doc", category), ("type", category), ("status", category), ("probability", pa.float32())]
    fields.append(("translation", pa.struct([(side, text) for side in sides])))
    fields += [(f"{side}_ids", numbers) for side in sides]
    fields += [("reason", text), ("moved_to", text)] + [(f"{side}_place", text) for side in sides]
    extra = pa.struct([(name, text) for name in Extra._fields])
    fields += [("move_probability", pa.float32()), ("comment", text), ("extras", pa.list_(extra))]
    encodable = {name: value.encode("utf-8", "replace") for name, value in metadata.items()}
    return pa.schema(fields, metadata=encodable)


def pair_schema(sides: tuple[str, str]) -> pyarrow.Schema:
    """Give the columns of a table of pairs for machine translation."""
    pa = arrow()
    translation = pa.struct([(side, pa.string()) for side in sides])
    return pa.schema(
        [("id", pa.string()), ("doc", pa.string()), ("probability", pa.float32()), ("translation", translation)]
    )


def written(schema: pyarrow.Schema, rows: Iterable[dict[str, object]]) -> Iterator[bytes]:
    """Give a Parquet file of rows in pieces; a few thousand rows are in memory at once."""
    pa = arrow()
    rows = iter(rows)

    def write(file: IO[bytes]) -> None:
        with pa.parquet.ParquetWriter(file, schema, compression="zstd") as writer:
            while batch := list(itertools.islice(rows, _ROWS)):
                writer.write_table(pa.Table.from_pylist(batch, schema=schema))

    yield from pieces_of(write)
