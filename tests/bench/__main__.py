"""Run benches: ``python -m tests.bench [NAME ...] [--write FILE]``; BIALIGN_GOLD names the gold sets.

Without names all are run. ``--write docs/benchmarks.md`` puts each bench's tables into its section of that page as soon
as they are there, and leaves the other sections as they are.
"""

import argparse
import importlib
import os
import pkgutil
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

from ._machine import machine
from ._page import Page, Section, versions_line
from ._table import Table, render

HERE = Path(__file__).parent
ORDER = ("accuracy", "calibration", "stress", "peer_speed", "speed")


def benches() -> list[str]:
    """Name the modules of this folder that measure something, in the order of the page."""
    found = [m.name for m in pkgutil.iter_modules([str(HERE)]) if not m.ispkg and not m.name.startswith("_")]
    return sorted(found, key=lambda name: (ORDER.index(name) if name in ORDER else len(ORDER), name))


def measure(name: str, gold: Path) -> Section:
    """Run one bench and give its section of the page."""
    module = importlib.import_module(f".{name}", __package__)
    title, _, words = (module.__doc__ or name).strip().partition("\n\n")
    start = time.perf_counter()
    parts = [words.strip()]
    for table in tables_of(module, gold):
        rows = list(table.rows)
        parts += [table.words, render(rows) if rows else ""]
    seconds = time.perf_counter() - start
    return Section(name, " ".join(title.split()).rstrip("."), "\n\n".join(filter(None, parts)), seconds)


def tables_of(module: ModuleType, gold: Path) -> Iterable[Table]:
    """Give a bench's tables; one that has a single table needs only ``rows``."""
    return module.tables(gold) if hasattr(module, "tables") else [Table("", module.rows(gold))]


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measure bialign on gold sets.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(benches())}; all by default")
    parser.add_argument("--write", type=Path, metavar="FILE", help="put the tables into this page")
    given = parser.parse_args(arguments)
    folder = os.environ.get("BIALIGN_GOLD", "")
    if not Path(folder or "?").is_dir():
        print("make bench measures on gold sets that are not part of the repository:", file=sys.stderr)
        print("name their folder, as in  BIALIGN_GOLD=/path/to/gold make bench", file=sys.stderr)
        return 2
    if unknown := sorted(set(given.names) - set(benches())):
        print(f"no bench is called {unknown[0]}; there are {', '.join(benches())}", file=sys.stderr)
        return 2
    print(f"{versions_line()}\n\n{machine()}\n", flush=True)
    for name in given.names or benches():
        section = measure(name, Path(folder))
        print(section.text() + "\n", flush=True)
        if given.write:
            # read anew: another run may have written its own section meanwhile
            Page.load(given.write, benches()).with_section(section).save(given.write)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
