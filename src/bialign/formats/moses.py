"""Moses text: two files with a segment pair a line, as tools for machine translation read it, and one of bead names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from bialign.bitext import Bead, Bitext
from bialign.formats.characters import one_line
from bialign.formats.files import Output
from bialign.formats.identifiers import bead_id, side_names
from bialign.formats.options import Options
from bialign.formats.registry import stem_of
from bialign.formats.report import NULL_BEADS, Tally


def outputs(bitext: Bitext, path: Path, options: Options, tally: Tally) -> list[Output]:
    """Give "letter.en-es.en" and "letter.en-es.es", and the names, probabilities and statuses of the lines in ".ids".

    The files have as many lines, none of them empty, whichever of the characters that end a line a program breaks at.
    The languages of a pair stand in alphabetical order, as OPUS has them.
    """
    names = side_names(bitext)
    stem = f"{stem_of(path, 'moses')}.{'-'.join(sorted(names))}"
    beads = list(_with_place(bitext, tally))
    return [
        (path.with_name(f"{stem}.{names[0]}"), (f"{_line(bitext.source_text(bead))}\n" for bead in beads)),
        (path.with_name(f"{stem}.{names[1]}"), (f"{_line(bitext.target_text(bead))}\n" for bead in beads)),
        (path.with_name(f"{stem}.ids"), _ids(bitext, beads)),
    ]


def _with_place(bitext: Bitext, tally: Tally) -> Iterator[Bead]:
    for bead in bitext.beads:
        if bead.is_null:
            tally.left_out[NULL_BEADS, "a line of Moses text has a translation"] += 1
        elif not _line(bitext.source_text(bead)) or not _line(bitext.target_text(bead)):
            tally.left_out["beads", "one side holds no text"] += 1
        else:
            tally.units += 1
            yield bead


def _line(text: str) -> str:
    return one_line(text).strip()


def _ids(bitext: Bitext, beads: Iterable[Bead]) -> Iterator[str]:
    for bead in beads:
        yield f"{one_line(bead_id(bitext, bead))}\t{bead.probability:.4f}\t{bead.status}\t{bead.type}\n"
