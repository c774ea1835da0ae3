"""bialign search: tables, lines, files, searches done again, and one line for every mistake."""

import json
import re
from pathlib import Path

import pytest

from bialign.corpus import Corpus
from bialign.formats.identifiers import bead_id
from bialign.readers.bilingual import read_bitext
from bialign.store import Store
from concordances import make_corpus


@pytest.fixture
def corpus(tmp_path, monkeypatch):
    """Put the small corpus into the current folder."""
    monkeypatch.chdir(tmp_path)
    return make_corpus(tmp_path / "small.bialign")


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_both_sides_are_shown_with_their_places(bialign, corpus):
    run = bialign("search", "small.bialign", '"coup d\'état"')
    assert run.status == 0
    assert "Nobody in the capital heard the coup" in run.out
    assert "Nadie en la capital oyó el golpe de" in run.out
    assert "A Chronicle, p. 1, par. 1" in run.out
    assert "Crónica, p. 1, par. 1 · bead 2 · 97%" in run.out
    assert max(map(len, run.out.splitlines())) <= 80
    assert "\x1b" not in run.out
    assert run.err == "1-1 of 1 hits\n"


def test_spanish(bialign, corpus):
    run = bialign("search", "small.bialign", "militarismo", "--ui-lang", "es")
    assert "Crónica, p. 2, párr. 1 · " in run.out
    assert "correspondencia 9 · 2-1 · 55%" in run.out
    assert run.err == "1-1 de 1 resultados\n"


