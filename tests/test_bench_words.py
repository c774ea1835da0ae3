"""The bench of word links: figures are what they say, and the aligners beside ours give links of the pairs."""

import pytest

from bench.peers.environments import WORDS, Unavailable
from bench.peers.word_aligners import by_eflomal, by_ibm, symmetrised
from bench.words import figures, nearest

PAIRS = [
    (["the", "army", "left"], ["el", "ejército", "se", "fue"]),
    (["the", "army"], ["el", "ejército"]),
    (["the", "coup"], ["el", "golpe"]),
]


def test_figures_count_links():
    found = figures([{(0, 0), (1, 1)}, {(0, 1)}], [{(0, 0)}, {(0, 0), (1, 1)}])
    assert found == pytest.approx({"precision": 1 / 3, "recall": 1 / 3, "F1": 1 / 3, "AER": 2 / 3})
    assert figures([set()], [{(0, 0)}])["F1"] == 0


def test_directions_are_put_together():
    pair = (["a", "b"], ["x", "y"])
    assert symmetrised(pair, {(0, 0), (1, 1)}, {(0, 0)}) == {(0, 0), (1, 1)}


@pytest.mark.parametrize("model", [1, 2])
def test_ibm_models_link_what_stands_together(model):
    links, seconds = by_ibm(PAIRS, model)
    assert seconds > 0
    assert {(0, 0), (1, 1)} <= links[1]
    assert all(i < len(s) and j < len(t) for (s, t), each in zip(PAIRS, links, strict=True) for i, j in each)


def test_eflomal_links_the_pairs_it_is_given():
    try:
        python = WORDS.ready()
    except Unavailable as reason:
        pytest.skip(str(reason))
    links, seconds = by_eflomal(python, PAIRS * 20)
    assert seconds > 0
    assert len(links) == 60
    assert (1, 1) in links[1]


def test_nearest_words_are_linked_one_to_one():
    (links,) = nearest(PAIRS[1:2])
    assert links == {(0, 0), (1, 1)}
