"""The rules that cut or join at a candidate, in order; the first with an opinion decides and names the decision."""

from __future__ import annotations

import re
from collections.abc import Callable

from bialign.languages import word_set
from bialign.split.candidates import BEFORE_WORDS, LABEL, LONGEST_LABEL, REACH, TIMES, WEB, Candidate
from bialign.split.grammar import PARTICLES
from bialign.split.tokens import DOTTED, ENUMERATOR, LIVES, OPENERS, ROMAN, VOWELS

Rule = Callable[[Candidate], bool | None]

_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)\Z")
_GERMAN_DATES = word_set(
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember Jahrhundert Jahrhunderts"
)
_TERMINAL = ".!?…"
_WIDE = "。．"
_MACHINE = re.compile(r"[@/\\_#=&]|www|http")
_QUOTES = frozenset("\"'”’»›")
_CLOSERS = _QUOTES | frozenset(")]")
_DASHES = frozenset("-–—")
_CONJUNCTIONS = word_set("And Or But Nor If Whether Whereas Not To Y E O Pero Ni Si Que")
_SMALL_I = re.compile(r"i(?<![\w.'-]i)(?:'?(?:m|ve|ll|d))?(?![\w.'-])")  # the letter first, so that it is searched for
_NUMBERED_THING = re.compile(
    r"\b(?:War|Part|Chapter|Act|Book|Type|Phase|Stage|Volume|Title|Guerra|Parte|Capítulo|Acto|Libro|Tipo|Fase|Tomo|"
    r"Título|[Ss]iglo)\ [IVX]\Z"
)
_INCHES = re.compile(r"(?<!\d)\d[\d.,/½¼¾]*\s*in\Z")
_COUNTED = re.compile(r"(?:\b(?:el|del|al|la|los|las|un|una)|,)\s+no\Z", re.IGNORECASE)
_DIRECTION = re.compile(r"\s*\([^()]*\)\Z")
_AGENCY = re.compile(r"\)\.? ?[-–—]")
_YEAR = re.compile(r"\d{4}[a-z]?\Z")
_PAGE = re.compile(r"\d{1,4}(?:[-–]\d{1,4})?[ \t]*(?:\n|\Z)")
FEWEST_LEADERS = 5
"""Dots in a row that are no ellipsis."""
_DOMAINS = word_set("com net org edu gov info co uk es pe mx ar cl")


def exception(c: Candidate) -> bool | None:
    """Join after an abbreviation that the user named."""
    if not c.grammar.exceptions or c.mark != "." or c.close:
        return None
    return False if c.grammar.is_exception(c.spaced_left) or c.grammar.is_exception(c.left) else None


def continues(c: Candidate) -> bool | None:
    """Join before a comma, a slash or another mark that goes on, and before stray closing marks with nothing behind."""
    line, broken, _ = c.opening.partition("\n")
    if (broken or not (c.word or c.rest)) and line.strip() and set(line) <= _CLOSERS | {" "}:
        return False
    return False if not c.word and not c.opening and c.rest[:1] in ",;:)/&]}%" else None


def glued(c: Candidate) -> bool | None:
    """Cut between words run together ("fin.Luego"), but not within names, addresses and file names."""
    if not c.is_tight:
        return None
    if c.mark in _WIDE:
        return True
    piece = c.left + c.mark + c.word + (c.rest.split(None, 1) or [""])[0]
    machine = _MACHINE.search(piece) or (c.rest[:1] == "." and c.rest[1:2].isalnum()) or c.word.lower() in _DOMAINS
    if machine or (c.is_ellipsis and c.word == "I"):
        return False
    starters = c.grammar.language.starters
    if c.first.islower():
        return c.mark == "?" or (c.word.title() in starters and c.left.isalpha())
    if c.left.replace(",", "").isdigit():
        return c.word in starters
    base = re.split(r"[^\w]", c.left)[-1]
    ordinary = len(base) >= 3 and base[1:].islower() and c.grammar.kind(base) is None
    return ordinary and (c.word[1:].islower() or c.word in starters or c.first in "¿¡")


def bracketed_ellipsis(c: Candidate) -> bool | None:
    """Join at [...] or (…) that stands for words left out, unless a new sentence follows."""
    if not (
        c.mark.strip(". …") == "" and c.close[:1] in ")]" and c.close and (not c.left or c.text[c.start - 1] in "[(")
    ):
        return None
    head = c.text[max(c.segment, c.start - 8) : c.start - 1].rstrip()
    return bool(c.word and c.first.isupper() and "(" not in c.opening and head and head[-1] not in _TERMINAL)


def enumerator(c: Candidate) -> bool | None:
    """Join the number or letter of a list item with the item behind it."""
    if c.mark == "." and c.close in {"", ")"} and c.at_segment_start and ENUMERATOR.match(c.left.rstrip(")")):
        return False
    return None


