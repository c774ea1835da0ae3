"""``bialign terms`` as users call it: rows, pages, conversions, errors."""

import html
import re

import pytest

from bialign.formats.html import terms as page
from bialign.termbase import Concept, Term, Termbase
from conftest import REPOSITORY

GLOSSARY = REPOSITORY / "corpus" / "glossary.yaml"
ARTICLE = REPOSITORY / "corpus" / "texts" / "cia-hitman-in-peru.es.txt"


def rows(run):
    header, *found = (line.split("\t") for line in run.out.splitlines())
    return [dict(zip(header, cells, strict=True)) for cells in found]


def test_a_text_is_looked_up(bialign):
    text = "The death squads of the SIN."
    run = bialign("terms", "lookup", text, "--glossary", GLOSSARY)
    assert run.status == 0
    first, second = rows(run)
    assert (first["found"], first["concept"], first["lang"]) == ("death squads", "death-squad", "en")
    assert text[int(first["start"]) : int(first["stop"])] == "death squads"
    assert (second["found"], second["equivalents"]) == ("SIN", "Servicio de Inteligencia Nacional; SIN")
    assert "2 terms, 2 concepts" in run.err


def test_a_word_alone_is_looked_up_in_all_languages(bialign):
    found = rows(bialign("terms", "lookup", "SIN", "--glossary", GLOSSARY))
    assert [(row["lang"], row["concept"]) for row in found] == [("en", "sin"), ("es", "sin")]


def test_a_slip_is_answered(bialign):
    run = bialign("terms", "lookup", "narcotraffico", "--glossary", GLOSSARY)
    assert run.status == 0
    assert "did you mean narcotráfico?" in run.err


def test_suggestions_are_no_hits(bialign):
    run = bialign(
        "terms", "lookup", "El autogolpe y el autoglope.", "--lang", "es", "--suggest", "--glossary", GLOSSARY
    )
    assert [row["found"] for row in rows(run)] == ["autogolpe"]
    assert "18: autoglope: did you mean autogolpe?" in run.err


def test_a_file_becomes_a_page(bialign, tmp_path):
    out = tmp_path / "terms.html"
    run = bialign("terms", "lookup", ARTICLE, "--glossary", GLOSSARY, "-o", out, "--ui-lang", "es")
    assert run.status == 0
    assert not run.out
    text = out.read_text(encoding="utf-8")
    assert "<script" not in text
    assert 'lang="es"' in text
    # each mark leads to an entry that is there, each entry back to a mark
    ids = re.findall(r'id="([gh]\d+)"', text)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([gh]\d+)"', text)) <= set(ids)
    # the words are those of the file
    body = re.sub(r"<[^>]+>", "", text[text.index("<main") : text.index("</main>")])
    assert html.unescape(body).split() == ARTICLE.read_text(encoding="utf-8").split()


def test_a_file_becomes_a_table(bialign, tmp_path):
    assert bialign("terms", "lookup", ARTICLE, "--glossary", GLOSSARY, "-o", tmp_path / "t.tsv").status == 0
    assert (tmp_path / "t.tsv").read_text(encoding="utf-8").startswith("start\tstop\tfound\t")


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["lookup", "none.txt", "--glossary", GLOSSARY], 1, "no such file"),
        (["lookup", "coup", "--glossary", "none.yaml"], 1, "cannot be read"),
        (["lookup", "coup", "--glossary", "none.doc"], 1, "no glossary format is known by the suffix '.doc'"),
        (["lookup", "coup", "--glossary", GLOSSARY, "-o", "x.pdf"], 2, "a page is .html, a table .tsv"),
        (["lookup", "coup", "--glossary", GLOSSARY, "-o", "no/x.html"], 2, "there is no folder no"),
        (["lookup", "coup"], 2, "--glossary is missing"),
        (["show", "sinn", "--glossary", GLOSSARY], 1, "did you mean sin?"),
        (["convert", GLOSSARY, GLOSSARY], 2, "would be overwritten"),
        (["convert", GLOSSARY, "x.doc"], 1, "no glossary format is known"),
        (["convert", GLOSSARY, "no/x.tbx"], 2, "there is no folder no"),
        (["validate", ARTICLE], 1, "no tabs here"),
        (["lokup"], 2, "did you mean lookup?"),
    ],
)
def test_errors_are_one_line(bialign, tmp_path, monkeypatch, arguments, status, said):
    monkeypatch.chdir(tmp_path)
    run = bialign("terms", *arguments)
    assert (run.status, run.out) == (status, "")
    assert said in run.err
    assert run.err.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_glossaries_are_converted_there_and_back(bialign, tmp_path):
    names = [tmp_path / name for name in ("a.tbx", "b.martif", "c.csv", "d.xlsx", "e.tsv", "f.yaml")]
    for before, after in zip([GLOSSARY, *names], names, strict=False):
        run = bialign("terms", "convert", before, after)
        assert run.status == 0
        assert "87 concepts, 283 terms (en, es) → " in run.out
        assert not run.err
    assert Termbase.load(names[-1]) == Termbase.load(GLOSSARY)


