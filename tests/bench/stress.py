"""Stress: texts made hard in ten ways.

Gold documents that the weights of "held out" have not seen (three novels, two books of the Bible, the news and the
medical texts, each of the last two run together into one document) are changed in ways that real texts are: each kind
is made from all of them, by chance with a fixed seed, together with its gold. The peers get the same segments and
vectors, and galechurch stands for both that go by lengths. Bertalign as it comes makes beads of up to 5 segments, so
that some of "verse against prose" and "legal 1-to-many" is out of its reach. Nobody is told where paragraphs begin.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from bialign.aligner import Alignment, align_texts
from bialign.aligner.training import GoldDocument
from bialign.aligner.weights import Weights
from bialign.bitext import Bead, Span
from bialign.evaluate import Score, evaluate
from bialign.gold import read_gold

from ._held_out import NOVELS, REMEMBERING, weights_without
from ._move_scores import MoveScores, score_moves
from ._stressed import Stressed
from ._table import Table, pooled
from ._transformations import KINDS
from .accuracy import HELD_OUT, Results
from .peers import available

BOOKS = ("candide", "emma", "vingtmillelieuessouslesmers")
SCRIPTURE = ("acts", "hosea")


def tables(gold: Path) -> Iterator[Table]:
    """Yield strict and lax F1, a row a kind, and the scores of moves where something moved."""
    documents, unrelated = bases(gold)
    weights = {HELD_OUT: weights_without(gold, [BOOKS])[0]}
    ready, missing = available()
    ready = [
        peer for peer in ready if peer.environment
    ]  # nltk's Gale-Church takes minutes a kind: galechurch is the same
    results: Results = {}
    moves: dict[str, dict[str, MoveScores]] = {}
    counts = {}
    for kind, transform in KINDS.items():
        print(f"stress: {kind}", file=sys.stderr, flush=True)
        made = [transform(document, langs, unrelated[document.name]) for document, langs in documents]
        counts[kind] = sum(len(document.source) + len(document.target) for document in made)
        row = results[kind] = {}
        for label, which in weights.items():
            found = [align(document, which) for document in made]
            row[label] = pooled(evaluate(d.beads, a.beads) for d, a in zip(made, found, strict=True))
            if any(document.moves for document in made):
                scores = (score_moves(d, a.moves) for d, a in zip(made, found, strict=True))
                moves.setdefault(kind, {})[label] = sum(scores, MoveScores.none())
        for peer in ready:
            beads = [result.beads for result in peer.align([(d.source, d.target) for d in made])]
            row[peer.name] = pooled(evaluate(d.beads, b) for d, b in zip(made, beads, strict=True))
    yield Table("Strict F1:", _rows(results, counts, lax=False))
    yield Table("Lax F1:", _rows(results, counts, lax=True))
    yield Table(" ".join((score_moves.__doc__ or "").split("\n\n")[1].split()), _move_rows(moves))
    if missing:
        yield Table("\n".join(f"{name} was left out: {why}." for name, why in missing.items()), ())


def bases(gold: Path) -> tuple[list[tuple[GoldDocument, tuple[str, str]]], dict[str, list[str]]]:
    """Give the documents to be transformed, with their languages, and for each unrelated text in the source's."""
    sets = {name: read_gold(gold / "align" / name) for name in (NOVELS, "bible-verses-en-es")}
    glued = {name: glue(name, read_gold(gold / "align" / name)) for name in ("ntrex-en-es", "tico19-en-es")}
    found = [(document, ("en", "fr")) for document in sets[NOVELS] if document.name in BOOKS]
    found += [(document, ("en", "es")) for document in sets["bible-verses-en-es"] if document.name in SCRIPTURE]
    found += [(document, ("en", "es")) for document in glued.values()]
    unrelated = {
        document.name: list(glued["tico19-en-es" if document.name == "ntrex-en-es" else "ntrex-en-es"].source)
        for document, _ in found
    }
    return found, unrelated


def glue(name: str, documents: Sequence[GoldDocument]) -> GoldDocument:
    """Run documents together into one."""
    source: list[str] = []
    target: list[str] = []
    beads: list[Bead] = []
    for document in documents:
        i, j = len(source), len(target)
        beads += [
            replace(
                bead,
                source=Span(bead.source.start + i, bead.source.stop + i),
                target=Span(bead.target.start + j, bead.target.stop + j),
            )
            for bead in document.beads
        ]
        source += document.source
        target += document.target
    return GoldDocument(name, source, target, beads)


def align(document: Stressed, weights: Weights) -> Alignment:
    return align_texts(document.source, document.target, weights=weights, encoder=REMEMBERING)


def _rows(results: Results, counts: dict[str, int], *, lax: bool) -> Iterator[dict[str, object]]:
    for kind, row in results.items():
        figures = {column: (found.lax if lax else found.strict).f1 for column, found in row.items()}
        yield {"kind": kind, "segments": counts[kind], "beads": row[HELD_OUT].strict.gold, **figures}


def _move_rows(moves: dict[str, dict[str, MoveScores]]) -> Iterator[dict[str, object]]:
    for kind, row in moves.items():
        for weights, found in row.items():
            levels: dict[str, Score] = {"segments": found.segments, "runs": found.runs, "beads": found.beads}
            line: dict[str, object] = {"kind": kind, "weights": weights, "moved runs": found.runs.gold}
            line |= {"segments: precision": found.segments.precision, "segments: recall": found.segments.recall}
            yield line | {f"{level}: F1": score.f1 for level, score in levels.items()}
