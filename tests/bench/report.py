"""A report on a large corpus: seconds and memory, part by part.

The corpus holds pairs of the folder `parallel` (Europarl and Tatoeba, English-Spanish) in texts of 5,000 beads, in two
groups, with a glossary of its own; each report is made in a process of its own, by the code of `bialign report`. "s" is
wall time with what other programs did meanwhile, MB the most memory the process had. The parts are in CPU seconds: what
a part takes while texts are read, and then for its plots and tables.
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

from ._table import Table
from .memories import _most

SIZES = (10_000, 50_000, 100_000)
EACH = 5_000
GLOSSARY = {
    "commission": "comisión",
    "member state": "Estado miembro",
    "parliament": "parlamento",
    "council": "consejo",
    "president": "presidente",
    "report": "informe",
    "directive": "directiva",
    "human rights": "derechos humanos",
}


def tables(gold: Path) -> Iterator[Table]:
    """Measure corpora of several sizes."""
    yield Table("", list(_rows(gold)))


def _rows(gold: Path) -> Iterator[dict[str, object]]:
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "corpus.bialign"
            build(gold, path, size)
            command = [sys.executable, "-m", "tests.bench.report", str(path)]
            done = subprocess.run(command, capture_output=True, check=True, text=True, cwd=Path(__file__).parents[2])
            yield {"beads": f"{size:,}", **json.loads(done.stdout)}


def build(gold: Path, path: Path, size: int) -> None:
    """Make a corpus of so many beads, with a glossary."""
    from bialign import Corpus
    from bialign.store import Pair
    from bialign.termbase import Concept, Term, Termbase

    folder = gold / "parallel"
    pairs = [
        line.split("\t")[:2]
        for name in ("europarl-sample", "tatoeba")
        for line in (folder / name / "pairs.tsv").read_text(encoding="utf-8").splitlines()
        if line.count("\t")
    ]
    rng = random.Random(11)
    with Corpus.create(path) as corpus:
        for number in range(0, size, EACH):
            chosen = [pairs[(number + n) % len(pairs)] for n in range(EACH)]
            corpus.add_pairs(f"text {number // EACH + 1}", (Pair((s,), (t,), rng.betavariate(9, 1)) for s, t in chosen))
        concepts = tuple(
            Concept(f"c{number}", terms=(Term(english, "en"), Term(spanish, "es")))
            for number, (english, spanish) in enumerate(GLOSSARY.items())
        )
        corpus.set_glossary(Termbase(("en", "es"), concepts))


def _measured(path: Path) -> dict[str, object]:
    from bialign import Corpus
    from bialign.study import report as reports
    from bialign.study.report import blocks, parts

    spent: dict[str, float] = {}

    def timed(part: blocks.Part, name: str) -> None:
        done = getattr(part, name)

        def run(*given: object) -> object:
            start = time.process_time()
            try:
                found = done(*given)
                return iter(list(found)) if name == "tables" else found
            finally:
                key = type(part).__name__.lower()
                spent[key] = spent.get(key, 0.0) + time.process_time() - start

        setattr(part, name, run)

    made_parts = parts.parts_of

    def watched(*given: object, **options: object) -> list[blocks.Part]:
        found: list[blocks.Part] = made_parts(*given, **options)  # type: ignore[arg-type]
        for part in found:
            for name in ("add", "section", "tables"):
                timed(part, name)
        return found

    parts.parts_of = watched
    began, cpu = time.perf_counter(), time.process_time()
    with Corpus(path) as corpus:
        names = [info.name for info in corpus.bitexts()]
        groups = {name: {"half": "ab"[number % 2]} for number, name in enumerate(names)}
        reports.write(reports.report(corpus, groups=groups), path.with_name("report.html"))
    told: dict[str, object] = {
        "s": round(time.perf_counter() - began, 1),
        "CPU s": round(time.process_time() - cpu, 1),
        "MB": _most(),
    }
    return told | {name: round(seconds, 1) for name, seconds in spent.items() if seconds > 0.05}


if __name__ == "__main__":
    os.environ.setdefault("PYTHONHASHSEED", "0")
    print(json.dumps(_measured(Path(sys.argv[1]))))
