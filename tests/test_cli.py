"""The command line with friendly and hostile input: results, one-line errors, exit statuses, whole files or none."""

import contextlib
import io
import json
import os
import random
import re
import signal
import subprocess
import sys
import time

import pytest

from bialign.cli.console import Console
from bialign.cli.messages import Messages
from bialign.cli.progress import ProgressBar
from bialign.formats.beads import load_beads

ENGLISH = (
    "The agency denied everything. Nobody believed it, and the minister resigned.\n\nThe trial lasted three years.\n"
)
SPANISH = "La agencia lo negó todo. Nadie lo creyó y el ministro renunció.\n\nEl juicio duró tres años.\n"
GLOSSARY = """version: 1
languages: [en, es]
concepts:
  - id: trial
    terms:
      en: [{text: trial}]
      es: [{text: juicio}]
"""


@pytest.fixture
def letters(tmp_path, monkeypatch):
    """Put two short letters into the current folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "letter.en.txt").write_text(ENGLISH, encoding="utf-8")
    (tmp_path / "letter.es.txt").write_text(SPANISH, encoding="utf-8")
    (tmp_path / "glossary.yaml").write_text(GLOSSARY, encoding="utf-8")
    return tmp_path


def one_line(text):
    return text.count("\n") == 1 and "Traceback" not in text


# --- align ----------------------------------------------------------------------------------------------------------


def test_kept_beads_stay(bialign, letters):
    (letters / "right.beads").write_text("[0, 1]:[1]\n[]:[0]\n", encoding="utf-8")
    run = bialign("align", "letter.en.txt", "letter.es.txt", "--keep", "right.beads", "--to", "beads")
    assert run.status == 0
    assert run.out.splitlines()[:2] == ["[]:[0]:1.0000", "[0, 1]:[1]:1.0000"]


@pytest.mark.parametrize(
    ("beads", "said"),
    [
        ("[0]:[1]\n[1]:[0]\n", "cross or overlap"),
        ("[0]:[99]\n", "reaches past the end"),
        ("[]:[99]\n", "no segment 100"),
        ("[0]:[0]\n[nonsense\n", "right.beads:2"),
        (None, "cannot be read"),
    ],
)
def test_beads_that_cannot_be_kept(bialign, letters, beads, said):
    if beads:
        (letters / "right.beads").write_text(beads, encoding="utf-8")
    run = bialign("align", "letter.en.txt", "letter.es.txt", "--keep", "right.beads", "-o", "out.tmx")
    assert run.status == 1
    assert one_line(run.err)
    assert said in run.err
    assert not (letters / "out.tmx").exists()


def test_lengths_keep_nothing(bialign, letters):
    (letters / "right.beads").write_text("[0]:[0]\n", encoding="utf-8")
    run = bialign("align", "letter.en.txt", "letter.es.txt", "--keep", "right.beads", "--method", "lengths")
    assert run.status == 2
    assert "--keep needs --method vectors" in run.err


def test_beads_go_to_stdout_where_it_is_no_terminal(bialign, letters):
    run = bialign("align", "letter.en.txt", "letter.es.txt")
    assert run.status == 0
    assert re.fullmatch(r"(\[\d\]:\[\d\]:[01]\.\d{4}\n){3}", run.out)
    assert "3 segments (en, utf-8) + 3 segments (es, utf-8); 3 beads" in run.err
    assert one_line(run.err)


def test_table_fits_80_columns(bialign, letters):
    run = bialign("align", "letter.en.txt", "letter.es.txt", "--to", "table", "--glossary", "glossary.yaml")
    assert run.status == 0
    lines = run.out.splitlines()
    assert max(map(len, lines)) <= 80
    assert re.search(r"^1 +1-1 +\d+ +The agency denied everything\. +La agencia lo negó", run.out, re.MULTILINE)


def test_several_files_at_once(bialign, letters):
    names = ["a.beads", "a.tsv", "a.tmx", "a.jsonl", "a.html"]
    run = bialign("align", "letter.en.txt", "letter.es.txt", *(part for name in names for part in ("-o", name)))
    assert (run.status, run.out) == (0, "")
    assert "→ a.beads, a.tsv, a.tmx, a.jsonl, a.html" in run.err
    assert len(load_beads(letters / "a.beads")) == 3
    assert all((letters / name).stat().st_size for name in names)


def test_format_by_name(bialign, letters):
    run = bialign("align", "letter.en.txt", "letter.es.txt", "-o", "out.txt", "--to", "tsv")
    assert run.status == 0
    assert (letters / "out.txt").read_text(encoding="utf-8").startswith("bead\t")
    assert bialign("align", "letter.en.txt", "letter.es.txt", "--to", "tsv").out.startswith("bead\t")


def test_json_summary(bialign, letters):
    run = bialign("align", "letter.es.txt", "letter.en.txt", "-o", "a.beads", "--json", "--quiet")
    assert run.err == ""
    summary = json.loads(run.out)
    assert summary["source"] == {
        "file": "letter.es.txt", "lang": "es", "encoding": "utf-8", "segments": 3, "fixes": 0
    }  # fmt: skip
    assert (summary["beads"], summary["types"], summary["files"]) == (3, {"1-1": 3}, ["a.beads"])
    assert 0.5 < summary["mean_probability"] <= 1


def test_lines(bialign, letters):
    run = bialign("align", "--lines", "letter.en.txt", "letter.es.txt")
    beads = run.out.splitlines()
    assert run.status == 0
    # two sentences on the first line stay one segment; empty lines are segments too, without a partner
    assert [bead.rsplit(":", 1)[0] for bead in beads] == ["[0]:[0]", "[1]:[]", "[]:[1]", "[2]:[2]"]


def test_quiet(bialign, letters):
    assert bialign("align", "-q", "letter.en.txt", "letter.es.txt").err == ""


def test_spanish(bialign, letters):
    run = bialign("align", "letter.en.txt", "letter.es.txt", "--ui-lang", "es")
    assert "3 correspondencias" in run.err
    assert bialign("--ui-lang", "es", "align", "nadie.txt", "letter.es.txt").err.startswith("error: nadie.txt: no ")


@pytest.mark.parametrize("name", ["carta ñandú.txt", "c" * 200 + ".txt", "-carta.txt"])
def test_unusual_names(bialign, letters, name):
    (letters / name).write_text(SPANISH, encoding="utf-8")
    run = bialign("align", "-o", "out.beads", "--", "letter.en.txt", name)
    assert run.status == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such terminals")
def test_terminal_gets_a_coloured_table(letters):
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "bialign", "align", "letter.en.txt", "letter.es.txt"]
    env = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "80", "BIALIGN_LANG": "en"}
    process = subprocess.Popen(command, stdout=theirs, stderr=subprocess.PIPE, env=env)
    os.close(theirs)
    shown = b""
    # the terminal ends with an error once the program has closed its side
    with contextlib.suppress(OSError):
        while piece := os.read(ours, 65_536):
            shown += piece
    os.close(ours)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "The agency denied everything." in shown.decode()
    assert b"\x1b[" in shown
    assert b"3 beads" in err


def test_progress_shows_only_long_work(monkeypatch):
    console = Console(Messages("es"))
    monkeypatch.setattr(sys, "stderr", terminal := FakeTerminal())
    with ProgressBar(console) as progress:
        progress("encode source", 0.5)
    assert terminal.getvalue() == ""
    monkeypatch.setattr("bialign.cli.progress.PATIENCE", 0.0)
    with ProgressBar(console) as progress:
        progress("encode source", 0.5)
        progress("encode source", 1.0)
    assert "100%" in terminal.getvalue()


class FakeTerminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has file names that are no text")
def test_file_name_that_is_no_text(bialign, letters):
    name = os.fsdecode(b"carta-\xff\xfe.txt")
    (letters / name).write_text(SPANISH, encoding="utf-8")
    outputs = [part for suffix in ("html", "tmx", "jsonl", "tsv", "beads") for part in ("-o", f"out.{suffix}")]
    run = bialign("align", "letter.en.txt", name, *outputs)
    assert (run.status, run.out) == (0, "")
    assert bialign("align", "nobody.txt", name).status == 1


# --- hostile input --------------------------------------------------------------------------------------------------

ENDLESS = "palabra que no se detiene nunca " * 2_000
HOSTILE = {
    # what stands in the two files, options, exit status, what must be said
    "empty": (b"", SPANISH, [], 1, "no text to align"),
    "both empty": (b"", b"", [], 1, "no text to align"),
    "blank": (ENGLISH, b" \n\t\n  \n", [], 1, "no text to align"),
    "10,000 empty lines": (b"\n" * 10_000, SPANISH, [], 1, "no text to align"),
    "10,000 empty segments": (b"\n" * 10_000, SPANISH, ["--lines"], 0, "partner"),
    "one-sided lines": (b"", SPANISH, ["--lines"], 0, "is empty"),
    "both empty lines": (b"", b"", ["--lines"], 1, "both files are empty"),
    "identical": (ENGLISH, ENGLISH, [], 0, "identical"),
    "same language": (
        ENGLISH,
        "A quite different story is told here. It has nothing to do with that.",
        [],
        0,
        "same l",
    ),
    "other languages": (
        "Der Minister trat zurück, und niemand glaubte es ihm.",
        "Le ministre a démissionné et personne ne l'a cru.",
        [],
        0,
        "was not recognised",
    ),
    "only punctuation": ("?! ... -- !\n\n* * *\n", "¿?\n\n***\n\n---\n", [], 0, ""),
    "wildly unequal": ("Yes.", "\n".join(f"El caso número {n} se cerró." for n in range(300)), [], 0, "partner"),
    "one long line": (ENDLESS, ENDLESS.replace("palabra", "letra"), [], 0, "could not be split"),
    "binary": (bytes(range(256)) * 20, SPANISH, [], 1, ""),
    "zip": (b"PK\x03\x04" + bytes(500), SPANISH, [], 1, "zip"),
    "pdf": (ENGLISH, b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", [], 1, "damaged or cut off"),
    "wrong encoding": (ENGLISH, SPANISH.encode("latin-1"), ["--target-encoding", "utf-8"], 1, "not utf-8 at byte"),
    "unknown encoding": (ENGLISH, SPANISH, ["--source-encoding", "klingon"], 1, "klingon"),
    "control characters": ("A \x1b[31mred\x1b[0m letter.\n", "Una carta \x1b[2Jroja.\n", ["--to", "table"], 0, ""),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_input(bialign, letters, case):
    source, target, options, status, said = HOSTILE[case]
    for name, content in (("letter.en.txt", source), ("letter.es.txt", target)):
        (letters / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    run = bialign("align", *options, "letter.en.txt", "letter.es.txt")
    assert (run.status, said in run.err) == (status, True), run.err
    assert "Traceback" not in run.err
    if status:
        assert one_line(run.err)
        assert run.out == ""
        assert "letter.e" in run.err
    assert "\x1b" not in run.out


@pytest.mark.parametrize("side", [0, 1])
@pytest.mark.parametrize("command", ["align", "evaluate", "split", "repair", "build"])
def test_missing_file(bialign, letters, command, side):
    names = ["letter.en.txt", "letter.es.txt"][: 2 if command in {"align", "evaluate"} else 1]
    names[min(side, len(names) - 1)] = "nobody.txt"
    if command == "evaluate":
        (letters / "letter.en.txt").write_text("[0]:[0]\n", encoding="utf-8")
    run = bialign(command, *names)
    assert run.status == 1
    assert "nobody.txt" in run.err
    assert one_line(run.err)


@pytest.mark.parametrize("command", ["align", "split", "repair"])
def test_folder_for_a_file(bialign, letters, command):
    (letters / "folder").mkdir()
    run = bialign(command, "folder", *(["letter.es.txt"] if command == "align" else []))
    assert run.status == 1
    assert "folder" in run.err
    assert one_line(run.err)


@pytest.mark.skipif(os.name == "nt" or getattr(os, "geteuid", lambda: 0)() == 0, reason="this user may read all files")
def test_no_permission(bialign, letters):
    (letters / "letter.en.txt").chmod(0)
    run = bialign("align", "letter.en.txt", "letter.es.txt")
    assert run.status == 1
    assert one_line(run.err)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], ""),
        (["alin"], "did you mean align?"),
        (["align"], "SOURCE is missing"),
        (["align", "letter.en.txt"], "TARGET is missing"),
        (["align", "letter.en.txt", "letter.es.txt", "more"], "more is too much"),
        (["align", "letter.en.txt", "letter.es.txt", "--too", "tmx"], "did you mean --to?"),
        (["align", "letter.en.txt", "letter.es.txt", "--to", "odp"], "one of: table, beads"),
        (["align", "letter.en.txt", "letter.es.txt", "--to"], "needs a value"),
        (["align", "letter.en.txt", "letter.es.txt", "-o", "a.odp"], "no format is known by the suffix '.odp'"),
        (["align", "letter.en.txt", "letter.es.txt", "-o", "a"], "no format is known"),
        (["align", "letter.en.txt", "letter.es.txt", "-o", "nowhere/a.tmx"], "no folder nowhere"),
        (["align", "letter.en.txt", "letter.es.txt", "-o", "letter.es.txt", "--to", "tmx"], "would be overwritten"),
        (["align", "letter.en.txt", "letter.es.txt", "-o", "a.tmx", "-o", "./a.tmx"], "named twice"),
        (["align", "letter.en.txt", "letter.es.txt", "-o", "a.tmx", "-o", "b.tsv", "--to", "tmx"], "one -o only"),
        (["align", "letter.en.txt", "letter.es.txt", "-o", "a.txt", "--to", "table"], "for the terminal"),
        (["align", "letter.en.txt", "letter.es.txt", "--json"], "--json needs -o"),
        (["align", "--ui-lang", "fr", "letter.en.txt", "letter.es.txt"], "one of: en, es"),
        (["align", "letter.en.txt", "letter.es.txt", "-o", "a.tmx", "-o", "a-unaligned.tsv"], "would be overwritten"),
        (["convert", "letter.en.txt"], "--output is missing"),
        (["convert", "letter.en.txt", "-o", "a.odp"], "no format is known"),
        (["convert", "letter.en.txt", "-o", "letter.en.txt"], "would be overwritten"),
        (["train-weights", "-o", "weights.yaml"], "GOLDDIR... is missing"),
        (["train-weights", "."], "--output is missing"),
    ],
)
def test_fault_of_the_call(bialign, letters, arguments, said):
    before = sorted(letters.iterdir())
    run = bialign(*arguments)
    assert run.status == (2 if arguments else 0)
    if arguments:
        assert one_line(run.err)
        assert said in run.err
    assert sorted(letters.iterdir()) == before
    assert (letters / "letter.es.txt").read_text(encoding="utf-8") == SPANISH


def test_output_that_is_a_folder(bialign, letters):
    (letters / "a.tmx").mkdir()
    run = bialign("align", "letter.en.txt", "letter.es.txt", "-o", "a.tmx")
    assert run.status == 1
    assert "a.tmx" in run.err


def test_bad_glossary_is_told_before_the_work(bialign, letters):
    (letters / "glossary.yaml").write_text("version: 1\nconcepts: nothing\n", encoding="utf-8")
    run = bialign("align", "letter.en.txt", "letter.es.txt", "--glossary", "glossary.yaml")
    assert (run.status, run.out) == (1, "")
    assert one_line(run.err)
    assert "glossary.yaml" in run.err


def test_fault_of_bialign_itself_is_one_line_that_says_so(bialign, letters, monkeypatch):
    def fail(*arguments, **settings):
        raise RuntimeError("no such thing")

    monkeypatch.setattr("bialign.pipeline.align", fail)
    run = bialign("align", "letter.en.txt", "letter.es.txt")
    assert run.status == 1
    assert one_line(run.err)
    assert "BIALIGN_DEBUG=1" in run.err
    monkeypatch.setenv("BIALIGN_DEBUG", "1")
    with pytest.raises(RuntimeError):
        bialign("align", "letter.en.txt", "letter.es.txt")


def test_disk_full_is_one_line(bialign, letters, monkeypatch):
    def fail(*arguments, **settings):
        raise OSError(28, "No space left on device", "a.tmx")

    monkeypatch.setattr("bialign.formats.write", fail)
    run = bialign("align", "letter.en.txt", "letter.es.txt", "-o", "a.tmx", "--ui-lang", "es")
    assert (run.status, run.err.splitlines()[-1]) == (1, "error: a.tmx: el disco está lleno")


# --- convert --------------------------------------------------------------------------------------------------------


def test_convert_to_several_files(bialign, letters):
    table = "n;English;Español\n1;The trial lasted three years.;El juicio duró tres años.\n2;Nobody believed it.;\n"
    (letters / "memoria.csv").write_text(table, encoding="cp1252")
    run = bialign("convert", "memoria.csv", "-o", "a.tmx", "-o", "a.html", "-o", "a.jsonl", "-o", "a.tsv")
    assert run.status == 0
    assert "2 segments (en) + 1 segment (es); 2 beads; mean probability 1.00" in run.err
    assert "a.tmx: 1 null beads left out: TMX holds translations only → a-unaligned.tsv" in run.err
    assert "El juicio duró tres años." in (letters / "a.html").read_text(encoding="utf-8")
    again = bialign("convert", "a.jsonl", "-o", "b.tsv")
    assert again.status == 0
    # where the texts stand is told of the file that was read: rows there, lines here
    tables = [(letters / name).read_text(encoding="utf-8").splitlines() for name in ("a.tsv", "b.tsv")]
    rows = [[line.split("\t") for line in table] for table in tables]
    first, second = ([cells[:9] + cells[11:] for cells in table] for table in rows)
    assert first == second


def test_convert_in_spanish(bialign, letters):
    (letters / "a.csv").write_text("solo una columna\n", encoding="utf-8")
    run = bialign("convert", "a.csv", "-o", "a.tmx", "--ui-lang", "es")
    assert (run.status, one_line(run.err)) == (1, True)
    assert "a.csv:1: aquí no hay dos columnas de texto" in run.err
    assert not (letters / "a.tmx").exists()


def test_convert_asks_which_languages(bialign, letters):
    units = "".join(f'<tuv xml:lang="{lang}"><seg>{lang}</seg></tuv>' for lang in ("fr", "de", "it"))
    text = f'<tmx version="1.4"><header srclang="fr"/><body><tu>{units}</tu></body></tmx>'
    (letters / "a.tmx").write_text(text, encoding="utf-8")
    run = bialign("convert", "a.tmx", "-o", "a.tsv")
    assert (run.status, one_line(run.err)) == (1, True)
    assert "--source-lang and --target-lang: fr, de, it" in run.err
    assert bialign("convert", "a.tmx", "-o", "a.tsv", "--source-lang", "de", "--target-lang", "it").status == 0
    assert "\tde\tit\t" in (letters / "a.tsv").read_text(encoding="utf-8")


def test_bilingual_files_are_not_aligned(bialign, letters):
    (letters / "a.tmx").write_text("<tmx/>", encoding="utf-8")
    run = bialign("align", "a.tmx", "letter.es.txt")
    assert (run.status, one_line(run.err)) == (1, True)
    assert "a translation memory, which holds both languages: bialign convert" in run.err


def test_an_input_is_not_lost_to_null_beads(bialign, letters):
    table = "English\tSpanish\nThe trial lasted.\tEl juicio duró.\nNobody.\t\n"
    (letters / "a-unaligned.tsv").write_text(table, encoding="utf-8")
    run = bialign("convert", "a-unaligned.tsv", "-o", "a.tmx")
    assert (run.status, one_line(run.err)) == (2, True)
    assert (letters / "a-unaligned.tsv").read_text(encoding="utf-8") == table


# --- evaluate -------------------------------------------------------------------------------------------------------

GOLD = "[0]:[0, 1]\n[1]:[2]\n[2]:[]\n"
SYSTEM = "[0]:[0, 1]:0.9000\n[1]:[]:0.4000\n[2]:[2]:0.7000\n"


@pytest.fixture
def judged(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for folder, name, text in (("gold", "a.gold", GOLD), ("system", "a.beads", SYSTEM), ("gold", "b.gold", GOLD)):
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / name).write_text(text, encoding="utf-8")
    (tmp_path / "system" / "b.beads").write_text(GOLD, encoding="utf-8")
    return tmp_path


def test_evaluate_files(bialign, judged):
    run = bialign("evaluate", "gold/a.gold", "system/a.beads")
    assert run.status == 0
    table = {line.split()[0]: line.split()[1:] for line in run.out.splitlines() if line[:1].strip()}
    assert table["strict"] == ["0.5000", "0.5000", "0.5000", "2", "2", "1"]
    assert table["1-0"] == ["0.0000", "0.0000", "0.0000", "1", "1", "0"]


def test_evaluate_folders(bialign, judged):
    run = bialign("evaluate", "gold", "system", "--json")
    result = json.loads(run.out)
    assert result["strict"]["f1"] == 0.75
    assert result["documents"]["b"]["strict"]["f1"] == 1.0
    assert "2 documents" in bialign("evaluate", "gold", "system").err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["gold", "system/a.beads"], "is a folder"),
        (["system", "empty"], "no beads for a here (2 missing)"),
        (["empty", "system"], "no .gold or .beads files"),
        (["gold/a.gold", "broken.beads"], "broken.beads:2"),
    ],
)
def test_evaluate_faults(bialign, judged, arguments, said):
    (judged / "empty").mkdir()
    (judged / "broken.beads").write_text("[0]:[0]\nnonsense\n", encoding="utf-8")
    run = bialign("evaluate", *arguments)
    assert run.status == 1
    assert one_line(run.err)
    assert said in run.err


def test_evaluate_warns_of_other_texts(bialign, judged):
    (judged / "other.beads").write_text("[0]:[0]\n", encoding="utf-8")
    run = bialign("evaluate", "gold/a.gold", "other.beads")
    assert run.status == 0
    assert "same texts?" in run.err


# --- repair and split -----------------------------------------------------------------------------------------------


def test_repair(bialign, letters):
    (letters / "damaged.txt").write_text("The U.S.ís envoy wasnít asked. Ríos knew.\n", encoding="utf-8")
    run = bialign("repair", "damaged.txt")
    assert (run.status, run.out) == (0, "The U.S.’s envoy wasn’t asked. Ríos knew.\n")
    assert "damaged.txt: utf-8, 2 fixes" in run.err
    explained = bialign("repair", "damaged.txt", "--explain").out
    assert "damaged.txt:1:5: The [U.S.ís→U.S.’s] envoy" in explained


def test_repair_explains_in_spanish(bialign, letters):
    (letters / "damaged.txt").write_text("He wasnít asked.\n", encoding="utf-8")
    english = bialign("repair", "damaged.txt", "--explain").out
    spanish = bialign("repair", "damaged.txt", "--explain", "--ui-lang", "es").out
    assert english.splitlines()[0] == spanish.splitlines()[0]
    assert english.splitlines()[-1] != spanish.splitlines()[-1]


def test_clean_text_comes_out_as_it_went_in(bialign, letters):
    assert bialign("repair", "letter.es.txt").out == SPANISH
    bialign("repair", "letter.es.txt", "-o", "out.txt")
    assert (letters / "out.txt").read_bytes() == SPANISH.encode()


def test_split(bialign, letters):
    run = bialign("split", "letter.es.txt", "--paragraphs")
    assert run.out.splitlines() == [
        "La agencia lo negó todo.",
        "Nadie lo creyó y el ministro renunció.",
        "",
        "El juicio duró tres años.",
    ]
    assert "3 segments (es, utf-8)" in run.err
    bialign("split", "letter.es.txt", "-o", "out.txt")
    assert len((letters / "out.txt").read_text(encoding="utf-8").splitlines()) == 3


def test_split_explains(bialign, letters):
    (letters / "a.txt").write_text("El Sr. Ríos vino. Luego se fue con la Sra. Gómez a la calle.\n", encoding="utf-8")
    run = bialign("split", "a.txt", "--lang", "es", "--explain")
    assert run.status == 0
    lines = run.out.splitlines()
    assert any("Sr.·" in line and "join abbreviation" in line for line in lines)
    assert any("vino.‖" in line and "cut  full-stop" in line for line in lines)
    assert any(line.split() == ["2", "join", "abbreviation"] for line in lines)


@pytest.mark.parametrize("lang", ["en", "es"])
def test_explained_split_fits_a_terminal(bialign, letters, lang):
    text = "Mr. Hale of the Briggs & Co. works (see p. 5) laughed ... He left the U.S. in May 1992.[1] Why? " * 400
    (letters / "a.txt").write_text(text, encoding="utf-8")
    run = bialign("split", "a.txt", "--lang", "en", "--explain", "--ui-lang", lang)
    assert run.status == 0
    assert max(map(len, run.out.splitlines())) <= 80


EDO = "Vive en la Hda. Mérida. Llueve.\n"
SRX = """<srx xmlns="http://www.lisa.org/srx20" version="2.0"><header cascade="yes"/><body><languagerules>
<languagerule languagerulename="All">
<rule break="yes"><beforebreak>;</beforebreak><afterbreak>\\s</afterbreak></rule></languagerule></languagerules>
<maprules><languagemap languagepattern=".*" languagerulename="All"/></maprules></body></srx>
"""


def test_split_with_exceptions_of_the_user(bialign, letters):
    (letters / "a.txt").write_text(EDO, encoding="utf-8")
    (letters / "e.yaml").write_text("es: [Hda.]\n", encoding="utf-8")
    assert bialign("split", "a.txt", "--lang", "es").out.count("\n") == 3
    run = bialign("split", "a.txt", "--lang", "es", "--exceptions", "e.yaml")
    assert run.out.splitlines() == ["Vive en la Hda. Mérida.", "Llueve."]
    run = bialign("split", "a.txt", "--lang", "es", "--exceptions", "e.yaml", "--explain")
    assert "join exception" in run.out


def test_split_by_srx(bialign, letters):
    (letters / "a.txt").write_text("One. Two; three.\n\nFour.\n", encoding="utf-8")
    (letters / "r.srx").write_text(SRX, encoding="utf-8")
    run = bialign("split", "a.txt", "--lang", "en", "--srx", "r.srx")
    assert run.out.splitlines() == ["One. Two;", "three.", "Four."]
    assert "cut  srx:3" in bialign("split", "a.txt", "--lang", "en", "--srx", "r.srx", "--explain").out


@pytest.mark.parametrize(
    ("option", "text", "said"),
    [
        ("--exceptions", "es: Hda.", "e.yaml:1 (es): valor de otro tipo"),
        ("--srx", SRX.replace(";", "[;"), "e.yaml:3: beforebreak no se puede usar"),
        ("--srx", "es: [Hda.]", "XML mal formado"),
    ],
)
def test_bad_file_of_rules_is_told_in_one_line(bialign, letters, option, text, said):
    (letters / "a.txt").write_text(EDO, encoding="utf-8")
    (letters / "e.yaml").write_text(text, encoding="utf-8")
    run = bialign("split", "a.txt", "--lang", "es", option, "e.yaml", "-o", "out.txt", "--ui-lang", "es")
    assert run.status != 0
    assert said in run.err
    assert not (letters / "out.txt").exists()


def test_align_splits_by_the_users_exceptions_and_rules(bialign, letters):
    (letters / "a.txt").write_text(EDO, encoding="utf-8")
    (letters / "b.txt").write_text("She lives in Mérida State. It is raining.\n", encoding="utf-8")
    (letters / "e.yaml").write_text("es: [Hda.]\n", encoding="utf-8")
    (letters / "r.srx").write_text(SRX, encoding="utf-8")
    langs = ("--source-lang", "en", "--target-lang", "es", "--to", "beads")
    beads = bialign("align", "b.txt", "a.txt", *langs, "--exceptions", "e.yaml").out.splitlines()
    assert [bead[:7] for bead in beads] == ["[0]:[0]", "[1]:[1]"]
    beads = bialign("align", "b.txt", "a.txt", *langs, "--srx", "r.srx").out.splitlines()
    assert [bead[:7] for bead in beads] == ["[0]:[0]"]
    run = bialign("align", "--lines", "b.txt", "a.txt", "--srx", "r.srx")
    assert (run.status, "--lines not to" in run.err) == (2, True)


# --- processes ------------------------------------------------------------------------------------------------------


def test_the_program_shows_its_help(bialign_process):
    run = bialign_process("--help")
    assert run.status == 0
    assert "align" in run.out


@pytest.mark.parametrize("lang", ["en", "es"])
def test_each_help_shows_an_example(bialign, lang):
    names = re.findall(r"^  ([a-z][a-z-]+)  ", bialign("--help").out, re.MULTILINE)
    assert {"align", "evaluate", "repair", "split", "build", "train-weights"} <= set(names)
    for name in names:
        run = bialign(name, "--help", "--ui-lang", lang)
        assert run.status == 0
        assert re.search(rf"^  bialign {name}\b", run.out, re.MULTILINE)
        assert max(map(len, run.out.splitlines())) <= 80


def test_pipe_carries_utf8_whatever_the_system_s_encoding(bialign_process, letters):
    env = {"PYTHONIOENCODING": "cp1252", "BIALIGN_LANG": "es"}
    run = bialign_process("split", "letter.es.txt", env=env, cwd=letters)
    assert run.status == 0
    assert "La agencia lo negó todo.\n" in run.out
    assert "\r" not in run.out


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGPIPE")
def test_reader_that_goes_away_is_no_error(letters):
    # more than any pipe holds
    text = "".join(f"El caso número {n} se cerró.\n\n" for n in range(150_000))
    (letters / "long.txt").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "bialign", "split", "long.txt", "--quiet"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.readline()
    process.stdout.close()
    assert process.wait(timeout=60) == 141
    assert process.stderr.read() == b""
    process.stderr.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows sends Ctrl-C to the whole console")
def test_interrupt_leaves_nothing_half_written(letters):
    words = [word.strip(".,") for word in (ENGLISH + SPANISH).split()]
    chosen = random.Random(1)
    for name in ("letter.en.txt", "letter.es.txt"):
        lines = (" ".join(chosen.choices(words, k=25)) + ".\n" for _ in range(20_000))
        (letters / name).write_text("".join(lines), encoding="utf-8")
    before = sorted(path.name for path in letters.iterdir())
    command = [sys.executable, "-m", "bialign", "align", "letter.en.txt", "letter.es.txt", "-o", "out.html"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, env={**os.environ, "BIALIGN_LANG": "en"})
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert err.decode() == "error: interrupted; no file was left half-written\n"
    assert sorted(path.name for path in letters.iterdir()) == before


BOOK = "\n\n".join(
    f"It rained on the harbour on day {number} and nobody went out to the\n\nTHE HARBOUR {number}\n\nboats that lay "
    + "there, " * 60
    + "waiting for the spring."
    for number in range(7, 15)
)


@pytest.mark.parametrize(
    ("command", "way"),
    [
        (["repair", "c.txt", "--encoding", "utf-8"], "(--encoding)"),
        (["align", "c.txt", "letter.es.txt", "--source-encoding", "utf-8"], "(--source-encoding, --target-encoding)"),
        (["convert", "c.tmx", "-o", "x.tsv"], "(--encoding)"),
        (["build", "."], "(encoding: in the recipe)"),
    ],
)
def test_a_wrong_encoding_is_cured_where_the_command_says(bialign, letters, command, way):
    (letters / "c.txt").write_bytes("El niño comió aquí.\n".encode("cp1252"))
    tmx = '<?xml version="1.0" encoding="utf-8"?><tmx version="1.4"><body><tu><tuv xml:lang="en"><seg>a ñ</seg></tuv>'
    (letters / "c.tmx").write_bytes(tmx.encode("cp1252"))
    (letters / "bialign.yaml").write_text(
        "version: 1\ncorpus: c\nlanguages: {source: es, target: es}\ndocuments:\n- id: a\n"
        "  source: {text: c.txt, encoding: utf-8}\n  target: {text: letter.es.txt}\n",
        encoding="utf-8",
    )
    run = bialign(*command)
    assert run.status == 1
    assert way in run.err and "name the right encoding" in run.err


def test_repair_changes_quotes_and_dashes_when_asked(bialign, letters):
    (letters / "a.txt").write_text('- No "puedo" -dijo-.\n', encoding="utf-8")
    run = bialign("repair", "a.txt", "--lang", "es")
    assert run.out == '- No "puedo" -dijo-.\n'
    run = bialign("repair", "a.txt", "--lang", "es", "--also", "quotes", "--also", "dashes")
    assert run.out == "—No «puedo» —dijo—.\n"
    run = bialign("repair", "a.txt", "--lang", "es", "--also", "dashes", "--explain", "--ui-lang", "es")
    assert "dashes: Los guiones usados como raya" in run.out and "puedo" in run.out
    run = bialign("repair", "a.txt", "--also", "hyphens")
    assert run.status == 2


def test_a_recipe_changes_quotes(bialign, letters):
    recipe = (
        "version: 1\ncorpus: c\nlanguages: {source: en, target: es}\ndocuments:\n- id: a\n"
        "  source: {text: a.txt, also: [quotes]}\n  target: {text: b.txt}\n"
    )
    (letters / "bialign.yaml").write_text(recipe, encoding="utf-8")
    (letters / "a.txt").write_text('"It rained," he said.\n', encoding="utf-8")
    (letters / "b.txt").write_text("Llovió, dijo.\n", encoding="utf-8")
    assert bialign("build", ".").status == 0
    assert "“It rained,” he said." in (letters / "build" / "a.tsv").read_text(encoding="utf-8")


def test_clean_shows_first_and_removes_when_asked(bialign, letters):
    (letters / "book.txt").write_text(BOOK, encoding="utf-8")
    run = bialign("clean", "book.txt", "--explain")
    assert run.status == 0
    assert run.out.count("[THE HARBOUR") == 8
    assert "running-head: 8 times, at the distance of a page; 8 times in mid-sentence" in run.out
    assert "nothing was removed" in run.err
    run = bialign("clean", "book.txt", "--drop", "page-number")
    assert run.out.count("THE HARBOUR") == 8
    run = bialign("clean", "book.txt", "--drop", "boilerplate", "-o", "clean.txt")
    assert (run.status, run.out) == (0, "")
    assert "removed: 8" in run.err
    assert "went out to the boats that lay there" in (letters / "clean.txt").read_text(encoding="utf-8")


def test_clean_keeps_single_lines_and_records_the_others(bialign, letters):
    (letters / "book.txt").write_text(BOOK, encoding="utf-8")
    clean = ["clean", "book.txt", "--drop", "boilerplate", "-o", "clean.txt"]
    run = bialign(*clean, "--keep", "THE  HARBOUR 9", "--removed", "removed.tsv")
    assert (run.status, run.out) == (0, "")
    assert "removed: 7" in run.err
    assert (letters / "clean.txt").read_text(encoding="utf-8").count("THE HARBOUR") == 1
    header, *rows = (letters / "removed.tsv").read_text(encoding="utf-8").splitlines()
    assert header.split("\t") == ["place", "rule", "evidence", "text"]
    assert [row.split("\t")[3] for row in rows] == [f"THE HARBOUR {n}" for n in (7, 8, 10, 11, 12, 13, 14)]
    place = rows[1].split("\t")[0]
    run = bialign(*clean, "--keep", place)
    assert "removed: 7" in run.err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--drop", "notice", "--keep", "EL FARO"], "no line of boilerplate is EL FARO"),
        (["--keep", "THE HARBOUR 9"], "--keep goes with --drop"),
        (["--removed", "a.tsv"], "--removed goes with --drop"),
        (["--drop", "boilerplate", "--removed", "book.txt"], "book.txt would be overwritten"),
    ],
)
def test_what_clean_cannot_keep_or_record(bialign, letters, options, said):
    (letters / "book.txt").write_text(BOOK, encoding="utf-8")
    run = bialign("clean", "book.txt", *options)
    assert run.status == 2
    assert said in run.err
    assert (letters / "book.txt").read_text(encoding="utf-8") == BOOK


def test_align_tells_of_boilerplate_and_drops_it(bialign, letters):
    (letters / "book.txt").write_text(BOOK, encoding="utf-8")
    run = bialign("align", "book.txt", "letter.es.txt", "-o", "a.tsv", "--ui-lang", "es")
    assert "book.txt: 8 líneas parecen títulos de página u otros añadidos" in run.err
    run = bialign("align", "book.txt", "letter.es.txt", "-o", "a.tsv", "--drop", "boilerplate")
    assert "boilerplate" not in run.err
    assert "THE HARBOUR" not in (letters / "a.tsv").read_text(encoding="utf-8")


def test_a_recipe_drops_boilerplate(bialign, letters):
    (letters / "book.txt").write_text(BOOK, encoding="utf-8")
    recipe = (
        "version: 1\ncorpus: c\nlanguages: {source: en, target: es}\ndocuments:\n- id: a\n"
        "  source: {text: book.txt, drop: [running-head]}\n  target: {text: letter.es.txt}\n"
    )
    (letters / "bialign.yaml").write_text(recipe, encoding="utf-8")
    run = bialign("build", ".")
    assert run.status == 0
    assert "THE HARBOUR" not in (letters / "build" / "a.tsv").read_text(encoding="utf-8")
    (letters / "bialign.yaml").write_text(recipe.replace("running-head", "heads"), encoding="utf-8")
    run = bialign("build", ".")
    assert (run.status, one_line(run.err)) == (1, True)
    assert "bialign.yaml:6" in run.err
