"""Files are paired by their names: cases as data, and what holds for any names."""

import json
import unicodedata
from pathlib import PurePath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bialign.corpus.likeness import pair_texts
from bialign.corpus.pairing import pair_names
from conftest import REPOSITORY

CASES = [
    json.loads(line)
    for line in (REPOSITORY / "tests/cases/pairing/names.jsonl").read_text(encoding="utf-8").splitlines()
]


def paired(names, langs=("en", "es")):
    pairs, left = pair_names([PurePath(name) for name in names], langs)
    return [[p.name, p.source.as_posix(), p.target.as_posix()] for p in pairs], [path.as_posix() for path in left]


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_names(case):
    pairs, left = paired(case["names"], tuple(case.get("langs", ("en", "es"))))
    assert sorted(pairs) == sorted(case["pairs"])
    assert left == case.get("left", [])


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_order_of_the_files_does_not_matter(case):
    langs = tuple(case.get("langs", ("en", "es")))
    # of two texts whose names would be the same, the first keeps it
    wanted, found = (
        {tuple(pair[1:]) for pair in paired(names, langs)[0]} for names in (case["names"], case["names"][::-1])
    )
    assert wanted == found


WORDS = st.sampled_from(["en", "es", "EN", "english", "Español", "cap", "1", "01", "lima", "original", "é", "e\u0301"])
NAMES = st.lists(
    st.builds("{}{}{}".format, st.lists(WORDS, min_size=1, max_size=4).map(".".join), st.just(""), st.just(".txt"))
    | st.lists(WORDS, min_size=1, max_size=4).map("/".join),
    unique_by=lambda name: unicodedata.normalize("NFC", name),
    max_size=8,
)


@given(NAMES)
def test_each_file_is_in_one_pair_or_left(names):
    pairs, left = paired(names)
    used = [path for pair in pairs for path in pair[1:]]
    assert sorted(used + left) == sorted(PurePath(name).as_posix() for name in names)
    assert len({name for name, *_ in pairs}) == len(pairs)
    assert all(name for name, *_ in pairs)


@pytest.mark.parametrize("name", ["tico19-en-es", "ntrex-en-es"])
def test_texts_are_paired_by_what_they_hold(gold, name):
    paths = sorted((gold / "align" / name).glob("*.src"))[:16]
    sources = [path.read_text(encoding="utf-8").split("\n") for path in paths]
    targets = [path.with_suffix(".tgt").read_text(encoding="utf-8").split("\n") for path in paths]
    # every third text is on its own, on either side
    order = [number for number in range(len(paths)) if number % 3 != 1][::-1]
    pairs = pair_texts([s for n, s in enumerate(sources) if n % 3], [targets[n] for n in order])
    found = {([n for n in range(len(paths)) if n % 3][pair.source], order[pair.target]) for pair in pairs}
    assert found == {(number, number) for number in range(2, len(paths), 3)}
