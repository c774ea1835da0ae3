"""Constraints: exact against brute force, kept to on real texts, refused where they contradict each other."""

import math

import numpy as np
import pytest

from bialign.aligner import AlignOptions, Constraints, align_texts
from bialign.aligner.band import Band
from bialign.aligner.constraints import Rules
from bialign.aligner.lattice import Lattice, forward_backward
from bialign.aligner.scan import SCAN_TYPES, _constrain, path_sums
from bialign.bitext import Bead, Span, check_tiling
from bialign.errors import AlignmentError
from conftest import REPOSITORY

GOLD = REPOSITORY / "corpus" / "gold" / "cia-hitman-in-peru"
SIZE = 4


def bead(i, stop, j, last):
    return Bead(Span(i, stop), Span(j, last))


CASES = {
    "a confirmed 1-1": Constraints([bead(1, 2, 2, 3)]),
    "two confirmed beads": Constraints([bead(0, 1, 0, 2), bead(2, 4, 3, 4)]),
    "a confirmed null": Constraints([bead(1, 2, 1, 1)]),
    "a cut at no place of a row": Constraints(forbidden=[(2, None)]),
    "a cut at no place of a column": Constraints(forbidden=[(None, 1)]),
    "one forbidden place": Constraints(forbidden=[(2, 2)]),
    "untranslated on both sides": Constraints(untranslated_source=[0], untranslated_target=[3]),
    "all at once": Constraints([bead(1, 2, 1, 2)], [(3, None)], untranslated_target=[0]),
}


@pytest.fixture(scope="module")
def article():
    return [GOLD.with_suffix(suffix).read_text(encoding="utf-8").splitlines() for suffix in (".src", ".tgt")]


def keeps_to(path, constraints):
    """Tell whether a path, given as (i, stop, j, last) of its beads, keeps to constraints, by their definition."""
    pairs = {(i, stop, j, last) for i, stop, j, last in path}
    alone = [
        {i for i, stop, j, last in path if j == last for i in range(i, stop)},
        {j for i, stop, j, last in path if i == stop for j in range(j, last)},
    ]
    for given in constraints.confirmed:
        if given.is_null:
            if not (alone[0].issuperset(given.source.indices) and alone[1].issuperset(given.target.indices)):
                return False
        elif (*given.source, *given.target) not in pairs:
            return False
    cuts = {(i, j) for i, _, j, _ in path} | {(stop, last) for _, stop, _, last in path}
    for i, j in constraints.forbidden:
        if any((i is None or i == a) and (j is None or j == b) for a, b in cuts):
            return False
    return alone[0].issuperset(constraints.untranslated_source) and alone[1].issuperset(constraints.untranslated_target)


def all_paths(beads):
    """Yield every path from corner to corner that is made of `beads` (i, stop, j, last)."""
    starting = {}
    for one in beads:
        starting.setdefault((one[0], one[2]), []).append(one)

    def walk(place, path):
        if place == (SIZE, SIZE):
            yield path
        for one in starting.get(place, ()):
            yield from walk((one[1], one[3]), [*path, one])

    return list(walk((0, 0), []))


def edges(lattice):
    i, j = lattice.i, lattice.j
    columns = (i[lattice.start], i[lattice.end], j[lattice.start], j[lattice.end])
    return list(zip(*(column.tolist() for column in columns), strict=True))


@pytest.mark.parametrize("constraints", CASES.values(), ids=CASES)
def test_posteriors_are_those_of_the_paths_that_keep_to_the_constraints(constraints):
    band = Band.of(np.zeros(SIZE + 1, np.int64), np.full(SIZE + 1, SIZE))
    free = Lattice.of(band, np.arange(band.cells))
    score = dict(zip(edges(free), np.random.default_rng(7).normal(size=len(free.start)), strict=True))
    kept = [path for path in all_paths(score) if keeps_to(path, constraints)]
    weights = [math.exp(sum(score[one] for one in path)) for path in kept]

    bound = Lattice.of(band, np.arange(band.cells), Rules.of(constraints, SIZE, SIZE))
    sums = forward_backward(bound, np.array([score[one] for one in edges(bound)]), np.zeros(len(bound.start)))
    assert sums.total == pytest.approx(math.log(sum(weights)))
    for one, posterior in zip(edges(bound), sums.posterior, strict=True):
        expected = sum(weight for path, weight in zip(kept, weights, strict=True) if one in path) / sum(weights)
        assert posterior == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("constraints", CASES.values(), ids=CASES)
