"""YAML files whose every part knows its line, so that an error can name the file, the line and the field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import msgspec

from bialign.errors import FormatError

if TYPE_CHECKING:
    import yaml


class YamlFile:
    """Hold the plain values of a YAML file with the line of each of its parts; `values` is None in an empty file."""

    def __init__(self, path: Path, values: Any, lines: dict[str, int]) -> None:
        self.path, self.values, self.folder = path, values, path.parent
        self._lines = lines

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a file; raise FormatError, with the line, for what is not YAML, and OSError for what cannot be read."""
        root = _compose(path)
        if root is None:
            return cls(path, None, {})
        lines = dict(_lines(root, "", path, set()))
        return cls(path, _data(path, root), lines)

    def line(self, element: str) -> int:
        """Give the line of an element such as "documents[0].source.text", or of the nearest part around it."""
        while element and element not in self._lines:
            shorter = re.sub(r"\[[^\[\]]*\]$|(^|\.)[^.\[]*$", "", element)
            element = shorter if shorter != element else ""
        return self._lines.get(element, 1)

    def error(self, element: str, template: str, **fields: object) -> FormatError:
        """Make an error that names the file, the line and the element."""
        return FormatError(self.path, template, line=self.line(element), element=element, **fields)

    def convert(self, shape: Any, element: str = "", values: Any = None) -> Any:
        """Check the values, or those of one field at the top, against a msgspec type and give them in it.

        `values` are those of an element further down.

        Raises FormatError, with line and field, where they do not fit.
        """
        try:
            if values is None:
                values = self.values[element] if element else self.values
            return msgspec.convert(values, type=shape)
        except msgspec.ValidationError as error:
            raise self._validation_error(str(error), element) from None

    def file(self, element: str, name: str) -> Path:
        """Find a file named in this one, relative to it; raise FormatError where it is not there."""
        path = self.folder / name
        if not path.is_file():
            raise self.error(element, "there is no file {name}", name=name)
        return path

    def _validation_error(self, message: str, within: str) -> FormatError:
        """Say what msgspec found in our own words, which can be translated, with the line."""
        problem, _, place = message.partition(" - at `$")
        element = (within + place.strip("`")).removeprefix(".")
        names = re.findall(r"`([^`]*)`", problem)
        if "missing required field" in problem:
            return self.error(element, "the field {name} is missing", name=names[0])
        if "unknown field" in problem:
            inner = f"{element}.{names[0]}" if element else names[0]
            return self.error(inner, "there is no field {name} here", name=names[0])
        return self.error(element, "wrong kind of value: {problem}", problem=problem)


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
        raise FormatError(path, "the file is nested too deeply") from None


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
        raise FormatError(path, "the file is nested too deeply") from None
