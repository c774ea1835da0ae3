"""A corpus as most callers use it: texts in by paths, documents and pairs; views, edits, history, glossary, export."""

import json
import os
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bialign
from bialign import Bead, Bitext, Concept, Corpus, Document, Span, Term, Termbase
from bialign.corpus import Pair
from bialign.corpus.adding import Settings, add_planned, plan
from bialign.corpus.names import file_names
from bialign.errors import AlignmentError, CorpusError, NotFound, ReadError
from bitexts import glossary, sample
from conftest import REPOSITORY

ENGLISH = (
    "The agency denied everything. Nobody believed it, and the minister resigned.\n\nThe trial lasted three years.\n"
)
SPANISH = "La agencia lo negó todo. Nadie lo creyó y el ministro renunció.\n\nEl juicio duró tres años.\n"


@pytest.fixture
def corpus(tmp_path):
    with Corpus.create(tmp_path / "año #1, 100%?.bialign", title="Perú", who="ana") as made:
        yield made


@pytest.fixture
def letters(tmp_path):
    source, target = tmp_path / "letter.en.txt", tmp_path / "letter.es.txt"
    source.write_text(ENGLISH, encoding="utf-8")
    target.write_text(SPANISH, encoding="cp1252")
    return source, target


# --- what comes in ---------------------------------------------------------------------------------------------------


def test_two_paths_come_in_aligned_with_their_recipe(corpus, letters):
    assert corpus.add(*letters, drop=["boilerplate"]) == "letter"
    (info,) = corpus.bitexts()
    assert (info.name, info.source.lang, info.target.lang, info.beads, info.reviewed) == ("letter", "en", "es", 3, 0)
    assert corpus.types("letter") == {"1-1": 3}
    bitext = corpus.bitext("letter")
    assert bitext.source.text == ENGLISH
    recipe = info.recipe
    assert recipe["how"] == "aligned"
    assert [Path(text["path"]).name for text in recipe["texts"]] == ["letter.en.txt", "letter.es.txt"]
    assert all(len(text["sha256"]) == 64 for text in recipe["texts"])
    assert recipe["options"] == {"drop": ["boilerplate"]}
    assert recipe["signature"] == bitext.signature == info.signature
    assert recipe["bialign"] == bialign.__version__


def test_documents_come_in_under_a_name(corpus):
    source, target = Document("a", "en", "A", ENGLISH), Document("b", "es", "B", SPANISH)
    assert corpus.add(source, target, name="mine", termbase=glossary()) == "mine"
    recipe = corpus.bitexts()[0].recipe
    assert [text["document"] for text in recipe["texts"]] == ["a", "b"]
    assert [concept["id"] for concept in recipe["options"]["termbase"]["concepts"]] == ["sin", "raid"]


@pytest.mark.parametrize(
    ("files", "error"),
    [(("letter.en.txt", "nobody.txt"), ReadError), (("letter.en.txt", "empty.txt"), ReadError)],
)
def test_what_cannot_be_read_leaves_no_trace(corpus, letters, tmp_path, files, error):
    (tmp_path / "empty.txt").write_bytes(b"\0\1\2")
    with pytest.raises(error):
        corpus.add(*(tmp_path / name for name in files))
    assert (corpus.bitexts(), corpus.last) == ([], 0)


def test_a_text_without_words_cannot_be_aligned(corpus, letters, tmp_path):
    (tmp_path / "blank.txt").write_text("\n \n", encoding="utf-8")
    with pytest.raises(AlignmentError):
        corpus.add(letters[0], tmp_path / "blank.txt")
    assert corpus.last == 0


def test_pairs_stream_in(corpus):
    pairs = (Pair([f"House {n}."], [f"Casa {n}.", "Sí."] if n % 2 else []) for n in range(50_001))
    assert corpus.add_pairs("many", pairs, langs=("en", "es-PE")) == "many"
    assert corpus.types("many") == {"1-0": 25_001, "1-2": 25_000}
    assert corpus.bitexts()[0].target.lang == "es-PE"
    assert corpus.beads("many", start=50_000, limit=5)[0].source_text == "House 50000."


