import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bialign.errors import FormatError, ReadError
from bialign.termbase import Concept, Term, Termbase
from conftest import REPOSITORY

CASES = REPOSITORY / "tests" / "cases" / "termbase"


def cases(name):
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    return [pytest.param(case, id=case["why"]) for case in map(json.loads, lines)]


def base_of(entries, lang) -> Termbase:
    """Make a termbase of terms such as "raid", "=SIN" (exact) and "en:raid" (of another language)."""
    concepts = []
    for number, entry in enumerate(entries):
        code, _, text = entry.rpartition(":") if entry[:2].isalpha() and ":" in entry else (lang, "", entry)
        case = "exact" if text.startswith("=") else "free"
        concepts.append(Concept(str(number), terms=(Term(text.lstrip("="), code, case_policy=case),)))
    return Termbase(("en", "es"), tuple(concepts))


@pytest.mark.parametrize("case", cases("find.jsonl"))
def test_terms_are_found(case):
    hits = base_of(case["terms"], case["lang"]).find(case["text"], case["lang"])
    assert [case["text"][hit.start : hit.stop] for hit in hits] == case["found"]


@pytest.mark.parametrize("case", cases("bad.jsonl"))
def test_bad_glossaries_give_one_clear_line(case, tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_text(case["yaml"], encoding="utf-8")
    with pytest.raises(FormatError) as caught:
        Termbase.load(path)
    message = str(caught.value)
    assert caught.value.line == case["line"]
    assert case["says"] in message
    assert message.startswith(str(path))
    assert "\n" not in message


def test_files_that_cannot_be_read(tmp_path):
    with pytest.raises(ReadError, match=r"none\.yaml: cannot be read"):
        Termbase.load(tmp_path / "none.yaml")
    (tmp_path / "latin.yaml").write_bytes("languages: [en]\n# añ".encode("cp1252"))
    with pytest.raises(FormatError, match="not UTF-8 at byte 19"):
        Termbase.load(tmp_path / "latin.yaml")
    (tmp_path / "deep.yaml").write_text("[" * 100_000)
    with pytest.raises(FormatError, match="nested far too deeply"):
        Termbase.load(tmp_path / "deep.yaml")


def test_a_glossary_is_read_whole(tmp_path):
    path = tmp_path / "g.yaml"
    # NO and null-like words stay words; a byte order mark does no harm
    path.write_text(
        """\ufeffversion: 1
languages: [en, es]
concepts:
  - id: no
    subject: words
    definition: {en: A refusal., es: Una negativa.}
    note:
    terms:
      en:
        - {text: NO, kind: variant, status: admitted, case: exact, part_of_speech: noun, note: loud}
        - {text: "on", status: deprecated}
      es: [{text: no,   gender: masculine}]
    source: {en: "He said: NO."}
    related: [no, yes]
  - id: yes
    terms: {es: [{text: sí}]}
""",
        encoding="utf-8",
    )
    base = Termbase.load(path)
    assert base.languages == ("en", "es")
    no, yes = base.concepts
    assert no.terms == (
        Term("NO", "en", "variant", "admitted", "exact", part_of_speech="noun", note="loud"),
        Term("on", "en", status="deprecated"),
        Term("no", "es", gender="masculine"),
    )
    assert (no.subject, no.note, no.related) == ("words", "", ("no", "yes"))
    assert no.definition == {"en": "A refusal.", "es": "Una negativa."}
    assert no.source == {"en": "He said: NO."}
    assert yes == Concept("yes", terms=(Term("sí", "es"),))


def test_terms_in_puts_the_preferred_first():
    terms = (
        Term("a", "es", status="deprecated"),
        Term("b", "es-PE"),
        Term("c", "en"),
        Term("d", "es", status="admitted"),
    )
    assert [term.text for term in Concept("x", terms=terms).terms_in("es")] == ["b", "d", "a"]


def test_the_concept_that_prefers_a_term_wins():
    first = Concept("first", terms=(Term("coup", "en", status="admitted"),))
    second = Concept("second", terms=(Term("coup", "en"),))
    (hit,) = Termbase(("en",), (first, second)).find("a coup", "en")
    assert hit.concept.id == "second"


def test_a_termbase_is_a_value():
    base = base_of(["raid"], "en")
    base.find("a raid", "en")
    assert base == base_of(["raid"], "en")
    assert hash(base) == hash(base_of(["raid"], "en"))
    assert pickle.loads(pickle.dumps(base)).find("a raid", "en") == base.find("a raid", "en")


@given(st.text(), st.lists(st.sampled_from(["raid", "=SIN", "raid of SIN", "a", "=a b", "é", "U.S."]), max_size=4))
def test_hits_are_ordered_apart_and_hold_their_term(text, entries):
    base = base_of(entries, "en")
    text = text + " raid SIN a b " + text
    last = 0
    for hit in base.find(text, "en"):
        assert last <= hit.start < hit.stop <= len(text)
        last = hit.stop
        if hit.term.case_policy == "exact":
            assert text[hit.start : hit.stop] == hit.term.text


def test_time_does_not_grow_with_the_number_of_terms():
    # 10,000 concepts whose terms all begin alike, as an alternation would try one by one
    base = base_of([f"raid number n{number}" for number in range(10_000)], "en")
    assert len(base.find("raid number n9999 and " * 5_000, "en")) == 5_000


def test_the_projects_own_glossary():
    base = Termbase.load(REPOSITORY / "corpus" / "glossary.yaml")
    assert len(base.concepts) >= 40
    for concept in base.concepts:
        for lang in base.languages:
            # the sentence that is quoted as its source does hold the concept
            found = {hit.concept.id for hit in base.find(concept.source[lang], lang)}
            assert concept.id in found, f"{concept.id} is not found in its own {lang} source"
