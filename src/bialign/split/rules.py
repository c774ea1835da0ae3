"""The rules that cut or join at a candidate, in order; the first with an opinion decides, and gives the decision its name."""

from __future__ import annotations

import re
from collections.abc import Callable

from bialign.split.candidates import Candidate

Rule = Callable[[Candidate], bool | None]

_ROMAN = re.compile(r"[IVXLCDM]+\Z|[ivxlcdm]+\Z")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]\Z")
_ENUMERATOR = re.compile(r"(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5}|\d{1,2}(?:\.\d{1,2})+)\Z")
_NUMBER = re.compile(r"[^\W\d_]{0,3}[$€£%#+-]?\d[\d.,:/-]*\Z")
_TIMES = frozenset(
    """Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August
    September October November December EST EDT CST CDT MST MDT PST PDT ET CT MT PT GMT UTC BST CET Eastern Pacific Central""".split()
)
_GERMAN_DATES = frozenset(
    """Januar Februar März April Mai Juni Juli August September Oktober November Dezember Jahrhundert Jahrhunderts""".split()
)
_TERMINAL = ".!?…"


def continues(c: Candidate) -> bool | None:
    """Join before a comma, a slash or another mark that goes on."""
    return False if not c.word and not c.opening and c.rest[:1] in ",;:)/&=]}%>" else None


def glued(c: Candidate) -> bool | None:
    """Cut between words run together ("fin.Luego"), but not within names, addresses and file names."""
    if c.text[c.stop] in " \n\t\r\u00a0" or c.text[c.stop].isspace():
        return None
    if c.mark in "。．":
        return True
    token = c.left + c.mark + c.word + c.rest.split(None, 1)[0] if c.rest.split() else c.left + c.mark + c.word
    if re.search(r"[@/\\_#=&]|www|http|\w\.\w+\.|\d\.\w|[A-Z].*\.[A-Z]\w*\.", token):
        return False
    if not c.word[1:].islower() and c.word not in c.grammar.language.starters and c.first not in "¿¡":
        return False
    base = re.split(r"[^\w]", c.left)[-1]
    return len(base) >= 3 and base[1:].islower() and c.grammar.kind(base) is None


def bracketed_ellipsis(c: Candidate) -> bool | None:
    """Join at [...] or (…) that stands for words left out, unless a new sentence follows."""
    if not (
        c.mark.strip(". …") == "" and c.close[:1] in ")]" and c.close and (not c.left or c.text[c.start - 1] in "[(")
    ):
        return None
    head = c.text[max(c.segment, c.start - 8) : c.start - 1].rstrip()
    return bool(c.word and c.first.isupper() and head and head[-1] not in _TERMINAL)


def enumerator(c: Candidate) -> bool | None:
    """Join the number or letter of a list item with the item behind it."""
    if c.mark == "." and c.close in {"", ")"} and c.at_segment_start and _ENUMERATOR.match(c.left.rstrip(")")):
        return False
    return None


def reported(c: Candidate) -> bool | None:
    """Join a quoted question or exclamation with the words that say who spoke: "Who?" Ana asked."""
    if not c.close or not any(char in "\"'”’»›" for char in c.close) or c.mark == "." or not c.first.isupper():
        return None
    words = (c.word + c.rest).split()[:4]
    for number, word in enumerate(words):
        bare = word.strip(",.;:!?—–-\"'”’»")
        if bare in c.grammar.language.reporting:
            return False if number else None
        if (
            not bare[:1].isupper()
            or (number == 0 and bare != "I" and bare in c.grammar.language.starters)
            or word[-1] in ".!?"
        ):
            return None
    return None


def lower_case(c: Candidate) -> bool | None:
    """Join before a small letter."""
    return False if c.first.islower() else None


def ellipsis(c: Candidate) -> bool | None:
    """Cut at three dots before a capital, a number or an opening mark."""
    return True if len(c.mark) > 1 and set(c.mark) <= {".", " "} or "…" in c.mark else None


def question(c: Candidate) -> bool | None:
    """Cut at a question or exclamation mark."""
    return True if c.mark != "." else None


def abbreviation(c: Candidate) -> bool | None:
    """Decide at an abbreviation by its kind and by what follows."""
    if c.close and c.close not in {")", "]"}:
        return None
    token = c.spaced_left
    kind = c.grammar.kind(token) or c.grammar.kind(c.left)
    if kind is None:
        following = (token + "." + c.word).lower() if not c.opening else ""
        return (
            False
            if following in c.grammar.prefixes or (c.rest[:1] == "." and following in c.grammar.abbreviations)
            else None
        )
    if c.close:
        return None
    if c.first in "¿¡" or c.opening.strip()[:1] in {"¿", "¡"}:
        return True
    return _OPINIONS[kind](c)


def _title(c: Candidate) -> bool | None:
    if len(c.left) == 1 and c.left.islower():
        return None
    return False


def _inner(c: Candidate) -> bool | None:
    return False


def _number(c: Candidate) -> bool | None:
    numeral = c.first.isdigit() or len(c.word) == 1 or bool(_ROMAN.match(c.word)) or c.first in "§#°º"
    return False if numeral else None


def _unit(c: Candidate) -> bool | None:
    return None if c.first.isupper() or c.opening.strip() else False


def _date(c: Candidate) -> bool | None:
    return False if c.first.isdigit() else None


def _ending(c: Candidate) -> bool | None:
    if c.opening.strip():
        return True if c.opening.strip()[0] not in "([—–-" else False
    return c.word in c.grammar.language.starters


def _closing(c: Candidate) -> bool | None:
    return c.word not in _TIMES and not c.opening.strip().startswith("(")


_OPINIONS: dict[str, Rule] = {
    "title": _title, "inner": _inner, "number": _number, "unit": _unit, "date": _date, "ending": _ending, "closing": _closing,
}  # fmt: skip


def initial(c: Candidate) -> bool | None:
    """Join after the initial of a name ("J. Paz"), or letters with full stops ("J.R.R. Tolkien")."""
    if c.close or not (_DOTTED.match(c.left) or (len(c.left) == 1 and c.left.isupper())):
        return None
    if not c.first.isupper() or c.opening.strip():
        return None
    return c.word in c.grammar.language.starters and not (len(c.word) == 1 and c.rest[:1] == ".")


def german_ordinal(c: Candidate) -> bool | None:
    """Join "3. Oktober" and "19. Jahrhundert" in German."""
    return False if c.grammar.lang == "de" and c.left.isdigit() and c.word in _GERMAN_DATES else None


def full_stop(c: Candidate) -> bool | None:
    """Cut at a full stop."""
    return True


RULES: tuple[tuple[str, Rule], ...] = tuple(
    (rule.__name__.replace("_", "-"), rule)
    for rule in (
        glued, continues, bracketed_ellipsis, enumerator, reported, lower_case, ellipsis, question, abbreviation, initial,
        german_ordinal, full_stop,
    )
)  # fmt: skip
"""The rules with their names, in the order they are asked."""


def decide(c: Candidate) -> tuple[bool, str]:
    """Give whether to cut at the candidate, and the name of the rule that said so."""
    for name, rule in RULES:
        cut = rule(c)
        if cut is not None:
            return cut, name
    raise AssertionError("the last rule always decides")