def test_a_pair_that_fails_midway_brings_nothing_in(corpus):
    def pairs():
        yield Pair(["One."], ["Uno."])
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="gone"):
        corpus.add_pairs("half", pairs())
    assert (corpus.bitexts(), corpus.last, corpus.check()) == ([], 0, [])


# bytes that are no text, which only Linux takes for a name
LATIN = pytest.param("a\udcff.bialign", marks=pytest.mark.skipif(sys.platform != "linux", reason="not allowed there"))


@pytest.mark.parametrize("name", ["a?b#c%20.bialign", "niño & ñandú.bialign", "back\\slash.bialign", LATIN])
@pytest.mark.skipif(os.name == "nt", reason="such names are not allowed there")
def test_any_name_of_a_file(tmp_path, name):
    with Corpus.create(tmp_path / name) as made:
        made.add_bitext(sample())
    with Corpus(tmp_path / name) as opened:
        assert [info.name for info in opened.bitexts()] == ["d"]
        opened.backup(tmp_path / f"copy {name}")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, f"copy {name}"])


# --- looking ---------------------------------------------------------------------------------------------------------


def test_beads_page_by_page(corpus):
    corpus.add_bitext(sample())
    views = corpus.beads("d")
    assert [view.type for view in views] == ["1-1", "1-2", "2-1", "1-0", "1-1", "0-1"]
    assert views[1].target_text == "Actuó el SIN. Se fue."
    assert views[3].target == ()
    assert views[3].reason == "stands later in the translation"
    assert corpus.beads("d", start=2, limit=2) == views[2:4]
    assert corpus.beads("d", type="1-1") == [views[0], views[4]]
    assert corpus.beads("d", status="confirmed") == [views[4]]
    assert corpus.beads("d", below=0.4) == [views[2], views[5]]
    assert corpus.beads("d", below=0.4, doubtful_first=True, limit=1) == [views[2]]
    assert (corpus.count("d"), corpus.count("d", below=0.4), corpus.count("d", type="3-1")) == (6, 2, 0)
    assert corpus.bead(views[2].id) == views[2]
    info = corpus.bitexts()[0]
    assert (info.reviewed, info.doubtful) == (1, 2)


@pytest.mark.parametrize("choice", [{"type": "1:1"}, {"type": "x"}, {"type": "1-²"}, {"status": "fine"}])
def test_a_choice_that_is_none_is_the_caller_s_mistake(corpus, choice):
    corpus.add_bitext(sample())
    with pytest.raises(ValueError, match="bead"):
        corpus.beads("d", **choice)


@pytest.mark.parametrize("ask", ["bitext", "beads", "types", "count", "remove"])
def test_a_name_that_is_not_there(corpus, ask):
    with pytest.raises(NotFound, match="no bitext called nobody"):
        getattr(corpus, ask)("nobody")


def test_the_version_names_the_corpus_and_its_last_event(corpus):
    before = corpus.version
    corpus.add_bitext(sample())
    corpus.undo()
    assert [version.partition(":")[2] for version in (before, corpus.version)] == ["0", "2"]
    assert before.partition(":")[0] == corpus.version.partition(":")[0]


# --- edits -----------------------------------------------------------------------------------------------------------


