"""``bialign terms check``, ``renderings``, ``import`` and ``export`` as users call them."""

import json

import pytest

from bialign import Corpus
from bialign.corpus import Pair
from conftest import REPOSITORY

ARTICLE = REPOSITORY / "corpus"
PAIRS = [
    ("The death squads came back in 1998.", "Los grupos paramilitares volvieron en 1988."),
    ("A prosecutor spoke.", "Un fiscal habló."),
    ("The death squads.", "Los escuadrones de la muerte."),
    ("The prosecutor left.", "El abogado se fue."),
]


@pytest.fixture
def files(tmp_path):
    (tmp_path / "glossary.tsv").write_text("en\tes\ndeath squad\tescuadrón de la muerte\nprosecutor\tfiscal\n", "utf-8")
    (tmp_path / "letter.tsv").write_text("en\tes\n" + "".join(f"{a}\t{b}\n" for a, b in PAIRS), "utf-8")
    with Corpus.create(tmp_path / "test.bialign", who="eva") as made:
        made.add_pairs("letter", [Pair([source], [target]) for source, target in PAIRS])
    return tmp_path


def rows(run):
    header, *found = (line.split("\t") for line in run.out.splitlines())
    return [dict(zip(header, cells, strict=True)) for cells in found]


def test_a_glossary_is_brought_in_and_written(bialign, files):
    run = bialign("terms", "check", files / "test.bialign")
    assert run.status == 1
    assert "the corpus has no glossary: bialign terms import brings one in" in run.err
    run = bialign("terms", "export", files / "test.bialign", files / "out.yaml")
    assert run.status == 1
    assert not (files / "out.yaml").exists()
    run = bialign("terms", "import", files / "glossary.tsv", files / "test.bialign")
    assert run.status == 0
    assert "2 concepts, 4 terms (en, es)" in run.out
    run = bialign("terms", "export", files / "test.bialign", files / "out.yaml")
    assert run.status == 0
    assert "escuadrón de la muerte" in (files / "out.yaml").read_text("utf-8")
    assert "glossary brought in (2 concepts)" in bialign("history", files / "test.bialign").out


def test_a_glossary_is_added_to(bialign, files):
    corpus = files / "test.bialign"
    bialign("terms", "import", files / "glossary.tsv", corpus)
    (files / "more.tsv").write_text("en\tes\nraid\tredada\nprosecutor\tprocurador\n", "utf-8")
    run = bialign("terms", "import", files / "more.tsv", corpus, "--add")
    assert run.status == 0
    assert "3 concepts" in run.out
    with Corpus(corpus) as opened:
        base = opened.glossary()
    assert [term.text for term in base.concept("prosecutor").terms_in("es")] == ["fiscal"]
    bialign("undo", corpus)
    with Corpus(corpus) as opened:
        assert len(opened.glossary().concepts) == 2


def test_a_bad_glossary_leaves_the_corpus_as_it_is(bialign, files):
    bialign("terms", "import", files / "glossary.tsv", files / "test.bialign")
    (files / "bad.yaml").write_text("version: 1\nconcepts: [", "utf-8")
    assert bialign("terms", "import", files / "bad.yaml", files / "test.bialign").status == 1
    with Corpus(files / "test.bialign") as opened:
        assert len(opened.glossary().concepts) == 2


def test_a_corpus_is_checked(bialign, files):
    bialign("terms", "import", files / "glossary.tsv", files / "test.bialign")
    run = bialign("terms", "check", files / "test.bialign")
    assert run.status == 1
    assert [(row["severity"], row["rule"], row["document"], row["bead"]) for row in rows(run)] == [
        ("warning", "rendering", "letter", "1"),
        ("error", "number", "letter", "1"),
    ]
    first = rows(run)[0]
    start, stop = map(int, first["source_places"].split("-"))
    assert first["source"][start:stop] == "death squads"
    assert first["reason"].startswith("“grupos paramilitares” stands for “death squads”")
    assert "1 error, 1 warning, 1 hint, let pass: 0 (--least hint)" in run.err


