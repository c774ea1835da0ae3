"""Words and signs of English and Spanish text, each with its place, so that links can be drawn on the text.

What is one word to a reader stays one: "U.S.", "EE. UU.", "d'état", "self-coup", "1.000,50", "n.º", "COVID-19".
A full stop belongs to the abbreviation before it, and is a token of its own behind any other word. Clitics are left as
they are: "Peru's" and "dámelo" are one word.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from bialign.languages import ENGLISH, LANGUAGES
from bialign.split.grammar import Grammar


class Token(NamedTuple):
    """Hold a word or sign and where it stands: ``text[start:stop]``."""

    text: str
    start: int
    stop: int


_SPACE = r"[ \u00a0\u2009\u202f]"
_INNER = r"[\w\u0300-\u036f\u00ad]"  # of words: letters, digits, marks that combine, soft hyphens
_PATTERN = r"""
    (?P<web> (?:https?://|www\.)[^\s<>"«»]*[^\s<>"«».,;:!?()\[\]'’”] | \w[\w.+-]{0,63}@\w[\w-]*(?:\.\w[\w-]*)+ )
  | (?P<several> (?=[^\W\d_]{1,5}\.SPACE?[^\W\d_]) (?:ABBREVIATIONS) )
  | (?P<letters> [^\W\d_](?:\.[^\W\d_]INNER{0,2})+(?!INNER)\.? )       # U.S., a.C., Ph.D.
  | (?P<raised> [^\W\d_]{1,4}\.[ºª°]s? )                                # n.º, D.ª
  | (?P<word> [^\W\d_]INNER*(?:[-'’·‐‑&]INNER+)* ) (?P<stop> \.(?!\.) )?
  | (?P<number> \d+(?:[.,:]\d+|[\u00a0\u2009\u202f]\d{3}(?!\d))*(?:\.?[ºª°]|INNER*)(?:-[^\W\d_]INNER*)* )
  | (?P<tag> [@\#][^\W\d_]INNER* )
  | (?P<run> (?P<sort>[.…!?*=~_–—-])(?P=sort)* )
  | (?P<sign> \S )
"""
_ROMAN = re.compile(r"(?:[IVXLCDM]+|[ivxlcdm]+|\w)\b")


def tokenise(text: str, lang: str = "en") -> list[Token]:
    """Cut a text into words and signs; `lang` is "en" or "es" (others are taken as English).

    >>> [token.text for token in tokenise("The U.S. paid $1,000.50 for the self-coup.", "en")]
    ['The', 'U.S.', 'paid', '$', '1,000.50', 'for', 'the', 'self-coup', '.']
    >>> tokenise("EE. UU. pagó", "es")[0]
    Token(text='EE. UU.', start=0, stop=7)
    """
    pattern, grammar = _pattern(lang[:2].lower()), Grammar.of(lang)
    tokens: list[Token] = []
    for found in pattern.finditer(text):
        start, stop = found.span()
        if found["stop"] and not _owns_stop(text, found["word"], stop, grammar):
            tokens.append(Token(text[start : stop - 1], start, stop - 1))
            start = stop - 1
        tokens.append(Token(text[start:stop], start, stop))
    return tokens


def split_words(text: str, lang: str = "en") -> list[str]:
    """Give the words and signs of a text without their places.

    >>> split_words("¿Quién dio el golpe de Estado?", "es")
    ['¿', 'Quién', 'dio', 'el', 'golpe', 'de', 'Estado', '?']
    """
    return [token.text for token in tokenise(text, lang)]


def _owns_stop(text: str, word: str, after: int, grammar: Grammar) -> bool:
    """Tell whether the full stop at ``text[after - 1]`` is a part of the word: an abbreviation, or an initial."""
    following = text[after : after + 16].lstrip()
    if len(word) == 1:
        initial = word.isupper() and following[:1].isupper() and not (word == "I" and grammar.lang == "en")
        if initial and text[after : after + 1].isspace():
            return True
    kind = grammar.kind(word)
    if kind == "number":
        return bool(following[:1].isdigit() or _ROMAN.match(following))
    if kind == "date":
        return bool(following) and not following[0].isupper()
    if kind == "unit":
        return bool(following) and (following[0].islower() or following[0].isdigit())
    return kind is not None


@functools.lru_cache(maxsize=4)
def _pattern(code: str) -> re.Pattern[str]:
    language = LANGUAGES.get(code, ENGLISH)
    forms = {r"(?P<one>[A-Z])(?P=one)\.SPACE?(?P<two>[A-Z])(?P=two)(?:\.|\b)"}  # EE. UU., FF. AA.
    for key, example in language.examples.items():
        parts = [re.escape(part) for part in key.split(".")]
        if len(parts) == 1:
            continue
        written = re.search(r"\.\s?".join(parts), example, re.IGNORECASE)
        if written:
            forms.add(r"\.SPACE?".join(re.escape(part.strip()) for part in written[0].split(".")) + r"\.")
    # longest first: "a. de C." before "a. C."
    several = "|".join(sorted(forms, key=len, reverse=True))
    pattern = _PATTERN.replace("ABBREVIATIONS", several).replace("SPACE", _SPACE).replace("INNER", _INNER)
    return re.compile(pattern, re.VERBOSE)
