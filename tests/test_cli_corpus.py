"""The commands for a corpus in one file, with friendly and hostile input: one line each, nothing half done."""

import contextlib
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys

import pytest

from bialign import Corpus
from bialign.cli.history import EVENTS, STATUS_WORDS
from bialign.cli.messages import load_catalogue
from bialign.store import database
from bitexts import glossary, sample

ENGLISH = (
    "The agency denied everything. Nobody believed it, and the minister resigned.\n\nThe trial lasted three years.\n"
)
SPANISH = "La agencia lo negó todo. Nadie lo creyó y el ministro renunció.\n\nEl juicio duró tres años.\n"


@pytest.fixture
def letters(tmp_path, monkeypatch):
    """Put two short letters into the current folder."""
    monkeypatch.chdir(tmp_path)
    write_pair(tmp_path, "letter")
    return tmp_path


@pytest.fixture
def corpus(letters):
    """Make a corpus with a small bitext that has everything in it."""
    path = letters / "año.bialign"
    with Corpus.create(path, title="Perú", who="ana") as made:
        made.add_bitext(sample())
    return path


def write_pair(folder, name):
    (folder / f"{name}.en.txt").write_text(ENGLISH, encoding="utf-8")
    (folder / f"{name}.es.txt").write_text(SPANISH, encoding="utf-8")


def said(run):
    """Give the one line that says what was wrong."""
    assert run.err.count("\n") == 1, run.err
    assert run.out == ""
    return run.err