def test_the_same_in_a_file_with_both_languages(bialign, files):
    run = bialign("terms", "check", files / "letter.tsv", "--glossary", files / "glossary.tsv")
    assert run.status == 1
    assert [row["rule"] for row in rows(run)] == ["rendering", "number"]
    assert bialign("terms", "check", files / "letter.tsv").status == 2


def test_two_texts_are_aligned_and_checked(bialign):
    texts = [ARTICLE / "texts" / f"cia-hitman-in-peru.{lang}.txt" for lang in ("en", "es")]
    run = bialign("terms", "check", *texts, "--glossary", ARTICLE / "glossary.yaml", "--least", "hint")
    assert run.status == 0
    assert rows(run) == []
    assert "0 errors, 0 warnings, 0 hints" in run.err


def test_findings_are_chosen(bialign, files):
    call = ("terms", "check", files / "letter.tsv", "--glossary", files / "glossary.tsv")
    assert [row["rule"] for row in rows(bialign(*call, "--rule", "number"))] == ["number"]
    assert [row["rule"] for row in rows(bialign(*call, "--least", "error"))] == ["number"]
    assert len(rows(bialign(*call, "--least", "hint"))) == 3
    assert bialign(*call, "--fail-on", "never").status == 0
    assert bialign(*call, "--rule", "rendering", "--fail-on", "error").status == 0
    assert bialign(*call, "--rule", "rendering").status == 1


def test_a_bitext_is_chosen(bialign, files):
    call = ("terms", "check", files / "test.bialign", "--glossary", files / "glossary.tsv")
    assert len(rows(bialign(*call, "--text", "letter"))) == 2
    run = bialign(*call, "--text", "nothing")
    assert run.status == 1
    assert "there is no bitext called nothing" in run.err.replace("'", "")


def test_json(bialign, files):
    run = bialign("terms", "check", files / "letter.tsv", "--glossary", files / "glossary.tsv", "--json")
    told = json.loads(run.out)
    assert told["counts"] == {"error": 1, "warning": 1, "hint": 1, "tolerated": 0}
    assert [one["rule"] for one in told["findings"]] == ["rendering", "number"]
    one = told["findings"][0]
    assert one["target"][slice(*one["target_places"][0])] == "grupos paramilitares"


def test_reasons_in_spanish(bialign, files):
    run = bialign("terms", "check", files / "letter.tsv", "--glossary", files / "glossary.tsv", "--ui-lang", "es")
    assert rows(run)[1]["reason"] == "1988 está en lugar del número 1998"
    assert "1 error, 1 aviso, 1 indicio" in run.err


def test_findings_are_ignored_in_a_corpus(bialign, files):
    corpus = files / "test.bialign"
    bialign("terms", "import", files / "glossary.tsv", corpus)
    keys = [row["key"] for row in rows(bialign("terms", "check", corpus))]
    run = bialign("terms", "check", corpus, "--ignore", keys[0], "--ignore", keys[1], "--note", "a quotation")
    assert (run.status, run.out) == (0, "")
    assert "ignored in all: 2" in run.err
    run = bialign("terms", "check", corpus)
    assert (run.status, rows(run)) == (0, [])
    assert len(rows(bialign("terms", "check", corpus, "--all"))) == 2
    assert f"finding {keys[1]} ignored" in bialign("history", corpus).out
    bialign("undo", corpus)
    assert [row["key"] for row in rows(bialign("terms", "check", corpus))] == [keys[1]]
    assert bialign("terms", "check", corpus, "--unignore", keys[0]).status == 0
    assert len(rows(bialign("terms", "check", corpus))) == 2
    assert bialign("terms", "check", corpus, "--unignore", keys[0]).status == 1


def test_findings_are_ignored_in_a_file(bialign, files):
    call = ("terms", "check", files / "letter.tsv", "--glossary", files / "glossary.tsv")
    (key, _) = (row["key"] for row in rows(bialign(*call)))
    run = bialign(*call, "--ignore", key)
    assert run.status == 2
    assert "--ignored" in run.err
    kept = files / "ignored.txt"
    assert bialign(*call, "--ignored", kept, "--ignore", key, "--note", "as agreed").status == 0
    assert kept.read_text("utf-8") == f"{key} as agreed\n"
    assert [row["rule"] for row in rows(bialign(*call, "--ignored", kept))] == ["number"]
    assert bialign(*call, "--ignored", kept, "--unignore", key).status == 0
    assert kept.read_text("utf-8") == ""


