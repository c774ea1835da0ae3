"""A corpus is built from its recipe: seeds are checked, every format written, the gold compared."""

import shutil

import pytest

from bialign import Termbase
from bialign.build import FORMATS, build, corpus_path
from bialign.corpus import Corpus, decisions_file
from bialign.formats.beads import load_beads
from conftest import REPOSITORY

NAME = "cia-hitman-in-peru"


@pytest.fixture
def corpus(tmp_path):
    """Copy the project's corpus with its seeds, cut short so that it builds in a moment."""
    folder = tmp_path / "corpus"
    shutil.copytree(REPOSITORY / "corpus", folder, ignore=shutil.ignore_patterns("build"))
    (tmp_path / "seeds").mkdir()
    seed = (REPOSITORY / f"seeds/{NAME}.en.txt").read_text(encoding="utf-8").split("\n")
    (tmp_path / f"seeds/{NAME}.en.txt").write_text("\n".join(seed[:9]), encoding="utf-8")
    for lang in ("en", "es"):
        path = folder / f"texts/{NAME}.{lang}.txt"
        lines = path.read_text(encoding="utf-8").split("\n")
        path.write_text("\n".join(lines[: 9 if lang == "en" else 11]) + "\n", encoding="utf-8")
    edit(folder, f"    gold: gold/{NAME}.beads\n", "")
    return folder


def edit(folder, before, after):
    recipe = folder / "bialign.yaml"
    text = recipe.read_text(encoding="utf-8")
    assert before in text
    recipe.write_text(text.replace(before, after), encoding="utf-8")


def test_the_project_s_own_corpus_builds(tmp_path):
    folder = tmp_path / "corpus"
    shutil.copytree(REPOSITORY / "corpus", folder, ignore=shutil.ignore_patterns("build"))
    shutil.copytree(REPOSITORY / "seeds", tmp_path / "seeds")
    (built,) = build(folder)
    assert built.bitext.id == NAME
    assert [path.name for path in built.files] == [f"{NAME}.{format}" for format in FORMATS]
    assert all(path.stat().st_size for path in built.files)
    assert load_beads(built.files[0]) == [
        type(bead)(bead.source, bead.target, round(bead.probability, 4)) for bead in built.bitext.beads
    ]
    assert built.bitext.source.title == "The CIA Hitman in Peru"
    assert built.evaluation is not None
    assert built.evaluation.strict.f1 >= 0.95


def test_summary(bialign, corpus):
    run = bialign("build", corpus)
    assert run.status == 0
    assert run.out.startswith(f"{NAME}: ")
    assert f"{NAME}.html" in run.out
    assert "against the gold" not in run.out


def test_building_twice_gives_the_same(corpus):
    first = {path.name: path.read_bytes() for path in build(corpus)[0].files if path.suffix != ".tmx"}
    again = {path.name: path.read_bytes() for path in build(corpus)[0].files if path.suffix != ".tmx"}
    assert first == again


def test_gold_of_the_texts_themselves(bialign, corpus):
    (built,) = build(corpus)
    shutil.copy(built.files[0], corpus / "gold/own.beads")
    with (corpus / "bialign.yaml").open("a", encoding="utf-8") as recipe:
        recipe.write("    gold: gold/own.beads\n")
    assert "against the gold: strict F1 1.0000, lax F1 1.0000" in bialign("build", corpus).out


def test_exceptions_and_rules_of_the_recipe(bialign, corpus):
    plain = build(corpus)[0].bitext
    edit(corpus, "documents:", "exceptions: e.yaml\ndocuments:")
    word = next(word for word in plain.source_segments[2].text.split() if word.endswith("."))
    (corpus / "e.yaml").write_text(f"en: [{word}]\n", encoding="utf-8")
    assert len(build(corpus)[0].bitext.source_segments) < len(plain.source_segments)
    (corpus / "e.yaml").write_text(f"en: {word}\n", encoding="utf-8")
    run = bialign("build", corpus)
    assert (run.status, "e.yaml:1 (en)" in run.err) == (1, True)
    edit(corpus, "exceptions: e.yaml", "srx: rules.srx")
    run = bialign("build", corpus)
    assert "there is no file rules.srx" in run.err


