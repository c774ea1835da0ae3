"""Versions: what aligning several versions together is worth.

Eleven English-French novels and two English-Spanish sets, with a second "version" made of each translation by seed: a
fifth of its sentences left out in runs of one to eight, 30% of the words of the others dropped, sentences cut at commas
and joined with the one before. "first" is the gold translation, "second" the made one, whose gold follows from how it
was made. A second translation by another hand would be harder to align with the first than one made of it, so the gain
is an upper bound; the weights are those that ship, which have seen these sets. How much the pairs listen to each other
was chosen on the six novels marked *.
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
SETS = {"transread-en-fr": "fr", "ntrex-en-es": "es", "tico19-en-es": "es"}
NAMES = ("first, alone", "first, together", "second, alone", "second, together")
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
    """Yield calibration, and strict and lax F1 of both versions with the source, each pair alone and all together."""
    totals: dict[str, list[Evaluation]] = {}
    hopes: dict[str, tuple[float, ...]] = {}
    for name, lang in SETS.items():
        if not (gold / "align" / name).is_dir():
            continue
        for document in read_gold(gold / "align" / name):
            found = _measured(document, lang, hopes)
            row = f"{name}: {document.name}{'*' * (document.name in CHOSEN_ON)}" if lang == "fr" else name
            rows = [row]
            if lang == "fr":
                rows.append(f"{name}: all of those marked" if row.endswith("*") else f"{name}: all of the others")
            for one in rows:
                held = totals.get(one, [Evaluation.none()] * len(NAMES))
                totals[one] = [total + more for total, more in zip(held, found, strict=True)]
    # what is pooled stands behind what it is pooled of
    sets = list(SETS)
    order = sorted(totals, key=lambda row: (sets.index(row.split(":")[0]), ": all" in row))
    totals = {row: totals[row] for row in order}
    yield Table(
        "Beads that were right, and that were expected to be by their probabilities; null beads aside, all sets:",
        [
            {"pair": name, "right": right / count, "expected": sure / count}
            for name, (right, sure, count) in hopes.items()
        ],
    )
    yield Table("Strict F1:", [_line(row, [one.strict.f1 for one in found]) for row, found in totals.items()])
    yield Table("Lax F1:", [_line(row, [one.lax.f1 for one in found]) for row, found in totals.items()])


def _measured(document: GoldDocument, lang: str, hopes: dict[str, tuple[float, ...]]) -> list[Evaluation]:
    """Evaluate a document in the order of NAMES; add to what was right, and what was hoped for."""
    made, wanted = second_version(document)
    texts, langs = (document.source, document.target, made), ("en", lang, lang)
    results = [align_together(texts, langs=langs, agreement=share) for share in (0, AGREEMENT)]
    found = []
    pairs = [(version, right, result) for version, right in ((1, document.beads), (2, wanted)) for result in results]
    for name, (version, right, result) in zip(NAMES, pairs, strict=True):
        beads = result[0, version].beads
        found.append(evaluate(right, beads))
        known = {(bead.source, bead.target) for bead in right}
        held = [bead for bead in beads if not bead.is_null]
        counted = (
            sum((bead.source, bead.target) in known for bead in held),
            sum(bead.probability for bead in held),
            len(held),
        )
        hopes[name] = tuple(map(sum, zip(hopes.get(name, (0, 0.0, 0)), counted, strict=True)))
    return found


def _line(row: str, figures: list[float]) -> dict[str, object]:
    return {"set": row, **dict(zip(NAMES, figures, strict=True))}
