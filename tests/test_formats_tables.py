import csv
import io
import json
import re
from dataclasses import replace

import pytest
from hypothesis import given

from bialign import formats
from bialign.formats.tsv import COLUMNS
from bitexts import bitext_of, bitexts, sample
from conftest import REPOSITORY

SURROGATE = re.compile("[\ud800-\udfff]")
TEXTS = [
    pytest.param(case, id=case["why"])
    for case in map(
        json.loads, (REPOSITORY / "tests/cases/formats/texts.jsonl").read_text(encoding="utf-8").splitlines()
    )
]


def tsv_rows(text):
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t", quoting=csv.QUOTE_NONE, lineterminator="\n")
    return list(reader)


@pytest.mark.parametrize("case", TEXTS)
def test_texts_stay_in_their_cell(case):
    bitext = bitext_of([(1, 1)], [case["text"]], ["x"])
    assert tsv_rows(formats.dumps(bitext, "tsv"))[1][4:6] == [case["line"], "x"]
    (line,) = formats.dumps(bitext, "jsonl").splitlines()
    assert json.loads(line)["translation"]["en"] == case["text"].replace("\ud800", "\ufffd")


def test_tsv():
    header, *rows = tsv_rows(formats.dumps(sample(), "tsv"))
    assert tuple(header) == COLUMNS
    assert rows[1] == [
        "d:1:1-2",
        "1-2",
        "0.8750",
        "unreviewed",
        "The SIN acted & left.",
        "Actuó el SIN. Se fue.",
        "1",
        "1 2",
        *[""] * 6,
    ]
    assert rows[3] == [
        "d:4:",
        "1-0",
        "0.6250",
        "unreviewed",
        "Moved <here>.",
        "",
        "4",
        "",
        "stands later in the translation",
        "p. 7",
        "",
        "",
        "d::5",
        "0.8000",
    ]
    assert rows[4][3] == "confirmed"


def test_places_are_cited():
    rows = tsv_rows(formats.dumps(sample(), "tsv"))[1:]
    assert {row[9] for row in rows} == {"", "p. 7"}
    records = [json.loads(line) for line in formats.dumps(sample(), "jsonl").splitlines()]
    assert [record["en_place"] for record in records] == [row[9] for row in rows]


@given(bitexts())
def test_every_bead_is_one_row_whoever_reads(bitext):
    text = formats.dumps(bitext, "tsv")
    text.encode("utf-8")
    # str.splitlines breaks at more than LF, as many programs do
    lines = text.splitlines()
    assert len(lines) == len(bitext.beads) + 1
    assert all(len(line.split("\t")) == len(COLUMNS) for line in lines)


@given(bitexts())
def test_jsonl_gives_the_bitext_back(bitext):
    text = formats.dumps(bitext, "jsonl")
    text.encode("utf-8")
    records = [json.loads(line) for line in text.splitlines()]
    assert len({record["id"] for record in records}) == len(records) == len(bitext.beads)
    for bead, record in zip(bitext.beads, records, strict=True):
        source, target = record["translation"]
        assert source != target
        assert record["translation"][source] == SURROGATE.sub("\ufffd", bitext.source_text(bead))
        assert record[f"{source}_ids"] == list(bead.source.indices)
        assert record[f"{target}_ids"] == list(bead.target.indices)
        assert (record["type"], record["status"]) == (bead.type, bead.status)


@pytest.mark.parametrize(
    ("langs", "keys"),
    [
        (("en", "es-PE"), ["en", "es"]),
        (("EN-us", "es_PE"), ["en", "es"]),
        (("en", "en-GB"), ["source", "target"]),
        (("", "es"), ["source", "target"]),
    ],
)
def test_jsonl_sides_are_named_by_language(langs, keys):
    bitext = sample()
    bitext = replace(bitext, source=replace(bitext.source, lang=langs[0]), target=replace(bitext.target, lang=langs[1]))
    record = json.loads(formats.dumps(bitext, "jsonl").splitlines()[0])
    assert list(record["translation"]) == keys
    assert list(record) == [
        "id",
        "doc",
        "type",
        "status",
        "probability",
        "translation",
        *(f"{key}_ids" for key in keys),
        "reason",
        "moved_to",
        *(f"{key}_place" for key in keys),
        "move_probability",
        "comment",
        "extras",
    ]


def test_jsonl_says_where_a_moved_bead_has_its_translation():
    bitext = sample()
    records = [json.loads(line) for line in formats.dumps(bitext, "jsonl").splitlines()]
    moved = [(number, goal) for number, goal in sorted(bitext.moved_to().items())]
    assert [bitext.beads[number].type for pair in moved for number in pair] == ["1-0", "0-1", "0-1", "1-0"]
    for number, goal in moved:
        assert records[number]["moved_to"] == records[goal]["id"]
    assert sum(bool(record["moved_to"]) for record in records) == len(moved) == 2
