"""What all studies share: tables and their files, groups, plots, numbers as each language writes them."""

import ast
import csv
import json
import re
from pathlib import Path

import pytest
from lxml import etree

from bialign import study
from bialign.bitext import Bead, Bitext, Document, Segment, Span
from bialign.errors import FormatError, NotFound
from bialign.study import plots, sources, tables
from bialign.study.saying import Saying
from bialign.study.tables import Column, Table

COLUMNS = (
    Column("text", "category", "the text"),
    Column("sentences", "count", "how many sentences it has"),
    Column("ratio", "number", "letters of the target by letters of the source"),
    Column("moved", "truth", "whether any is moved"),
    Column("passage", "text", "how it goes"),
)
TABLE = Table(
    "letters",
    "Letters",
    COLUMNS,
    [("carta ñ", 3, 0.1 + 0.2, True, "dos\tcosas\ny tres"), ("b", 0, None, False, "=1+1"), ("c", 7, 1e-9, None, None)],
)


def test_a_table_of_tabs_keeps_every_digit_and_one_row_a_line(tmp_path):
    tables.write([(TABLE, tmp_path / "t.tsv")])
    with (tmp_path / "t.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert [row["ratio"] for row in rows] == ["0.30000000000000004", "", "1e-09"]
    assert rows[0] == {
        "text": "carta ñ", "sentences": "3", "ratio": "0.30000000000000004", "moved": "true",
        "passage": "dos cosas y tres",
    }  # fmt: skip


def test_a_table_goes_into_every_format_and_says_its_types(tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    from openpyxl import load_workbook

    paths = [tmp_path / f"t{suffix}" for suffix in tables.SUFFIXES]
    tables.write([(TABLE, path) for path in paths])
    found = parquet.read_table(tmp_path / "t.parquet")
    assert found.to_pylist() == list(TABLE.records())
    assert str(found.schema.field("sentences").type) == "int64"
    assert json.loads(found.schema.metadata[b"columns"])["moved"]["meaning"] == "whether any is moved"
    lines = (tmp_path / "t.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == list(TABLE.records())
    sheet = load_workbook(tmp_path / "t.xlsx").active
    assert [cell.value for cell in sheet[3]] == ["b", 0, None, False, "=1+1"]
    assert sheet["E3"].data_type == "s", "no text is a formula"


@pytest.mark.parametrize("suffix", tables.SUFFIXES)
def test_a_table_without_rows_still_has_its_header(tmp_path, suffix):
    path = tmp_path / f"none{suffix}"
    tables.write([(Table("none", "None", COLUMNS, []), path)])
    if suffix == ".tsv":
        assert path.read_text(encoding="utf-8") == "text\tsentences\tratio\tmoved\tpassage\n"
    assert path.exists()


def test_what_is_no_table_is_refused(tmp_path):
    with pytest.raises(ValueError, match="a row of 1 values where there are 5 columns"):
        Table("t", "T", COLUMNS, [("a",)])
    with pytest.raises(FormatError, match="cannot tell the format"):
        tables.write([(TABLE, tmp_path / "t.doc")])
    assert list(tmp_path.iterdir()) == []
    assert TABLE.column("sentences") == [3, 0, 7]
    with pytest.raises(KeyError):
        TABLE.column("none")


def bitext(name: str) -> Bitext:
    sides = [Document(f"{name}.{lang}", lang, name, text) for lang, text in (("en", "One."), ("es", "Uno."))]
    segments = [(Segment(0, 0, 4, side.text),) for side in sides]
    return Bitext(name, *sides, *segments, (Bead(Span(0, 1), Span(0, 1)),))


def test_groups_are_read_and_belong_to_texts_that_are_there(tmp_path):
    path = tmp_path / "grupos ñ.tsv"
    path.write_text("text\tgenre\ttranslator\nb\tletters\tPaz\n\na\tnews\t\n", encoding="utf-8")
    groups = sources.read_groups(path)
    found = list(sources.of_bitexts([bitext("a"), bitext("b"), bitext("c")], groups))
    assert [dict(text.groups) for text in found] == [
        {"genre": "news", "translator": ""}, {"genre": "letters", "translator": "Paz"}, {},
    ]  # fmt: skip
    assert found[0].bead_id(0) == 1
    with pytest.raises(NotFound, match="groups are given for b, which is no bitext here"):
        list(sources.of_bitexts([bitext("a")], groups))


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("", None, "a table with tabs is wanted"),
        ("one\n", None, "a table with tabs is wanted"),
        ("text\t\na\tb\n", 1, "every column needs a name"),
        ("text\tg\tg\n", 1, "every column needs a name"),
        ("text\tg\na\tb\tc\n", 2, "3 cells where the header has 2"),
        ("text\tg\na\tb\na\tc\n", 3, "a stands here twice"),
    ],
)
def test_groups_that_are_no_table_are_refused_with_their_line(tmp_path, text, line, why):
    path = tmp_path / "groups.tsv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FormatError, match=why) as error:
        sources.read_groups(path)
    assert error.value.line == line


def test_texts_of_a_corpus_come_with_the_ids_of_their_beads(tmp_path):
    from bialign.corpus import Corpus

    with Corpus.create(tmp_path / "c.bialign") as corpus:
        corpus.add_bitext(bitext("a"))
        corpus.add_bitext(bitext("b"))
        found = list(sources.of_corpus(corpus, groups={"b": {"genre": "news"}}))
        assert [(text.name, text.groups.get("genre")) for text in found] == [("a", None), ("b", "news")]
        assert [corpus.bead(text.bead_id(0)).bitext for text in found] == ["a", "b"]
        assert [text.name for text in sources.of_corpus(corpus, ["b"])] == ["b"]
        with pytest.raises(NotFound, match="no bitext is called"):
            sources.of_corpus(corpus, ["z"])


def plot(lang: str = "en", title: str = "A <plot>") -> str:
    pytest.importorskip("matplotlib")

    def draw(axes):
        axes.plot([0, 1.5], [0, 12000], color=plots.COLOURS[0], linestyle=plots.DASHES[1], marker=plots.MARKS[2])
        axes.bar([0, 1], [1, 2], hatch=plots.HATCHES[1])
        axes.set_xlabel("oraciones ñ & más")

    return plots.svg(draw, title=title, description="What it shows", lang=lang)


def test_a_plot_is_one_element_that_is_read_aloud_and_holds_its_words():
    element = etree.fromstring(plot())
    names = {child.tag.rpartition("}")[2]: child.text for child in element[:2]}
    assert names == {"title": "A <plot>", "desc": "What it shows"}
    assert element.get("role") == "img"
    assert element.get("width") is None, "a page decides how wide it is"
    text = "".join(element.itertext())
    assert "oraciones ñ & más" in text
    assert "12,000" in text


def test_a_plot_is_the_same_each_time_and_shares_no_id_with_another():
    assert plot() == plot()
    ids = [set(re.findall(r'\bid="([^"]+)"', text)) for text in (plot(), plot(title="Another"))]
    assert not ids[0] & ids[1]
    used = set(re.findall(r'url\(#([^)]+)\)|href="#([^"]+)"', plot()))
    assert {one or other for one, other in used} <= ids[0]


def test_a_plot_writes_numbers_as_its_language_does():
    assert "12\N{NO-BREAK SPACE}000" in "".join(etree.fromstring(plot("es")).itertext())


def test_numbers_as_each_language_writes_them():
    english, spanish = Saying("en"), Saying("es-PE")
    assert [english.number(n, 0) for n in (60.2, 100, 0.2, -0.2)] == ["60", "100", "0", "0"]
    assert [english.number(n) for n in (0, -0.5, 1234567.0, 0.12345)] == ["0", "-0.5", "1,234,567", "0.123"]
    assert [spanish.number(n) for n in (0, -0.5, 1234567.0, 1234, 0.12345)] == [
        "0", "-0,5", "1\N{NO-BREAK SPACE}234\N{NO-BREAK SPACE}567", "1234", "0,123",
    ]  # fmt: skip


def spoken(given: ast.expr, tree: ast.Module) -> list[ast.expr]:
    """Give what an argument can be: itself, either side of a condition, the values of a mapping of the module."""
    if isinstance(given, ast.IfExp):
        return [*spoken(given.body, tree), *spoken(given.orelse, tree)]
    if isinstance(given, ast.Subscript) and isinstance(given.value, ast.Name):
        return [
            value
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict)
            if any(isinstance(target, ast.Name) and target.id == given.value.id for target in node.targets)
            for value in node.value.values
        ]
    return [given]


def said() -> set[str]:
    """Find what the sources of studies say: texts given to `say`, titles and meanings of tables, notes."""
    found = set()
    for path in Path(study.__file__).parent.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            values = []
            if name in {"say", "_say"} and node.args:
                values = spoken(node.args[0], tree)
            elif name == "Column":
                values = node.args[2:] + [k.value for k in node.keywords if k.arg not in {"name", "kind"}]
            elif name == "Table":
                values = node.args[1:2]
                values += [item for arg in node.args[4:5] for item in getattr(arg, "elts", [])]
            found |= {v.value for v in values if isinstance(v, ast.Constant) and isinstance(v.value, str) and v.value}
    return found


def test_all_that_studies_say_exists_in_spanish():
    path = Path(study.__file__).parent / "locales" / "es.json"
    known = {english for section in json.loads(path.read_text(encoding="utf-8")).values() for english in section}
    assert sorted(said() - known) == []