def bytes_in(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


# --- init, add -------------------------------------------------------------------------------------------------------


def test_from_nothing_to_a_page(bialign, letters):
    assert bialign("init", "peru.bialign", "--title", "Peru").out == "peru.bialign: an empty corpus, “Peru”\n"
    assert "bialign add peru.bialign FILES..." in bialign("list", "peru.bialign").err
    run = bialign("add", "peru.bialign", "letter.en.txt", "letter.es.txt")
    assert (run.status, run.err) == (0, "")
    assert re.fullmatch(r"letter: 3 beads, doubtful: 0 \(\d+\.\d s\)\n", run.out)
    assert bialign("export", "peru.bialign", "letter", "-o", "letter.html").status == 0
    assert "Nadie lo creyó" in (letters / "letter.html").read_text(encoding="utf-8")
    assert bialign("check", "peru.bialign").out == "peru.bialign: whole, 3 beads\n"
    # nothing is left beside it
    assert [path.name for path in letters.iterdir() if "bialign" in path.name] == ["peru.bialign"]


def test_a_plan_is_shown_and_nothing_done(bialign, corpus):
    write_pair(corpus.parent, "cap1")
    (corpus.parent / "a.png").write_bytes(b"\x89PNG")
    before = bytes_in(corpus.parent)
    run = bialign("add", corpus, corpus.parent, "--dry-run")
    assert run.status == 0
    lines = [line.replace(str(corpus.parent) + os.sep, "") for line in run.out.splitlines()]
    assert lines == [
        "cap1: cap1.en.txt + cap1.es.txt (by their names)",
        "letter: letter.en.txt + letter.es.txt (by their names)",
        "left: a.png: no kind of text, by its name",
    ]
    assert bytes_in(corpus.parent) == before


def test_quiet_commands_say_nothing_of_what_they_did(bialign, tmp_path):
    one, other = tmp_path / "a.en.txt", tmp_path / "a.es.txt"
    one.write_text(ENGLISH, encoding="utf-8")
    other.write_text(SPANISH, encoding="utf-8")
    corpus = tmp_path / "quiet.bialign"
    for command in (
        ("init", corpus),
        ("add", corpus, one, other),
        ("backup", corpus, tmp_path / "copy.bialign"),
        ("remove", corpus, "a"),
        ("undo", corpus),
    ):
        run = bialign(*command, "-q")
        assert (run.status, run.out, run.err) == (0, "", "")
    assert "3 beads" in bialign("check", corpus, "-q").out


def test_a_pair_that_fails_is_named_and_the_others_come_in(bialign, corpus):
    write_pair(corpus.parent, "cap1")
    (corpus.parent / "bad.en.docx").write_bytes(b"PK\x03\x04 cut off")
    (corpus.parent / "bad.es.txt").write_text(SPANISH, encoding="utf-8")
    run = bialign("add", corpus, corpus.parent)
    assert run.status == 1
    assert re.sub(r" \(\d.*", "", run.out, flags=re.MULTILINE).splitlines() == [
        "cap1: 3 beads, doubtful: 0",
        "letter: 3 beads, doubtful: 0",
    ]
    (said,) = (line for line in run.err.splitlines() if line.startswith("error: "))
    assert said.startswith("error: bad: ")
    assert "bad.en.docx" in said
    with Corpus(corpus) as opened:
        assert [info.name for info in opened.bitexts()] == ["d", "cap1", "letter"]
    # the same again goes on where it stopped
    (corpus.parent / "bad.en.docx").unlink()
    (corpus.parent / "bad.en.txt").write_text(ENGLISH, encoding="utf-8")
    run = bialign("add", corpus, corpus.parent)
    assert run.status == 0
    assert run.out.startswith("bad: 3 beads")
    assert "cap1 is in the corpus already" in run.err


def test_options_reach_the_aligner_and_the_recipe(bialign, corpus):
    (corpus.parent / "g.yaml").write_text(
        "version: 1\nlanguages: [en, es]\nconcepts:\n  - id: trial\n    terms:\n      en: [{text: trial}]\n"
        "      es: [{text: juicio}]\n",
        encoding="utf-8",
    )
    (corpus.parent / "e.yaml").write_text("en: [everything.]\n", encoding="utf-8")
    (corpus.parent / "letter.es.txt").write_text(SPANISH, encoding="cp1252")
    (corpus.parent / "letter.en.txt").write_text(ENGLISH, encoding="cp1252")
    run = bialign(
        "add", corpus, "letter.es.txt", "letter.en.txt", "--name", "carta", "--glossary", "g.yaml", "--exceptions",
        "e.yaml", "--encoding", "cp1252", "--source-lang", "es-PE",
    )  # fmt: skip
    assert run.status == 0, run.err
    with Corpus(corpus) as opened:
        info = opened.bitexts()[1]
        assert (info.name, info.source.lang, info.target.lang) == ("carta", "es-PE", "en")
        assert opened.bitext("carta").target_segments[0].text.startswith("The agency denied everything. Nobody")
    options = info.recipe["options"]
    assert options["source_lang"] == "es-PE"
    assert options["target_encoding"] == "cp1252"
    assert (options["glossary"]["path"], options["exceptions"]["path"]) == ("g.yaml", "e.yaml")


def test_lines_are_segments(bialign, corpus):
    run = bialign("add", corpus, "letter.en.txt", "letter.es.txt", "--lines")
    assert run.status == 0
    with Corpus(corpus) as opened:
        assert [len(view.source) for view in opened.beads("letter")][:1] == [1]
        assert opened.beads("letter")[0].source_text == ENGLISH.split("\n", maxsplit=1)[0]


def test_a_file_of_both_languages(bialign, corpus):
    (corpus.parent / "words.tsv").write_text("English\tSpanish\nOne.\tUno.\nTwo.\t\n", encoding="utf-8")
    assert bialign("add", corpus, "words.tsv").out.startswith("words: 2 beads")
    with Corpus(corpus) as opened:
        assert opened.types("words") == {"1-0": 1, "1-1": 1}
        assert opened.bitexts()[1].recipe["how"] == "read"


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are text there")
def test_names_of_files_that_are_no_text(bialign, corpus):
    folder = corpus.parent / "old"
    folder.mkdir()
    (folder / "Per\udcfa.en.txt").write_text(ENGLISH, encoding="utf-8")
    (folder / "Per\udcfa.es.txt").write_text(SPANISH, encoding="utf-8")
    assert bialign("add", corpus, folder).out.startswith("Per?: 3 beads")
    assert "Per? is in the corpus already" in bialign("add", corpus, folder).err
    assert bialign("export", corpus, "Per?", "-o", corpus.parent / "Per\udcfa.tsv").status == 0
    assert "Per?.en.txt" in bialign("list", corpus).out


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["nobody.txt"], 1, "nobody.txt: no such file"),
        (["letter.en.txt"], 1, "letter.en.txt: this holds one text only"),
        (["letter.en.txt", "letter.es.txt", "--encoding", "utf-9"], 1, "there is no encoding called utf-9"),
        (["letter.en.txt", "letter.es.txt", "--glossary", "none.yaml"], 1, "none.yaml: cannot be read"),
        (["letter.en.txt", "letter.es.txt", "--lines", "--srx", "x.srx"], 2, "--exceptions and --srx say how"),
        (["letter.en.txt", "letter.es.txt", "--name", "d"], 1, "holds a bitext called d already"),
        (["empty"], 1, "nothing to add: no two of these files belong together"),
        ([], 2, "FILES... is missing"),
    ],
)
def test_what_cannot_be_added_changes_nothing(bialign, corpus, arguments, status, message):
    (corpus.parent / "empty").mkdir()
    before = bytes_in(corpus.parent)
    run = bialign("add", corpus, *arguments)
    assert run.status == status
    assert message in said(run)
    assert bytes_in(corpus.parent) == before


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent otherwise there")
def test_interrupted_adding_keeps_what_is_done_and_goes_on(bialign, corpus):
    folder = corpus.parent / "many"
    folder.mkdir()
    for number in range(40):
        write_pair(folder, f"cap{number:02}")
    command = [sys.executable, "-u", "-m", "bialign", "add", str(corpus), str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdout.readline().startswith("cap00: 3 beads")
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in err
    with Corpus(corpus) as opened:
        done = [info.name for info in opened.bitexts()][1:]
        assert opened.check() == []
    assert 1 <= len(done) < 40
    run = bialign("add", corpus, folder)
    assert run.status == 0
    assert run.out.count("\n") == 40 - len(done)


# --- list, status, show ----------------------------------------------------------------------------------------------


def test_list_says_what_is_there(bialign, corpus):
    assert bialign("list", corpus).out.splitlines() == [
        "d: 6 beads, reviewed: 1, doubtful: 2",
        "  A paper (en) | d.es (es-PE)",
        "  1-1: 2, 0-1: 1, 1-0: 1, 1-2: 1, 2-1: 1",
    ]
    (entry,) = json.loads(bialign("list", corpus, "--json").out)
    assert (entry["name"], entry["beads"], entry["types"]["1-1"]) == ("d", 6, 2)
    assert entry["source"]["lang"] == "en"


def test_status_fits_a_terminal(bialign, corpus):
    with Corpus(corpus, who="luis") as opened:
        opened.set_glossary(glossary())
        version = opened.version
    run = bialign("status", corpus)
    lines = run.out.splitlines()
    assert lines[:2] == ["Perú", "1 bitext, 2 documents, 6 beads, 2 concepts"]
    assert lines[2] == "█" * 7 + "░" * 33 + " 17%  reviewed: 1, doubtful: 2"
    assert re.fullmatch(r"last change: \d{4}-\d\d-\d\d \d\d:\d\d, luis: glossary brought in \(2 concepts\)", lines[3])
    assert lines[4:] == [f"version: {version}"]
    assert max(map(len, lines)) <= 80
    status = json.loads(bialign("status", corpus, "--json").out)
    assert (status["beads"], status["reviewed"], status["concepts"], status["version"]) == (6, 1, 2, version)


def test_an_empty_corpus_has_a_status(bialign, letters):
    bialign("init", "x.bialign")
    assert bialign("status", "x.bialign").out.splitlines()[:2] == ["x", "0 bitexts, 0 documents, 0 beads"]
    assert json.loads(bialign("status", "x.bialign", "--json").out)["changed"] is None
    assert "nothing has been done" in bialign("history", "x.bialign").err


def test_show_chooses_beads(bialign, corpus):
    run = bialign("show", corpus, "d", "--below", "0,4", "--limit", "1")
    assert run.out.splitlines() == [
        "[3]  2-1  30%  unreviewed",
        "  Nobody saw it.",
        "  It was late.",
        "  Nadie lo vio, sin luz, ya tarde.",
    ]
    assert run.err == "1 of 2 beads\n"
    run = bialign("show", corpus, "d", "4")
    assert run.out.splitlines()[-2:] == ["  (nothing)", "reason: stands later in the translation"]
    records = [json.loads(line) for line in bialign("show", corpus, "d", "--type", "1-1", "--json").out.splitlines()]
    assert [record["id"] for record in records] == [1, 5]
    assert records[1]["target"][0]["text"] == "Fin."
    assert bialign("show", corpus, "d", "--start", "7").out == ""
    with Corpus(corpus) as opened:
        opened.add_bitext(sample(), name="other")
    assert "bead 7 is one of other, not of d" in said(bialign("show", corpus, "d", "7"))


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["d", "99"], 1, "no bead 99"),
        (["x"], 1, "no bitext called x"),
        (["d", "x"], 2, "BEAD: a whole number from 1 on is wanted"),
        (["d", "--type", "1:1"], 2, "a type of beads reads 1-2, not 1:1"),
        (["d", "--status", "fine"], 2, "--status takes one of: unreviewed, confirmed, rejected, doubtful"),
        (["d", "--below", "2"], 2, "--below: a number from 0 to 1 is wanted"),
        (["d", "--limit", "0"], 2, "--limit: a whole number from 1 on is wanted"),
    ],
)
def test_what_cannot_be_shown(bialign, corpus, arguments, status, message):
    run = bialign("show", corpus, *arguments)
    assert run.status == status
    assert message in said(run)


