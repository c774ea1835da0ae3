"""Every format that can carry a bitext gives it back: names, statuses, probabilities, beads, texts."""

import re
import unicodedata
import zipfile
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree
from openpyxl import load_workbook

from bialign import align, formats, read_bitext
from bialign.bitext import Bead, Extra, Span
from bialign.errors import BialignError, MissingExtra
from bialign.formats.csv import armed, defused
from bialign.formats.cuts import cut, cuts_of
from bialign.formats.identifiers import bead_id
from bitexts import bitext_of, bitexts, sample
from conftest import REPOSITORY

# which formats are read again, by profile; what they hold is told by their own entries
READ = [
    (name, profile)
    for name, format in formats.FORMATS.items()
    if name not in {"beads", "html", "docx", "cwb", "parquet", "huggingface"}
    for profile in format.profiles or ("",)
]


@pytest.fixture(scope="module")
def article():
    texts = REPOSITORY / "corpus" / "texts"
    bitext = align(texts / "cia-hitman-in-peru.en.txt", texts / "cia-hitman-in-peru.es.txt")
    beads = list(bitext.beads)
    for number, status in ((3, "confirmed"), (5, "rejected"), (8, "doubtful"), (13, "confirmed")):
        beads[number] = replace(beads[number], status=status)
    return replace(bitext, beads=tuple(beads))


def told(bitext, nulls="all", *, plain=False):
    """Give what is known of the beads that a format has a place for."""
    return [
        (
            "" if plain else bead_id(bitext, bead),
            bead.type,
            bead.status,
            1 if plain else round(bead.probability, 4),
            [segment.text for segment in bitext.source_segments[bead.source.start : bead.source.stop]],
            [segment.text for segment in bitext.target_segments[bead.target.start : bead.target.stop]],
        )
        for bead in bitext.beads
        if nulls == "all" or not bead.is_null or (nulls == "source" and bead.source)
    ]


def written(bitext, folder, name, profile=""):
    """Write a bitext, and give the file to read it from, and the report."""
    suffix = next(iter(formats.FORMATS[name].suffixes), "")
    report = formats.write(bitext, folder / f"text{suffix}", name, profile=profile)
    return report.files[0], report


@pytest.mark.parametrize(("name", "profile"), READ)
def test_the_article_comes_back(name, profile, article, tmp_path):
    file, report = written(article, tmp_path, name, profile)
    plain = profile == "intertext"
    wanted = told(article, formats.FORMATS[name].nulls, plain=plain)
    if name == "tmx" and profile != "neutral":
        wanted = [row for row in wanted if row[2] != "rejected"]
    if plain:
        wanted = [(*row[:2], "doubtful" if row[2] == "rejected" else row[2], *row[3:]) for row in wanted]
    assert report.units == len(wanted)
    assert told(read_bitext(file), plain=plain) == wanted


@pytest.mark.parametrize(("name", "profile"), [pair for pair in READ if pair[1] not in {"intertext"}])
def test_reasons_come_back(name, profile, tmp_path):
    if name in {"xces", "moses"}:
        pytest.skip("the format has no place for reasons")
    file, _ = written(sample(), tmp_path, name, profile)
    nulls = formats.FORMATS[name].nulls
    wanted = [
        bead.reason
        for bead in sample().beads
        if nulls == "all" or not bead.is_null or (bead.source and nulls == "source")
    ]
    assert [bead.reason for bead in read_bitext(file).beads] == wanted


def test_moves_pages_and_paragraphs_come_back_from_tei(tmp_path):
    file, _ = written(sample(), tmp_path, "tei")
    back = read_bitext(file)
    assert back.moves == sample().moves
    assert [segment.paragraph for segment in back.source_segments] == [0, 1, 1, 1, 2, 2]
    assert [(anchor.kind, anchor.label) for anchor in back.source.anchors] == [("page", "7")]
    assert back.signature == sample().signature
    assert (back.source.title, back.source.origin, back.source.id) == ("A title", "A paper", "d.en")


@pytest.mark.parametrize("name", ["tei", "xces", "xliff", "tmx", "xlsx", "docx", "cwb", "moses", "csv", "parquet"])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bitext=bitexts())
def test_any_text_at_all_can_be_written(name, bitext, tmp_path):
    if name == "parquet":
        pytest.importorskip("pyarrow")
    for profile in formats.FORMATS[name].profiles or ("",):
        file, report = written(bitext, tmp_path, name, profile)
        if name in {"tei", "xliff", "tmx"}:
            etree.parse(str(file))
        if name == "xces":
            for each in report.files:
                etree.parse(str(each))
        if name in {"xlsx", "docx"}:
            with zipfile.ZipFile(file) as package:
                for part in package.namelist():
                    if part.endswith(".xml"):
                        etree.fromstring(package.read(part))
        if name == "moses":
            source, target, ids = (each.read_text(encoding="utf-8") for each in report.files[:3])
            assert len(source.splitlines()) == len(target.splitlines()) == len(ids.splitlines()) == report.units
            assert all(line.strip() for line in [*source.split("\n")[:-1], *target.split("\n")[:-1]])


