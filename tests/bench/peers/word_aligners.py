"""Word aligners beside ours: nltk's IBM models in this process, eflomal in an environment of its own.

Each gives links in both directions, which are put together by grow-diag-final-and (Koehn, Och & Marcu 2003), here as
nltk has it. The script is run there with ``--run`` and needs nothing of bialign; it reads a job in JSON from stdin and
writes both directions and the seconds they took.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

Pair = tuple[Sequence[str], Sequence[str]]
Links = set[tuple[int, int]]


def symmetrised(pair: Pair, forward: Links, backward: Links) -> Links:
    """Put both directions' links of a pair together; all are (source, target)."""
    from nltk.translate.gdfa import grow_diag_final_and

    texts = [" ".join(f"{i}-{j}" for i, j in sorted(links)) for links in (forward, backward)]
    return set(grow_diag_final_and(len(pair[0]), len(pair[1]), *texts))


def by_ibm(pairs: Sequence[Pair], model: int, rounds: int = 5) -> tuple[list[Links], float]:
    """Link words by IBM model 1 or 2 of nltk, learned from the pairs themselves; give seconds too."""
    from nltk.translate import AlignedSent, IBMModel1, IBMModel2

    kind = {1: IBMModel1, 2: IBMModel2}[model]
    began = time.process_time()
    directions = []
    for source, target in ((0, 1), (1, 0)):
        # lower case, as eflomal and ours have it
        corpus = [AlignedSent(*([w.lower() for w in pair[side]] for side in (source, target))) for pair in pairs]
        kind(corpus, rounds)  # writes the links into the corpus
        directions.append([{(i, j) for i, j in each.alignment if j is not None} for each in corpus])
    forward, backward = directions
    backward = [{(i, j) for j, i in links} for links in backward]
    links = [symmetrised(*each) for each in zip(pairs, forward, backward, strict=True)]
    return links, time.process_time() - began


def by_eflomal(python: Path, pairs: Sequence[Pair]) -> tuple[list[Links], float]:
    """Link words by eflomal, learned from the pairs themselves; give its seconds too."""
    lines = [[" ".join(word.lower() for word in pair[side]) for pair in pairs] for side in (0, 1)]
    command = [str(python), str(Path(__file__)), "--run"]
    done = subprocess.run(command, input=json.dumps(lines), capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise RuntimeError(f"eflomal: {done.stderr[-1000:]}")
    found = json.loads(done.stdout)
    sides = [
        [{(int(i), int(j)) for i, _, j in (link.partition("-") for link in line.split())} for line in found[name]]
        for name in ("forward", "backward")
    ]
    return [symmetrised(*each) for each in zip(pairs, *sides, strict=True)], found["seconds"]


def main() -> None:
    import eflomal

    source, target = json.loads(sys.stdin.read())
    with tempfile.TemporaryDirectory() as name:
        forward, backward = Path(name, "forward"), Path(name, "backward")
        began, before = time.process_time(), _children()
        eflomal.Aligner().align(source, target, links_filename_fwd=str(forward), links_filename_rev=str(backward))
        seconds = time.process_time() - began + _children() - before
        found = {"seconds": seconds}
        for side in (forward, backward):
            found[side.name] = side.read_text(encoding="utf-8").split("\n")[: len(source)]
    print(json.dumps(found))


def _children() -> float:
    """Give the processor time of the programs that eflomal has run."""
    import os

    times = os.times()
    return times.children_user + times.children_system


if __name__ == "__main__" and sys.argv[1:] == ["--run"]:
    main()
