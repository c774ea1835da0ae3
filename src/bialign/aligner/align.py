"""The stages of the aligner, chained."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from bialign import __version__
from bialign.aligner.band import Band
from bialign.aligner.evidence import Evidence, TextSide, single_band
from bialign.aligner.features import lattice_features
from bialign.aligner.lattice import LONGEST_SPAN, Lattice, best_path, forward_backward
from bialign.aligner.lengths import align_by_length
from bialign.aligner.scan import likely_places
from bialign.aligner.weights import Weights, default_weights
from bialign.bitext import Bead, Move, Span, null_beads
from bialign.encode import Encoder, default_encoder
from bialign.encode.compute import one_blas_thread

Progress = Callable[[str, float], None]
METHODS = ("vectors", "lengths")
_WIDEST = 64


@dataclass(frozen=True, slots=True)
class AlignOptions:
    """Hold the settings of an alignment; `str` of it, with encoder and weights, is the signature of the result.

    `margin`: segments the band reaches to each side of the coarse path. `floor`: posterior below which the first pass
    drops a cut. `method`: "vectors", or "lengths" for Gale & Church's alignment by sentence lengths alone.
    """

    margin: int = 8
    floor: float = 1e-4
    method: str = "vectors"

    def __post_init__(self) -> None:
        if self.method not in METHODS:
            raise ValueError(f"method must be one of {', '.join(METHODS)}")
        if self.margin < 1 or not 0 < self.floor < 1:
            raise ValueError("margin must be at least 1, floor between 0 and 1")

    def __str__(self) -> str:
        return f"margin:{self.margin};floor:{self.floor:g}" if self.method == "vectors" else f"method:{self.method}"


@dataclass(frozen=True, slots=True)
class Alignment:
    """Hold the beads that tile both sequences, the moves among their null beads, and the signature."""

    beads: tuple[Bead, ...]
    moves: tuple[Move, ...] = ()
    signature: str = field(default="", compare=False)


def align_texts(
    source: Sequence[str],
    target: Sequence[str],
    *,
    options: AlignOptions | None = None,
    source_paragraphs: Sequence[int] | None = None,
    target_paragraphs: Sequence[int] | None = None,
    encoder: Encoder | None = None,
    weights: Weights | None = None,
    progress: Progress | None = None,
) -> Alignment:
    """Align two texts given as their segments in order.

    `source_paragraphs` and `target_paragraphs` give each segment's paragraph number. `progress` is called with the name
    of a stage and the part of it that is done. Equal inputs and settings give equal beads.
    """
    options = options or AlignOptions()
    if options.method == "lengths":
        by_length = align_by_length(source, target, source_paragraphs, target_paragraphs)
        return Alignment(tuple(by_length), (), f"bialign:{__version__};{options}")
    encoder, weights = encoder or default_encoder(), weights or default_weights()
    say = progress or _silent
    signature = f"bialign:{__version__};encoder:{encoder.name};weights:{weights.name};{options}"
    if not source or not target:
        beads = null_beads(Span(0, len(source)), Span(0, len(target)))
        return Alignment(tuple(beads), (), signature)
    sides = []
    for name, sentences, paragraphs in (("source", source, source_paragraphs), ("target", target, target_paragraphs)):
        stage = f"encode {name}"
        spans = encoder.spans(sentences, LONGEST_SPAN, partial(say, stage))
        sides.append(TextSide.of(sentences, spans, paragraphs))
    say("align", 0.0)
    with one_blas_thread():
        beads = _decode(sides[0], sides[1], options, weights, say)
    say("align", 1.0)
    return Alignment(tuple(beads), (), signature)


def _silent(stage: str, done: float) -> None:
    """Tell nobody."""


def _decode(source: TextSide, target: TextSide, options: AlignOptions, weights: Weights, say: Progress) -> list[Bead]:
    """Find the best path, in a wider band where it comes near a border of the band."""
    margin, shorter = options.margin, min(len(source), len(target))
    if shorter <= 2 * margin:
        margin = max(margin, shorter)  # the band would leave little out, only to be widened
    # texts of wildly unequal length run along the border however wide the band is: there is an end to widening it
    widest = max(margin, _WIDEST)
    while True:
        band = single_band(source, target, margin)
        evidence = Evidence.of(source, target, band)
        say("align", 0.5)
        beads = _align_in_band(evidence, options.floor, weights)
        if beads and not _touches(beads, band, len(target)):
            return beads
        if margin >= min(widest, max(len(source), len(target))):
            return beads
        margin = min(2 * margin, widest)


def _align_in_band(evidence: Evidence, floor: float, weights: Weights) -> list[Bead]:
    while True:
        places, _ = likely_places(evidence, weights.scan, floor)
        lattice = Lattice.of(evidence.band, places)
        features = lattice_features(evidence, lattice)
        score = (features @ weights.lattice.astype(np.float32)).astype(np.float64)
        extension = lattice.null_extension(weights.extensions)
        path = best_path(lattice, score, extension)
        if path or floor < 1e-30:
            break
        floor **= 2  # dropping cuts has cut every path: keep more of them
    posterior = forward_backward(lattice, score, extension).posterior
    return [_bead(lattice, edge, float(posterior[edge])) for edge in path]


def _bead(lattice: Lattice, edge: int, probability: float) -> Bead:
    start, end = int(lattice.start[edge]), int(lattice.end[edge])
    source = Span(int(lattice.i[start]), int(lattice.i[end]))
    return Bead(source, Span(int(lattice.j[start]), int(lattice.j[end])), probability)


def _touches(beads: list[Bead], band: Band, target_size: int) -> bool:
    """Tell whether the path runs along a border of the band that is not a border of the texts."""
    i = np.array([bead.source.start for bead in beads])
    j = np.array([bead.target.start for bead in beads])
    low, high = band.lo[i], band.hi[i]
    return bool((((j == low) & (low > 0)) | ((j == high) & (high < target_size))).any())
