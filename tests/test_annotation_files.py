"""Annotations as tables, the command line of annotation, and decisions between annotators."""

import json

import pytest

from bialign.cli.app import run
from bialign.corpus import Corpus
from bialign.errors import CorpusError, FormatError
from bialign.study import tables
from bialign.study.annotation import adjudication, schemes
from bialign.study.annotation.bringing_in import bring_in
from bialign.study.annotation.rows import read, table
from test_annotation import dump
from test_decisions import fresh


def make(path, who="Ana"):
    with Corpus.create(path, who=who) as made:
        made.add_bitext(fresh())
    return path


@pytest.fixture
def path(tmp_path):
    return make(tmp_path / "tale.bialign")


@pytest.fixture
def corpus(path):
    with Corpus(path, who="Ana") as opened:
        yield opened


def fill(corpus: Corpus) -> None:
    both = [*corpus.marks_in(1, "source", 4, 11), *corpus.marks_in(1, "target", 3, 10)]
    one = corpus.annotate(1, "structure", both, note='=1+1 "¿sí?"')
    two = corpus.annotate(1, "meaning", who="Eva")
    corpus.decide([one, two], [two], who="Zoe", note="-")
    place = corpus.bead(2).source[0].place
    document = corpus.bead(2).source[0].document
    corpus.annotate(2, "omission", corpus.marks_in(2, "source", 7, 16))
    corpus.cut(document, place, 13)
    corpus.correct(document, place, "Nobody ever begged")


@pytest.mark.parametrize("suffix", [".tsv", ".jsonl", ".xlsx"])
def test_what_is_written_is_read_again_without_loss(corpus, tmp_path, suffix):
    fill(corpus)
    file = tmp_path / f"marks{suffix}"
    tables.write([(table(corpus.annotations()), file)])
    assert bring_in(corpus, file) == type(bring_in(corpus, file))(0, 4)
    last = corpus.last
    corpus.remove_annotations([3, 1, 2, 4])
    done = bring_in(corpus, file)
    assert (done.added, done.known) == (4, 0)
    before = [row[1:12] for row in table(corpus.annotations()).rows]
    corpus.undo()
    corpus.undo()
    assert [row[1:12] for row in table(corpus.annotations()).rows] == before
    assert corpus.annotation(4).annotation.was == "asked"
    assert corpus.last > last and not corpus.check()


def test_a_table_goes_into_another_corpus_and_comes_out_the_same(corpus, tmp_path):
    fill(corpus)
    corpus.undo()
    corpus.undo()
    one, other = tmp_path / "one.tsv", tmp_path / "other.tsv"
    tables.write([(table(corpus.annotations()), one)])
    make(tmp_path / "other.bialign", who="Max")
    with Corpus(tmp_path / "other.bialign") as second:
        bring_in(second, one)
        assert second.schemes() == corpus.schemes()
        tables.write([(table(second.annotations()), other)])
        second.undo()
        assert second.annotations() == [] and second.schemes() == {}
    assert one.read_bytes() == other.read_bytes()


def test_a_table_made_by_hand_needs_little(corpus, tmp_path):
    file = tmp_path / "hand.tsv"
    lines = ["bitext\tbead\tlabel\twho\tside\ttext\tstart\tstop", "tale\t1\tomission\tEva\tsource\tgeneral\t\t"]
    lines += [
        "tale\t2\tmeaning\tEva\t\t\t\t",
        "tale\t3\tregister\tEva\ttarget\t\t4\t12",
        "tale\t3\tculture\tEva\tsource",
    ]
    file.write_text("\ufeff" + "\r\n".join(lines), encoding="utf-8")
    assert bring_in(corpus, file).added == 4
    assert [view.texts for view in corpus.annotations()] == [
        ("general",),
        ("Nobody asked him why.", "Nadie le preguntó por qué."),
        ("The soldiers left at dawn.",),
        ("soldados",),
    ]


