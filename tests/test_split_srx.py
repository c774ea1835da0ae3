"""SRX: what its rules mean, how ICU's patterns are read, what is refused, and how long it may take."""

import os
import time
from pathlib import Path

import pytest
import regex

from bialign.errors import BialignError
from bialign.split import explain, split
from bialign.split import srx as srx_module
from bialign.split.icu import translate
from bialign.split.srx import load_srx

FRAME = """\
<?xml version="1.0" encoding="UTF-8"?>
<srx xmlns="http://www.lisa.org/srx20" version="2.0">
<header segmentsubflows="yes" cascade="{cascade}"/>
<body>
<languagerules>
{rules}
</languagerules>
<maprules>
{maps}
</maprules>
</body>
</srx>
"""
GENERAL = """<languagerule languagerulename="General">
<rule break="yes"><beforebreak>[.?!]+</beforebreak><afterbreak>\\s</afterbreak></rule>
</languagerule>"""
SPANISH = """<languagerule languagerulename="Spanish">
<rule break="no"><beforebreak>\\bSr\\.</beforebreak><afterbreak>\\s</afterbreak></rule>
<rule break="no"><beforebreak>(?i)\\betc\\.</beforebreak><afterbreak>\\s+\\p{Ll}</afterbreak></rule>
</languagerule>"""
MAPS = """<languagemap languagepattern="(?i)es.*" languagerulename="Spanish"/>
<languagemap languagepattern=".*" languagerulename="General"/>"""


@pytest.fixture
def make(tmp_path):
    def write(rules=SPANISH + "\n" + GENERAL, maps=MAPS, cascade="yes"):
        path = tmp_path / "rules.srx"
        path.write_text(FRAME.format(rules=rules, maps=maps, cascade=cascade), encoding="utf-8")
        return load_srx(path)

    return write


def rule(before, after="\\s", cut="yes"):
    return (
        '<languagerule languagerulename="General">\n'
        f'<rule break="{cut}"><beforebreak>{before}</beforebreak><afterbreak>{after}</afterbreak></rule>\n'
        "</languagerule>"
    )


ALL = '<languagemap languagepattern=".*" languagerulename="General"/>'
TEXT = "El Sr. Paz vende pan, vino, etc. en Lima. Cierra los lunes! El resto, no."


def texts(segments):
    return [segment.text for segment in segments]


def test_first_rule_that_fits_decides(make):
    assert texts(split(TEXT, "es", rules=make())) == [
        "El Sr. Paz vende pan, vino, etc. en Lima.",
        "Cierra los lunes!",
        "El resto, no.",
    ]


def test_cascade_gathers_the_rules_of_every_map_that_fits(make):
    # without it the first map is the only one, and its rules never break
    assert len(split(TEXT, "es", rules=make(cascade="no"))) == 1
    assert len(split(TEXT, "en", rules=make(cascade="no"))) == 5
    assert len(split(TEXT, "es-PE", rules=make())) == 3


def test_order_matters(make):
    rules = make(rules=GENERAL + SPANISH, maps="\n".join(reversed(MAPS.splitlines())))
    assert len(split(TEXT, "es", rules=rules)) == 5


def test_where_no_rule_fits_there_is_no_break(make):
    assert len(split("One. Two? Three", "en", rules=make(rules=rule("\\."), maps=ALL))) == 2


def test_paragraphs_are_never_joined_nor_known_ones_recut(make):
    rules = make(rules=rule(".", ".", "no"), maps=ALL)
    assert texts(split("One. Two.\n\nThree.", "en", rules=rules)) == ["One. Two.", "Three."]


def test_beginning_of_the_paragraph_is_an_anchor(make):
    rules = make(rules=rule("^\\d+\\.\\s+", "\\p{Lu}"), maps=ALL)
    assert texts(split("1. One in 2. Two\n2. Three", "en", rules=rules)) == ["1.", "One in 2. Two", "2.", "Three"]


def test_empty_parts_fit_everywhere(make):
    rules = '<languagerule languagerulename="General"><rule><beforebreak>;</beforebreak></rule></languagerule>'
    assert texts(split("a;b;c", "en", rules=make(rules=rules, maps=ALL))) == ["a;", "b;", "c"]


def test_patterns_may_refer_to_each_other(make):
    rules = make(rules=rule("(\\w)\\.", " \\1"), maps=ALL)
    assert texts(split("a. b. b. c", "en", rules=rules)) == ["a. b.", "b. c"]


def test_explain_names_the_line(make):
    found = [(decision.rule, decision.cut) for decision in explain(TEXT, "es", rules=make())]
    assert found == [("srx:7", False), ("srx:8", False), ("srx:11", True), ("srx:11", True)]


def test_exceptions_come_before_rules(make):
    text = "Vive en la Hda. Mérida. Llueve."
    assert len(split(text, "es", rules=make())) == 3
    assert len(split(text, "es", ["Hda."], rules=make())) == 2
    assert explain(text, "es", ["Hda."], rules=make())[0].rule == "exception"


