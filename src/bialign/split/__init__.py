"""Text into sentence-like segments, by named rules in order over the places where a sentence might end.

The idea, a list of small rules each of which may cut, join or pass, is that of razdel; the rules and the data of
English and Spanish are our own. Paragraphs are never joined.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from bialign.bitext import Paragraph, Segment
from bialign.split.candidates import CANDIDATE, Candidate, ends_in_exception
from bialign.split.exceptions import Exceptions, Given, exceptions_of, load_exceptions
from bialign.split.grammar import Grammar
from bialign.split.layout import find_paragraphs
from bialign.split.lists import item_starts
from bialign.split.quick import quick, quick_mark
from bialign.split.rules import decide
from bialign.split.speech import broken_off

if TYPE_CHECKING:
    from bialign.split.srx import Rule, SrxRules

__all__ = ["Decision", "Exceptions", "Given", "explain", "load_exceptions", "split"]


class Decision(NamedTuple):
    """Hold what was decided at one candidate: `offset` is where the text before it ends, `rule` who decided."""

    offset: int
    cut: bool
    rule: str


_Decided = tuple[int, bool, str]
"""What a decision holds, as it is passed on within, where making values with names would take a tenth of the time."""


def split(
    text: str,
    lang: str,
    exceptions: Given = (),
    paragraphs: Sequence[Paragraph] = (),
    *,
    rules: SrxRules | None = None,
) -> tuple[Segment, ...]:
    """Split a text into segments: ``text[start:stop] == segment.text``, without white space at either end.

    `lang` is "en", "es" or a code that begins so; other languages get the general rules. `exceptions` are further
    abbreviations after which no sentence ends ("Edo." in "Edo. Mérida"), or what `load_exceptions` read. Where the
    text's `paragraphs` are known, they are kept to, and the segments numbered by them; else they are found by blank
    lines and line ends. `rules` of an SRX file, which `load_srx` reads, take the place of our own, `exceptions` aside.
    Takes time in proportion to the text's length; rules of SRX that take much longer raise FormatError.

    >>> [segment.text for segment in split("¿Vino el Sr. Paz? Sí. Viene de EE. UU. cada año.", "es")]
    ['¿Vino el Sr. Paz?', 'Sí.', 'Viene de EE. UU. cada año.']
    """
    decisions = _decider(text, lang, exceptions, rules)
    segments: list[Segment] = []
    for number, (start, stop) in enumerate(_places(text, paragraphs)):
        for begin, end in _spans(text, start, stop, decisions(start, stop)):
            segments.append(Segment(len(segments), begin, end, text[begin:end], number))
    return tuple(segments)


def explain(
    text: str,
    lang: str,
    exceptions: Given = (),
    paragraphs: Sequence[Paragraph] = (),
    *,
    rules: SrxRules | None = None,
) -> tuple[Decision, ...]:
    """Tell for each place where a segment might end whether it does, and which rule said so.

    Rules of SRX are named by their line, "srx:12".

    >>> explain("El Dr. Paz vino. Habló.", "es")[0]
    Decision(offset=6, cut=False, rule='abbreviation')
    """
    decisions = _decider(text, lang, exceptions, rules)
    places = _places(text, paragraphs)
    return tuple(Decision(*item) for start, stop in places for item in decisions(start, stop))


def _places(text: str, paragraphs: Sequence[Paragraph]) -> Iterable[tuple[int, int]]:
    return ((item.start, item.stop) for item in paragraphs) if paragraphs else find_paragraphs(text)


def _decider(
    text: str, lang: str, exceptions: Given, rules: SrxRules | None
) -> Callable[[int, int], Iterator[_Decided]]:
    """Give what decides within a paragraph, given as start and stop."""
    grammar = Grammar.of(lang, exceptions_of(exceptions, lang))
    if rules is None:
        return lambda start, stop: _decisions(text, start, stop, grammar)
    from bialign.split.srx import deadline

    latest = deadline(text)
    return lambda start, stop: _srx_decisions(text, start, stop, rules.breaks(text[start:stop], lang, latest), grammar)


def _spans(text: str, start: int, stop: int, decisions: Iterable[_Decided]) -> Iterator[tuple[int, int]]:
    at = start
    for offset, cut, _ in decisions:
        if cut:
            if text[at:offset].strip():
                yield _strip(text, at, offset)
            at = offset
    if text[at:stop].strip():
        yield _strip(text, at, stop)


def _strip(text: str, start: int, stop: int) -> tuple[int, int]:
    piece = text[start:stop]
    start += len(piece) - len(piece.lstrip())
    return start, start + len(piece.strip())


def _srx_decisions(
    text: str, start: int, stop: int, breaks: Iterable[tuple[int, Rule]], grammar: Grammar
) -> Iterator[_Decided]:
    for at, rule in breaks:
        if not text[start + at : stop].strip():  # behind the last word nothing is cut
            continue
        joined = rule.cut and bool(grammar.exceptions) and ends_in_exception(text[start : start + at], grammar)
        yield start + at, rule.cut and not joined, "exception" if joined else rule.name


def _decisions(text: str, start: int, stop: int, grammar: Grammar) -> Iterator[_Decided]:
    segment = start
    forced = _forced(text, start, stop, grammar)
    for found in CANDIDATE.finditer(text, start, stop):
        while forced and forced[-1][0] <= found.start():
            item, rule = forced.pop()
            if not text[segment:item].isspace() and item > segment:
                yield item, True, rule
            segment = item
        group, at = found.lastgroup, found.start()
        if group == "stop":
            answer = quick(text, at, segment, grammar)
        else:
            answer = quick_mark(text, at, grammar) if group == "asked" else None
        if answer is not None:
            cut, rule = answer
            if cut:
                segment = at + 1
            yield at + 1, cut, rule
            continue
        candidate = Candidate(text, found, segment, grammar)
        cut, rule = decide(candidate)
        if cut:
            segment = candidate.stop
        yield candidate.stop, cut, rule
    for item, rule in reversed(forced):
        if not text[segment:item].isspace() and item > segment:
            yield item, True, rule
        segment = item


def _forced(text: str, start: int, stop: int, grammar: Grammar) -> list[tuple[int, str]]:
    """Give the places that are cut whatever stands before them, last first, with the name of the reason."""
    items = item_starts(text, start, stop, lambda word: grammar.kind(word) == "title")
    places = dict.fromkeys(broken_off(text, start, stop, grammar), "broken-off") | dict.fromkeys(items, "list-item")
    return sorted(places.items(), reverse=True)
