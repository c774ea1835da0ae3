"""Agreement between annotators, against published worked examples and against another implementation."""

import random

import numpy as np
import pytest

from bialign.corpus import Corpus
from bialign.errors import CorpusError
from bialign.study.annotation import agreement, bootstrap
from bialign.study.annotation.agreement import alpha, kappa, masi, nominal, observed
from bialign.study.annotation.bootstrap import Interval
from bialign.study.annotation.unitizing import alpha_of_all, alpha_u, difference
from bialign.study.annotation.units import units_of
from test_decisions import fresh


def table(*rows: list[int]) -> tuple[list[int], list[int]]:
    """Give what two annotators said, from a table of how often they said what."""
    cells = [(a, b) for a, row in enumerate(rows) for b, count in enumerate(row) for _ in range(count)]
    return [a for a, _ in cells], [b for _, b in cells]


def coded(*lines: str) -> list[list[str | None]]:
    return [[None if sign == "." else sign for sign in line.split()] for line in lines]


# --- published examples -----------------------------------------------------------------------------------------------


def test_cohen_1960():
    # table 1 of "A coefficient of agreement for nominal scales": proportions of 200
    codes = table([88, 14, 18], [10, 40, 10], [2, 6, 12])
    assert observed(codes) == pytest.approx(0.70)
    assert kappa(codes) == pytest.approx(0.492, abs=0.0005)


def test_artstein_and_poesio_2008():
    # two coders, 100 utterances, statements and requests: observed .7, kappa .348 ("Inter-Coder Agreement for
    # Computational Linguistics", section 2.4)
    codes = table([20, 20], [10, 50])
    assert observed(codes) == pytest.approx(0.7)
    assert kappa(codes) == pytest.approx(0.348, abs=0.0005)


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        # "Computing Krippendorff's Alpha-Reliability" (2011), A: two observers, two values
        (("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0"), 0.095),
        # B: two observers, five values
        (("a a b b d c c c e d d a", "b a b b b c c c e d d d"), 0.692),
        # C: four observers, some values missing
        (
            (
                "1 2 3 3 2 1 4 1 2 . . .",
                "1 2 3 3 2 2 4 1 2 5 . 3",
                ". 3 3 3 2 3 4 2 2 5 1 .",
                "1 2 3 3 2 4 4 1 2 5 1 .",
            ),
            0.743,
        ),
    ],
)
def test_krippendorff_2011(lines, wanted):
    assert alpha(coded(*lines)) == pytest.approx(wanted, abs=0.0005)


def test_passonneau_2006():
    # the same, a part of the other, some in common, nothing in common
    assert masi(frozenset("ab"), frozenset("ab")) == 0
    assert masi(frozenset("a"), frozenset("ab")) == pytest.approx(1 - 1 / 2 * 2 / 3)
    assert masi(frozenset("ab"), frozenset("bc")) == pytest.approx(1 - 1 / 3 * 1 / 3)
    assert masi(frozenset("a"), frozenset("b")) == 1


CONTINUUM = [
    [[(75, 145), (220, 250)], [(70, 150), (205, 225), (250, 270)]],
    [[(30, 90), (150, 200)], [(30, 90), (150, 200)]],
]
"""Units of two labels by two observers on 300 letters: Krippendorff (2004), "Content Analysis", page 254."""


def test_krippendorff_2004_unitizing():
    assert alpha_u(CONTINUUM[0], 300) == pytest.approx(0.7286, abs=0.0001)
    assert alpha_u(CONTINUUM[1], 300) == 1
    assert alpha_of_all(CONTINUUM, 300) == pytest.approx(0.859, abs=0.0005)
    # the parts that the book works out
    assert difference((225, 70, True), (220, 80, True)) == 50
    assert difference((370, 30, True), (355, 20, True)) == 850
    assert difference((400, 50, False), (400, 20, True)) == 400
    assert difference((370, 30, True), (375, 25, False)) == 0


def test_unitizing_knows_more_than_whether_letters_are_shared():
    one = [(10, 20)]
    near, far, pieces = [(11, 20)], [(50, 60)], [(10, 15), (15, 20)]
    assert alpha_u([one, one], 100) == alpha_u([one, pieces], 100) == 1
    assert 0.9 < alpha_u([one, near], 100) < 1
    assert alpha_u([one, far], 100) < 0
    assert alpha_u([[], []], 100) is None
    assert alpha_u([one, []], 100) < 1
    assert alpha_u([one, near, far], 100) == alpha_u([far, one, near], 100)


def test_what_does_not_vary_has_no_figure_for_chance():
    assert observed([[1, 1], [1, 1]]) == 1
    assert kappa([[1, 1], [1, 1]]) is None
    assert alpha([[1, 1], [1, 1]]) is None
    assert kappa([[1, 1], [2, 2]]) == 0
    assert observed([[], []]) is None and alpha([[], []]) is None and kappa([[], []]) is None


def test_alpha_is_what_another_implementation_gives():
    krippendorff = pytest.importorskip("krippendorff")
    draw = random.Random(3)
    for _ in range(20):
        codes = [[draw.choice([1, 2, 3, None]) for _ in range(30)] for _ in range(draw.randint(2, 4))]
        data = np.array([[np.nan if value is None else value for value in one] for one in codes])
        wanted = krippendorff.alpha(reliability_data=data, level_of_measurement="nominal")
        assert alpha(codes) == pytest.approx(wanted)


# --- intervals --------------------------------------------------------------------------------------------------------


class Once(Interval):
    """Draw each unit once: the figure is that of the sample itself."""

    def _draws(self):
        yield np.ones((1, self.units))