def test_every_edit_is_a_method_and_is_told_in_the_history(corpus):
    corpus.add_bitext(sample())
    ids = [view.id for view in corpus.beads("d")]
    before = corpus.bitext("d")
    assert corpus.merge(ids[:2]) == ids[0]
    assert corpus.bead(ids[0]).type == "2-3"
    first, second = corpus.split(ids[0], 1, 1)
    assert [corpus.bead(id).type for id in (first, second)] == ["1-1", "1-2"]
    corpus.shift(ids[2], "source", 1)
    assert corpus.bead(ids[2]).type == "1-1"
    nulls = corpus.make_null(ids[4], "a gap")
    assert [corpus.bead(id).type for id in nulls] == ["1-0", "0-1"]
    move = corpus.link([nulls[0]], [ids[5]])
    corpus.unlink(move)
    corpus.judge([ids[2]], "doubtful")
    corpus.confirm([ids[2]])
    corpus.comment(ids[2], "late")
    segment = corpus.bead(second).target[0]
    new = corpus.cut(segment.document, segment.place, 6)
    corpus.join(segment.document, segment.place)
    corpus.correct(segment.document, segment.place, "El SIN actuó.")
    view = corpus.bead(second)
    assert (new, view.target_text) == (segment.place + 0.5, "El SIN actuó. Se fue.")
    assert (corpus.bead(ids[2]).status, corpus.bead(ids[2]).comment) == ("confirmed", "late")
    told = [entry.event.what for entry in corpus.history()]
    assert told[::-1] == [
        "add", "merge", "split", "shift", "make_null", "link", "unlink", "judge", "judge", "comment", "cut", "join",
        "correct",
    ]  # fmt: skip
    assert {entry.event.who for entry in corpus.history()} == {"ana"}
    assert {entry.bitext for entry in corpus.history()} == {"d"}
    for _ in told[1:]:
        corpus.undo()
    assert corpus.bitext("d") == before
    assert corpus.check() == []


def test_an_edit_of_what_another_changed_is_refused(corpus):
    corpus.add_bitext(sample())
    seen, ids = corpus.last, [view.id for view in corpus.beads("d")]
    with Corpus(corpus.path, who="luis") as other:
        other.confirm(ids[:1], seen=seen)
        with pytest.raises(CorpusError, match="luis changed the same meanwhile"):
            corpus.comment(ids[0], "why?", seen=seen)
        corpus.comment(ids[1], "fine", seen=seen)
    assert [corpus.bead(id).comment for id in ids[:2]] == ["", "fine"]


def test_undo_and_redo_name_what_they_are_of(corpus):
    corpus.add_bitext(sample())
    corpus.remove("d")
    assert corpus.undo().what == "remove"
    assert corpus.redo().what == "remove"
    # the bitext is gone, its name is not
    assert [(e.event.what, e.of, e.bitext) for e in corpus.history(3)] == [
        ("redo", "remove", "d"),
        ("undo", "remove", "d"),
        ("remove", "", "d"),
    ]
    with pytest.raises(NotFound, match="nothing to redo"):
        corpus.redo()


# --- glossary --------------------------------------------------------------------------------------------------------

TEXTS = st.text(min_size=1, max_size=8)
BY_LANG = st.dictionaries(st.sampled_from(["en", "es"]), TEXTS, max_size=2)
TERMS = st.builds(
    Term,
    TEXTS,
    st.sampled_from(["en", "es"]),
    st.sampled_from(["full form", "acronym"]),
    st.sampled_from(["preferred", "superseded"]),
    st.sampled_from(["exact", "free"]),
    st.text(max_size=3),
    st.text(max_size=3),
    st.text(max_size=3),
)
CONCEPTS = st.builds(
    Concept,
    TEXTS,
    st.text(max_size=3),
    BY_LANG,
    st.lists(TERMS, max_size=3).map(tuple),
    st.text(max_size=3),
    BY_LANG,
    st.lists(TEXTS, max_size=2).map(tuple),
)
BASES = st.builds(
    Termbase,
    st.lists(TEXTS, max_size=3).map(tuple),
    st.lists(CONCEPTS, max_size=4, unique_by=lambda concept: concept.id).map(tuple),
)


@settings(max_examples=60, deadline=None)
@given(first=BASES, second=BASES)
def test_a_glossary_comes_out_as_it_went_in(tmp_path_factory, first, second):
    with Corpus.create(tmp_path_factory.mktemp("corpus") / "a.bialign") as corpus:
        for base in (first, second):
            corpus.set_glossary(base)
            assert corpus.glossary() == base
        if first != second:
            corpus.undo()
        assert corpus.glossary() == first


def test_the_project_s_glossary_comes_out_as_it_went_in(corpus):
    assert corpus.glossary() is None
    base = Termbase.load(REPOSITORY / "corpus/glossary.yaml")
    corpus.set_glossary(base)
    assert corpus.glossary() == base
    last = corpus.last
    corpus.set_glossary(base)
    assert corpus.last == last


# --- files -----------------------------------------------------------------------------------------------------------