def label(c: Candidate) -> bool | None:
    """Join what a paragraph is called with the paragraph: "Art. 3.", "LIMA. —", and in plays "ANA (riendo). —"."""
    if c.mark != "." or c.close or c.start - c.segment > LONGEST_LABEL:
        return None
    head = c.text[c.segment : c.start]
    if c.opening.strip()[:1] in _DASHES and _DIRECTION.sub("", head).isupper() and not c.word.isupper():
        return False
    return False if c.first.isupper() and LABEL.match(head) else None


def reported(c: Candidate) -> bool | None:
    """Join a quoted question or exclamation with the words that say who spoke: "Who?" Ana asked."""
    if not c.close or not any(char in "\"'”’»›" for char in c.close) or c.mark == "." or not c.first.isupper():
        return None
    words = (c.word + c.rest).split()[:4]
    for number, word in enumerate(words):
        bare = word.strip(",.;:!?—–-\"'”’»")
        if word[-1] == "." and c.grammar.kind(bare) == "title":  # "Why?" Mr. Hale asked.
            continue
        if bare in c.grammar.language.reporting:
            return False if number else None
        if (
            not bare[:1].isupper()
            or (number == 0 and bare != "I" and bare in c.grammar.language.starters)
            or word[-1] in ".!?"
        ):
            return None
    return None


def careless(c: Candidate) -> bool | None:
    """Cut before a small letter where the writer begins sentences so, or after a word that is no abbreviation."""
    if not c.first.islower() or c.is_ellipsis or set(c.close) & _CLOSERS or set(c.opening) & _DASHES:
        return None
    if c.mark != ".":
        asked = "?" in c.mark and c.left.islower() and c.word.title() in c.grammar.language.starters - _CONJUNCTIONS
        return True if (asked and c.before.count(" ") >= 2) or _is_careless(c) else None
    left = c.left.rstrip('"”»)]')
    if left == "in" and _INCHES.search(c.before):
        return None
    kind = c.grammar.kind(c.spaced_left) or c.grammar.kind(left)
    if kind is not None or not left or DOTTED.match(left):
        return True if kind == "closing" and c.word.title() in c.grammar.language.starters and _is_careless(c) else None
    if left.isalpha() and left.islower() and set(left) & VOWELS:
        known = len(left) >= 2 and left in c.grammar.language.function_words
        return True if len(left) >= 4 or known or (len(left) > 1 and _is_careless(c)) else None
    certain = left != c.left or _ORDINAL.match(left) or (left.isupper() and len(left) >= 4)
    return True if len(left) >= 2 and (certain or _is_careless(c)) else None


def _is_careless(c: Candidate) -> bool:
    if c.text[c.segment : min(c.start, c.segment + REACH)].lstrip()[:1].islower():
        return True
    around = c.text[max(c.segment, c.start - 300) : c.stop + 300]
    return c.grammar.lang == "en" and bool(_SMALL_I.search(around))


def address(c: Candidate) -> bool | None:
    """Cut before an address on the web, whose small letter tells nothing."""
    return True if c.word.lower() in WEB and c.grammar.kind(c.spaced_left) is None else None


def lower_case(c: Candidate) -> bool | None:
    """Join before a small letter."""
    return False if c.first.islower() else None


def leaders(c: Candidate) -> bool | None:
    """Join the title of a chapter with its page, at the end of the line, over the dots that lead there."""
    if not c.is_ellipsis or c.mark.count(".") < FEWEST_LEADERS:
        return None
    return False if not c.close and not c.opening and _PAGE.match(c.word + c.rest) else None


def ellipsis(c: Candidate) -> bool | None:
    """Cut at three dots before a capital, a number or an opening mark, but for "words ... I" and "I... I"."""
    if not c.is_ellipsis:
        return None
    word = re.split(r"['’]", c.word)[0]
    return not (word == "I" and not c.close and (c.left == "I" or c.text[c.start - 1 : c.start].isspace()))


def question(c: Candidate) -> bool | None:
    """Cut at a question or exclamation mark."""
    if c.mark != "." and c.left[-1:] in {":", ";", ","}:  # a character that some program could not write
        return False
    if c.mark == "!" and not c.close and c.rest[:1] == "." and c.grammar.kind(c.word) == "ending":  # "Yahoo! Inc."
        return False
    return True if c.mark != "." else None


def year(c: Candidate) -> bool | None:
    """Join the initial of an author with the year of a book, "Paz, O. (1950)", and "b. 1900" with that of a life."""
    if c.mark == "." and c.left in LIVES and not c.close and not c.opening:
        return False if _YEAR.match(c.word) else None
    dated = c.mark == "." and c.opening.strip() == "(" and len(c.left) == 1 and c.left.isupper()
    return False if dated and _YEAR.match(c.word) else None


def abbreviation(c: Candidate) -> bool | None:
    """Decide at an abbreviation by its kind and by what follows."""
    if c.close and c.close not in {")", "]"}:
        return None
    token = c.spaced_left
    if _is_first_part(c, token):
        return False
    kind = c.grammar.kind(token) or c.grammar.kind(c.left)
    if kind is None or c.close:
        return False if kind is not None and _is_aside(c) else None
    return True if "¿" in c.opening or "¡" in c.opening else _OPINIONS[kind](c)


