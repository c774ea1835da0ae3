"""The token before a full stop: what can be told from it alone, and remembered for the next time it is met."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from bialign.languages import Kind, Language

OPENERS = "\"'“‘«‹([{¿¡—–-*_•·⁃◦▪‣●/"
DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]\Z")
ENUMERATOR = re.compile(r"(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5}|\d{1,2}(?:\.\d{1,2})+)\Z")
ROMAN = re.compile(r"[IVXLCDM]+\Z|[ivxlcdm]+\Z")
VOWELS = frozenset("aeiouyáéíóúü")
LIVES = frozenset({"b", "d", "n", "m", "r", "fl"})
"""What stands before the year of a birth, a death or a life."""

Answer = tuple[bool, str]
"""Whether to cut, and the name of the rule that says so."""
FULL_STOP, CARELESS = (True, "full-stop"), (True, "careless")
JOIN, SMALL = (False, "abbreviation"), (False, "lower-case")

_REMEMBERED = 4096
_LABELS = re.compile(r"\d[\d.]*[ºª°]?\Z|[IVXL]+\Z|.\Z", re.IGNORECASE)
_JOINS_NUMBER = frozenset({"title", "inner", "number", "date", "unit", "ending"})


def spaced(before: str) -> str:
    """Give the abbreviation of several parts that a text ends in, its spaces removed.

    >>> spaced("en los EE. UU"), spaced("el art")
    ('EE.UU', 'art')
    """
    parts = before.rsplit(None, 4)[-4:]
    keep = [parts[-1].lstrip(OPENERS)] if parts else []
    for part in reversed(parts[:-1]):
        bare = part.lstrip(OPENERS)
        if not (len(bare) <= 4 and bare.endswith(".")) and bare != "de":
            break
        keep.append(bare if bare.endswith(".") else bare + ".")
    if keep and keep[-1] == "de.":  # of the sentence, not of "a. de C."
        keep.pop()
    return "".join(reversed(keep))


class Kinds(dict[str, Kind | None]):
    """Remember the kinds of the abbreviations seen of late; exact case goes before lower case."""

    def __init__(self, table: Mapping[str, Kind]) -> None:
        super().__init__()
        self._table = table

    def __missing__(self, token: str) -> Kind | None:
        kind = self._table.get(token)
        if kind is None and len(token) > 1:
            kind = self._table.get(token.lower())
            if kind is None and token.isupper() and len(token) > 2:  # an "ID." is no "Id."
                kind = self._table.get(token.capitalize())
        if len(self) >= _REMEMBERED:
            self.clear()
        self[token] = kind
        return kind


class Token:
    """Hold what is known of a token, `left` being without what opens before it.

    `begins` tells of the first part of a longer abbreviation, `initial` of letters for a name, `labels` of what may be the
    number of a paragraph, `enumerates` of an item. `capital`, `number` and `small` are what the rules say where it stands alone, as no last part of an abbreviation,
    and a word with a capital, a number or a small letter follows; None where more must be looked at.
    """

    __slots__ = ("begins", "capital", "enumerates", "initial", "kind", "labels", "left", "number", "small")

    def __init__(self, token: str, kinds: Mapping[str, Kind | None]) -> None:
        self.left = left = token.lstrip(OPENERS) if token.split() == [token] else ""
        self.kind = kinds[left]
        self.enumerates = ENUMERATOR.match(left.rstrip(")")) is not None
        self.labels = _LABELS.match(left) is not None
        self.initial = (len(left) == 1 and left.isupper()) or DOTTED.match(left) is not None
        self.begins = False
        self.capital: Answer | None = None
        self.number: Answer | None = None
        self.small: Answer | None = None

    def decide(self, lang: str, function_words: Collection[str], prefixes: Collection[str]) -> None:
        """Find out what the rules say of it alone."""
        left, kind = self.left, self.kind
        self.begins = left.lower() in prefixes
        if self.enumerates or not left:
            return
        if not self.labels and kind in {"title", "inner"}:
            self.capital = JOIN
        elif not self.labels and not self.initial and kind in {None, "unit", "date"} and not self.begins:
            self.capital = FULL_STOP if not (lang == "de" and left.isdigit()) else None
        if left in LIVES or len(left) == 1:
            pass
        elif kind in _JOINS_NUMBER:
            self.number = JOIN
        elif kind is None and not self.initial and left != "no" and not self.begins:
            self.number = FULL_STOP
        if kind == "closing" or left[-1] in "\"”»)]":
            return
        if kind is not None or self.initial:
            self.small = SMALL
        elif left.isalpha() and left.islower() and left != "in" and not VOWELS.isdisjoint(left):
            self.small = CARELESS if len(left) >= 4 or (len(left) > 1 and left in function_words) else None


class Tokens(dict[str, Token]):
    """Remember the tokens seen of late."""

    def __init__(self, lang: str, language: Language, kinds: Kinds, prefixes: Collection[str]) -> None:
        super().__init__()
        self._kinds = kinds
        self._rest = lang, language.function_words, prefixes

    def __missing__(self, token: str) -> Token:
        made = Token(token, self._kinds)
        made.decide(*self._rest)
        if len(self) >= _REMEMBERED:
            self.clear()
        self[token] = made
        return made