# --- one by one -----------------------------------------------------------------------------------------------------


def test_moses_lines_stay_beside_each_other(tmp_path):
    bitext = bitext_of([(1, 1), (1, 1)], ["One\u2028two\x85three\x0c.", "Four."], ["Uno\r\ndos.", "Cuatro."])
    file, report = written(bitext, tmp_path, "moses")
    assert [each.name for each in report.files] == ["text.en-es.en", "text.en-es.es", "text.en-es.ids"]
    assert file.read_bytes() == b"One two three .\nFour.\n"
    assert report.files[2].read_text(encoding="utf-8").split("\t")[0] == "d:0:0"


def test_xces_in_both_directions(tmp_path):
    opus, _ = written(sample(), tmp_path, "xces", "opus")
    links = [link.get("xtargets") for link in etree.parse(str(opus)).iter("link")]
    assert links == ["s1.1;s1.1", "s2.1;s2.1 s2.2", "s2.2 s2.3;s2.3", "s3.1;", "s3.2;s3.1", ";s3.2"]
    intertext, _ = written(sample(), tmp_path, "xces", "intertext")
    root = etree.parse(str(intertext)).getroot()
    assert (root.tag, root.get("fromDoc"), root.get("toDoc")) == ("linkGrp", "text.en.xml", "text.es.xml")
    assert [link.get("xtargets") for link in root][1] == "2:1 2:2;2:1"
    # ids have two numeric levels at most, and there is no DOCTYPE
    assert b"DOCTYPE" not in intertext.read_bytes()
    assert [link.get("status") for link in root] == ["auto"] * 4 + ["man", "auto"]


def test_cwb_positions_are_those_of_the_words(tmp_path):
    _, report = written(sample(), tmp_path, "cwb")
    names = [file.name for file in report.files]
    assert names == ["text_en.vrt", "text_es.vrt", "text_en-text_es.align", "text_es-text_en.align", "text.txt"]
    words = [
        [line for line in file.read_text(encoding="utf-8").splitlines() if not re.match("</?(text|p|s)\\b", line)]
        for file in report.files[:2]
    ]
    header, *rows = report.files[2].read_text(encoding="utf-8").splitlines()
    assert header == "text_en\ts\ttext_es\ts"
    found = []
    for row in rows:
        a, b, c, d, kind, _ = row.split("\t")
        found.append((" ".join(words[0][int(a) : int(b) + 1]), " ".join(words[1][int(c) : int(d) + 1]), kind))
    assert found[1] == ("The SIN acted &amp; left .", "Actuó el SIN . Se fue .", "1:2")
    assert len(found) == 4
    back = [row.split("\t") for row in report.files[3].read_text(encoding="utf-8").splitlines()[1:]]
    assert [(row[2], row[3], row[0], row[1]) for row in back] == [tuple(row.split("\t")[:4]) for row in rows]


def test_cwb_takes_words_as_readers_do(tmp_path):
    from bialign.words import split_words

    bitext = bitext_of([(1, 1)], ["The U.S. paid."], ["EE. UU. pagó."])
    report = formats.write(bitext, tmp_path / "u.vrt", tokenise=split_words)
    assert "\nEE. UU.\npagó\n.\n" in report.files[1].read_text(encoding="utf-8")
    assert report.files[2].read_text(encoding="utf-8").splitlines()[1] == "0\t3\t0\t2\t1:1\t100"


def test_manatee_counts_structures(tmp_path):
    _, report = written(sample(), tmp_path, "cwb", "manatee")
    aligned = {file.name: file.read_text(encoding="utf-8").splitlines() for file in report.files}
    assert aligned["text_en-text_es.aligndef"] == ["0\t0", "1\t1,2", "2,3\t3", "4\t-1", "5\t4", "-1\t5"]
    assert aligned["text_es-text_en.aligndef"][1] == "1,2\t1"
    assert not report.left_out


