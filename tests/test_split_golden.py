"""The golden rules of the Pragmatic Segmenter, where BIALIGN_GOLD names the folder that holds them.

Cases that we hold to be wrong for our purpose are listed with the reason in cases/split/disputed-en.jsonl, by their
number and the beginning of their text's SHA-256; none of their text is kept here.
"""

import hashlib
import json
import os
from pathlib import Path

import pytest

from bialign.split import split
from conftest import REPOSITORY

GOLD = Path(os.environ.get("BIALIGN_GOLD", "")) / "split" / "golden-rules"
DISPUTED = REPOSITORY / "tests" / "cases" / "split" / "disputed-en.jsonl"

pytestmark = pytest.mark.skipif(
    not os.environ.get("BIALIGN_GOLD") or not GOLD.is_dir(), reason="BIALIGN_GOLD names no gold"
)


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def passes(case, lang):
    got = [" ".join(segment.text.split()) for segment in split(case["text"], lang)]
    return got == [" ".join(sentence.split()) for sentence in case["sents"]]


def test_disputed_cases_are_those_meant_and_have_reasons():
    cases = lines(GOLD / "en.jsonl")
    for entry in lines(DISPUTED):
        text = cases[entry["case"]]["text"]
        assert hashlib.sha256(text.encode("utf-8")).hexdigest().startswith(entry["sha256"])
        assert len(entry["reason"]) > 20


def test_exactly_the_disputed_english_rules_fail():
    failed = {number for number, case in enumerate(lines(GOLD / "en.jsonl")) if not passes(case, "en")}
    assert failed == {entry["case"] for entry in lines(DISPUTED)}


def test_all_spanish_rules_pass():
    assert all(passes(case, "es") for case in lines(GOLD / "es.jsonl"))