def test_text_that_is_not_its_repaired_seed(bialign, corpus):
    path = corpus / f"texts/{NAME}.en.txt"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Revolutionary", "Rebellious", 1), encoding="utf-8")
    run = bialign("build", corpus)
    assert run.status == 1
    assert "bialign.yaml:9 (documents[0].source.seed): line 3 of the text is not what repair makes" in run.err


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (f"text: texts/{NAME}.es.txt", "text: texts/nobody.txt", "bialign.yaml:16"),
        ("glossary: glossary.yaml", "glossary: words.yaml", "bialign.yaml:5 (glossary): there is no file words.yaml"),
        (f"seed: ../seeds/{NAME}.en.txt", "seed: ../seeds/nobody.txt", "bialign.yaml:9"),
    ],
)
def test_missing_file_is_told_with_the_recipe_s_line(bialign, corpus, before, after, said):
    edit(corpus, before, after)
    run = bialign("build", corpus)
    assert run.status == 1
    assert said in run.err
    assert run.err.count("\n") == 1


def test_gold_of_other_texts(bialign, corpus):
    (corpus / "gold/other.beads").write_text("[0]:[0]\n", encoding="utf-8")
    with (corpus / "bialign.yaml").open("a", encoding="utf-8") as recipe:
        recipe.write("    gold: gold/other.beads\n")
    run = bialign("build", corpus)
    assert run.status == 1
    assert "the gold is of 1 + 1 segments" in run.err


def test_what_people_decided_survives_a_new_build(corpus):
    folder = corpus
    build(folder)
    path = corpus_path(folder)
    with Corpus(path, who="Ana") as opened:
        name = opened.bitexts()[0].name
        first, second = (bead.id for bead in opened.beads(name, start=2, limit=2))
        merged = opened.merge([first, second])
        kept = opened.bead(merged)
        opened.comment(merged, "¿Una o dos?")
        opened.annotate(merged, "omission", opened.marks_in(merged, "source", 0, 9), who="Eva", note="ñ")
        (marked,) = opened.annotations()
    (built,) = build(folder)
    assert (built.decisions, built.unplaced) == (2, ())
    with Corpus(path) as opened:
        (bead,) = opened.beads(name, status="confirmed")
        assert (bead.source_text, bead.target_text, bead.comment) == (kept.source_text, kept.target_text, "¿Una o dos?")
    assert path.with_name(f"{path.stem}.previous.bialign").is_file()
    assert "confirmed" in (folder / "build" / f"{name}.tsv").read_text(encoding="utf-8")
    # the same from the file that the recipe names
    with Corpus(path) as opened:
        text = decisions_file.dumps(opened.decisions())
    shutil.rmtree(folder / "build")
    (folder / "decisions.yaml").write_text(text.replace("¿Una o dos?", "Una."), encoding="utf-8")
    recipe = folder / "bialign.yaml"
    recipe.write_text(recipe.read_text(encoding="utf-8") + "\ndecisions: decisions.yaml\n", encoding="utf-8")
    build(folder)
    with Corpus(path) as opened:
        (bead,) = opened.beads(name, status="confirmed")
        assert (bead.source_text, bead.comment) == (kept.source_text, "Una.")
        (again,) = opened.annotations()
        assert (again.texts, again.annotation.who, again.annotation.note) == (marked.texts, "Eva", "ñ")
        assert list(opened.schemes()) == ["shifts"]


def test_a_corpus_file_holds_all_documents_and_the_glossary(bialign, corpus):
    run = bialign("build", corpus)
    path = corpus / f"build/{NAME}.bialign"
    assert str(path) in run.out
    with Corpus(path) as built:
        assert [info.name for info in built.bitexts()] == [NAME]
        assert built.title == "The CIA Hitman in Peru / El sicario de la CIA en el Perú"
        assert built.glossary() == Termbase.load(corpus / "glossary.yaml")
        assert built.check() == []
        first = built.store.meta("uuid")
        built.remove(NAME)
    # what SQLite keeps beside a file that another program has not closed is none of the new one's
    shutil.copy(path, path.with_name(f"{path.name}-wal"))
    assert bialign("build", corpus).status == 0
    with Corpus(path) as again:
        assert again.store.meta("uuid") != first
        assert [info.name for info in again.bitexts()] == [NAME]
    assert not [entry for entry in path.parent.iterdir() if entry.name.startswith(".")]


def test_a_build_that_fails_leaves_the_corpus_file_as_it_was(bialign, corpus):
    assert bialign("build", corpus).status == 0
    path = corpus / f"build/{NAME}.bialign"
    before = path.read_bytes()
    edit(corpus, "glossary: glossary.yaml", "glossary: words.yaml")
    assert bialign("build", corpus).status == 1
    assert path.read_bytes() == before
