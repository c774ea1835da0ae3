"""``bialign query``: questions in SQL to Parquet files of beads."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from bialign.cli.command import Argument, Command, shared_options
from bialign.cli.console import Console, on_terminal, printable

_SHOWN = 100
"""Rows that a terminal shows."""
_SUFFIXES = (".tsv", ".jsonl", ".xlsx")


@click.command("query", cls=Command, example='bialign query "SELECT * FROM documents ORDER BY probability" shards')
@click.argument(
    "sql",
    cls=Argument,
    metavar="SQL",
    note="A question to the views pairs (doc, id, type, status, probability, source, target ...) and documents (doc, "
    "beads, pairs, omissions, additions, probability, doubtful ...).",
)
@click.argument("path", cls=Argument, metavar="SHARDS", note="A Parquet file, or a folder of them.")
@click.option("-o", "--output", metavar="OUT", help="File for the answer, .tsv, .jsonl or .xlsx; else it is printed.")
@shared_options
@click.pass_obj
def query(console: Console, /, *, sql: str, path: str, output: str | None) -> None:
    """Ask Parquet files of beads in SQL, where they stand: results of any size, without a corpus.

    Files are only read. It needs DuckDB: pip install "bialign[query]".
    """
    from bialign.querying import Query

    say = console.say
    if output and Path(output).suffix.lower() not in _SUFFIXES:
        raise click.UsageError(say("the answer is written as one of {known}", known=", ".join(_SUFFIXES)))
    with Query(path) as asked:
        rows = asked.ask(sql)
        names = list(next(rows))
        if output:
            _write(Path(output), names, rows)
            console.note(f"→ {output}")
        elif on_terminal():
            _print(console, names, rows)
        else:
            console.write("".join(_lines(names, rows)))


def _lines(names: list[str], rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    from bialign.formats.characters import one_line

    yield "\t".join(map(one_line, names)) + "\n"
    for row in rows:
        yield "\t".join(one_line(_shown(value)) for value in row.values()) + "\n"


def _shown(value: object) -> str:
    return "" if value is None else f"{value:.6g}" if isinstance(value, float) else str(value)


def _write(path: Path, names: list[str], rows: Iterator[dict[str, Any]]) -> None:
    from bialign.formats.files import write_whole
    from bialign.formats.records import json_lines, workbook

    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        write_whole([(path, workbook(list(rows) or [dict.fromkeys(names, "")], _shown))])
    elif suffix == ".jsonl":
        write_whole([(path, json_lines(map(_plain, rows)))])
    else:
        write_whole([(path, _lines(names, rows))])


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """Give what JSON can hold: dates, decimals and the like become text."""
    return {name: value if isinstance(value, str | int | float | None) else str(value) for name, value in row.items()}


def _print(console: Console, names: list[str], rows: Iterator[dict[str, Any]]) -> None:
    from rich import box
    from rich.console import Console as Terminal
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    shown = list(itertools.islice(rows, _SHOWN))
    for name in names:
        is_number = bool(shown) and isinstance(shown[0][name], int | float)
        table.add_column(Text(printable(name)), justify="right" if is_number else "left", overflow="fold")
    for row in shown:
        table.add_row(*(Text(printable(_shown(value))) for value in row.values()))
    Terminal().print(table)
    if next(rows, None) is not None:
        console.note(console.say("the first {count} rows; -o writes all to a file", count=_SHOWN))