def test_the_first_pass_keeps_to_them_too(constraints):
    band = Band.of(np.zeros(SIZE + 1, np.int64), np.full(SIZE + 1, SIZE))
    starting = np.random.default_rng(8).normal(size=(len(SCAN_TYPES), band.cells))
    i, j = band.places()
    score = {
        (a, a + k, b, b + m): starting[t, place]
        for t, (k, m) in enumerate(SCAN_TYPES)
        for place, (a, b) in enumerate(zip(i.tolist(), j.tolist(), strict=True))
        if a + k <= SIZE and b + m <= SIZE
    }
    # confirmed beads cost nothing in the first pass, whatever their type
    given = {(*one.source, *one.target) for one in constraints.confirmed if not one.is_null}
    score.update(dict.fromkeys(given, 0.0))
    kept = [path for path in all_paths(score) if keeps_to(path, constraints)]
    expected = math.log(sum(math.exp(sum(score[one] for one in path)) for path in kept))
    rules = Rules.of(constraints, SIZE, SIZE)
    _constrain(starting, band, rules)
    assert path_sums(band, starting)[2] == pytest.approx(expected)


def test_what_is_confirmed_already_changes_nothing(article):
    free = align_texts(*article).beads
    sure = [one for one in free if not one.is_null][10:60:5]
    bound = align_texts(*article, constraints=Constraints(sure)).beads
    assert [(one.source, one.target) for one in bound] == [(one.source, one.target) for one in free]
    confirmed = {(one.source, one.target) for one in sure}
    assert all(one.probability > 1 - 1e-9 for one in bound if (one.source, one.target) in confirmed)


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(bead(20, 24, 20, 25), id="a type the aligner does not know"),
        pytest.param(bead(40, 55, 38, 50), id="15-12"),
        pytest.param(bead(30, 31, 60, 61), id="far from the diagonal"),
        pytest.param(bead(0, 1, 12, 13), id="at the start of one text"),
    ],
)
def test_a_confirmed_bead_stands_whatever_the_evidence(article, given):
    beads = align_texts(*article, constraints=Constraints([given])).beads
    check_tiling(beads, *map(len, article))
    found = next(one for one in beads if one.source.start == given.source.start and one.source)
    assert (found.source, found.target) == (given.source, given.target)
    assert found.probability == pytest.approx(1.0)


def test_untranslated_segments_and_forbidden_cuts(article):
    free = align_texts(*article).beads
    pair = next(one for one in free[30:] if one.type == "1-1")
    border = next(one for one in free[50:] if one.type == "1-1").source.stop
    constraints = Constraints(forbidden=[(border, None)], untranslated_source=[pair.source.start])
    beads = align_texts(*article, constraints=constraints).beads
    check_tiling(beads, *map(len, article))
    alone = next(one for one in beads if one.source and one.source.start == pair.source.start)
    assert not alone.target
    assert alone.probability == pytest.approx(1.0)
    assert border not in {one.source.start for one in beads}


@pytest.mark.parametrize(
    ("constraints", "said"),
    [
        (Constraints([bead(3, 4, 8, 9), bead(5, 6, 2, 3)]), "cross or overlap"),
        (Constraints([bead(3, 5, 3, 4), bead(4, 6, 4, 5)]), "cross or overlap"),
        (Constraints([bead(3, 4, 3, 4)], untranslated_target=[3]), "untranslated"),
        (Constraints([bead(3, 4, 9000, 9001)]), "past the end"),
        (Constraints(untranslated_source=[9000]), "no segment 9001"),
        (Constraints([bead(3, 5, 3, 4)], [(3, 3)]), "all the constraints"),
        (Constraints(forbidden=[(2, None)], untranslated_source=[1, 2]), "all the constraints"),
    ],
)
def test_contradictions_are_told(article, constraints, said):
    with pytest.raises(AlignmentError, match=said):
        align_texts(*article, constraints=constraints)


def test_lengths_take_no_constraints():
    with pytest.raises(ValueError, match="no constraints"):
        align_texts(["a"], ["b"], options=AlignOptions(method="lengths"), constraints=Constraints([bead(0, 1, 0, 1)]))