# --- remove, history, undo, redo -------------------------------------------------------------------------------------


def test_undo_says_what_it_undid(bialign, corpus):
    assert bialign("remove", corpus, "d").out == "removed: d\n"
    assert bialign("list", corpus).out == ""
    assert bialign("undo", corpus).out == "undone: d removed\n"
    assert bialign("redo", corpus).out == "redone: d removed\n"
    assert bialign("undo", corpus).out == "undone: d removed\n"
    assert bialign("undo", corpus).out == "undone: d added\n"
    assert "there is nothing to undo" in said(bialign("undo", corpus))
    assert bialign("undo", corpus, "--ui-lang", "es").status == 1


def test_history_is_told_in_words(bialign, corpus):
    with Corpus(corpus, who="luis") as opened:
        ids = [view.id for view in opened.beads("d")]
        opened.merge(ids[:2])
        opened.judge(ids[2:5], "doubtful")
        opened.comment(ids[2], "the date is wrong, see page 7 of the report and compare it")
        segment = opened.beads("d")[1].target[0]
        opened.correct(segment.document, segment.place, "Nadie lo vio.")
        opened.undo()
        with opened.store.edit("reckoned") as edit:  # an edit of a later version, say
            edit.bitext = 1
            edit.update("bead", ids[2], comment="x")
    run = bialign("history", corpus, "--limit", "6")
    told = [re.sub(r"^ +\d+  \S+ \S+  ", "", line) for line in run.out.splitlines()]
    assert told == [
        "luis: d: reckoned",
        "luis: undone: d: “Nadie lo vio, sin luz, ya tar…” corrected to “Nadie lo vio.”",
        "luis: d: “Nadie lo vio, sin luz, ya tar…” corrected to “Nadie lo vio.” (undone)",
        "luis: d: comment on bead 3: “the date is wrong, see page 7…”",
        "luis: d: beads 3, 4, 5 called doubtful",
        "luis: d: beads 1, 2 merged",
    ]
    spanish = bialign("history", corpus, "--ui-lang", "es").out
    assert "d: correspondencias 1, 2 unidas" in spanish
    assert spanish.splitlines()[-1].endswith("ana: d incorporado")
    entries = json.loads(bialign("history", corpus, "--json").out)
    assert [entry["what"] for entry in entries][-1] == "add"
    assert entries[1]["of"] == "correct"