HEAD = "id\tbitext\tbead\tscheme\tlabel\twho\tside\tsegment\tstart\tstop\ttext\tnote\tdecides\twas"
GOOD = "1\ttale\t1\tshifts\tomission\tEva\tsource\t0\t4\t11\tgeneral\t\t\t"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (GOOD.replace("tale", "none"), r"\(bitext\): there is no bitext"),
        (GOOD.replace("shifts", "mine"), r"\(scheme\): there is no scheme mine"),
        (GOOD.replace("omission", "calque"), r"\(label\): the scheme shifts has no label calque"),
        (GOOD.replace("omission", ""), r"\(label\): this must not be empty"),
        (GOOD.replace("Eva", " "), r"\(who\): this must not be empty"),
        (GOOD.replace("source", "left"), r"\(side\): a side is wanted"),
        (GOOD.replace("\tsource", "\t"), r"\(side\): a side is wanted"),
        (GOOD.replace("\t0\t4", "\tx\t4"), r"\(segment\): a number is wanted, not x"),
        (GOOD.replace("\t0\t4", "\t77\t4"), r"\(segment\): there is nothing at this place"),
        (GOOD.replace("\t4\t", "\t-4\t"), r"\(start\): a whole number is wanted, not -4"),
        (GOOD.replace("\t11\t", "\t\t"), r"\(start\): start and stop are wanted"),
        (GOOD.replace("\t11\t", "\t10\t"), r"\(text\): the text has other words there: genera"),
        (GOOD.replace("\t0\t4\t11\tgeneral", "\t\t\t\tcaptain"), r"\(text\): these words stand 0 times"),
        (GOOD.replace("\t0\t4\t11\tgeneral", "\t\t\t\te"), r"\(text\): these words stand \d+ times"),
        (
            GOOD.replace("\t1\tshifts", "\t99\tshifts").replace("\t0\t4\t11", "\t\t\t"),
            r"\(bead\): no bead .* called 99",
        ),
        (GOOD.replace("\t\t\t", "\t\t8\t"), r"\(decides\): annotation 8, which is decided here"),
        (GOOD + "\tx", "15 cells where the header has 14"),
    ],
)
def test_a_row_at_fault_is_told_with_its_line_and_nothing_comes_in(corpus, tmp_path, row, told):
    file = tmp_path / "bad.tsv"
    file.write_text(f"{HEAD}\n{GOOD.replace('1', '7', 1)}\n{row}\n", encoding="utf-8")
    before = dump(corpus)
    with pytest.raises(FormatError, match=told) as caught:
        bring_in(corpus, file)
    assert caught.value.line == 3
    assert dump(corpus) == before


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("bad.tsv", "", "a header is wanted with bitext, label, who"),
        ("bad.tsv", "bitext\tlabel\n", "a header is wanted"),
        ("bad.tsv", f"{HEAD}\n{GOOD}\n{GOOD.replace('Eva', 'Max')}", "rows of annotation 1 differ here: Eva and Max"),
        ("bad.jsonl", "{", "no JSON"),
        ("bad.jsonl", "[]", "an object is wanted"),
        ("bad.doc", "x", "are read from .tsv"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path, name, text, told):
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    with pytest.raises(FormatError, match=told):
        read(file)


# --- decisions between annotators -------------------------------------------------------------------------------------


def test_annotators_differ_in_labels_in_silence_and_in_words(corpus):
    corpus.annotate(1, "omission")
    corpus.annotate(1, "omission", who="Eva")
    corpus.annotate(2, "omission", corpus.marks_in(2, "source", 0, 6))
    corpus.annotate(2, "omission", corpus.marks_in(2, "source", 7, 12), who="Eva")
    corpus.annotate(3, "register", corpus.marks_in(3, "source", 0, 3))
    corpus.annotate(4, "omission")
    corpus.annotate(4, "meaning", who="Eva")
    corpus.annotate(4, "calque", scheme="vinay-darbelnet", who="Max")
    found = adjudication.differences(corpus, scheme="shifts")
    assert [(one.bead, one.silent) for one in found] == [(2, ()), (3, ("Eva",)), (4, ())]
    corpus.decide(found[2].ids, [found[2].ids[0]], who="Zoe")
    corpus.decide(found[1].ids, who="Zoe")
    found = adjudication.differences(corpus, scheme="shifts")
    assert [one.is_decided for one in found] == [False, True, True]
    stands = adjudication.settled(corpus, scheme="shifts")
    assert [(view.beads, view.annotation.label, view.annotation.who) for view in stands] == [
        ((1,), "omission", "Ana"),
        ((4,), "omission", "Zoe"),
    ]
    # what comes after a decision opens it again
    corpus.annotate(4, "culture", who="Eva")
    again = adjudication.differences(corpus, scheme="shifts")[2]
    assert not again.is_decided
    assert [view.annotation.label for view in adjudication.settled(corpus, scheme="shifts")] == ["omission"]
    # and a decision about all of them takes the place of the one about some
    corpus.decide(again.ids, [again.ids[-1]], who="Zoe")
    stands = adjudication.settled(corpus, scheme="shifts")
    assert [(view.beads, view.annotation.label) for view in stands] == [((1,), "omission"), ((4,), "culture")]
    with pytest.raises(CorpusError, match="has been decided by annotation"):
        corpus.decide(again.ids, [again.ids[0]], who="Max")


# --- the command line -------------------------------------------------------------------------------------------------


def bialign(capsys, *arguments, status=0):
    assert run([str(one) for one in ("annotate", *arguments)]) == status
    captured = capsys.readouterr()
    return captured.out, captured.err


