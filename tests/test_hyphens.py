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