def test_one_key_ignores(bialign, files, monkeypatch):
    corpus = files / "test.bialign"
    bialign("terms", "import", files / "glossary.tsv", corpus)
    assert bialign("terms", "check", corpus, "-i").status == 2
    keys = iter("xiq")
    monkeypatch.setattr("click.getchar", lambda: next(keys))
    monkeypatch.setattr("bialign.cli.terms_check.sys", Terminal())
    run = bialign("terms", "check", corpus, "-i", "--least", "hint")
    assert "1 finding ignored" in run.err
    with Corpus(corpus) as opened:
        (key,) = opened.ignored()
    assert key.startswith("number-")


class Stream:
    """Stands for a terminal."""

    def isatty(self):
        return True


class Terminal:
    """Stands for `sys` where a person sits at it."""

    stdin = stdout = Stream()


def test_a_terminal_shows_both_texts(bialign, files, monkeypatch):
    monkeypatch.setattr("bialign.cli.terms_check.sys", Terminal())
    run = bialign("terms", "check", files / "letter.tsv", "--glossary", files / "glossary.tsv")
    assert "letter:1" in run.out
    assert "The death squads came back in 1998." in run.out
    assert "Los grupos paramilitares volvieron en 1988." in run.out


def test_renderings(bialign, files, monkeypatch):
    bialign("terms", "import", files / "glossary.tsv", files / "test.bialign")
    call = ("terms", "renderings", "death squads", files / "test.bialign")
    run = bialign(*call)
    assert run.status == 0
    assert [(row["rendering"], row["glossary"], row["count"]) for row in rows(run)] == [
        ("escuadrón de la muerte", "preferred", "1"),
        ("grupo paramilitar", "", "1"),
    ]
    assert "death-squad: 2 places, without a rendering: 0" in run.err
    assert [row["rendering"] for row in rows(bialign(*call, "--new"))] == ["grupo paramilitar"]
    told = json.loads(bialign(*call, "--json").out)
    assert told["renderings"][1]["forms"] == {"grupos paramilitares": 1}
    monkeypatch.setattr("bialign.cli.terms_renderings.sys", Terminal())
    shown = bialign(*call).out
    assert "grupo paramilitar  [not in the glossary]" in shown
    assert "Los grupos paramilitares volvieron" in shown


def test_renderings_in_a_file(bialign, files):
    call = ("terms", "renderings", "prosecutor", files / "letter.tsv", "--glossary", files / "glossary.tsv")
    assert [(row["rendering"], row["count"]) for row in rows(bialign(*call))] == [("fiscal", "1"), ("abogado", "1")]
    call = ("terms", "renderings", "nonsense", files / "letter.tsv", "--glossary", files / "glossary.tsv")
    run = bialign(*call)
    assert run.status == 1
    assert "the glossary has no concept 'nonsense'" in run.err


def test_a_glossary_of_other_languages_is_told(bialign, files):
    (files / "fr.tsv").write_text("en\tfr\nraid\trafle\n", "utf-8")
    run = bialign("terms", "check", files / "letter.tsv", "--glossary", files / "fr.tsv", "--rule", "rendering")
    assert run.status == 0
    assert "warning: the glossary has no terms in es" in run.err


def test_calls_at_fault(bialign, files):
    glossary = ("--glossary", files / "glossary.tsv")
    assert bialign("terms", "check", "a", "b", "c", *glossary).status == 2
    assert bialign("terms", "check", files / "letter.tsv", *glossary, "--text", "letter").status == 2
    assert bialign("terms", "check", files / "letter.tsv", *glossary, "-i", "--json").status == 2
    assert bialign("terms", "check", files / "no.bialign").status == 1
    run = bialign("terms", "check", files / "test.bialign", *glossary, "--ignored", files / "x.txt")
    assert run.status == 2
