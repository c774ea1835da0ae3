"""What is no decision of the translator's: the layout's, the edition's and the splitter's doings."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from bialign.bitext import Bead, Bitext, Document, Segment, Span
from bialign.citation import LAYOUT
from bialign.study.decisions.model import Aside

_CLOSERS = "\"'”’»›)]}*_"
_STRONG = re.compile(rf"[.!?…][{re.escape(_CLOSERS)}]*\s*$")
_INSIDE = re.compile(rf"(?<=[^\W\d_]{{3}})\s?[.!?…][{re.escape(_CLOSERS)}]*\s+[¿¡«“\"‘'(\[—–]*[^\W\d_a-záéíóúüñ]")


class Asides:
    """Tell of the beads of a bitext whether they are none of the translator's doing."""

    def __init__(self, bitext: Bitext) -> None:
        self._bitext = bitext
        paired = [number for number, bead in enumerate(bitext.beads) if not bead.is_null]
        self._first, self._last = (paired[0], paired[-1]) if paired else (0, len(bitext.beads) - 1)
        self._layout = _layout(bitext.source, bitext.source_segments), _layout(bitext.target, bitext.target_segments)

    def of(self, number: int) -> Aside:
        """Say why a bead, given by its index, is set aside; "" where it is not."""
        bead = self._bitext.beads[number]
        source = self._bitext.source_segments[slice(*bead.source)]
        target = self._bitext.target_segments[slice(*bead.target)]
        has_letters = any(character.isalpha() for segment in (*source, *target) for character in segment.text)
        reasons: dict[Aside, bool] = {
            "rejected": bead.status == "rejected",
            "layout": self._is_layout(bead),
            "signs": not has_letters,
            "end": bead.is_null and not self._first < number < self._last,
            "splitting": _cut_otherwise(source, target) or _cut_otherwise(target, source),
        }
        return next((reason for reason, holds in reasons.items() if holds), "")

    def _is_layout(self, bead: Bead) -> bool:
        return _within(bead.source, self._layout[0]) and _within(bead.target, self._layout[1])


def _cut_otherwise(whole: Sequence[Segment], parts: Sequence[Segment]) -> bool:
    return len(whole) == 1 and len(parts) > 1 and not splits(whole[0].text, parts)


def splits(whole: str, parts: Sequence[Segment]) -> bool:
    """Tell whether the parts are sentences that the whole has as one, by what stands at their borders.

    Not so where the whole has as many ends of sentences inside, which its splitter overlooked, or where no part but
    the last ends like a sentence: a list, a heading that is a line of its own, a verse.

    >>> from bialign.bitext import plain_segments
    >>> splits("He left and nobody saw him.", plain_segments(["Se fue.", "Nadie lo vio."]))
    True
    >>> splits("He left; nobody. Saw him.", plain_segments(["Se fue.", "Nadie lo vio."]))
    False
    >>> splits("We saw: apples, pears.", plain_segments(["Vimos:", "manzanas, peras."]))
    False
    """
    borders = sum(
        bool(_STRONG.search(part.text)) and _begins(after.text)
        for part, after in itertools.pairwise(parts)
    )  # fmt: skip
    return borders > hidden_borders(whole)


def hidden_borders(text: str) -> int:
    """Count the ends of sentences inside a text that was not cut there.

    >>> hidden_borders("He left. Nobody saw him."), hidden_borders("He left, e.g. Monday.")
    (1, 0)
    """
    return len(_INSIDE.findall(text))


def _begins(text: str) -> bool:
    """Tell whether a text begins as a sentence does: with a capital, a figure or a sign of opening."""
    letter = next((character for character in text if character.isalnum()), "a")
    return not letter.islower()


def _layout(document: Document, segments: Sequence[Segment]) -> frozenset[int]:
    """Give the numbers of the segments that stand in paragraphs of the layout's."""
    places = [(p.start, p.stop) for p in document.paragraphs if p.kind in LAYOUT]
    if not places:
        return frozenset()
    found, at = set(), 0
    for segment in segments:
        while at < len(places) and places[at][1] <= segment.start:
            at += 1
        if at < len(places) and places[at][0] <= segment.start:
            found.add(segment.index)
    return frozenset(found)


def _within(span: Span, numbers: frozenset[int]) -> bool:
    return all(index in numbers for index in span.indices)
