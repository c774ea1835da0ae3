"""The words of beads and the links between them, sentence by sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bialign.bitext import Bead, Bitext, Segment
from bialign.words import WordAligner, split_words

_TOGETHER = 2048
LONGEST = 400
"""Words of a side from which a bead gets no links: it is no sentence any more, and the work grows with the square."""


@dataclass(frozen=True, slots=True)
class Side:
    """Hold the words of one side of a bead, and for each word the number of its sentence within the bead."""

    words: tuple[str, ...]
    sentence_of: tuple[int, ...]
    sentences: int


@dataclass(frozen=True, slots=True)
class Linked:
    """Hold the words of a bead and their links (source word, target word); `source` and `target` may be empty."""

    number: int
    source: Side
    target: Side
    links: tuple[tuple[int, int], ...]

    def mirrored(self) -> Linked:
        """Give the same with the sides exchanged."""
        return Linked(self.number, self.target, self.source, tuple(sorted((j, i) for i, j in self.links)))


def linked_beads(
    bitext: Bitext, aligner: WordAligner, progress: Callable[[float], None] | None = None
) -> Iterator[Linked]:
    """Give the words of all beads that have both sides, with their links; in order, a piece of the text at a time.

    `progress` is called with the share that is done.
    """
    numbers = [number for number, bead in enumerate(bitext.beads) if not bead.is_null]
    langs = bitext.source.lang or "en", bitext.target.lang or "es"
    for start in range(0, len(numbers), _TOGETHER):
        yield from _linked(bitext, numbers[start : start + _TOGETHER], langs, aligner)
        if progress:
            progress(min(1.0, (start + _TOGETHER) / len(numbers)))


def _linked(bitext: Bitext, numbers: Sequence[int], langs: tuple[str, str], aligner: WordAligner) -> Iterator[Linked]:
    sides = [_sides(bitext, bitext.beads[number], langs) for number in numbers]
    pairs = [
        (a.words, b.words) if max(len(a.words), len(b.words)) <= LONGEST else ((), ()) for a, b in sides
    ]  # fmt: skip
    for number, (source, target), links in zip(numbers, sides, aligner.links(pairs), strict=True):
        yield Linked(number, source, target, tuple(sorted(links)))


def _sides(bitext: Bitext, bead: Bead, langs: tuple[str, str]) -> tuple[Side, Side]:
    return (
        _side(bitext.source_segments[slice(*bead.source)], langs[0]),
        _side(bitext.target_segments[slice(*bead.target)], langs[1]),
    )


def _side(segments: Sequence[Segment], lang: str) -> Side:
    words: list[str] = []
    sentence_of: list[int] = []
    for number, segment in enumerate(segments):
        found = split_words(segment.text, lang)
        words += found
        sentence_of += [number] * len(found)
    return Side(tuple(words), tuple(sentence_of), len(segments))
