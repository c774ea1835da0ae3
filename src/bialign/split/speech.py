"""Speech broken off by a dash: "But I thought--" "You thought wrong."."""

from __future__ import annotations

import re

from bialign.split.grammar import Grammar

_BROKEN_OFF = re.compile(r"[-–—][\"”»’]\s+(?=(?P<quote>[\"“«‘])?[¿¡]?(?P<word>[A-ZÀ-Þ][\w'’]*)(?P<rest>.{0,40}))")


_PAIRS = tuple(dash + quote for dash in "-–—" for quote in '"”»’')


def may_break_off(text: str) -> bool:
    """Tell whether speech may be broken off anywhere in a text, which is quickly told of most."""
    return any(pair in text for pair in _PAIRS)


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
