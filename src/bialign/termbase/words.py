"""Texts and terms as rows of words and signs, the same for both, each with its place in the text."""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass

from bialign.termbase.forms import without_accents

# a word (with loose combining accents, soft hyphens and joiners), the end of a paragraph, or one other sign
_TOKEN = re.compile(r"[\w\u0300-\u036f\u00ad\u200b-\u200d\u2060]+|\n[^\S\n]*\n|[^\w\s]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060]")
_HYPHENS = frozenset("-\u2010\u2011")
_SIGNS = {**dict.fromkeys("’‘ʼ`´", "'"), **dict.fromkeys("“”„«»", '"'), "‐": "-", "‑": "-"}
PARAGRAPH = "\n\n"
"""The token of an empty line, over which no term runs."""


@dataclass(frozen=True, slots=True)
class Words:
    """Hold a text's words and signs: as written, in lower case, without accents; `joined` to the next by a hyphen."""

    text: str
    written: list[str]
    folded: list[str]
    plain: list[str]
    starts: list[int]
    stops: list[int]
    joined: frozenset[int]

    def __len__(self) -> int:
        return len(self.written)


def words_of(text: str) -> Words:
    """Part a text into its words and signs; spaces and hyphens inside words are no signs.

    >>> words = words_of("Anti-drug Raids!")
    >>> words.folded, words.joined
    (['anti', 'drug', 'raids', '!'], frozenset({0}))
    """
    written: list[str] = []
    folded: list[str] = []
    plain: list[str] = []
    starts: list[int] = []
    stops: list[int] = []
    joined: set[int] = set()
    size = len(text)
    for match in _TOKEN.finditer(text):
        raw = match.group()
        start, stop = match.span()
        if raw in _HYPHENS and start > 0 and stop < size and text[start - 1].isalnum() and text[stop].isalnum():
            joined.add(len(written) - 1)
            continue
        as_is, lower, bare = _forms(raw)
        written.append(as_is)
        folded.append(lower)
        plain.append(bare)
        starts.append(start)
        stops.append(stop)
    return Words(text, written, folded, plain, starts, stops, frozenset(joined))


@functools.lru_cache(1 << 16)
def _forms(raw: str) -> tuple[str, str, str]:
    if raw.isascii():
        if raw[0] == "\n":
            return PARAGRAPH, PARAGRAPH, PARAGRAPH
        sign = _SIGNS.get(raw, raw)
        return sign, sign.casefold(), sign.casefold()
    if raw in _SIGNS:
        return (_SIGNS[raw],) * 3
    word = unicodedata.normalize("NFC", _INVISIBLE.sub("", raw)) or raw
    # capital sigma and dotted I fold in ways of their own; what folds alike is alike
    folded = unicodedata.normalize("NFC", word.casefold())
    return word, folded, without_accents(folded)