def test_what_a_format_does_not_hold_is_said(bialign, tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("languages: [en, es]\nconcepts: [{id: a, terms: {en: [{text: x}]}}]\n", encoding="utf-8")
    run = bialign("terms", "convert", path, tmp_path / "a.txt", "--ui-lang", "es")
    assert "no incluido: 1 conceptos sin término en ambas lenguas" in run.err


def test_a_format_is_named(bialign, tmp_path):
    run = bialign("terms", "convert", GLOSSARY, tmp_path / "a.tbx", "--to", "tbx2")
    assert run.status == 0
    assert "<martif" in (tmp_path / "a.tbx").read_text(encoding="utf-8")


def test_slips_are_found(bialign, tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text(
        """\
languages: [en]
concepts:
  - {id: a, related: [a], terms: {en: [{text: coup}, {text: coup}]}}
  - {id: b, terms: {en: [{text: Coup}]}}
  - {id: c, terms: {en: [{text: raid, status: superseded, since: 2001, until: 1999-12}]}}
""",
        encoding="utf-8",
    )
    run = bialign("terms", "validate", path)
    assert run.status == 0
    said = [line.split("a.yaml: ", 1)[1] for line in run.err.splitlines()]
    assert said == [
        "a: related to itself",
        "a: 'coup' (en) stands twice",
        "b: 'Coup' (en) names concept a too",
        "c: 'raid' came into use (2001) after it went out of use (1999-12)",
        "c: no preferred term (en)",
    ]
    assert "3 concepts, 4 terms (en)" in run.out


def test_concepts_are_listed_and_shown(bialign):
    run = bialign("terms", "list", "--glossary", GLOSSARY, "--subject", "drugs")
    assert "war-on-drugs\tdrugs\twar on drugs\tguerra contra las drogas; guerra antidrogas" in run.out.splitlines()
    run = bialign("terms", "show", "Escuadrones de la muerte", "--glossary", GLOSSARY)
    assert run.out.startswith("death-squad (military)\n")
    assert "see also: colina-group" in run.out


def test_the_page_marks_what_the_glossary_would_not_use():
    old = Term("<old>", "es", status="superseded", until="1991")
    concept = Concept("a", terms=(old, Term("nuevo", "es"), Term('a "b"', "en")))
    text = "Un <old> y nada.\n\nOtro párrafo."
    hits = Termbase(("es",), (concept,)).lookup(text, "es")
    written = "".join(page.chunks(text, hits, lang="es", title="<t>", ui_lang="es"))
    assert '<a class="term warn" id="h1" href="#g1" title="en desuso; preferido: nuevo">&lt;old&gt;</a>' in written
    assert "<title>&lt;t&gt;</title>" in written
    assert "<small>(en desuso, –1991)</small>" in written
    assert written.count("<p>") - written[written.index("</main>") :].count("<p>") == 2
    with pytest.raises(ValueError, match="the pages speak"):
        page.chunks("", (), lang="es", title="", ui_lang="fr")
