"""The report on a corpus: what it says, texts of every kind, its page on screen and on paper, its tables elsewhere."""

import csv
import json
import os
import re
import shutil
import subprocess

import pytest
from lxml import html

from bialign.corpus import Corpus
from bialign.errors import FormatError, NotFound
from bialign.store import Pair
from bialign.study import report as reports
from bialign.study.report.blocks import Shown, typed
from bialign.study.saying import Saying
from bialign.termbase import Concept, Term, Termbase
from conftest import REPOSITORY
from test_web_journey import LOOK, axe  # noqa: F401
from test_web_pages import browser  # noqa: F401

HOSTILE = "<script>alert(1)</script> \"q\" 'a' &amp;\ttab\nline $title ${css} {0} {text} %s \x1b[2J"
PLAIN = (
    ("The ship came in.", "Llegó el barco."),
    ("It rained and we stayed, however.", "Sin embargo, llovía. Nos quedamos."),
    ("He was seen by the guard of 1992.", "Lo vio el guardia de 1992."),
)


def pairs(rows=PLAIN, probability=0.95):
    return [Pair((source,) if source else (), (target,) if target else (), probability) for source, target in rows]


def corpus_of(path, rows, *, title="Corpus", name="text", langs=("en", "es"), probability=0.95):
    with Corpus.create(path, title=title) as made:
        made.add_pairs(name, pairs(rows, probability=probability), langs=langs)
    return path


def made(path, **options):
    with Corpus(path) as opened:
        return reports.report(opened, **options)


def written(path, folder, lang="en", **options):
    """Write the report on a corpus; give the path of the page."""
    folder.mkdir(exist_ok=True)
    page = folder / "report.html"
    reports.write(made(path, lang=lang, **options), page)
    return page


def tree(page):
    return html.fromstring(page.read_text(encoding="utf-8").encode(), parser=html.HTMLParser(encoding="utf-8"))


def words(page):
    return " ".join(tree(page).xpath("//body")[0].text_content().split())


def rows(page, table):
    path = reports.tables_folder(page) / f"{table}.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture(scope="module")
def article(tmp_path_factory):
    """Make a corpus of the article, with its glossary, one bead confirmed."""
    folder = tmp_path_factory.mktemp("un corpus, año 1")
    path = folder / "El Perú.bialign"
    texts = REPOSITORY / "corpus" / "texts"
    with Corpus.create(path, title="El sicario de la CIA") as corpus:
        corpus.add(*(texts / f"cia-hitman-in-peru.{lang}.txt" for lang in ("en", "es")))
        corpus.set_glossary(Termbase.load(REPOSITORY / "corpus" / "glossary.yaml"))
        corpus.confirm([7])
    return path


@pytest.fixture(scope="module")
def pages(article):
    """Write the report on the article in both languages."""
    return {lang: written(article, article.parent / lang, lang) for lang in ("en", "es")}


def test_the_report_tells_what_the_tables_hold(pages):
    page = pages["en"]
    counted = {row["type"]: row for row in rows(page, "counts") if row["grouping"] == "all"}
    [alignment] = rows(page, "alignment")
    beads = rows(page, "beads")
    assert len(beads) == int(alignment["beads"])
    joined = [bead for bead in beads if bead["type"] in {"2-1", "3-1"}]
    assert int(counted["joined"]["decisions"]) == len(joined) == 12
    assert float(counted["joined"]["low"]) < float(counted["joined"]["share"]) < float(counted["joined"]["high"])
    [line] = [row for row in tree(page).xpath("//section[@id='decisions']//tr") if row[0].text_content() == "joined"]
    assert line[1].text_content() == "12"
    said = words(page)
    assert f"There are {len(beads)} beads" in said
    assert "People have reviewed 1 of them." in said
    segments = [row["segments"] for row in rows(page, "texts")]
    # one count of words on one page
    measured = {row["side"]: row["value"] for row in rows(page, "indicators") if row["indicator"] == "words"}
    assert [float(measured[row["side"]]) for row in rows(page, "texts")] == [
        float(row["words"]) for row in rows(page, "texts")
    ]
    assert f"{segments[0]} segments of source text" in said
    # by hand: beads with a term are counted once, however many terms they hold
    [with_terms] = re.findall(r"concepts of the glossary stand in the source texts, in (\d+) beads", said)
    assert max(int(row["beads"]) for row in rows(page, "concepts")) <= int(with_terms) <= len(beads)


def test_numbers_of_one_column_have_the_same_digits(pages):
    [table] = tree(pages["es"]).xpath("//section[@id='decisions']//figure[1]/table")
    column = [cell.text_content() for cell in table.xpath(".//tr/td[3]")]
    assert "84,3" in column
    assert all(re.fullmatch(r"\d+(,\d)?", cell) for cell in column), column


