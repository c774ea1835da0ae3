"""The words of beads and the links between them, sentence by sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
    """Hold the words of a bead and their links (source word, target word); `known` is false before they were made."""

    number: int
    source: Side
    target: Side
    links: tuple[tuple[int, int], ...] = ()
    known: bool = False

    def mirrored(self) -> Linked:
        """Give the same with the sides exchanged."""
        return Linked(self.number, self.target, self.source, tuple(sorted((j, i) for i, j in self.links)), self.known)


def read_beads(bitext: Bitext) -> dict[int, Linked]:
    """Give the words of all beads that have both sides, by their indices, in order; their links are not known yet."""
    langs = bitext.source.lang or "en", bitext.target.lang or "es"
    return {
        number: Linked(number, *_sides(bitext, bead, langs))
        for number, bead in enumerate(bitext.beads)
        if not bead.is_null
    }


def link(
    read: dict[int, Linked],
    numbers: Sequence[int],
    aligner: WordAligner,
    progress: Callable[[float], None] | None = None,
) -> None:
    """Link the words of some beads, and put them into `read`; `progress` is called with the share that is done."""
    for start in range(0, len(numbers), _TOGETHER):
        beads = [read[number] for number in numbers[start : start + _TOGETHER]]
        pairs = [
            (bead.source.words, bead.target.words)
            if max(len(bead.source.words), len(bead.target.words)) <= LONGEST
            else ((), ())
            for bead in beads
        ]
        for bead, links in zip(beads, aligner.links(pairs), strict=True):
            read[bead.number] = Linked(bead.number, bead.source, bead.target, tuple(sorted(links)), known=True)
        if progress:
            progress(min(1.0, (start + _TOGETHER) / len(numbers)))


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
