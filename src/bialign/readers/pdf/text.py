"""The text of a paragraph's lines: words broken at line ends made whole, with a mark where a page begins."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from bialign.hyphens import joined
from bialign.readers.draft import Mark
from bialign.readers.pdf.lines import Line

_SOFT = "\u2010"
"""The hyphen that browsers break words with; in most documents those of words are others."""
_HYPHENS = "-\u00ad\u2010"
_LAST_WORD = re.compile(r"[\w'’-]+$")
_FIRST_WORD = re.compile(r"\w[\w'’]*(?:-\w+)*")
_WORD = re.compile(r"\w[\w'’]*(?:-\w[\w'’]*)*")
_ADDRESS = re.compile(r"(?:https?|ftps?|file|mailto|git|ssh):|www\.|[\w.+-]+@[\w-]|[~.]{0,2}/\w|[\w.-]+/[\w.-]+/", re.I)
_OPENING = '([<«“"'
_BROKEN_CODE = re.compile(r"\s*(?:←-|[↩↵⏎␣])\Z")
_GOES_ON = re.compile(r"\A(?:˓→|[↪↳])\s*")
"""Signs that typesetters put at the end and at the beginning of a line of code that was too long."""
_PATH_BROKEN = re.compile(r"\w/[-\u2010]\Z")
_ADDRESS_SIGN = re.compile(r"[\w/:.}][-/.:_@=&?#%~+]+\Z")


def words_of(lines: Sequence[Line]) -> set[str]:
    """Collect the words of a document that no line end breaks, in small letters; the browsers' hyphen if any has it."""
    found: set[str] = set()
    broken = False
    for line in lines:
        text = line.text
        if _SOFT in text[:-1]:
            found.add(_SOFT)
        if broken:
            text = text.partition(" ")[2]
        broken = text[-1:] in _HYPHENS if text else False
        if broken:
            text = text.rpartition(" ")[0]
        found.update(word.lower() for word in _WORD.findall(text))
    return found


class Row(NamedTuple):
    """Hold a line as text, and whether its first and its last word are set as code is."""

    page: int
    text: str
    first_code: bool = False
    last_code: bool = False

    @classmethod
    def of(cls, line: Line, text: str) -> Row:
        """Make one of a line and what is to stand for it."""
        return cls(line.page, text, line.words[0].mono, line.words[-1].mono)


def parts_of(lines: Sequence[Row], labels: Sequence[str], words: Collection[str], lang: str) -> list[str | Mark]:
    """Join lines to the parts of a paragraph; `labels` are those of the document's pages."""
    parts: list[str | Mark] = []
    text = ""
    last = lines[0]
    for line in lines:
        code = last.last_code and line.first_code
        text, between = _join(text, line.text, words, lang, code=code) if text else ("", "")
        if line.page != last.page:
            parts += [text + between, Mark("page", labels[line.page])]
            # the next line's end needs the text of this one only
            text = line.text
        else:
            text += between + line.text
        last = line
    return [*parts, text]


def code_of(lines: Sequence[Row], labels: Sequence[str]) -> list[str | Mark]:
    """Put lines of code below each other; those that a sign says to be broken are made whole."""
    parts: list[str | Mark] = []
    last = ""
    for place, line in enumerate(lines):
        text = _GOES_ON.sub("", line.text)
        if place:
            parts.append(_between(last, line.text))
            if line.page != lines[place - 1].page:
                parts.append(Mark("page", labels[line.page]))
        parts.append(_BROKEN_CODE.sub("", text))
        last = text
    return parts


def _between(last: str, line: str) -> str:
    """Give what stands between two lines of code: nothing or a space where the sign of a break ends or begins one."""
    found = _BROKEN_CODE.search(last)
    if found is None:
        return "" if _GOES_ON.match(line) else "\n"
    return "" if last[: found.start()].endswith(("-", "/")) and found[0].strip() != "␣" else " "


def _join(text: str, following: str, words: Collection[str], lang: str, *, code: bool) -> tuple[str, str]:
    """Give a text without the hyphen that only broke its last word, and what stands between it and what follows.

    `code` tells whether what stands on both sides of the line's end is set as code is.
    """
    if _is_address_broken(text, following, code):
        return text, ""
    last = text[-1]
    if last not in _HYPHENS:
        # a dash with no space before it has none behind it
        tight = last == "—" and len(text) > 1 and text[-2].isalnum() and following[:1].isalnum()
        return text, "" if tight else " "
    if len(text) < 2 or text[-2].isspace() or text.endswith(" --"):
        return text, " "
    before, after = _LAST_WORD.search(text[:-1]), _FIRST_WORD.match(following)
    # some break addresses and paths with a hyphen that is none of theirs
    soft = last == _SOFT and _SOFT not in words and following[:1].islower()
    if last == "\u00ad" or soft or _PATH_BROKEN.search(text):
        return text[:-1], ""
    if before and after and joined(before[0], after[0], words, lang):
        return text[:-1], ""
    return text, ""


def _is_address_broken(text: str, following: str, code: bool) -> bool:
    """Tell whether a line's end breaks an address or a path: these are broken without a hyphen, after their signs."""
    before, after = text.rpartition(" ")[2], following.partition(" ")[0]
    if before.count("{") > before.count("}") and before[-1] in ",{":
        return True
    if not _ADDRESS_SIGN.search(before) or len(before) < 2 or not before.strip("-–—"):
        return False
    if before[-1] in ":/" and after[0] == "/":
        return True
    if not (after[0].isalnum() or after[0] in "_~%{?&#=+"):
        return False
    address = _ADDRESS.match(before.lstrip(_OPENING))
    if before[-1] in ".:":
        return (code or bool(address and before[-1] == ".")) and (
            not after[0].isupper() or (code and "." in after[:-1])
        )
    word = after.rstrip(".,;:!?)]}»”\"'")
    return code or bool(address and before[-1] != "-" and not (word.isalpha() and word.islower()))
