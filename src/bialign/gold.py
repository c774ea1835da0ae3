"""Gold sets: folders of texts with their reference beads, to train on and to measure against.

A document is three files: ``NAME.src`` and ``NAME.tgt`` with a segment a line, ``NAME.gold`` with its beads;
``NAME.src.par`` and ``NAME.tgt.par``, where there are both, number each line's paragraph.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bialign.bitext import check_tiling
from bialign.errors import FormatError, NotFound
from bialign.formats.beads import load_beads
from bialign.formats.files import write_whole
from bialign.readers import read_lines

if TYPE_CHECKING:
    from bialign.aligner.training import GoldDocument
    from bialign.aligner.weights import Weights

Progress = Callable[[str, float], None]
_OMISSIONS = ((0.06, (1, 1, 1, 2, 3)), (0.015, (1, 2, 4, 8, 16, 30)))  # rate and lengths of runs, short ones and long
_OMISSION_WEIGHT = 0.5
_COARSE_WEIGHT = 0.2
_MOST_BEADS = 6_000  # of one set, lest it drown the others


def read_gold(folder: Path) -> list[GoldDocument]:
    """Read a folder's gold documents, in the order of their names; NotFound where it holds none."""
    from bialign.aligner.training import GoldDocument

    found = []
    for path in sorted(folder.glob("*.gold")):
        source, target = (read_lines(path.with_suffix(suffix)) for suffix in (".src", ".tgt"))
        left = _paragraphs(path.with_suffix(".src.par"), len(source))
        right = _paragraphs(path.with_suffix(".tgt.par"), len(target))
        if left is None or right is None:
            left = right = None
        found.append(GoldDocument(path.stem, source, target, load_beads(path), left, right))
    if not found:
        raise NotFound("no gold documents (.gold with .src and .tgt) in this folder", place=str(folder))
    return found


def _paragraphs(path: Path, count: int) -> list[int] | None:
    if not path.exists():
        return None
    lines = read_lines(path)
    for number, line in enumerate(lines, 1):
        if not line.strip().isdecimal():
            raise FormatError(path, "a paragraph number was expected", line=number)
    if len(lines) != count:
        raise FormatError(path, "{found} paragraph numbers for {count} lines", found=len(lines), count=count)
    return [int(line) for line in lines]


def training_set(documents: Sequence[GoldDocument], coarse: Sequence[GoldDocument] = ()) -> list[GoldDocument]:
    """Give what the weights are trained on: the documents, twice more with omissions made, and the coarse ones.

    Real translations leave sentences out, but most gold holds few such places: seeded omissions make up for it. In
    `coarse` gold, beads with several segments on both sides are only an outer bound.
    """
    from bialign.aligner.training import with_omissions

    made = [
        with_omissions(document, rate, runs, seed, document.weight * _OMISSION_WEIGHT)
        for seed, (rate, runs) in enumerate(_OMISSIONS)
        for document in documents
    ]
    return [*documents, *made, *(replace(document, coarse=True, weight=_COARSE_WEIGHT) for document in coarse)]


def train_weights(
    folders: Sequence[Path], output: Path, coarse: Sequence[Path] = (), progress: Progress | None = None
) -> Weights:
    """Train the aligner's weights on gold folders and write them, with the sets and the date, to `output`.

    Of a folder that holds more than 6,000 beads, every nth document is taken; the weights name those they have seen.
    """
    from bialign.aligner.training import train

    documents = [document for folder in folders for document in sample(_tiling(folder))]
    outer = [document for folder in coarse for document in _tiling(folder)]
    options = "".join(f" --coarse {folder.name}" for folder in coarse)
    about = {
        "name": "+".join(folder.name for folder in (*folders, *coarse)),
        "date": date.today().isoformat(),
        "command": f"bialign train-weights {' '.join(folder.name for folder in folders)}{options} -o {output.name}",
        "documents": [document.name for document in (*documents, *outer)],
        "beads": sum(len(document.beads) for document in (*documents, *outer)),
    }
    weights = train(training_set(documents, outer), about=about, progress=progress)
    write_whole([(output, [weights.dumps()])])
    return weights


def sample(documents: Sequence[GoldDocument]) -> Sequence[GoldDocument]:
    """Give every nth document of a set of more than 6,000 beads, so that it counts for no more than others."""
    return documents[:: -(-sum(len(document.beads) for document in documents) // _MOST_BEADS)]


def _tiling(folder: Path) -> list[GoldDocument]:
    documents = read_gold(folder)
    for document in documents:
        try:
            check_tiling(document.beads, len(document.source), len(document.target))
        except ValueError as error:
            path = folder / f"{document.name}.gold"
            raise FormatError(path, "cannot be trained on: {why}", why=str(error)) from None
    return documents
