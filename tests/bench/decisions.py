"""The translator's decisions: how sure "reordered" is, and how fast they are found.

What a sentence's clauses look like in another order is made of translations: of Spanish sentences in beads 1-1 that
have four words or more on both sides of a comma, the part behind one comma, drawn by chance, is put first.
"exchanged" is the share of these that are called reordered; "before" the share of the same sentences that were so as
their translators left them, and "all" of all beads with enough links: true reorderings and false ones, which nobody
has counted. The threshold is that of `bialign.study.decisions.order`, with others beside it.
"""

import random
import resource
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from bialign.bitext import Bitext
from bialign.study.decisions import find
from bialign.study.decisions.linked import link, read_beads
from bialign.study.decisions.order import DISPLACED, REORDERED, Order, order_of
from bialign.study.sources import of_bitexts
from bialign.words import WordAligner

from ._study_texts import ARTICLE, aligned, made, parliament
from ._table import Table

THRESHOLDS = (0.15, REORDERED, 0.35)
SENTENCES = 100_000


def tables(gold: Path) -> Iterator[Table]:
    """Measure the order of clauses, then time and memory."""
    yield Table("", list(_orders(gold)))
    words = (
        f"Time and memory for {SENTENCES:,} sentences in {SENTENCES // 2:,} pairs of the European Parliament, which "
        "are repeated; on one process, with the tables left out."
    )
    yield Table(words, list(_speed(gold)))


def _orders(gold: Path) -> Iterator[dict[str, str]]:
    chance = random.Random(5)
    sets = {
        "ntrex-en-es": aligned(gold / "align" / "ntrex-en-es"),
        "tico19-en-es": aligned(gold / "align" / "tico19-en-es"),
        "europarl-sample": [parliament(gold, 3000)],
        "article": aligned(ARTICLE),
    }
    for name, bitexts in sets.items():
        every, before, after = [], [], []
        for bitext in bitexts:
            there = orders(bitext)
            other, changed = exchanged(bitext, chance)
            moved = orders(other)
            every += there.values()
            both = [number for number in changed if number in there and number in moved]
            before += [there[number] for number in both]
            after += [moved[number] for number in both]
        for threshold in THRESHOLDS:
            yield {
                "set": name, "threshold": f"{threshold:.2f}", "exchanged": _share(after, threshold),
                "before": _share(before, threshold), "all": _share(every, threshold), "sentences": str(len(after)),
                "beads": str(len(every)),
            }  # fmt: skip


def orders(bitext: Bitext) -> dict[int, Order]:
    """Give the order of the parts of all beads that have enough links."""
    read = read_beads(bitext)
    link(read, list(read), WordAligner(context=False))
    found = {number: order_of(each) for number, each in read.items()}
    return {number: order for number, order in found.items() if order is not None}


def exchanged(bitext: Bitext, chance: random.Random) -> tuple[Bitext, list[int]]:
    """Exchange the parts of Spanish sentences at a comma; give the bitext and the numbers of the beads changed."""
    target, changed = [segment.text for segment in bitext.target_segments], []
    for number, bead in enumerate(bitext.beads):
        text = bitext.target_text(bead)
        if bead.type != "1-1" or not text or text[0] in "¿¡«“\"'":
            continue
        body = text.rstrip(" .?!»”\"'")
        pieces = body.split(",")
        cuts = [(",".join(pieces[:at]).strip(), ",".join(pieces[at:]).strip()) for at in range(1, len(pieces))]
        cuts = [(one, other) for one, other in cuts if min(len(one.split()), len(other.split())) >= 4]
        if cuts:
            one, other = chance.choice(cuts)
            target[bead.target.start] = f"{other[0].upper()}{other[1:]}, {one}{text[len(body) :]}"
            changed.append(number)
    return made(bitext.id, [segment.text for segment in bitext.source_segments], target, bitext.beads), changed


def _share(orders: Iterable[Order], threshold: float) -> str:
    found = [order.crossing >= threshold and order.displaced >= DISPLACED for order in orders]
    return f"{sum(found) / len(found):.3f}" if found else "-"


def _speed(gold: Path) -> Iterator[dict[str, str]]:
    bitext = parliament(gold, SENTENCES // 2)
    for candidates in (False, True):
        wall, processor = time.perf_counter(), time.process_time()
        find(of_bitexts([bitext]), with_candidates=candidates)
        yield {
            "": "decisions and candidates" if candidates else "decisions",
            "seconds": f"{time.perf_counter() - wall:.1f}",
            "CPU s": f"{time.process_time() - processor:.1f}",
            "MB": str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024),
        }
