"""Weights that have not seen what they are judged on: trained when first needed, then kept in the cache.

The key of a kept file covers the code of the aligner and the encoder and the novels themselves, so that a change to any
of these trains anew, and a second run of any bench trains nothing.
"""

import multiprocessing
import os
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import bialign
from bialign.aligner import align_texts
from bialign.aligner.training import GoldDocument, collect, train_on
from bialign.aligner.weights import Weights, default_weights
from bialign.bitext import Bead
from bialign.encode import Encoder, SpanVectors, default_encoder
from bialign.gold import read_gold, sample, training_set

from ._machine import cores
from .peers.cache import cache_folder, code_digest, digest, files_digest

NOVELS = "transread-en-fr"
ONE_THREAD = dict.fromkeys(("BIALIGN_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
_state: dict[str, Any] = {}


def novels(gold: Path) -> list[GoldDocument]:
    """Read the novels, the one set with human gold that is large enough to be trained on."""
    return read_gold(gold / "align" / NOVELS)


def weights_without(gold: Path, left_out: Sequence[Sequence[str]], sets: Sequence[str] = (NOVELS,)) -> list[Weights]:
    """Give, for each group of documents and whole sets left out, weights trained on the rest of `sets`.

    Several groups are trained at once, in processes.
    """
    files = [_file(gold, names, sets) for names in left_out]
    todo = [n for n, file in enumerate(files) if not file.exists()]
    if todo:
        workers = min(len(todo), cores())
        print(f"training {len(todo)} sets of weights in {workers} processes", file=sys.stderr, flush=True)
        start = time.perf_counter()
        context = multiprocessing.get_context("spawn")  # as threads have run here
        with environment(ONE_THREAD), ProcessPoolExecutor(workers, context, _prepare, (gold, sets)) as pool:
            jobs = {pool.submit(_train, tuple(left_out[n])): n for n in todo}
            for done, job in enumerate(as_completed(jobs), 1):
                n = jobs[job]
                part = files[n].with_suffix(".part")
                part.write_text(job.result(), encoding="utf-8")
                part.replace(files[n])
                name = ", ".join(left_out[n]) or "nothing"
                seconds = time.perf_counter() - start
                print(f"  {done} of {len(todo)}: {name} left out, {seconds:.0f} s", file=sys.stderr, flush=True)
    return [Weights.load(file) for file in files]


@cache
def unseen_weights(gold: Path) -> dict[str, Weights]:
    """Give, for each set the shipped weights have seen, weights trained like them on their other sets."""
    sets = [name for name in default_weights().name.split("+") if (gold / "align" / name).is_dir()]
    seen = [name for name in sets if name != NOVELS]
    return dict(zip(seen, weights_without(gold, [[name] for name in seen], sets), strict=True))


def _file(gold: Path, names: Sequence[str], sets: Sequence[str]) -> Path:
    package = Path(bialign.__file__).parent
    code = [*package.glob("aligner/*.py"), *package.glob("encode/*.py"), package / "gold.py"]
    vectors = package.glob("encode/*.npy")
    texts = [files_digest((gold / "align" / name).iterdir()) for name in sets]
    key = digest(code_digest(code), files_digest(vectors), *texts)
    return cache_folder("weights", key) / f"without-{digest(sorted(names))[:12]}.yaml"


@contextmanager
def environment(settings: dict[str, str]) -> Iterator[None]:
    """Set environment variables while the block runs, for the processes started in it."""
    before = {name: os.environ.get(name) for name in settings}
    os.environ.update(settings)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _prepare(gold: Path, sets: Sequence[str]) -> None:
    """Encode the documents once a process."""
    documents = {name: training_set(sample(read_gold(gold / "align" / name))) for name in sets}
    _state["documents"] = [(name, document) for name in sets for document in documents[name]]
    _state["evidence"] = collect([document for _, document in _state["documents"]])


def _train(left_out: tuple[str, ...]) -> str:
    kept = [
        (document, evidence)
        for (name, document), evidence in zip(_state["documents"], _state["evidence"], strict=True)
        if not {name, document.name.split(",")[0]} & set(left_out)
    ]
    about = {"name": "bench", "left out": ", ".join(left_out)}
    return train_on(*zip(*kept, strict=True), about=about).dumps()


@cache
def novel_alignments(gold: Path) -> list[tuple[GoldDocument, Sequence[Bead]]]:
    """Align each novel, by weights trained on the others."""
    documents = novels(gold)
    weights = weights_without(gold, [*([document.name] for document in documents), []])
    pairs = zip(documents, weights[:-1], strict=True)
    return [(document, align_texts(document.source, document.target, weights=which).beads) for document, which in pairs]


@cache
def alignments(gold: Path, name: str, weights: Weights) -> list[tuple[GoldDocument, Sequence[Bead]]]:
    """Align each document of a set."""
    documents = read_gold(gold / "align" / name)
    return [(document, align_texts(document.source, document.target, weights=weights).beads) for document in documents]


class RememberingEncoder:
    """Keep the vectors of the last texts, as the benches align the same texts by several weights."""

    def __init__(self, encoder: Encoder, most: int = 16) -> None:
        self.name, self._encoder, self._most = encoder.name, encoder, most
        self._kept: dict[tuple[int, tuple[str, ...]], SpanVectors] = {}

    def spans(self, sentences: Sequence[str], longest: int, progress: Any = None) -> SpanVectors:
        key = longest, tuple(sentences)
        if key not in self._kept:
            while len(self._kept) >= self._most:
                del self._kept[next(iter(self._kept))]
            self._kept[key] = self._encoder.spans(sentences, longest, progress)
        return self._kept[key]


REMEMBERING = RememberingEncoder(default_encoder())
