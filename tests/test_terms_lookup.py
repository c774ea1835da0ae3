"""Terms are found in their forms and nowhere else: each case is a line of tests/cases/terms/find.jsonl."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bialign.termbase import Concept, Term, Termbase
from bialign.termbase.forms import lemma, plural, singulars
from conftest import REPOSITORY

CASES = REPOSITORY / "tests" / "cases" / "terms"


def cases(name):
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    return [pytest.param(case, id=case["why"]) for case in map(json.loads, lines)]


def term_of(entry, lang) -> Term:
    """Make a term of "raid", "=SIN" (exact), "en:raid" (of another language) or of its fields."""
    if isinstance(entry, dict):
        return Term(lang=lang, **{**entry, "forms": tuple(entry.get("forms", ()))})
    if entry[2:3] == ":":
        lang, entry = entry[:2], entry[3:]
    return Term(entry.lstrip("="), lang, case_policy="exact" if entry.startswith("=") else "free")


def base_of(entries, lang="en") -> Termbase:
    concepts = (Concept(str(at), terms=(term_of(entry, lang),)) for at, entry in enumerate(entries))
    return Termbase(("en", "es"), tuple(concepts))


@pytest.mark.parametrize("case", cases("find.jsonl"))
def test_terms_are_found(case):
    base, text = base_of(case["terms"], case["lang"]), case["text"]
    hits = base.lookup(text, case["lang"], overlapping=case.get("overlapping", False))
    assert [text[hit.start : hit.stop] for hit in hits] == case["found"]
    if "at" in case:
        assert [hit.start for hit in hits] == case["at"]


@pytest.mark.parametrize("case", cases("suggest.jsonl"))
def test_slips_are_suggestions(case):
    base, text = base_of(case["terms"], case["lang"]), case["text"]
    hits = base.suggest(text, case["lang"])
    assert [[text[hit.start : hit.stop], hit.term.text] for hit in hits] == case["found"]


WORDS = ["golpe", "golpes", "Estado", "SIN", "sin", "del", "El", "niño", "dio", "un", "-", ".", "’", "\n", "\n\n", "É"]
mixed = st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=4)), max_size=30).map(" ".join)
TERMS = [
    "golpe de Estado",
    "golpe",
    "=SIN",
    "el niño",
    {"text": "dar un golpe", "part_of_speech": "verb"},
    "auto-golpe",
]


@given(mixed, st.sampled_from(["en", "es"]))
def test_hits_are_ordered_and_hold_whole_words(text, lang):
    base = base_of(TERMS, lang)
    last = 0
    for hit in base.lookup(text, lang):
        assert last <= hit.start < hit.stop <= len(text)
        last = hit.stop
    every = base.lookup(text, lang, overlapping=True)
    assert {(hit.start, hit.stop) for hit in base.lookup(text, lang)} <= {(hit.start, hit.stop) for hit in every}
    found = [(hit.start, hit.stop) for hit in base.find(text, lang)]
    for hit in base.suggest(text, lang):
        assert not any(hit.start < stop and start < hit.stop for start, stop in found)


@given(st.text(st.sampled_from("abcdeghilmnoprstuvzáéíóúñ"), min_size=3, max_size=10), st.sampled_from(["en", "es"]))
def test_a_word_s_plural_leads_back_to_it(word, lang):
    many = plural(word, lang)
    if many != word and len(many) > 3 and singulars(many, lang):
        assert all(plural(one, lang) == many for one in singulars(many, lang))


def test_lemmas_of_other_languages_are_the_words():
    assert lemma("Golpes", "zu") == "golpes"


def test_ten_thousand_concepts_take_no_longer_to_search():
    # all begin alike, and none stands in the text
    base = base_of([f"raid number n{number}" for number in range(10_000)])
    assert base.find("raid number x and " * 20_000, "en") == ()
