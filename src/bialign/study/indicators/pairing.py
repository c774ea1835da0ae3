"""Two sides of a text together: lengths by bead, links between words, and how concepts of a glossary are rendered."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bialign.study.indicators.lexis import Counted, joined, word_counts

Ints = NDArray[np.int64]


@dataclass(slots=True)
class LinkCounts:
    """Count linked words: pairs of lexical words, how many are cognates or false friends, what renders each lemma.

    `renderings` maps a lemma of the source to how often each lemma of the target is linked to it.
    """

    beads: int = 0
    pairs: int = 0
    cognates: int = 0
    false_friends: int = 0
    renderings: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, other: LinkCounts) -> None:
        """Add the counts of another text."""
        self.beads += other.beads
        self.pairs += other.pairs
        self.cognates += other.cognates
        self.false_friends += other.false_friends
        for lemma, counts in other.renderings.items():
            self.renderings[lemma].update(counts)


@dataclass(slots=True)
class TermCounts:
    """Count by concept how often each term of the target stands for it, and which of them are preferred."""

    renderings: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    preferred: int = 0
    places: int = 0

    def add(self, other: TermCounts) -> None:
        """Add the counts of another text."""
        self.preferred += other.preferred
        self.places += other.places
        for concept, counts in other.renderings.items():
            self.renderings[concept].update(counts)


@dataclass(slots=True)
class Pair:
    """Hold both sides of a text, or of several one after the other.

    Bead i holds the segments ``source_bounds[i]:source_bounds[i + 1]`` of the source, and so for the target. `links`
    and `terms` are there where they were counted.
    """

    source: Counted
    target: Counted
    source_bounds: Ints
    target_bounds: Ints
    links: LinkCounts | None = None
    terms: TermCounts | None = None

    def by_bead(self, count: Callable[[Counted], Ints]) -> tuple[Ints, Ints]:
        """Give what is counted by segment added up by bead, for both sides."""
        sides = ((self.source, self.source_bounds), (self.target, self.target_bounds))
        sums = [(np.concatenate([[0], np.cumsum(side.column(count))]), bounds) for side, bounds in sides]
        left, right = (total[bounds[1:]] - total[bounds[:-1]] for total, bounds in sums)
        return left, right

    def words(self) -> tuple[Ints, Ints]:
        """Count the words of each bead on both sides."""
        return self.by_bead(word_counts)

    def part(self, start: int, stop: int) -> Pair:
        """Give some beads by themselves, without links and terms."""
        return Pair(
            self.source.part(int(self.source_bounds[start]), int(self.source_bounds[stop])),
            self.target.part(int(self.target_bounds[start]), int(self.target_bounds[stop])),
            self.source_bounds[start : stop + 1] - self.source_bounds[start],
            self.target_bounds[start : stop + 1] - self.target_bounds[start],
        )

    def __len__(self) -> int:
        """Give the number of beads."""
        return len(self.source_bounds) - 1


def sizes(text: Counted) -> Ints:
    """Give the characters of each segment."""
    return text.sizes


def joined_pairs(pairs: Sequence[Pair]) -> Pair:
    """Put texts in the same two languages one after the other."""
    bounds = []
    for sides in ([pair.source_bounds for pair in pairs], [pair.target_bounds for pair in pairs]):
        ends = np.cumsum([0, *(int(each[-1]) for each in sides)])
        shifted = [each[1:] + end for each, end in zip(sides, ends[:-1], strict=True)]
        bounds.append(np.concatenate([np.zeros(1, np.int64), *shifted]))
    links, terms = LinkCounts(), TermCounts()
    for pair in pairs:
        if pair.links:
            links.add(pair.links)
        if pair.terms:
            terms.add(pair.terms)
    return Pair(
        joined([pair.source for pair in pairs], pairs[0].source.lexis),
        joined([pair.target for pair in pairs], pairs[0].target.lexis),
        bounds[0],
        bounds[1],
        links if any(pair.links for pair in pairs) else None,
        terms if any(pair.terms for pair in pairs) else None,
    )


def entropy(counts: Sequence[int] | Counter[str], *, corrected: bool = True) -> float:
    """Give the entropy of counts in bits, with the correction of Miller (1955) and Madow for few observations.

    (m - 1) / (2 n ln 2) is added for m outcomes of n observations, as a sample misses outcomes that are there.

    >>> entropy([1, 1], corrected=False), round(entropy([3, 1], corrected=False), 6), entropy([5])
    (1.0, 0.811278, 0.0)
    """
    values = np.array(list(counts.values()) if isinstance(counts, Counter) else counts, np.float64)
    values = values[values > 0]
    total = values.sum()
    shares = values / total
    found = -(shares * np.log2(shares)).sum() + 0.0
    return float(found + ((len(values) - 1) / (2 * total * np.log(2)) if corrected else 0.0))


def mean_entropy(renderings: Mapping[str, Counter[str]], least: int) -> tuple[float | None, int]:
    """Give the mean entropy of the renderings of what occurs `least` times or more, and how many such there are."""
    found = [entropy(counts) for counts in renderings.values() if counts.total() >= least]
    return (float(np.mean(found)), len(found)) if found else (None, 0)
