"""Questions in SQL to Parquet files of beads where they stand, by DuckDB; nothing is changed and nothing fetched.

Two views stand ready, whichever columns the files have:

pairs      doc, id, type, status, probability, source, target, source_lang, target_lang, comment, file
documents  doc, beads, pairs, omissions, additions, probability (mean), doubtful, source_words, target_words
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bialign.errors import BialignError, MissingExtra, ReadError

_DOUBTFUL = 0.5
_AT_ONCE = 2_000


class Query:
    """Open a Parquet file, or a folder of them, for questions; use it in a ``with`` block, or close it.

    Raises ReadError where there are no such files, BialignError where they hold no texts, MissingExtra without DuckDB.
    """

    def __init__(self, path: Path | str) -> None:
        path = Path(path)
        self._duckdb = duckdb()
        self._path = path
        # the files' own columns tell which is which, as for any other reader
        from bialign.readers.bilingual.shards import columns_of, shards_of

        files = shards_of(path)
        if not files:
            raise ReadError(path, "there are no Parquet files here")
        keys, langs, names = columns_of(path)
        self._connection = self._duckdb.connect(":memory:")
        self._prepare(files)
        self._connection.execute(_pairs(files, keys, langs, names))
        self._connection.execute(_DOCUMENTS)

    def __enter__(self) -> Query:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Forget the files."""
        self._connection.close()

    def ask(self, sql: str) -> Iterator[dict[str, Any]]:
        """Give the rows of an answer, by the names of its columns, some thousands in memory at once.

        Raises BialignError, in one line, for what is no SQL, or no question: nothing can be changed.
        """
        try:
            statements = self._duckdb.extract_statements(sql)
            if len(statements) != 1 or "SELECT" not in str(statements[0].type).upper():
                raise BialignError("one question is wanted, which begins with SELECT, FROM or WITH")
            answer = self._connection.execute(statements[0])
            names = _distinct([column[0] for column in answer.description])
            yield dict.fromkeys(names)
            while rows := answer.fetchmany(_AT_ONCE):
                for row in rows:
                    yield dict(zip(names, row, strict=True))
        except self._duckdb.Error as error:
            problem = " ".join(str(error).partition("\n\n")[0].split())
            raise BialignError("DuckDB refuses this: {problem}", problem=problem) from None

    def _prepare(self, files: Sequence[Path]) -> None:
        """Let DuckDB read these files and nothing else, write none, and fetch nothing from a network."""
        run = self._connection.execute
        run("SET autoinstall_known_extensions = false")
        run("SET autoload_known_extensions = false")
        run(f"SET allowed_paths = {_list(files)}")
        run("SET enable_external_access = false")
        run("SET lock_configuration = true")


def duckdb() -> Any:
    """Give DuckDB; raises MissingExtra where it is not installed."""
    try:
        import duckdb
    except ImportError:
        raise MissingExtra("SQL", "query") from None
    return duckdb


def _list(files: Sequence[Path]) -> str:
    return "[" + ", ".join(_text(str(file)) for file in files) + "]"


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _pairs(files: Sequence[Path], keys: tuple[str, str], langs: tuple[str, str], names: Sequence[str]) -> str:
    """Write the view of the beads for the columns that there are."""
    known = set(names)

    def column(name: str, otherwise: str = "''") -> str:
        return f"{_name(name) if name in known else otherwise} AS {name}"

    inner = "translation." if "translation" in known else ""
    sides = [
        f"coalesce({inner}{_name(key)}, '') AS {side}" for key, side in zip(keys, ("source", "target"), strict=True)
    ]
    coded = [column(f"{side}_lang", _text(lang)) for side, lang in zip(("source", "target"), langs, strict=True)]
    chosen = [
        column("doc", "parse_filename(filename, true)"), column("id"), column("type", "'1-1'"),
        column("status", "'unreviewed'"), column("probability", "1.0::FLOAT"), *sides, *coded, column("comment"),
        "parse_filename(filename) AS file",
    ]  # fmt: skip
    return f"CREATE VIEW pairs AS SELECT {', '.join(chosen)} FROM read_parquet({_list(files)}, filename = true)"


_DOCUMENTS = rf"""
CREATE VIEW documents AS SELECT
    doc,
    count(*) AS beads,
    count(*) FILTER (source <> '' AND target <> '') AS pairs,
    count(*) FILTER (target = '') AS omissions,
    count(*) FILTER (source = '') AS additions,
    avg(probability) AS probability,
    count(*) FILTER (probability < {_DOUBTFUL}) AS doubtful,
    sum(len(regexp_extract_all(source, '[\p{{L}}\p{{N}}]+')))::BIGINT AS source_words,
    sum(len(regexp_extract_all(target, '[\p{{L}}\p{{N}}]+')))::BIGINT AS target_words
FROM pairs GROUP BY doc ORDER BY min(file), doc
"""


def _distinct(names: Sequence[str]) -> list[str]:
    """Tell columns of one name apart by numbers.

    >>> _distinct(["a", "b", "a"])
    ['a', 'b', 'a_2']
    """
    found: list[str] = []
    for name in names:
        number = 2
        free = name
        while free in found:
            free = f"{name}_{number}"
            number += 1
        found.append(free)
    return found