def test_every_kind_of_edit_has_words_in_both_languages():
    texts = {*EVENTS.values(), *STATUS_WORDS.values()}
    assert texts <= set(load_catalogue("es"))


# --- check, backup, export -------------------------------------------------------------------------------------------


def test_check_tells_and_mends(bialign, corpus):
    with contextlib.closing(sqlite3.connect(corpus)) as connection:
        connection.execute("INSERT INTO words (rowid, text) VALUES (77, 'stray')")
        connection.commit()
    run = bialign("check", corpus)
    assert (run.status, run.out) == (1, "the index of words does not fit the texts\n")
    assert "--mend" in run.err
    assert bialign("check", corpus, "--mend").out == "the index of words does not fit the texts: mended\n"
    assert bialign("check", corpus).status == 0
    with contextlib.closing(sqlite3.connect(corpus)) as connection:
        connection.execute("UPDATE bead SET sources = 2 WHERE id = 1")
        connection.commit()
    run = bialign("check", corpus, "--mend", "--ui-lang", "es")
    assert run.status == 1
    assert "la correspondencia 2 no empieza donde acaba la anterior" in run.out


def test_backup_makes_a_new_file_only(bialign, corpus):
    run = bialign("backup", corpus, "copia #1.bialign")
    assert run.out.startswith("copia #1.bialign: a copy of version ")
    assert bialign("list", "copia #1.bialign").out == bialign("list", corpus).out
    assert "it exists already" in said(bialign("backup", corpus, "copia #1.bialign"))
    assert "it exists already" in said(bialign("backup", corpus, corpus))
    assert "there is no folder none" in said(bialign("backup", corpus, "none/x.bialign"))