def test_the_spanish_report_is_in_spanish(pages, article, monkeypatch):
    missed = set()
    say = Saying.__call__

    def noted(self, text, /, **fields):
        if self.lang == "es" and text and text not in self._known:
            missed.add(text)
        return say(self, text, **fields)

    monkeypatch.setattr(Saying, "__call__", noted)
    groups = {"cia-hitman-in-peru": {"genre": "press"}}
    written(article, article.parent / "again", "es", groups=groups)
    # what is left are names, and references to publications
    assert [text for text in missed if not re.search(r"\d{4}", text) and not re.fullmatch(r"[a-z_, 0-9]+", text)] == []
    said = words(pages["es"])
    for english in ("Alignment", "Indicator", "kept", "explicitation", "implicitation", "Sentence", "per 1,000"):
        assert english not in said.replace("The CIA Hitman", ""), english
    assert tree(pages["es"]).get("lang") == "es"


def test_tables_can_be_joined_in_both_languages(pages):
    names = {}
    for lang, page in pages.items():
        defined = {row["indicator"] for row in rows(page, "definitions")}
        assert {row["indicator"] for row in rows(page, "indicators")} <= defined
        assert {row["bead"] for row in rows(page, "decisions")} <= {row["bead"] for row in rows(page, "beads")}
        names[lang] = defined
        # and the codebook knows every column
        book = {(row["table"], row["column"]) for row in rows(page, "columns")}
        for path in reports.tables_folder(page).glob("*.tsv"):
            if path.stem != "columns":
                header = path.read_text(encoding="utf-8").split("\n", 1)[0].split("\t")
                assert {(path.stem, name) for name in header} <= book
    assert names["en"] == names["es"]


def test_the_same_corpus_gives_the_same_bytes(pages, article):
    again = written(article, article.parent / "once more", "en")
    for path in (again, *reports.tables_folder(again).iterdir()):
        assert path.read_bytes() == (pages["en"].parent / path.relative_to(again.parent)).read_bytes(), path.name


def test_commands_on_the_page_can_be_typed_as_they_stand(pages, bialign, monkeypatch, tmp_path, article):
    import shown

    shutil.copy(article, tmp_path)
    monkeypatch.chdir(tmp_path)
    told = [block.text_content() for block in tree(pages["en"]).xpath("//pre")]
    assert len(told) >= 4
    for line in told:
        assert bialign(*shown.arguments(line)).status == 0, line


def test_commands_name_the_texts_of_the_report(tmp_path):
    with Corpus.create(tmp_path / "c.bialign") as corpus:
        for name in ("a", "b c"):
            corpus.add_pairs(name, pairs())
        found = reports.report(corpus, names=["b c"])
    commands = [block.text for section in found.sections for block in section.blocks if hasattr(block, "text")]
    assert 'bialign study decisions c.bialign --text "b c" -o decisions.tsv --counts counts.tsv' in commands
    assert typed("a b", ["c"]) == '"a b" --text c'


@pytest.mark.parametrize(
    ("rows_", "langs"),
    [
        (PLAIN[:1], ("en", "es")),
        ([(source, "") for source, _ in PLAIN], ("en", "es")),
        ([("", target) for _, target in PLAIN], ("en", "es")),
        ([(target, source) for source, target in PLAIN * 4], ("es", "en")),
        ([("1 2 3", "—"), ("...", "…")], ("en", "es")),
        ([("x" * 3_000 + " end", "Llegó el barco " * 400)] * 4, ("en", "es")),
    ],
    ids=["one bead", "empty target", "empty source", "Spanish to English", "no words", "long"],
)
def test_texts_of_every_kind_are_reported(tmp_path, rows_, langs):
    path = corpus_of(tmp_path / "c.bialign", rows_, langs=langs, title="T " * 200, name="n" * 200, probability=0.5)
    page = written(path, tmp_path / "out", "es")
    ids = tree(page).xpath("//section/@id")
    # neither a glossary nor an audit nor annotations: no section on them
    assert ids == ["texts", "alignment", "decisions", "indicators", "definitions"]
    assert len(rows(page, "beads")) == len(rows_)
    assert "nan" not in words(page).lower().split()
    # one row a text and side, told as what they are
    assert [row["lang"] for row in rows(page, "texts")] == list(langs)


def test_terms_are_called_by_the_language_of_the_source(tmp_path):
    path = corpus_of(tmp_path / "c.bialign", [("Llegó el barco.", "The ship came in.")], langs=("es", "en"))
    terms = Termbase(("en", "es"), (Concept("ship", "sea", {}, (Term("ship", "en"), Term("barco", "es"))),))
    with Corpus(path) as corpus:
        corpus.set_glossary(terms)
    [row] = rows(written(path, tmp_path / "out"), "concepts")
    assert (row["term"], row["rendered"]) == ("barco", "1.0")


