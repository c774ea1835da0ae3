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
from bialign.split.tokens import (
    CAPITAL,
    FULL_STOP,
    JOIN,
    LETTER,
    LIVES,
    NUMBER,
    OPENERS,
    OTHER,
    ROMAN,
    SMALL,
    Answer,
    Token,
    spaced,
)

LONGEST = 24
"""Characters of the longest token looked at."""
_NAME = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)*")
_IN_DOUBT = frozenset(".e\t\n\x0b\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000")
_IN_DOUBT |= frozenset(map(chr, range(0x2000, 0x200B)))
"""What the token before may end in where the two may be parts of one abbreviation: a stop, "de", other white space."""
_REMEMBERED = 1024
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


class _Firsts(dict[str, int]):
    """Tell what a character is to `Token.alone`; of letters that may begin an address, nothing is known."""

    def __missing__(self, char: str) -> int:
        if char.isupper():
            found = CAPITAL
        elif char.isdigit():
            found = NUMBER
        else:
            found = LETTER if char.islower() and char not in "hw" else OTHER
        if len(self) < _REMEMBERED:
            self[char] = found
        return found


_FIRSTS = _Firsts()


def quick(text: str, at: int, segment: int, grammar: Grammar) -> Answer | None:
    """Give what the rules say of a full stop with one white space and a word behind; None: all must be asked."""
    low = at - LONGEST if at - segment > LONGEST else segment
    space = text.rfind(" ", low, at)
    if space > low:
        token = grammar.tokens[text[space + 1 : at]]
        last = text[space - 1]
        alone = last not in _IN_DOUBT
        if last == "e":  # of "a. de C.", perhaps
            alone = text[space - 2] != "d" or (space - 2 > segment and text[space - 3].isalnum())
    elif low == segment:
        token = grammar.tokens[text[space + 1 if space == low else low : at]]
        alone = True
    else:
        return None
    char = text[at + 2]
    if (
        alone
        and (answer := token.alone[_FIRSTS[char]]) is not None
        and not (grammar.exceptions and token.kind is not None)
        and not (char in "HW" and text[at + 2 : at + 5].lower() in _WEB_BEGINS)
    ):
        return answer
    return None if grammar.exceptions or not token.left else _with_parts(text, at, segment, grammar, token, alone=alone)


def _with_parts(text: str, at: int, segment: int, grammar: Grammar, token: Token, *, alone: bool) -> Answer | None:
    """Decide as `quick` does where the token may be the last part of an abbreviation, or the number of an item."""
    end = at - len(token.left)
    if token.enumerates and end - segment <= REACH and not text[segment:end].strip(_BEFORE_ITEM):
        return _ITEM
    whole = token if alone else grammar.tokens[spaced(text[max(segment, at - REACH) : at])]
    char = text[at + 2]
    if char.isupper():
        if token.labels and at - segment <= LONGEST_LABEL and LABEL.match(text[segment:at]):
            return _LABEL
        return _before_capital(text, at, grammar, token, whole)
    return _before_number(token, whole) if char.isdigit() else _before_letter(char, token, whole)


def _before_letter(char: str, token: Token, whole: Token) -> Answer | None:
    kind = whole.kind or token.kind
    if kind == "closing" or not char.islower() or char in "hw" or token.left[-1] == ")":
        return None
    return SMALL if kind is not None or token.initial or len(token.left) == 1 else token.alone[LETTER]


def _before_number(token: Token, whole: Token) -> Answer | None:
    left, kind = token.left, whole.kind or token.kind
    if kind == "closing" or left in LIVES or (kind == "title" and len(left) == 1):
        return None
    if kind is not None:
        return JOIN
    return None if token.initial or len(left) == 1 or left == "no" or whole.begins else FULL_STOP


def _before_capital(text: str, at: int, grammar: Grammar, token: Token, whole: Token) -> Answer | None:
    """Decide as `quick` does before a capital: "cap. IV", the initials of names, abbreviations of several parts."""
    left = token.left
    found = _NAME.match(text, at + 2, at + 2 + REACH)
    if found is None or found[0].lower() in WEB or (grammar.lang == "de" and left.isdigit()):
        return None
    word = found[0]
    if (len(left) == 1 and text[at - 2] == "(") or (whole.begins and _goes_on(whole.left, found, grammar)):
        return JOIN
    kind = whole.kind or token.kind
    if kind is not None and (answer := _before_word(left, kind, word, grammar)):
        return answer
    if not token.initial:
        return FULL_STOP
    if word in PARTICLES or left in "IVX":  # "J. M. Le Clézio", "World War I"
        return None
    begins = word in grammar.language.starters and not (len(word) == 1 and text.startswith(".", found.end()))
    return _AFTER_INITIAL if begins else _INITIAL


def _goes_on(whole: str, found: re.Match[str], grammar: Grammar) -> bool:
    """Tell whether the word found behind an abbreviation is a further part of it."""
    following = f"{whole}.{found[0]}".lower()
    stopped = found.string.startswith(".", found.end())
    return following in grammar.prefixes or (stopped and following in grammar.abbreviations)


def _before_word(left: str, kind: Kind, word: str, grammar: Grammar) -> Answer | None:
    """Give what the kind of an abbreviation says of a word with a capital behind it."""
    if kind == "inner" or (kind == "title" and (len(left) > 1 or left.isupper())):
        return JOIN
    if kind == "number":
        if word in {"A", "E", "I", "O", "Y"} and left.lower() in BEFORE_WORDS:
            return None
        return JOIN if len(word) == 1 or word[1:2].isdigit() or ROMAN.match(word) else None
    if kind == "ending":
        return _CUT if word in grammar.language.starters else JOIN
    if kind == "closing":
        return _CUT if word not in TIMES else JOIN
    return None
