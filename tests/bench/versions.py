"""Versions: what aligning several versions together is worth.

The eleven English-French novels, with a second "version" made of each translation by seed: a fifth of its sentences
left out in runs of one to eight, 30% of the words of the others dropped, sentences cut at commas and joined with the
one before. "first" is the gold translation, "second" the made one, whose gold follows from how it was made. A second
translation by another hand would be harder to align with the first than one made of it, so the gain is an upper bound;
the weights are those that ship, which have seen the novels. The weight of agreement was chosen on the six marked *.
"""

import random
import re
from collections.abc import Iterator
from pathlib import Path

from bialign.aligner.training import GoldDocument
from bialign.bitext import Bead, Span, null_beads
from bialign.evaluate import Evaluation, evaluate
from bialign.gold import read_gold
from bialign.study.versions.rows import Linked, rows_of
from bialign.study.versions.together import AGREEMENT, align_together

from ._table import Table

CHOSEN_ON = frozenset(
    ("alicesadventuresinwonderland", "candide", "emma", "janeeyre", "lesconfessions", "thelastofthemohicans")
)
_OMITTED, _DROPPED, _CUT, _JOINED = 0.2, 0.3, 0.2, 0.2
_RUNS = (1, 1, 2, 4, 8)


def second_version(document: GoldDocument) -> tuple[list[str], list[Bead]]:
    """Make a second version of a gold document's target; give it with the gold beads of the source and it."""
    draw, count = random.Random(f"versions {document.name}"), len(document.target)
    omitted: set[int] = set()
    while len(omitted) < _OMITTED * count:
        start = draw.randrange(count)
        omitted.update(range(start, min(count, start + draw.choice(_RUNS))))
    made: list[str] = []
    origin: list[list[int]] = []
    for number, text in enumerate(document.target):
        if number in omitted:
            continue
        words = [word for word in text.split() if draw.random() >= _DROPPED] or text.split()
        parts = re.split(r"(?<=[,;:]) ", " ".join(words))
        at = draw.randrange(1, len(parts)) if len(parts) > 1 and draw.random() < _CUT else 0
        pieces = [" ".join(part) for part in (parts[:at], parts[at:]) if part]
        if made and draw.random() < _JOINED:
            made[-1] += " " + pieces.pop(0)
            origin[-1].append(number)
        made += pieces
        origin += [[number] for _ in pieces]
    return made, _gold(document, origin)


def _gold(document: GoldDocument, origin: list[list[int]]) -> list[Bead]:
    came = [Bead(Span(held[0], held[-1] + 1), Span(n, n + 1)) for n, held in enumerate(origin)]
    sizes = (len(document.source), len(document.target), len(origin))
    found: list[Bead] = []
    for row in rows_of(sizes, [Linked(0, 1, document.beads), Linked(1, 2, came)]):
        source, _, target = row.spans
        found += [Bead(source, target)] if source and target else null_beads(source, target)
    return found


def tables(gold: Path) -> Iterator[Table]:
    """Yield strict and lax F1 of both versions with the source, each pair by itself and all pairs together."""
    names = ("first, alone", "first, together", "second, alone", "second, together")
    totals = {kept: [Evaluation.none() for _ in names] for kept in (True, False)}
    rows: list[dict[str, object]] = []
    hopes: dict[str, tuple[float, ...]] = {}
    for document in read_gold(gold / "align" / "transread-en-fr"):
        made, wanted = second_version(document)
        texts, langs = (document.source, document.target, made), ("en", "fr", "fr")
        alone, together = (align_together(texts, langs=langs, agreement=share) for share in (0, AGREEMENT))
        found = [
            evaluate(right, result[0, version].beads)
            for version, right in ((1, document.beads), (2, wanted))
            for result in (alone, together)
        ]
        for name, result, version, right in (
            ("second, alone", alone, 2, wanted),
            ("second, together", together, 2, wanted),
            ("first, alone", alone, 1, document.beads),
            ("first, together", together, 1, document.beads),
        ):
            known = {(bead.source, bead.target) for bead in right}
            held = [bead for bead in result[0, version].beads if not bead.is_null]
            counted = (sum((b.source, b.target) in known for b in held), sum(b.probability for b in held), len(held))
            hopes[name] = tuple(map(sum, zip(hopes.get(name, (0, 0.0, 0)), counted, strict=True)))
        chosen = document.name in CHOSEN_ON
        totals[chosen] = [total + one for total, one in zip(totals[chosen], found, strict=True)]
        rows.append({"novel": document.name + "*" * chosen, **_scores(names, found)})
    rows.append({"novel": "all of the five others", **_scores(names, totals[False])})
    rows.append({"novel": "all of those marked", **_scores(names, totals[True])})
    yield Table(
        "Beads that were right, and that were expected to be by their probabilities; null beads aside, all novels:",
        [
            {"pair": name, "right": right / count, "expected": sure / count}
            for name, (right, sure, count) in hopes.items()
        ],
    )
    yield Table("Strict F1:", [{k: v for k, v in row.items() if not k.endswith("lax")} for row in rows])
    lax = [{"novel": row["novel"]} | {k: v for k, v in row.items() if k.endswith("lax")} for row in rows]
    yield Table("Lax F1:", [{name.removesuffix(" lax"): value for name, value in row.items()} for row in lax])


def _scores(names: tuple[str, ...], found: list[Evaluation]) -> dict[str, object]:
    strict = {name: one.strict.f1 for name, one in zip(names, found, strict=True)}
    return strict | {f"{name} lax": one.lax.f1 for name, one in zip(names, found, strict=True)}
