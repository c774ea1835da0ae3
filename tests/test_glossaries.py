"""Glossaries come back equal from every format that holds everything; bad files are refused in one clear line."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import bialign
from bialign import glossaries
from bialign.errors import BialignError
from bialign.glossaries.tbx_properties import canonical
from bialign.termbase import (
    CASE_POLICIES,
    INFLECTIONS,
    KINDS,
    TERM_STATUSES,
    Concept,
    Property,
    Term,
    Termbase,
    tidy,
)
from conftest import REPOSITORY

CASES = REPOSITORY / "tests" / "cases" / "terms"
FULL = (".yaml", ".tbx", ".martif")
TABLES = (".csv", ".tsv", ".xlsx")


def cases(name):
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    return [pytest.param(case, id=case["why"]) for case in map(json.loads, lines)]


def round_trip(base: Termbase, folder: Path, suffix: str) -> Termbase:
    path = folder / f"back{suffix}"
    base.save(path)
    return Termbase.load(path)


@pytest.mark.parametrize("case", cases("bad.jsonl"))
def test_bad_files_give_one_clear_line(case, tmp_path):
    path = tmp_path / case["name"]
    path.write_bytes(case["content"].replace("<<MEGABYTE>>", "coup " * 220_000).encode(case["encoding"]))
    with pytest.raises(BialignError) as caught:
        Termbase.load(path)
    message = str(caught.value)
    assert case["says"] in message
    assert message.startswith(str(path))
    assert "\n" not in message
    assert len(message) < 400 + len(str(path))
    if case["line"] is not None:
        assert caught.value.line == case["line"]
    assert [file.name for file in tmp_path.iterdir()] == [case["name"]]


# --- what comes back ----------------------------------------------------------------------------------------------

LANGS = ("en", "es", "es-PE", "zu")
plain = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=12).map(tidy)
lines = st.lists(plain, max_size=3).map("\n".join).map(tidy)
words = st.builds(
    " ".join, st.lists(st.sampled_from(["coup", "SIN", "golpe", "sí", "a<b", "=1", "-x", "|", "’", "#"]), min_size=1)
)
texts = st.one_of(words, plain).map(lambda text: " ".join(text.split()))
term_texts = texts.filter(lambda text: any(map(str.isalnum, text)) and text[0].isalpha())
dates = st.sampled_from(["", "1992", "1992-04", "1992-04-05"])
properties = st.recursive(
    st.builds(
        Property,
        st.sampled_from(["admin", "descrip", "termNote", "xref", "transac", "descripNote"]),
        st.sampled_from(["source", "example", "projectSubset", "colour", "geographicalUsage"]),
        lines.filter(bool),
        st.dictionaries(st.sampled_from(["target", "datatype"]), texts, max_size=1),
    ),
    lambda inner: st.builds(
        lambda parts: Property("descripGrp", parts=(Property("descrip", "example", "x"), *parts)),
        st.lists(inner, max_size=2),
    ),
    max_leaves=3,
).map(lambda one: [one])
some_properties = st.lists(properties, max_size=2).map(lambda found: canonical(one for some in found for one in some))


@st.composite
def terms(draw, lang):
    return Term(
        draw(term_texts),
        lang,
        draw(st.sampled_from(KINDS)),
        draw(st.sampled_from(TERM_STATUSES)),
        draw(st.sampled_from(CASE_POLICIES)),
        draw(st.sampled_from(["", "noun", "proper noun", "verb", "locución"])),
        draw(st.sampled_from(["", "feminine", "ambiguo"])),
        draw(lines),
        draw(st.sampled_from(INFLECTIONS)),
        tuple(draw(st.lists(term_texts.filter(lambda text: text == text.strip()), max_size=2))),
        draw(dates),
        draw(dates),
        draw(some_properties),
    )


@st.composite
def termbases(draw, *, full=True):
    ids = draw(st.lists(texts.filter(lambda text: text and text == tidy(text)), max_size=3, unique=True))
    concepts = []
    for id in ids:
        langs = draw(st.lists(st.sampled_from(LANGS), min_size=1, max_size=2, unique=True))
        held = tuple(term for lang in langs for term in draw(st.lists(terms(lang), min_size=1, max_size=2)))
        said = st.dictionaries(st.sampled_from(["", *LANGS] if full else langs), lines.filter(bool), max_size=2)
        sources = st.dictionaries(st.sampled_from(LANGS if full else langs), lines.filter(bool), max_size=2)
        concept = Concept(id, draw(lines), draw(said), held, draw(lines), draw(sources))
        related = draw(st.lists(st.sampled_from(ids), max_size=2, unique=True))
        extra = draw(st.dictionaries(st.sampled_from(["", *langs]), some_properties.filter(bool), max_size=2))
        concepts.append(replace(concept, related=tuple(related), properties=extra))
    appearing = tuple(dict.fromkeys(term.lang for concept in concepts for term in concept.terms))
    return Termbase(LANGS if full else appearing, tuple(concepts))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("glossaries")


slow = settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=60)


@slow
@given(base=termbases())
@pytest.mark.parametrize("suffix", FULL)
def test_everything_comes_back(base, suffix, folder):
    assert round_trip(base, folder, suffix) == base


@slow
@given(base=termbases(full=False))
@pytest.mark.parametrize("suffix", TABLES)
def test_tables_hold_all_but_properties(base, suffix, folder):
    bare = [
        replace(concept, properties={}, terms=tuple(replace(term, properties=()) for term in concept.terms))
        for concept in base.concepts
    ]
    assert round_trip(base, folder, suffix) == replace(base, concepts=tuple(bare))


@pytest.mark.parametrize("suffix", TABLES)
def test_what_looks_like_an_escape_of_a_workbook_is_a_text(suffix, folder):
    term = Term("a_x000D_b _x005F_ _x0041_", "en")
    base = Termbase(("en",), (Concept("_x000D_", terms=(term,)),))
    assert round_trip(base, folder, suffix) == base


@slow
@given(base=termbases())
def test_what_is_written_as_tbx_3_is_tbx_basic(base, folder, gold):
    if base.concepts:
        assert_valid(base, folder, gold)


def test_a_reference_to_nothing_is_kept_and_the_file_stays_valid(folder, gold):
    said = (Property("admin", "projectSubset", "Peru", {"target": "coup"}),)
    base = Termbase(LANGS, (Concept("coup coup", terms=(Term("coup", "en", properties=said),)),))
    assert_valid(base, folder, gold)
    assert round_trip(base, folder, ".tbx") == base


def assert_valid(base, folder, gold):
    from lxml import etree

    base.save(folder / "valid.tbx")
    grammar = etree.RelaxNG(etree.parse(gold / "schemas" / "TBX-Basic-v3-DCA.rng"))
    assert grammar.validate(etree.parse(folder / "valid.tbx")), grammar.error_log


def test_the_projects_own_glossary_in_every_format(tmp_path, gold):
    base = Termbase.load(REPOSITORY / "corpus" / "glossary.yaml")
    for suffix in (*FULL, *TABLES):
        assert round_trip(base, tmp_path, suffix) == base
    assert_valid(base, tmp_path, gold)


# --- files of other programs --------------------------------------------------------------------------------------

GOOD = (
    ("TBX-Basic_dialect/DCA/Example_Astronomy_DCA_VALID.tbx", 45, 113, ("en", "es", "zu")),
    ("TBX-Basic_dialect/DCT/Example_Astronomy_DCT_VALID.tbx", 45, 113, ("en", "es", "zu")),
    ("TBX_test_files/basic_good.tbx", 45, 113, ("en", "es", "zu")),
    ("TBX_test_files/core_structure_good.tbx", 45, 113, ("en", "es", "zu")),
    ("TBX_test_files/min_good.tbx", 45, 113, ("en", "es", "zu")),
    ("okapi/maryland.tbx", 1, 13, ("fr", "it", "es", "en")),
    ("okapi/medtronic_TBX.tbx", 3, 62, None),
    ("omegat/glossaries/sampleTBXfile.tbx", 1, 2, ("en", "hu")),
    ("omegat/glossaries/empty.txt", 0, 0, ()),
    ("omegat/glossaries/test-magiccomment-bom.tab", 0, 0, ()),
    ("omegat/glossaries/test-magiccomment.tab", 0, 0, ()),
    ("omegat/glossaries/test.csv", 7, 14, None),
    ("omegat/glossaries/test.tab", 4, 8, None),
    ("omegat/glossaries/testUTF16LE.txt", 2, 4, None),
    ("tbx_en_es_terms.tsv", 754, 1_508, ("en", "es")),
)
BAD = (("basic_bad", 24), ("core_structure_bad", 15), ("min_bad", 21), ("poorly_formed_xml", 42))


@pytest.mark.parametrize(("name", "concepts", "count", "langs"), GOOD, ids=[name for name, *_ in GOOD])
def test_good_files_load_whole_and_come_back(name, concepts, count, langs, gold, tmp_path):
    base = Termbase.load(gold / "interchange" / name)
    assert len(base.concepts) == concepts
    assert sum(len(concept.terms) for concept in base.concepts) == count
    assert langs in {None, base.languages}
    for suffix in FULL:
        assert round_trip(base, tmp_path, suffix) == base
    if concepts:
        assert_valid(base, tmp_path, gold)


@pytest.mark.parametrize("name", [name for name, *_ in GOOD if name.endswith(".tbx")])
def test_no_word_of_a_tbx_file_is_lost(name, gold, tmp_path):
    from lxml import etree

    def words_in(path):
        root = etree.parse(path).getroot()
        found = (
            " ".join(root.itertext())
            + " "
            + " ".join(v for e in root.iter("{*}*") for k, v in e.attrib.items() if k == "target")
        )
        return sorted({word for word in re.findall(r"\w+", found) if len(word) > 3} - RENAMED)

    # categories that are said in our words
    # and the grammar of version 2, which is none of version 3
    RENAMED = set(re.findall(r"\w+", "http www lisa org fileadmin standards tbx TBXXCSV02 xcs"))
    RENAMED |= {"properNoun", "preferred", "deprecated", "admitted", "superseded", "obsolete", "notRecommended"}
    path = gold / "interchange" / name
    Termbase.load(path).save(tmp_path / "back.tbx")
    assert set(words_in(path)) <= set(words_in(tmp_path / "back.tbx"))


@pytest.mark.parametrize(("name", "line"), BAD)
def test_bad_files_of_the_suites_are_refused(name, line, gold):
    with pytest.raises(BialignError) as caught:
        Termbase.load(gold / "interchange" / "TBX_test_files" / f"{name}.tbx")
    assert caught.value.line == line


def test_dca_and_dct_say_the_same(gold):
    folder = gold / "interchange" / "TBX-Basic_dialect"
    dca, dct = (Termbase.load(folder / style / f"Example_Astronomy_{style}_VALID.tbx") for style in ("DCA", "DCT"))
    # notes apart, which the two files themselves write differently
    assert dca.concepts[0].terms_in("es")[0].text == "cúmulo abierto"
    for one, other in zip(dca.concepts, dct.concepts, strict=True):
        assert (one.id, one.subject, one.definition, one.source) == (
            other.id,
            other.subject,
            other.definition,
            other.source,
        )
        assert [(term.text, term.status, term.kind) for term in one.terms] == [
            (term.text, term.status, term.kind) for term in other.terms
        ]


# --- single rules -------------------------------------------------------------------------------------------------


def test_a_code_with_an_underscore_is_mended_and_said(tmp_path):
    path = tmp_path / "a.tbx"
    Termbase(("en-US",), (Concept("a", terms=(Term("coup", "en-US"),)),)).save(path)
    path.write_text(path.read_text(encoding="utf-8").replace("en-US", "en_US"), encoding="utf-8")
    loaded = glossaries.load(path)
    assert loaded.termbase.languages == ("en-US",)
    assert "en_US is written with an underscore; taken as en-US" in str(loaded.remarks[0])
    assert loaded.remarks[0].line == 1 + path.read_text(encoding="utf-8").split("en_US")[0].count("\n")


def test_concepts_may_be_related_in_circles(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text(
        "languages: [en]\nconcepts:\n"
        "  - {id: a, related: [b], terms: {en: [{text: x}]}}\n"
        "  - {id: b, related: [a, b], terms: {en: [{text: y}]}}\n",
        encoding="utf-8",
    )
    base = Termbase.load(path)
    for suffix in (*FULL, *TABLES):
        assert round_trip(base, tmp_path, suffix) == base


def test_formulas_are_written_as_text(tmp_path):
    from openpyxl import load_workbook

    term = Term("coup", "en", note="=1+1", forms=("+x", "'y"))
    base = Termbase(("en",), (Concept("a", terms=(term,), note="@b"),))
    for suffix in TABLES:
        assert round_trip(base, tmp_path, suffix) == base
    assert ",'=1+1," in (tmp_path / "back.csv").read_text(encoding="utf-8")
    sheet = load_workbook(tmp_path / "back.xlsx").active
    assert {cell.data_type for row in sheet for cell in row} == {"s", "n"}  # "n" is that of empty cells


def test_omegat_gets_pairs_and_the_rest_is_said(tmp_path):
    sides = (
        Term("self-coup", "en"),
        Term("#coup", "en"),
        Term("autogolpe", "es"),
        Term("golpe\n de sí", "es", note="a\tb"),
    )
    base = Termbase(
        ("en", "es", "fr"), (Concept("a", "politics", terms=sides), Concept("b", terms=(Term("raid", "en"),)))
    )
    left = base.save(tmp_path / "g.txt")
    rows = (tmp_path / "g.txt").read_text(encoding="utf-8").splitlines()
    assert rows == [
        "# -*- coding: utf-8 -*-",
        "self-coup\tautogolpe\tpolitics",
        "self-coup\tgolpe de sí\tpolitics; golpe de sí: a b",
    ]
    assert [re.sub(r"\D", "", line) for line in left] == ["1", "1", "1"]
    back = glossaries.load(tmp_path / "g.txt", "en", "es").termbase
    assert [term.text for concept in back.concepts for term in concept.terms_in("es")] == ["autogolpe", "golpe de sí"]


def test_a_file_that_stood_there_stays_when_writing_fails(tmp_path):
    path = tmp_path / "g.yaml"
    path.write_text("old", encoding="utf-8")
    broken = Termbase(("en",), (Concept("a", terms=(Term("x", "en"),)), "no concept"))
    with pytest.raises(AttributeError):
        broken.save(path)
    assert path.read_text(encoding="utf-8") == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["g.yaml"]


def test_aliases_of_aliases_do_not_fill_the_memory(tmp_path):
    levels = "".join(
        f"      - &x{n} {{element: note, parts: [{', '.join([f'*x{n - 1}'] * 9)}]}}\n" for n in range(1, 12)
    )
    path = tmp_path / "a.yaml"
    path.write_text(
        "languages: [en]\nconcepts:\n  - id: a\n    terms: {en: [{text: x}]}\n    extra:\n      en:\n"
        "      - &x0 {element: note, text: x}\n" + levels,
        encoding="utf-8",
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bialign.glossaries.yaml_reader._MOST_PROPERTIES", 10_000)
        with pytest.raises(BialignError, match="far too many properties"):
            Termbase.load(path)


def test_public_names():
    assert {bialign.Termbase, bialign.Concept, bialign.Term} == {Termbase, Concept, Term}


def test_termbases_are_plain_values_for_msgspec():
    import msgspec

    property = Property("descripGrp", parts=(Property("descrip", "context", "x"),))
    concept = Concept(
        "a", terms=(Term("x", "en", forms=("y",), properties=(property,)),), properties={"en": (property,)}
    )
    assert msgspec.json.decode(msgspec.json.encode(concept), type=Concept) == concept


@pytest.mark.parametrize(
    "said",
    [
        '{"inflects": "maybe"}',
        '{"forms": 3}',
        '{"since": [1]}',
        '{"property": "x"}',
        '{"property": [[[[',
        '{"id": ["x"]}',
        '{"colour": "red"}',
        "[1]",
    ],
)
def test_notes_that_only_look_like_ours_stay_notes(said, tmp_path):
    path = tmp_path / "a.tbx"
    Termbase(("en",), (Concept("a", note="NOTE", terms=(Term("coup", "en", note="NOTE"),)),)).save(path)
    path.write_text(path.read_text(encoding="utf-8").replace("NOTE", f"bialign: {said}"), encoding="utf-8")
    base = Termbase.load(path)
    (concept,) = base.concepts
    assert (concept.note, concept.terms[0].note) == (f"bialign: {said}", f"bialign: {said}")
    for suffix in FULL:
        assert round_trip(base, tmp_path, suffix) == base


def test_markup_inside_texts_is_remarked_on(tmp_path):
    path = tmp_path / "a.tbx"
    Termbase(("en",), (Concept("a", terms=(Term("H2O", "en"),)),)).save(path)
    marked = path.read_text(encoding="utf-8").replace("H2O", 'H<hi type="subscript">2</hi>O')
    path.write_text(marked, encoding="utf-8")
    loaded = glossaries.load(path)
    assert loaded.termbase.concepts[0].terms[0].text == "H2O"
    assert "markup inside texts (1 of them)" in str(loaded.remarks[0])
