"""Numbers as texts write them: in digits, in words, in Roman numerals; what each may mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from bialign.termbase import primary
from bialign.termbase.forms import without_accents
from bialign.terms.rules.number_words import LARGE, shares_of, value_of

Values = frozenset[Fraction]

# digits with their separators; no part of a code such as COVID-19, H1N1, 2019-nCoV
_NUMBER = re.compile(
    r"(?<![\w.,])(?<![^\W\d_][-‐‑/])(?:\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,:'’]\d+)*)"
    r"(?![.,:]?\d)(?![-‐‑]?[a-z]*[A-Z])"
)
_FRACTIONS = {"½": (1, 2), "¼": (1, 4), "¾": (3, 4), "⅓": (1, 3), "⅔": (2, 3)}
_BEHIND = re.compile(r"[\s\u00a0-]*([^\W\d_]+)(?:\s+([^\W\d_]+))?")
_WORD = re.compile(r"[^\W\d_]+")
# spaces around the separator, as texts have them that were cut into words
_PARTED = re.compile(r"(?<![\w.,])(\d{1,3}) [.,] (\d{1,3})(?![\w.,])")
_BETWEEN = frozenset({"y", "and", "de", "of", "a"})
_HALF = 50
_DECADE = re.compile(r"\s?['’]?\s?s\b")
_AFTERNOON = re.compile(
    r"\s?(?:p\.?\s?m\b|de la (?:tarde|noche)|in the (?:afternoon|evening)|at night|o'clock)", re.IGNORECASE
)
_CLOCK = re.compile(r"(\d{1,2})[.:](\d\d)")
_ROMAN = re.compile(r"(?<![\w.])[IVXLC]+(?!\w)")


class Quantity(NamedTuple):
    """Hold a number in digits, ``text[start:stop]``, with all the values it may have."""

    text: str
    start: int
    stop: int
    values: Values


def quantities(text: str, lang: str) -> list[Quantity]:
    """List the numbers in digits, each with its possible values: the separators of both languages, "2 million".

    >>> [sorted(map(str, one.values)) for one in quantities("1,500 of 2.3 million in the 1990s", "en")]
    [['1500', '3/2'], ['23/10', '2300000'], ['1990', '90']]
    """
    found: list[Quantity] = []
    for match in _NUMBER.finditer(text):
        start, stop = match.span()
        values = _values(match[0])
        behind = _BEHIND.match(text, stop)
        if behind:
            values |= _multiplied(values, behind, primary(lang))
        if _DECADE.match(text, stop) or text[max(0, start - 1) : start] in {"'", "’"}:
            values |= {value % 100 for value in values}
        # the 1980 levels, los niveles de los 80
        values |= {value % 100 for value in values if 1800 <= value < 2000 and value % 10 == 0}
        if found and len(match[0]) == 2 and text[found[-1].stop : start].strip() in {"-", "–", "‐", "/"}:
            # 1957-58
            values |= {value // 100 * 100 + Fraction(match[0]) for value in found[-1].values if 1000 <= value < 2100}
        if _AFTERNOON.match(text, stop):
            values |= {value + 12 for value in values if value < 12}
        if text[stop : stop + 1] in _FRACTIONS:
            values |= {value + Fraction(*_FRACTIONS[text[stop]]) for value in values}
        found.append(Quantity(match[0], start, stop, frozenset(values)))
    return found


def _values(written: str) -> set[Fraction]:
    bare = re.sub("[ \u00a0\u2009\u202f'’]", "", written)
    if ":" in bare:
        # the hours and the minutes
        times = [int(part) for part in re.split("[:.,]", bare)]
        return {Fraction(part) for part in times} | {Fraction(times[0] % 12)}
    clock = _CLOCK.fullmatch(bare)
    hours = {Fraction(int(clock[1])), Fraction(int(clock[1]) % 12)} if clock and int(clock[1]) < 24 else set()
    separators = {sign for sign in bare if sign in ".,"}
    values: set[Fraction] = set()
    if not separators:
        return {Fraction(bare)}
    parts = re.split("[.,]", bare)
    if all(len(part) == 3 for part in parts[1:]) and len(parts[0]) <= 3:
        values.add(Fraction("".join(parts)))
    if len(parts) == 2:
        values.add(Fraction(".".join(parts)))
    elif len(separators) == 2:
        values.add(Fraction("".join(parts[:-1]) + "." + parts[-1]))
    # a date or the number of a section: 3.2.1
    return values | hours or {Fraction(part) for part in parts}


def _multiplied(values: set[Fraction], behind: re.Match[str], lang: str) -> set[Fraction]:
    table = LARGE.get(lang, {})
    first, second = (without_accents((behind[n] or "").casefold()) for n in (1, 2))
    factor = table.get(first, 0)
    if lang == "es" and first == "mil" and second in {"millones"}:
        factor = 10**9
    elif lang == "es" and first in {"billon", "billones"}:
        # after the English manner too
        return {value * power for value in values for power in (10**9, 10**12)}
    return {value * factor for value in values} if factor else set()


def spoken(text: str, lang: str) -> set[Fraction]:
    """Give all the values that words, Roman numerals and parted digits ("4 , 5") of a text may stand for.

    >>> sorted(map(int, spoken("un millón trescientos mil", "es")))[-1]
    1300000
    >>> sorted(map(int, spoken("siglo XIX", "es")))
    [19, 100]
    >>> Fraction(500000) in spoken("half a million", "en")
    True
    """
    lang = primary(lang)
    found: set[int] = set()
    runs: list[_Run] = []
    for match in _WORD.finditer(text):
        word = without_accents(match[0].casefold())
        value = value_of(word, lang)
        found |= shares_of(word, lang)
        if value is not None:
            runs = [run for run in [*runs, _Run()] if run.add(value)]
            found.update(run.value for run in runs)
        elif word not in _BETWEEN:
            runs = []
    found.update(_roman(match[0]) for match in _ROMAN.finditer(text))
    values = set(map(Fraction, found))
    values |= {Fraction(*_FRACTIONS[sign]) for sign in text if sign in _FRACTIONS}
    for match in _PARTED.finditer(text):
        values |= {Fraction(f"{match[1]}.{match[2]}"), Fraction(match[1] + match[2])}
    return values


@dataclass(slots=True)
class _Run:
    """Hold a number in words as it grows: what is done, and what waits for a thousand or a million behind it."""

    done: int = 0
    waiting: int = 0
    half: bool = False

    @property
    def value(self) -> int:
        return self.done + self.waiting

    def add(self, value: int) -> bool:
        """Take another word; False where the number has ended before it."""
        if value >= 1000:
            if 0 < self.done < value:
                # mil millones
                self.done, self.waiting = (self.done + self.waiting) * value, 0
            else:
                # half a million
                self.done += value // 2 if self.half else max(self.waiting, 1) * value
                self.waiting = 0
            return True
        if self.half and value == 1:
            return True
        self.half = value == _HALF and not self.value
        if value == 100 and 0 < self.waiting < 10:
            self.waiting *= 100
        elif self.waiting == 0 or (self.waiting > value and self.waiting % 10 ** len(str(value)) == 0):
            self.waiting += value
        else:
            return False
        return True


def _roman(text: str) -> int:
    digits = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    numbers = [digits[sign] for sign in text]
    return sum(
        -value if any(later > value for later in numbers[at + 1 : at + 2]) else value
        for at, value in enumerate(numbers)
    )
