"""Large translation memories: read unit by unit, and brought into a corpus.

The memory is made up: English and Spanish words in random order, from a fixed seed. "plain" has texts only; "said" has
a name, a date, people and a property with each unit, as translation programs write them, which a corpus keeps. Each
figure comes from a process of its own, in CPU seconds; MB is the most memory it had.
`python -m tests.bench.memories [UNITS]` makes a smaller or larger memory.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from ._table import Table, render

UNITS = 500_000
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4"><header creationtool="bench" creationtoolversion="1" '
    'segtype="sentence" o-tmf="x" adminlang="en" srclang="en-US" datatype="plaintext"/>\n<body>\n'
)
ENGLISH = ("the", "of", "court", "state", "rights", "report", "people", "evidence", "law", "country", "years", "army")
SPANISH = ("la", "de", "corte", "estado", "derechos", "informe", "gente", "prueba", "ley", "país", "años", "ejército")


def tables(gold: Path, size: int = UNITS) -> Iterator[Table]:
    """Make both memories, and measure."""
    yield Table("", list(_rows(size)))


def _rows(size: int) -> Iterator[dict[str, object]]:
    with tempfile.TemporaryDirectory() as folder:
        for kind in ("plain", "said"):
            path = Path(folder) / f"{kind}.tmx"
            write(path, size, said=kind == "said")
            row: dict[str, object] = {"memory": kind, "size MB": round(path.stat().st_size / 1e6)}
            for task in ("read", "add"):
                row |= _measured(task, path)
            yield row
            path.unlink()


def write(path: Path, size: int, *, said: bool) -> None:
    """Write a memory of so many units."""
    rng = random.Random(7)
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        for number in range(size):
            length = rng.randint(8, 30)
            texts = [" ".join(rng.choices(words, k=length)) + f" {number}." for words in (ENGLISH, SPANISH)]
            day = f"2021{number % 12 + 1:02}{number % 28 + 1:02}T{number % 24:02}{number % 60:02}00Z"
            about = f' tuid="u{number}" creationdate="{day}" creationid="ana" changeid="luis"' if said else ""
            prop = f'<prop type="x-project">P{number // 5000}</prop>' if said else ""
            sides = zip(("en-US", "es-PE"), texts, strict=True)
            variants = "".join(f'<tuv xml:lang="{lang}"><seg>{text}</seg></tuv>' for lang, text in sides)
            file.write(f"<tu{about}>{prop}{variants}</tu>\n")
        file.write("</body></tmx>\n")


def _measured(task: str, path: Path) -> dict[str, object]:
    command = [sys.executable, "-m", "tests.bench.memories", task, str(path)]
    done = subprocess.run(command, capture_output=True, check=True, text=True, cwd=Path(__file__).parents[2])
    told: dict[str, object] = json.loads(done.stdout)
    return told


def _read(path: Path) -> dict[str, object]:
    from bialign.readers.bilingual.large import large

    found = large(path)
    assert found is not None
    start = time.process_time()
    count = sum(1 for _ in found.segments())
    return {"read/s": round(count / (time.process_time() - start)), "MB": _most()}


def _add(path: Path) -> dict[str, object]:
    from bialign import Corpus
    from bialign.corpus.adding import Settings
    from bialign.corpus.bilingual import add_bilingual

    goal = path.with_suffix(".bialign")
    with Corpus.create(goal) as corpus:
        start = time.process_time()
        add_bilingual(corpus, path, "", Settings())
        seconds = time.process_time() - start
        (info,) = corpus.bitexts()
    return {
        "brought in/s": round(info.beads / seconds),
        "MB then": _most(),
        "corpus MB": round(goal.stat().st_size / 1e6),
    }


def _most() -> int:
    import resource  # not on Windows

    if sys.platform == "linux":
        # what getrusage tells of a new process is never less than its parent's was
        with Path("/proc/self/status").open(encoding="ascii") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("VmHWM")) >> 10
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(most / (1 << 20 if sys.platform == "darwin" else 1 << 10))


if __name__ == "__main__":
    if len(sys.argv) == 3:
        print(json.dumps({"read": _read, "add": _add}[sys.argv[1]](Path(sys.argv[2]))))
    else:
        for table in tables(Path(os.environ.get("BIALIGN_GOLD", ".")), int(sys.argv[1]) if sys.argv[1:] else UNITS):
            print(render(table.rows))