@pytest.mark.parametrize(
    ("options", "count"),
    [
        (["golp*"], 5),
        (["detener", "--lemma"], 5),
        (["detener", "--lemma", "--with", "stop"], 2),
        (["lemma:detener", "--without", "stop"], 3),
        (["gol(pe|azo)s?", "--regex", "--lang", "es"], 6),
        (["Rio", "--case"], 1),
        (["rio", "--accents"], 1),
        (["río", "--exact"], 1),
        (["ano", "--plain-n"], 1),
        (["the", "--type", "null"], 1),
        (["golpe", "--status", "confirmed"], 1),
        (["house", "--max-probability", "0.5"], 1),
        (["house", "--min-probability", "0.5"], 4),
        (["/minister|traductor/", "--omitted"], 1),
        (["minister", "--moved"], 1),
        (["house", "--in", "tale"], 2),
        (["house", "--in", "t*", "--in", "chronicle.en"], 5),
        (["sol", "--side", "target"], 2),
        (["zarzuela"], 0),
    ],
)
def test_options_narrow_a_search(bialign, corpus, options, count):
    run = bialign("search", "small.bialign", *options, "-o", "hits.jsonl")
    assert run.status == 0
    lines = (corpus.parent / "hits.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == count


def test_pages_and_order(bialign, corpus):
    run = bialign("search", "small.bialign", "the", "--limit", "3", "--offset", "3")
    assert re.match(r"4-6 of \d\d hits; the next with --offset 6\n", run.err)
    run = bialign("search", "small.bialign", "house", "--sort", "1R", "-o", "hits.jsonl", "-q")
    lines = (corpus.parent / "hits.jsonl").read_text(encoding="utf-8").splitlines()
    rights = [json.loads(line)["right"] for line in lines]
    assert run.err == ""
    assert [re.findall(r"\w+", right)[0] for right in rights] == ["is", "Very", "was", "was", "What"]
    run = bialign("search", "small.bialign", "the", "--sample", "5", "--seed", "2")
    assert run.err == "5 hits at random (seed 2)\n"
    run = bialign("search", "small.bialign", "the", "--sample", "22")
    assert run.err == "22 hits at random (seed 0)\n"


def test_lines_stand_below_each_other(bialign, corpus):
    lines = bialign("search", "small.bialign", "house", "--kwic", "--sort", "1L").out.splitlines()
    assert len(lines) == 5
    assert len({line.index("house", 35) for line in lines}) == 1
    assert {len(line) for line in lines} == {80}


def test_renderings(bialign, corpus):
    run = bialign("search", "small.bialign", "house", "--lang", "en", "--renderings")
    assert run.status == 0
    assert re.search(r"^ *3 +60\.0% +casa ", run.out, re.MULTILINE)
    assert re.search(r"^ *1 +20\.0% +vivienda ", run.out, re.MULTILINE)
    assert "3 renderings of 5 of 5 hits" in run.err
    assert max(map(len, run.out.splitlines())) <= 80
    run = bialign("search", "small.bialign", "house", "--lang", "en", "--renderings", "-o", "r.tsv", "-o", "r.html")
    assert run.status == 0
    rows = (corpus.parent / "r.tsv").read_text(encoding="utf-8").splitlines()
    assert [row.split("\t")[0] for row in rows][:2] == ["rendering", "casa"]
    assert len(rows) == 4


def test_records_go_to_stdout(bialign, corpus):
    run = bialign("search", "small.bialign", "house", "--to", "jsonl")
    assert [json.loads(line)["node"] for line in run.out.splitlines()] == ["house"] * 5
    run = bialign("search", "small.bialign", "house", "--to", "tsv", "--limit", "2")
    assert [line.split("\t")[2] for line in run.out.splitlines()] == ["node", "house", "house"]
    run = bialign("search", "small.bialign", "house", "--lang", "en", "--renderings", "--to", "jsonl")
    assert [json.loads(line)["count"] for line in run.out.splitlines()] == [3, 1, 1]
    run = bialign("search", "small.bialign", "zarzuela", "--to", "tsv")
    assert (run.status, run.out.strip()) == (0, "")


def test_counts(bialign, corpus):
    run = bialign("search", "small.bialign", "house", "--count")
    assert run.status == 0
    assert re.search(r"^chronicle\.en +3 ", run.out, re.MULTILINE)
    assert run.err.startswith("5 hits in 5 beads; DP 0.0")
    assert "\x1b" not in run.out


def test_found_beads_go_into_any_format(bialign, corpus):
    run = bialign("search", "small.bialign", "golpe", "-o", "hallado ñ.tmx", "-o", "hits.tsv")
    assert run.status == 0, run.err
    found = read_bitext(Path("hallado ñ.tmx"))
    rows = [line.split("\t") for line in Path("hits.tsv").read_text(encoding="utf-8").splitlines()]
    wanted = dict.fromkeys(int(row[rows[0].index("bead")]) for row in rows[1:])
    with Corpus(corpus) as opened:
        beads = [opened.bead(id) for id in wanted]
    # each bead once, in the order of the hits, with its texts, its name, its status
    texts = [(found.source_text(bead), found.target_text(bead)) for bead in found.beads]
    assert texts == [(bead.source_text, bead.target_text) for bead in beads] and len(texts) > 1
    assert [bead_id(found, bead) for bead in found.beads] == [f"{bead.bitext}#{bead.id}" for bead in beads]
    assert [bead.status for bead in found.beads] == [bead.status for bead in beads]
    assert not bialign("search", "small.bialign", "golpe", "-o", "omegat.tmx", "--profile", "omegat").status
    before = names(corpus.parent)
    nothing = bialign("search", "small.bialign", "zzzz", "-o", "nothing.tmx")
    assert (nothing.status, names(corpus.parent)) == (1, before)
    assert nothing.err.endswith("nothing was found that could be written\n")
    no_place = bialign("search", "small.bialign", "golpe", "--renderings", "-o", "no.tmx")
    assert (no_place.status, names(corpus.parent)) == (2, before)


@pytest.mark.parametrize("name", ["hits.tsv", "hits.jsonl", "hits.xlsx", "hits.html"])
def test_a_search_is_done_again(bialign, corpus, name):
    first = bialign("search", "small.bialign", "lemma:detener", "--without", "stop", "--sort", "1L", "-o", name)
    assert first.status == 0
    shown = bialign("search", "small.bialign", "lemma:detener", "--without", "stop", "--sort", "1L")
    again = bialign("search", "small.bialign", "--replay", name)
    assert (again.out, again.err) == (shown.out, shown.err)
    with Store(corpus) as store:
        store.remove("tale")
    again = bialign("search", "small.bialign", "--replay", name)
    assert "the corpus is no longer as it was" in again.err
    assert again.status == 0


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["none.bialign", "a"], 1, "there is no corpus here"),
        (["small.bialign"], 2, "QUERY is missing"),
        (["small.bialign", "..."], 1, "holds no word"),
        (["small.bialign", "/(/"], 1, "the pattern ( is wrong"),
        (["small.bialign", "(", "--regex"], 1, "the pattern ( is wrong"),
        (["small.bialign", "a", "--limit", "0"], 2, "--limit: a whole number from 1 on is wanted"),
        (["small.bialign", "a", "--offset", "-1"], 2, "--offset: a whole number from 0 on is wanted"),
        (["small.bialign", "a", "--time-limit", "soon"], 2, "--time-limit: a number of seconds is wanted"),
        (["small.bialign", "a", "--max-probability", "2"], 2, "a number from 0 to 1 is wanted"),
        (["small.bialign", "a", "--min-probability", ".9", "--max-probability", ".1"], 1, "no range"),
        (["small.bialign", "a", "--context", "x"], 2, "--context takes"),
        (["small.bialign", "a", "--sort", "1X"], 1, "1X is no order"),
        (["small.bialign", "a", "--type", "x"], 1, "x is no type of bead"),
        (["small.bialign", "a", "--status", "x"], 2, "--status takes one of"),
        (["small.bialign", "a", "--in", "novel"], 1, "no bitext or document called novel"),
        (["small.bialign", "a", "--lang", "fr"], 1, "in the language fr"),
        (["small.bialign", "a", "-o", "a.pdf"], 2, "cannot tell the format"),
        (["small.bialign", "a", "-o", "small.bialign"], 2, "would be overwritten"),
        (["small.bialign", "a", "-o", "nowhere/a.tsv"], 2, "there is no folder"),
        (["small.bialign", "a", "--replay", "x.tsv"], 2, "not both"),
        (["small.bialign", "--replay", "x.tsv"], 1, "no such file"),
        (["small.bialign", "--replay", "other.tsv"], 1, "holds no search"),
        (["other.tsv", "a"], 1, "no corpus"),
    ],
)
def test_mistakes_are_told_in_one_line(bialign, corpus, arguments, status, said):
    (corpus.parent / "other.tsv").write_text("one\ttwo\n1\t2\n" * 30, encoding="utf-8")
    before = names(corpus.parent)
    run = bialign("search", *arguments)
    assert run.status == status
    assert said in run.err
    assert run.err.count("\n") == 1
    assert names(corpus.parent) == before


def test_the_example_runs(bialign, corpus):
    corpus.rename(corpus.with_name("peru.bialign"))
    shown = bialign("search", "--help").out
    assert 'bialign search peru.bialign lemma:detener --without "arrest*"' in shown
    run = bialign("search", "peru.bialign", "lemma:detener", "--without", "arrest*")
    assert run.status == 0
    assert run.err == "1-3 of 3 hits\n"
