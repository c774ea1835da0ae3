"""Parquet: our own tables and others of pairs, with the columns that JSON Lines have as keys."""

from __future__ import annotations

import io
from typing import Any

from bialign.errors import FormatError
from bialign.formats.parquet import arrow
from bialign.readers.bilingual.jsonlines import content_of
from bialign.readers.bilingual.units import Content
from bialign.readers.source import Source


def content(source: Source, source_lang: str, target_lang: str) -> Content:
    """Read a table of pairs; raises FormatError where it is damaged or holds none, MissingExtra without pyarrow."""
    pa = arrow()
    try:
        rows: list[dict[str, Any]] = pa.parquet.read_table(io.BytesIO(source.data)).to_pylist()
    except (pa.ArrowException, OSError, ValueError) as error:
        problem = str(error).partition("\n")[0]
        raise FormatError(source.file, "damaged or cut off, no Parquet: {problem}", problem=problem) from None
    return content_of(list(enumerate(rows, 1)), source, source_lang, target_lang)