def test_export_of_one_and_of_all(bialign, corpus):
    run = bialign("export", corpus, "d", "-o", "d.tsv", "-o", "d.tmx")
    assert run.status == 0
    assert "2 null beads left out" in run.err
    with Corpus(corpus) as opened:
        opened.add_bitext(sample(), name="D")
        opened.add_bitext(sample(), name="a/../b: ¿c?")
    assert bialign("export", corpus, "--all", "-o", "out", "--to", "tsv").status == 0
    names = sorted(path.name for path in (corpus.parent / "out").iterdir())
    assert names == ["D (2).tsv", "a-..-b- ¿c-.tsv", "d.tsv"]
    assert (corpus.parent / "out/d.tsv").read_bytes() == (corpus.parent / "d.tsv").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["nobody", "-o", "x.tmx"], 1, "no bitext called nobody"),
        (["d", "-o", "x.doc"], 2, "no format is known by the suffix '.doc'"),
        (["d", "-o", "none/x.tmx"], 2, "there is no folder none"),
        (["d", "-o", "año.bialign", "--to", "tsv"], 2, "would be overwritten"),
        (["d"], 2, "-o"),
        (["-o", "x.tmx"], 2, "name one bitext, or all with --all"),
        (["d", "--all", "-o", "out", "--to", "tsv"], 2, "name one bitext, or all with --all"),
        (["--all", "-o", "out"], 2, "--all needs one folder (-o) and a format (--to)"),
        (["--all", "-o", "letter.en.txt", "--to", "tsv"], 1, "it exists already"),
    ],
)
def test_what_cannot_be_exported(bialign, corpus, arguments, status, message):
    before = bytes_in(corpus.parent)
    run = bialign("export", corpus, *arguments)
    assert run.status == status
    assert message in run.err.splitlines()[-1]
    assert bytes_in(corpus.parent) == before


# --- files that cannot be used ---------------------------------------------------------------------------------------

COMMANDS = [
    ["list"], ["status"], ["show", "d"], ["history"], ["undo"], ["redo"], ["check"], ["remove", "d"],
    ["backup", "copy.bialign"], ["export", "d", "-o", "d.tsv"], ["add", "letter.en.txt", "letter.es.txt"],
]  # fmt: skip


