"""The stages of the aligner, chained."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from bialign import __version__
from bialign.aligner.band import Floats, Ints
from bialign.aligner.constraints import Constraints, Rules
from bialign.aligner.evidence import Evidence, TextSide, single_band
from bialign.aligner.features import lattice_features
from bialign.aligner.lattice import LONGEST_SPAN, Doubles, Lattice, best_path, forward_backward, null_posterior
from bialign.aligner.lengths import align_by_length
from bialign.aligner.moves import find_moves
from bialign.aligner.scan import likely_places
from bialign.aligner.weights import Weights, default_weights
from bialign.bitext import Bead, Move, Span, null_beads
from bialign.encode import Encoder, EncoderOfSeveral, SpanVectors, default_encoder
from bialign.encode.compute import one_blas_thread
from bialign.errors import AlignmentError

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
    source_terms: Sequence[Sequence[str]] | None = None,
    target_terms: Sequence[Sequence[str]] | None = None,
    constraints: Constraints | None = None,
    encoder: Encoder | None = None,
    weights: Weights | None = None,
    explain: bool = False,
    progress: Progress | None = None,
) -> Alignment:
    """Align two texts given as their segments in order.

    `source_paragraphs` and `target_paragraphs` give each segment's paragraph number, `source_terms` and `target_terms`
    the names of the concepts each segment has a term for, which count like numbers; `constraints` what the alignment
    must keep to (AlignmentError where it cannot). With `explain` the beads have their reasons. `progress` is called
    with the name of a stage and the part of it that is done. Equal inputs and settings give equal beads.
    """
    options = options or AlignOptions()
    rules = Rules.of(constraints or Constraints(), len(source), len(target))
    if options.method == "lengths":
        if rules:
            raise ValueError("alignment by lengths takes no constraints")
        by_length = align_by_length(source, target, source_paragraphs, target_paragraphs)
        return Alignment(tuple(by_length), (), f"bialign:{__version__};{options}")
    encoder, weights = encoder or default_encoder(), weights or default_weights()
    say = progress or _silent
    signature = f"bialign:{__version__};encoder:{encoder.name};weights:{weights.name};{options}"
    if source_terms is not None and target_terms is not None:
        signature += f";terms:{len({term for held in (*source_terms, *target_terms) for term in held})}"
    if not source or not target:
        beads = null_beads(Span(0, len(source)), Span(0, len(target)))
        return Alignment(tuple(beads), (), signature)
    spans = _encode(encoder, source, target, say)
    sides = (
        TextSide.of(source, spans[0], source_paragraphs, source_terms),
        TextSide.of(target, spans[1], target_paragraphs, target_terms),
    )
    say("align", 0.0)
    with one_blas_thread():
        decoded = decode(sides[0], sides[1], options, weights, rules=rules, say=say)
        beads = decoded.beads
        moves = find_moves(decoded.evidence, beads, weights)
        if explain:
            from bialign.aligner.reasons import explained

            beads = explained(decoded, weights, source, target)
    say("align", 1.0)
    return Alignment(tuple(beads), moves, signature)


def _encode(encoder: Encoder, source: Sequence[str], target: Sequence[str], say: Progress) -> Sequence[SpanVectors]:
    told = partial(say, "encode source"), partial(say, "encode target")
    if isinstance(encoder, EncoderOfSeveral):
        return encoder.spans_each((source, target), LONGEST_SPAN, told)
    return [encoder.spans(text, LONGEST_SPAN, tell) for text, tell in zip((source, target), told, strict=True)]


def _silent(stage: str, done: float) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True, eq=False)
class Decoded:
    """Hold what an alignment was decided on: everything in the band, and the edges of the best path."""

    evidence: Evidence
    lattice: Lattice
    features: Floats  # (edges, len(LATTICE_FEATURES))
    posterior: Doubles  # of each edge
    probability: Doubles  # the same, that of null edges summed over the places where their segment may stand alone
    path: list[int]

    @property
    def beads(self) -> list[Bead]:
        """Give the beads of the path."""
        return [self.bead(edge) for edge in self.path]

    def bead(self, edge: int) -> Bead:
        """Give an edge's bead; a null bead is as likely as it is that its segment has no counterpart."""
        lattice = self.lattice
        start, end = int(lattice.start[edge]), int(lattice.end[edge])
        source = Span(int(lattice.i[start]), int(lattice.i[end]))
        target = Span(int(lattice.j[start]), int(lattice.j[end]))
        return Bead(source, target, min(float(self.probability[edge]), 1.0))


def decode(
    source: TextSide,
    target: TextSide,
    options: AlignOptions,
    weights: Weights,
    *,
    rules: Rules,
    say: Progress = _silent,
) -> Decoded:
    """Find the best path, in a wider band where it comes near a border of the band."""
    margin, shorter = options.margin, min(len(source), len(target))
    if shorter <= 2 * margin:
        margin = max(margin, shorter)  # the band would leave little out, only to be widened
    # texts of wildly unequal length run along the border however wide the band is: there is an end to widening it
    widest = min(max(margin, _WIDEST), max(len(source), len(target)))
    limits = rules.corridor()
    while True:
        band = single_band(source, target, margin, rules)
        evidence = Evidence.of(source, target, band)
        say("align", 0.5)
        decoded = _decode_in_band(evidence, options.floor, weights, rules)
        if margin >= widest or not _touches(decoded, *limits):
            return decoded
        margin = min(2 * margin, widest)


def _decode_in_band(evidence: Evidence, floor: float, weights: Weights, rules: Rules) -> Decoded:
    while True:
        places, _ = likely_places(evidence, weights.scan, floor, rules)
        lattice = Lattice.of(evidence.band, places, rules)
        features = lattice_features(evidence, lattice)
        score = (features @ weights.lattice.astype(np.float32)).astype(np.float64)
        extension = lattice.null_extension(weights.extensions)
        path = best_path(lattice, score, extension)
        if path:
            posterior = forward_backward(lattice, score, extension).posterior
            return Decoded(evidence, lattice, features, posterior, null_posterior(lattice, posterior), path)
        if floor < 1e-30:
            raise AlignmentError("no alignment keeps to all the constraints: take one back")
        floor **= 2  # dropping cuts has cut every path: keep more of them


def _touches(decoded: Decoded, lowest: Ints, highest: Ints) -> bool:
    """Tell whether the path runs along a border of the band that is not as far as the texts or constraints let it."""
    band, lattice = decoded.evidence.band, decoded.lattice
    nodes = lattice.start[decoded.path]
    i, j = lattice.i[nodes], lattice.j[nodes]
    low, high = band.lo[i], band.hi[i]
    return bool((((j == low) & (low > lowest[i])) | ((j == high) & (high < highest[i]))).any())
