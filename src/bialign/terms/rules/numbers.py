"""Numbers of one side that have no counterpart on the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from bialign.termbase import primary
from bialign.terms.findings import Finding, Severity
from bialign.terms.reading import Reading
from bialign.terms.rules.quantities import Quantity, quantities, spoken

_SMALL = 12
"""Numbers up to it are often said in another way, or not at all."""
_NEAR = 40
_UNITS = {
    "en": re.compile(
        r"\b(?:miles?|feet|foot|ft|inch(?:es)?|yards?|pounds?|lbs?|ounces?|oz|gallons?|acres?|fahrenheit|mph|square)\b|[°º]"
        r"|\bdegrees?\b|['\"′″](?!\w)",
        re.IGNORECASE,
    ),
    "es": re.compile(
        r"\b(?:millas?|pies?|pulgadas?|yardas?|libras?|onzas?|galones|gal[oó]n|acres?|grados?|fahrenheit|cent[ií]grados?|"
        r"(?:kil[oó]|cent[ií]|mil[ií])?metros?|km|cm|mm|m|kilos?|(?:kilo)?gramos?|kg|g|litros?|hect[aá]reas?|ha|l)\b|[°º]",
        re.IGNORECASE,
    ),
}
"""Words for measures that others take the place of."""
_FACTORS = tuple(
    Fraction(factor).limit_denominator(10**6)
    for factor in (0.3048, 2.54, 25.4, 1.609344, 0.9144, 0.45359, 28.35, 3.785, 0.40469, 2.59)
)
"""Feet, inches, miles, yards, pounds, ounces, gallons, acres and square miles in metric units."""
_CLOSE = Fraction(1, 12)


def find(reading: Reading, numbers: range) -> Iterator[Finding]:
    """Give findings "number"."""
    for n in numbers:
        bead = reading.beads[n]
        if reading.comparable(n) and (_has_digit(bead.source) or _has_digit(bead.target)):
            yield from _of_bead(reading, n)


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def _of_bead(reading: Reading, n: int) -> Iterator[Finding]:
    bead = reading.beads[n]
    source = quantities(bead.source, reading.langs[0])
    target = quantities(bead.target, reading.langs[1])
    words = spoken(bead.target, reading.langs[1])
    alone = _without(source, target, words, bead.target)
    added = _without(target, source, spoken(bead.source, reading.langs[0]), bead.source)
    if not alone and not added:
        return
    alone = [one for one in alone if not _beside(reading, n, 1, one)]
    added = [one for one in added if not _beside(reading, n, 0, one)]
    measures = all(_measures(text, lang) for text, lang in zip(bead[:2], reading.langs, strict=True))
    if measures:
        alone, added = _unpaired(alone, source), _unpaired(added, target)
    if len(alone) == len(added) == 1:
        yield from _changed(reading, n, (alone[0], added[0]), measures)
        return
    for one in alone:
        if not (measures and _is_converted(one.values, frozenset(words))):
            yield _finding(n, "the number {term} is not in the translation", (one, None), _severity(reading, n, one))
    # what a translation adds, it mostly explains
    for one in added:
        yield _finding(n, "the number {found} is not in the source", (None, one), "hint")


def unmatched(texts: tuple[str, str], langs: tuple[str, str]) -> tuple[list[Quantity], list[Quantity], int]:
    """Give the numbers of source and target that the other has neither in digits, nor in words, nor in other units.

    Last comes how many numbers of the source have a counterpart. What stands around the two texts is not looked at.
    """
    if not (_has_digit(texts[0]) or _has_digit(texts[1])):
        return [], [], 0
    source, target = (quantities(text, lang) for text, lang in zip(texts, langs, strict=True))
    alone = _without(source, target, spoken(texts[1], langs[1]), texts[1])
    added = _without(target, source, spoken(texts[0], langs[0]), texts[0])
    if all(_measures(text, lang) for text, lang in zip(texts, langs, strict=True)):
        values = [frozenset[Fraction]().union(*(one.values for one in side)) for side in (source, target)]
        alone = [one for one in alone if not _is_converted(one.values, values[1])]
        added = [one for one in added if not _is_converted(values[0], one.values)]
    return alone, added, len(source) - len(alone)


def _measures(text: str, lang: str) -> bool:
    pattern = _UNITS.get(primary(lang))
    return pattern is not None and pattern.search(text) is not None


def _unpaired(alone: Sequence[Quantity], numbers: Sequence[Quantity]) -> list[Quantity]:
    """Leave out numbers that stand in another unit beside one that the other side has: 45 miles (72 km)."""
    matched = [one for one in numbers if one not in alone]
    return [
        one
        for one in alone
        if not any(abs(o.start - one.start) < _NEAR and _is_converted(one.values, o.values) for o in matched)
    ]


def _without(
    numbers: Sequence[Quantity], others: Sequence[Quantity], words: set[Fraction], text: str
) -> list[Quantity]:
    """Give the numbers of one side that the other has neither in digits nor in words."""
    values = words.union(*(other.values for other in others))
    return [
        one
        for one in numbers
        if not one.values & values
        and not _by_parts(one, values)
        and not re.search(rf"(?<!\d){re.escape(one.text)}(?!\d)", text)
    ]


def _by_parts(one: Quantity, values: set[Fraction]) -> bool:
    """Tell whether the other side writes a number in parts: 22.3, Article 22 (3); 3.45 p.m., 15:45."""
    parts = [Fraction(part) for part in re.split(r"\D", one.text) if part]
    return len(parts) > 1 and all(part in values or part + 12 in values for part in parts)


def _beside(reading: Reading, n: int, side: int, one: Quantity) -> bool:
    """Tell whether the other side has a number in the bead before or after."""
    lang = reading.langs[side]
    for other in (n - 1, n + 1):
        if 0 <= other < len(reading.beads):
            text = reading.beads[other].target if side else reading.beads[other].source
            if any(one.values & there.values for there in quantities(text, lang)):
                return True
    return False


def _changed(reading: Reading, n: int, pair: tuple[Quantity, Quantity], measures: bool) -> Iterator[Finding]:
    """Tell of a number that stands for another one, unless it is that in another unit."""
    if measures and _is_converted(pair[0].values, pair[1].values):
        yield _finding(n, "{term} is {found} in other units", pair, "tolerated")
    else:
        severity: Severity = "error" if reading.sure(n) else "warning"
        yield _finding(n, "{found} stands for the number {term}", pair, severity)


def _severity(reading: Reading, n: int, alone: Quantity) -> Severity:
    # a hundred per cent is absolutely
    small = all(value <= _SMALL or value == 100 for value in alone.values)
    return "hint" if small or not reading.sure(n) else "warning"


def _is_converted(first: frozenset[Fraction], second: frozenset[Fraction]) -> bool:
    for a in first:
        for b in second:
            if a and b and any(abs(r - 1) < _CLOSE for f in _FACTORS for r in (b / (a * f), a / (b * f))):
                return True
            # degrees
            if b and (abs((a - 32) * 5 / 9 - b) <= 1 or abs((b - 32) * 5 / 9 - a) <= 1):
                return True
    return False


def _finding(n: int, template: str, pair: tuple[Quantity | None, Quantity | None], severity: Severity) -> Finding:
    term, found = (one.text if one else "" for one in pair)
    source, target = (((one.start, one.stop),) if one else () for one in pair)
    fields = {"term": term, "found": found}
    return Finding(template, fields, "number", severity, n, source, target, "/".join(filter(None, (term, found))))