FAULTS = {
    "no XML": ("<srx", "not well-formed"),
    "another root": ("<tmx version='1.4'/>", "this is no SRX"),
    "another version": (FRAME.replace('"2.0"', '"1.0"'), "version 1.0"),
    "another namespace": (FRAME.replace("srx20", "srx30"), "SRX 2.0 is read"),
    "entities": ('<!DOCTYPE srx [<!ENTITY a "b">]>\n<srx version="2.0"/>', "entities"),
    "nothing in it": ('<srx version="2.0"/>', "no languagemap"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_no_srx_is_told_in_one_line(tmp_path, fault):
    text, said = FAULTS[fault]
    (tmp_path / "a.srx").write_text(text, encoding="utf-8")
    with pytest.raises(BialignError) as caught:
        load_srx(tmp_path / "a.srx")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_missing_file(tmp_path):
    with pytest.raises(BialignError, match="cannot be read"):
        load_srx(tmp_path / "a.srx")


@pytest.mark.parametrize(
    ("rules", "maps", "said"),
    [
        (rule("a", cut="maybe"), ALL, ":7: break is yes or no, not maybe"),
        (GENERAL + "\n" + GENERAL, ALL, ":9: the rules General are given twice"),
        (GENERAL, ALL.replace("General", "Other"), "there are no rules called Other"),
        (GENERAL.replace(' languagerulename="General"', ""), ALL, ":6: languagerule lacks the attribute"),
    ],
)
def test_bad_rules_are_told_with_their_line(make, rules, maps, said):
    with pytest.raises(BialignError) as caught:
        make(rules=rules, maps=maps)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("[a", "b", ":7: beforebreak cannot be used: a set is not closed"),
        ("a", "(b", ":7: afterbreak cannot be used: missing )"),
        ("\\p{NoSuchThing}", "b", ":7: beforebreak cannot be used: unknown property"),
        ("(?w)a", "b", "the flag w"),
        ("\\G", "b", "\\G has no counterpart"),
        ("a", "*", ":7: afterbreak cannot be used"),
    ],
)
def test_patterns_that_cannot_be_used_are_told_with_their_line(make, before, after, said):
    rules = make(rules=rule(before, after), maps=ALL)
    with pytest.raises(BialignError) as caught:
        split("a b", "en", rules=rules)
    assert said in str(caught.value)


def test_language_without_rules(make):
    rules = make(maps='<languagemap languagepattern="es" languagerulename="Spanish"/>')
    with pytest.raises(BialignError, match="no languagemap fits the language en"):
        split("a b", "en", rules=rules)


@pytest.mark.parametrize(
    ("pattern", "matches", "misses"),
    [
        (r"[\p{Po}-[,;]]", ".!", ",;a"),
        (r"[[a-z]&&[^aeiou]]", "bz", "ae1"),
        (r"[a-z&[aeiou]]", "ae", "bz"),
        (r"[^\h\v]", "a.", "\t\n\u00a0"),
        (r"\x{2014}", "—", "-"),
        (r"\u2014|\0101|\cA", "—A\x01", "b"),
        (r"\Q.]\E|x", "x", "."),
        (r"[[:upper:]|~]", "A|~", "a"),
        (r"]", "]", "["),
        (r"[\]\[]", "][", "a"),
        (r"(?i)é", "éÉ", "e"),
        (r"\p{Lu}", "ÁÑ", "áñ"),
        (r"(?<sign>[¿¡])", "¿¡", "?!"),
        (r"(?iu)(?U)é(?-u)", "éÉ", "e"),
        (r"(?u:\p{Lu})|(?i-m:ñ)", "ÁñÑ", "á"),
    ],
)
def test_icu_patterns_mean_what_they_mean_in_icu(pattern, matches, misses):
    compiled = regex.compile(translate(pattern), regex.V1)
    assert all(compiled.fullmatch(char) for char in matches)
    assert not any(compiled.fullmatch(char) for char in misses)


def test_anchors_of_icu():
    assert regex.search(translate(r"a\Z"), "a\n", regex.V1)
    assert not regex.search(translate(r"a\z"), "a\n", regex.V1)
    assert regex.fullmatch(translate(r"a\Rb\h"), "a\r\nb\u00a0", regex.V1)


def test_rules_without_end_are_stopped(make, monkeypatch):
    monkeypatch.setattr(srx_module, "SECONDS", 0.3)
    monkeypatch.setattr(srx_module, "SECONDS_PER_CHARACTER", 0)
    rules = make(rules=rule("^b(a|aa)+"), maps=ALL)
    began = time.perf_counter()
    with pytest.raises(BialignError, match=r":7: this rule takes too long"):
        split("b " + "a" * 30_000 + " a", "en", rules=rules)
    assert time.perf_counter() - began < 5


@pytest.mark.skipif(not os.environ.get("BIALIGN_GOLD"), reason="BIALIGN_GOLD names no gold")
def test_files_of_other_tools_are_read():
    files = sorted(Path(os.environ["BIALIGN_GOLD"]).joinpath("interchange").rglob("*.srx"))
    for file in files:
        rules = load_srx(file)
        assert len(split("Mr. Hale met Dr. Ruiz. They spoke! Did they?", "en", rules=rules)) == 3