def test_annotating_on_the_command_line(capsys, path, tmp_path, monkeypatch):
    monkeypatch.setenv("BIALIGN_LANG", "en")
    out, _ = bialign(
        capsys, "add", path, 1, "structure", "--source", "general", "--target-letters", "3-10", "--who", "Eva"
    )
    assert out == "[1]  structure  Eva  tale: 1  (shifts)\n  < general\n  > general\n"
    bialign(capsys, "add", path, 1, "omission", "--who", "Ana", "--note", "so")
    out, err = bialign(capsys, "list", path, "--who", "Ana")
    assert "note: so" in out and "1 annotation" in err
    out, _ = bialign(capsys, "list", path, "--json")
    assert {json.loads(line)["text"] for line in out.splitlines()} >= {"general", "The general signed the order."}
    bialign(capsys, "change", path, 2, "--label", "meaning", "--source", "order")
    out, _ = bialign(capsys, "list", path, "--label", "meaning")
    assert "< order" in out and "> " not in out
    out, _ = bialign(capsys, "agreement", path)
    assert out.startswith("Ana, Eva · 1 bead (marked)\n") and "all labels" in out
    assert max(map(len, out.splitlines())) <= 80
    out, _ = bialign(capsys, "agreement", path, "-o", tmp_path / "figures.tsv")
    assert (tmp_path / "figures.tsv").read_text(encoding="utf-8").startswith("label\tannotators\tmeasure\tvalue")
    out, err = bialign(capsys, "adjudicate", path)
    assert out.startswith("# tale: 1\n") and "1 not decided" in err
    out, _ = bialign(capsys, "adjudicate", path, "--bead", 1, "--take", 1, "--who", "Zoe")
    assert "[3]  structure  Zoe" in out and "decides: 1, 2" in out
    out, err = bialign(capsys, "adjudicate", path)
    assert out == "" and "0 not decided" in err
    bialign(capsys, "export", path, tmp_path / "all.tsv", "--settled")
    assert len((tmp_path / "all.tsv").read_text(encoding="utf-8").splitlines()) == 3
    out, _ = bialign(capsys, "import", tmp_path / "all.tsv", path, status=1)
    bialign(capsys, "export", path, tmp_path / "all.tsv")
    out, _ = bialign(capsys, "import", tmp_path / "all.tsv", path)
    assert out == "0 annotations added, 3 there already\n"
    out, _ = bialign(capsys, "remove", path, 3, 2, 1)
    assert out == "3 annotations removed\n"


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (("add", 1, "omission", "--source", "e"), 2, "stand 6 times"),
        (("add", 1, "omission", "--source", "captain"), 2, "stand 0 times"),
        (("add", 1, "omission", "--source-letters", "4"), 2, "no letters 4; it has 29"),
        (("add", 1, "omission", "--source-letters", "4-99"), 2, "no letters 4-99"),
        (("add", 1, "calque"), 1, "the scheme shifts has no label calque"),
        (("add", 99, "omission"), 1, "there is no bead 99"),
        (("change", 5), 1, "there is no annotation 5"),
        (("remove", "x"), 2, "named by their numbers"),
        (("agreement",), 1, "two annotators at least"),
        (("adjudicate", "--take", 1), 2, "name it with --bead"),
        (("adjudicate", "--bead", 1), 2, "takes annotations"),
        (("adjudicate", "--bead", 1, "--none"), 2, "do not differ in bead 1"),
        (("export", "x.doc"), 1, "cannot tell the format"),
    ],
)
def test_calls_at_fault_change_nothing(capsys, path, monkeypatch, arguments, status, told):
    monkeypatch.setenv("BIALIGN_LANG", "en")
    command, *rest = arguments
    _, err = bialign(capsys, command, path, *rest, status=status)
    assert told in err and len(err.splitlines()) == 1
    with Corpus(path) as corpus:
        assert corpus.last == 1


def test_schemes_are_listed_written_edited_and_taken_in(capsys, path, tmp_path, monkeypatch):
    monkeypatch.setenv("BIALIGN_LANG", "es")
    out, _ = bialign(capsys, "schemes")
    assert "molina-hurtado: Técnicas de Molina y Hurtado Albir (18 etiquetas)" in out
    out, _ = bialign(capsys, "schemes", "--show", "vinay-darbelnet")
    assert "t  transposition: Transposición" in out and max(map(len, out.splitlines())) <= 80
    file = tmp_path / "my.yaml"
    bialign(capsys, "schemes", "--show", "shifts", "--write", file)
    file.write_text(file.read_text(encoding="utf-8").replace("scheme: shifts", "scheme: mine", 1), encoding="utf-8")
    out, _ = bialign(capsys, "schemes", path, "--use", file)
    assert out.startswith("mine (11 etiquetas)")
    with Corpus(path) as corpus:
        assert corpus.scheme().scheme == "mine"
        assert corpus.scheme().labels == schemes.built_in("shifts").labels
    out, _ = bialign(capsys, "schemes", path)
    assert "mine: Cambios de traducción" in out
    for wrong in (("--use", file), ("--show", "none"), ("--write", file)):
        bialign(capsys, "schemes", *wrong, status=2)
