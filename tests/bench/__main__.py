"""Run the benches, all or those named: ``python -m tests.bench [accuracy ...]``; BIALIGN_GOLD names the gold sets."""

import importlib
import os
import pkgutil
import platform
import sys
import time
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from types import ModuleType

from bialign import __version__

HERE = Path(__file__).parent


def benches() -> list[str]:
    """Name the modules of this folder that measure something."""
    return sorted(module.name for module in pkgutil.iter_modules([str(HERE)]) if not module.name.startswith("_"))


def render(rows: Iterable[Mapping[str, object]]) -> str:
    """Render rows as a Markdown table; the columns come in the order in which the rows first name them."""
    rows = list(rows)
    if not rows:
        return "(nothing measured)"
    columns = list(dict.fromkeys(column for row in rows for column in row))
    cells = [columns, *([show(row.get(column, "")) for column in columns] for row in rows)]
    widths = [max(len(line[position]) for line in cells) for position in range(len(columns))]
    numeric = [isinstance(rows[-1].get(column), int | float) for column in columns]
    lines = [
        "| "
        + " | ".join(
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(line, widths, numeric, strict=True)
        )
        + " |"
        for line in cells
    ]
    dashes = "|".join("-" * (width + 1) + (":" if right else "-") for width, right in zip(widths, numeric, strict=True))
    return "\n".join([lines[0], f"|{dashes}|", *lines[1:]])


def show(value: object) -> str:
    return f"{value:.4f}" if isinstance(value, float) else str(value)


def run(module: ModuleType, gold: Path) -> None:
    """Run one bench and print its table."""
    title = (module.__doc__ or module.__name__).strip().splitlines()[0].rstrip(".")
    print(f"## {title}\n", flush=True)
    start = time.perf_counter()
    if hasattr(module, "rows"):
        print(render(module.rows(gold)))
    else:
        # its arguments are its own, and here it has none
        sys.argv = [str(module.__file__)]
        module.main()
    print(f"\n{time.perf_counter() - start:.0f} s\n", flush=True)


def main(names: list[str]) -> int:
    folder = os.environ.get("BIALIGN_GOLD", "")
    if not Path(folder or "?").is_dir():
        print("make bench measures on gold sets that are not part of the repository:", file=sys.stderr)
        print("name their folder, as in  BIALIGN_GOLD=/path/to/gold make bench", file=sys.stderr)
        return 2
    known = benches()
    if unknown := sorted(set(names) - set(known)):
        print(f"no bench is called {unknown[0]}; there are {', '.join(known)}", file=sys.stderr)
        return 2
    print(f"bialign {__version__}, Python {platform.python_version()}, {os.cpu_count()} cores, {date.today()}\n")
    for name in names or known:
        run(importlib.import_module(f"tests.bench.{name}"), Path(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
