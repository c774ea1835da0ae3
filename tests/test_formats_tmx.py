import io
import json
import re
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from lxml import etree

from bialign import formats
from bialign.formats import tmx
from bialign.formats.report import Tally
from bitexts import bitext_of, bitexts, sample
from conftest import REPOSITORY

TEXTS = [
    pytest.param(case, id=case["why"])
    for case in map(
        json.loads, (REPOSITORY / "tests/cases/formats/texts.jsonl").read_text(encoding="utf-8").splitlines()
    )
]
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def parsed(bitext):
    text = "".join(tmx.chunks(bitext))
    return etree.fromstring(text.encode("utf-8"), etree.XMLParser(load_dtd=False, no_network=True))


def props(element):
    return {prop.get("type"): prop.text for prop in element.iterfind("prop")}


@pytest.fixture(scope="module")
def schemas(gold):
    """Give the DTD of TMX 1.4 and the schema that OmegaT 6.1 applies."""
    folder = gold / "schemas"
    return etree.DTD(str(folder / "tmx14.dtd")), etree.XMLSchema(file=str(folder / "tmx14-omegat-6.1.xsd"))


def test_header_holds_what_every_reader_asks_for():
    root = parsed(sample())
    assert root.tag == "tmx"
    assert root.get("version") == "1.4"
    header = root.find("header")
    assert {"creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype"} <= set(
        header.keys()
    )
    assert (header.get("srclang"), header.get("segtype"), header.get("adminlang")) == ("en", "sentence", "en")
    assert props(header)["x-signature"] == sample().signature
    assert props(header)["x-source-document"] == "A title - A paper"
    text = formats.dumps(sample(), "tmx")
    assert text.startswith(
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">'
    )


def test_units():
    units = parsed(sample()).findall("body/tu")
    # the two null beads have no place in a TMX file
    assert [unit.get("tuid") for unit in units] == ["d:0:0", "d:1:1-2", "d:2-3:3", "d:5:4"]
    assert [unit.get("segtype") for unit in units] == [None, "block", "block", None]
    known = {"x-type": "1-2", "x-probability": "0.8750", "x-status": "unreviewed"}
    assert props(units[1]) == known | {"x-target-cuts": "13 7"}
    assert props(units[3])["x-status"] == "confirmed"
    # source first, and props before the texts, as the schema wants
    assert [child.tag for child in units[1]] == ["prop", "prop", "prop", "prop", "tuv", "tuv"]
    assert [tuv.get(LANG) for tuv in units[1].iterfind("tuv")] == ["en", "es-PE"]
    assert [seg.text for seg in units[1].iterfind("tuv/seg")] == ["The SIN acted & left.", "Actuó el SIN. Se fue."]


def test_ids_of_other_beads_survive_an_edit():
    before = sample()
    split = bitext_of(
        [(1, 1), (1, 2), (1, 1), (1, 0), (1, 0), (1, 1), (0, 1)],
        [segment.text for segment in before.source_segments],
        [segment.text for segment in before.target_segments],
    )
    kept = {unit.get("tuid") for unit in parsed(before).iter("tu")} & {
        unit.get("tuid") for unit in parsed(split).iter("tu")
    }
    assert kept == {"d:0:0", "d:1:1-2", "d:5:4"}


@pytest.mark.parametrize("case", TEXTS)
def test_texts(case):
    root = parsed(bitext_of([(1, 1)], [case["text"]], ["x"]))
    assert root.findtext("body/tu/tuv/seg") == case["tmx"]


def test_what_is_left_out_is_counted():
    bitext = bitext_of([(1, 1), (1, 1), (1, 0)], ["a\x07", "\x00", "alone"], ["b", "c"])
    tally = Tally()
    list(tmx.chunks(bitext, tally))
    assert tally.units == 1
    assert tally.changes == {"characters deleted that XML forbids": 2}
    assert tally.left_out == {
        ("null beads", "TMX holds translations only"): 1,
        ("beads", "one side holds no text"): 1,
    }


def test_dates_are_in_utc_and_the_files_reproducible():
    moment = datetime(2026, 11, 24, 5, 6, 7, tzinfo=UTC)
    one, two = ("".join(tmx.chunks(sample(), created=moment)) for _ in range(2))
    assert one == two
    assert set(re.findall(r'creationdate="([^"]*)"', one)) == {"20261124T050607Z"}


@pytest.mark.parametrize(
    ("lang", "code"), [("", "und"), ("es_PE", "es-PE"), ("no such", "und"), ("zh-Hant-TW", "zh-Hant-TW")]
)
def test_language_codes(lang, code):
    bitext = sample()
    root = parsed(replace(bitext, source=replace(bitext.source, lang=lang)))
    assert root.find("header").get("srclang") == code
    assert root.find("body/tu/tuv").get(LANG) == code


@given(bitexts())
def test_any_bitext_is_well_formed_and_comes_back(bitext):
    data = "".join(tmx.chunks(bitext)).encode("utf-8")
    kept = [bead for bead in bitext.beads if not bead.is_null]
    segs = []
    for _, unit in etree.iterparse(io.BytesIO(data), tag="tu", load_dtd=False):
        segs.append([seg.text for seg in unit.iterfind("tuv/seg")])
    assert len(segs) <= len(kept)
    for source, target in segs:
        for text in (source, target):
            assert text
            assert unicodedata.is_normalized("NFC", text)
            assert not set("\t\n\r\v\f\x85\u2028\u2029") & set(text)


def test_files_are_valid(schemas):
    for bitext in (sample(), bitext_of([], [], []), bitext_of([(1, 0)], ["a"], [])):
        for schema in schemas:
            schema.assertValid(parsed(bitext))


@given(bitext=bitexts())
def test_any_file_is_valid(schemas, bitext):
    root = parsed(bitext)
    for schema in schemas:
        schema.assertValid(root)
