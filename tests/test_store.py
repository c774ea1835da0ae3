"""The corpus file: what goes in comes out, edits keep the tiling and the index, and history leads to every state."""

import contextlib
import os
import random
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bialign.bitext import Anchor, Bead, Bitext, Document, Fix, Move, Paragraph, Span, plain_segments
from bialign.errors import BialignError, CorpusError, NotFound, SchemaMismatch
from bialign.split import split
from bialign.store import Pair, Store, database, edits, texts
from bialign.store.changes import COLUMNS
from bialign.store.check import check
from conftest import REPOSITORY

WORDS = [
    "casa",
    "niño",
    "nino",
    "mañana",
    "coup",
    "state",
    "sol",
    "él",
    "el",
    "Perú",
    "river",
    "night",
    "Ñandú",
    "two",
    "1.5",
]


def dump(store: Store) -> list[list[tuple]]:
    """Give all that a person's work can change, byte for byte."""
    return [store.database.rows(f"SELECT * FROM {table} ORDER BY id") for table in COLUMNS]


def sound(store: Store) -> None:
    assert not check(store.database, store.beads)


def random_bitext(seed: int, name: str = "tale", source: Document | None = None, size: int = 12) -> Bitext:
    """Make a bitext with paragraphs, anchors and every kind of bead; `source` is used again where it is given."""
    rng = random.Random(seed)
    sides = []
    for lang in ("en", "es"):
        document = source if lang == "en" and source else random_document(rng, f"{name}.{lang}", lang, size)
        sides.append((document, split(document.text, document.lang, paragraphs=document.paragraphs)))
    (one, sources), (other, targets) = sides
    beads, i, j = [], 0, 0
    while i < len(sources) or j < len(targets):
        k, m = min(rng.choice([0, 1, 1, 1, 2]), len(sources) - i), min(rng.choice([0, 1, 1, 1, 3]), len(targets) - j)
        if k or m:
            beads.append(Bead(Span(i, i + k), Span(j, j + m), rng.random(), reason=rng.choice(["", "cut"])))
        i, j = i + k, j + m
    nulls = [[bead for bead in beads if not getattr(bead, side)] for side in ("target", "source")]
    moves = [Move(nulls[0][0].source, nulls[1][0].target, 0.5)] if all(nulls) else []
    return Bitext(name, one, other, sources, targets, tuple(beads), tuple(moves), "signature:1")


