"""What differs between two texts in one language, word by word."""

from __future__ import annotations

from itertools import pairwise
from typing import Literal, NamedTuple

from bialign.words.tokens import Token, tokenise

Kind = Literal["same", "removed", "added"]
_WEAK = 1  # words that two texts may share between two changes by chance, and are then a part of the change


class Piece(NamedTuple):
    """Hold a stretch of text that both have, or only the first ("removed") or the second ("added")."""

    kind: Kind
    text: str
    spaced: bool = False
    """Whether a space stands before it in its text."""


def pieces(first: str, second: str, lang: str = "en") -> tuple[Piece, ...]:
    """Give what becomes of the first text in the second, as an editor would mark it: what is removed, then added.

    The pieces but those added make up the first text, those but the removed ones the second, except for spaces. Words
    are compared as they are written, by a longest common subsequence; a lone word or sign that stays between two
    changes counts as changed, which reads better.

    >>> [piece[:2] for piece in pieces("The army left at dawn.", "The army left at noon.")]
    [('same', 'The army left at'), ('removed', 'dawn'), ('added', 'noon'), ('same', '.')]
    """
    found: list[Piece] = []
    for kind, a, b, texts in _steps(first, second, lang):
        if kind == "same":
            found.append(_piece("same", texts[1], b))
        else:
            found += [_piece("removed", texts[0], a)] if a else []
            found += [_piece("added", texts[1], b)] if b else []
    return tuple(found)


def differing(first: str, second: str, lang: str = "en") -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Give the places (start, stop) of both texts that the other does not have.

    >>> differing("El buque llegó.", "El barco llegó.", "es")
    ([(3, 8)], [(3, 8)])
    """
    places: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    for kind, a, b, _ in _steps(first, second, lang):
        if kind == "changed":
            for held, tokens in zip(places, (a, b), strict=True):
                if tokens:
                    held.append((tokens[0].start, tokens[-1].stop))
    return places


def _steps(
    first: str, second: str, lang: str
) -> list[tuple[Literal["same", "changed"], list[Token], list[Token], tuple[str, str]]]:
    """Give the runs of tokens that are the same in both texts, and those between, in order."""
    from rapidfuzz.distance import Indel

    sides = tokenise(first, lang), tokenise(second, lang)
    keys = [[token.text for token in tokens] for tokens in sides]
    same = [
        (step.src_start, step.dest_start, step.src_end - step.src_start)
        for step in Indel.opcodes(*keys)
        if step.tag == "equal"
    ]
    same = _strong(same, [len(key) for key in keys])
    found: list[tuple[Literal["same", "changed"], list[Token], list[Token], tuple[str, str]]] = []
    i = j = 0
    for a, b, size in [*same, (len(sides[0]), len(sides[1]), 0)]:
        if a > i or b > j:
            found.append(("changed", sides[0][i:a], sides[1][j:b], (first, second)))
        if size:
            found.append(("same", sides[0][a : a + size], sides[1][b : b + size], (first, second)))
        i, j = a + size, b + size
    return found


def _strong(same: list[tuple[int, int, int]], sizes: list[int]) -> list[tuple[int, int, int]]:
    """Leave out lone tokens between changes on both sides; what stands at an end of both texts stays."""
    kept = []
    ends = [(0, 0, 0), *same, (sizes[0], sizes[1], 0)]
    for before, here, after in zip(ends, ends[1:], ends[2:], strict=False):
        left = here[0] - before[0] - before[2] and here[1] - before[1] - before[2]
        right = after[0] - here[0] - here[2] and after[1] - here[1] - here[2]
        if here[2] > _WEAK or not (left and right):
            kept.append(here)
    return kept


def _piece(kind: Kind, text: str, tokens: list[Token]) -> Piece:
    start = tokens[0].start
    return Piece(kind, text[start : tokens[-1].stop], text[start - 1 : start].isspace())


def marked(text: str, places: list[tuple[int, int]]) -> list[tuple[str, bool]]:
    """Cut a text at places: pieces in order, each with whether it is one of the places.

    >>> marked("El buque llegó.", [(3, 8)])
    [('El ', False), ('buque', True), (' llegó.', False)]
    """
    borders = [0, *(border for place in places for border in place), len(text)]
    parts = [(text[start:stop], number % 2 == 1) for number, (start, stop) in enumerate(pairwise(borders))]
    return [part for part in parts if part[0]]
