"""What words and numbers tell the aligner: clean cuts, covered segments, shared numbers."""

import numpy as np
import pytest

from bialign.aligner.band import Band
from bialign.aligner.coverage import COVERAGE_FEATURES, coverage_features
from bialign.aligner.cuts import CUT_FEATURES, cut_features
from bialign.aligner.lattice import Lattice
from bialign.aligner.marks import MARK_FEATURES, SharedMarks, mark_features, numbers
from bialign.aligner.partners import _LONGEST_SEGMENT, Partners, WordSide
from bialign.bitext import Span
from bialign.encode import Words


def axes(sentences):
    """Make words of numbers: each is an axis of its own, near itself and nothing else."""
    flat = np.array([word for sentence in sentences for word in sentence])
    return WordSide.of(Words(flat, np.array([len(s) for s in sentences]), np.eye(8, dtype=np.float16)[flat]))


def partners(source, target):
    source, target = axes(source), axes(target)
    n, m = len(source.lengths), len(target.lengths)
    band = Band.of(np.zeros(n + 1, np.int64), np.full(n + 1, m))
    return Partners.of(source, target, Lattice.of(band, np.arange(band.cells)))


def test_best_partners_are_those_of_the_product():
    found = partners([[0, 1, 2], [3, 4]], [[2, 1], [], [4, 0, 3]])
    product = found.source.unit(0, 5) @ found.target.unit(0, 5).T
    for i, j in ((0, 0), (0, 2), (1, 0), (1, 2)):
        rows, columns = (
            np.arange(side.starts[n], side.starts[n + 1]) for side, n in ((found.source, i), (found.target, j))
        )
        best = product[np.ix_(rows, columns)]
        fill = np.full_like
        assert found.of_source(rows, fill(rows, i), fill(rows, j)) == pytest.approx(best.max(axis=1))
        assert found.of_target(columns, fill(columns, i)) == pytest.approx(best.max(axis=0))


def test_clean_cut_leaks_less_than_a_wrong_one():
    """At the right cut each word finds its like on its own side, at a wrong one it does not."""
    found = partners([[0, 1, 2], [3, 4], [5, 6, 7]], [[0, 1, 2], [3, 4], [5, 6, 7]])
    features = cut_features(found, np.array([1, 1, 2, 0]), np.array([1, 2, 2, 0]))
    leak = features[CUT_FEATURES.index("leak above")]
    assert leak[0] == leak[2] == 0
    assert leak[1] > 0.1
    assert not features[:, 3].any()


def test_sentence_without_tokens():
    found = partners([[0, 1], [], [2]], [[0, 1], [], [2]])
    one, two = np.array([1, 2]), np.array([0, 1])
    assert np.isfinite(cut_features(found, one, one)).all()
    assert np.isfinite(coverage_features(found, 1, 2, two, two)).all()


def test_giant_segments_are_not_compared():
    giant = [0] * (_LONGEST_SEGMENT + 1)
    found = partners([[0, 1], giant, [2]], [[0, 1], [3], [2]])
    assert found.source.compared.tolist() == [True, False, True]
    assert not coverage_features(found, 1, 1, np.array([1]), np.array([1])).any()
    assert not cut_features(found, np.array([1, 2]), np.array([1, 2])).any()


def test_swallowed_segment_has_no_claim():
    """Of two 2-1 beads, one needs both its segments; the other swallowed a segment that has no counterpart."""
    found = partners([[0, 1], [2, 3], [4, 5], [6, 7]], [[0, 1, 2, 3], [4, 5]])
    cover, least, needed, claim, many, share = (
        dict(zip(COVERAGE_FEATURES, coverage_features(found, 2, 1, np.array([0, 2]), np.array([0, 1])), strict=True))[n]
        for n in COVERAGE_FEATURES
    )
    assert cover[0] > cover[1]
    assert least[0] > 0.9 > least[1]
    assert many.tolist() == least.tolist()
    assert needed[0] > 0.3
    assert needed[1] == pytest.approx(0, abs=0.01)
    assert claim[0] == pytest.approx(0, abs=0.01)
    assert claim[1] < -1
    assert share[0] == pytest.approx(0.5)
    assert share[1] == 0


def test_part_of_a_side_is_its_words():
    side = axes([[0, 1], [2], [], [3, 4, 5]])
    part = side.part(Span(1, 4))
    assert part.lengths.tolist() == [1, 0, 3]
    assert part.starts.tolist() == [0, 1, 1, 4]
    assert part.segments.tolist() == [0, 2, 2, 2]
    assert np.array_equal(part.unit(0, 4), side.unit(2, 6))


# ---------- numbers ----------
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In 1992 there were 10,500 of them (3.5%).", ("1992", "10500", "35")),
        ("En 1992 había 10.500 (3,5 %).", ("1992", "10500", "35")),
        ("2\u00a0300\u202f500 and 10 000", ("2300500", "10000")),
        ("1990 200 people", ("1990", "200")),
        ("no number", ()),
    ],
)
def test_numbers_are_found_as_either_language_writes_them(text, expected):
    assert numbers(text) == expected


def test_numbers_of_beads_are_counted():
    sides = SharedMarks.of_both([["7", "8"], ["8"], []], [["8"], ["7", "9"], ["8"]])
    i, j = np.array([0, 1, 0]), np.array([0, 0, 1])
    alone, shared = mark_features(sides, 1, 1, i, j)
    assert len(MARK_FEATURES) == 2
    # 9 stands in one text only, so it says nothing
    assert alone.tolist() == [1, 0, 1]
    assert shared.tolist() == [1, 1, 1]
    assert mark_features(sides, 2, 2, np.array([0]), np.array([0])).ravel().tolist() == [1, 2]
    assert not mark_features(sides, 1, 1, np.array([2]), np.array([2]))[1].any()
