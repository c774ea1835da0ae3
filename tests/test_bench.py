"""The bench runner says what it needs, and renders any rows."""

import subprocess
import sys

from bench.__main__ import benches, render
from conftest import REPOSITORY


def run_bench(monkeypatch, gold, *names):
    monkeypatch.setenv("BIALIGN_GOLD", str(gold))
    command = [sys.executable, "-m", "tests.bench", *names]
    return subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False, timeout=60)


def test_bench_says_what_it_needs(monkeypatch):
    done = run_bench(monkeypatch, "")
    assert done.returncode == 2
    assert "BIALIGN_GOLD=" in done.stderr


def test_unknown_bench_is_named(monkeypatch, tmp_path):
    done = run_bench(monkeypatch, tmp_path, "nonsense")
    assert (done.returncode, done.stdout) == (2, "")
    assert "nonsense" in done.stderr


def test_every_bench_can_be_run():
    import importlib

    for name in benches():
        module = importlib.import_module(f"bench.{name}")
        assert callable(getattr(module, "rows", None) or module.main)
        assert module.__doc__


def test_rows_become_a_table():
    table = render([{"set": "bible", "F1": 0.99871}, {"set": "novels", "F1": 0.95, "beads": 12}])
    assert table.splitlines() == [
        "| set    |     F1 | beads |",
        "|--------|-------:|------:|",
        "| bible  | 0.9987 |       |",
        "| novels | 0.9500 |    12 |",
    ]