def _is_aside(c: Candidate) -> bool:
    """Tell whether the bracket that closes opened within a sentence, which goes on: "nets (cod, etc.) Ana sold"."""
    if c.word in c.grammar.language.starters:  # carelessly: "near the hall (220 Lake Ave.) Does anyone ..."
        return False
    opening = c.text.rfind("(" if c.close == ")" else "[", c.segment, c.start)
    head = c.text[c.segment : max(c.segment, opening)].rstrip()
    return bool(head) and head[-1] not in _TERMINAL and head[-1] not in _CLOSERS


def _is_first_part(c: Candidate, token: str) -> bool:
    """Tell whether more of an abbreviation follows ("EE. UU."), or an explanation in brackets: "(n. Lima, 1912)"."""
    following = (token + "." + c.word).lower() if not c.opening else ""
    rest = c.rest.lstrip() if c.text[c.start - 1] == " " else c.rest  # tokenised: "EE . UU ."
    whole = rest[:1] == "." and following in c.grammar.abbreviations
    return whole or following in c.grammar.prefixes or (len(c.left) == 1 and c.before[-2:-1] == "(")


def _title(c: Candidate) -> bool | None:
    if len(c.left) == 1 and c.left.islower():
        return None
    return False


def _inner(c: Candidate) -> bool | None:
    return False


def _number(c: Candidate) -> bool | None:
    if c.word in {"I", "A", "Y", "O", "E"} and (c.left.lower() in BEFORE_WORDS or c.opening.strip()):
        return None
    numeral = (
        c.first.isdigit() or c.word[1:2].isdigit() or len(c.word) == 1 or bool(ROMAN.match(c.word)) or c.first in "§#°º"
    )
    return False if numeral else None


def _unit(c: Candidate) -> bool | None:
    return None if c.first.isupper() or c.opening.strip() else False


def _date(c: Candidate) -> bool | None:
    agency = c.opening.strip() == "(" and len(c.word) > 1 and (c.word.isupper() or _AGENCY.match(c.rest) is not None)
    return False if c.first.isdigit() or agency else None  # "LIMA, 5 abr. (EFE)"


def _ending(c: Candidate) -> bool | None:
    if c.opening.strip():
        return c.opening.strip()[0] not in "([—–-"
    return c.word in c.grammar.language.starters


def _closing(c: Candidate) -> bool | None:
    year = c.left.upper() == "A.D" and c.first.isdigit()
    return not year and c.word not in TIMES and not c.opening.strip().startswith("(")


_OPINIONS: dict[str, Rule] = {
    "title": _title,
    "inner": _inner,
    "number": _number,
    "unit": _unit,
    "date": _date,
    "ending": _ending,
    "closing": _closing,
}


def initial(c: Candidate) -> bool | None:
    """Join after the initial of a name ("J. Paz"), or letters with full stops ("J.R.R. Tolkien")."""
    if c.close or not (DOTTED.match(c.left) or (len(c.left) == 1 and c.left.isupper())):
        return None
    if c.first.isdigit() and re.match(r"\d+(?:st|nd|rd|th)\b", c.word):  # "S. 10th Street"
        return False
    if c.first == "§" and len(c.left) > 1:  # "42 U.S.C. § 1983"
        return False
    return None if not c.first.isupper() or c.opening.strip() else _initial_before_capital(c)


def _initial_before_capital(c: Candidate) -> bool:
    if c.left in "IVX" and (_NUMBERED_THING.search(c.before) or _is_numeral(c)):  # "World War I. World War II."
        return True
    if c.word in PARTICLES and c.rest[1:2].isupper():  # "J. M. Le Clézio"
        return False
    return c.word in c.grammar.language.starters and not (len(c.word) == 1 and c.rest[:1] == ".")


def _is_numeral(c: Candidate) -> bool:
    """Tell whether the letter before the stop is the number of a chapter or the like: "vol. I. Paz"."""
    head = c.before.split()[-2:-1]
    word = head[0].lstrip(OPENERS).rstrip(".") if head else ""
    return len(word) + word.islower() > 1 and head[0][-1] == "." and c.grammar.kind(word) in {"number", "ending"}


def numero(c: Candidate) -> bool | None:
    """Join "el no. 5" in Spanish, where "no." otherwise is the word."""
    counted = c.grammar.lang == "es" and c.left == "no" and c.first.isdigit() and not c.close
    return False if counted and _COUNTED.search(c.before) else None


def german_ordinal(c: Candidate) -> bool | None:
    """Join "3. Oktober" and "19. Jahrhundert" in German."""
    return False if c.grammar.lang == "de" and c.left.isdigit() and c.word in _GERMAN_DATES else None


def full_stop(c: Candidate) -> bool | None:
    """Cut at a full stop."""
    return True


RULES: tuple[tuple[str, Rule], ...] = tuple(
    (rule.__name__.replace("_", "-"), rule)
    for rule in (
        exception, glued, continues, bracketed_ellipsis, enumerator, label, reported, careless, address, lower_case,
        leaders, ellipsis, question, year, abbreviation, initial, numero, german_ordinal, full_stop,
    )
)  # fmt: skip
"""The rules with their names, in the order they are asked."""