def test_spreadsheets_compute_nothing(tmp_path):
    bitext = bitext_of([(1, 1)] * 4, ["=1+1", "- No.", "+5", "'quoted'"], ["@x", "—Sí; claro.", "-2,5", '"a", b'])
    for profile, delimiter in (("excel-es", ";"), ("excel-en", ",")):
        file, report = written(bitext, tmp_path, "csv", profile)
        text = file.read_bytes().decode("utf-8")
        assert text.startswith("\ufeffbead" + delimiter)
        assert f"{delimiter}'=1+1{delimiter}'@x{delimiter}" in text
        assert report.changes["cells that a spreadsheet would take for formulas begin with an apostrophe"] == 5
        assert told(read_bitext(file)) == told(bitext)
    assert "0,8750" in written(bitext, tmp_path, "csv", "excel-es")[0].read_text(encoding="utf-8")
    for name, profile in (("csv", "pandas"), ("tsv", "r"), ("tsv", "plain")):
        file, report = written(bitext, tmp_path, name, profile)
        assert not file.read_bytes().startswith(b"\xef\xbb\xbf")
        assert "'=" not in file.read_text(encoding="utf-8")
        assert told(read_bitext(file)) == told(bitext)


@pytest.mark.parametrize("text", ["=x", "'=x", "''-x", "'", "x", "-", "— No", "", "'tis"])
def test_defusing_can_be_undone(text):
    assert armed(defused(text)) == text
    assert not re.match("[=+@-]", defused(text))


def test_workbook_is_made_for_review(tmp_path):
    file, _ = written(sample(), tmp_path, "xlsx")
    book = load_workbook(file)
    sheet = book["review"]
    assert sheet.freeze_panes == "A2"
    (choice,) = sheet.data_validations.dataValidation
    assert choice.formula1 == '"unreviewed,confirmed,rejected,doubtful"'
    assert str(choice.sqref) == "A2:A7"
    assert sheet.column_dimensions["I"].hidden
    assert book["bialign"].sheet_state == "veryHidden"
    assert sheet["B3"].alignment.wrap_text
    formulas = bitext_of([(1, 1)], ["=1+1"], ["+2"])
    sheet = load_workbook(written(formulas, tmp_path, "xlsx")[0])["review"]
    assert (sheet["B2"].value, sheet["B2"].data_type) == ("=1+1", "s")


def test_word_document_shows_what_has_no_counterpart(tmp_path):
    file, _ = written(sample(), tmp_path, "docx")
    from bialign import read

    text = read(file).text
    assert "[stands elsewhere, row 6]" in text
    assert "Actuó el SIN." in text
    formats.write(sample(), file, ui_lang="es")
    assert "[está en otra parte, fila 6]" in read(file).text


