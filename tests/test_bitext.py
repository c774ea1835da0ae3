"""The core types: what breaks an invariant cannot be made."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bialign.bitext import Bead, Bitext, Document, Move, Segment, Span, check_tiling, plain_segments


@pytest.mark.parametrize(
    "arguments",
    [
        (Span(0, 0), Span(1, 1)),
        (Span(2, 1), Span(0, 1)),
        (Span(-1, 1), Span(0, 1)),
        (Span(0, 1), Span(0, 1), 1.5),
        (Span(0, 1), Span(0, 1), float("nan")),
        (Span(0, 1), Span(0, 1), 0.5, "perhaps"),
    ],
)
def test_impossible_beads(arguments):
    with pytest.raises(ValueError, match="bead"):
        Bead(*arguments)


def test_segment_must_hold_its_text():
    with pytest.raises(ValueError, match="does not hold"):
        Segment(0, 3, 5, "four")


def _bitext(beads, moves=()):
    texts = plain_segments(["a", "b"]), plain_segments(["x", "y"])
    document = Document("d", "en", "d", "a\nb\n")
    return Bitext("t", document, document, *texts, tuple(beads), tuple(moves))


def test_beads_must_tile_both_sides():
    right = [Bead(Span(0, 1), Span(0, 2)), Bead(Span(1, 2), Span(2, 2))]
    assert _bitext(right).target_text(right[0]) == "x y"
    for wrong in (right[:1], right[::-1], [right[0], right[0]]):
        with pytest.raises(ValueError, match="bead"):
            _bitext(wrong)


def test_move_links_null_beads_only():
    nulls = [
        Bead(Span(0, 1), Span(0, 0)),
        Bead(Span(1, 2), Span(0, 1)),
        Bead(Span(2, 2), Span(1, 2)),
    ]
    assert _bitext(nulls, [Move(Span(0, 1), Span(1, 2), 0.9)]).moves
    with pytest.raises(ValueError, match="does not link null beads"):
        _bitext(nulls, [Move(Span(1, 2), Span(1, 2), 0.9)])
    with pytest.raises(ValueError, match="both sides"):
        Move(Span(0, 1), Span(1, 1), 0.9)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)).filter(any), max_size=20))
def test_beads_laid_end_to_end_tile(sizes):
    i = j = 0
    beads = []
    for k, m in sizes:
        beads.append(Bead(Span(i, i + k), Span(j, j + m)))
        i, j = i + k, j + m
    check_tiling(beads, i, j)
    with pytest.raises(ValueError, match="end at"):
        check_tiling(beads, i + 1, j)


@given(st.lists(st.text()))
def test_plain_segments_slice_back(texts):
    whole = "".join(text + "\n" for text in texts)
    assert all(whole[s.start : s.stop] == s.text for s in plain_segments(texts))


def test_paragraph_numbers_must_fit():
    with pytest.raises(ValueError, match="2 paragraph numbers for 1"):
        plain_segments(["a"], [0, 1])
