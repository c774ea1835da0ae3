"""Quick answers: what the rules would say of most marks between two words, told from the few words around them.

Texts of law hold little but full stops between words: titles ("Dr. Paz"), references ("art. 12"), initials and most
ends of sentences are decided here, in a fraction of the time that the rules take. What the rules say is what counts; a
test asks both.
"""

from __future__ import annotations

import re

from bialign.languages import Kind
from bialign.split.candidates import BEFORE_WORDS, LABEL, LONGEST_LABEL, REACH, TIMES, WEB
from bialign.split.grammar import PARTICLES, Grammar
from bialign.split.tokens import FULL_STOP, JOIN, LIVES, OPENERS, ROMAN, SMALL, Answer, Token, spaced

LONGEST = 24
"""Characters of the longest token looked at."""
_NAME = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)*")
_BEFORE_ITEM = " \t\n" + OPENERS
_WEB_BEGINS = frozenset({"htt", "www"})
_QUESTION, _ITEM, _LABEL = (True, "question"), (False, "enumerator"), (False, "label")
_CUT, _INITIAL, _AFTER_INITIAL = (True, "abbreviation"), (False, "initial"), (True, "initial")


def quick_mark(text: str, at: int, grammar: Grammar) -> Answer | None:
    """Give what the rules say of one question or exclamation mark between words, one space behind; None: ask them."""
    char = text[at + 2]
    if char.islower() or text[at + 2 : at + 5].lower() in _WEB_BEGINS:
        return None
    if text[at] == "!":  # "Yahoo! Inc."
        found = _NAME.match(text, at + 2, at + 2 + REACH)
        if found is None or (text.startswith(".", found.end()) and grammar.kinds[found[0]] == "ending"):
            return None
    return _QUESTION


def quick(text: str, at: int, segment: int, grammar: Grammar) -> Answer | None:
    """Give what the rules say of a full stop with one white space and a word behind; None: all must be asked."""
    low = max(segment, at - LONGEST)
    space = text.rfind(" ", low, at)
    if space > low:
        token = grammar.tokens[text[space + 1 : at]]
        last = text[space - 1]
        alone = last != "." and last != "e" and not last.isspace()
        if not alone and last == "e":  # of "a. de C.", perhaps
            alone = text[space - 2] != "d" or (space - 2 > segment and text[space - 3].isalnum())
    elif low == segment:
        token = grammar.tokens[text[space + 1 if space == low else low : at]]
        alone = True
    else:
        return None
    char = text[at + 2]
    if alone:
        if char.isupper():
            web = char in "HW" and text[at + 2 : at + 5].lower() in _WEB_BEGINS
            answer = None if web else token.capital
        elif char.isdigit():
            answer = token.number
        else:
            answer = token.small if char.islower() and char not in "hw" else None
        if answer is not None:
            return answer if token.kind is None or not grammar.exceptions else None
    if not token.left:
        return None
    whole = token.left if alone else spaced(text[max(segment, at - REACH) : at])
    return _with_parts(text, at, segment, grammar, token, whole)


def _with_parts(text: str, at: int, segment: int, grammar: Grammar, token: Token, whole: str) -> Answer | None:
    """Decide as `quick` does where the token may be the last part of an abbreviation, or the number of an item."""
    left = token.left
    kind = grammar.kinds[whole] or token.kind
    if kind is not None and grammar.exceptions:
        return None
    end = at - len(left)
    if token.enumerates and end - segment <= REACH and not text[segment:end].strip(_BEFORE_ITEM):
        return _ITEM
    char = text[at + 2]
    if char.isupper():
        if token.labels and at - segment <= LONGEST_LABEL and LABEL.match(text[segment:at]):
            return _LABEL
        return _before_capital(text, at, grammar, token, whole, kind)
    if char.isdigit():
        return _before_number(text, at, grammar, token, whole, kind)
    if not char.islower() or kind == "closing" or char in "hw" or left[-1] == ")":
        return None
    return SMALL if kind is not None or token.initial or len(left) == 1 else token.small


def _before_number(
    text: str, at: int, grammar: Grammar, token: Token, whole: str, kind: Kind | None
) -> Answer | None:
    left = token.left
    if left in LIVES or kind == "closing" or (kind == "title" and len(left) == 1):
        return None
    if kind is not None:
        return JOIN
    if token.initial or len(left) == 1 or left == "no" or grammar.exceptions or whole.lower() in grammar.prefixes:
        return None
    return FULL_STOP


def _before_capital(
    text: str, at: int, grammar: Grammar, token: Token, whole: str, kind: Kind | None
) -> Answer | None:
    left = token.left
    found = _NAME.match(text, at + 2, at + 2 + REACH)
    if found is None or (word := found[0]).lower() in WEB or (grammar.lang == "de" and left.isdigit()):
        return None
    if grammar.exceptions or whole.lower() in grammar.prefixes:
        following = f"{whole}.{word}".lower()
        if following in grammar.prefixes or (following in grammar.abbreviations and text.startswith(".", found.end())):
            return JOIN
    if len(left) == 1 and text[at - 2 : at - 1] == "(":
        return None
    if kind == "number":
        if word in {"I", "A", "Y", "O", "E"} and left.lower() in BEFORE_WORDS:
            return None
        if len(word) == 1 or word[1:2].isdigit() or ROMAN.match(word):
            return JOIN
    elif kind == "inner" or (kind == "title" and (len(left) > 1 or left.isupper())):
        return JOIN
    elif kind == "ending":
        return _CUT if word in grammar.language.starters else JOIN
    elif kind == "closing":
        return _CUT if word not in TIMES else JOIN
    if not token.initial:
        return FULL_STOP
    if word in PARTICLES or left in {"I", "V", "X"}:  # "J. M. Le Clézio", "World War I"
        return None
    begins = word in grammar.language.starters and not (len(word) == 1 and text.startswith(".", found.end()))
    return _AFTER_INITIAL if begins else _INITIAL