def call(bialign, path, command):
    name, *rest = command
    return bialign(name, path, *rest)


@pytest.mark.parametrize("command", COMMANDS, ids=[command[0] for command in COMMANDS])
@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("none", "there is no corpus here"),
        ("folder", "there is no corpus here"),
        ("text", "this is no corpus: it is no SQLite database"),
        ("other", "this is a database, but no corpus of bialign"),
        ("newer", "the corpus has schema 99, this bialign expects"),
        ("cut off", ""),
    ],
)
def test_what_is_no_corpus_is_told_by_every_command(bialign, corpus, command, kind, message):
    path = corpus.parent / "x.bialign"
    if kind == "folder":
        path.mkdir()
    elif kind == "text":
        path.write_text(ENGLISH * 100, encoding="utf-8")
    elif kind == "cut off":
        path.write_bytes(corpus.read_bytes()[:5000])
    elif kind in {"other", "newer"}:
        path.write_bytes(b"" if kind == "other" else corpus.read_bytes())
        with contextlib.closing(sqlite3.connect(path)) as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS t (a)")
            connection.execute("PRAGMA user_version = 99")
            connection.commit()
    before = bytes_in(corpus.parent)
    run = call(bialign, path, command)
    assert run.status == 1
    assert "Traceback" not in run.err
    if message:
        assert message in said(run)
        assert bytes_in(corpus.parent) == before
    assert path.is_dir() or bytes_in(corpus.parent).get(path.name) == before.get(path.name)


WRITING = [command for command in COMMANDS if command[0] in {"undo", "remove", "add"}]


@pytest.mark.parametrize("command", WRITING, ids=[command[0] for command in WRITING])
def test_a_corpus_another_program_is_writing_to(bialign, corpus, command, monkeypatch):
    monkeypatch.setattr(database, "WAIT_SECONDS", 0.05)
    with contextlib.closing(sqlite3.connect(corpus, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert "another program is writing to the corpus: try again" in said(call(bialign, corpus, command))
        # who only reads is not kept waiting
        assert bialign("list", corpus).status == 0
        # and what cannot be checked now is not called damaged
        assert "another program is writing" in said(bialign("check", corpus))
        other.execute("ROLLBACK")
    assert call(bialign, corpus, command).status == 0


def test_a_full_disk(bialign, corpus, monkeypatch):
    connect = database._connect

    def small(path, read_only):
        connection = connect(path, read_only)
        connection.execute(f"PRAGMA max_page_count = {connection.execute('PRAGMA page_count').fetchone()[0] + 9}")
        return connection

    rows = "".join(f"{number} houses\t{number} casas\n" for number in range(9_000))
    (corpus.parent / "many.tsv").write_text(f"English\tSpanish\n{rows}", encoding="utf-8")
    with Corpus(corpus) as opened:
        version = opened.version
    with monkeypatch.context() as patch:
        patch.setattr(database, "_connect", small)
        assert "the disk is full; nothing was changed" in said(bialign("add", corpus, "many.tsv"))
    with Corpus(corpus) as opened:
        assert (opened.version, opened.check()) == (version, [])
    assert bialign("add", corpus, "many.tsv").out.startswith("many: 9000 beads")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs permissions that can be withdrawn")
@pytest.mark.parametrize("command", COMMANDS, ids=[command[0] for command in COMMANDS])
@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_corpus_that_may_only_be_read(bialign, corpus, command, what, tmp_path_factory, monkeypatch):
    locked = tmp_path_factory.mktemp("locked")
    path = locked / "a.bialign"
    path.write_bytes(corpus.read_bytes())
    path.chmod(0o444)
    if what == "folder":
        locked.chmod(0o555)
    try:
        run = call(bialign, path, command)
        if command[0] in {"undo", "redo", "remove", "add"}:
            assert run.status == 1
            assert "read-only" in said(run) or "nothing to redo" in run.err
        else:
            assert run.status == 0, run.err
        assert path.read_bytes() == corpus.read_bytes()
    finally:
        locked.chmod(0o755)
