"""The recipe of a corpus: ``bialign.yaml`` says which texts, glossary and gold belong together; everything is built
from it.

A recipe names, for each document, the text of both sides and optionally the seed it was repaired from and gold beads
(with the hand-made segments beside them in ``.src`` and ``.tgt``); for all of them a glossary, exceptions for the
splitter, or SRX rules instead of its own, and the decisions people have made about the alignment. Paths are relative to
the recipe.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

import msgspec

from bialign.errors import FormatError, ReadError
from bialign.yaml_lines import YamlFile

RECIPE_NAME = "bialign.yaml"


class Languages(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Hold the languages of a corpus, as BCP 47 codes."""

    source: str = ""
    target: str = ""


class RecipeText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Describe one side of a document; `seed` is the text as received, before it was repaired.

    `drop` names what is removed before the text is split: "boilerplate", or kinds of it; `also` what is changed besides
    what repair mends.
    """

    text: str
    lang: str = ""
    title: str = ""
    origin: str = ""
    licence: str = ""
    encoding: str = ""
    seed: str = ""
    drop: tuple[Literal["boilerplate", "running-head", "page-number", "navigation", "notice"], ...] = ()
    also: tuple[Literal["quotes", "dashes"], ...] = ()


class RecipeDocument(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Describe a document: two texts, and gold beads where there are any."""

    id: str
    source: RecipeText
    target: RecipeText
    gold: str = ""


class Recipe(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Hold a whole recipe."""

    version: int
    corpus: str
    documents: tuple[RecipeDocument, ...]
    title: str = ""
    languages: Languages = Languages()
    glossary: str = ""
    exceptions: str = ""
    srx: str = ""
    decisions: str = ""


class RecipeFile(YamlFile):
    """Hold a recipe with the place of each of its parts, so that later errors can name the line."""

    recipe: Recipe


def load_recipe(folder: Path) -> RecipeFile:
    """Read the recipe of a corpus folder; raise ReadError or FormatError, with line and element, for a bad one."""
    path = folder / RECIPE_NAME if folder.is_dir() else folder
    if not path.is_file():
        raise ReadError(folder, "there is no recipe {name} here", name=RECIPE_NAME)
    file = RecipeFile.load(path)
    if file.values is None:
        raise FormatError(path, "the recipe is empty")
    file.recipe = file.convert(Recipe)
    _check(file)
    return file


def _check(file: RecipeFile) -> None:
    recipe = file.recipe
    if recipe.version != 1:
        raise file.error("version", "recipe version {version} is not known to this bialign", version=recipe.version)
    if not recipe.documents:
        raise file.error("documents", "the recipe names no documents")
    seen: set[str] = set()
    for number, document in enumerate(recipe.documents):
        element = f"documents[{number}].id"
        # the id names the files that are built, in whatever file system
        if not re.fullmatch(r"\w[\w.-]*", document.id):
            raise file.error(element, "an id may hold letters, digits, '.', '_' and '-' only: {id}", id=document.id)
        if document.id in seen:
            raise file.error(element, "the id {id} is used twice", id=document.id)
        seen.add(document.id)