def test_hostile_texts_stay_texts(tmp_path):
    texts = [(HOSTILE + "The ship.", HOSTILE), ("</svg></style><img src=x onerror=alert(1)>", "</title> $css")]
    path = corpus_of(tmp_path / "c.bialign", texts, title=HOSTILE, name="<b>'\"&", probability=0.3)
    page = written(path, tmp_path / "out")
    made_of = tree(page)
    assert not made_of.xpath("//script | //img | //b[not(ancestor::p)]")
    assert len(made_of.xpath("//style")) == 1 + len(made_of.xpath("//*[name()='svg']//*[name()='style']"))
    assert made_of.xpath("//h1")[0].text_content().startswith("<script>alert(1)</script> \"q\" 'a' &amp;")
    assert "\x1b" not in page.read_text(encoding="utf-8")
    # a row stays a row: tabs and line ends in names and texts have become spaces
    for table in ("texts", "beads", "decisions", "candidates"):
        lines = (reports.tables_folder(page) / f"{table}.tsv").read_text(encoding="utf-8").splitlines()
        assert {line.count("\t") for line in lines} == {lines[0].count("\t")}, table
    assert {row["text"] for row in rows(page, "beads")} == {"<b>'\"&"}


def test_groups_are_compared_and_what_is_left_is_told(tmp_path, gold):
    folder = gold / "align" / "ntrex-en-es"
    texts = [sorted(folder.glob(f"{outlet}.*.src"))[:4] for outlet in ("abcnews", "bbc")]
    groups = {}
    with Corpus.create(tmp_path / "n.bialign", title="NTREX") as corpus:
        for path in [path for group in texts for path in group]:
            sides = [path.with_suffix(suffix).read_text(encoding="utf-8").splitlines() for suffix in (".src", ".tgt")]
            beads = []
            for line in path.with_suffix(".gold").read_text(encoding="utf-8").splitlines():
                places = [json.loads(part) for part in line.split(":")[:2]]
                beads.append(Pair(*(tuple(side[n] for n in at) for side, at in zip(sides, places, strict=True)), 0.97))
            corpus.add_pairs(path.stem, beads)
            groups[path.stem] = {"outlet": path.stem.split(".")[0]}
    page = written(tmp_path / "n.bialign", tmp_path / "out", groups=groups)
    compared = rows(page, "comparisons")
    left = [row for row in compared if float(row["p_corrected"]) < 0.05]
    said = words(page)
    assert "Groups are compared text by text" in said
    told = f"{len(left)} of" if left else "No difference of"
    assert re.search(rf"{told} {len(compared)}( differences)? (is|are) left after the correction", said)
    assert {row["side"] for row in compared} == {"source", "target", "pair"}
    assert len(tree(page).xpath("//section[@id='decisions']//*[name()='svg']")) == 3


def test_what_cannot_be_reported_is_said_and_nothing_written(tmp_path, bialign):
    path = corpus_of(tmp_path / "c.bialign", PLAIN)
    with Corpus.create(tmp_path / "none.bialign") as corpus, pytest.raises(FormatError, match="no text in this corpus"):
        reports.report(corpus)
    with Corpus(path) as corpus, pytest.raises(NotFound, match="other"):
        reports.report(corpus, names=["other"])
    for arguments in (["-o", "r.pdf"], ["-o", "r.html", "--text", "other"], ["-o", "r.html", "--groups", "none.tsv"]):
        run = bialign("report", path, *(tmp_path / one if one.endswith(("pdf", "html")) else one for one in arguments))
        assert run.status != 0
        assert len(run.err.splitlines()) == 1
    assert sorted(one.name for one in tmp_path.iterdir()) == ["c.bialign", "none.bialign"]
    run = bialign("report", path, "-o", tmp_path / "r.html", "--lang", "es")
    assert run.status == 0
    assert "Informe sobre un corpus" in words(tmp_path / "r.html")


def test_long_names_may_be_broken_and_words_may_not():
    from bialign.study.report.page import _PIECES

    for text in ("a b  c ", "n" * 90 + " x", "palabra " * 5 + "y" * 50, " lead", "", "x" * 40, "x" * 41, "a\u2028b"):
        assert "".join(_PIECES.findall(text)) == text
    assert _PIECES.findall("cia-hitman-in-peru segmentación") == ["cia-hitman-in-peru segmentación"]
    assert len(_PIECES.findall("n" * 90)) == 3


