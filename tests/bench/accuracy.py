"""Accuracy: F1 on gold, beside the peers.

"held out" is what bialign reaches with weights that have not seen the set: each novel by weights trained on the other
ten; sets that the shipped weights have seen by weights trained like them but for that set; the others by the shipped
weights. "novels only" are weights that have seen eleven English-French novels and nothing else. The peers get the same
segments and, those that use vectors, the same vectors; none of them is trained. Nobody is told where paragraphs begin.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bialign.aligner.training import GoldDocument
from bialign.aligner.weights import default_weights
from bialign.bitext import Bead
from bialign.evaluate import Evaluation, evaluate
from bialign.gold import read_gold

from ._held_out import NOVELS, alignments, novel_alignments, novels, unseen_weights, weights_without
from ._table import Table, pooled
from .peers import Found, Peer, available

OTHERS = (
    "ntrex-en-es",
    "tico19-en-es",
    "bible-verses-en-es",
    "debian-handbook-en-es",
    "debian-reference-en-es",
    "textberg-dev-de-fr",
)
HELD_OUT, NOVELS_ONLY = "bialign, held out", "bialign, novels only"
Results = dict[str, dict[str, Evaluation]]
"""For each row its evaluations, by column."""


def tables(gold: Path) -> Iterator[Table]:
    """Yield a table of strict F1, and one of lax."""
    ready, missing = available()
    results: Results = {}
    for document, beads in novel_alignments(gold):
        results[f"{NOVELS}: {document.name}"] = {HELD_OUT: evaluate(document.beads, beads)}
    _add_novels_of_peers(results, gold, ready)
    plain = weights_without(gold, [[]])[0]
    unseen = unseen_weights(gold)
    for name in OTHERS:
        if (gold / "align" / name).is_dir():
            row = results[name] = {HELD_OUT: _pool(alignments(gold, name, unseen.get(name, default_weights())))}
            row[NOVELS_ONLY] = _pool(alignments(gold, name, plain))
            documents = read_gold(gold / "align" / name)
            for peer in ready:
                row[peer.name] = pooled(peer_evaluations(peer, documents))
    words = [f"{name} was left out: {why}." for name, why in missing.items()]
    words += [
        f"{peer.name} gave nothing for {count} of the documents of {name}, which counts as nothing found."
        for name in (NOVELS, *OTHERS)
        if (gold / "align" / name).is_dir()
        for peer in ready
        if (count := sum(bool(found.error) for found in _run(peer, read_gold(gold / "align" / name))))
    ]
    yield Table("Strict F1:", _rows(results, lax=False))
    yield Table("Lax F1:", _rows(results, lax=True))
    if words:
        yield Table("\n".join(words), ())


def _add_novels_of_peers(results: Results, gold: Path, ready: Sequence[Peer]) -> None:
    documents = novels(gold)
    for peer in ready:
        for document, found in zip(documents, peer_evaluations(peer, documents), strict=True):
            results[f"{NOVELS}: {document.name}"][peer.name] = found
    rows = [results[f"{NOVELS}: {document.name}"] for document in documents]
    results[f"{NOVELS}: all"] = {column: pooled(row[column] for row in rows) for column in rows[0]}


def peer_evaluations(peer: Peer, documents: Sequence[GoldDocument]) -> list[Evaluation]:
    """Evaluate a peer's beads, document by document; where it failed it has none."""
    found = _run(peer, documents)
    return [evaluate(document.beads, result.beads) for document, result in zip(documents, found, strict=True)]


def _run(peer: Peer, documents: Sequence[GoldDocument]) -> list[Found]:
    return peer.align([(document.source, document.target) for document in documents])


def _pool(found: Iterable[tuple[GoldDocument, Sequence[Bead]]]) -> Evaluation:
    return pooled(evaluate(document.beads, beads) for document, beads in found)


def _rows(results: Results, *, lax: bool) -> Iterator[dict[str, object]]:
    columns = [HELD_OUT, NOVELS_ONLY, *dict.fromkeys(c for row in results.values() for c in row)]
    for name, row in results.items():
        first = row[HELD_OUT]
        line: dict[str, object] = {"set": name, "beads": first.strict.gold}
        for column in dict.fromkeys(columns):
            if column in row:
                line[column] = (row[column].lax if lax else row[column].strict).f1
            else:
                line[column] = "–"
        yield line
