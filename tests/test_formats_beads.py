import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bialign.bitext import Bead, Span, check_tiling
from bialign.errors import FormatError, ReadError
from bialign.formats.beads import dump_beads, dumps, load_beads, loads
from bitexts import bitexts
from conftest import REPOSITORY

CASES = REPOSITORY / "tests" / "cases" / "formats"


def cases(name):
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    return [pytest.param(case, id=case["why"]) for case in map(json.loads, lines)]


@pytest.mark.parametrize("case", cases("beads-good.jsonl"))
def test_good_files(case, tmp_path):
    path = tmp_path / "a.beads"
    path.write_bytes(case["text"].encode())
    got = [[*bead.source, *bead.target, bead.probability] for bead in load_beads(path)]
    assert got == case["beads"]


@pytest.mark.parametrize("case", cases("beads-bad.jsonl"))
def test_bad_files_name_the_line(case, tmp_path):
    path = tmp_path / "a.beads"
    path.write_bytes(case["text"].encode())
    with pytest.raises(FormatError) as caught:
        load_beads(path)
    assert str(caught.value).startswith(f"{path}:{case['line']}: ")
    assert case["says"] in str(caught.value)


def test_files_that_are_no_text(tmp_path):
    with pytest.raises(ReadError, match=r"none\.beads: cannot be read"):
        load_beads(tmp_path / "none.beads")
    (tmp_path / "a.beads").write_bytes(b"[0]:[0]\n\xff\xfe")
    with pytest.raises(FormatError, match="not text at byte 8"):
        load_beads(tmp_path / "a.beads")


def test_a_huge_number_takes_no_time(tmp_path):
    with pytest.raises(FormatError, match="above"):
        loads(f"[{'9' * 1_000_000}]:[0]")
    # a gap of a hundred million segments is not walked through
    with pytest.raises(FormatError, match="consecutive"):
        loads("[0, 100000000]:[0]\n[1]:[]")


@given(bitexts())
def test_beads_come_back(bitext):
    back = loads(dumps(bitext.beads))
    assert [(bead.source, bead.target) for bead in back] == [(bead.source, bead.target) for bead in bitext.beads]
    assert all(abs(a.probability - b.probability) <= 0.00005 for a, b in zip(back, bitext.beads, strict=True))
    check_tiling(back, len(bitext.source_segments), len(bitext.target_segments))


@given(st.text(st.sampled_from("[]0123456789,: .-#e\n"), max_size=60))
def test_any_text_gives_beads_or_one_line(text):
    try:
        beads = loads(text, "x.beads")
    except FormatError as error:
        assert str(error).startswith("x.beads:")
        assert "\n" not in str(error)
    else:
        assert loads(dumps(beads)) or not beads


def test_dump_and_load(tmp_path):
    beads = [Bead(Span(0, 2), Span(0, 1), 0.25), Bead(Span(2, 2), Span(1, 2), 0.5)]
    dump_beads(beads, tmp_path / "b.beads")
    assert (tmp_path / "b.beads").read_bytes() == b"[0, 1]:[0]:0.2500\n[]:[1]:0.5000\n"
    assert load_beads(tmp_path / "b.beads") == beads


def test_all_gold_loads(gold):
    files = sorted(gold.joinpath("align").rglob("*.gold"))
    assert len(files) > 100
    for path in files:
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        assert len(load_beads(path)) == len(lines)
