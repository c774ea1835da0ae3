"""Bitexts of the gold sets, as studies take them."""

import os
from pathlib import Path

from bialign.bitext import Bitext, Document, plain_segments
from bialign.formats.beads import load_beads

ARTICLE = Path(__file__).parents[2] / "corpus" / "gold"


def made(name: str, source: list[str], target: list[str], beads) -> Bitext:
    """Make a bitext of sentences, English and Spanish, each a paragraph."""
    sides = [
        (Document(f"{name}.{lang}", lang, name, "\n".join(side) + "\n"), plain_segments(side, range(len(side))))
        for lang, side in (("en", source), ("es", target))
    ]
    return Bitext(name, sides[0][0], sides[1][0], sides[0][1], sides[1][1], tuple(beads))


def aligned(folder: Path) -> list[Bitext]:
    """Read the documents of a set of alignments, with their gold beads."""
    found = []
    for path in sorted([*folder.glob("*.gold"), *folder.glob("*.beads")]):
        sides = [path.with_suffix(end).read_text(encoding="utf-8").removesuffix("\n").split("\n") for end in SUFFIXES]
        found.append(made(path.stem, *sides, load_beads(path)))
    return found


def parliament(gold: Path, size: int | None = None) -> Bitext:
    """Read the sentence pairs of the European Parliament as one text; repeated if more are wanted than there are."""
    from bialign.bitext import Bead, Span

    path = gold / "parallel" / "europarl-sample" / "pairs.tsv"
    pairs = [tuple(line.split("\t")) for line in path.read_text(encoding="utf-8").split("\n") if "\t" in line]
    size = len(pairs) if size is None else size
    pairs = (pairs * (1 + size // len(pairs)))[:size]
    beads = [Bead(Span(number, number + 1), Span(number, number + 1)) for number in range(size)]
    return made("parliament", [a for a, _ in pairs], [b for _, b in pairs], beads)


def gold_folder() -> Path:
    """Give the folder of gold sets."""
    return Path(os.environ["BIALIGN_GOLD"])


SUFFIXES = (".src", ".tgt")
