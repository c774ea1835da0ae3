"""In what order hits come: by the words around them, by what was found, by document, by place."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from bialign.concordance.surroundings import Context, pieces_of
from bialign.errors import BialignError
from bialign.store.folding import fold
from bialign.store.index import WORD

if TYPE_CHECKING:
    from bialign.concordance.engine import Search
    from bialign.concordance.hits import Found

KINDS = ("node", "document", "place", "probability")
_WORD = re.compile(r"([1-9])([LRlr])")

Key = Callable[["Found", int, int], Any]
"""Gives what an occurrence, a span of what was found, is sorted by."""


def check_order(order: Sequence[str]) -> None:
    """Raise BialignError unless each part of an order is 1L to 9L, 1R to 9R, node, document, place or probability."""
    for part in order:
        if part not in KINDS and not _WORD.fullmatch(part):
            reason = "{part} is no order: 1L, 2L ... (words to the left), 1R ..., node, document, place, probability"
            raise BialignError(reason, part=part)


def key(search: Search, order: Sequence[str]) -> Key:
    """Make the key of an order; what is alike by it stays in the order of the document."""
    check_order(order)
    parts = [_part(search, part) for part in (*order, "place")]

    def keys(found: Found, start: int, stop: int) -> tuple[Any, ...]:
        return tuple(part(found, start, stop) for part in parts)

    return keys


def _part(search: Search, part: str) -> Key:
    if part == "node":
        return lambda found, start, stop: sort_key(search.text(found.bead, found.side)[start:stop])
    if part == "document":
        return lambda found, start, stop: sort_key(search.pairings[found.bead.bitext].document(found.side).name)
    if part == "place":
        return lambda found, start, stop: (found.bead.bitext, found.side, found.bead.place(found.side), start)
    if part == "probability":
        return lambda found, start, stop: found.bead.probability
    distance, to_left = int(part[0]), part[1] in "Ll"
    # a word may be no more than a hyphen's half: some more are read than are asked for
    context = Context(2 * distance + 4, words=True)

    def word(found: Found, start: int, stop: int) -> tuple[str, str]:
        pieces = pieces_of(*search.segments(found.bead, found.side), start, stop)
        document = search.pairings[found.bead.bitext].document(found.side).id
        if to_left:
            words = WORD.findall(context.before(search.lookup, document, pieces[0]))[::-1]
        else:
            words = WORD.findall(context.after(search.lookup, document, pieces[-1]))
        return sort_key(words[distance - 1]) if len(words) >= distance else ("", "")

    return word


def sort_key(text: str) -> tuple[str, str]:
    """Give what texts are ordered by in Spanish and English: á with a, but ñ after n; then by the letters as they are.

    >>> sorted(["ozono", "nube", "ñandú", "niño", "ámbar", "amor"], key=sort_key)
    ['ámbar', 'amor', 'niño', 'nube', 'ñandú', 'ozono']
    """
    # after every letter that can follow an n
    return fold(text).replace("ñ", "n\uffff"), text