def random_document(rng: random.Random, name: str, lang: str, size: int) -> Document:
    pieces, paragraphs, anchors, at = [], [], [], 0
    for number in range(size):
        sentences = [
            f"{' '.join(rng.choices(WORDS, k=rng.randint(1, 5))).capitalize()}." for _ in range(rng.randint(1, 3))
        ]
        text = " ".join(sentences)
        anchors.append(Anchor(at, "row", str(number + 1)))
        if rng.random() < 0.4:
            anchors.append(Anchor(at + rng.randint(0, len(text) - 1), "page", str(number // 3 + 7)))
        paragraphs.append(Paragraph(at, at + len(text), rng.choice(["text", "heading"])))
        pieces.append(text + "\n")
        at += len(text) + 1
    fixes = (Fix(0, "x", pieces[0][0], ("ligatures",)),)
    anchors.sort(key=lambda anchor: (anchor.offset, anchor.kind))
    text = "".join(pieces)
    return Document(name, lang, "A title", text, "here", "utf-8", "CC0", fixes, tuple(anchors), tuple(paragraphs))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    with Store(tmp_path / "corpus ñ #1?.bialign", create=True, who="Ana") as store:
        yield store


@pytest.mark.parametrize("seed", range(5))
def test_a_bitext_comes_out_as_it_went_in(store, seed):
    bitext = random_bitext(seed, size=60)
    store.add(bitext)
    assert store.bitext("tale") == bitext
    sound(store)


def test_lines_without_words_and_an_empty_side_are_kept(store):
    document = Document("a", "en", "", "One.\n\nTwo.\n")
    empty = Document("b", "es", "", "")
    beads = tuple(Bead(Span(i, i + 1), Span(0, 0)) for i in range(3))
    bitext = Bitext("odd", document, empty, plain_segments(["One.", "", "Two."]), (), beads)
    store.add(bitext)
    assert store.bitext("odd") == bitext
    sound(store)


def test_anchors_that_count_on_are_kept_as_runs(store):
    store.add(random_bitext(1, size=200))
    runs = store.database.rows("SELECT max(run) FROM anchor WHERE kind = 'row'")
    assert runs[0][0] > 3
    assert store.database.rows("SELECT count(*) FROM anchor")[0][0] < 600


def test_two_bitexts_may_share_a_document(store):
    first = random_bitext(1)
    second = random_bitext(2, "other", source=first.source)
    store.add(first)
    store.add(second)
    names = [row[0] for row in store.database.rows("SELECT name FROM document ORDER BY id")]
    assert names == ["tale.en", "tale.es", "other.es"]
    assert (store.bitext("tale"), store.bitext("other")) == (first, second)
    store.remove("tale")
    assert store.bitext("other") == second
    with pytest.raises(NotFound, match="tale"):
        store.bitext("tale")
    sound(store)


def test_a_name_is_not_taken_twice(store):
    store.add(random_bitext(1))
    before = dump(store)
    with pytest.raises(CorpusError, match="holds a bitext called tale already"):
        store.add(random_bitext(2))
    assert dump(store) == before


def test_pairs_stream_in(store):
    documents = Document("p.en", "en", "", ""), Document("p.es", "es", "", "")
    pairs = (Pair((f"Number {n}.",), (f"Número {n}.",) if n % 7 else (), 0.5) for n in range(45_000))
    store.add_pairs("pairs", documents, pairs)
    bitext = store.bitext("pairs")
    assert len(bitext.beads) == 45_000
    assert bitext.target_text(bitext.beads[44_999]) == "Número 44999."
    assert bitext.beads[7].type == "1-0"
    hits = store.database.rows("SELECT rowid FROM words WHERE words MATCH '44999'")
    assert [row[0] for row in hits] == [45_000]


def random_edit(store: Store, rng: random.Random) -> None:
    """Do one edit with arguments that may make no sense."""
    name = rng.choice([entry.name for entry in store.contents.entries()])
    bitext = store.contents.bitext_id(name)
    ids = store.contents.ids(bitext)
    at = rng.randrange(len(ids))
    bead = store.beads.get(ids[at])
    document = store.beads.document(bitext, side := rng.choice(["source", "target"]))
    places = [segment.place for segment in store.reader.all(document)]
    place = rng.choice(places) if places else 0
    kinds = {
        "merge": lambda e: edits.merge(e, ids[at : at + rng.randint(1, 3)]),
        "split": lambda e: edits.split(e, bead.id, rng.randint(0, bead.sources), rng.randint(0, bead.targets)),
        "shift": lambda e: edits.shift(e, bead.id, side, rng.choice([-2, -1, 1, 2])),
        "null": lambda e: edits.make_null(e, bead.id, "omitted"),
        "judge": lambda e: edits.judge(e, ids[at : at + 3], rng.choice(["confirmed", "doubtful", "unreviewed"])),
        "comment": lambda e: edits.comment(e, bead.id, rng.choice(["", "¿Por qué?"])),
        "link": lambda e: edits.link(
            e, [rng.choice(nulls(store, ids, "source"))], [rng.choice(nulls(store, ids, "target"))]
        ),
        "join": lambda e: texts.join(e, document, place),
        "cut": lambda e: texts.cut(e, document, place, rng.randint(1, 20)),
        "correct": lambda e: texts.correct(e, document, place, " ".join(rng.choices(WORDS, k=3))),
        "replace": lambda e: replace(e, ids[at : at + rng.randint(1, 5)], rng),
        "remove": lambda e: store.contents.entries()[1:] and store_remove(e, bitext),
    }
    kind = rng.choices(list(kinds), weights=[4, 4, 4, 2, 1, 1, 3, 4, 5, 2, 3, 0.2])[0]
    with store.edit(kind) as edit:
        kinds[kind](edit)


def store_remove(edit, bitext: int) -> None:
    from bialign.store.intake import remove_bitext

    remove_bitext(edit, bitext)


def replace(edit, ids: list[int], rng: random.Random) -> None:
    old = [edit.beads.get(id) for id in ids]
    sources, targets = sum(b.sources for b in old), sum(b.targets for b in old)
    new = []
    while sources or targets:
        k, m = rng.randint(0, min(2, sources)), rng.randint(0, min(2, targets))
        if k or m:
            new.append((k, m, rng.random(), "unreviewed", ""))
        sources, targets = sources - k, targets - m
    edits.replace_run(edit, old, new)


def nulls(store: Store, ids: list[int], side: str) -> list[int]:
    found = [b.id for b in map(store.beads.get, ids) if not b.count("target" if side == "source" else "source")]
    return found or ids[:1]


@pytest.mark.parametrize("seed", range(12))
def test_random_edits_keep_everything_sound_and_are_undone_byte_for_byte(store, seed, tmp_path):
    rng = random.Random(seed)
    first = random_bitext(seed)
    states = {}
    for bitext in (first, random_bitext(seed + 100, "other", source=first.source)):
        store.add(bitext)
        states[store.journal.last()] = dump(store)
    done = 0
    for _ in range(60):
        before = dump(store)
        try:
            random_edit(store, rng)
        except (ValueError, BialignError):
            assert dump(store) == before
            continue
        done += store.journal.last() not in states
        states[store.journal.last()] = dump(store)
        sound(store)
        for entry in store.contents.entries():
            bitext = store.bitext(entry.name)
            assert len(bitext.beads) == entry.beads
        if rng.random() < 0.15:
            store.journal.undo("Ana")
            assert dump(store) in states.values()
            states[store.journal.last()] = dump(store)
    assert done > 15
    last = dump(store)
    for number in rng.sample(sorted(states), 4):
        with store.at(number, tmp_path / f"at-{number}.bialign") as earlier:
            assert dump(earlier) == states[number]
            sound(earlier)
            assert earlier.journal.last() == number
    undone = 0
    while store.journal.last() and undone < 500:
        try:
            store.journal.undo("Ana")
        except NotFound:
            break
        undone += 1
    assert all(rows == [] for rows in dump(store))
    sound(store)
    for _ in range(undone):
        store.journal.redo("Ana")
    assert dump(store) == last
    sound(store)


def test_an_edit_after_an_undo_ends_what_can_be_redone(store):
    store.add(random_bitext(1))
    with pytest.raises(NotFound, match="nothing to redo"):
        store.journal.redo("Ana")
    for text in ("one", "two"):
        with store.edit("comment") as edit:
            edits.comment(edit, 1, text)
    assert store.journal.undo("Eva").details["comment"] == "two"
    assert store.journal.undo("Eva").details["comment"] == "one"
    assert store.journal.redo("Eva").details["comment"] == "one"
    with store.edit("comment") as edit:
        edits.comment(edit, 2, "three")
    with pytest.raises(NotFound, match="nothing to redo"):
        store.journal.redo("Eva")
    story = [(event.what, event.who, event.state) for event in store.journal.events()]
    assert story == [
        ("add", "Ana", "in force"), ("comment", "Ana", "in force"), ("comment", "Ana", "superseded"),
        ("undo", "Eva", "in force"), ("undo", "Eva", "in force"), ("redo", "Eva", "in force"),
        ("comment", "Ana", "in force"),
    ]  # fmt: skip


def test_an_earlier_edit_is_undone_alone_unless_a_later_one_touched_the_same(store):
    store.add(random_bitext(1))
    for id, text in ((1, "one"), (2, "two"), (1, "three")):
        with store.edit("comment") as edit:
            edits.comment(edit, id, text)
    first, second, _ = (event.id for event in store.journal.events(1))
    store.journal.undo("Ana", second)
    assert (store.beads.get(1).comment, store.beads.get(2).comment) == ("three", None)
    before = dump(store)
    for event in (first, 1):
        with pytest.raises(CorpusError, match="undo that first"):
            store.journal.undo("Ana", event)
    assert dump(store) == before
    with pytest.raises(NotFound, match="nothing to undo"):
        store.journal.undo("Ana", second)


def test_what_another_changed_meanwhile_is_told_and_not_overwritten(store):
    store.add(random_bitext(1))
    seen = store.journal.last()
    with Store(store.path, who="Eva") as hers, hers.edit("comment") as edit:
        edits.comment(edit, 3, "hers")
    with (
        pytest.raises(CorpusError, match=r"Eva changed the same meanwhile \(comment\)"),
        store.edit("c", seen=seen) as edit,
    ):
        edits.comment(edit, 3, "mine")
    assert store.beads.get(3).comment == "hers"
    with store.edit("comment", seen=seen) as edit:
        edits.comment(edit, 4, "elsewhere")
    document = store.beads.document(1, "source")
    place = next(store.reader.all(document)).place
    with Store(store.path, who="Eva") as hers, hers.edit("correct") as edit:
        texts.correct(edit, document, place, "Otra cosa.")
    with pytest.raises(CorpusError, match="Eva changed the same"), store.edit("correct", seen=seen) as edit:
        texts.correct(edit, document, place, "Mine.")


def test_an_edit_that_fails_or_changes_nothing_leaves_no_event(store):
    store.add(random_bitext(1))
    before = dump(store), store.journal.last()
    with pytest.raises(ZeroDivisionError), store.edit("comment") as edit:
        edits.comment(edit, 1, "lost")
        _ = 1 / 0
    with store.edit("judge") as edit:
        edits.judge(edit, [1, 2], "unreviewed")
    assert (dump(store), store.journal.last()) == before
    sound(store)


def words_of(store: Store, expression: str) -> list[int]:
    return [row[0] for row in store.database.rows("SELECT rowid FROM words WHERE words MATCH ?", expression)]


def test_the_index_tells_n_from_enye_and_the_sides_apart(store):
    documents = Document("p.en", "en", "", ""), Document("p.es", "es", "", "")
    pairs = [Pair(("The Niño coup.",), ("El NIÑO, los anos.",)), Pair(("Nino's year.",), ("El año de Ángel.",))]
    pairs.append(Pair(("\uf0b7bullet \ue000mark", "cafe\u0301"), ("\uf0b7viñeta",)))
    store.add_pairs("p", documents, pairs)
    assert words_of(store, '"niño"') == [1]
    assert words_of(store, '"nino"') == [2]
    assert words_of(store, '"\ue000angel"') == [2]
    assert words_of(store, '"\ue000año"') == [2]
    assert words_of(store, '"coup" AND "\ue000niño"') == [1]
    assert words_of(store, '"coup \ue000el"') == [1]  # the one place where a phrase crosses: search rechecks
    assert [words_of(store, word) for word in ("bullet", "mark", "cafe", '"\ue000viñeta"')] == [[3]] * 4
    with store.edit("correct") as edit:
        texts.correct(edit, 1, 0, "A strike.")
    assert (words_of(store, "coup"), words_of(store, "strike")) == ([], [1])


# --- the file ---------------------------------------------------------------------------------------------------------


def test_a_damaged_index_is_found_and_made_anew(store):
    store.add(random_bitext(1))
    store.database.run("INSERT INTO words (rowid, text) VALUES (3, 'stray')")
    (finding,) = check(store.database, store.beads)
    assert (str(finding), finding.mended) == ("the index of words does not fit the texts", False)
    (finding,) = check(store.database, store.beads, mend=True)
    assert finding.mended
    sound(store)


def test_beads_that_do_not_tile_are_told(store):
    store.add(random_bitext(1))
    store.database.run("UPDATE bead SET source = source + 0.25 WHERE id = 5")
    (finding,) = check(store.database, store.beads, mend=True)
    assert "bead 5 does not begin where the one before it ends" in str(finding)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (b"no database, but long enough to look at " * 40, "it is no SQLite database"),
    ],
)
def test_what_is_no_corpus_is_told_in_one_line(tmp_path, content, message):
    path = tmp_path / "x.bialign"
    path.write_bytes(content)
    with pytest.raises(CorpusError, match=message):
        Store(path)
    assert path.read_bytes() == content


def test_a_file_cut_short_is_told(store, tmp_path):
    store.add(random_bitext(1, size=200))
    store.database.backup(tmp_path / "copy.bialign")
    data = (tmp_path / "copy.bialign").read_bytes()
    (tmp_path / "short.bialign").write_bytes(data[: len(data) // 2])
    with pytest.raises(CorpusError, match="damaged"), Store(tmp_path / "short.bialign") as short:
        found = check(short.database, short.beads)
        raise CorpusError(str(found[0]))


def test_a_corpus_of_a_later_version_is_refused(store):
    store.database.run("PRAGMA user_version = 99")
    with pytest.raises(SchemaMismatch, match="schema 99, this bialign expects 1"):
        Store(store.path)


STEPS = {1: ("ALTER TABLE document ADD COLUMN genre TEXT",), 2: ("UPDATE document SET genre = 'news'",)}


def test_a_corpus_of_an_earlier_version_is_brought_forward_with_all_it_holds(store, monkeypatch):
    store.add(random_bitext(1, size=40))
    before = store.bitext("tale")
    monkeypatch.setattr(database, "SCHEMA_VERSION", 3)
    monkeypatch.setattr(database, "_MIGRATIONS", STEPS)
    with Store(store.path) as forward:
        assert forward.database.row("PRAGMA user_version") == (3,)
        assert forward.database.rows("SELECT DISTINCT genre FROM document") == [("news",)]
        assert forward.bitext("tale") == before
        sound(forward)
        forward.journal.undo("later")
        forward.journal.redo("later")
        assert forward.bitext("tale") == before
    with Store(store.path) as again:
        assert again.database.row("PRAGMA user_version") == (3,)


def test_a_step_forward_that_fails_leaves_the_corpus_as_it_was(store, monkeypatch):
    store.add(random_bitext(1, size=40))
    monkeypatch.setattr(database, "SCHEMA_VERSION", 3)
    monkeypatch.setattr(database, "_MIGRATIONS", STEPS | {2: ("UPDATE nothing SET genre = 1",)})
    with pytest.raises(CorpusError):
        Store(store.path)
    monkeypatch.undo()
    with Store(store.path) as back:
        assert "genre" not in {row[1] for row in back.database.rows("PRAGMA table_info(document)")}
        sound(back)


def test_a_corpus_of_an_earlier_version_that_may_only_be_read_is_told_how_to_go_forward(store, monkeypatch):
    monkeypatch.setattr(database, "SCHEMA_VERSION", 2)
    monkeypatch.setattr(database, "_MIGRATIONS", STEPS)
    with pytest.raises(SchemaMismatch, match="bialign check"):
        Store(store.path, read_only=True)


def test_no_corpus_is_made_where_a_file_stands_or_nothing_can_be_written(store, tmp_path):
    before = store.path.read_bytes()
    with pytest.raises(CorpusError, match="it exists already"):
        Store(store.path, create=True)
    assert store.path.read_bytes() == before
    with pytest.raises((CorpusError, OSError)):
        Store(tmp_path / "no" / "folder.bialign", create=True)
    with pytest.raises(CorpusError, match="bialign init"):
        Store(tmp_path / "none.bialign")


def test_a_full_disk_changes_nothing(store):
    store.add(random_bitext(1))
    before = dump(store)
    pages = store.database.rows("PRAGMA page_count")[0][0]
    store.database.run(f"PRAGMA max_page_count = {pages + 4}")
    with pytest.raises(CorpusError, match="the disk is full; nothing was changed"):
        store.add(random_bitext(2, "big", size=3000))
    store.database.run("PRAGMA max_page_count = 1000000")
    assert dump(store) == before
    sound(store)


def test_a_file_that_cannot_be_written_is_read_and_told(store, tmp_path):
    store.add(random_bitext(1))
    with Store(store.path, read_only=True) as reading:
        assert reading.bitext("tale") == store.bitext("tale")
        with pytest.raises(CorpusError, match="read-only"), reading.edit("comment") as edit:
            edits.comment(edit, 1, "x")


def test_a_writer_waits_for_another_and_says_so(store, monkeypatch):
    store.add(random_bitext(1))
    with Store(store.path) as other:
        other.database.run("PRAGMA busy_timeout = 50")
        with store.database.transaction():
            assert other.bitext("tale")  # reading goes on
            with pytest.raises(CorpusError, match="another program is writing"), other.edit("comment") as edit:
                edits.comment(edit, 1, "x")
        with other.edit("comment") as edit:
            edits.comment(edit, 1, "x")


def test_a_backup_is_a_whole_corpus_of_its_own(store, tmp_path):
    store.add(random_bitext(1))
    with store.database.transaction():
        store.database.run("UPDATE bead SET probability = 0.25 WHERE id = 1")
    store.database.backup(tmp_path / "copia ñ.bialign")
    with Store(tmp_path / "copia ñ.bialign") as copy:
        assert dump(copy) == dump(store)
        sound(copy)
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


def test_another_programs_database_is_no_corpus(tmp_path):
    path = tmp_path / "x.sqlite"
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE bead (id)")
    with pytest.raises(CorpusError, match="a database, but no corpus of bialign"):
        Store(path)


WRITER = """
import sys
from bialign.store import Store, edits
store = Store(sys.argv[1], who="killed")
ids = store.contents.ids(1)
number = 0
print("ready", flush=True)
while True:
    number += 1
    with store.edit("comment") as edit:
        edits.comment(edit, ids[number % len(ids)], f"{sys.argv[2]}-{number}")
    with store.edit("merge") as edit:
        one = edits.merge(edit, store.contents.ids(1)[:2])
    print(store.journal.last(), flush=True)
    store.journal.undo("killed")
    print(store.journal.last(), flush=True)
"""


def test_a_writer_killed_at_any_moment_loses_nothing_it_has_been_told_is_done(store):
    """BIALIGN_CRASHES says how often; 200 take about a minute and a half."""
    store.add(random_bitext(1, size=40))
    rng = random.Random(5)
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY / "src")}
    seen = store.journal.last()
    for number in range(int(os.environ.get("BIALIGN_CRASHES", "12"))):
        command = [sys.executable, "-c", WRITER, str(store.path), str(number)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as writer:
            assert writer.stdout.readline() == b"ready\n"
            time.sleep(rng.random() * 0.1)
            writer.kill()
            told = [int(line) for line in writer.stdout.read().split(b"\n")[:-1]]
        # another process reads what is there, at once and without mending anything
        assert store.journal.last() >= max([seen, *told])
        seen = store.journal.last()
        sound(store)
    assert seen > 30
    assert not store.database.rows("PRAGMA foreign_key_check")
