"""The texts that are checked, bead by bead: of a bitext, of pairs of strings, of a corpus."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from bialign.bitext import Bitext, Status


class BeadText(NamedTuple):
    """Hold both texts of a bead, segments joined by a space, how sure it is, and its id where it is a corpus's."""

    source: str
    target: str
    probability: float = 1.0
    status: Status = "unreviewed"
    id: int | None = None


_FEWEST = 4  # words of a passage; fewer may be a name, or alike in both languages


def is_copied(source: str, target: str) -> bool:
    """Tell whether a passage was left untranslated, as the text of a licence is: four words or more, all the same.

    >>> is_copied("Permission is granted to  copy.", "Permission is granted to copy."), is_copied("Hotel", "Hotel")
    (True, False)
    """
    words = source.split()
    return len(words) >= _FEWEST and words == target.split()


def bead_texts(given: Bitext | Iterable[tuple[str, str]]) -> list[BeadText]:
    """Give the bead texts of a bitext, or of pairs of strings.

    >>> bead_texts([("One.", "Uno.")])
    [BeadText(source='One.', target='Uno.', probability=1.0, status='unreviewed', id=None)]
    """
    if isinstance(given, Bitext):
        return [
            BeadText(given.source_text(bead), given.target_text(bead), bead.probability, bead.status)
            for bead in given.beads
        ]
    return [one if isinstance(one, BeadText) else BeadText(*one) for one in given]
