"""A recipe is read strictly: what it gets wrong is told with file, line and element."""

import pytest

from bialign.errors import BialignError
from bialign.recipe import load_recipe

GOOD = """version: 1
corpus: letters
documents:
  - id: first
    source:
      text: first.en.txt
      lang: en
    target: {text: first.es.txt, lang: es-PE}
"""

# what is put in place of what, the line that must be named, and a part of what is said
FAULTS = {
    "not yaml": ("corpus: letters", "corpus: [letters", 3, "not valid YAML"),
    "tab": ("  - id", "\t- id", 4, "not valid YAML"),
    "version": ("version: 1", "version: 2", 1, "version 2"),
    "version of another type": ("version: 1", "version: one", 1, "Expected `int`, got `str`"),
    "unknown field": ("corpus: letters", "corpus: letters\ncolour: red", 3, "no field colour"),
    "unknown inner field": ("      lang: en", "      tongue: en", 7, "no field tongue"),
    "missing field": ("      text: first.en.txt\n", "", 5, "field text is missing"),
    "field twice": ("      lang: en", "      lang: en\n      lang: es", 8, "given twice"),
    "wrong type": ("text: first.en.txt", "text: [first.en.txt]", 6, "Expected `str`, got `array`"),
    "bad id": ("id: first", "id: ../first", 4, "an id may hold"),
    "list of keys": ("version: 1", "? [a]\n: 1", 1, "a field name is expected"),
    "tag of another language": ("version: 1", "version: !!python/name:os.system", 1, "not valid YAML"),
}


def write(folder, text):
    (folder / "bialign.yaml").write_text(text, encoding="utf-8")
    return folder


def test_good_recipe(tmp_path):
    file = load_recipe(write(tmp_path, GOOD))
    (document,) = file.recipe.documents
    assert (document.id, document.source.lang, document.target.text) == ("first", "en", "first.es.txt")
    assert file.line("documents[0].source.text") == 6
    assert file.line("documents[0].target.seed") == 8


def test_byte_order_mark_is_no_fault(tmp_path):
    assert load_recipe(write(tmp_path, "\ufeff" + GOOD)).recipe.corpus == "letters"


@pytest.mark.parametrize("fault", FAULTS)
def test_fault_is_told_with_its_line(tmp_path, fault):
    before, after, line, said = FAULTS[fault]
    assert before in GOOD
    with pytest.raises(BialignError) as caught:
        load_recipe(write(tmp_path, GOOD.replace(before, after)))
    message = str(caught.value)
    assert f"bialign.yaml:{line}" in message
    assert said in message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("# nothing yet\n", "empty"),
        ("version: 1\ncorpus: x\ndocuments: []\n", "names no documents"),
        ("version: 1\ncorpus: x\ndocuments: &a [*a]\n", "bialign.yaml"),
        ("[" * 400 + "]" * 400, "bialign.yaml"),
        ("[" * 20_000, "bialign.yaml"),
    ],
)
def test_hopeless_recipe_is_one_line(tmp_path, text, said):
    with pytest.raises(BialignError) as caught:
        load_recipe(write(tmp_path, text))
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_recipe_in_another_encoding(tmp_path):
    (tmp_path / "bialign.yaml").write_bytes("título: sí".encode("latin-1"))
    with pytest.raises(BialignError, match="not UTF-8 at byte 1"):
        load_recipe(tmp_path)


def test_two_documents_of_one_id(tmp_path):
    block = GOOD[GOOD.index("  - id") :]
    with pytest.raises(BialignError, match=r"bialign.yaml:9 .*used twice"):
        load_recipe(write(tmp_path, GOOD + block))


def test_folder_without_recipe(tmp_path):
    with pytest.raises(BialignError, match="no recipe"):
        load_recipe(tmp_path)


def test_all_who_name_what_is_changed_when_asked_name_the_same():
    import typing

    from bialign.cli.texts import ALSO
    from bialign.recipe import RecipeText
    from bialign.repair import ALSO as RULES

    assert tuple(RULES) == ALSO
    assert typing.get_args(typing.get_args(typing.get_type_hints(RecipeText)["also"])[0]) == ALSO
