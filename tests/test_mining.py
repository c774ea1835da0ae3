"""Documents paired and sentences mined: small texts of our own, the invariants, and the floors on gold sets."""

import os
import random
from pathlib import Path

import numpy as np
import pytest

from bialign.errors import MissingExtra, ReadError
from bialign.mining import mine, pair_folders
from bialign.mining.candidates import Candidates, one_to_one
from bialign.mining.neighbours import neighbours
from bialign.mining.sketches import sampled

GOLD = os.environ.get("BIALIGN_GOLD", "")
PAIRS = [
    ("The ferry to the island leaves at 7:40 from pier 3.", "El ferry a la isla sale a las 7:40 del muelle 3."),
    ("My grandmother kept bees behind the mill.", "Mi abuela criaba abejas detrás del molino."),
    ("Nobody had told Marina about the letter.", "Nadie le había hablado a Marina de la carta."),
    ("The roof was repaired in 1987 with red tiles.", "El techo se reparó en 1987 con tejas rojas."),
    ("We sold the last two goats at the market.", "Vendimos las dos últimas cabras en el mercado."),
    ("A strong wind broke the window of the bakery.", "Un viento fuerte rompió la ventana de la panadería."),
    ("The children learned to swim in the canal.", "Los niños aprendieron a nadar en el canal."),
    ("Her violin lay forgotten on the train.", "Su violín quedó olvidado en el tren."),
    ("The mayor promised a new bridge before winter.", "El alcalde prometió un puente nuevo antes del invierno."),
    ("Mix the flour with warm water and salt.", "Mezcle la harina con agua tibia y sal."),
    ("The museum closes on Mondays.", "El museo cierra los lunes."),
    ("Our engine failed twice on the way to Cuzco.", "Nuestro motor falló dos veces camino del Cuzco."),
]
ENGLISH_ONLY = ["Snow fell on the orchard all night.", "The lawyer asked for a second glass of milk."]
SPANISH_ONLY = ["El perro del cartero ladra a las nubes.", "Perdieron la llave del archivo municipal."]


def shuffled(pairs, seed):
    """Give both sides of pairs in orders of their own, with sentences that have no partner."""
    chance = random.Random(seed)
    source, target = [pair[0] for pair in pairs] + ENGLISH_ONLY, [pair[1] for pair in pairs] + SPANISH_ONLY
    chance.shuffle(source)
    chance.shuffle(target)
    return source, target


def test_translations_are_found_wherever_they_stand():
    source, target = shuffled(PAIRS, 5)
    found = mine(source, target)
    assert {(source[i], target[j]) for i, j, _ in found} == set(PAIRS)
    assert all(0.5 <= pair.probability <= 1 for pair in found)
    assert [pair.source for pair in found] == sorted(pair.source for pair in found)


def test_swapping_the_sides_mirrors_what_is_found():
    source, target = shuffled(PAIRS, 6)
    assert {(i, j) for i, j, _ in mine(source, target)} == {(i, j) for j, i, _ in mine(target, source)}


def test_a_higher_threshold_takes_fewer_of_the_same():
    source, target = shuffled(PAIRS, 7)
    some, most = mine(source, target, threshold=0.95), mine(source, target, threshold=0.2)
    assert set(some) <= set(most)
    assert all(pair.probability >= 0.95 for pair in some)


def test_equal_sentences_count_once_and_copies_not_at_all():
    source = [PAIRS[0][0], PAIRS[0][0].upper(), "Hotel Colón, Madrid", "12.", "", PAIRS[1][0]]
    target = ["HOTEL COLÓN (Madrid)", PAIRS[0][1], "12.", PAIRS[1][1], PAIRS[1][0]]
    assert {(i, j) for i, j, _ in mine(source, target)} == {(0, 1), (5, 3)}


def test_nothing_is_found_in_nothing():
    assert mine([], ["Hola."]) == mine(["..."], ["12"]) == []
    with pytest.raises(ValueError, match="probability"):
        mine(["a"], ["b"], threshold=2)
    with pytest.raises(TypeError):
        mine("a text", ["b"])


@pytest.mark.parametrize("shape", [(700, 5000), (3, 9), (1500, 40)])
def test_neighbours_in_blocks_are_those_of_the_whole_product(shape):
    random_one = np.random.default_rng(3)
    left, right = (random_one.normal(size=(size, 24)).astype(np.float32) for size in shape)
    left, right = (each / np.linalg.norm(each, axis=1, keepdims=True) for each in (left, right))
    forward, backward = neighbours(left, right, 4, index="exact")
    whole = left @ right.T
    for found, table in ((forward, whole), (backward, whole.T)):
        count = min(4, *shape)
        wanted = -np.sort(-table, axis=1)[:, :count]
        assert np.allclose(found.cosine, wanted, atol=1e-5)
        assert np.allclose(np.take_along_axis(table, found.place, axis=1), wanted, atol=1e-5)


def test_an_index_finds_nearly_the_same():
    pytest.importorskip("faiss", reason="needs the extra mining")
    random_one = np.random.default_rng(4)
    centres = random_one.normal(size=(40, 32))
    right = (centres[random_one.integers(0, 40, 6000)] + 0.4 * random_one.normal(size=(6000, 32))).astype(np.float32)
    right /= np.linalg.norm(right, axis=1, keepdims=True)
    left = right[:500] + np.float32(0.02)
    left /= np.linalg.norm(left, axis=1, keepdims=True)
    exact, _ = neighbours(left, right, 1, index="exact")
    quick, _ = neighbours(left, right, 1, index="faiss")
    assert (exact.place == quick.place).mean() > 0.95


