"""What a bead's shape says was done: by how many sentences it has, and in beads n-m by which of them are linked."""

from __future__ import annotations

from collections.abc import Sequence

from bialign.bitext import Bead
from bialign.study.decisions.linked import Linked
from bialign.study.decisions.model import Type

LINKED = 0.2
"""Share of a sentence's links, in beads of several sentences on both sides, from which another translates a part."""
_FEWEST = 2
_BY_SIZE: dict[tuple[int, int], Type] = {
    (1, 0): "omitted", (2, 0): "omitted", (0, 1): "added", (0, 2): "added", (1, 1): "kept", (1, 2): "split",
    (2, 1): "joined",
}  # fmt: skip


def shape_of(bead: Bead, linked: Linked | None) -> tuple[Type, ...]:
    """Give the types of decision that a bead's sentences show, the primary one first; null beads have one.

    Beads n-m are looked at through their word links (recut where there are none): if none of their sentences shares
    its content with two others, they are beads that an aligner or a person did not part.
    """
    if bead.is_null or 1 in (len(bead.source), len(bead.target)):
        return (_BY_SIZE[min(2, len(bead.source)), min(2, len(bead.target))],)
    if linked is None or not linked.links:
        return ("recut",)
    return _shapes(components(_linked_sentences(linked), len(bead.source), len(bead.target)))


def _shapes(parts: Sequence[tuple[tuple[int, ...], tuple[int, ...]]]) -> tuple[Type, ...]:
    sizes = [(len(sources), len(targets)) for sources, targets in parts if sources and targets]
    split, joined = any(n == 1 and m > 1 for n, m in sizes), any(n > 1 and m == 1 for n, m in sizes)
    if not sizes or any(n > 1 and m > 1 for n, m in sizes) or (split and joined):
        return ("recut",)
    primary: Type = "split" if split else "joined" if joined else "kept"
    places = [targets[0] for sources, targets in sorted(parts) if sources and targets]
    return (primary,) if places == sorted(places) else (primary, "reordered")


def _linked_sentences(linked: Linked) -> set[tuple[int, int]]:
    """Give the pairs of sentences that share enough of their links to translate each other in part."""
    counts: dict[tuple[int, int], int] = {}
    sources: dict[int, int] = {}
    targets: dict[int, int] = {}
    for i, j in linked.links:
        if not (linked.source.words[i][0].isalnum() and linked.target.words[j][0].isalnum()):
            continue
        a, b = linked.source.sentence_of[i], linked.target.sentence_of[j]
        counts[a, b] = counts.get((a, b), 0) + 1
        sources[a], targets[b] = sources.get(a, 0) + 1, targets.get(b, 0) + 1
    return {
        (a, b)
        for (a, b), count in counts.items()
        if count >= _FEWEST and count >= LINKED * min(sources[a], targets[b])
    }  # fmt: skip


def components(
    linked: set[tuple[int, int]], sources: int, targets: int
) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Give the sets of sentences that hang together, as (source sentences, target sentences).

    >>> components({(0, 0), (0, 1), (1, 2)}, 2, 3)
    [((0,), (0, 1)), ((1,), (2,))]
    """
    owner = list(range(sources + targets))

    def root(item: int) -> int:
        while owner[item] != item:
            item = owner[item]
        return item

    for a, b in linked:
        owner[root(a)] = root(sources + b)
    groups: dict[int, tuple[list[int], list[int]]] = {}
    for item in range(sources + targets):
        group = groups.setdefault(root(item), ([], []))
        group[item >= sources].append(item - sources if item >= sources else item)
    return [(tuple(left), tuple(right)) for left, right in groups.values()]
