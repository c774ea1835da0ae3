"""The bench runner says what it needs, renders any rows, and rewrites only the sections that were measured."""

import subprocess
import sys

import pytest

from bench import __main__ as runner
from bench import _manuals
from bench._page import Page, Section
from bench._table import Table, render
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

    assert runner.benches()[:2] == ["accuracy", "calibration"]
    for name in runner.benches():
        module = importlib.import_module(f"bench.{name}")
        assert callable(getattr(module, "tables", None) or module.rows)
        assert module.__doc__


def test_rows_become_a_table():
    table = render([{"set": "bible", "F1": 0.99871}, {"set": "novels", "F1": 0.95, "beads": 12}])
    assert table.splitlines() == [
        "| set    |     F1 | beads |",
        "|--------|-------:|------:|",
        "| bible  | 0.9987 |       |",
        "| novels | 0.9500 |    12 |",
    ]


@pytest.fixture
def page(tmp_path):
    """Give a page on disk with two sections."""
    path = tmp_path / "docs" / "benchmarks.md"
    empty = Page.load(path, ["accuracy", "speed"])
    both = empty.with_section(Section("speed", "Speed", "fast", 3)).with_section(Section("accuracy", "F1", "good", 200))
    both.save(path)
    return path


def test_page_holds_the_sections_in_order_with_how_they_were_made(page):
    text = page.read_text(encoding="utf-8")
    assert text.startswith("# Benchmarks")
    assert text.index("## F1") < text.index("## Speed")
    assert "`python -m tests.bench accuracy`" in text
    assert "3 min" in text
    assert "{seen}" not in text


def test_one_section_is_rewritten_and_the_others_stay(page):
    before = Page.load(page, ["accuracy", "speed"]).sections
    Page.load(page, ["accuracy", "speed"]).with_section(Section("speed", "Speed", "faster", 2)).save(page)
    after = Page.load(page, ["accuracy", "speed"]).sections
    assert after["accuracy"] == before["accuracy"]
    assert "faster" in after["speed"]


def test_a_bench_that_breaks_leaves_the_page_as_it_was(page, monkeypatch, tmp_path):
    class Broken:
        """Broken: it stops after its first table."""

        @staticmethod
        def tables(gold):
            yield Table("first", [{"set": "novels"}])
            raise KeyboardInterrupt

    before = page.read_bytes()
    monkeypatch.setenv("BIALIGN_GOLD", str(tmp_path))
    monkeypatch.setattr(runner.importlib, "import_module", lambda *_: Broken)
    with pytest.raises(KeyboardInterrupt):
        runner.main(["speed", "--write", str(page)])
    assert page.read_bytes() == before


def test_what_is_compared_of_manuals():
    assert (
        _manuals.compared("1.2. Mail “the  list” <list@example.org> − see BASH …")
        == "mail the list list@example.org - see bash ..."
    )
    assert _manuals.compared("Nota: It’s the men's 'ls'.") == "it's the men's ls"
    pages = _manuals.Letters(
        [_manuals.letters("Before it the ferry left at noon but 7 *note"), _manuals.letters("Harbour no one saw it.")]
    )
    assert pages.hold("The ferry left at noon but no one saw it.")
    assert not pages.hold("The ferry left at noon, and nobody saw it.")


def test_shares_of_manuals():
    printed, marked = {"a": True, "b": True, "c": False}, {"a": True, "b": True, "d": True}
    assert _manuals.share({"a", "b"}, {"a", "b"}, printed, marked) == 1
    assert _manuals.share({"a", "c", "d"}, {"a", "b"}, printed, marked) == 0.5
