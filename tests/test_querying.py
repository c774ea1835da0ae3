"""Questions to shards in SQL: the views, what is refused, and what the pages about them show."""

import json
import re

import pytest

from bialign.errors import BialignError, ReadError
from conftest import REPOSITORY

pyarrow = pytest.importorskip("pyarrow")
pytest.importorskip("duckdb")

from bialign.querying import Query  # noqa: E402

ROWS = [
    ("a", "a:0:0", 0.97, "The river rose.", "El río creció."),
    ("a", "a:1:", 0.9, "Nobody came.", ""),
    ("b", "b:0:0", 0.3, "It's over, niño.", "Se acabó, niño mío."),
    ("b", "b:1:1", 0.8, "Yes.", "Sí."),
]


@pytest.fixture(params=["struct", "columns", "bare"])
def shards(request, tmp_path):
    """Write the rows as bialign's exports have them, as its batches do, and as others may."""
    import pyarrow.parquet as parquet

    folder = tmp_path / "it's here"
    folder.mkdir()
    for doc in ("a", "b"):
        rows = []
        for row in ROWS:
            texts = {"source": row[3], "target": row[4], "source_lang": "en", "target_lang": "es"}
            if request.param == "struct":
                texts = {"translation": {"en": row[3], "es": row[4]}, "status": "confirmed"}
            if request.param == "bare":
                texts = {"english": row[3], "spanish": row[4] or None}
            if row[0] == doc:
                rows.append({"doc": row[0], "id": row[1], "probability": row[2], **texts})
        if request.param == "bare":
            rows = [{name: row[name] for name in ("english", "spanish")} for row in rows]
        parquet.write_table(pyarrow.Table.from_pylist(rows), folder / f"{doc}.parquet")
    return folder


def answer(folder, sql):
    with Query(folder) as query:
        _, *rows = query.ask(sql)
        return [tuple(row.values()) for row in rows]


def test_the_views_hold_what_there_is(shards):
    found = answer(shards, "SELECT doc, source, target, source_lang, target_lang FROM pairs ORDER BY doc, source")
    assert found == sorted((row[0], row[3], row[4], "en", "es") for row in ROWS)
    documents = "SELECT doc, beads, pairs, omissions, additions, source_words, target_words FROM documents"
    assert answer(shards, documents) == [("a", 2, 1, 1, 0, 5, 3), ("b", 2, 2, 0, 0, 5, 5)]


def test_what_is_no_question_is_refused(shards, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    other = tmp_path / "secret.csv"
    other.write_text("a,b\n1,2\n", encoding="utf-8")
    for sql in (
        "COPY pairs TO 'out.csv'", "CREATE TABLE x AS SELECT 1", "ATTACH 'x.db'", "INSTALL httpfs", "SET threads = 1",
        "SELECT 1; SELECT 2", "", f"SELECT * FROM read_csv('{other}')", "SELECT * FROM 'https://example.org/a.parquet'",
        "SELECT", "SELECT nothing FROM pairs", "DROP VIEW pairs", "SELECT * FROM glob('*')",
    ):  # fmt: skip
        with pytest.raises(BialignError) as error:
            answer(shards, sql)
        assert "\n" not in str(error.value)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["it's here", "secret.csv"]


def test_there_must_be_shards(tmp_path, bialign):
    with pytest.raises(ReadError, match="no Parquet files"):
        Query(tmp_path)
    run = bialign("query", "FROM pairs", tmp_path)
    assert (run.status, run.out) == (1, "")


def test_the_command(shards, tmp_path, bialign):
    run = bialign("query", "SELECT count(*) AS n, max(probability) FROM pairs", shards)
    assert run.status == 0
    assert run.out.split("\n")[0] == "n\tmax(probability)"
    assert run.out.split("\n")[1].startswith("4\t")
    for suffix in ("tsv", "jsonl", "xlsx"):
        out = tmp_path / f"a.{suffix}"
        assert bialign("query", "SELECT source, DATE '2026-11-24' AS d FROM pairs", shards, "-o", out).status == 0
        assert out.stat().st_size
    lines = (tmp_path / "a.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
    assert sorted(json.loads(line)["source"] for line in lines) == sorted(row[3] for row in ROWS)
    assert json.loads(lines[0])["d"] == "2026-11-24"
    assert bialign("query", "FROM pairs", shards, "-o", tmp_path / "a.pdf").status == 2
    assert bialign("query", "SELECT 1 WHERE false", shards, "-o", tmp_path / "none.xlsx").status == 0
    run = bialign("query", "SELECT nope", shards, "--ui-lang", "es")
    assert run.status == 1 and "DuckDB no lo acepta" in run.err


def test_a_terminal_shows_a_table(shards, bialign, monkeypatch):
    monkeypatch.setattr("bialign.cli.query.on_terminal", lambda: True)
    run = bialign("query", "SELECT source, target FROM pairs, range(60)", shards)
    assert run.status == 0
    assert max(map(len, run.out.split("\n"))) <= 80
    assert "the first 100 rows" in run.err


@pytest.mark.parametrize("name", ["shards.md", "shards.es.md"])
def test_the_examples_of_the_page_are_answered(tmp_path, name):
    import pyarrow.parquet as parquet

    rows = [
        {"doc": row[0], "id": row[1], "type": "1-1", "status": "unreviewed", "probability": row[2], "comment": "",
         "translation": {"en": row[3], "es": row[4]}}
        for row in [*ROWS, ("b", "b:2:2", 0.8, "Yes.", "Ya.")]
    ]  # fmt: skip
    parquet.write_table(pyarrow.Table.from_pylist(rows), tmp_path / "00000.parquet")
    text = (REPOSITORY / "docs" / name).read_text(encoding="utf-8")
    examples = re.findall(r"^```sql\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert len(examples) >= 5
    for example in examples:
        assert answer(tmp_path, example), example


@pytest.mark.parametrize("name", ["shards.md", "shards.es.md"])
def test_the_python_of_the_page_runs(tmp_path, monkeypatch, capsys, name):
    import pyarrow.parquet as parquet

    rows = [{"doc": row[0], "id": row[1], "probability": row[2], "source": row[3], "target": row[4]} for row in ROWS]
    (tmp_path / "clean").mkdir()
    parquet.write_table(pyarrow.Table.from_pylist(rows), tmp_path / "clean" / "00000.parquet")
    monkeypatch.chdir(tmp_path)
    text = (REPOSITORY / "docs" / name).read_text(encoding="utf-8")
    pieces = re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert pieces
    for piece in pieces:
        exec(compile(piece, name, "exec"), {})
    assert "a " in capsys.readouterr().out