def test_a_bitext_is_exported_as_it_stands(corpus, tmp_path):
    corpus.add_bitext(sample())
    corpus.merge([view.id for view in corpus.beads("d")[:2]])
    report = corpus.export("d", tmp_path / "d.jsonl")
    assert report.files == (tmp_path / "d.jsonl",)
    records = [json.loads(line) for line in (tmp_path / "d.jsonl").read_text(encoding="utf-8").splitlines()]
    assert records[0]["translation"]["en"] == "The Raid The SIN acted & left."
    assert len(records) == 5


def test_a_backup_is_a_corpus_and_replaces_nothing(corpus, tmp_path):
    corpus.add_bitext(sample())
    corpus.backup(tmp_path / "copy.bialign")
    corpus.remove("d")
    with Corpus(tmp_path / "copy.bialign") as copy:
        assert copy.bitext("d") == sample()
        assert copy.title == "Perú"
    with pytest.raises(CorpusError, match="exists already"):
        corpus.backup(tmp_path / "copy.bialign")
    with pytest.raises(CorpusError, match="exists already"):
        Corpus.create(corpus.path)


@pytest.mark.parametrize("make", ["create", "backup"])
def test_what_a_file_of_the_same_name_left_behind_does_not_come_back(corpus, tmp_path, make):
    # SQLite keeps the last changes beside the file: after a crash, or a file deleted by hand, they stay
    with Corpus.create(tmp_path / "old.bialign") as old:
        old.add_bitext(sample())
        shutil.copy(tmp_path / "old.bialign-wal", tmp_path / "new.bialign-wal")
    if make == "create":
        Corpus.create(tmp_path / "new.bialign").close()
    else:
        corpus.backup(tmp_path / "new.bialign")
    with Corpus(tmp_path / "new.bialign") as new:
        assert new.bitexts() == []


@given(st.lists(st.text(max_size=200), max_size=5))
def test_names_of_files_fit_any_file_system(names):
    found = file_names(names)
    assert len({name.casefold() for name in found}) == len(names)
    for name in found:
        assert name.strip(" .") == name != ""
        assert not set('<>:"/\\|?*') & set(name)
        assert len(name) < 170


# --- adding files and folders ----------------------------------------------------------------------------------------

TALES = (
    (
        "The ship left the harbour at dawn. Nobody waved from the pier.\n\nThe captain studied the old chart.\n\n"
        "A storm broke the mast before midnight. Four sailors drowned.\n\nIn the morning they saw an island.\n",
        "El barco salió del puerto al amanecer. Nadie saludó desde el muelle.\n\nEl capitán estudió la vieja "
        "carta.\n\nUna tormenta rompió el mástil antes de medianoche. Se ahogaron cuatro marineros.\n\nPor la mañana "
        "vieron una isla.\n",
    ),
    (
        "Mix the flour with warm water and a little salt. Let the dough rest for an hour.\n\nHeat the oven until the "
        "stone is hot.\n\nBake the bread for forty minutes. Its crust should sound hollow.\n",
        "Mezcle la harina con agua tibia y un poco de sal. Deje reposar la masa una hora.\n\nCaliente el horno hasta "
        "que la piedra esté caliente.\n\nHornee el pan cuarenta minutos. La corteza debe sonar hueca.\n",
    ),
    (
        "The tribunal rejected the appeal of the ministry. Its decision is final.\n\nBoth lawyers must pay the costs "
        "within ten days.\n\nThe judge will publish the ruling in the gazette.\n",
        "El tribunal rechazó la apelación del ministerio. Su decisión es definitiva.\n\nAmbos abogados deben pagar las "
        "costas en diez días.\n\nEl juez publicará la sentencia en la gaceta.\n",
    ),
)


@pytest.fixture
def folder(tmp_path):
    """Make a folder of texts whose names tell nothing, and one text that has no partner."""
    place = tmp_path / "texts"
    place.mkdir()
    for number, (english, spanish) in enumerate(TALES):
        (place / f"{number}a.txt").write_text(english, encoding="utf-8")
        (place / f"{8 - number}b.txt").write_text(spanish, encoding="utf-8")
    (place / "alone.txt").write_text(
        "A good poem needs no rhyme. Read it aloud twice, and listen to the silence between its lines.\n"
        "Then put the book away, and walk in the garden until evening.\n",
        encoding="utf-8",
    )
    return place


