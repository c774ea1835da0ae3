"""Names that are spelt otherwise in the translation than they are elsewhere in it, or that have become others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from bialign.termbase import primary
from bialign.termbase.forms import is_word, without_accents
from bialign.terms.findings import Finding
from bialign.terms.reading import Reading

_NAME = re.compile(r"[^\W\d_]{4,}")
_ENDS = frozenset(".?!:;¿¡\"“”«»'‘’()[]—–-•*")
_KEPT = 3
"""Beads in which a name stands on both sides, from which its absence tells something."""
_SHARE = 0.9
_AROUND = 3


@dataclass(slots=True)
class _Names:
    """Hold how often each name stands in the source, and how often on both sides of a bead."""

    source: Counter[str] = field(default_factory=Counter)
    both: Counter[str] = field(default_factory=Counter)
    likeness: Counter[tuple[str, str]] = field(default_factory=Counter)
    suspects: set[int] = field(default_factory=set)
    """Beads where a name of the source is missing."""


def names(text: str, lang: str) -> dict[str, tuple[int, int]]:
    """Give the words that are names: with a capital that no sentence begins with, and in no dictionary.

    >>> list(names("Then Montesinos met the General in Chorrillos.", "en"))
    ['montesinos', 'chorrillos']
    """
    found: dict[str, tuple[int, int]] = {}
    for match in _NAME.finditer(text):
        word = match[0]
        if not word[0].isupper() or word.isupper() or _begins(text, match.start()):
            continue
        if not is_word(word.casefold(), primary(lang)):
            found.setdefault(without_accents(word.casefold()), match.span())
    return found


def _begins(text: str, start: int) -> bool:
    before = text[:start].rstrip()
    return not before or before[-1] in _ENDS


def find(reading: Reading, numbers: range) -> Iterator[Finding]:
    """Give findings "name"."""
    known = reading.once(_names)
    for n in numbers:
        if n not in known.suspects or not reading.comparable(n):
            continue
        bead = reading.beads[n]
        there = _words(bead.target)
        alone = {
            name: span
            for name, span in names(bead.source, reading.langs[0]).items()
            if name not in there and known.both[name]
        }
        if alone:
            found = names(bead.target, reading.langs[1])
            here = _words(bead.source)
            added = {name: span for name, span in found.items() if name not in here}
            yield from _of_bead(reading, n, known, alone, added)


def _words(text: str) -> set[str]:
    return {without_accents(match[0].casefold()) for match in _NAME.finditer(text)}


def _names(reading: Reading) -> _Names:
    known = _Names()
    for n, bead in enumerate(reading.beads):
        here = names(bead.source, reading.langs[0])
        if not here:
            continue
        there = _words(bead.target)
        known.source.update(here.keys())
        known.both.update(here.keys() & there)
        alone = [name for name in here if name not in there]
        if alone:
            known.suspects.add(n)
            others = [name for name in names(bead.target, reading.langs[1]) if name not in _words(bead.source)]
            known.likeness.update((one, other) for one in alone for other in others if _is_near(one, other))
    return known


def _is_near(one: str, other: str) -> bool:
    from rapidfuzz.distance import OSA

    most = 1 if min(len(one), len(other)) < 7 else 2
    return one[0] == other[0] and OSA.distance(one, other, score_cutoff=most) <= most


def _is_adapted(name: str, other: str) -> bool:
    """Tell whether the other is the Spanish form of a name: Habsburg, Habsburgo.

    >>> _is_adapted("habsburg", "habsburgo"), _is_adapted("monnet", "monet")
    (True, False)
    """
    return other.startswith(name) and other[len(name) :] in {"o", "a", "e", "os", "as", "es", "s"}


def _of_bead(
    reading: Reading, n: int, known: _Names, alone: dict[str, tuple[int, int]], added: dict[str, tuple[int, int]]
) -> Iterator[Finding]:
    for name, span in alone.items():
        near = next((other for other in added if _is_near(name, other)), None)
        # what is always written so is the Spanish name: Brasil, Checheno
        if near is not None and not _is_adapted(name, near) and known.both[name] > known.likeness[name, near]:
            template = "“{found}” stands for “{term}”, which is written the same elsewhere"
            yield _finding(reading, n, template, span, added[near])
            return
    firm = {name: span for name, span in alone.items() if _is_kept(known, name)}
    others = {name: span for name, span in added.items() if _is_kept(known, name)}
    if len(firm) == len(others) == len(added) == 1:
        (name, span), (other, place) = *firm.items(), *others.items()
        if not _around(reading, n, name, 1) and not _around(reading, n, other, 0):
            yield _finding(reading, n, "“{found}” stands where the source has “{term}”, another name", span, place)


def _is_kept(known: _Names, name: str) -> bool:
    return known.both[name] >= _KEPT and known.both[name] >= _SHARE * known.source[name] - 1


def _around(reading: Reading, n: int, name: str, side: int) -> bool:
    """Tell whether a name stands on a side of the beads around."""
    for other in range(max(0, n - _AROUND), min(len(reading.beads), n + _AROUND + 1)):
        if name in _words(reading.beads[other].target if side else reading.beads[other].source):
            return True
    return False


def _finding(reading: Reading, n: int, template: str, one: tuple[int, int], other: tuple[int, int]) -> Finding:
    bead = reading.beads[n]
    term, found = bead.source[slice(*one)], bead.target[slice(*other)]
    severity = "warning" if reading.sure(n) else "hint"
    return Finding(template, {"term": term, "found": found}, "name", severity, n, (one,), (other,), f"{term}/{found}")  # type: ignore[arg-type]
