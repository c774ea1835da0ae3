"""Many documents at once: one process, two, a dask cluster, kills, and the driver's memory.

The documents are those of five gold sets as text files: chapters of a handbook, openings of
books of the Bible (400 verses), news and medicine.
"Speed-up" is by the clock, which other work on the machine spoils: of two runs of each kind, by turns, the quickest
counts. "CPU s" are those of all workers, and their ratio to
one worker's is what parting the work costs. "Idle" is the share of the workers' time between the first job and the last
in which they had none: start-up is before, the tail is in it. All folders are compared byte by byte.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from batches import command, run_killed, tree, write_batch

from ._table import Table

SETS = ("debian-handbook-en-es", "debian-reference-en-es", "ntrex-en-es", "tico19-en-es", "bible-verses-en-es")
LINES = 400
TURNS = 2
PAIRS = 100_000
KILLS = 20

DRIVE = """
import json, resource, sys, time
from pathlib import Path
from bialign.batch import BatchSettings, run
from bialign.batch.pool import Pool
def main():
    kind, manifest, out, log, method = sys.argv[1:]
    if kind.startswith("dask"):
        from distributed import LocalCluster
        from bialign.batch.cluster import Cluster
        who = Cluster(LocalCluster(n_workers=int(kind[4:]), threads_per_worker=1, dashboard_address=None))
    else:
        who = Pool(int(kind[4:]))
    start = time.perf_counter()
    result = run(Path(manifest), Path(out), BatchSettings(method=method), who, log=Path(log))
    own, workers = (resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    unit = 1024 if sys.platform == "linux" else 1024**2
    print(json.dumps({"documents": result.documents, "failed": result.failed, "sentences": result.sentences,
        "seconds": time.perf_counter() - start, "CPU s, workers": workers.ru_utime + workers.ru_stime,
        "CPU s, driver": own.ru_utime + own.ru_stime, "driver, MB": own.ru_maxrss // unit}))
if __name__ == "__main__":
    main()
"""


def tables(gold: Path) -> Iterator[Table]:
    """Yield the tables, each in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        yield Table("The same documents by different workers:", list(_workers(gold, Path(folder))))
    with tempfile.TemporaryDirectory() as folder:
        yield Table("Killed at random moments (-9, driver) and gone on with:", list(_killed(Path(folder))))
    with tempfile.TemporaryDirectory() as folder:
        yield Table(
            "A long manifest of documents of a few sentences, aligned by their lengths, which is quick:",
            list(_long(Path(folder))),
        )


def manifest_of(gold: Path, folder: Path) -> Path:
    """Write the gold documents as text files, and the manifest that names them."""
    rows = ["id\tsource\ttarget"]
    for name in SETS:
        for source in sorted((gold / "align" / name).glob("*.src")):
            row = [f"{name}/{source.stem}"]
            for suffix, lang in ((".src", "en"), (".tgt", "es")):
                row.append(f"{name}.{source.stem}.{lang}.txt")
                lines = source.with_suffix(suffix).read_text(encoding="utf-8").splitlines(keepends=True)
                lines = lines[:LINES] if name.startswith("bible") else lines
                (folder / row[-1]).write_text("".join(lines), encoding="utf-8")
            rows.append("\t".join(row))
    path = folder / "pairs.tsv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def _workers(gold: Path, folder: Path) -> Iterator[dict[str, object]]:
    manifest = manifest_of(gold, folder)
    kinds = {"pool1": "1 process", "pool2": "2 processes", "dask2": "dask, 2 workers"}
    runs: dict[str, list[tuple[dict[str, float], Path]]] = {kind: [] for kind in kinds}
    for turn in range(TURNS):
        for kind in kinds:
            out = folder / f"{kind}-{turn}"
            runs[kind].append((_drive(kind, manifest, out, out.with_suffix(".log")), out))
    best = {kind: min(done, key=lambda run: run[0]["seconds"]) for kind, done in runs.items()}
    first, same = best["pool1"][0], tree(best["pool1"][1])
    for kind, (run, out) in best.items():
        yield {
            "workers": kinds[kind],
            **{key: run[key] for key in ("documents", "sentences", "seconds", "CPU s, workers", "CPU s, driver")},
            "speed-up": first["seconds"] / run["seconds"],
            "CPU ratio": run["CPU s, workers"] / first["CPU s, workers"],
            "idle": _idle(out.with_suffix(".log")),
            "same bytes": "yes" if all(tree(each) == same for _, each in runs[kind]) else "NO",
        }


def _idle(log: Path) -> float:
    """Give the share of time in which workers had no job, between the end of the first job and that of the last."""
    ends: dict[str, list[float]] = {}
    for line in log.read_text(encoding="utf-8").splitlines():
        event = json.loads(line)
        if event["event"] == "done":
            ends.setdefault(event["worker"], []).append(datetime.fromisoformat(event["time"]).timestamp())
    last = max(times[-1] for times in ends.values())
    spans = [last - times[0] for times in ends.values()]
    return sum(last - times[-1] for times in ends.values()) / max(sum(spans), 1e-9)


def _killed(folder: Path) -> Iterator[dict[str, object]]:
    manifest = write_batch(folder / "texts", 120, 60)
    options = ("--workers", "2", "--shard-size", "1")
    subprocess.run(command(manifest, folder / "whole", *options), check=True, capture_output=True)
    start = time.perf_counter()
    killed = run_killed(command(manifest, folder / "out", *options), KILLS, (0.5, 3.0))
    same = tree(folder / "out") == tree(folder / "whole")
    told = {"documents": 120, "killed": killed, "same bytes": "yes" if same else "NO"}
    yield told | {"seconds": time.perf_counter() - start}


def _long(folder: Path) -> Iterator[dict[str, object]]:
    write_batch(folder, 3, 2)
    count = int(os.environ.get("BIALIGN_BENCH_PAIRS", PAIRS))
    manifest = folder / "long.tsv"
    with manifest.open("w", encoding="utf-8") as file:
        file.write("id\tsource\ttarget\n")
        file.writelines(f"document {n}\td{n % 3}.en.txt\td{n % 3}.es.txt\n" for n in range(count))
    run = _drive("pool2", manifest, folder / "out", folder / "log", "lengths")
    yield {key: run[key] for key in ("documents", "failed", "seconds", "CPU s, workers", "CPU s, driver", "driver, MB")}


def _drive(kind: str, manifest: Path, out: Path, log: Path, method: str = "vectors") -> dict[str, float]:
    script = manifest.parent / "drive.py"
    script.write_text(DRIVE, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script), kind, str(manifest), str(out), str(log), method],
        check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])
