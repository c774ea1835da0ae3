"""Repair: damaged words as cases, each rule, exact replay and reversal, and clean text left alone."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bialign.bitext import Fix
from bialign.repair import ALSO, RULES, repair, replay, revert
from conftest import REPOSITORY

PIECES = [
    *("Peruís", "wasnít", "U.S.ís", "ìyesî", "ëaí", "í90s", "Ã±", "â€œ", "Ã©", "Õ", "Æ", "a", "b", "país", "Ríos"),
    *(".", ",", "Xsí", "ñ", "ó", "ﬁ"),
    *("\u200b", "\u00ad", "\u00a0", "e\u0301", "n\u0303", "\x92", "\x85", "\ufeff", "\ufffd"),
    *("\t", "\n", "\r", "\x00", "\u2028", " ", "  "),
]


def cases():
    file = REPOSITORY / "tests" / "cases" / "repair" / "words.txt"
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if line and not line.startswith("#"):
            body, _, why = line.partition("  ## ")
            before, arrow, after = body.replace("\\ufffd", "\ufffd").partition(" => ")
            before = before if arrow else before.removesuffix(" =")
            yield pytest.param(before, after if arrow else before, id=f"{number}-{why}")


@pytest.mark.parametrize(("damaged", "clean"), list(cases()))
def test_case(damaged, clean):
    text, fixes = repair(damaged)
    assert text == clean
    assert revert(text, fixes) == damaged


def typography():
    file = REPOSITORY / "tests" / "cases" / "repair" / "typography.txt"
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if line and not line.startswith("#"):
            head, _, rest = line.partition(": ")
            body, _, why = rest.replace("\\n", "\n").partition("  ## ")
            before, arrow, after = body.partition(" => ")
            before = before if arrow else before.removesuffix(" =")
            yield pytest.param(*head.split(), before, after if arrow else before, id=f"{number}-{head}-{why}")


@pytest.mark.parametrize(("lang", "rule", "typed", "printed"), list(typography()))
def test_typography(lang, rule, typed, printed):
    assert repair(typed, lang) == (typed, ())
    text, fixes = repair(typed, lang, also=(rule,))
    assert text == printed
    assert revert(text, fixes) == typed and replay(typed, fixes) == text
    assert {name for fix in fixes for name in fix.rules} <= {rule}
    assert repair(text, lang, also=(rule,)) == (text, ())


def test_unknown_normalisations_are_refused():
    with pytest.raises(ValueError, match="ligature"):
        repair("x", also=("ligature",))


@given(st.lists(st.sampled_from([*PIECES, '"', "'", "-", "--", " - ", "Sí", "12", "—"]), max_size=25).map("".join))
@settings(deadline=None, max_examples=300)
def test_typography_can_be_reverted_and_is_done_once(text):
    for lang in ("en", "es"):
        clean, fixes = repair(text, lang, also=("quotes", "dashes"))
        assert replay(text, fixes) == clean and revert(clean, fixes) == text
        assert repair(clean, lang, also=("quotes", "dashes")) == (clean, ())


@pytest.mark.parametrize(
    ("damaged", "clean", "rule"),
    [
        ("El espaÃ±ol dijo â€œholaâ€\x9d", "El español dijo “hola”", "utf8-mojibake"),
        (
            "Ni–o comi— aqu’ en la ma–ana. El se–or lleg—.",
            "Niño comió aquí en la mañana. El señor llegó.",
            "wrong-encoding",
        ),
        ("It\x92s here\x85", "It’s here…", "c1-controls"),
        ("one\r\ntwo\u2028three", "one\ntwo\nthree", "line-ends"),
        ("a\x00b\x07c", "abc", "controls"),
        ("a\u200bb\ufeffc", "abc", "zero-width"),
        ("im\u00adpor\u00ad\ntante", "importante", "soft-hyphens"),
        ("la ﬁnca y el ﬂujo", "la finca y el flujo", "ligatures"),
        ("el nin\u0303o oye\u0301", "el niño oyé", "nfc"),
        ("10\u00a0km\u202fmás", "10 km más", "spaces"),
        ("one  two", "one two", "doubled-spaces"),
        ("one \t\ntwo ", "one\ntwo", "trailing-spaces"),
    ],
)
def test_each_rule(damaged, clean, rule):
    text, fixes = repair(damaged)
    assert text == clean
    assert {name for fix in fixes for name in fix.rules} == {rule}


WRAPPED_ES = """\
El presidente anunció aquella misma noche la deten-
ción de los diputados y la clausura de las dos cáma-
ras, sin que el ejército se opusiera a la orden; los
periódicos no hablaron de la disputa físico-
química ni de lo que había ocurrido en la capital.
"""
WRAPPED_EN = """\
The president announced that very same night the arrest of his oppo-
nents and the closing of both chambers; the army did not resist self-
coup or decree, as the papers called it after the pre-
and post-war years, and nobody in the capital dared to say a single
word about it until the following week, when it was far too late now.
"""


def test_words_cut_at_line_ends_are_made_whole():
    text, fixes = repair(WRAPPED_ES, "es")
    assert "la\ndetención de" in text and "dos\ncámaras," in text and "disputa\nfísico-química ni" in text
    assert {name for fix in fixes for name in fix.rules} == {"line-end-hyphens"}
    assert repair(text, "es") == (text, ())
    assert revert(text, fixes) == WRAPPED_ES
    text, fixes = repair(WRAPPED_EN, "en")
    assert "his\nopponents and" in text and "resist\nself-coup or" in text and "pre-\nand post-war" in text
    assert repair(text, "en") == (text, ())
    assert revert(text, fixes) == WRAPPED_EN


def test_every_rule_explains_itself_in_both_languages():
    for name, rule in {**RULES, **ALSO}.items():
        assert rule.name == name
        assert rule.english and rule.spanish and rule.english != rule.spanish


def test_a_place_touched_by_several_rules_is_one_fix():
    text, fixes = repair("a \u200b b")
    assert text == "a b"
    assert fixes == (Fix(1, " \u200b ", " ", ("zero-width", "doubled-spaces")),)


def test_emoji_keep_their_joiners():
    family = "👩\u200d👩\u200d👧 came"
    assert repair(family) == (family, ())


def test_indentation_stays():
    assert repair("    code\n\tmore") == ("    code\n\tmore", ())


@pytest.mark.parametrize("text", ["é wasn’t wasn’t wasn’t wasn’t", "¿qué? ¿qué?", "I’ll, you’ll, he’ll é"])
def test_a_few_words_of_no_known_language_are_left_alone(text):
    assert repair(text) == (text, ())


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join) | st.lists(st.sampled_from(PIECES)).map(" ".join))
@settings(deadline=None, max_examples=300)
def test_replay_revert_and_twice(text):
    clean, fixes = repair(text)
    assert replay(text, fixes) == clean
    assert revert(clean, fixes) == text
    assert repair(clean) == (clean, ())
    at = 0
    for fix in fixes:
        assert fix.start >= at
        assert text[fix.start : fix.start + len(fix.before)] == fix.before != fix.after
        assert fix.rules
        at = fix.start + len(fix.before)


def test_fixes_of_another_text_are_refused():
    with pytest.raises(ValueError, match="does not fit"):
        replay("abc", [Fix(0, "x", "y", ("nfc",))])


def test_right_words_are_safe_in_a_badly_damaged_file():
    # forty damaged quotes and one right name: the encoding of the file as a whole is not to be changed
    text = "He said ìyesî and ìno.î " * 20 + "Guzmán left."
    clean, _ = repair(text)
    assert clean == "He said “yes” and “no.” " * 20 + "Guzmán left."


def test_seed_article_is_restored_and_nothing_else_changes():
    damaged = (REPOSITORY / "seeds" / "cia-hitman-in-peru.en.txt").read_text(encoding="utf-8")
    clean, fixes = repair(damaged)
    assert {(len(fix.before), fix.after.replace("’", "í")) for fix in fixes} == {
        (len(f.before), f.before) for f in fixes
    }
    assert len(fixes) == 34
    assert "Guzmán" in clean and "Ríos" in clean
    by_hand = (REPOSITORY / "corpus" / "texts" / "cia-hitman-in-peru.en.txt").read_text(encoding="utf-8")
    assert clean.rstrip("\n") == by_hand.rstrip("\n")


@pytest.mark.parametrize("side", [0, 1], ids=["en", "es"])
@pytest.mark.parametrize("name", ["tatoeba", "europarl-sample"])
def test_clean_sentences_are_left_alone(gold, name, side):
    lines = (gold / "parallel" / name / "pairs.tsv").read_text(encoding="utf-8").split("\n")
    text = "\n".join(line.split("\t")[side] for line in lines[:20_000] if line)
    _, fixes = repair(text, ("en", "es")[side])
    # a zero-width space is really there now and then, and nothing else may be touched
    assert {fix.rules for fix in fixes} <= {("zero-width",)}


def test_clean_bible_is_left_alone(gold):
    for file in sorted((gold / "align" / "bible-verses-en-es").glob("*.*"))[:12]:
        if file.suffix in {".src", ".tgt"}:
            assert repair(file.read_text(encoding="utf-8"))[1] == ()


@pytest.mark.parametrize("text", ["Xís " * 20_000, "ìa " * 20_000, "Ã©" * 20_000, "e\u0301" * 20_000, " " * 300_000])
def test_monsters_take_time_in_proportion(text):
    began = time.process_time()
    repair(text)
    assert time.process_time() - began < 4
