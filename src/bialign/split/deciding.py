"""Every place where a segment might end, paragraph by paragraph, with what is decided there and by which rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bialign.split.candidates import CANDIDATE, Candidate
from bialign.split.grammar import Grammar
from bialign.split.lists import ListFinder
from bialign.split.quick import quick, quick_mark
from bialign.split.rules import decide
from bialign.split.speech import broken_off, may_break_off

Decided = tuple[int, bool, str]
"""Where the text before a place ends, whether it is cut there, and the name of the rule that says so."""


def decide_paragraphs(
    text: str, places: Iterable[tuple[int, int]], grammar: Grammar
) -> Iterator[tuple[int, int, Iterable[Decided]]]:
    """Yield the start and stop of each paragraph, and what is decided in it; `places` are in order.

    The text is searched once and not paragraph by paragraph, as many hold one sentence and nothing to decide.
    """
    lists = ListFinder(text, lambda word: grammar.kind(word) == "title")
    breaks_off = may_break_off(text)
    for start, stop, found in _candidates(text, places):
        items = lists.starts(start, stop)
        forced: list[tuple[int, str]] = []
        if items or breaks_off:
            broken = broken_off(text, start, stop, grammar) if breaks_off else ()
            forced = sorted((dict.fromkeys(broken, "broken-off") | dict.fromkeys(items, "list-item")).items())
        if forced:
            yield start, stop, _with_forced(text, start, found, forced, grammar)
        else:
            yield start, stop, _decide(text, start, found, grammar) if found else ()


def _candidates(
    text: str, places: Iterable[tuple[int, int]]
) -> Iterator[tuple[int, int, Iterable[re.Match[str]]]]:
    """Yield the start and stop of each paragraph, and the places in it where a sentence might end."""
    matches = CANDIDATE.finditer(text)
    found = next(matches, None)
    for start, stop in places:
        if (start and text[start - 1] != "\n") or (stop < len(text) and text[stop] != "\n"):
            # what stands before or behind on the same line must not be seen
            yield start, stop, list(CANDIDATE.finditer(text, start, stop))
            continue
        while found is not None and found.start() < start:
            found = next(matches, None)
        inside = []
        while found is not None and (at := found.start()) < stop:
            if found.end() <= stop:
                inside.append(found)
            elif at + 1 < stop:  # the last mark, with white space and the next paragraph behind it
                inside += CANDIDATE.finditer(text, at, stop)
            found = next(matches, None)
        yield start, stop, inside


def _decide(text: str, segment: int, candidates: Iterable[re.Match[str]], grammar: Grammar) -> Iterator[Decided]:
    """Yield what is decided at candidates, the first of which is in the segment that begins at `segment`."""
    for found in candidates:
        at, cut, rule = _answer(text, found, segment, grammar)
        if cut:
            segment = at
        yield at, cut, rule


def _answer(text: str, found: re.Match[str], segment: int, grammar: Grammar) -> Decided:
    group, at = found.lastgroup, found.start()
    if group == "stop":
        answer = quick(text, at, segment, grammar)
    else:
        answer = quick_mark(text, at, grammar) if group == "asked" else None
    if answer is not None:
        return at + 1, *answer
    candidate = Candidate(text, found, segment, grammar)
    return candidate.stop, *decide(candidate)


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
            at, cut, rule = _answer(text, found, segment, grammar)
            if cut:
                segment = at
            yield at, cut, rule
