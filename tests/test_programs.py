"""What is written opens in the programs it is written for; each test runs where its program is installed."""

import csv
import os
import shutil
import subprocess

import pytest

from bialign import formats
from bitexts import bitext_of, glossary, sample

HARD = bitext_of(
    [(1, 1)] * 5,
    ["=1+1", "- No, sir.", "The SIN; “the service”", 'He said "no", and left.', "1,5"],
    ["@uno", "— No, señor.", "El SIN; «el servicio»", "Dijo «no»; se fue\tya.", "-2"],
)


def program(name):
    found = shutil.which(name)
    if not found:
        pytest.skip(f"{name} is not installed")
    return found


def run(*command, **settings):
    done = subprocess.run(
        list(map(str, command)), capture_output=True, timeout=180, check=False, text=True, encoding="utf-8", **settings
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def office(file, kind, folder, *more):
    """Convert a file with LibreOffice, which has a profile of its own here."""
    soffice = program("soffice")
    profile = (folder / "profile").as_uri()
    run(
        soffice,
        f"-env:UserInstallation={profile}",
        "--headless",
        *more,
        "--convert-to",
        kind,
        "--outdir",
        folder / "out",
        file,
    )
    return sorted((folder / "out").iterdir())


@pytest.mark.parametrize("name", ["xlsx", "csv"])
def test_libreoffice_opens_tables_and_computes_nothing(name, tmp_path):
    file = tmp_path / f"a.{name}"
    formats.write(HARD, file)
    filters = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    # without a window LibreOffice does not look at the BOM, by which its dialogue knows UTF-8
    out = office(file, filters, tmp_path, *(["--infilter=CSV:44,34,76,1"] if name == "csv" else []))
    shown = next(each for each in out if "bialign" not in each.name)
    rows = list(csv.reader(shown.read_text(encoding="utf-8").splitlines()))
    source, target = (1, 2) if name == "xlsx" else (4, 5)
    wanted = [
        (HARD.source_text(bead), HARD.target_text(bead).replace("\t", " ") if name == "csv" else HARD.target_text(bead))
        for bead in HARD.beads
    ]
    found = [(row[source], row[target]) for row in rows[1:]]
    if name == "csv":
        found = [tuple(cell.removeprefix("'") for cell in pair) for pair in found]
    assert found == wanted


def test_libreoffice_opens_the_word_document(tmp_path):
    formats.write(sample(), tmp_path / "a.docx")
    (text,) = office(tmp_path / "a.docx", "txt:Text (encoded):UTF8", tmp_path)
    shown = text.read_text(encoding="utf-8-sig")
    assert "The SIN acted & left." in shown
    assert "[stands elsewhere, row 6]" in shown


@pytest.mark.parametrize("name", ["tmx", "xliff", "tei", "xces"])
def test_xmllint(name, tmp_path, gold):
    xmllint = program("xmllint")
    for profile in formats.FORMATS[name].profiles or ("",):
        report = formats.write(sample(), tmp_path / f"a.{name}", name, profile=profile)
        for file in report.files:
            if file.suffix != ".tsv":
                run(xmllint, "--noout", "--nonet", file)
    schemas = {"tmx": "tmx14-omegat-6.1.xsd", "xliff": "xliff-core-1.2-strict.xsd"}
    if name in schemas:
        formats.write(sample(), tmp_path / f"b.{name}", name)
        run(xmllint, "--noout", "--nonet", "--schema", gold / "schemas" / schemas[name], tmp_path / f"b.{name}")


PROJECT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0"><source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir>
<tm_dir>__DEFAULT__</tm_dir><glossary_dir>__DEFAULT__</glossary_dir><glossary_file>__DEFAULT__</glossary_file>
<dictionary_dir>__DEFAULT__</dictionary_dir><source_lang>EN-US</source_lang><target_lang>ES-PE</target_lang>
<sentence_seg>false</sentence_seg><support_default_translations>true</support_default_translations>
<remove_tags>false</remove_tags></project></omegat>"""


@pytest.mark.parametrize("codes", [("", ""), ("en-US", "es-PE"), ("en", "es")])
def test_omegat_takes_the_translations(codes, tmp_path):
    omegat = program("omegat")
    for folder in ("source", "target", "tm/auto", "omegat", "glossary", "dictionary"):
        (tmp_path / "p" / folder).mkdir(parents=True)
    (tmp_path / "p" / "omegat.project").write_text(PROJECT, encoding="utf-8")
    bitext = sample()
    translated = [bead for bead in bitext.beads if not bead.is_null]
    text = "\n\n".join(bitext.source_text(bead) for bead in translated) + "\n"
    (tmp_path / "p" / "source" / "a.txt").write_text(text, encoding="utf-8")
    formats.write(bitext, tmp_path / "p" / "tm" / "auto" / "a.tmx", profile="omegat", codes=codes)
    glossary().save(tmp_path / "p" / "glossary" / "glossary.txt")
    glossary().save(tmp_path / "p" / "glossary" / "glossary.tbx")
    home = {**os.environ, "HOME": str(tmp_path), "JAVA_TOOL_OPTIONS": f"-Duser.home={tmp_path} -Dfile.encoding=UTF-8"}
    run(omegat, tmp_path / "p", "--mode=console-translate", env=home)
    found = (tmp_path / "p" / "target" / "a.txt").read_text(encoding="utf-8")
    assert found.split("\n\n") == ("\n\n".join(bitext.target_text(bead) for bead in translated) + "\n").split("\n\n")


def test_translate_toolkit_reads_memories_and_xliff(tmp_path):
    tmx = pytest.importorskip("translate.storage.tmx")
    xliff = pytest.importorskip("translate.storage.xliff")
    bitext = sample()
    wanted = [(bitext.source_text(bead), bitext.target_text(bead)) for bead in bitext.beads if not bead.is_null]
    formats.write(bitext, tmp_path / "a.tmx")
    with (tmp_path / "a.tmx").open("rb") as file:
        memory = tmx.tmxfile(file, "en", "es-PE")
    assert [(unit.source, unit.target) for unit in memory.units] == wanted
    formats.write(bitext, tmp_path / "a.xlf")
    with (tmp_path / "a.xlf").open("rb") as file:
        units = xliff.xlifffile(file).units
    assert [(unit.source, unit.target) for unit in units if unit.target] == wanted
    assert [unit.isapproved() for unit in units] == [False, False, False, False, True]


def test_translate_toolkit_reads_glossaries(tmp_path):
    omegat = pytest.importorskip("translate.storage.omegat")
    tbx = pytest.importorskip("translate.storage.tbx")
    base = glossary()
    base.save(tmp_path / "a.txt")
    with (tmp_path / "a.txt").open("rb") as file:
        rows = {(unit.source, unit.target) for unit in omegat.OmegaTFile(file).units}
    assert rows >= {("SIN", "SIN"), ("SIN", "Servicio de Inteligencia Nacional")}
    base.save(tmp_path / "a.martif")
    with (tmp_path / "a.martif").open("rb") as file:
        units = tbx.tbxfile(file, sourcelanguage="en").units
    assert len(units) == len(base.concepts)


def test_translate_toolkit_reads_xliff_2(tmp_path):
    xliff = pytest.importorskip("translate.storage.xliff2")
    bitext = sample()
    wanted = [(bitext.source_text(bead), bitext.target_text(bead)) for bead in bitext.beads if not bead.is_null]
    formats.write(bitext, tmp_path / "a.xlf", profile="2.1")
    with (tmp_path / "a.xlf").open("rb") as file:
        units = xliff.Xliff2File(file).units
    assert [(unit.source, unit.target) for unit in units if unit.target] == wanted


def test_duckdb_reads_parquet(tmp_path):
    duckdb = pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    formats.write(sample(), tmp_path / "a.parquet")
    rows = duckdb.sql(f"SELECT id, translation.es FROM '{(tmp_path / 'a.parquet').as_posix()}'").fetchall()
    assert rows[1] == ("d:1:1-2", "Actuó el SIN. Se fue.")


ROWS = """
args <- commandArgs(trailingOnly = TRUE)
rows <- if (endsWith(args[1], "csv")) read.csv(args[1], encoding = "UTF-8") else read.delim(args[1], encoding = "UTF-8")
stopifnot(is.numeric(rows$probability), all(Encoding(rows$target[grepl("[^ -~]", rows$target)]) == "UTF-8"))
out <- file("out.txt", "wb")
writeBin(charToRaw(paste0(rows$source, "\\t", rows$target, "\\n", collapse = "")), out)
close(out)
"""


@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_r_reads_its_tables_by_its_defaults(name, tmp_path):
    rscript = program("Rscript")
    (tmp_path / "read.R").write_text(ROWS, encoding="utf-8")
    formats.write(HARD, tmp_path / f"a.{name}", profile="r")
    run(rscript, "--vanilla", tmp_path / "read.R", tmp_path / f"a.{name}", cwd=tmp_path)
    found = [line.split("\t") for line in (tmp_path / "out.txt").read_text(encoding="utf-8").splitlines()]
    assert found == [[HARD.source_text(bead), HARD.target_text(bead).replace("\t", " ")] for bead in HARD.beads]


@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_pandas_and_polars_read_their_tables_by_their_defaults(name, tmp_path):
    pandas = pytest.importorskip("pandas")
    polars = pytest.importorskip("polars")
    formats.write(HARD, tmp_path / f"a.{name}", profile="pandas")
    more = {"sep": "\t"} if name == "tsv" else {}
    wanted = [(HARD.source_text(bead), HARD.target_text(bead).replace("\t", " ")) for bead in HARD.beads]
    frame = pandas.read_csv(tmp_path / f"a.{name}", **more)
    assert [*zip(frame["source"], frame["target"], strict=True)] == wanted
    assert frame["probability"].dtype == float
    table = polars.read_csv(tmp_path / f"a.{name}", **({"separator": "\t"} if more else {}))
    assert table.select("source", "target").rows() == wanted


def test_pandas_reads_json_lines(tmp_path):
    pandas = pytest.importorskip("pandas")
    formats.write(sample(), tmp_path / "a.jsonl")
    frame = pandas.read_json(tmp_path / "a.jsonl", lines=True)
    assert [text["es"] for text in frame["translation"]] == [sample().target_text(bead) for bead in sample().beads]


@pytest.mark.parametrize("name", ["xlsx", "csv"])
def test_gnumeric_opens_tables_and_computes_nothing(name, tmp_path):
    ssconvert = program("ssconvert")
    file = tmp_path / f"a.{name}"
    formats.write(HARD, file)
    run(ssconvert, "--export-type=Gnumeric_stf:stf_csv", file, tmp_path / "out.csv")
    rows = list(csv.reader((tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()))
    source, target = (1, 2) if name == "xlsx" else (4, 5)
    shown = [(row[source].removeprefix("'"), row[target].removeprefix("'")) for row in rows[1:]]
    wanted = [(HARD.source_text(bead), HARD.target_text(bead)) for bead in HARD.beads]
    assert shown == [(one, other.replace("\t", " ") if name == "csv" else other) for one, other in wanted]