@pytest.mark.skipif(not shutil.which("Rscript"), reason="R is not installed")
def test_r_reads_the_tables(pages):
    folder = reports.tables_folder(pages["es"])
    asked = (
        'source("tables.R", encoding = "UTF-8"); cat(nrow(beads), sum(beads$probability), '
        "is.logical(decisions$confirmed), sum(decisions$confirmed), nlevels(factor(decisions$type)), "
        'nrow(merge(indicators, definitions, by = "indicator")), nrow(indicators), sep = "\\n")'
    )
    done = subprocess.run(
        ["Rscript", "--vanilla", "-e", asked],
        cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False, timeout=120,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "warning" not in done.stderr.lower(), done.stderr
    beads, decisions = rows(pages["es"], "beads"), rows(pages["es"], "decisions")
    count, total, logical, confirmed, types, joined, indicators = done.stdout.split()
    assert int(count) == len(beads)
    assert float(total) == pytest.approx(sum(float(row["probability"]) for row in beads), rel=1e-5)
    assert logical == "TRUE"
    assert int(confirmed) == sum(row["confirmed"] == "true" for row in decisions) >= 1
    assert int(types) == len({row["type"] for row in decisions})
    assert joined == indicators


@pytest.mark.parametrize("lang", ["en", "es"])
def test_pandas_reads_the_tables_by_the_notebook(pages, monkeypatch, lang):
    pytest.importorskip("pandas")
    folder = reports.tables_folder(pages[lang])
    monkeypatch.chdir(folder)
    notebook = json.loads((folder / "tables.ipynb").read_text(encoding="utf-8"))
    held = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), held)
    assert len({cell["id"] for cell in notebook["cells"]}) == len(notebook["cells"])
    for path in folder.glob("*.tsv"):
        if path.stem != "columns":
            assert len(held[path.stem]) == len(rows(pages[lang], path.stem)), path.stem
    assert str(held["decisions"]["confirmed"].dtype) == "boolean"
    assert held["beads"]["probability"].sum() == pytest.approx(
        sum(float(row["probability"]) for row in rows(pages[lang], "beads"))
    )


def test_the_page_in_a_browser_and_in_print(browser, axe, pages, tmp_path):  # noqa: F811
    asked, complaints = [], []
    for lang, theme in (("en", "light"), ("es", "dark")):
        context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme=theme)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(pages[lang].as_uri())
        assert asked == [pages[lang].as_uri()], "a report asks nothing of any network"
        assert page.locator("section").count() == page.locator("nav a").count() >= 6
        page.locator("nav a").last.click()
        page.locator("#definitions h2").wait_for()
        page.evaluate(axe)
        assert (lang, page.evaluate(LOOK, True)) == (lang, [])
        page.set_viewport_size({"width": 390, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        # letters of plots stay legible: a plot is scrolled rather than shrunk
        assert page.evaluate("document.querySelector('.plot svg').getBoundingClientRect().width") > 500
        if lang == "es":
            # now that tables and plots are scrolled, by keys too
            assert page.evaluate(LOOK, True) == []
            page.pdf(path=str(tmp_path / "r.pdf"), prefer_css_page_size=True)
            page.emulate_media(media="print", color_scheme="light")
            page.set_viewport_size({"width": 680, "height": 900})
            # on paper nothing can be scrolled: what is wider than A4 between its margins is cut off
            wide = page.evaluate(
                "[...document.querySelectorAll('table, svg')].map((one) => one.getBoundingClientRect().right)"
            )
            assert max(wide) <= 680
        asked.clear()
        context.close()
    assert complaints == []
    import pypdfium2

    with pypdfium2.PdfDocument(tmp_path / "r.pdf") as document:
        printed = " ".join(document[number].get_textpage().get_text_range() for number in range(len(document)))
    for heading in ("Fuentes y métodos", "Las decisiones del traductor", "Términos"):
        assert heading in printed


def test_long_words_do_not_widen_the_page(browser, tmp_path):  # noqa: F811
    texts = [("x" * 3_000 + " end", "Llegó el barco " * 400)] * 3
    corpus = corpus_of(tmp_path / "c.bialign", texts, title="t" * 300, name="n" * 300, probability=0.5)
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(written(corpus, tmp_path / "out").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate("Math.max(...[...document.querySelectorAll('.example')].map((e) => e.offsetHeight))") < 4_000
    context.close()


def test_a_table_shows_the_rows_it_has_room_for(article):
    from bialign.study.report import page

    found = made(article)
    shown = [block for section in found.sections for block in section.blocks if isinstance(block, Shown)]
    [cut] = [block for block in shown if len(block.table.rows) > block.limit]
    assert cut.table.name == "concepts"
    assert f"{len(cut.table.rows) - cut.limit} more rows: concepts.tsv" in "".join(page.chunks(found, "folder"))
