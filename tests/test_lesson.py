"""The lesson, done as a reader does it: every command in order, and what the page shows is what is printed."""

import contextlib
import os
import re
import shutil

import pytest

import shown
from bialign.corpus import Corpus
from conftest import REPOSITORY

LESSONS = {"lesson.md": "en", "lesson.es.md": "es"}
FILES = ("seeds/cia-hitman-in-peru.en.txt", "corpus/texts/cia-hitman-in-peru.es.txt", "corpus/glossary.yaml")


IDENTITY = "e2fc5fde365f4fa1ab136d7a6bb72fd4"
"""The corpus's own number that the lessons show; each corpus has another."""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Give the reader's folder, whose name holds accents and spaces, with the three files of the lesson."""
    place = tmp_path / "Lección de traducción, año 1"
    place.mkdir()
    for file in FILES:
        shutil.copy(REPOSITORY / file, place)
    monkeypatch.chdir(place)
    # the name that stands in the history
    monkeypatch.setenv("LOGNAME", "ana")
    monkeypatch.setenv("USER", "ana")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    return place


@pytest.fixture
def served(monkeypatch):
    """Have pages served to nobody; give what would have been."""
    given = []

    def serve(session, opened, **_):
        opened.close()
        given.append(session)

    monkeypatch.setattr("bialign.web.server.serve", serve)
    return given


def run(line):
    """Run a command line before a terminal; give what is read there."""
    from bialign.cli import main

    screen = shown.Screen()
    with contextlib.redirect_stdout(screen), contextlib.redirect_stderr(shown.Beside(screen)):
        status = main(shown.arguments(line))
    assert status == 0, f"{line}\n{screen.text()}"
    return screen.text()


def do(deeds):
    """Do in the corpus what the reader does in the browser: "confirm 26; merge 99 100"."""
    for deed in deeds.split("; "):
        what, *ids = deed.split()
        with Corpus("peru.bialign") as corpus:
            {"confirm": corpus.confirm, "merge": corpus.merge}[what]([int(id) for id in ids])


@pytest.mark.parametrize("name", LESSONS)
def test_the_lesson_can_be_done_as_it_stands(folder, served, monkeypatch, name):
    monkeypatch.setenv("BIALIGN_LANG", LESSONS[name])
    # whoever audits finds every bead right: yes, or sí
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("click.getchar", lambda: "s" if LESSONS[name] == "es" else "y")
    page = REPOSITORY / "docs" / name
    text = page.read_text(encoding="utf-8")
    write, written = "BIALIGN_WRITE_LESSON" in os.environ, text
    for step in shown.steps(text):
        if step.deeds:
            do(step.deeds)
        printed = shown.picked("".join(map(run, step.commands)), step.lines)
        if step.shown is None:
            continue
        if write:
            # from the end of the page, so that what is written before does not move what comes behind
            printed = re.sub(r"\b[0-9a-f]{32}\b", IDENTITY, printed)
            at = len(written) - (len(text) - step.start), len(written) - (len(text) - step.stop)
            written = written[: at[0]] + printed + written[at[1] :]
        else:
            assert not (told := shown.difference(step.shown, printed)), "\n".join((*step.commands, told))
    assert len(served) == 1, "the reader looks at the pages once"
    if write:
        page.write_text(written, encoding="utf-8")


def test_both_lessons_have_the_same_steps():
    first, second = (list(shown.steps((REPOSITORY / "docs" / name).read_text(encoding="utf-8"))) for name in LESSONS)
    for one, other in zip(first, second, strict=True):
        assert one.deeds == other.deeds
        # titles are in the language of the lesson
        told = [re.sub(r'--title ".*?"', "", " ".join(step.commands)) for step in (one, other)]
        assert told[0] == told[1]
        assert (one.shown is None) == (other.shown is None)
    assert sum(step.shown is not None for step in first) > 12


@pytest.mark.parametrize("name", LESSONS)
def test_the_finding_cites_the_corpus_as_it_stands_then(name):
    text = (REPOSITORY / "docs" / name).read_text(encoding="utf-8")
    finding, after = re.search(r"((?:^>[^\n]*\n)+)(.*)", text, re.MULTILINE | re.DOTALL).groups()
    [version] = re.findall(rf"{IDENTITY}:\d+", finding)
    assert re.search(r"[0-9a-f]{32}:\d+", after)[0] == version
    joined = next(line for line in after.splitlines() if re.match(r"(joined|unida) ", line))
    count, _, share, low, high = re.findall(r"\d+(?:[.,]\d+)?", joined)
    assert all(re.search(rf"\b{number}\b", finding) for number in (count, share, low, high)), joined


def test_a_page_that_shows_what_is_not_printed_is_found_out():
    printed = "a 12 of 107, 11.21%\nb\nc\nversion: 0123456789abcdef0123456789abcdef:3\n"
    for right in (printed, printed.replace("0123", "aaaa"), printed.replace("11.21%", "11.3%")):
        assert not shown.difference(right, printed)
    for wrong in (
        printed.replace("12", "13"),
        printed.replace("11.21", "12.21"),
        printed.replace("a ", "an "),
        printed.replace("b\n", ""),
        printed.replace(":3", ":4"),
        printed + "more",
    ):
        assert shown.difference(wrong, printed), wrong
