"""Speech broken off by a dash: "But I thought--" "You thought wrong."."""

from __future__ import annotations

import bisect
import re

from bialign.split.grammar import Grammar

_BROKEN_OFF = re.compile(r"[-–—][\"”»’]\s+(?=(?P<quote>[\"“«‘])?[¿¡]?(?P<word>[A-ZÀ-Þ][\w'’]*)(?P<rest>.{0,40}))")


_PAIRS = tuple(dash + quote for dash in "-–—" for quote in '"”»’')


_DASH_AND_QUOTE = re.compile(r"[-–—][\"”»’]\s")


class BreakFinder:
    """Find speech broken off in the paragraphs of a text, which is searched for dashes before quotation marks once."""

    def __init__(self, text: str, grammar: Grammar) -> None:
        self._text, self._grammar = text, grammar
        found = any(pair in text for pair in _PAIRS)  # quickly told
        self._places = [place.start() for place in _DASH_AND_QUOTE.finditer(text)] if found else []

    def breaks(self, start: int, stop: int) -> list[int]:
        """Give what `broken_off` gives for the paragraph."""
        if not self._places:
            return []
        first = bisect.bisect_left(self._places, start)
        if first == len(self._places) or self._places[first] >= stop:
            return []
        return broken_off(self._text, start, stop, self._grammar)


def broken_off(text: str, start: int, stop: int, grammar: Grammar) -> list[int]:
    """Give the offsets behind speech broken off where another speaks, or a word begins that begins sentences.

    Where the next words say who spoke (`"I thought--" Tom began`) there is none.
    """
    found = []
    for match in _BROKEN_OFF.finditer(text, start, stop):
        words = [match["word"], *(word.strip(",.;:!?—–-") for word in match["rest"].split()[:2])]
        reported = any(word in grammar.language.reporting for word in words)
        if match["quote"] or (match["word"] in grammar.language.starters and not reported):
            found.append(match.end())
    return found
