"""Small batches for tests and benches: texts, manifests, and runs that are killed."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

ENGLISH = ("The bridge was closed at {n} in the morning.", "Nobody knew why.", "{n} people waited on the other side.")
SPANISH = ("El puente se cerró a las {n} de la mañana.", "Nadie sabía por qué.", "{n} personas esperaban al otro lado.")


def write_batch(folder: Path, documents: int = 9, sentences: int = 6) -> Path:
    """Write document pairs that differ, and the manifest that names them; give its path."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = ["id\tsource\ttarget"]
    for number in range(documents):
        for lang, sides in (("en", ENGLISH), ("es", SPANISH)):
            lines = [sides[n % 3].format(n=n + 2 + 7 * number) for n in range(sentences + number)]
            (folder / f"d{number}.{lang}.txt").write_text(" ".join(lines) + "\n", encoding="utf-8")
        rows.append(f"doc {number}\td{number}.en.txt\td{number}.es.txt")
    manifest = folder / "pairs.tsv"
    manifest.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return manifest


def tree(folder: Path) -> dict[str, bytes]:
    """Give all files of a folder, hidden ones too, with what they hold."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def command(manifest: Path, out: Path, *options: str) -> list[str]:
    """Give the command line of a batch."""
    return [sys.executable, "-m", "bialign", "batch", str(manifest), "-o", str(out), *options]


def run_killed(arguments: list[str], times: int, seconds: tuple[float, float], seed: int = 1) -> int:
    """Start a command, kill it at a random moment, `times` over, then let it end; give how often it was killed."""
    draw, killed = random.Random(seed), 0
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    for _ in range(times):
        started = subprocess.Popen(arguments, env=dict(os.environ), **quiet)
        time.sleep(draw.uniform(*seconds))
        started.kill()
        killed += started.wait() < 0
    subprocess.run(arguments, check=True, **quiet)
    return killed
