"""Every place where a segment might end, paragraph by paragraph, with what is decided there and by which rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bialign.split.asking import decide
from bialign.split.candidates import CANDIDATE, Candidate
from bialign.split.grammar import Grammar
from bialign.split.lists import ListFinder
from bialign.split.quick import quick, quick_mark
from bialign.split.speech import BreakFinder

Decided = tuple[int, bool, str]
"""Where the text before a place ends, whether it is cut there, and the name of the rule that says so."""


def decide_paragraphs(
    text: str, places: Iterable[tuple[int, int]], grammar: Grammar
) -> Iterator[tuple[int, int, Iterable[Decided]]]:
    """Yield the start and stop of each paragraph, and what is decided in it; `places` are in order.

    The text is searched once and not paragraph by paragraph, as many hold one sentence and nothing to decide.
    """
    lists = ListFinder(text, lambda word: grammar.kind(word) == "title")
    speech = BreakFinder(text, grammar)
    for start, stop, found in _candidates(text, places):
        items, broken = lists.starts(start, stop), speech.breaks(start, stop)
        if items or broken:
            forced = sorted((dict.fromkeys(broken, "broken-off") | dict.fromkeys(items, "list-item")).items())
            yield start, stop, _with_forced(text, start, found, forced, grammar)
        else:
            yield start, stop, _decide(text, start, found, grammar) if found else ()


def _candidates(text: str, places: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, Iterable[re.Match[str]]]]:
    """Yield the start and stop of each paragraph, and the places in it where a sentence might end."""
    found = CANDIDATE.search(text)
    for start, stop in places:
        if (start and text[start - 1] != "\n") or (stop < len(text) and text[stop] != "\n"):
            # what stands before or behind on the same line must not be seen
            yield start, stop, CANDIDATE.finditer(text, start, stop)
            continue
        if found is not None and found.start() < start:
            found = CANDIDATE.search(text, start)
        if found is None or (at := found.start()) + 1 >= stop:  # one mark at the very end decides nothing
            yield start, stop, ()
        else:
            yield start, stop, CANDIDATE.finditer(text, at, stop)


def _decide(text: str, segment: int, candidates: Iterable[re.Match[str]], grammar: Grammar) -> Iterator[Decided]:
    """Yield what is decided at candidates, the first of which is in the segment that begins at `segment`."""
    for found in candidates:
        group, at = found.lastgroup, found.start()
        if group == "stop":
            answer = quick(text, at, segment, grammar)
        else:
            answer = quick_mark(text, at, grammar) if group == "asked" else None
        if answer is not None:
            cut, rule = answer
            at += 1
        else:
            candidate = Candidate(text, found, segment, grammar)
            cut, rule = decide(candidate)
            at = candidate.stop
        if cut:
            segment = at
        yield at, cut, rule


def _with_forced(
    text: str, segment: int, candidates: Iterable[re.Match[str]], forced: list[tuple[int, str]], grammar: Grammar
) -> Iterator[Decided]:
    """Yield what is decided where some places, given with the name of the reason, are cut whatever stands there."""
    waiting = forced[::-1]
    for found in (*candidates, None):
        while waiting and (found is None or waiting[-1][0] <= found.start()):
            item, rule = waiting.pop()
            if item > segment and not text[segment:item].isspace():
                yield item, True, rule
            segment = item
        if found is not None:
            for at, cut, rule in _decide(text, segment, (found,), grammar):
                segment = at if cut else segment
                yield at, cut, rule
