"""The documents of a batch: a table, JSON lines, a Parquet file, or a folder whose files are paired by their names.

Rows are read one after the other, so that a manifest may be larger than memory.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePath
from typing import Any, NamedTuple

from bialign.corpus.adding import is_bilingual, text_files
from bialign.corpus.pairing import pair_names
from bialign.corpus.recipes import sha256_of
from bialign.errors import FormatError, ReadError, UnsupportedFile
from bialign.formats.characters import one_line
from bialign.termbase import primary


class Pair(NamedTuple):
    """Hold a document pair as its manifest has it; paths are relative to the manifest, or absolute."""

    id: str
    source: str
    target: str
    source_lang: str = ""
    target_lang: str = ""
    source_encoding: str = ""
    target_encoding: str = ""
    glossary: str = ""


_NEEDED = ("source", "target")
_TABLES = frozenset({".tsv", ".tab"})
_LINES = frozenset({".jsonl", ".ndjson"})


def base_of(manifest: Path) -> Path:
    """Give the folder that the paths of a manifest start from."""
    return manifest if manifest.is_dir() else manifest.parent


def langs_of(source: str, target: str) -> tuple[str, str]:
    """Give the languages that names of files are looked through for, the source's first.

    >>> langs_of("es-PE", ""), langs_of("", "")
    (('es-PE', 'en'), ('en', 'es'))
    """
    other = {"en": "es", "es": "en"}
    return source or other.get(primary(target), "en"), target or other.get(primary(source), "es")


def unused_columns(manifest: Path) -> list[str]:
    """Name the columns of a table that say nothing to bialign."""
    if manifest.is_dir() or manifest.suffix.lower() in _LINES:
        return []
    first = next(iter(_rows(manifest)), (0, dict[str, Any]()))[1]
    return [name for name in first if name not in Pair._fields]


def read_pairs(manifest: Path, langs: tuple[str, str] = ("en", "es")) -> Iterator[Pair]:
    """Give the document pairs of a manifest in its order; of a folder, those told by their names, in the order `langs`.

    A pair without an id gets that of its source's path without the suffix. Raises ReadError, UnsupportedFile where the
    kind of manifest is not known, and FormatError with the line of a row that lacks a path or repeats an id.
    """
    if manifest.is_dir():
        yield from _paired(manifest, langs)
        return
    seen: set[int] = set()
    for line, row in _rows(manifest):
        pair = _pair(manifest, line, row)
        # eight bytes tell ids apart as well as the ids do, in a tenth of the memory
        mark = int.from_bytes(hashlib.blake2b(pair.id.encode("utf-8", "replace"), digest_size=8).digest(), "big")
        if mark in seen:
            reason = "the id {id} stands here a second time: give each document its own in the column id"
            raise FormatError(manifest, reason, line=line, id=pair.id)
        seen.add(mark)
        yield pair


def unpaired(folder: Path, langs: tuple[str, str] = ("en", "es")) -> list[PurePath]:
    """Give the texts of a folder whose names tell no partner."""
    return _by_names(folder, langs)[1]


def fingerprint(manifest: Path, langs: tuple[str, str]) -> str:
    """Give the SHA-256 of a manifest; of a folder, that of the names of its pairs. Raises ReadError."""
    if not manifest.is_dir():
        return sha256_of(manifest)
    digest = hashlib.sha256()
    for pair in _paired(manifest, langs):
        digest.update(json.dumps(pair).encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _paired(folder: Path, langs: tuple[str, str]) -> Iterator[Pair]:
    for named in _by_names(folder, langs)[0]:
        yield Pair(one_line(named.name), named.source.as_posix(), named.target.as_posix())


def _by_names(folder: Path, langs: tuple[str, str]) -> tuple[list[Any], list[PurePath]]:
    files = [path for path in text_files([folder])[0] if not is_bilingual(path)]
    return pair_names([PurePath(path.relative_to(folder)) for path in files], langs)


def _pair(manifest: Path, line: int, row: Mapping[str, Any]) -> Pair:
    held = {}
    for name in Pair._fields:
        value = row.get(name)
        if value is not None and not isinstance(value, str | int):
            raise FormatError(manifest, "{name} is no text", line=line, name=name)
        held[name] = str(value).strip() if value is not None else ""
    for name in _NEEDED:
        if not held[name]:
            raise FormatError(manifest, "this row names no {name}", line=line, name=name)
    held["id"] = one_line(held["id"]) or one_line(str(PurePath(held["source"]).with_suffix("").as_posix()))
    return Pair(**held)


def _rows(manifest: Path) -> Iterable[tuple[int, Mapping[str, Any]]]:
    suffix = manifest.suffix.lower()
    if not manifest.is_file():
        raise ReadError(manifest, "no such file; check the name and the folder")
    if suffix == ".parquet":
        return _parquet_rows(manifest)
    if suffix in _LINES:
        return _json_rows(manifest)
    if suffix in _TABLES:
        return _table_rows(manifest)
    raise UnsupportedFile(manifest, "a manifest is a .tsv, .jsonl or .parquet file, or a folder")


def _lines(manifest: Path) -> Iterator[tuple[int, str]]:
    try:
        # lines end where people's editors end them, not at every separator Unicode has
        with manifest.open(encoding="utf-8-sig", newline="\n") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield number, line.rstrip("\r\n")
    except UnicodeDecodeError:
        raise ReadError(manifest, "the manifest is not in UTF-8: save it as UTF-8") from None
    except OSError as error:
        raise ReadError(manifest, "cannot be read: {why}", why=error.strerror or error) from None


def _table_rows(manifest: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    lines = _lines(manifest)
    first = next(lines, None)
    if first is None:
        raise FormatError(manifest, "the manifest is empty")
    names = [name.strip().lower() for name in first[1].split("\t")]
    for needed in _NEEDED:
        if needed not in names:
            reason = "the first line names the columns, and {name} is not among them"
            raise FormatError(manifest, reason, line=first[0], name=needed)
    for number, line in lines:
        cells = line.split("\t")
        if len(cells) > len(names):
            reason = "{count} cells in a table of {columns} columns"
            raise FormatError(manifest, reason, line=number, count=len(cells), columns=len(names))
        yield number, dict(zip(names, cells, strict=False))


def _json_rows(manifest: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for number, line in _lines(manifest):
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            row = None
        if not isinstance(row, dict):
            raise FormatError(manifest, "this line is no JSON object", line=number)
        yield number, row


def _parquet_rows(manifest: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    from bialign.formats.parquet import arrow

    pa = arrow()
    number = 0
    try:
        with pa.parquet.ParquetFile(manifest) as file:
            wanted = [name for name in file.schema_arrow.names if name in Pair._fields]
            for needed in _NEEDED:
                if needed not in wanted:
                    raise FormatError(manifest, "there is no column {name}", name=needed)
            for batch in file.iter_batches(4_096, columns=wanted):
                for number, row in enumerate(batch.to_pylist(), start=number + 1):  # noqa: B020
                    yield number, row
    except (pa.ArrowInvalid, OSError) as error:
        raise FormatError(manifest, "this is no Parquet file that can be read") from error
