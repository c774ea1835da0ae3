"""Scores against gold, on cases counted by hand and by an independent definition."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bialign.bitext import Bead, Span
from bialign.evaluate import Score, evaluate


def beads(*rows):
    return [Bead(Span(*source), Span(*target)) for source, target in rows]


def test_counted_by_hand():
    gold = beads(((0, 1), (0, 1)), ((1, 2), (1, 3)), ((2, 3), (3, 3)), ((3, 5), (3, 4)))
    system = beads(((0, 1), (0, 1)), ((1, 2), (1, 2)), ((2, 3), (2, 3)), ((3, 4), (3, 4)), ((4, 5), (4, 4)))
    result = evaluate(gold, system)
    assert (result.strict.found, result.strict.system, result.strict.gold) == (1, 4, 3)
    # 1-1 at (2, 2) touches the gold 1-2 on the target side only
    assert (result.lax.found, result.lax.matched) == (3, 3)
    assert result.strict.precision == 1 / 4
    assert result.strict.recall == 1 / 3
    assert result.types["1-0"] == Score(0, 1, 0, 1)
    assert result.types["1-1"] == Score(1, 4, 1, 1)


def test_runs_of_nulls_count_the_same_however_they_are_written():
    run, singles = beads(((0, 2), (0, 0))), beads(((0, 1), (0, 0)), ((1, 2), (0, 0)))
    assert evaluate(run, singles).types["1-0"] == Score(2, 2, 2, 2)


def test_a_null_stands_where_its_segments_are():
    """The place of a null bead on its empty side is a matter of writing."""
    assert evaluate(beads(((0, 1), (0, 0))), beads(((0, 1), (7, 7)))).types["1-0"].f1 == 1


def test_nothing_against_nothing_is_perfect_and_against_something_is_not():
    assert evaluate([], []).strict.f1 == 1
    one = beads(((0, 1), (0, 1)))
    assert evaluate(one, []).strict.f1 == evaluate([], one).strict.f1 == 0


def test_adding_pools_counts():
    gold, wrong = beads(((0, 1), (0, 1))), beads(((0, 1), (0, 2)))
    total = evaluate(gold, gold) + evaluate(gold, wrong)
    assert total.strict == Score(1, 2, 1, 2)
    assert total.types == {"1-1": Score(1, 1, 1, 2), "1-2": Score(0, 1, 0, 0)}


tilings = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)).filter(any), min_size=1, max_size=12)


def lay(sizes):
    found, i, j = [], 0, 0
    for k, m in sizes:
        found.append(Bead(Span(i, i + k), Span(j, j + m)))
        i, j = i + k, j + m
    return found


@given(tilings, tilings)
def test_lax_by_its_definition(left, right):
    gold, system = lay(left), lay(right)
    pairs = [b for b in system if not b.is_null], [b for b in gold if not b.is_null]

    def touch(a, b):
        return bool(set(a.source.indices) & set(b.source.indices) and set(a.target.indices) & set(b.target.indices))

    result = evaluate(gold, system)
    assert result.lax.found == sum(any(touch(a, b) for b in pairs[1]) for a in pairs[0])
    assert result.lax.matched == sum(any(touch(a, b) for b in pairs[0]) for a in pairs[1])
    assert result.strict.found <= result.lax.found
    assert evaluate(system, gold).strict.f1 == pytest.approx(result.strict.f1)
