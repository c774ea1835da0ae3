"""A sample of candidates for explicitation, to be judged by hand: ``python -m tests.bench._decision_sample [SEED]``.

All candidates of the article, NTREX and TICO-19, and 60 drawn at random from those in the Parliament's pairs: the kind,
its evidence, then both passages.
"""

import random
import sys

from bialign.study.decisions import Candidate, find
from bialign.study.sources import of_bitexts

from ._study_texts import ARTICLE, aligned, gold_folder, parliament

DRAWN = 60


def main(seed: int) -> None:
    """Print the sample."""
    gold = gold_folder()
    sets = {
        "article": aligned(ARTICLE),
        "ntrex": aligned(gold / "align" / "ntrex-en-es"),
        "tico19": aligned(gold / "align" / "tico19-en-es"),
        "parliament": [parliament(gold)],
    }
    for name, bitexts in sets.items():
        found: list[Candidate] = list(find(of_bitexts(bitexts)).candidates)
        if name == "parliament":
            found = random.Random(seed).sample(found, DRAWN)
        print(f"# {name}: {len(found)}")
        for row in found:
            print(f"{row.shift} | {row.kind} | {row.evidence}\n  < {row.source.text}\n  > {row.target.text}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2026)
