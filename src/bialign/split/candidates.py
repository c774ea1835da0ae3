"""The places where a sentence might end, and what stands around each of them."""

from __future__ import annotations

import re

from bialign.languages import word_set
from bialign.split.grammar import Grammar, key
from bialign.split.tokens import OPENERS, spaced

CANDIDATE = re.compile(
    r"""
    [.!?…。．‽]  # first, alone, so that the search for it is quick
    (?: (?<=(?:[^\W_]|\))\.)(?P<stop>\s)(?=[^\W_])
      | (?<=[^\W_][?!])(?P<asked>\ )(?=[^\W_])
      # Only the first mark of a run starts a candidate, so that a megabyte of them stays linear.
      | (?<![.!?…。．‽].)
        (?: (?<=\.)(?<!\.\ \.)(?P<spaced>(?:\ \.){2,}+)
          | (?:(?<!\.)|(?<!\.\ \.))(?P<run>[.!?…。．‽]*+)(?!\ \.(?:[\s.”"’')]|\Z)) )
        (?: (?P<close>(?: ["'”’»›)\]}*_] | [¹²³⁰-⁹] | \ (?=[»”]) | \ ["'](?=\s)
                      | \ ?\[(?:\d{1,3}(?:[-–,]\ ?\d{1,3})*|\.\.\.|…)\](?=[\s\[]|\Z) )*+)
            (?P<note>(?:(?<=[a-zà-ÿ)\]”"]\.)|(?<=[.!?][”"»]))\d{1,3}(?:[ ,–-]{1,2}\d{1,3})*+)?
            (?P<space>\s++)(?=\S)
          | (?<=(?:[a-zà-ÿ\d][a-zà-ÿ\d%)]|\.\.|!!|\?\?)[.!?…])(?P<tight>["”»]?)(?=[A-ZÀ-Þ¿¡]\w)
          | (?<=[a-z?]{2}\?)(?P<small>)(?=[a-z]{3,}\ ) | (?<=[a-z]{3}\.)(?P<smaller>)(?=[a-z]{2,}\ )
          | (?<=[。．])(?P<wide>)(?=\S) )
    )
    """,
    re.VERBOSE,
)
"""Every candidate; a full stop and one white space between words is in "stop", another mark so in "asked"."""
_RIGHT = re.compile(r"(?P<open>[\s\"'“‘«‹(\[{¿¡—–\-*_•·]*)(?P<word>[^\W_]+(?:['’][^\W\d_]+)*)?(?P<rest>.*)", re.DOTALL)
FAR = 2000
"""Characters looked at to find the mate of a quotation mark."""
REACH = 48
"""Characters looked at on each side of a candidate."""


def ends_in_exception(text: str, grammar: Grammar) -> bool:
    """Tell whether a text ends in an abbreviation, of up to four parts, that the user named."""
    parts = text[-REACH:].split()[-4:]
    tokens = ("".join(parts[number:]).lstrip(OPENERS) for number in range(len(parts)))
    return any(token.endswith(".") and grammar.is_exception(key(token)) for token in tokens)


LONGEST_LABEL = 32
"""Characters of the longest label of a paragraph."""
LABEL = re.compile(
    r"\s*(?:Art[íi]c(?:ulo|le)|Art\.|Secci[óo]n|Section|Sec\.|Cl[áa]usula|Clause|Paso|Step|Regla|Rule|Figur[ea]|Fig\.|"
    r"Tabl[ea]|Cuadro|Chapter|Cap[íi]tulo|Cap\.|Lesson|Lecci[óo]n|Part|Parte)"
    r"[ \u00a0](?:n\.º )?(?:\d{1,3}(?:\.\d{1,3})*\.?[ºª°]?|[IVXL]{1,6}|[A-Z])\Z",
    re.IGNORECASE,
)
BEFORE_WORDS = word_set("art no app")
"""Abbreviations of words before which a single letter may be a word: "No. I know." """
WEB = word_set("http https www")
TIMES = word_set(
    """
Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September
October November December EST EDT CST CDT MST MDT PST PDT ET CT MT PT GMT UTC BST CET Eastern Pacific Central
"""
)


def _opens(text: str, start: int) -> bool:
    """Tell whether a straight quotation mark with spaces around it opens: those before it on its line are paired."""
    line = max(text.rfind("\n", max(0, start - FAR), start), start - FAR, 0)
    return text.count('"', line, start) % 2 == 0


_BETWEEN_WORDS = frozenset({"stop", "asked"})


class Candidate:
    """Show one place: `left` is the token before the mark, `word` the first one behind, `opening` what is between."""

    __slots__ = (
        "_spaced_left",
        "before",
        "close",
        "first",
        "grammar",
        "is_tight",
        "left",
        "mark",
        "opening",
        "rest",
        "segment",
        "start",
        "stop",
        "text",
        "word",
    )

    def __init__(self, text: str, found: re.Match[str], segment: int, grammar: Grammar) -> None:
        self.text, self.grammar, self.segment = text, grammar, segment
        self.start = found.start()
        self.is_tight = False
        if found.lastgroup in _BETWEEN_WORDS:
            self.stop = self.start + 1
            self.mark, self.close = text[self.start], ""
        else:
            self._measure(found)
        self.before = text[max(segment, self.start - REACH) : self.start].rstrip()
        self.left = (self.before.rsplit(None, 1) or [""])[-1].lstrip(OPENERS)
        right = _RIGHT.match(text, end := found.end(), end + REACH)
        assert right is not None  # every part of the pattern is optional
        self.opening, word, self.rest = right.groups()
        self.word = word or ""
        self.first = self.word[:1] or self.rest[:1]
        self._spaced_left: str | None = None

    def _measure(self, found: re.Match[str]) -> None:
        """Find out what belongs to the mark and what closes behind it."""
        text = self.text
        middle = found.end("spaced") if found["spaced"] else max(found.end("run"), self.start + 1)
        self.stop = found.start("space") if found["space"] else found.end()
        if found["spaced"] and middle - self.start > 6 and self.stop == middle and text[self.start - 1].isalnum():
            self.stop = self.start + 1  # a full stop, and three dots for what is left out behind it
        self.mark = text[self.start : middle]
        self.close = text[middle : self.stop]
        if self.close == ' "' and _opens(text, self.start):  # as tokenised texts have it
            self.close, self.stop = "", middle
        self.is_tight = not found["space"]

    @property
    def is_ellipsis(self) -> bool:
        """Tell whether the mark is three dots or more, or fewer than a careful writer's."""
        return "…" in self.mark or (len(self.mark) > 1 and not self.mark.strip(". "))

    @property
    def at_segment_start(self) -> bool:
        """Tell whether nothing but the left token stands before the mark in its segment."""
        end = self.start - len(self.left)
        # what is longer holds words; to look through it each time would take the square of its length
        return end - self.segment <= REACH and not self.text[self.segment : end].strip(" \t\n" + OPENERS)

    @property
    def spaced_left(self) -> str:
        """Give the abbreviation of several parts that ends here, its spaces removed: "EE. UU" is "EE.UU"."""
        if self._spaced_left is None:
            self._spaced_left = spaced(self.before)
        return self._spaced_left
