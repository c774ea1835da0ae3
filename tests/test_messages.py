"""Everything the command line says exists in Spanish, with the same fields; found by reading the sources themselves."""

import ast
import json
import string
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from bialign import errors
from bialign.charset import _MAGIC
from bialign.cli.app import app
from bialign.cli.command import Argument
from bialign.cli.failures import SYSTEM_ERRORS
from bialign.cli.messages import Messages, choose_language, load_catalogue
from bialign.readers.kinds import UNREADABLE
from bialign.store.database import REASONS
from conftest import REPOSITORY

SOURCES = sorted(REPOSITORY.joinpath("src/bialign").rglob("*.py"))
ERRORS = {name for name in dir(errors) if isinstance(getattr(errors, name), type)} - {"Path"}
SPANISH = load_catalogue("es")

# which argument of a call is a text that people read: by name of what is called
TALK = {"say": (0,), "_say": (0,), "count": (1, 2)}
TEXTS = TALK | {"Remark": (0,), "Reason": (1,), "Boilerplate": (3,), "BialignError": (0,), "AlignmentError": (0,)}
TEXTS |= {"CorpusError": (0,), "NotFound": (0,), "ReadError": (1,), "UnsupportedFile": (1,), "FormatError": (1,)}
# methods that make an error of a template their caller gives, last of all
TEXTS |= {"error": (-1,), "_error": (-1,)}
# what is told of a corpus
TEXTS |= {"Finding": (0,), "Unplaced": (1,)}
# what the doctor says: what is wrong, and what cures it
TEXTS |= {"FileRule": (1, 2)}
# what a missing package is for
TEXTS |= {"MissingExtra": (0,)}


def texts_of(expression: ast.expr | None, function: ast.AST) -> Iterator[str]:
    """Give the strings an expression can be: a literal, either side of a condition, or a name given one nearby."""
    if isinstance(expression, ast.Constant) and isinstance(expression.value, str):
        yield expression.value
    elif isinstance(expression, ast.IfExp):
        yield from texts_of(expression.body, function)
        yield from texts_of(expression.orelse, function)
    elif isinstance(expression, ast.Name):
        for node in ast.walk(function):
            if isinstance(node, ast.Assign) and any(
                isinstance(t, ast.Name) and t.id == expression.id for t in node.targets
            ):
                yield from texts_of(node.value, function)


def talks(path: Path) -> bool:
    """Tell whether a module talks by itself; the others' texts for people are their errors' and remarks' only."""
    return "cli" in path.parts


def called_name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def tallied_texts(function: ast.AST) -> Iterator[str]:
    """Give what writers count in their reports: the keys of ``tally.changes[...]`` and ``tally.left_out[...]``."""
    for node in ast.walk(function):
        if isinstance(node, ast.Subscript) and getattr(node.value, "attr", "") in {"changes", "left_out"}:
            keys = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
            yield from (text for key in keys for text in texts_of(key, function))


def said_texts() -> dict[str, str]:
    """Find the texts in the sources, and where each is said."""
    found: dict[str, str] = {}
    for path in SOURCES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)] or [tree]
        for function in [*functions, tree]:
            found.update(dict.fromkeys(tallied_texts(function), path.name))
            for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
                if called_name(call) in TALK and not talks(path):
                    continue
                for text in call_texts(call, function):
                    found.setdefault(text, f"{path.name}:{call.lineno}")
    return found


def call_texts(call: ast.Call, function: ast.AST) -> Iterator[str]:
    """Give the texts for people among the arguments of a call."""
    name = called_name(call)
    if name == "__init__":
        # the error classes that know their own template
        yield from (text for argument in call.args for text in texts_of(argument, function))
    for position in TEXTS.get(name, ()):
        if -len(call.args) <= position < len(call.args):
            yield from texts_of(call.args[position], function)


def commands_of(command: click.Command) -> Iterator[click.Command]:
    """Give a command and, of a group, those in it."""
    yield command
    for inner in getattr(command, "commands", {}).values():
        yield from commands_of(inner)


def help_texts() -> set[str]:
    """Collect the help of all commands."""
    found: set[str] = set()
    for command in commands_of(app):
        found.update((command.help or "").split("\n\n"))
        for parameter in command.params:
            if isinstance(parameter, Argument):
                found |= {parameter.note, parameter.metavar or ""}
            elif isinstance(parameter, click.Option):
                found.add(parameter.help or "")
                found |= set() if parameter.is_flag else {parameter.metavar or "TEXT"}
    # values that are written the same in both languages
    return found - {"", "en|es"}


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_every_text_in_the_sources_exists_in_spanish():
    missing = {text: place for text, place in said_texts().items() if text not in SPANISH}
    assert not missing


def test_every_help_text_exists_in_spanish():
    assert sorted(help_texts() - set(SPANISH)) == []


def test_no_template_escapes_the_search():
    # a raise whose template is neither a literal nor a nearby name would go untranslated unseen
    hidden = []
    for path in SOURCES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
            raised = [node.exc for node in ast.walk(function) if isinstance(node, ast.Raise)]
            calls = [call for call in raised if isinstance(call, ast.Call) and called_name(call) in ERRORS & set(TEXTS)]
            hidden += [f"{path.name}:{call.lineno}" for call in calls if not any(call_texts(call, function))]
    assert not hidden


def test_words_that_fill_errors_exist_in_spanish():
    words = {*SYSTEM_ERRORS.values(), *(name for _, name in _MAGIC), *UNREADABLE.values(), *REASONS.values()}
    assert sorted(words - set(SPANISH)) == []


def test_catalogue_holds_nothing_that_is_no_longer_said():
    said = help_texts()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                said.add(node.value)
    # the names of stages may be put together in the code: the progress test sees to them
    assert sorted(set(SPANISH) - said - {"encode source", "encode target"}) == []


@pytest.mark.parametrize("english", sorted(SPANISH))
def test_translation_keeps_the_fields(english):
    assert fields(english) == fields(SPANISH[english])


def test_nothing_is_translated_twice():
    text = REPOSITORY.joinpath("src/bialign/cli/locales/es.json").read_text(encoding="utf-8")
    pairs = json.loads(text, object_pairs_hook=lambda pairs: pairs)
    keys = [english for _, section in pairs for english, _ in section]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("arguments", "environment", "lang"),
    [
        ([], {}, "en"),
        ([], {"LANG": "C.UTF-8"}, "en"),
        ([], {"LANG": "es_PE.UTF-8"}, "es"),
        ([], {"LANG": "es_PE.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ([], {"LANG": "en_GB.UTF-8", "BIALIGN_LANG": "es"}, "es"),
        (["align", "--ui-lang", "en"], {"BIALIGN_LANG": "es"}, "en"),
        (["--ui-lang=es"], {}, "es"),
        (["align", "--", "--ui-lang=es"], {}, "en"),
        (["--ui-lang"], {}, "en"),
    ],
)
def test_language_is_chosen(arguments, environment, lang, monkeypatch):
    monkeypatch.setattr("os.name", "posix")
    assert choose_language(arguments, environment) == lang


def test_counts_have_a_singular():
    say = Messages("es")
    assert say.count(1, "{count} bead", "{count} beads") == "1 correspondencia"
    assert say.count(2, "{count} bead", "{count} beads") == "2 correspondencias"
