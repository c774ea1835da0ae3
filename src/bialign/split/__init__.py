"""Text into sentence-like segments, by named rules in order over the places where a sentence might end.

The idea, a list of small rules each of which may cut, join or pass, is that of razdel; the rules and the data of
English and Spanish are our own. Paragraphs are never joined.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from bialign.bitext import Paragraph, Segment
from bialign.split.candidates import ends_in_exception
from bialign.split.deciding import Decided, decide_paragraphs
from bialign.split.exceptions import Exceptions, Given, exceptions_of, load_exceptions
from bialign.split.grammar import Grammar
from bialign.split.layout import find_paragraphs

if TYPE_CHECKING:
    from bialign.split.srx import Rule, SrxRules

__all__ = ["Decision", "Exceptions", "Given", "explain", "load_exceptions", "split"]


class Decision(NamedTuple):
    """Hold what was decided at one candidate: `offset` is where the text before it ends, `rule` who decided."""

    offset: int
    cut: bool
    rule: str


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
    segments: list[Segment] = []
    for number, (start, stop, decisions) in enumerate(_decided(text, lang, exceptions, paragraphs, rules)):
        begin = start
        for offset, cut, _ in decisions:
            if cut:
                _add(segments, text, begin, offset, number)
                begin = offset
        _add(segments, text, begin, stop, number)
    return tuple(segments)


def _add(segments: list[Segment], text: str, start: int, stop: int, paragraph: int) -> None:
    """Add a segment, without white space at either end, if there is something in it."""
    piece = text[start:stop]
    if bare := piece.strip():
        if bare is not piece:
            start += piece.index(bare[0])
        segments.append(Segment(len(segments), start, start + len(bare), bare, paragraph))


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
    decided = _decided(text, lang, exceptions, paragraphs, rules)
    return tuple(Decision(*item) for _, _, decisions in decided for item in decisions)


def _decided(
    text: str, lang: str, exceptions: Given, paragraphs: Sequence[Paragraph], rules: SrxRules | None
) -> Iterator[tuple[int, int, Iterable[Decided]]]:
    """Yield the start and stop of each paragraph, and what is decided in it."""
    places = [(item.start, item.stop) for item in paragraphs] if paragraphs else find_paragraphs(text)
    grammar = Grammar.of(lang, exceptions_of(exceptions, lang))
    if rules is None:
        yield from decide_paragraphs(text, places, grammar)
        return
    from bialign.split.srx import deadline

    latest = deadline(text)
    for start, stop in places:
        breaks = rules.breaks(text[start:stop], lang, latest)
        yield start, stop, _srx_decisions(text, start, stop, breaks, grammar)


def _srx_decisions(
    text: str, start: int, stop: int, breaks: Iterable[tuple[int, Rule]], grammar: Grammar
) -> Iterator[Decided]:
    for at, rule in breaks:
        if not text[start + at : stop].strip():  # behind the last word nothing is cut
            continue
        joined = rule.cut and bool(grammar.exceptions) and ends_in_exception(text[start : start + at], grammar)
        yield start + at, rule.cut and not joined, "exception" if joined else rule.name
