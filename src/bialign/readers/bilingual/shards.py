"""Parquet files and folders of them, row by row: what bialign writes, and others that hold pairs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bialign.errors import FormatError, ReadError
from bialign.formats.parquet import arrow
from bialign.formats.streams import Item
from bialign.readers.bilingual.jsonlines import keys_of
from bialign.readers.bilingual.streams import Batch, Counter, Progress, Stream, item_of, told_langs
from bialign.readers.source import Source

if TYPE_CHECKING:
    import pyarrow

_ROWS = 8_192


def shards_of(path: Path) -> list[Path]:
    """Give the Parquet files of a folder in order: those in its folder "shards", where it has one; of a file itself.

    Hidden files and folders hold what is not finished.
    """
    if path.is_file():
        return [path] if path.suffix.lower() == ".parquet" else []
    inner = path / "shards"
    root = inner if inner.is_dir() else path
    found = sorted(root.rglob("*.parquet")) if root.is_dir() else []
    return [file for file in found if not any(part.startswith(".") for part in file.relative_to(root).parts)]


def is_shards(path: Path) -> bool:
    """Tell whether a path is a Parquet file or a folder of them, such as `bialign batch` writes.

    A folder that holds anything else but tables about the Parquet files is none: its texts count.
    """
    if path.is_file():
        return path.suffix.lower() == ".parquet"
    if not path.is_dir() or not shards_of(path):
        return False
    if (path / "shards").is_dir() and (path / "run.json").is_file():
        return True
    others = {file.suffix.lower() for file in path.rglob("*") if file.is_file() and not file.name.startswith(".")}
    return others <= {".parquet", ".json", ".md"}


def stream(path: Path, source_lang: str = "", target_lang: str = "", progress: Progress | None = None) -> Stream:
    """Open a Parquet file or a folder of them; a row group is in memory at once.

    Raises ReadError where there is none, FormatError where one is damaged, lacks texts, has other columns than the
    first, or where there are several pairs of languages; MissingExtra without pyarrow.
    """
    arrow()
    files = shards_of(path)
    if not files:
        raise ReadError(path, "there are no Parquet files here")
    first = _Shard(files[0])
    keys = keys_of(first.sample(), Source(files[0], b""), source_lang, target_lang)
    langs = told_langs(keys, first.langs(), (source_lang, target_lang), lambda: first.texts(keys))
    rows = sum(_Shard(file).rows for file in files) or 1

    def batches() -> Iterator[Batch]:
        at = Counter()
        done = 0
        for file in files:
            shard = _Shard(file)
            if shard.schema != first.schema:
                reason = "its columns are not those of {other}: shards of one folder must be alike"
                raise FormatError(file, reason, other=files[0].name)
            for table in shard.tables():
                _check_langs(file, table, langs)
                yield Batch(list(_items(file, table, keys, at)), table)
                done += table.num_rows
                if progress:
                    progress(done / rows)

    return Stream(langs, batches, first.schema, files)


def columns_of(path: Path) -> tuple[tuple[str, str], tuple[str, str], list[str]]:
    """Give which columns of a Parquet file or folder hold the texts, their languages, and all columns by name.

    Raises as `stream` does.
    """
    found = stream(path)
    first = _Shard(found.files[0])
    keys = keys_of(first.sample(), Source(first.file, b""), "", "")
    return keys, found.langs, list(first.schema.names)


class _Shard:
    """Read one Parquet file."""

    def __init__(self, file: Path) -> None:
        self.file = file
        pa = arrow()
        try:
            with pa.parquet.ParquetFile(file) as opened:
                self.schema: pyarrow.Schema = opened.schema_arrow.remove_metadata()
                self.rows: int = opened.metadata.num_rows
        except (pa.ArrowException, OSError, ValueError) as error:
            raise _damage(file, error) from None

    def tables(self, size: int = _ROWS) -> Iterator[pyarrow.Table]:
        """Give the rows in tables."""
        pa = arrow()
        try:
            with pa.parquet.ParquetFile(self.file) as opened:
                for batch in opened.iter_batches(size, use_threads=False):
                    yield pa.Table.from_batches([batch]).replace_schema_metadata(None)
        except (pa.ArrowException, OSError, ValueError) as error:
            raise _damage(self.file, error) from None

    def sample(self) -> dict[str, Any]:
        """Give the first row; of a file without rows one that has its columns."""
        row: dict[str, Any] = next((table.slice(0, 1).to_pylist()[0] for table in self.tables(16)), {})
        if row:
            return row
        kinds = {field.name: field.type for field in self.schema}
        return {
            name: {kind.field(n).name: "" for n in range(kind.num_fields)} if str(kind).startswith("struct") else ""
            for name, kind in kinds.items()
        }

    def langs(self) -> tuple[str, str]:
        """Give the languages that the first row says its texts are in."""
        row = self.sample()
        return str(row.get("source_lang") or ""), str(row.get("target_lang") or "")

    def texts(self, keys: tuple[str, str]) -> list[tuple[str, str]]:
        """Give the texts of the first rows."""
        table = next(self.tables(2_000), None)
        columns = [_column(table, key) for key in keys] if table is not None else [[], []]
        return list(zip(*columns, strict=True))


def _damage(file: Path, error: Exception) -> FormatError:
    problem = str(error).partition("\n")[0]
    return FormatError(file, "damaged or cut off, no Parquet: {problem}", problem=problem)


def _check_langs(file: Path, table: pyarrow.Table, langs: tuple[str, str]) -> None:
    from bialign.termbase import primary

    for name, lang in zip(("source_lang", "target_lang"), langs, strict=True):
        if name in table.column_names:
            found = {primary(str(value or "")) for value in table[name].unique().to_pylist()}
            if len(found) > 1 or (lang and found and found != {primary(lang)}):
                listed = ", ".join(sorted(found | {primary(lang)}))
                raise FormatError(file, "documents in several languages, {found}: only one pair is read", found=listed)


def _column(table: pyarrow.Table, key: str) -> list[Any]:
    """Give the texts of a side, which may be a field of the column "translation"."""
    if "translation" in table.column_names:
        pieces = [chunk.field(key) for chunk in table["translation"].chunks]
        return [value for piece in pieces for value in piece.to_pylist()]
    found: list[Any] = table[key].to_pylist()
    return found


def _items(file: Path, table: pyarrow.Table, keys: tuple[str, str], at: Counter) -> Iterator[Item]:
    """Give the rows of a table as items; `at` holds where each document has got to."""
    columns: dict[str, Sequence[Any]] = {
        name: table[name].to_pylist() for name in table.column_names if name not in {"translation", *keys}
    }
    texts = list(zip(*(_column(table, key) for key in keys), strict=True))
    rows = zip(*columns.values(), strict=True) if columns else [()] * len(texts)
    for pair, values in zip(texts, rows, strict=True):
        row = dict(zip(columns, values, strict=True))
        if not all(text is None or isinstance(text, str) for text in pair):
            raise FormatError(file, "{key} holds no text", key=", ".join(keys))
        yield item_of(row, (pair[0] or "", pair[1] or ""), keys, file.stem, at)
