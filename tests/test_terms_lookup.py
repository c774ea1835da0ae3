"""Terms are found in their forms and nowhere else: each case is a line of tests/cases/terms/find.jsonl."""

import json

import pytest

from bialign.termbase import Concept, Term, Termbase
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
