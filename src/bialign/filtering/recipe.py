"""The recipe of a filter: its rules in order, as YAML; what is no rule, parameter or value is refused by its line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from bialign.errors import FormatError, ReadError
from bialign.filtering.rules import RULES, Rule, parameters
from bialign.yaml_lines import YamlFile

NOT_BY_DEFAULT = frozenset({"similarity"})


class _Recipe(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    version: int
    rules: list[Any]


def default_rules() -> tuple[Rule, ...]:
    """Give the rules that are applied without a recipe."""
    return tuple(kind() for name, kind in RULES.items() if name not in NOT_BY_DEFAULT)


def name_of(rule: Rule) -> str:
    """Give the name of a rule.

    >>> name_of(RULES["copy"]())
    'copy'
    """
    return next(name for name, kind in RULES.items() if type(rule) is kind)


def load_rules(path: Path) -> tuple[Rule, ...]:
    """Read a recipe; raises ReadError where it is not there, FormatError with the line for what is wrong in it."""
    if not path.is_file():
        raise ReadError(path, "no such file; check the name and the folder")
    file = YamlFile.load(path)
    if file.values is None:
        raise FormatError(path, "the recipe is empty")
    recipe: _Recipe = file.convert(_Recipe)
    if recipe.version != 1:
        raise file.error("version", "recipe version {version} is not known to this bialign", version=recipe.version)
    if not recipe.rules:
        raise file.error("rules", "the recipe names no rules")
    return tuple(_rule(file, f"rules[{number}]", entry) for number, entry in enumerate(recipe.rules))


def _rule(file: YamlFile, element: str, entry: object) -> Rule:
    """Make a rule of its entry: a name alone, or a name with parameters."""
    name: object = entry
    given: object = None
    if isinstance(entry, dict) and len(entry) == 1:
        ((name, given),) = entry.items()
    if not isinstance(name, str) or not name:
        raise file.error(element, "a rule is a name, or one name with its parameters: - length: {{words: 100}}")
    inner = f"{element}.{name}" if isinstance(entry, dict) else element
    if name not in RULES:
        known = ", ".join(RULES)
        raise file.error(inner, "no rule is called {name}; there are: {known}", name=name, known=known)
    rule: Rule = file.convert(RULES[name], inner, {} if given is None else given)
    wrong = rule.check()
    if wrong:
        value = parameters(rule)[wrong]
        raise file.error(f"{inner}.{wrong}", "{name} cannot be {value}", name=wrong, value=value)
    return rule


def written(rules: Sequence[Rule], say: Callable[[str], str] = str) -> Iterator[str]:
    """Give a recipe as YAML that `load_rules` reads, with what each rule leaves out; `say` may translate that."""
    yield "version: 1\nrules:\n"
    for rule in rules:
        told = ", ".join(f"{name}: {_yaml(value)}" for name, value in parameters(rule).items())
        line = f"  - {name_of(rule)}: {{{told}}}" if told else f"  - {name_of(rule)}"
        yield f"{line:<52} # {say(rule.meaning)}\n"


def _yaml(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