def test_files_are_paired_by_what_they_hold_where_names_do_not_tell(folder):
    found = plan([folder], Settings())
    assert [[path.name for path in pair.files] for pair in found.pairs] == [
        ["0a.txt", "8b.txt"],
        ["1a.txt", "7b.txt"],
        ["2a.txt", "6b.txt"],
    ]
    assert {pair.by for pair in found.pairs} == {"content"}
    assert all(pair.likeness > 0.6 for pair in found.pairs)
    assert [(path.name, str(why)) for path, why in found.left] == [("alone.txt", "no partner found")]


def test_texts_on_other_things_are_not_paired(folder):
    for path in folder.glob("*b.txt"):
        if path.name != "8b.txt":
            path.unlink()
    (folder / "0a.txt").unlink()
    found = plan([folder], Settings())
    assert found.pairs == ()
    assert len(found.left) == 4


def test_folders_by_language_given_side_by_side(tmp_path):
    for lang, text in (("en", ENGLISH), ("es", SPANISH)):
        (tmp_path / lang).mkdir()
        (tmp_path / lang / "año.txt").write_text(text, encoding="utf-8")
    (pair,) = plan([tmp_path / "en", tmp_path / "es"], Settings()).pairs
    assert (pair.name, pair.by) == ("año", "names")
    assert [path.parent.name for path in pair.files] == ["en", "es"]


def test_the_order_of_the_languages_is_asked_for(folder):
    found = plan([folder], Settings(langs=("es", "en")))
    assert [pair.files[0].name for pair in found.pairs] == ["6b.txt", "7b.txt", "8b.txt"]


def test_a_plan_of_many_kinds(folder):
    shutil.copy(folder / "0a.txt", folder / "cap1.en.txt")
    shutil.copy(folder / "8b.txt", folder / "cap1.es.txt")
    (folder / "memory.tsv").write_text("English\tSpanish\nOne.\tUno.\n", encoding="utf-8")
    (folder / "photo.png").write_bytes(b"\x89PNG")
    (folder / ".hidden.en.txt").write_text("x", encoding="utf-8")
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 nothing")
    found = plan([folder], Settings(name="mine"))
    kinds = {pair.name: pair.by for pair in found.pairs}
    assert kinds["mine/memory"] == "bilingual"
    assert kinds["mine/cap1"] == "names"
    assert sorted(kinds.values()).count("content") == 3
    assert sorted(path.name for path, _ in found.left) == ["alone.txt", "broken.docx", "photo.png"]


def test_what_is_in_already_is_passed_over(corpus, letters):
    settings = Settings()
    (pair,) = plan(list(letters), settings).pairs
    assert (pair.by, add_planned(corpus, pair, settings).new) == ("given", True)
    assert add_planned(corpus, pair, settings).new is False
    letters[1].write_text(SPANISH.replace("tres", "cuatro"), encoding="utf-8")
    with pytest.raises(CorpusError, match="holds a bitext called letter already"):
        add_planned(corpus, pair, settings)
    assert [info.name for info in corpus.bitexts()] == ["letter"]


def test_the_glossary_of_the_corpus_helps_to_align(corpus, letters):
    corpus.set_glossary(glossary())
    settings = Settings()
    version = corpus.version
    (pair,) = plan(list(letters), settings).pairs
    add_planned(corpus, pair, settings)
    assert corpus.bitexts()[0].recipe["options"]["glossary"] == {"of": version, "concepts": 2}


def test_a_bitext_with_a_glossary_is_another_object(corpus):
    # what comes in is not changed by what is done in the corpus
    bitext = replace(sample(), id="x")
    corpus.add_bitext(bitext)
    corpus.confirm([view.id for view in corpus.beads("x")])
    assert bitext.beads[0] == Bead(Span(0, 1), Span(0, 1), 1.0)
    assert corpus.bitext("x").beads[0].status == "confirmed"
    assert isinstance(corpus.bitext("x"), Bitext)
