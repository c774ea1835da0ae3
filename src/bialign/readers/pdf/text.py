"""The text of a paragraph's lines: words broken at line ends made whole, with a mark where a page begins."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from bialign.readers.draft import Mark
from bialign.readers.pdf.hyphens import joined
from bialign.readers.pdf.lines import Line

_HYPHENS = "-\u00ad\u2010"
_LAST_WORD = re.compile(r"[\w'’-]+$")
_FIRST_WORD = re.compile(r"\w[\w'’]*(?:-\w+)*")
_WORD = re.compile(r"\w[\w'’]*(?:-\w[\w'’]*)*")


def words_of(lines: Sequence[Line]) -> set[str]:
    """Collect the words of a document that no line end breaks, in small letters."""
    found: set[str] = set()
    broken = False
    for line in lines:
        text = line.text
        if broken:
            text = text.partition(" ")[2]
        broken = text[-1:] in _HYPHENS if text else False
        if broken:
            text = text.rpartition(" ")[0]
        found.update(word.lower() for word in _WORD.findall(text))
    return found


def parts_of(
    lines: Sequence[tuple[int, str]], labels: Sequence[str], words: Collection[str], lang: str
) -> list[str | Mark]:
    """Join lines, given as page and text, to the parts of a paragraph; `labels` are those of the document's pages."""
    parts: list[str | Mark] = []
    text = ""
    page = lines[0][0]
    for number, line in lines:
        text, between = _join(text, line, words, lang) if text else ("", "")
        if number != page:
            parts += [text + between, Mark("page", labels[number])]
            # the next line's end needs the text of this one only
            text, page = line, number
        else:
            text += between + line
    return [*parts, text]


def _join(text: str, following: str, words: Collection[str], lang: str) -> tuple[str, str]:
    """Give a text without the hyphen that only broke its last word, and what stands between it and what follows."""
    last = text[-1]
    if last not in _HYPHENS:
        # a dash with no space before it has none behind it
        tight = last == "—" and len(text) > 1 and text[-2].isalnum() and following[:1].isalnum()
        return text, "" if tight else " "
    if len(text) < 2 or text[-2].isspace():
        return text, " "
    before, after = _LAST_WORD.search(text[:-1]), _FIRST_WORD.match(following)
    if last == "\u00ad":
        return text[:-1], ""
    if before and after and joined(before[0], after[0], words, lang):
        return text[:-1], ""
    return text, ""
