"""A user's exceptions: what they do, how they are written, and what is told of mistakes in them."""

import pytest

from bialign.errors import BialignError
from bialign.split import Exceptions, explain, load_exceptions, split
from bialign.split.exceptions import exceptions_of

GOOD = """\
en: [Mfr., approx.]
es:
  join: [Hda., "EE. AA."]
  cut: [Col.]
es-MX: [Fracc.]
"""


@pytest.fixture
def load(tmp_path):
    def write(text):
        (tmp_path / "exceptions.yaml").write_text(text, encoding="utf-8")
        return load_exceptions(tmp_path / "exceptions.yaml")

    return write


def count(text, given, lang="es"):
    return len(split(text, lang, given))


def test_file(load):
    assert load(GOOD) == {
        "en": Exceptions(("Mfr.", "approx.")),
        "es": Exceptions(("Hda.", "EE. AA."), ("Col.",)),
        "es-MX": Exceptions(("Fracc.",)),
    }
    assert load("") == {}


def test_language_with_and_without_region(load):
    given = load(GOOD)
    assert exceptions_of(given, "es-MX").join == ("Fracc.",)
    assert exceptions_of(given, "es_PE").cut == ("Col.",)
    assert exceptions_of(given, "fr") == Exceptions()


def test_join(load):
    given = load(GOOD)
    assert count("Vive en la Hda. Mérida.", ()) == 2
    assert count("Vive en la Hda. Mérida.", given) == 1
    assert count("Los EE. AA. Unidos.", given) == 1
    assert count("Made by Mfr. Hale. It broke.", given, "en") == 2


def test_join_holds_whatever_follows(load):
    given = load("en: [Mfr.]")
    assert count("Made by Mfr. (Leeds). Ask the Mfr. The law says so.", given, "en") == 2


def test_cut(load):
    assert count("Guisó una Col. Después cenó.", ()) == 1
    assert count("Guisó una Col. Después cenó.", load(GOOD)) == 2


def test_word_with_a_capital_is_meant_as_written():
    assert count("He likes Sol. Music too.", ["Sol."], "en") == 1
    assert count("He likes sol. Music too.", ["Sol."], "en") == 2
    assert count("About Approx. Thirty.", ["approx."], "en") == 1
    assert count("En Hacienda. Mérida es suya.", ["Hacienda."]) == 1


def test_explain_says_that_it_was_the_user():
    assert explain("Vive en la Hda. Mérida.", "es", ["Hda."])[0].rule == "exception"


def test_bare_string_is_no_list():
    with pytest.raises(TypeError):
        split("a", "es", "Hda.")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- Edo.", ":1: languages are expected here"),
        ("español: [Edo.]", ":1 (español): español is no language"),
        ("es: Edo.", ":1 (es): wrong kind of value"),
        ("en: []\nes:\n  join: [Edo.]\n  keep: [x]", ":4 (es.keep): there is no field keep"),
        ("es:\n  join:\n    - Edo.\n    - 12", ":4 (es.join[1]): wrong kind of value"),
        ("es: [Edo., no]", ":1 (es[1]): wrong kind of value"),
        ('es:\n  - Edo.\n  - "."', ":3 (es[1]): an abbreviation is expected here"),
        ("es: [Edo.", "not valid YAML"),
        ("es: [Edo.]\nes: [Mpio.]", ":2: the field es is given twice"),
    ],
)
def test_fault_is_told_with_line_and_field(load, text, said):
    with pytest.raises(BialignError) as caught:
        load(text)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_missing_file(tmp_path):
    with pytest.raises(BialignError, match="no file"):
        load_exceptions(tmp_path / "none.yaml")
