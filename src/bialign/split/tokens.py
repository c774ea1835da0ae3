"""The token before a full stop: what can be told from it alone, and remembered for the next time it is met."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from bialign.languages import Kind, Language

OPENERS = "\"'“‘«‹([{¿¡—–-*_•·⁃◦▪‣●/"
DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]\Z")
ENUMERATOR = re.compile(r"(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5}|(?:\d{1,2}|[A-Z])(?:\.\d{1,2})+)\Z")
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


CAPITAL, NUMBER, LETTER, OTHER = range(4)
"""What follows a token, as places in `Token.alone`: a capital, a number, a small letter or anything else."""


class Token:
    """Hold what is known of a token, `left` being without what opens before it.

    `begins` tells of the first part of a longer abbreviation, `initial` of letters for a name, `labels` of what may be
    the number of a paragraph, `enumerates` of an item. `alone` is what the rules say where it is no last part of an
    abbreviation, by what follows; None where more must be looked at.
    """

    __slots__ = ("alone", "begins", "enumerates", "initial", "kind", "labels", "left")

    def __init__(self, token: str, lang: str, kinds: Mapping[str, Kind | None], prefixes: Collection[str]) -> None:
        self.left = left = token.lstrip(OPENERS) if token.split() == [token] else ""
        self.kind = kinds[left]
        self.begins = left.lower() in prefixes
        self.enumerates = ENUMERATOR.match(left.rstrip(")")) is not None
        self.labels = _LABELS.match(left) is not None or (lang == "de" and left.isdigit())
        self.initial = (len(left) == 1 and left.isupper()) or DOTTED.match(left) is not None
        self.alone: tuple[Answer | None, ...] = (None, None, None, None)

    def decide(self, function_words: Collection[str]) -> None:
        """Find out what the rules say of it alone."""
        if self.left and not self.enumerates:
            self.alone = self._before_capital(), self._before_number(), self._before_letter(function_words), None

    def _before_capital(self) -> Answer | None:
        if self.labels:
            return None
        if self.kind in {"title", "inner"}:
            return JOIN
        ends = self.kind in {None, "unit", "date"} and not self.initial and not self.begins
        return FULL_STOP if ends else None

    def _before_number(self) -> Answer | None:
        if self.left in LIVES or len(self.left) == 1:
            return None
        if self.kind in _JOINS_NUMBER:
            return JOIN
        ends = self.kind is None and not self.initial and not self.begins and self.left != "no"
        return FULL_STOP if ends else None

    def _before_letter(self, function_words: Collection[str]) -> Answer | None:
        left = self.left
        if self.kind == "closing" or left[-1] in '"”»)]':
            return None
        if self.kind is not None or self.initial:
            return SMALL
        if not left.isalpha() or not left.islower() or left == "in" or VOWELS.isdisjoint(left):
            return None
        return CARELESS if len(left) >= 4 or (len(left) > 1 and left in function_words) else None


class Tokens(dict[str, Token]):
    """Remember the tokens seen of late."""

    def __init__(self, lang: str, language: Language, kinds: Kinds, prefixes: Collection[str]) -> None:
        super().__init__()
        self._kinds = kinds
        self._lang, self._prefixes, self._function_words = lang, prefixes, language.function_words

    def __missing__(self, token: str) -> Token:
        made = Token(token, self._lang, self._kinds, self._prefixes)
        made.decide(self._function_words)
        if len(self) >= _REMEMBERED:
            self.clear()
        self[token] = made
        return made
