"""The splitter: cases as data with the boundaries marked, invariants, layout, and texts nobody should wait for."""

import itertools
import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bialign.bitext import Paragraph
from bialign.languages import ENGLISH, LANGUAGES
from bialign.split import Decision, asking, deciding, explain, rules, split
from bialign.split.layout import find_paragraphs
from conftest import REPOSITORY

CASES = REPOSITORY / "tests" / "cases"
ALPHABET = "aA bB.!?…\n \"'()[]«»“”¿¡—-1.2) •SrEUi\u00a0ñÉ"


def cases(lang):
    """Read a case file: one pytest parameter a line, named by its reason."""
    for number, line in enumerate((CASES / "split" / f"{lang}.txt").read_text(encoding="utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            marked, _, why = line.partition("  ## ")
            assert why, f"{lang}.txt:{number}: a case without its reason"
            yield pytest.param(lang, marked.replace("\\n", "\n"), id=f"{lang}-{number}-{why}")


def unmark(marked):
    """Give the text of a marked case, and its segments."""
    text = marked.replace(" | \n", "|\n").replace(" | \\b", "|").replace(" | ", "| ")
    return text.replace("|", ""), [segment.strip() for segment in text.split("|")]


@pytest.mark.parametrize(("lang", "marked"), [*cases("en"), *cases("es")])
def test_case(lang, marked):
    text, want = unmark(marked)
    assert [segment.text for segment in split(text, lang)] == want


@pytest.mark.parametrize("lang", ["en", "es"])
def test_there_are_cases_enough(lang):
    assert len(list(cases(lang))) >= 150


@given(st.text(st.sampled_from(ALPHABET), max_size=200), st.sampled_from(["en", "es", "fr", ""]))
@settings(deadline=None, max_examples=300)
def test_segments_are_slices_that_leave_out_white_space_only(text, lang):
    segments = split(text, lang)
    at = 0
    for number, segment in enumerate(segments):
        assert segment.index == number
        assert text[segment.start : segment.stop] == segment.text == segment.text.strip() != ""
        assert not text[at : segment.start].strip()
        at = segment.stop
    assert not text[at:].strip()
    borders = [segment.paragraph for segment in segments]
    assert borders == sorted(borders)
    assert set(borders) == set(range(len(set(borders))))


@given(st.text(st.sampled_from(ALPHABET), max_size=120))
@settings(deadline=None, max_examples=200)
def test_paragraphs_are_never_joined(text):
    segments = split(text + "\n\n" + text, "en")
    assert not any("\n\n" in segment.text for segment in segments)


@given(st.text(st.sampled_from(ALPHABET), max_size=120))
@settings(deadline=None, max_examples=200)
def test_explain_tells_every_cut(text):
    cuts = [decision.offset for decision in explain(text, "en") if decision.cut]
    assert cuts == sorted(set(cuts))
    inside = len(split(text, "en")) - len({segment.paragraph for segment in split(text, "en")})
    assert inside <= len(cuts)


def without_quick_answers(monkeypatch, text, lang, exceptions=()):
    """Explain a text by the rules alone."""
    with monkeypatch.context() as patched:
        patched.setattr(deciding, "quick", lambda *_: None)
        patched.setattr(deciding, "quick_mark", lambda *_: None)
        return explain(text, lang, exceptions)


@pytest.mark.parametrize("exceptions", [(), ("Hda.",)], ids=["plain", "exceptions"])
@pytest.mark.parametrize("lang", ["en", "es", "de"])
def test_rules_that_are_not_asked_would_have_passed(lang, exceptions, monkeypatch):
    text = "\n".join(unmark(case.values[1])[0] for file in ("en", "es") for case in cases(file))
    asked = without_quick_answers(monkeypatch, text, lang, exceptions)
    everything = dict.fromkeys(asking._ASKED, rules.RULES)
    monkeypatch.setattr(asking, "_ASKED", everything)
    assert without_quick_answers(monkeypatch, text, lang, exceptions) == asked


@pytest.mark.parametrize("exceptions", [(), ("Hda.", "casa", "a. b.")], ids=["plain", "exceptions"])
@pytest.mark.parametrize("lang", ["en", "es", "de"])
def test_quick_answers_are_what_the_rules_say(lang, exceptions, monkeypatch):
    words = [
        *LANGUAGES.get(lang, ENGLISH).abbreviations,
        *["casa", "Lima", "1999", "vi", "no", "in", "Hda", "U.S", "d", "12", "3.ª", "it's", "(ley", "b", "I", "ID"],
    ]
    words += ["a. C", "p. m", "J. Paz", "D. S", "mes de", "donde de X", "¿Ud", "World War I", "Art. 3", "a. b", 'n "Sr']
    marks = (". ", "? ", "! ", ".) ", '." ', "... ", ".\n", ".  ")
    after = (
        "5",
        "1950",
        "3rd",
        "Paz",
        "El",
        "la",
        "www.x",
        "(x",
        "XX",
        "¿Y",
        "Http",
        "Inc.",
        "Wer",
        "Le X",
        "I",
        "Uu.",
        "GMT",
    )
    begins = ("", "Ya ", "Pues si esto es todo lo que hubo en ")
    forms = [form for word in words for form in dict.fromkeys([word, word.title(), word.upper()])]
    # every eleventh combination has each with each of the others, in a tenth of the time
    combinations = itertools.islice(itertools.product(begins, forms, marks, after), 0, None, 11)
    text = "\n\n".join(f"{begin}{form}{mark}{next} va" for begin, form, mark, next in combinations)
    assert explain(text, lang, exceptions) == without_quick_answers(monkeypatch, text, lang, exceptions)


@given(st.text(st.sampled_from(ALPHABET), max_size=120), st.sampled_from(["en", "es", "de"]))
@settings(deadline=None, max_examples=200)
def test_quick_answers_to_any_text_are_what_the_rules_say(text, lang):
    with pytest.MonkeyPatch.context() as monkeypatch:
        assert explain(text, lang) == without_quick_answers(monkeypatch, text, lang)


@given(st.lists(st.text(st.sampled_from(ALPHABET), min_size=1, max_size=40), max_size=6), st.sampled_from(["en", "es"]))
@settings(deadline=None, max_examples=200)
def test_a_paragraph_is_split_as_it_is_without_the_others(lines, lang):
    lines = [line.replace("\n", " ") for line in lines]
    text, places, at = "\n".join(lines), [], 0
    for line in lines:
        if line.strip():
            places.append(Paragraph(at, at + len(line)))
        at += len(line) + 1
    got = [segment.text for segment in split(text, lang, (), places)] if places else []
    alone = [split(text, lang, (), [place]) for place in places]
    assert got == [segment.text for segments in alone for segment in segments]


def test_explain_names_the_rule():
    decisions = explain("Mr. Hale left. He ran.", "en")
    assert decisions == (Decision(3, False, "abbreviation"), Decision(14, True, "full-stop"))


def test_exceptions_of_the_user():
    text = "Vive en la Hda. Mérida. Llueve."
    assert len(split(text, "es")) == 3
    assert [segment.text for segment in split(text, "es", ["Hda."])] == ["Vive en la Hda. Mérida.", "Llueve."]


WRAPPED = """\
The old harbour of Callao had seen better days, and so had the men who
worked there. Every morning they met at the gate of the customs house
and waited for a ship that might need them. Most days no ship came.

On the day this story begins the fog was so thick that nobody could
see the water. A bell rang somewhere. Then it stopped.
"""


def test_wrapped_text_is_read_as_paragraphs():
    segments = split(WRAPPED, "en")
    assert len(segments) == 6
    assert segments[0].text.endswith("who\nworked there.")
    assert [segment.paragraph for segment in segments] == [0, 0, 0, 1, 1, 1]


def test_one_paragraph_a_line_is_left_so():
    text = "\n".join(
        ["A first paragraph that goes on for some time and ends here.", "A second, short.", "And a third one."]
    )
    assert len(find_paragraphs(text)) == 3


def test_verse_is_not_wrapped_text():
    text = (
        "Caminante, son tus huellas\nel camino y nada más;\ncaminante, no hay camino,\nse hace camino al andar.\n" * 3
    )
    assert len(find_paragraphs(text)) == 12


def test_soft_line_ends_of_mail():
    assert [segment.text for segment in split("It was a long \nroad to Lima.\nWe walked.", "en")] == [
        "It was a long \nroad to Lima.",
        "We walked.",
    ]


@pytest.mark.parametrize("lang", ["fr", "de", "", "it"])
def test_other_languages_get_the_general_rules(lang):
    text = "Il pleut. M. Dupont arrive à 3.50 euros. Pourquoi?"
    assert split(text, lang)[0].text == "Il pleut."
    assert split(text, lang)[-1].text == "Pourquoi?"


def test_german_ordinals():
    assert len(split("Er kam am 3. Oktober an. Es regnete.", "de")) == 2


@pytest.mark.parametrize(
    "text",
    [
        "palabra " * 50_000,
        "a" * 400_000,
        "\n" * 400_000,
        " " * 400_000,
        "." * 400_000,
        ". " * 100_000,
        "!)" * 100_000,
        "." + ")" * 400_000,
        "1. " * 50_000,
        "• " * 50_000,
        "a) b " * 50_000,
        "Mr. A. B. " * 40_000,
        "art. b " * 60_000,
        '--" A' * 80_000,
        '? " ' * 80_000,
        '"' * 400_000,
    ],
    ids=lambda text: repr(text[:5]),
)
def test_monsters_take_time_in_proportion(text):
    began = time.process_time()
    split(text, "es")
    # half a second is ten times what the slowest takes, a hundredth of what a quadratic one would
    assert time.process_time() - began < 4


def test_nothing_heavy_is_imported():
    code = (
        "import sys; from bialign.split import split; split('El Sr. Paz vino. Y se fue... ¿Sí?', 'es');"
        "print([m for m in ('nltk', 'numpy', 'lxml', 'rich', 'ftfy', 'chardet') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
