"""What loads the tables of a report: a codebook, a script for R, and a notebook for pandas."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bialign.study.saying import Saying
from bialign.study.tables import Column, Kind, Table

if TYPE_CHECKING:
    from bialign.study.report import Report

_R: dict[Kind, str] = {
    "text": "character", "category": "factor", "count": "integer", "number": "numeric", "truth": "character",
}  # fmt: skip
_PANDAS: dict[Kind, str] = {
    "text": "string", "category": "category", "count": "Int64", "number": "float64", "truth": "boolean",
}  # fmt: skip


def codebook(made: Report) -> Table:
    """Give what every column of every table means, in the language of the report."""
    say = Saying(made.lang)
    rows = [
        (table.name, column.name, column.kind, say(column.meaning), say(column.unit), say(column.formula),
         say(column.source), say(column.caveat))
        for table in made.tables
        for column in table.columns
    ]  # fmt: skip
    columns = (
        Column("table", "category", "name of the table: that of its file"),
        Column("column", "category", "name of the column"),
        Column("kind", "category", "text, category, count (a whole number), number, truth (yes or no)"),
        Column("meaning", "text", "what it holds"),
        Column("unit", "text", "in which unit"),
        Column("formula", "text", "how it is worked out"),
        Column("source", "text", "who proposed it"),
        Column("caveat", "text", "what to beware of"),
    )
    return Table("columns", "Columns", columns, rows)


def for_r(made: Report) -> Iterator[str]:
    """Give the lines of an R script that reads every table, each column as what it is; base R is enough."""
    say = Saying(made.lang)
    told = say('Reads the tables of the report. Run it in the folder it lies in: source("tables.R")')
    yield f"# {told}\n"
    yield "read_table <- function(name, classes) {\n"
    yield '  read.delim(paste0(name, ".tsv"), quote = "", comment.char = "", na.strings = "", encoding = "UTF-8",\n'
    yield '             fileEncoding = "UTF-8", colClasses = classes, check.names = FALSE)\n}\n'
    for table in made.tables:
        # true and false are no words of R: they are read as text, and then turned
        classes = ", ".join(f'{column.name} = "{_R[column.kind]}"' for column in table.columns)
        yield f"\n# {say(table.title)}\n"
        yield f'{table.name} <- read_table("{table.name}", c({classes}))\n'
        for column in table.columns:
            if column.kind == "truth":
                yield f'{table.name}${column.name} <- {table.name}${column.name} == "true"\n'
    yield "\n"
    yield f'message("{say("Tables read:")} ", paste({_r_names(made)}, collapse = ", "))\n'


def _r_names(made: Report) -> str:
    return "c(" + ", ".join(f'"{table.name}"' for table in made.tables) + ")"


def notebook(made: Report) -> Iterator[str]:
    """Give a Jupyter notebook that reads every table with pandas and shows its first rows."""
    say = Saying(made.lang)
    title = f"# {made.title}\n\n{say('Corpus version')} `{made.version}`"
    cells = [_markdown(title), _code(_READ)]
    for table in made.tables:
        meanings = "\n".join(f"- `{column.name}`: {say(column.meaning)}" for column in table.columns)
        cells.append(_markdown(f"## {say(table.title)}\n\n{meanings}"))
        types = {column.name: _PANDAS[column.kind] for column in table.columns}
        cells.append(_code(f'{table.name} = read_table("{table.name}", {json.dumps(types)})\n{table.name}.head()'))
    held = {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    yield json.dumps(held, ensure_ascii=False, indent=1) + "\n"


_READ = """from pathlib import Path

import csv
import pandas as pd


def read_table(name, types):
    return pd.read_csv(
        Path(f"{name}.tsv"), sep="\\t", quoting=csv.QUOTE_NONE, dtype=types, keep_default_na=False, na_values=[""],
        true_values=["true"], false_values=["false"],
    )"""


def _markdown(text: str) -> dict[str, object]:
    return {"cell_type": "markdown", "id": _id(text), "metadata": {}, "source": text.splitlines(keepends=True)}


def _code(text: str) -> dict[str, object]:
    return {
        "cell_type": "code", "id": _id(text), "metadata": {}, "execution_count": None, "outputs": [],
        "source": text.splitlines(keepends=True),
    }  # fmt: skip


def _id(text: str) -> str:
    import zlib

    return format(zlib.crc32(text.encode("utf-8", "replace")), "08x")