def test_without_the_extra_an_index_is_refused(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "faiss", None)
    vectors = np.eye(3, dtype=np.float32)
    with pytest.raises(MissingExtra, match=r"bialign\[mining\]"):
        neighbours(vectors, vectors, 1, index="faiss")


def test_the_best_pairs_are_chosen_first():
    pairs = Candidates(np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1]), np.zeros(4), np.zeros(4))
    assert one_to_one(pairs, np.array([0.8, 0.7, 0.9, 0.1]), 0.5).tolist() == [2, 1]


def test_samples_stand_in_order_and_hold_both_ends():
    for size in (0, 1, 59, 60, 61, 62, 75, 1000):
        places = sampled(size)
        assert places == sorted(set(places))
        assert not size or (places[0], places[-1]) == (0, size - 1)
        assert len(places) <= 62


def documents():
    """Give four texts of three sentences, in both languages."""
    return [PAIRS[start : start + 3] for start in range(0, 12, 3)]


def write(folder, names, side, texts):
    folder.mkdir(parents=True)
    for name, text in zip(names, texts, strict=True):
        (folder / name).write_text("\n\n".join(pair[side] for pair in text) + "\n", encoding="utf-8")


def test_documents_are_paired_by_what_they_hold_though_names_mislead(tmp_path):
    texts = documents()
    write(tmp_path / "en", ["a.txt", "b.txt", "c.txt", "d.txt"], 0, texts)
    # each bears the name of another, and the last has no partner
    write(tmp_path / "es", ["b.txt", "c.txt", "a.txt"], 1, texts[:3])
    found = pair_folders(tmp_path / "en", tmp_path / "es")
    assert {(pair.source.name, pair.target.name) for pair in found.pairs} == {
        ("a.txt", "b.txt"),
        ("b.txt", "c.txt"),
        ("c.txt", "a.txt"),
    }
    assert [path.name for path in found.alone[0]] == ["d.txt"]
    assert found.alone[1] == found.unread == ()


def test_what_cannot_be_read_is_told_and_the_rest_goes_on(tmp_path):
    texts = documents()
    write(tmp_path / "en", ["1.txt", "2.txt"], 0, texts[:2])
    write(tmp_path / "es", ["x.txt", "y.txt"], 1, texts[:2])
    (tmp_path / "en" / "broken.docx").write_bytes(b"PK\x03\x04 no more than this")
    (tmp_path / "es" / "empty.txt").write_text("\n\n", encoding="utf-8")
    found = pair_folders(tmp_path / "en", tmp_path / "es")
    assert len(found.pairs) == 2
    assert {path.name for path, _ in found.unread} == {"broken.docx", "empty.txt"}
    with pytest.raises(ReadError):
        pair_folders(tmp_path / "nowhere", tmp_path / "es")


def test_pair_writes_a_table_of_files_and_one_of_the_rest(bialign, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    texts = documents()
    write(tmp_path / "press" / "en", ["1.txt", "2.txt", "3.txt"], 0, texts[:3])
    write(tmp_path / "press" / "es", ["uno.txt", "dos.txt"], 1, texts[:2])
    run = bialign("pair", "press/en", "press/es", "-o", "press/pairs.tsv", "--alone", "alone.tsv")
    assert (run.status, run.out) == (0, "")
    lines = (tmp_path / "press" / "pairs.tsv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "id\tsource\ttarget\tprobability"
    assert [line.split("\t")[:3] for line in lines[1:]] == [
        ["1", "en/1.txt", "es/uno.txt"],
        ["2", "en/2.txt", "es/dos.txt"],
    ]
    rest = (tmp_path / "alone.tsv").read_text(encoding="utf-8").splitlines()
    assert rest == ["file\treason", "press/en/3.txt\tno partner found"]
    assert bialign("pair", "press/en", "press/en/1.txt").status == 1


def test_mine_writes_a_table_or_any_format(bialign, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    source, target = shuffled(PAIRS, 8)
    Path("a.txt").write_text("\n".join(source) + "\n", encoding="utf-8")
    Path("b.txt").write_text("\n".join(target) + "\n", encoding="utf-8")
    run = bialign("mine", "a.txt", "b.txt", "--lines")
    assert run.status == 0
    lines = run.out.splitlines()
    assert lines[0] == "probability\tsource\ttarget"
    assert {tuple(line.split("\t")[1:]) for line in lines[1:]} == set(PAIRS)
    assert bialign("mine", "a.txt", "b.txt", "--lines", "-o", "c.tmx", "-o", "c.tsv").status == 0
    assert Path("c.tmx").read_text(encoding="utf-8").count("<tu ") == len(PAIRS)
    assert bialign("mine", "a.txt", "b.txt", "-o", "a.txt").status == 2


@pytest.mark.skipif(not GOLD, reason="needs BIALIGN_GOLD, the folder of gold sets")
def test_floor_of_sentences():
    from bench._mining_sets import problem

    made = problem(Path(GOLD), "tico19-en-es", 1)
    found = {(i, j) for i, j, _ in mine(made.source, made.target)}
    assert 2 * len(found & made.gold) / (len(found) + len(made.gold)) >= 0.96


@pytest.mark.skipif(not GOLD, reason="needs BIALIGN_GOLD, the folder of gold sets")
def test_floor_of_documents():
    from bench._pairing_sets import found_pairs, problem, whole

    made = problem(whole(Path(GOLD), ("ntrex-en-es", "tico19-en-es")), 4)
    found = found_pairs(made)
    assert 2 * len(found & made.gold) / (len(found) + len(made.gold)) >= 0.99
