"""Weights are trained on what is not left out, once; calibration is counted as documented."""

import numpy as np
import pytest

from bench import _held_out
from bench.calibration import calibration_error, errors_among_doubtful, outcomes
from bialign.aligner.training import GoldDocument
from bialign.bitext import Bead, Span

LINES = (
    ("The army left the town.", "El ejército dejó la ciudad."),
    ("Nobody saw it.", "Nadie lo vio."),
    ("The judge spoke for an hour.", "El juez habló una hora."),
    ("It rained all night.", "Llovió toda la noche."),
)


@pytest.fixture
def gold(tmp_path, monkeypatch):
    monkeypatch.setenv("BIALIGN_BENCH_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "gold" / "align" / _held_out.NOVELS
    folder.mkdir(parents=True)
    for name, lines in (("one", LINES), ("two", LINES[::-1]), ("three", LINES[1:])):
        for suffix, side in ((".src", 0), (".tgt", 1)):
            text = "".join(f"{line[side]}\n" for line in lines)
            (folder / f"{name}{suffix}").write_text(text, encoding="utf-8")
        beads = "".join(f"[{n}]:[{n}]\n" for n in range(len(lines)))
        (folder / f"{name}.gold").write_text(beads, encoding="utf-8")
    return tmp_path / "gold"


def test_weights_are_trained_once_and_know_what_was_left_out(gold, monkeypatch):
    pytest.importorskip("scipy")
    first = _held_out.weights_without(gold, [["one"], []])
    assert [weights.about["left out"] for weights in first] == ["one", ""]
    assert not np.array_equal(first[0].lattice, first[1].lattice)
    monkeypatch.setattr(_held_out, "ProcessPoolExecutor", lambda *_: pytest.fail("trained again"))
    again = _held_out.weights_without(gold, [["one"], []])
    assert np.array_equal(again[0].lattice, first[0].lattice)
    (gold / "align" / _held_out.NOVELS / "one.src").write_text("Other.\n" * 4, encoding="utf-8")
    with pytest.raises(pytest.fail.Exception):
        _held_out.weights_without(gold, [["one"]])


def test_calibration_error_is_the_mean_gap_of_the_bins():
    # nine tenths sure and half right; certain and right
    found = np.array([(0.9, 1), (0.9, 0), (1.0, 1), (1.0, 1)])
    assert calibration_error(found[:2]) == pytest.approx(0.4)
    # 0.9 and 1.0 share the last bin
    assert calibration_error(found) == pytest.approx(0.95 - 0.75)
    assert calibration_error(np.array([(0.25, 0), (0.25, 1), (0.25, 0), (0.25, 0)])) == pytest.approx(0)


def test_errors_among_the_least_certain():
    found = np.array([(0.3, 0), *([(0.9, 1)] * 17), (0.8, 0), (1.0, 0)])
    assert errors_among_doubtful(found, 0.1) == pytest.approx(2 / 3)
    assert errors_among_doubtful(np.array([(0.9, 1)] * 10)) == 0


def test_outcomes_leave_nulls_out():
    gold = GoldDocument("d", ["a", "b"], ["A"], [Bead(Span(0, 1), Span(0, 1)), Bead(Span(1, 2), Span(1, 1))])
    system = [Bead(Span(0, 1), Span(0, 1), 0.7), Bead(Span(1, 2), Span(1, 1), 0.6)]
    assert outcomes([(gold, system)]).tolist() == [[0.7, 1.0]]
