"""A sample of what the check of terms finds, to be judged by hand: ``python -m tests.bench._term_sample [SEED]``.

TICO-19's medical texts are checked against its glossary, bead by bead as its gold has them. Prints how many findings
there are of each severity, then 100 chosen at random: one a line, with a short piece of both texts around the place.
"""

import os
import random
import sys
from collections import Counter
from pathlib import Path

from bialign.formats.beads import load_beads
from bialign.termbase import Termbase
from bialign.terms import BeadText, Checker, Finding
from bialign.terms.findings import SEVERITIES

SIZE = 100
AROUND = 25


def findings(gold: Path) -> list[tuple[Finding, BeadText]]:
    """Check all documents of the set."""
    base = Termbase.load(gold / "terms" / "tico19" / "terms.tsv")
    found: list[tuple[Finding, BeadText]] = []
    for path in sorted((gold / "align" / "tico19-en-es").glob("*.gold")):
        sides = [path.with_suffix(end).read_text(encoding="utf-8").split("\n") for end in (".src", ".tgt")]
        texts = [
            BeadText(*(" ".join(lines[slice(*span)]) for lines, span in zip(sides, (b.source, b.target), strict=True)))
            for b in load_beads(path)
        ]
        found += Checker(texts, base, document=path.stem).with_texts()
    return found


def piece(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    """Give what stands around the first place, which is put in brackets."""
    if not spans:
        return "—"
    start, stop = spans[0]
    before, after = text[max(0, start - AROUND) : start], text[stop : stop + AROUND]
    return " ".join(f"{before}[{text[start:stop]}]{after}".split())


def main(seed: int) -> None:
    """Print the counts and the sample."""
    every = findings(Path(os.environ["BIALIGN_GOLD"]))
    counts = Counter(found.severity for found, _ in every)
    print(", ".join(f"{severity}: {counts[severity]}" for severity in SEVERITIES))
    told = [(found, texts) for found, texts in every if found.severity != "tolerated"]
    for number, (found, texts) in enumerate(random.Random(seed).sample(told, min(SIZE, len(told))), 1):
        sides = piece(texts.source, found.source), piece(texts.target, found.target)
        place = f"{found.document}:{found.bead + 1}"
        accepted = found.fields.get("accepted", "")
        print("\t".join([str(number), found.severity, found.rule, place, *sides, str(accepted), found.key]))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
