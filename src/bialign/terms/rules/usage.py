"""How a term of the source is used where it stands: as a word of another kind, or as a part of a name."""

from __future__ import annotations

import re

from bialign.bitext import Span
from bialign.languages import word_set
from bialign.termbase import primary

_BEFORE_VERBS = word_set(
    "to can could may might must shall should will would cannot not don't doesn't didn't won't can't i you we they who "
    "do does did please let's thus both also then which that never often always usually"
)
_PHRASE = re.compile(
    r"\b(?:as a (?:result|rule|matter of)|in (?:the )?case(?: of)?|in (?:order|terms|addition|fact|part|place|time|"
    r"light|general|particular|view|spite|turn)|for (?:example|instance)|by means|of course|"
    r"at (?:least|times|last|first)|with (?:respect|regard)|on (?:time|behalf)|by way|so far)\b",
    re.IGNORECASE,
)
_LAST_WORD = re.compile(r"([^\W\d_][\w'’]*)\W{0,2}$")
_NEXT_WORD = re.compile(r"[ \u00a0-]+(?:(?:of|and|for|the|&|de|la|del|y) )*([^\W\d_]\w*)")
_NAME_BEFORE = re.compile(r"([^\W\d_]\w*)[ \u00a0-]+(?:(?:of|and|for|the|&|de|la|del|y) )*$")
_VERB = re.compile("[aeií]r(?:se)?$")


def is_verb_here(text: str, place: Span, lang: str, renderings: tuple[str, ...]) -> bool:
    """Tell whether an English word is a verb where it stands, though the glossary renders a noun.

    >>> is_verb_here("It may result in death.", Span(7, 13), "en", ("resultado",))
    True
    >>> is_verb_here("the result is known", Span(4, 10), "en", ("resultado",))
    False
    """
    if primary(lang) != "en" or any(_VERB.search(rendering.split()[0]) for rendering in renderings):
        return False
    before = _LAST_WORD.search(text, max(0, place.start - 24), place.start)
    return before is not None and before[1].lower().replace("’", "'") in _BEFORE_VERBS


def is_in_phrase(text: str, place: Span, lang: str) -> bool:
    """Tell whether an English word is a part of a set phrase ("as a result"), or of a compound with a hyphen.

    >>> is_in_phrase("As a result, it rained.", Span(5, 11), "en"), is_in_phrase("a result", Span(2, 8), "en")
    (True, False)
    >>> is_in_phrase("high-touch surfaces", Span(5, 10), "en")
    True
    """
    before, after = text[max(0, place.start - 2) : place.start], text[place.stop : place.stop + 2]
    if (before[-1:] == "-" and before[:1].isalnum()) or (after[:1] == "-" and after[1:].isalnum()):
        return True
    if primary(lang) != "en":
        return False
    around = max(0, place.start - 20)
    return any(
        found.start() <= place.start and place.stop <= found.end()
        for found in _PHRASE.finditer(text, around, place.stop + 10)
    )


def is_in_name(text: str, place: Span, term: str) -> bool:
    """Tell whether a common term is a part of a name: it has a capital there, as the word beside it has.

    >>> is_in_name("the Food and Drug Administration", Span(13, 17), "drug")
    True
    >>> is_in_name("Drug use in Lima", Span(0, 4), "drug"), is_in_name("a Drug Administration", Span(2, 6), "Drug")
    (False, False)
    """
    if term[:1].isupper() or not text[place.start : place.start + 1].isupper():
        return False
    after = _NEXT_WORD.match(text, place.stop)
    before = _NAME_BEFORE.search(text, max(0, place.start - 40), place.start)
    return any(near is not None and near[1][0].isupper() for near in (before, after))