@pytest.mark.parametrize("annotators", [2, 3, 4])
def test_resampled_figures_are_those_of_nltk(annotators):
    draw = random.Random(annotators)
    sets = [frozenset("a"), frozenset("ab"), frozenset("bc"), frozenset([""])]
    codes = [[draw.choice(sets) for _ in range(25)] for _ in range(annotators)]
    once = Once(25, 1, 0)
    assert once.observed(codes)[0] == pytest.approx(observed(codes))
    assert once.kappa(codes)[0] == pytest.approx(kappa(codes))
    for distance in (nominal, masi):
        assert once.alpha(codes, distance)[0] == pytest.approx(alpha(codes, distance))
    counts = [(2, 4), (0, 3), (5, 6)]
    assert Once(3, 1, 0).f1(counts)[0] == pytest.approx(bootstrap.f1(counts))


def test_intervals_hold_the_truth_about_as_often_as_they_say():
    # two annotators who agree by design in 80 of 100 cases, beyond chance
    hits = 0
    for seed in range(60):
        draw = random.Random(seed)
        first = [draw.random() < 0.5 for _ in range(120)]
        second = [value if draw.random() < 0.8 else not value for value in first]
        low, high = Interval(120, 400, 1).kappa([first, second])
        hits += low <= 0.6 <= high
    assert 52 <= hits <= 60


def test_intervals_are_the_same_each_time_and_wider_for_fewer_units():
    codes = table([20, 20], [10, 50])
    one, again = (Interval(100, 500, 7).alpha(codes, nominal) for _ in range(2))
    few = Interval(20, 500, 7).alpha([codes[0][::5], codes[1][::5]], nominal)
    assert one == again
    assert few[1] - few[0] > one[1] - one[0]
    assert Interval(1, 500, 7).observed([[1], [1]]) is None
    assert Interval(100, 0, 7).observed(codes) is None


def test_samples_too_large_to_keep_give_the_same(monkeypatch):
    codes = table([20, 20], [10, 50])
    whole = Interval(100, 300, 7).kappa(codes)
    monkeypatch.setattr(bootstrap, "_AT_ONCE", 1000)
    assert Interval(100, 300, 7).kappa(codes) == pytest.approx(whole)


# --- of a corpus ------------------------------------------------------------------------------------------------------


@pytest.fixture
def corpus(tmp_path):
    with Corpus.create(tmp_path / "tale.bialign", who="Ana") as made:
        made.add_bitext(fresh())
        yield made


def test_labels_are_gathered_by_bead_and_annotator(corpus):
    with pytest.raises(CorpusError, match="two annotators at least; in the scheme shifts there are: -"):
        units_of(corpus)
    one = corpus.annotate(1, "omission", corpus.marks_in(1, "source", 0, 11))
    corpus.annotate(1, "meaning")
    corpus.annotate(2, "omission")
    two = corpus.annotate(1, "omission", corpus.marks_in(1, "source", 4, 18), who="Eva")
    corpus.annotate(3, "register", who="Eva")
    corpus.decide([one, two], [one], who="Zoe")
    units = units_of(corpus)
    assert (units.who, units.names) == (("Ana", "Eva"), ("omission", "register", "meaning"))
    assert [bead for _, bead in units.beads] == [1, 2, 3]
    assert units.labels["Ana"] == [{"omission", "meaning"}, {"omission"}, frozenset()]
    assert units.labels["Eva"] == [{"omission"}, frozenset(), {"register"}]
    assert len(units_of(corpus, choice="shared").beads) == 1
    assert len(units_of(corpus, ["tale"], choice="all").beads) == 9
    with pytest.raises(CorpusError, match="there are: Ana"):
        units_of(corpus, who=["Ana"])
    found = {(one.label, one.measure): one for one in agreement.agreement(units, resamples=50)}
    # letters 4-11 of the first sentence are marked by both: 7, of 11 and 14; all of the second bead, 47, by Ana alone
    assert found["omission", "span-f1"].value == pytest.approx(14 / (11 + 14 + 47))
    assert found["omission", "observed"].value == pytest.approx(2 / 3)
    # the three beads' sentences one after the other, those of the target behind those of the source
    assert units.length == sum(
        len(segment.text) + 1 for n in (1, 2, 3) for s in ("source", "target") for segment in getattr(corpus.bead(n), s)
    )
    assert units.stretches["Eva"]["omission"] == [(4, 18)]
    assert units.stretches["Ana"]["omission"][:2] == [(0, 11), (30, 51)]
    assert found["omission", "alpha-u"].value == alpha_u(
        [units.stretches[w]["omission"] for w in units.who], units.length
    )
    assert found["", "observed"].value == 0
    assert found["", "alpha-masi"].value > found["", "alpha"].value
    rows = list(agreement.table(list(found.values())).records())
    assert rows[0]["annotators"] == "Ana, Eva" and rows[0]["beads"] == 3


def test_of_three_annotators_each_pair_is_told(corpus):
    for who, label in (("Ana", "omission"), ("Eva", "omission"), ("Zoe", "meaning")):
        corpus.annotate(1, label, who=who)
        corpus.annotate(2, "register", who=who)
    found = agreement.agreement(units_of(corpus), resamples=0)
    about = {one.who for one in found if one.label == "" and one.measure == "observed"}
    assert about == {("Ana", "Eva", "Zoe"), ("Ana", "Eva"), ("Ana", "Zoe"), ("Eva", "Zoe")}
    by = {one.who: one.value for one in found if one.label == "" and one.measure == "observed"}
    assert by["Ana", "Eva", "Zoe"] == pytest.approx(np.mean([by[pair] for pair in by if len(pair) == 2]))
    assert all(one.low is None for one in found)
