"""The recipe of a corpus: ``bialign.yaml`` says which texts, glossary and gold belong together; everything is built
from it.

A recipe names, for each document, the text of both sides and optionally the seed it was repaired from and gold beads
(with the hand-made segments beside them in ``.src`` and ``.tgt``). Paths are relative to the recipe.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from bialign.errors import FormatError, ReadError

if TYPE_CHECKING:
    import yaml

RECIPE_NAME = "bialign.yaml"


class Languages(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Hold the languages of a corpus, as BCP 47 codes."""

    source: str = ""
    target: str = ""


class RecipeText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Describe one side of a document; `seed` is the text as received, before it was repaired."""

    text: str
    lang: str = ""
    title: str = ""
    origin: str = ""
    licence: str = ""
    encoding: str = ""
    seed: str = ""


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


class RecipeFile:
    """Hold a recipe with the place of each of its parts, so that later errors can name the line."""

    def __init__(self, path: Path, recipe: Recipe, lines: dict[str, int]) -> None:
        self.path, self.recipe, self.folder = path, recipe, path.parent
        self._lines = lines

    def line(self, element: str) -> int:
        """Give the line of an element such as "documents[0].source.text", or of the nearest part around it."""
        while element and element not in self._lines:
            element = re.sub(r"(^|\.)[^.\[]*$|\[\d+\]$", "", element)
        return self._lines.get(element, 1)

    def error(self, element: str, template: str, **fields: object) -> FormatError:
        """Make an error that names the recipe's file and line."""
        return FormatError(self.path, template, line=self.line(element), element=element, **fields)

    def file(self, element: str, name: str) -> Path:
        """Find a file the recipe names; raise FormatError where it is not there."""
        path = self.folder / name
        if not path.is_file():
            raise self.error(element, "there is no file {name}", name=name)
        return path


def load_recipe(folder: Path) -> RecipeFile:
    """Read the recipe of a corpus folder; raise ReadError or FormatError, with line and element, for a bad one."""
    path = folder / RECIPE_NAME if folder.is_dir() else folder
    if not path.is_file():
        raise ReadError(folder, "there is no recipe {name} here", name=RECIPE_NAME)
    root = _compose(path)
    if root is None:
        raise FormatError(path, "the recipe is empty")
    lines = dict(_lines(root, "", path, set()))
    try:
        recipe = msgspec.convert(_data(path, root), type=Recipe)
    except msgspec.ValidationError as error:
        raise _validation_error(path, str(error), RecipeFile(path, _NO_RECIPE, lines)) from None
    file = RecipeFile(path, recipe, lines)
    _check(file)
    return file


_NO_RECIPE = Recipe(1, "", ())


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


def _compose(path: Path) -> yaml.Node | None:
    import yaml

    try:
        return yaml.compose(path.read_text(encoding="utf-8-sig"), Loader=yaml.SafeLoader)
    except UnicodeDecodeError as error:
        raise FormatError(path, "not UTF-8 at byte {offset}", offset=error.start) from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise FormatError(path, "not valid YAML: {problem}", line=line, problem=error.problem or error) from None
    except yaml.YAMLError as error:
        raise FormatError(path, "not valid YAML: {problem}", problem=str(error).splitlines()[0]) from None
    except RecursionError:
        raise FormatError(path, "the recipe is nested too deeply") from None


def _lines(node: yaml.Node, element: str, path: Path, seen: set[int]) -> Iterator[tuple[str, int]]:
    """Give each element's name and line, counting from 1."""
    import yaml

    yield element, node.start_mark.line + 1
    # an alias is a node met before, perhaps around itself
    if id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            yield from _lines(item, f"{element}[{number}]", path, seen)
    elif isinstance(node, yaml.MappingNode):
        names: set[str] = set()
        for key, value in node.value:
            line, name = key.start_mark.line + 1, key.value
            if not isinstance(name, str):
                raise FormatError(path, "a field name is expected here", line=line)
            if name in names:
                raise FormatError(path, "the field {name} is given twice", line=line, name=name)
            names.add(name)
            inner = f"{element}.{name}" if element else name
            yield from _lines(value, inner, path, seen)
            yield inner, line


def _data(path: Path, node: yaml.Node) -> Any:
    """Build plain values from a node."""
    import yaml

    try:
        return yaml.SafeLoader("").construct_document(node)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise FormatError(path, "not valid YAML: {problem}", line=line, problem=error.problem or error) from None
    except RecursionError:
        raise FormatError(path, "the recipe is nested too deeply") from None


def _validation_error(path: Path, message: str, file: RecipeFile) -> FormatError:
    """Say what msgspec found in our own words, which can be translated, with the line."""
    problem, _, place = message.partition(" - at `$")
    element = place.strip("`").removeprefix(".")
    names = re.findall(r"`([^`]*)`", problem)
    if "missing required field" in problem:
        return file.error(element, "the field {name} is missing", name=names[0])
    if "unknown field" in problem:
        inner = f"{element}.{names[0]}" if element else names[0]
        return file.error(inner, "there is no field {name} in a recipe", name=names[0])
    return file.error(element, "wrong kind of value: {problem}", problem=problem)
