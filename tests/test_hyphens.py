"""Cut words: which lose their hyphen, and which line ends are left alone."""

import pytest

from bialign.hyphens import joined
from bialign.repair import repair


@pytest.mark.parametrize(
    ("cut", "words", "lang", "whole"),
    [
        ("deten/ción", "", "es", True),
        ("franco/prusiana", "", "es", False),
        ("man/tuvo", "", "es", True),
        ("self/coup", "", "en", False),
        ("self/ish", "", "en", True),
        ("twenty/one", "", "en", False),
        ("seven/teen", "", "en", True),
        ("co/operate", "cooperate", "en", True),
        ("long/shore", "long-shore", "en", False),
        ("stone/built", "stone built", "en", False),
        ("mother-in/law", "", "en", False),
        ("inter-in/stitutional", "", "en", True),
        ("Bosnia/Herzegovina", "", "es", False),
        ("INTER/NACIONAL", "", "es", True),
        ("covid/19", "", "en", False),
        ("did/n’t", "", "en", True),
        ("prim/rose’s", "", "en", True),
    ],
)
def test_joined(cut, words, lang, whole):
    before, after = cut.split("/")
    assert joined(before, after, frozenset(words.split()), lang) is whole


LONG = "words that go on and on until the line is full of them and no more fit\n" * 4


@pytest.mark.parametrize(
    "line",
    ["he spoke of the two-\nand three-year plans that were made in those days by the men", "he wrote --\nand left"],
)
def test_these_line_ends_are_left_alone(line):
    assert repair(LONG + line + "\n" + LONG, "en")[1] == ()


def test_text_that_is_not_wrapped_is_left_alone():
    text = "A short verse on a self-\ncoup.\n\nAnother verse, deten-\nción.\n"
    assert repair(text) == (text, ())


# neither the words of the text nor a rule of their own decide these
REAL = {
    "en": "rose-tree far-reaching old-fashioned hard-won dining-room star-spangled eye-catching sea-swallow pop-up "
    "trade-off virion-containing club-shaped ground-glass error-prone hot-plugged fine-tune linen-draper two-edged",
    "es": "teórico-práctico franco-alemán político-militar austro-húngaro dpkg-reconfigure Beth-el físico-químicas "
    "gnome-terminal ciencia-ficción check-in cívico-militar",
}
CUT = {
    "en": "under/stand unfor/tunately can/not moun/tains grand/mother busi/ness re/turned dan/gerous some/body "
    "news/paper rail/way after/noon care/lessly for/ever know/ledge wel/come out/side hap/pened to/gether",
    "es": "escri/tura para/guas entre/tanto deten/ción contu/vieron vertiginosa/mente des/pués contra/posición "
    "sobre/saliente auto/móviles gober/nador pe/queña arre/glárselas explica/remos constru/yeron tam/bién",
}


@pytest.mark.parametrize("lang", ["en", "es"])
def test_hyphens_of_compounds_are_told_from_those_of_line_ends(lang):
    kept = [word for word in REAL[lang].split() if not joined(*word.rsplit("-", 1), frozenset(), lang)]
    made = [word for word in CUT[lang].split() if joined(*word.split("/"), frozenset(), lang)]
    assert set(REAL[lang].split()) - set(kept) == set()
    assert set(CUT[lang].split()) - set(made) == set()


def test_names_and_initials_come_together_with_their_hyphen():
    wrapped = """\
It was said that day in the capital that the treaty between Bosnia-
Herzegovina and its neighbours had been signed, and that the Vice-
President had been given a copy, on paper, of all that the SARS-
CoV laboratory knew; nobody asked why it had come on a CD-
ROM instead of by post, which was the custom of that good house.
"""
    text, fixes = repair(wrapped, "en")
    for name in ("Bosnia-Herzegovina", "Vice-President", "SARS-CoV", "CD-ROM"):
        assert name in text
    assert repair(text, "en") == (text, ())
    assert {rule for fix in fixes for rule in fix.rules} == {"line-end-hyphens"}
