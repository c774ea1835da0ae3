"""Gold folders: read with their paragraphs, refused with file and line, turned into weights."""

import pytest

from bialign.errors import FormatError, NotFound
from bialign.gold import read_gold, train_weights, training_set

SOURCE = "The army left.\nNobody saw it.\nThe judge spoke.\n"
TARGET = "El ejército se fue.\nHabló el juez.\n"
BEADS = "[0]:[0]\n[1]:[]\n[2]:[1]\n"


@pytest.fixture
def folder(tmp_path):
    for suffix, text in ((".src", SOURCE), (".tgt", TARGET), (".gold", BEADS)):
        (tmp_path / f"doc{suffix}").write_text(text, encoding="utf-8")
    return tmp_path


def test_reads_texts_and_beads(folder):
    (document,) = read_gold(folder)
    assert document.name == "doc"
    assert [bead.type for bead in document.beads] == ["1-1", "1-0", "1-1"]
    assert document.source_paragraphs is None


def test_paragraphs_count_only_where_both_sides_have_them(folder):
    (folder / "doc.src.par").write_text("1\n1\n2\n", encoding="utf-8")
    assert read_gold(folder)[0].source_paragraphs is None
    (folder / "doc.tgt.par").write_text("1\n2\n", encoding="utf-8")
    assert read_gold(folder)[0].target_paragraphs == [1, 2]


@pytest.mark.parametrize(
    ("paragraphs", "said"),
    [("1\nx\n2\n", r"doc.src.par:2: a paragraph number was expected"), ("1\n", "1 paragraph numbers for 3 lines")],
)
def test_broken_paragraphs(folder, paragraphs, said):
    (folder / "doc.src.par").write_text(paragraphs, encoding="utf-8")
    with pytest.raises(FormatError, match=said):
        read_gold(folder)


def test_folder_without_gold(tmp_path):
    with pytest.raises(NotFound, match="no gold documents"):
        read_gold(tmp_path)


def test_training_set_makes_omissions_and_marks_coarse_gold(folder):
    documents = read_gold(folder)
    whole = training_set(documents, coarse=documents)
    assert [document.coarse for document in whole] == [False, False, False, True]
    assert "omissions" in whole[1].name


def test_train_weights_writes_how_they_were_made(folder, tmp_path):
    pytest.importorskip("scipy")
    weights = train_weights([folder], tmp_path / "weights.yaml")
    assert weights.about["beads"] == 3
    assert f"bialign train-weights {folder.name}" in (tmp_path / "weights.yaml").read_text(encoding="utf-8")


def test_gold_that_does_not_tile_cannot_be_trained_on(folder, tmp_path):
    (folder / "doc.gold").write_text("[0]:[0]\n", encoding="utf-8")
    with pytest.raises(FormatError, match=r"doc.gold: cannot be trained on: the beads end at"):
        train_weights([folder], tmp_path / "weights.yaml")
    assert not (tmp_path / "weights.yaml").exists()
