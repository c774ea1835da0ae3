"""Pairs into train, dev and test, so that nothing of a document that is tested was learned."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from bialign.mt.cleaning import Pair, folded

PARTS = ("train", "dev", "test")
_BLOCK = 50
"""Pairs at most of a block, which stands for a document where there are too few."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Hold the pairs of each part in order, what was kept together ("documents" or "blocks"), and what is left out."""

    pairs: dict[str, list[Pair]]
    unit: str
    left_out: dict[str, int]


def part(pairs: Sequence[Pair], dev: float, test: float, seed: int) -> Parts:
    """Part pairs by documents, drawn with a seed; `dev` and `test` are shares of all pairs.

    Pairs of the train part with a side that stands in dev or test as well are left out.
    """
    wanted = {"test": round(test * len(pairs)), "dev": round(dev * len(pairs))}
    keys = [pair.document for pair in pairs]
    unit = "documents"
    if len(set(keys)) < 1 + sum(size > 0 for size in wanted.values()):
        unit = "blocks"
        size = max(1, min(_BLOCK, len(pairs) // 20))
        keys = [str(number // size) for number in range(len(pairs))]
    drawn = _drawn(keys, wanted, seed)
    held: dict[str, list[Pair]] = {name: [] for name in PARTS}
    for pair, key in zip(pairs, keys, strict=True):
        held[drawn.get(key, "train")].append(pair)
    known = [{folded(text) for name in ("dev", "test") for text in side(held[name])} for side in (_sources, _targets)]
    kept = [p for p in held["train"] if folded(p.source) not in known[0] and folded(p.target) not in known[1]]
    left_out = {"in dev or test": len(held["train"]) - len(kept)}
    held["train"] = kept
    return Parts(held, unit, left_out)


def _sources(pairs: Sequence[Pair]) -> list[str]:
    return [pair.source for pair in pairs]


def _targets(pairs: Sequence[Pair]) -> list[str]:
    return [pair.target for pair in pairs]


def _drawn(keys: Sequence[str], wanted: dict[str, int], seed: int) -> dict[str, str]:
    """Draw the documents of test and dev: in the order of a hash, each that still fits, else the smallest."""
    sizes: dict[str, int] = {}
    for key in keys:
        sizes[key] = sizes.get(key, 0) + 1
    order = sorted(sizes, key=lambda key: hashlib.sha256(f"{seed}\n{key}".encode("utf-8", "surrogatepass")).digest())
    drawn: dict[str, str] = {}
    for name, goal in wanted.items():
        if not goal:
            continue
        free = [key for key in order if key not in drawn]
        # one document at least stays for each of the other parts
        spare = len(free) - (2 if name == "test" and wanted["dev"] else 1)
        size = 0
        for key in free:
            if spare > 0 and size + sizes[key] <= goal:
                drawn[key] = name
                size += sizes[key]
                spare -= 1
        if not size and spare > 0:
            drawn[min(free, key=lambda key: sizes[key])] = name
    return drawn
