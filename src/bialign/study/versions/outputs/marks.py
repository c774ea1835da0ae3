"""What differs between versions in a row, as pieces of text that pages and terminals draw each in their way."""

from __future__ import annotations

from typing import Literal, NamedTuple

from bialign.study.versions.diff import differing, marked, pieces
from bialign.study.versions.model import Collation, Row

Mark = Literal["same", "other", "removed", "added"]


class Part(NamedTuple):
    """Hold a piece of text: as others have it ("same"), as they do not ("other"), or taken out and put in."""

    mark: Mark
    text: str
    glued: bool = False
    """Whether the piece follows the one before without a space."""


def parts_of(collation: Collation, row: Row) -> list[list[Part]]:
    """Give the pieces of every version in a row.

    What is in the language of the base is shown as a change of it; of other versions in one language the first is
    compared with each, and marked itself where there is but one to compare it with.
    """
    found = [[Part("same", text, glued=True)] if text else [] for text in collation.texts(row)]
    texts, alike = collation.texts(row), collation.alike()
    for first in dict.fromkeys(first for first, _ in alike):
        if any(second == first for _, second in alike):
            continue
        partners = [second for one, second in alike if one == first and texts[second]]
        for second in partners:
            lang = collation.versions[second].lang
            if not texts[first]:
                continue
            if first == 0:
                found[second] = changes(texts[first], texts[second], lang)
                continue
            here, there = differing(texts[first], texts[second], lang)
            found[second] = _others(texts[second], there)
            if len(partners) == 1:
                found[first] = _others(texts[first], here)
    return found


def changes(old: str, new: str, lang: str) -> list[Part]:
    """Give what becomes of a text."""
    return [Part(piece.kind, piece.text, glued=not piece.spaced) for piece in pieces(old, new, lang)]


def _others(text: str, places: list[tuple[int, int]]) -> list[Part]:
    return [Part("other" if other else "same", piece, glued=True) for piece, other in marked(text, places)]
