"""``bialign realign``, ``decisions``, ``replay`` and ``merge`` on the command line."""

import shutil

import pytest

from bialign.corpus import Corpus
from test_decisions import ENGLISH, SPANISH, fresh


@pytest.fixture
def corpus(tmp_path):
    path = tmp_path / "coro ñ.bialign"
    with Corpus.create(path, who="Ana") as made:
        made.add_bitext(fresh())
    return path


def open_as(path, who="Ana"):
    return Corpus(path, who=who)


def test_realign_shows_and_does_what_changes_around_the_confirmed(bialign, corpus):
    with open_as(corpus) as opened:
        opened.merge([3, 4])
        opened.judge([3], "unreviewed")
        opened.make_null(6, "free")
    run = bialign("realign", corpus, "tale", "--dry-run")
    assert (run.status, run.out.splitlines()[-1]) == (0, "tale: 1 place changes")
    assert "# 2-2 → 1-1, 1-1" in run.out
    assert "The soldiers left at dawn." in run.out
    assert all(len(line) <= 80 for line in run.out.splitlines())
    with open_as(corpus) as opened:
        assert opened.bead(3).type == "2-2"
    assert bialign("realign", corpus, "tale").status == 0
    with open_as(corpus) as opened:
        assert [bead.type for bead in opened.beads("tale")].count("2-2") == 0
        assert opened.bead(6).status == "confirmed"
        opened.undo()
        assert opened.bead(3).type == "2-2"


def test_realign_says_what_is_wrong_with_a_stretch(bialign, corpus):
    assert "a first bead (--from) and a last one (--to)" in bialign("realign", corpus, "tale", "--from", "3").err
    assert bialign("realign", corpus, "tale", "--from", "3").status == 2
    run = bialign("realign", corpus, "tale", "--from", "3", "--to", "99")
    assert (run.status, "there is no bead 99" in run.err) == (1, True)
    run = bialign("realign", corpus, "tales")
    assert (run.status, "no bitext called tales" in run.err) == (1, True)


def test_decisions_go_to_a_file_and_back(bialign, corpus, tmp_path):
    with open_as(corpus) as opened:
        opened.merge([1, 2])
        opened.comment(7, "¿Hija?")
    file = tmp_path / "decisiones.yaml"
    run = bialign("decisions", corpus, "-o", file)
    assert (run.status, run.err.strip()) == (0, f"2 decisions → {file}")
    assert "¿Hija?" in file.read_text(encoding="utf-8")
    other = tmp_path / "other.bialign"
    with Corpus.create(other, who="Eva") as made:
        made.add_bitext(fresh("One more.\n" + ENGLISH, "Una más.\n" + SPANISH))
    run = bialign("replay", other, file)
    assert (run.status, run.out.strip()) == (0, "done: 2 of 2")
    with open_as(other) as opened:
        assert [bead.type for bead in opened.beads("tale", status="confirmed")] == ["2-2"]
    file.write_text(file.read_text(encoding="utf-8").replace("Nobody", "Somebody"), encoding="utf-8")
    run = bialign("replay", other, file, "--ui-lang", "es")
    assert (run.status, "su texto ya no está" in run.err) == (0, True)


def test_merge_tells_what_was_taken_and_what_clashes(bialign, corpus, tmp_path):
    other = tmp_path / "eva.bialign"
    with open_as(corpus) as opened:
        opened.backup(other)
        opened.confirm([1, 2])
    with open_as(other, "Eva") as opened:
        opened.add_bitext(fresh(name="second"))
        opened.merge([2, 3])
        opened.confirm([5])
    before = other.read_bytes()
    run = bialign("merge", corpus, other)
    assert run.status == 0
    assert run.out.splitlines() == ["second: added", "tale: 1 decision taken over"]
    assert "it contradicts what else was decided: Nobody asked him why." in run.err
    assert other.read_bytes() == before
    assert "nothing to take over" in bialign("merge", corpus, other).out
    assert bialign("merge", corpus, corpus).status == 2
    shutil.copy(other, tmp_path / "broken.bialign")
    (tmp_path / "broken.bialign").write_bytes(b"x" * 5000)
    run = bialign("merge", corpus, tmp_path / "broken.bialign")
    assert (run.status, len(run.err.splitlines())) == (1, 1)
