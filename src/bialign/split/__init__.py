"""Text into sentence-like segments, by named rules in order over the places where a sentence might end.

The idea, a list of small rules each of which may cut, join or pass, is that of razdel; the rules and the data of
English and Spanish are our own. Paragraphs are never joined.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bialign.bitext import Paragraph, Segment
from bialign.split.candidates import CANDIDATE, LONGEST, Candidate, Grammar
from bialign.split.layout import find_paragraphs
from bialign.split.lists import item_starts
from bialign.split.rules import decide
from bialign.split.speech import broken_off

__all__ = ["Decision", "explain", "split"]


@dataclass(frozen=True, slots=True)
class Decision:
    """Hold what was decided at one candidate: `offset` is where the text before it ends, `rule` who decided."""

    offset: int
    cut: bool
    rule: str


def split(
    text: str, lang: str, exceptions: Sequence[str] = (), paragraphs: Sequence[Paragraph] = ()
) -> tuple[Segment, ...]:
    """Split a text into segments: ``text[start:stop] == segment.text``, without white space at either end.

    `lang` is "en", "es" or a code that begins so; other languages get the general rules. `exceptions` are further
    abbreviations after which no sentence ends ("Edo." in "Edo. Mérida"). Where the text's `paragraphs` are known, they
    are kept to, and the segments numbered by them; else they are found by blank lines and line ends. Takes time in
    proportion to the text's length.

    >>> [segment.text for segment in split("¿Vino el Sr. Paz? Sí. Viene de EE. UU. cada año.", "es")]
    ['¿Vino el Sr. Paz?', 'Sí.', 'Viene de EE. UU. cada año.']
    """
    grammar = Grammar.of(lang, tuple(exceptions))
    segments: list[Segment] = []
    for number, (start, stop) in enumerate(_places(text, paragraphs)):
        for begin, end in _spans(text, start, stop, grammar):
            segments.append(Segment(len(segments), begin, end, text[begin:end], number))
    return tuple(segments)


def explain(
    text: str, lang: str, exceptions: Sequence[str] = (), paragraphs: Sequence[Paragraph] = ()
) -> tuple[Decision, ...]:
    """Tell for each place where a segment might end whether it does, and which rule said so.

    >>> explain("El Dr. Paz vino. Habló.", "es")[0]
    Decision(offset=6, cut=False, rule='abbreviation')
    """
    grammar = Grammar.of(lang, tuple(exceptions))
    places = _places(text, paragraphs)
    return tuple(item for start, stop in places for item in _decisions(text, start, stop, grammar))


def _places(text: str, paragraphs: Sequence[Paragraph]) -> Iterable[tuple[int, int]]:
    return ((item.start, item.stop) for item in paragraphs) if paragraphs else find_paragraphs(text)


def _spans(text: str, start: int, stop: int, grammar: Grammar) -> Iterator[tuple[int, int]]:
    at = start
    for decision in _decisions(text, start, stop, grammar):
        if decision.cut:
            yield _strip(text, at, decision.offset)
            at = decision.offset
    if text[at:stop].strip():
        yield _strip(text, at, stop)


def _strip(text: str, start: int, stop: int) -> tuple[int, int]:
    piece = text[start:stop]
    start += len(piece) - len(piece.lstrip())
    return start, start + len(piece.strip())


def _decisions(text: str, start: int, stop: int, grammar: Grammar) -> Iterator[Decision]:
    segment = start
    forced = _forced(text, start, stop, grammar)
    for found in CANDIDATE.finditer(text, start, stop):
        while forced and forced[-1][0] <= found.start():
            item, rule = forced.pop()
            if not text[segment:item].isspace() and item > segment:
                yield Decision(item, True, rule)
            segment = item
        if found["plain"]:
            # most candidates: a word of small letters, a full stop, a capital; all that matters is the word
            at = found.start()
            word = text[max(segment, at - LONGEST) : at].rpartition(" ")[2].lower()
            if word.isalpha() and word not in grammar.abbreviations and word not in grammar.prefixes:
                segment = at + 1
                yield Decision(segment, True, "full-stop")
                continue
        candidate = Candidate(text, found, segment, grammar)
        cut, rule = decide(candidate)
        if cut:
            segment = candidate.stop
        yield Decision(candidate.stop, cut, rule)
    for item, rule in reversed(forced):
        if not text[segment:item].isspace() and item > segment:
            yield Decision(item, True, rule)
        segment = item


def _forced(text: str, start: int, stop: int, grammar: Grammar) -> list[tuple[int, str]]:
    """Give the places that are cut whatever stands before them, last first, with the name of the reason."""
    items = item_starts(text, start, stop, lambda word: grammar.kind(word) == "title")
    places = dict.fromkeys(broken_off(text, start, stop, grammar), "broken-off") | dict.fromkeys(items, "list-item")
    return sorted(places.items(), reverse=True)
