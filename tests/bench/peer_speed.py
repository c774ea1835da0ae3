"""Speed beside the peers: the same sentences, the same encoder, its time included.

Pairs of sentences from Europarl, aligned in processes of their own after a first small document (so that weights are
loaded and what is compiled is compiled), by one thread or by as many as there are cores, as each is faster. Bertalign
and sentweave are set to beads of up to 5 segments, and encode each run of up to 4 or 5 sentences as a text of its own
with the encoder's package; bialign considers beads of up to 8-1 and encodes the text once. galechurch uses no vectors.
"×" is the peer's time over bialign's, "growth" the power of the number of sentences that time grows with between the
first size and the last: 1 is in proportion, 2 with the square. BIALIGN_BENCH_LONG=1 adds 10,000 sentences.
"""

import math
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ._machine import cores
from ._table import Table
from .peers import available, run_worker

SIZES = (1_000, 2_000, 5_000, *([10_000] if os.environ.get("BIALIGN_BENCH_LONG") else []))
BOTH = 2_000  # up to here one thread and all cores are both tried, beyond it what was faster
LONGEST = 600.0  # seconds expected, beyond which a peer is not run at the next size
SETTINGS: dict[str, dict[str, Any]] = {
    "bertalign": {"max_align": 5},
    "sentweave": {"alignment_max_size": 5},
    "galechurch": {"max_block_size": 10**9},
}


def tables(gold: Path) -> Iterator[Table]:
    """Yield seconds and ratios a size, then memory."""
    pairs = gold / "parallel" / "europarl-sample" / "pairs.tsv"
    lines = [tuple(line.split("\t")[:2]) for line in pairs.read_text(encoding="utf-8").splitlines()[: max(SIZES)]]
    ready, missing = available()
    pythons = {"bialign": Path(sys.executable)} | {p.name: p.interpreter() for p in ready if p.name in SETTINGS}
    results: dict[int, dict[str, dict[str, Any]]] = {}
    stopped = set()
    threads: dict[str, int] = {}
    before = 0
    for size in SIZES:
        source, target = _sides(lines[:size])
        results[size] = {}
        for name, python in pythons.items():
            last = results[before].get(name) if before else None
            # a peer's time grows at least in proportion
            if name in stopped or (last and last["seconds"] * size / before > LONGEST):
                stopped.add(name)
                continue
            print(f"peer_speed: {name}, {size:,} + {size:,}", file=sys.stderr, flush=True)
            # BLAS threads that fight for a busy core cost ten times the time: each system runs as it runs best
            tried = sorted({1, cores()}) if size <= BOTH or name not in threads else [threads[name]]
            found = {count: _measure(name, python, source, target, count) for count in tried}
            threads[name] = min(found, key=lambda count: found[count]["seconds"])
            results[size][name] = found[threads[name]]
        before = size
    yield Table("Seconds:", [*_rows(results, list(pythons)), _growth(results, list(pythons))])
    yield Table("Peak memory in MB, encoder included:", _memory(results, list(pythons)))
    notes = [f"{name} was left out: {why}." for name, why in missing.items() if name in SETTINGS]
    if notes:
        yield Table("\n".join(notes), ())


def _sides(lines: Sequence[tuple[str, ...]]) -> tuple[list[str], list[str]]:
    source, target = ([" ".join(line[side].split()) or "." for line in lines] for side in range(2))
    return source, target


def _measure(name: str, python: Path, source: list[str], target: list[str], threads: int) -> dict[str, Any]:
    (result,) = run_worker(python, name, [(source, target)], SETTINGS.get(name, {}), threads=threads, given=False)
    if result.get("error"):
        raise RuntimeError(f"{name}: {result['error']}")
    return result


def _rows(results: dict[int, dict[str, dict[str, Any]]], names: list[str]) -> Iterator[dict[str, object]]:
    for size, row in results.items():
        line: dict[str, object] = {"sentences": f"{size:,} + {size:,}"}
        for name in names:
            line[name] = float(row[name]["seconds"]) if name in row else "–"
            if name != "bialign":
                line[f"× {name}"] = row[name]["seconds"] / row["bialign"]["seconds"] if name in row else "–"
        yield line


def _growth(results: dict[int, dict[str, dict[str, Any]]], names: list[str]) -> dict[str, object]:
    line: dict[str, object] = {"sentences": "growth"}
    for name in names:
        sizes = [size for size, row in results.items() if name in row]
        times = [results[size][name]["seconds"] for size in (sizes[0], sizes[-1])]
        line[name] = math.log(times[1] / times[0]) / math.log(sizes[-1] / sizes[0]) if len(sizes) > 1 else "–"
    return line


def _memory(results: dict[int, dict[str, dict[str, Any]]], names: list[str]) -> Iterator[dict[str, object]]:
    for size, row in results.items():
        yield {"sentences": f"{size:,} + {size:,}", **{n: row[n].get("MB", "–") if n in row else "–" for n in names}}
