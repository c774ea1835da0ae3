"""Schemes of annotation: labels with keys, definitions and examples in both languages, and the work they come from.

A scheme is a YAML file; those built in stand in the folder ``schemes``. A corpus keeps the one it uses.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import msgspec

from bialign.errors import FormatError
from bialign.yaml_lines import YamlFile

DEFAULT = "shifts"
"""The scheme that is used where none is named."""
BUILT_IN = (DEFAULT, "vinay-darbelnet", "molina-hurtado")

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_KEY = re.compile(r"[a-z0-9]")
_RULE_NAME = "a name has small letters, digits and hyphens, 40 at most: {name}"


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Hold a text in English and Spanish; where one is missing, the other stands for both."""

    en: str = ""
    es: str = ""

    def __call__(self, lang: str) -> str:
        """Give the text in a language, or in the other one."""
        return (self.es or self.en) if lang.startswith("es") else (self.en or self.es)

    def __bool__(self) -> bool:
        return bool(self.en or self.es)


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Hold a pair of sentences, or of parts of them, which the label fits; the text in `en` was there first."""

    en: str
    es: str


class Label(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Hold a label: its name in data, the key that gives it, what it is called, what it means, and examples."""

    name: str
    key: str
    title: Words
    definition: Words = Words()
    examples: tuple[Example, ...] = ()


class Scheme(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Hold a scheme: its name in data, what it is called, the work it follows, and its labels in order."""

    scheme: str
    title: Words
    labels: tuple[Label, ...]
    source: str = ""
    note: Words = Words()

    @property
    def names(self) -> tuple[str, ...]:
        """Give the names of the labels."""
        return tuple(label.name for label in self.labels)

    def label(self, name: str) -> Label | None:
        """Give a label by its name, None where there is none."""
        return next((label for label in self.labels if label.name == name), None)

    def with_key(self, key: str) -> Label | None:
        """Give the label of a key, None where there is none."""
        return next((label for label in self.labels if label.key == key), None)


def load(path: Path) -> Scheme:
    """Read a scheme; raise FormatError, with line and field, for a file that breaks the rules, OSError for none."""
    file = YamlFile.load(path)
    if not isinstance(file.values, dict):
        raise FormatError(path, "a scheme of annotation is wanted: scheme, title, labels")
    found: Scheme = file.convert(Scheme)
    for element, template, fields in _faults(found):
        raise file.error(element, template, **fields)
    return found


def _faults(scheme: Scheme) -> Iterator[tuple[str, str, dict[str, object]]]:
    """Give what is wrong with a scheme, as the element, a template and its fields."""
    if not _NAME.fullmatch(scheme.scheme):
        yield "scheme", _RULE_NAME, {"name": scheme.scheme}
    if not scheme.title:
        yield "title", "a title is wanted, in English or Spanish", {}
    if not scheme.labels:
        yield "labels", "a scheme has one label at least", {}
    names: set[str] = set()
    keys: set[str] = set()
    for number, label in enumerate(scheme.labels):
        element = f"labels[{number}]"
        if not _NAME.fullmatch(label.name):
            yield f"{element}.name", _RULE_NAME, {"name": label.name}
        if label.name in names:
            yield f"{element}.name", "two labels are called {name}", {"name": label.name}
        if not _KEY.fullmatch(label.key):
            yield f"{element}.key", "a key is one small letter or digit: {key}", {"key": label.key}
        if label.key in keys:
            yield f"{element}.key", "two labels have the key {key}", {"key": label.key}
        if not label.title:
            yield f"{element}.title", "a title is wanted, in English or Spanish", {}
        names.add(label.name)
        keys.add(label.key)


@functools.cache
def built_in(name: str) -> Scheme:
    """Give a scheme that is built in; KeyError where none has that name."""
    if name not in BUILT_IN:
        raise KeyError(name)
    with resources.as_file(resources.files(__package__).joinpath("schemes", f"{name}.yaml")) as path:
        return load(path)


def dumps(scheme: Scheme) -> str:
    """Write a scheme as YAML, to be edited and read again."""
    import yaml

    text: str = yaml.safe_dump(_plain(msgspec.to_builtins(scheme)), allow_unicode=True, sort_keys=False, width=110)
    return text


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        order = {"scheme": 0, "name": 0, "key": 1, "title": 2, "source": 3, "note": 4}
        return {key: _plain(one) for key, one in sorted(value.items(), key=lambda item: order.get(item[0], 9))}
    return [_plain(one) for one in value] if isinstance(value, (list, tuple)) else value


def packed(scheme: Scheme) -> str:
    """Write a scheme as JSON, as a corpus keeps it."""
    return msgspec.json.encode(scheme).decode()


def unpacked(text: str) -> Scheme:
    """Read what `packed` wrote."""
    return msgspec.json.decode(text, type=Scheme)
