"""The pages in docs: their commands run, their links lead somewhere, their pictures are those of today's aligner."""

import re
import subprocess
import sys
from collections import Counter
from xml.etree import ElementTree

import pytest

import shown
from conftest import REPOSITORY

DOCS = REPOSITORY / "docs"
PAGES = sorted(path.name for path in DOCS.glob("*.md"))


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pictures")
    subprocess.run([sys.executable, str(DOCS / "draw.py"), str(folder)], check=True, capture_output=True, timeout=120)
    return folder


def structure(path):
    """Give what must be the same however floats are rounded and whatever font is used: elements, and words."""
    elements = list(ElementTree.parse(path).iter())
    kinds = Counter((element.tag, element.get("class")) for element in elements)
    words = [re.sub(r"\d", "0", element.text) for element in elements if element.text and element.text.strip()]
    return kinds, words


def test_pictures_are_up_to_date(drawn):
    committed = {path.name for path in (DOCS / "pictures").iterdir()}
    assert {path.name for path in drawn.iterdir()} == committed
    for name in sorted(committed):
        assert structure(drawn / name) == structure(DOCS / "pictures" / name), f"{name} is out of date: make pictures"


def test_pictures_show_what_they_are_of(drawn):
    kinds, _ = structure(drawn / "matrix.en.svg")
    svg = "{http://www.w3.org/2000/svg}"
    assert kinds[f"{svg}rect", "bead"] > 30
    assert kinds[f"{svg}polygon", "band"] == 1
    kinds, _ = structure(drawn / "cuts.en.svg")
    assert kinds[f"{svg}path", "cut"] == 2
    assert kinds[f"{svg}path", "crossing"] >= 3
    kinds, _ = structure(drawn / "bars.en.svg")
    assert kinds[f"{svg}rect", "for"] >= 2
    assert kinds[f"{svg}rect", "against"] >= 2


def test_there_is_a_page_in_both_languages():
    assert PAGES
    assert {name.removesuffix(".es.md").removesuffix(".md") for name in PAGES if name.endswith(".es.md")} >= {
        "how-it-works"
    }


@pytest.mark.parametrize("name", PAGES)
def test_links_and_pictures_are_there(name):
    text = (DOCS / name).read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#:]+)\)", text)
    for link in links:
        assert (DOCS / link).exists(), link


# the lesson has files of its own, and is done by test_lesson.py
@pytest.mark.parametrize("name", [name for name in PAGES if not name.startswith("lesson")])
def test_commands_run(bialign, tmp_path, monkeypatch, name):
    for lang in ("en", "es"):
        text = (REPOSITORY / "corpus" / "texts" / f"cia-hitman-in-peru.{lang}.txt").read_text(encoding="utf-8")
        (tmp_path / f"letter.{lang}.txt").write_text(text[:3_000], encoding="utf-8")
        # another version of it: a word changed, the end left out
        (tmp_path / f"letter-2.{lang}.txt").write_text(text[:2_500].replace("1992", "1993"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    # a recipe that a page shows is the one that its commands name
    for recipe in shown.blocks(DOCS / name, "yaml"):
        if recipe.startswith("version: "):
            (tmp_path / "filter.yaml").write_text(recipe, encoding="utf-8")
    for block in shown.blocks(DOCS / name, "console"):
        for line in block.splitlines():
            assert bialign(*shown.arguments(line)).status == 0, line