def test_parquet_and_hugging_face(tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    file, _ = written(sample(), tmp_path, "parquet")
    table = parquet.read_table(file)
    assert table.column("translation").to_pylist()[1] == {"en": "The SIN acted & left.", "es": "Actuó el SIN. Se fue."}
    assert table.column("status").to_pylist()[4] == "confirmed"
    formats.write(sample(), tmp_path / "set", "huggingface")
    train = parquet.read_table(tmp_path / "set" / "data" / "train-00000-of-00001.parquet")
    alone = parquet.read_table(tmp_path / "set" / "data" / "unaligned-00000-of-00001.parquet")
    assert (train.num_rows, alone.num_rows) == (4, 2)
    assert train.schema == alone.schema
    import yaml

    card = yaml.safe_load((tmp_path / "set" / "README.md").read_text(encoding="utf-8").split("---\n")[1])
    assert card["language"] == ["en", "es"]
    assert [config["config_name"] for config in card["configs"]] == ["default", "unaligned"]


def test_parquet_without_its_package_says_so(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(MissingExtra, match=r"bialign\[parquet\]"):
        formats.write(sample(), tmp_path / "a.parquet")
    with pytest.raises(MissingExtra):
        formats.write(sample(), tmp_path / "set", "huggingface")
    assert not list(tmp_path.iterdir())


def test_folders_are_not_left_behind(tmp_path, monkeypatch):
    pytest.importorskip("pyarrow")
    monkeypatch.setattr("bialign.formats.parquet.written", lambda *_: (_ for _ in ()).throw(OSError(28, "No space")))
    with pytest.raises(BialignError, match="No space"):
        formats.write(sample(), tmp_path / "set", "huggingface")
    assert not list(tmp_path.iterdir())


def test_codes_and_profiles(tmp_path):
    formats.write(sample(), tmp_path / "a.tmx", profile="trados", codes=("en-US", "es-PE"))
    root = etree.parse(str(tmp_path / "a.tmx")).getroot()
    assert root.find("header").get("o-tmf") == "TW4Win 2.0 Format"
    assert {tuv.get("{http://www.w3.org/XML/1998/namespace}lang") for tuv in root.iter("tuv")} == {"en-US", "es-PE"}
    with pytest.raises(ValueError, match="no profile 'nope'"):
        formats.write(sample(), tmp_path / "a.tmx", profile="nope")


def test_programs_get_no_rejected_beads(tmp_path):
    bitext = sample()
    beads = (replace(bitext.beads[0], status="rejected"), *bitext.beads[1:])
    _, report = written(replace(bitext, beads=beads), tmp_path, "tmx", "omegat")
    assert report.units == 3
    assert [str(left) for left in report.left_out if left.what == "rejected beads"] == [
        "1 rejected beads left out: the program would offer them as translations"
    ]


def test_inputs_are_never_overwritten(tmp_path):
    file, report = written(sample(), tmp_path, "moses")
    before = file.read_bytes()
    with pytest.raises(BialignError, match="would be overwritten"):
        formats.write(sample(), tmp_path / "text.moses", inputs=report.files)
    assert file.read_bytes() == before


@pytest.mark.parametrize("texts", [["One."], ["One.", "Two."], ["a b", "c d", "e"]])
def test_cuts(texts):
    assert (cut(" ".join(texts), cuts_of(texts)) or (" ".join(texts),)) == tuple(texts)


def test_what_others_say_of_a_unit_is_written_again(tmp_path):
    foreign = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4"><header creationtool="Other" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en"
 srclang="en" datatype="plaintext"><prop type="x-client">ACME</prop><note>ours</note></header><body>
<tu tuid="77" creationdate="20100101T000000Z" creationid="ana" usagecount="3" changedate="yesterday">
<note>check</note><prop type="x-domain">law</prop>
<tuv xml:lang="en" changeid="bob"><prop type="x-context">before</prop><seg>The raid.</seg></tuv>
<tuv xml:lang="es"><seg>La redada.</seg></tuv></tu></body></tmx>"""
    (tmp_path / "a.tmx").write_text(foreign, encoding="utf-8")
    once = read_bitext(tmp_path / "a.tmx")
    formats.write(once, tmp_path / "b.tmx")
    unit = etree.parse(str(tmp_path / "b.tmx")).find("body/tu")
    assert (unit.get("tuid"), unit.get("creationdate"), unit.get("usagecount")) == ("77", "20100101T000000Z", "3")
    assert unit.findtext("note") == "check"
    props = {prop.get("type"): prop.text for prop in unit.iterfind("prop")}
    # what is no date cannot be an attribute
    assert props["x-domain"] == "law"
    assert props["x-changedate"] == "yesterday"
    assert unit.find("tuv").get("changeid") == "bob"
    assert unit.find("tuv").findtext("prop") == "before"
    assert etree.parse(str(tmp_path / "b.tmx")).findtext("header/note") == "ours"
    twice = read_bitext(tmp_path / "b.tmx")
    assert [bead_id(twice, bead) for bead in twice.beads] == ["77"]
    formats.write(twice, tmp_path / "c.tmx")
    assert read_bitext(tmp_path / "c.tmx").beads[0].extras == twice.beads[0].extras


def test_extras_do_not_make_another_bead():
    bead = Bead(Span(0, 1), Span(0, 1))
    assert replace(bead, extras=(Extra("note", "", "x"),)) == bead


# --- what others check ----------------------------------------------------------------------------------------------


# what is no bitext, and why; glossaries and rules for splitting are read by other tests
NOT_READ = {
    "README.md": "cells where other rows have",
    "MQ-12-Test01.xlf": "nothing in this file is translated",
    "ex.14.5.xlf": "nothing in this file is translated",
    "file-XLIFFFilter1-multiple-file-tag.xlf": "nothing in this file is translated",
    "autotmx__project1.tmx": "holds no units",
    "omegat__src__testAcceptance__resources__data__project_fuzzy__omegat__project_save.tmx": "holds no units",
    "tmx__empty.tmx": "holds no units",
    "tmx__invalid.tmx": "holds no units",
    "tmx__en-US_en-GB_fr_sr.tmx": "more than two languages",
    "Segmentation.srx": "this XML holds srx",
    "empty.txt": "the file is empty",
    "test-magiccomment-bom.tab": "no two columns of text",
    "test-magiccomment.tab": "no two columns of text",
    "test.tab": "which two are the translation is not clear",
    "testUTF16LE.txt": "which two are the translation is not clear",
}


@pytest.fixture(scope="module")
def gold_files(gold):
    """Give every file of others that is a bitext; the others say why they are none."""
    found = []
    for file in sorted(path for path in (gold / "interchange").rglob("*") if path.is_file()):
        reason = "this XML holds (tbx|martif)" if file.suffix == ".tbx" else NOT_READ.get(file.name)
        if reason is None:
            read_bitext(file)
            found.append(file)
            continue
        with pytest.raises(BialignError, match=reason):
            read_bitext(file)
    assert len(found) >= 40
    return found


def test_two_of_many_languages_are_read_when_asked_for(gold, tmp_path):
    file = gold / "interchange" / "omegat" / "tmx" / "tmx__en-US_en-GB_fr_sr.tmx"
    bitext = read_bitext(file, source_lang="en", target_lang="fr")
    formats.write(bitext, tmp_path / "a.tmx")
    assert told(read_bitext(tmp_path / "a.tmx")) == told(bitext)


@pytest.mark.parametrize("suffix", ["tmx", "xlf", "tei", "xlsx", "jsonl", "tsv", "csv", "parquet", "xces", "moses"])
def test_files_of_other_programs_are_the_same_when_read_again(suffix, gold_files, tmp_path):
    if suffix == "parquet":
        pytest.importorskip("pyarrow")
    for file in gold_files:
        bitext = read_bitext(file)
        if not bitext.source.lang:
            # a glossary of a few words, whose languages nobody can tell
            sides = replace(bitext.source, lang="en"), replace(bitext.target, lang="es")
            bitext = replace(bitext, source=sides[0], target=sides[1])
        goal = formats.write(bitext, tmp_path / f"{file.name}.{suffix}").files[0]
        # Moses puts the languages of a pair in the order of their names
        langs = {"source_lang": bitext.source.lang, "target_lang": bitext.target.lang} if suffix == "moses" else {}
        back = read_bitext(goal, **langs)
        nulls = formats.FORMATS[formats.format_of(tmp_path / f"a.{suffix}")].nulls
        wanted = [
            bead for bead in bitext.beads if nulls == "all" or not bead.is_null or (nulls == "source" and bead.source)
        ]
        said = [[e for bead in beads for e in bead.extras if e.kind != "id"] for beads in (wanted, back.beads)]
        if suffix in {"tmx", "xlsx"}:
            assert said[0] == said[1], file
        elif suffix in {"tei", "jsonl", "parquet", "xlf"}:
            # the comment comes first there, and a space is a space
            one, other = (sorted((*extra[:2], " ".join(extra[2].split()), extra[3]) for extra in each) for each in said)
            assert one == other, file
        assert normal(told(back)) == normal(told(bitext, nulls)), file


def normal(rows):
    return [(*row[:4], *([unicodedata.normalize("NFC", text) for text in side] for side in row[4:])) for row in rows]


def test_what_is_written_is_valid(gold, gold_files, article, tmp_path):
    omegat = etree.XMLSchema(file=str(gold / "schemas" / "tmx14-omegat-6.1.xsd"))
    dtd = etree.DTD(str(gold / "schemas" / "tmx14.dtd"))
    xliff = etree.XMLSchema(file=str(gold / "schemas" / "xliff-core-1.2-strict.xsd"))
    bitexts_ = [article, sample()]
    bitexts_ += [read_bitext(file) for file in gold_files]
    for bitext in bitexts_:
        for profile in formats.FORMATS["tmx"].profiles:
            file, _ = written(bitext, tmp_path, "tmx", profile)
            root = etree.fromstring(file.read_bytes())
            assert omegat.validate(root), omegat.error_log
            assert dtd.validate(root), dtd.error_log
        file, _ = written(bitext, tmp_path, "xliff", "1.2")
        root = etree.fromstring(file.read_bytes())
        assert xliff.validate(root), xliff.error_log


def test_a_stream_of_units_is_what_the_whole_file_is(tmp_path, article):
    from bialign.readers.bilingual.large import large
    from bialign.readers.bilingual.tmx import content
    from bialign.readers.source import Source

    file, _ = written(article, tmp_path, "tmx")
    found = large(file, least=1)
    whole = content(Source(file, file.read_bytes()), "", "")
    assert found.langs == whole.langs == ("en", "es")
    assert list(found.units()) == whole.units


def test_places_are_cited_in_memories_and_xliff(tmp_path):
    file, _ = written(sample(), tmp_path, "tmx")
    units = etree.parse(str(file)).findall("body/tu")
    places = [[prop.text for prop in unit.iterfind("prop[@type='x-source-place']")] for unit in units]
    assert places == [[], [], ["p. 7"], ["p. 7"]]
    file, _ = written(sample(), tmp_path, "xliff", "1.2")
    assert file.read_text(encoding="utf-8").count('"x-bialign-source-place">p. 7<') == 3
