"""Typewriter's quotes and dashes as printers write them: English “ ” ’ —, Spanish « » “ ” —; only where asked.

Spanish takes the marks that the text has already, else « » outside and “ ” inside, as the Academy advises; English “ ”.
Where it cannot be told what a mark is - it has no partner in its paragraph, or stands in code, an address, a number, a
measure, a range or an option of a program - it stays.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterator

from bialign.languages import SPANISH, guess_language
from bialign.mojibake import Edit
from bialign.split.layout import find_paragraphs

_PROTECTED = re.compile(
    r"""
    ```.*?(?:```|\Z) | `[^`\n]+`  # code of Markdown
  | (?:https?|ftp|file)://\S+ | www\.\S+ | \S+@\S+\.\w+
  | <[a-zA-Z/!][^<>\n]*>  # tags, with their attributes
  | \d+(?:[.,]\d+)?\ ?['"](?=\ ?\d) | \d+'\d+(?:\.\d+)?" | \d°\ ?\d+'(?:\ ?\d+(?:\.\d+)?")?
  | ^[^\w\n]*[-=_*|+:.][-=_*|+:.\ ]*$  # rules, and those of tables
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
_CODE_LINE = re.compile(
    r"""
    ^(?: .*[{};]\s*$ | \s*[$#>]\s.* | .*(?:=>|==|!=|</|/>|\(\)|\\\\|&&|\|\||::).* | \s*[\w.]+\s*=\s.*
      | \s*"[^"\n]*"\s*:.* | "[^"\n]*"(?:[,;\t]"[^"\n]*")+\s*$ | [^"\n]*(?:[\w.]\[|=)"[^"\n]*".*
      | (?:sudo|git|pip|cd|ls|grep|python3?|npm|make|docker|curl)\ .* )$
    """,
    re.VERBOSE | re.MULTILINE,
)
_OPENS_BEFORE = " \t\n([{—–-/¿¡“«‘\"'"
_CLOSES_AFTER = " \t\n.,;:!?…)]}—–-/”»’\"'"
_ELIDED = re.compile(
    r"(?:\d\ds?|em|til|tis|twas|twere|cause|bout|round|n|kay|cuz|neath|tween|pa|ta|toy|tá|na)(?![^\W\d_])",
    re.IGNORECASE,
)
_MARKS = {"en": ("“”", "‘’"), "es": ("«»", "“”"), "es“": ("“”", "‘’")}
_WORD_BEFORE = re.compile(r"[^\W\d_]{2,}[\"”»’)\]]*\Z|\bI\Z")
_SPACED = re.compile(r"(?<=[^\W_]|[\"”»’)\]!?…]) (?P<mark>--?-?|–) (?=[\"“«‘(¿¡]*(?P<word>[^\W\d_]+))")
_TWO = re.compile(r"(?<![-\s])(?P<mark>--?-|--)(?=[\"”»’)\s.,;:!?]|\Z|[\"“«‘¿¡]*[^\W\d_])(?!-)")
_ASIDE = re.compile(r"(?<=[\s(])-{1,2}(?P<first>[¿¡\"«“]?[^\W\d_]{2,})")
_ASIDE_END = re.compile(r"(?<=[^\W_]|[.!?…»”\")])-{1,2}(?=[\s.,;:!?)…]|\Z)")
_SPEECH = re.compile(r"-{1,2} ?(?=[¿¡\"«“(…]*[A-ZÁÉÍÓÚÑÜ]|\.\.\.)")
_SENTENCE_END = re.compile(r"[.!?…][\"”»’)]*-?\s*\Z")
_INDENT = re.compile(r"[ \t]*")
_LONGEST_ASIDE = 300


def find_quotes(text: str, lang: str) -> list[Edit]:
    """Find straight quotation marks and apostrophes, and what the language writes instead."""
    if '"' not in text and "'" not in text:
        return []
    lang = lang[:2] or guess_language(text)
    marks = _MARKS["es“" if lang == "es" and text.count("“") > text.count("«") else lang if lang == "es" else "en"]
    kept = _Kept(text)
    edits: list[Edit] = []
    spans = find_paragraphs(text)
    for number, (start, stop) in enumerate(spans):
        doubled = list(_double(text, start, stop, marks, kept))
        after = spans[number + 1][0] if number + 1 < len(spans) else len(text)
        # speech of several paragraphs has a mark at the beginning of each, and at the end of the last
        open_marks = list(itertools.accumulate((side for _, side in doubled), initial=0))
        spoken = doubled and doubled[0][0][0] == start and text[after : after + 1] == '"'
        if min(open_marks) == 0 and (open_marks[-1] == 0 or (spoken and open_marks[-1] == 1)):
            edits += (edit for edit, _ in doubled)
        edits += _single(text, start, stop, kept)
    return sorted(edits)


def _double(text: str, start: int, stop: int, marks: tuple[str, str], kept: _Kept) -> Iterator[tuple[Edit, int]]:
    """Give the straight marks of a paragraph with what they become, and 1 for those that open, -1 for those that close.

    Printer's marks that are open already make these the inner ones.
    """
    depth = pending = 0
    for found in re.compile('["“”«»]').finditer(text, start, stop):
        at, char = found.start(), found.group()
        if char in "“«":
            depth += 1
        elif char in "”»":
            depth = max(0, depth - 1)
        elif at not in kept and (side := _side(text, at, pending > 0)):
            level = depth if side > 0 else depth - 1
            yield (at, at + 1, marks[min(max(level, 0), 1)][side < 0]), side
            depth, pending = depth + side, pending + side


def _side(text: str, at: int, pending: bool) -> int:
    """Tell whether a mark opens (1) or closes (-1); 0 for the sign of inches, "12"."""
    before, after = text[at - 1 : at] or "\n", text[at + 1 : at + 2] or "\n"
    opens = before in _OPENS_BEFORE and not after.isspace()
    closes = not before.isspace() and (after in _CLOSES_AFTER or (after.isdigit() and before in ".,"))
    if before.isdigit() and not pending:
        return 0
    if opens == closes:
        return -1 if pending else 1
    return 1 if opens else -1


def _single(text: str, start: int, stop: int, kept: _Kept) -> Iterator[Edit]:
    pending = False
    places = [found.start() for found in re.compile("'").finditer(text, start, stop) if found.start() not in kept]
    last = max((at for at in places if _closes(text, at)), default=-1)
    for at in places:
        before, after = text[at - 1 : at] or "\n", text[at + 1 : at + 2] or "\n"
        if before.isalpha() and after.isalpha():
            yield at, at + 1, "’"
        elif before.isdigit() and not (after == "s" and not text[at + 2 : at + 3].isalnum()):
            # feet and minutes, unless a quotation is open
            if pending and not after.isalnum():
                pending = False
                yield at, at + 1, "’"
        elif before in _OPENS_BEFORE and not after.isspace() and not (pending and after in _CLOSES_AFTER):
            pending = last > at and not _ELIDED.match(text, at + 1)
            if pending or after.isalnum():
                yield at, at + 1, "‘" if pending else "’"
        elif not before.isspace():
            pending = False
            yield at, at + 1, "’"


def _closes(text: str, at: int) -> bool:
    return not text[at - 1].isspace() and not text[at + 1 : at + 2].isalnum()


def find_dashes(text: str, lang: str) -> list[Edit]:
    """Find hyphens that stand for dashes, and the dashes; in Spanish those of dialogue and of asides too."""
    if "-" not in text and " – " not in text:
        return []
    lang = lang[:2] or guess_language(text)
    kept = _Kept(text)
    found = (*(_spanish(text) if lang == "es" else ()), *_doubled(text), *_between_words(text, lang))
    edits = sorted(found, key=lambda edit: (edit[0], -edit[1]))
    result: list[Edit] = []
    for edit in edits:
        if (not result or edit[0] >= result[-1][1]) and edit[0] not in kept and edit[1] - 1 not in kept:
            result.append(edit)
    return result


def _doubled(text: str) -> Iterator[Edit]:
    """Give "--" between words and where speech breaks off."""
    for found in _TWO.finditer(text):
        before = text[max(0, found.start() - 40) : found.start()]
        if _WORD_BEFORE.search(before) or before[-1:] in '.!?…,;"”':
            yield found.start("mark"), found.end("mark"), "—"


def _between_words(text: str, lang: str) -> Iterator[Edit]:
    """Give hyphens with a space on both sides, but those between names, numbers and single letters."""
    for found in _SPACED.finditer(text):
        line = text.rfind("\n", 0, found.start()) + 1
        before = re.search(r"([^\W\d_]+)[\"”»’)\]!?…]*\Z", text[max(line, found.start() - 40) : found.start()])
        mark, word = found["mark"], found["word"]
        if before is None or mark == "–":
            continue
        names = before[1][0].isupper() and word[0].isupper()
        short = len(before[1]) < 2 and before[1] not in {"I", "a", "o", "y"}
        if mark != "-" or not (names or short or (len(word) < 2 and word not in {"I", "a", "A", "o", "O", "y", "Y"})):
            yield found.start("mark"), found.end("mark"), "—" if mark != "-" or lang == "es" else "–"


def _spanish(text: str) -> Iterator[Edit]:
    """Give the dashes of dialogue, and of asides that a hyphen opens and another closes."""
    spans = find_paragraphs(text)
    speech = [_is_speech(text, start, stop) for start, stop in spans]
    for number, (start, stop) in enumerate(spans):
        first = _SPEECH.match(text, _past_indent(text, start), stop)
        near = any(speech[max(0, number - 1) : number + 2]) and _SENTENCE_END.search(text[start:stop])
        spoken = first is not None and bool(speech[number] or near)
        if first and spoken:
            yield first.start(), first.end(), "—"
        yield from _asides(text, first.end() if first else start, stop, spoken)


def _past_indent(text: str, start: int) -> int:
    found = _INDENT.match(text, start)
    return found.end() if found else start


def _is_speech(text: str, start: int, stop: int) -> bool:
    """Tell whether a paragraph that a hyphen opens is speech, not the item of a list."""
    at = _past_indent(text, start)
    first = _SPEECH.match(text, at, stop)
    if first is None:
        return False
    said = any(found["first"].lstrip("¿¡").lower() in SPANISH.reporting for found in _ASIDE.finditer(text, at, stop))
    glued = not first.group().endswith(" ") or first.group().startswith("--")
    piece = text[at:stop]
    return said or bool(_SENTENCE_END.search(piece) and (glued or any(mark in piece for mark in "¿¡?!…")))


def _asides(text: str, start: int, stop: int, spoken: bool) -> Iterator[Edit]:
    at = start
    while found := _ASIDE.search(text, at, stop):
        end = _ASIDE_END.search(text, found.end(), min(stop, found.end() + _LONGEST_ASIDE))
        following = _ASIDE.search(text, found.end(), stop)
        paired = end is not None and (following is None or end.start() < following.start())
        opening = len(found.group()) - len(found["first"])
        if paired or (spoken and found["first"].lower() in SPANISH.reporting):
            yield found.start(), found.start() + opening, "—"
        if paired and end is not None:
            yield end.start(), end.end(), "—"
        at = end.end() if paired and end is not None else found.end()


class _Kept:
    """Hold the stretches of a text where nothing is changed."""

    def __init__(self, text: str) -> None:
        found = (one.span() for pattern in (_PROTECTED, _CODE_LINE) for one in pattern.finditer(text))
        self._starts: list[int] = []
        self._stops: list[int] = []
        for start, stop in sorted(span for span in found if span[0] < span[1]):
            if self._stops and start <= self._stops[-1]:
                self._stops[-1] = max(stop, self._stops[-1])
            else:
                self._starts.append(start)
                self._stops.append(stop)

    def __contains__(self, at: int) -> bool:
        number = bisect.bisect_right(self._starts, at) - 1
        return number >= 0 and at < self._stops[number]
