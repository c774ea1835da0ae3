"""Data for machine translation: what is left out and why, parts that share nothing, the same bytes every time."""

import hashlib
import itertools
import json
from dataclasses import replace

import pytest

from bialign import formats
from bialign.errors import BialignError
from bialign.mt import Filters, Recipe, build
from bialign.mt.cleaning import cleaned
from bialign.mt.parting import part
from bitexts import bitext_of

WORDS = ["village", "army", "report", "river", "council", "witness", "order", "letter", "night", "road"]
PALABRAS = ["aldea", "ejército", "informe", "río", "concejo", "testigo", "orden", "carta", "noche", "camino"]


def document(name, size=40, start=0):
    """Make a bitext of sentences that are all different."""
    numbers = range(start, start + size)
    english = [f"The {WORDS[n % 10]} and the {WORDS[n // 10 % 10]} of case {n} were seen." for n in numbers]
    spanish = [f"Se vieron {PALABRAS[n % 10]} y {PALABRAS[n // 10 % 10]} del caso {n}." for n in numbers]
    bitext = bitext_of([(1, 1)] * size, english, spanish, id=name)
    return replace(bitext, beads=tuple(replace(bead, probability=0.9) for bead in bitext.beads))


def read(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_every_rule_leaves_out_what_it_says():
    pairs = {
        "untranslated": ("Alone.", ""),
        "rejected": ("It was rejected.", "Fue rechazado."),
        "improbable": ("It is hardly so.", "Apenas es así."),
        "no letters": ("12 %", "12 %."),
        "identical": ("Sendero Luminoso", "SENDERO  luminoso"),
        "too long": ("word " * 201, "palabra " * 30),
        "unequal": ("Yes, it was so, and nobody who saw it has ever forgotten it.", "Sí."),
        "duplicate": ("The  Raid", "la redada"),
    }
    english = ["The raid", *(pair[0] for pair in pairs.values())]
    spanish = ["La redada", *(pair[1] for pair in pairs.values() if pair[1])]
    bitext = bitext_of([(1, 1), (1, 0), *[(1, 1)] * 7], english, spanish)
    beads = [replace(bead, probability=0.9) for bead in bitext.beads]
    beads[2] = replace(beads[2], status="rejected")
    beads[3] = replace(beads[3], probability=0.2)
    kept, left_out = cleaned([replace(bitext, beads=tuple(beads))], Filters(words=200))
    assert [pair.source for pair in kept] == ["The raid"]
    assert left_out == {**dict.fromkeys(pairs, 1), "unconfirmed": 0}
    # what a person confirmed is certain
    beads[3] = replace(beads[3], status="confirmed")
    assert len(cleaned([replace(bitext, beads=tuple(beads))], Filters())[0]) == 2
    only, left_out = cleaned([replace(bitext, beads=tuple(beads))], Filters(confirmed=True))
    assert [pair.source for pair in only] == ["It is hardly so."]
    assert left_out["unconfirmed"] > 0


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_document_is_in_two_parts(seed):
    documents = [document(f"d{n}", size=20 + 7 * n, start=1000 * n) for n in range(12)]
    pairs, _ = cleaned(documents, Filters())
    parts = part(pairs, 0.1, 0.1, seed)
    assert parts.unit == "documents"
    where = {name: {pair.document for pair in held} for name, held in parts.pairs.items()}
    assert all(where.values())
    assert not where["train"] & where["dev"] and not where["dev"] & where["test"] and not where["train"] & where["test"]
    assert sum(map(len, parts.pairs.values())) == len(pairs)
    for name in ("dev", "test"):
        assert 0 < len(parts.pairs[name]) <= 0.1 * len(pairs) + 1


def test_seeds_draw_different_documents():
    pairs, _ = cleaned([document(f"d{n}", start=1000 * n) for n in range(12)], Filters())
    drawn = {frozenset(pair.document for pair in part(pairs, 0.1, 0.1, seed).pairs["test"]) for seed in range(1, 9)}
    assert len(drawn) > 2


def test_one_document_is_parted_by_blocks():
    pairs, _ = cleaned([document("one", size=400)], Filters())
    parts = part(pairs, 0.1, 0.1, 1)
    assert parts.unit == "blocks"
    assert {name: len(held) for name, held in parts.pairs.items()} == {"train": 320, "dev": 40, "test": 40}
    numbers = [int(pair.source.split()[-3]) for pair in parts.pairs["test"]]
    # pairs of a block follow each other
    assert sum(b - a == 1 for a, b in itertools.pairwise(numbers)) >= 36


def test_nothing_that_is_tested_was_learned():
    documents = [document(f"d{n}", start=1000 * n) for n in range(6)]
    # every document has the same English sentence, each with a Spanish one of its own
    shared = [
        bitext_of([(1, 1)], ["No comment was made."], [f"No hubo comentario {n} alguno."], id=f"d{n}") for n in range(6)
    ]
    joined = [
        pair for one, other in zip(documents, shared, strict=True) for pair in cleaned([one, other], Filters())[0]
    ]
    parts = part(joined, 0.2, 0.2, 1)
    tested = {pair.source for name in ("dev", "test") for pair in parts.pairs[name]}
    assert "No comment was made." in tested
    assert not tested & {pair.source for pair in parts.pairs["train"]}
    assert parts.left_out["in dev or test"] == 6 - len({p.document for n in ("dev", "test") for p in parts.pairs[n]})


def test_the_same_input_gives_the_same_bytes(tmp_path):
    pytest.importorskip("pyarrow")
    documents = [document(f"d{n}", start=1000 * n) for n in range(5)]
    recipe = Recipe(subword=400, formats=("moses", "jsonl", "parquet"), dev=0.2, test=0.2)
    for name in ("one", "two"):
        build(documents, tmp_path / name, recipe, command="bialign mt")
    assert read(tmp_path / "one") == read(tmp_path / "two")
    other = build(documents, tmp_path / "three", replace(recipe, seed=2))
    assert read(tmp_path / "three")["train.en"] != read(tmp_path / "one")["train.en"]
    assert other.sizes["train"] > 0


def test_the_manifest_tells_all(tmp_path):
    documents = [document(f"d{n}", start=1000 * n) for n in range(5)]
    built = build(documents, tmp_path / "set", Recipe(dev=0.2, test=0.2), command="bialign mt x -o set")
    held = read(tmp_path / "set")
    manifest = json.loads(held["manifest.json"])
    assert manifest["command"] == "bialign mt x -o set"
    assert manifest["pairs"] == built.sizes == {"train": 120, "dev": 40, "test": 40}
    assert sum(manifest["left_out"].values()) == 0
    assert manifest["files"] == {
        name: hashlib.sha256(data).hexdigest() for name, data in held.items() if name != "manifest.json"
    }
    assert [sum(one["pairs"].values()) for one in manifest["documents"]] == [40] * 5
    lines = [len(held[f"train.{kind}"].decode().splitlines()) for kind in ("en", "es", "ids")]
    assert lines == [120] * 3


def test_the_subword_model_is_one_for_both_languages(tmp_path):
    sentencepiece = pytest.importorskip("sentencepiece")
    documents = [document(f"d{n}", start=1000 * n) for n in range(5)]
    built = build(documents, tmp_path / "set", Recipe(subword=400))
    model = sentencepiece.SentencePieceProcessor(model_file=str(tmp_path / "set" / "subword.model"))
    assert 256 < built.vocabulary == model.get_piece_size() <= 400
    for text in ("The village and the army of case 7 were seen.", "Se vieron aldea y ejército del caso 7.", "ŝ 漢"):
        assert model.decode(model.encode(text)) == text
    with pytest.raises(BialignError, match="no vocabulary of 40 subwords"):
        build(documents, tmp_path / "none", Recipe(subword=40))
    assert not (tmp_path / "none").exists()


def test_what_cannot_be_made(tmp_path):
    with pytest.raises(BialignError, match="no pair is left"):
        build([document("d")], tmp_path / "a", Recipe(Filters(confirmed=True)))
    german = replace(document("g"), source=replace(document("g").source, lang="de"))
    with pytest.raises(BialignError, match="several pairs of languages: de-es, en-es"):
        build([document("d"), german], tmp_path / "a")
    for wrong in ({"dev": 0.6, "test": 0.5}, {"formats": ()}, {"formats": ("tmx",)}):
        with pytest.raises(ValueError):
            Recipe(**wrong)
    assert not list(tmp_path.iterdir())


def test_the_command(tmp_path, bialign):
    for number in range(4):
        formats.write(document(f"d{number}", start=1000 * number), tmp_path / f"d{number}.tmx")
    files = [tmp_path / f"d{number}.tmx" for number in range(4)]
    run = bialign("mt", *files, "-o", tmp_path / "set", "--to", "jsonl", "--dev", "0.25", "--test", "0.25")
    assert run.status == 0
    assert "train 80, dev 40, test 40" in run.err
    assert sorted(read(tmp_path / "set")) == ["dev.jsonl", "manifest.json", "test.jsonl", "train.jsonl"]
    assert bialign("mt", files[0], "-o", tmp_path / "set", "--dev", "0.5", "--test", "0.5").status == 2
    assert bialign("mt", files[0], "-o", tmp_path / "no" / "set").status == 2
    assert "blocks of pairs were drawn" in bialign("mt", files[0], "-o", tmp_path / "one").err


def test_a_corpus_is_many_documents(tmp_path, bialign):
    from bialign import Corpus

    with Corpus.create(tmp_path / "c.bialign") as corpus:
        for number in range(3):
            corpus.add_bitext(document(f"d{number}", start=1000 * number))
    run = bialign("mt", tmp_path / "c.bialign", "-o", tmp_path / "set", "--dev", "0.3", "--test", "0.3")
    assert "train 40, dev 40, test 40" in run.err
    assert "blocks" not in run.err
