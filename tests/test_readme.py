"""What the READMEs show can be done as it stands there: each command and each piece of Python is run."""

import re
import shutil

import pytest

import shown
from conftest import REPOSITORY

READMES = ["README.md", "README.es.md"]
ARTICLE = REPOSITORY / "corpus"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Make the folder the READMEs speak of: a letter, a glossary, a split book with gold, the corpus."""
    for lang in ("en", "es"):
        # the English as received, so that there is something to repair
        place = REPOSITORY / "seeds" if lang == "en" else ARTICLE / "texts"
        text = (place / f"cia-hitman-in-peru.{lang}.txt").read_text(encoding="utf-8")
        (tmp_path / f"letter.{lang}.txt").write_text(text[:3_000], encoding="utf-8")
        # another version of it: a word changed, the end left out
        (tmp_path / f"letter-2.{lang}.txt").write_text(text[:2_500].replace("1992", "1993"), encoding="utf-8")
        (tmp_path / "press" / lang).mkdir(parents=True)
        (tmp_path / "press" / lang / "letter.txt").write_text(text[:3_000], encoding="utf-8")
    shutil.copy(ARTICLE / "glossary.yaml", tmp_path)
    (tmp_path / "exceptions.yaml").write_text(blocks("README.md", "yaml")[0], encoding="utf-8")
    for suffix, name in ((".src", "book.en"), (".tgt", "book.es"), (".beads", "book.gold")):
        shutil.copy(ARTICLE / f"gold/cia-hitman-in-peru{suffix}", tmp_path / name)
    (tmp_path / "right.beads").write_text("[0]:[0]\n[]:[2]\n", encoding="utf-8")
    shutil.copytree(ARTICLE, tmp_path / "corpus", ignore=shutil.ignore_patterns("build"))
    shutil.copytree(REPOSITORY / "seeds", tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def blocks(name, language):
    return shown.blocks(REPOSITORY / name, language)


@pytest.mark.parametrize("name", READMES)
def test_commands_run(bialign, folder, name):
    commands = [line for block in blocks(name, "console") for line in block.splitlines()]
    assert len(commands) >= 8
    for line in commands:
        arguments = shown.arguments(line)
        run = bialign(*arguments)
        assert run.status == 0, f"{line}\n{run.err}"
        assert run.out or "-o" in arguments


def test_python_runs(folder, capsys):
    pieces = blocks("README.md", "python")
    assert pieces
    for piece in pieces:
        exec(compile(piece, "README.md", "exec"), {})
    assert " | " in capsys.readouterr().out


@pytest.mark.parametrize("name", READMES)
def test_other_commands_are_known(name):
    # these install or call make, which CI does; here it is only seen that nothing unknown has crept in
    text = (REPOSITORY / name).read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z]+):", (REPOSITORY / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    known = {f"make {target}" for target in targets} | {"pip install .", "py -m venv ."}
    # this one goes on until it is interrupted: tests/test_web_pages.py does what is told of it
    known.add("bialign serve")
    for line in re.findall(r"^    (\S.*)$", re.sub(r"```.*?```", "", text, flags=re.DOTALL), re.MULTILINE):
        assert line in known or line.startswith((r".venv\Scripts", "py -m venv"))


@pytest.mark.parametrize("name", READMES)
def test_links_lead_somewhere(name):
    text = (REPOSITORY / name).read_text(encoding="utf-8")
    for link in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (REPOSITORY / link).exists()


def test_first_two_commands_are_demo_and_test():
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"^    (\S.*)$", re.sub(r"```.*?```", "", text, flags=re.DOTALL), re.MULTILINE)[:2] == [
        "make demo",
        "make test",
    ]
