"""Bands of a page, stretches of its height that hold text, and the upright strips that several of them leave free."""

from __future__ import annotations

from collections.abc import Sequence

from bialign.readers.pdf.lines import Word

Strip = tuple[float, float]
GUTTER = 0.85
"""Font sizes of the narrowest room between columns."""
FAR = 1e6
"""Points from any page."""


def find_bands(words: Sequence[Word]) -> list[list[Word]]:
    """Group words by height, from top to bottom: those of a band overlap, directly or through others."""
    bands: list[list[Word]] = []
    bottom = 0.0
    for word in sorted(words, key=lambda word: -word.top):
        if bands and word.top > bottom:
            bands[-1].append(word)
            bottom = min(bottom, word.bottom)
        else:
            bands.append([word])
            bottom = word.bottom
    return bands


def _free(band: Sequence[Word], x0: float, x1: float) -> list[Strip]:
    """Give the strips between x0 and x1 that no word of a band stands in."""
    free, at = [], x0
    for word in sorted(band, key=lambda word: word.x0):
        if word.x0 > at:
            free.append((at, word.x0))
        at = max(at, word.x1)
    if at < x1:
        free.append((at, x1))
    return free


def find_run(
    bands: Sequence[Sequence[Word]], start: int, body: float, *, keep: bool = False, gutter: float = GUTTER
) -> tuple[int, list[Strip]]:
    """Find how many bands from `start` on leave a common strip free, and the strips that all of them leave free.

    With `keep`, a run ends where it would lose any of the strips that two bands share, as the rows of a table do.
    """
    x0, x1 = -FAR, FAR
    strips: list[Strip] = [(x0, x1)]
    left, right = x1, x0
    stop = start
    while stop < len(bands):
        free = [strip for strip in _free(bands[stop], x0, x1) if strip[1] - strip[0] >= gutter * body]
        common = [(max(a, c), min(b, d)) for a, b in strips for c, d in free if min(b, d) - max(a, c) >= gutter * body]
        before = _inner(strips, left, right)
        left = min(left, *(word.x0 for word in bands[stop]))
        right = max(right, *(word.x1 for word in bands[stop]))
        inner = _inner(common, left, right)
        lost = _any_lost(before, inner, body) if keep and stop > start + 1 else bool(before) and not inner
        if not common or lost:
            break
        strips = common
        stop += 1
    used = [word for band in bands[start:stop] for word in band]
    if not used:
        return start + 1, []
    return stop, _inner(strips, min(word.x0 for word in used), max(word.x1 for word in used))


def _any_lost(before: Sequence[Strip], after: Sequence[Strip], body: float) -> bool:
    """Tell whether of any strip only gaps between words are left."""
    for left, right in before:
        widest = max((b - a for a, b in after if a >= left and b <= right), default=0.0)
        if not widest or (widest < 1.5 * body and widest < 0.4 * (right - left)):
            return True
    return False


def _inner(strips: Sequence[Strip], left: float, right: float) -> list[Strip]:
    return [strip for strip in strips if strip[0] > left and strip[1] < right]


def part_at(words: Sequence[Word], strips: Sequence[Strip]) -> list[list[Word]]:
    """Part words at strips, from left to right, without parts that hold none."""
    return [part for part in part_of(words, strips) if part]


def part_of(words: Sequence[Word], strips: Sequence[Strip]) -> list[list[Word]]:
    """Part words at strips, from left to right: a part more than there are strips."""
    edges = [(a + b) / 2 for a, b in strips]
    parts: list[list[Word]] = [[] for _ in range(len(edges) + 1)]
    for word in words:
        parts[sum(word.x0 > edge for edge in edges)].append(word)
    return parts
